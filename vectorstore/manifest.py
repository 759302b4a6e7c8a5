"""How index generations lie on disk.

data/CURRENT                      the id of the generation that serves, replaced atomically
data/ingest.lock                  held by the one process that writes
data/generations/<id>/            never changed once it has its name
    manifest.json                 what it was made of, and how
    reports/<report id>.json
    read/<report id>.json         of a report that the editor corrected: as it was read
    vectors.npy                   a row per unit, shape (units, dimension), float32
    ends.npy                      where every unit ends in the text of its passage, int32
    starts.npy                    the first unit of every passage, and the end
    chroma/, lexical/
data/generations/.building-<pid>/ being written, or left over from a writer that was killed
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest.versions import Relation
from vectorstore.store import StoreError

# Of the layout above and of what is embedded and indexed: an index with another number is not read.
FORMAT_VERSION = 2
POINTER = "CURRENT"
CHROMA = "chroma"
_ID = re.compile(r"[0-9a-f]{16}")
REBUILD = "请运行 wenbao ingest 重新建立索引。"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its path in the ingested folder, the hash of its content, the report it became."""

    path: str
    hash: str
    report: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the index, with the number of its passages and of its units, which are what has a vector."""

    report: str
    title: str
    passages: int
    units: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of, and how. Passages and units lie in the order of `entries`.

    `embedding` is the model's name as it was set, `fingerprint` what identifies its content; `extraction` identifies
    the code that read the files; `created` is an ISO time. `aside` are the ids of the reports that are stored but not
    searched, for their `relations`. A source whose report is not stored was removed by the editor. `files` are the
    SHA-256 of all files but those of Chroma, which writes to its files even when it only reads. `worn` is how many
    vectors were taken out of Chroma's files since they were last made from nothing.
    """

    format: int
    generation: str
    created: str
    embedding: str
    fingerprint: str
    extraction: str
    sources: tuple[Source, ...]
    entries: tuple[Entry, ...]
    files: dict[str, str]
    aside: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    worn: int = 0

    @property
    def stored(self) -> frozenset[str]:
        """The ids of the reports that are stored."""
        return frozenset([*(entry.report for entry in self.entries), *self.aside])


_JSON = TypeAdapter(Manifest)


def generation_id(fingerprint: str, extraction: str, sources: Iterable[tuple[str, str]]) -> str:
    """Return the id that a generation of these (path, hash) has: the same files, model and versions, the same id."""
    content = json.dumps([FORMAT_VERSION, fingerprint, extraction, sorted(sources)], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def generation_folder(data: Path, generation: str) -> Path:
    """Return where a generation lies."""
    return data / "generations" / generation


def current_generation(data: Path) -> str | None:
    """Return the id of the generation that serves, None where there is none yet. One small read: fit for polling."""
    pointer = data / POINTER
    try:
        generation = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"索引指针 {pointer} 读不出来:{error}。{REBUILD}") from error
    if not _ID.fullmatch(generation):
        raise StoreError(f"索引指针 {pointer} 已损坏,内容是 {generation[:40]!r}。{REBUILD}")
    return generation


def point_to(data: Path, generation: str) -> None:
    """Make `generation` the one that serves; at no moment is there no pointer or half a one."""
    fresh = data / f".{POINTER}-{os.getpid()}"
    fresh.write_text(generation + "\n", encoding="utf-8")
    sync(fresh)
    fresh.replace(data / POINTER)
    sync(data)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a generation; raises StoreError where it is missing, damaged or of another format."""
    path = folder / "manifest.json"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoreError(f"索引 {folder} 不完整,缺少 {path.name}:{error}。{REBUILD}") from error
    try:
        version = json.loads(content)["format"]
        if version == FORMAT_VERSION:
            return _JSON.validate_json(content)
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise StoreError(f"索引说明 {path} 已损坏。{REBUILD}") from error
    raise StoreError(f"索引 {folder} 的格式版本是 {version},本程序需要 {FORMAT_VERSION}。{REBUILD}")


def checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of the files of a generation, by their path in it, without Chroma's."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] != CHROMA]
    return {path.relative_to(folder).as_posix(): _checksum(path) for path in sorted(files)}


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raise StoreError unless every file is as it was written."""
    for name, checksum in manifest.files.items():
        try:
            intact = _checksum(folder / name) == checksum
        except OSError as error:
            raise StoreError(f"索引 {folder} 不完整,{name} 读不出来:{error}。{REBUILD}") from error
        if not intact:
            raise StoreError(f"索引 {folder} 已损坏:{name} 的内容变了。{REBUILD}")


def _checksum(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, the last file of a generation."""
    (folder / "manifest.json").write_bytes(_JSON.dump_json(manifest, indent=1))


def sync(path: Path) -> None:
    """Have the disk keep a file's content, or a folder's names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Have the disk keep a folder with all that is in it."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)
