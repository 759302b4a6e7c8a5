"""Building index generations: read the files, embed what is new, write a new folder, move the pointer.

A generation is written beside the one that serves and becomes the one that serves by replacing one small file. Killed
at any moment, the writer leaves the old index serving and at most a folder that the next ingest removes.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings

from ingest.report import REPORT_JSON, IngestError, Report
from ingest.versions import Relation
from vectorstore.chroma import Block, carry_vectors, write_vectors
from vectorstore.decisions import Decisions, load_decisions, save_decisions
from vectorstore.documents import Document, Reading, as_failure
from vectorstore.embedding import embed, embedding_fingerprint, load_embeddings
from vectorstore.lexical import LexicalIndex
from vectorstore.manifest import (
    CHROMA,
    FORMAT_VERSION,
    Entry,
    Manifest,
    Source,
    check_files,
    checksums,
    current_generation,
    generation_folder,
    generation_id,
    point_to,
    read_manifest,
    sync,
    sync_tree,
    write_manifest,
)
from vectorstore.reader import hold, open_generation, open_index, read_unchanged
from vectorstore.searchtext import lexical_text, sentence_ends, units
from vectorstore.selection import Selection, select
from vectorstore.store import StoreError
from vectorstore.units import UnitFiles, Units, write_units

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BuildResult", "build_index", "current_generation", "decide", "open_index"]

log = logging.getLogger(__name__)
# Called with what is being done (Chinese), how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]
# Texts per call of the model: large enough for speed, small enough for a bar that moves with a large model.
_EMBED_BATCH = 128
# Which share of the vectors may have been taken out of Chroma's files before they are made anew.
_MOST_WORN = 0.25


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What an ingest did. `added` to `removed` name files by their path in the ingested folder.

    `generation` is the one that serves now, None where nothing could be read and there was none before. `reports` are
    its (id, title). `duplicates` are (file, the file with the same text that was kept); `excluded` are files that the
    editor removed; `sources` tell which file a report of the `relations` came from. A file that was in the index and
    cannot be read now is among `removed` and `failures`.
    """

    generation: str | None
    reports: tuple[tuple[str, str], ...] = ()
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    excluded: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    sources: tuple[Source, ...] = ()
    failures: tuple[IngestError, ...] = ()
    changed_anything: bool = False


@dataclass(frozen=True, slots=True)
class _Old:
    """The generation that serves before the build; `reusable` where we would still make it in the same way."""

    manifest: Manifest
    folder: Path
    reusable: bool

    def report_of(self, document: Document) -> Report | None:
        """Return the stored report of a file that has not changed, None where it must be read again."""
        for source in self.manifest.sources if self.reusable else ():
            if (source.path, source.hash) == (document.path, document.hash) and source.report in self.manifest.stored:
                report = read_unchanged(self.folder, source.report)
                # Of two files with one text, the report is that of the first, and says so.
                return report if report.source == document.path else None
        return None

    def units(self) -> dict[str, Units]:
        """Return the units of each stored report that is searched."""
        return UnitFiles.read(self.folder).by_report(self.manifest.entries)


@dataclass(frozen=True, slots=True)
class _Content:
    """What goes into a generation: files, the reports they became (each once), and the ids of those whose vectors are
    taken over."""

    sources: tuple[Source, ...]
    selection: Selection
    reused: frozenset[str]

    @property
    def reports(self) -> tuple[Report, ...]:
        return self.selection.active


def build_index(
    paths: Sequence[Path],
    data: Path,
    embedding: str,
    *,
    progress: Progress | None = None,
    reading: Reading | None = None,
) -> BuildResult:
    """Make the documents under `paths` the index in the folder `data`; what is not under them leaves the index.

    Files that cannot be read are named in the result and are not in the index; if none can be read, the index stays
    as it is. Raises StoreError where the index cannot be written or another ingest is running; then, too, it stays.
    """
    try:
        with _writing(data):
            build = _Build(data, embedding, progress or _silent, reading or Reading.of_ingest())
            return build.run(paths)
    except OSError as error:
        raise StoreError(
            f"写入数据文件夹 {data} 时出错:{error}。原有索引不受影响;请检查磁盘空间和权限,再运行 wenbao ingest。"
        ) from error


def decide(
    data: Path,
    embedding: str,
    change: Callable[[Decisions], Decisions],
    *,
    progress: Progress | None = None,
    reading: Reading | None = None,
) -> BuildResult | None:
    """Change the editor's decisions and make the index what they say, of the reports as stored: no document is read.

    Returns None where the index was made by another version of this program or with another model: then the decisions
    hold from the next ingest on. Raises StoreError where the index cannot be written or would be empty.
    """
    try:
        with _writing(data):
            build = _Build(data, embedding, progress or _silent, reading or Reading.of_ingest())
            return build.follow(change(build.decisions))
    except OSError as error:
        raise StoreError(f"写入数据文件夹 {data} 时出错:{error}。请检查磁盘空间和权限后重试。") from error


class _Build:
    """One ingest, under the writer's lock."""

    def __init__(self, data: Path, embedding: str, progress: Progress, reading: Reading) -> None:
        self.data = data
        self.embedding = embedding
        self.progress = progress
        self.reading = reading
        self.fingerprint = embedding_fingerprint(embedding)
        self.decisions = load_decisions(data)
        self.old = self._find_old()

    def run(self, paths: Sequence[Path]) -> BuildResult:
        documents, failures = self.reading.documents(paths)
        if not documents and not failures:
            raise StoreError(f"在 {'、'.join(map(str, paths))} 中没有找到可以读取的文件。请检查路径和文件类型。")
        if not failures and (stored := self._stored(documents)):
            return self._switch(stored, [], built=False)
        # A model that cannot be had is said before minutes of reading.
        model = load_embeddings(self.embedding)
        with ExitStack() as resources:
            if self.old:
                hold(self.old.folder, resources)
            content = self._read(documents, failures)
            if not content.reports and not failures:
                raise StoreError(
                    "这些文件里的报告都已移除,没有可收录的。要重新收录,请运行 wenbao reports restore 编号。"
                )
            if not content.reports:
                return BuildResult(self.old.manifest.generation if self.old else None, failures=tuple(failures))
            if stored := self._stored(content.sources):
                return self._switch(stored, failures, built=False)
            return self._switch(self._write(content, model), failures, built=True)

    def follow(self, decisions: Decisions) -> BuildResult | None:
        """Make a generation of the stored reports as `decisions` want it; what was restored is not among them."""
        self.decisions = decisions
        if self.old is None or not self.old.reusable:
            save_decisions(self.data, decisions)
            return None
        with ExitStack() as resources:
            hold(self.old.folder, resources)
            stored = self.old.manifest.stored
            sources = [s for s in self.old.manifest.sources if s.report in stored or decisions.removal_of(s.hash)]
            ids = dict.fromkeys(source.report for source in sources if source.report in stored)
            content = self._content(sources, {name: read_unchanged(self.old.folder, name) for name in ids}, set(ids))
            if not content.reports:
                raise StoreError("索引中没有别的报告了,至少要留一份。请先用 wenbao ingest 收录其他报告。")
            manifest = self._stored(sources) or self._write(content, load_embeddings(self.embedding))
            save_decisions(self.data, decisions)
            return self._switch(manifest, [], built=True)

    def _find_old(self) -> _Old | None:
        """Return the generation that serves; a damaged one is as good as none, this ingest repairs it."""
        try:
            generation = current_generation(self.data)
            if generation is None:
                return None
            folder = generation_folder(self.data, generation)
            manifest = read_manifest(folder)
            check_files(folder, manifest)
        except StoreError:
            return None
        made_alike = (manifest.fingerprint, manifest.extraction) == (self.fingerprint, self.reading.version)
        return _Old(manifest, folder, made_alike)

    def _id(self, files: Sequence[Document] | Sequence[Source]) -> str:
        made = self.reading.version + self.decisions.version
        return generation_id(self.fingerprint, made, [(file.path, file.hash) for file in files])

    def _stored(self, files: Sequence[Document] | Sequence[Source]) -> Manifest | None:
        """Return the manifest of the generation of just these files, if there is one and it opens."""
        generation = self._id(files)
        if not generation_folder(self.data, generation).exists():
            return None
        try:
            open_generation(self.data, generation, self.embedding).close()
            return read_manifest(generation_folder(self.data, generation))
        except StoreError:
            return None

    def _read(self, documents: Sequence[Document], failures: list[IngestError]) -> _Content:
        """Read every file that is not in the old generation; what cannot be read is added to `failures`."""
        sources: list[Source] = []
        reports: dict[str, Report] = {}
        reused: set[str] = set()
        for done, document in enumerate(documents):
            self.progress("读取文件", done, len(documents))
            if removed := self.decisions.removal_of(document.hash):  # it need not be read to be left out
                sources.append(Source(document.path, document.hash, removed))
                continue
            report = self.old.report_of(document) if self.old else None
            stored = report is not None
            report = report or self._read_anew(document, failures)
            if report is None:
                continue
            # The file may have changed since it was looked at; what counts is what was read.
            sources.append(Source(document.path, document.hash if stored else report.source_hash, report.id))
            if report.id not in reports:
                reports[report.id] = report
                reused |= {report.id} if stored else set()
        self.progress("读取文件", len(documents), len(documents))
        return self._content(sources, reports, reused)

    def _content(self, sources: Sequence[Source], reports: Mapping[str, Report], reused: Set[str]) -> _Content:
        searched = {entry.report for entry in self.old.manifest.entries} if self.old else set()
        return _Content(tuple(sources), select(tuple(reports.values()), self.decisions), frozenset(reused & searched))

    def _read_anew(self, document: Document, failures: list[IngestError]) -> Report | None:
        try:
            report = self.reading.read(document.file, document.root)
        except Exception as error:  # one file that our reader stumbles over must not keep out all others
            if not isinstance(error, IngestError):
                log.exception("reading %s", document.file)
            failure = as_failure(document.file, error)
            if self.old and any(source.path == document.path for source in self.old.manifest.sources):
                failure = IngestError(f"{failure} 索引中该文件的旧内容已移除。")
                failure.__cause__ = error
            failures.append(failure)
            return None
        if not report.passages:
            failures.append(IngestError(f"文件 {document.file} 中没有可检索的段落。请检查其内容。"))
            return None
        return report

    def _write(self, content: _Content, model: Embeddings) -> Manifest:
        """Write the generation under a name that no reader looks for, then give it its name."""
        generation = self._id(content.sources)
        folder = generation_folder(self.data, f".building-{os.getpid()}")
        try:
            folder.mkdir()
            manifest = self._fill(folder, generation, content, model)
            sync_tree(folder)
            final = generation_folder(self.data, generation)
            if final.exists():  # it does not open, or it would have been taken as it is
                _remove(final)
            folder.replace(final)
            sync(final.parent)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return manifest

    def _fill(self, folder: Path, generation: str, content: _Content, model: Embeddings) -> Manifest:
        self._store_reports(folder / "reports", content.selection.stored)
        if content.selection.as_read:
            self._store_reports(folder / "read", tuple(content.selection.as_read.values()))
        made = self._units(content, model)
        write_units(folder, made)
        blocks = [
            Block(report.id, units.vectors, np.repeat([p.id for p in report.passages], units.counts).tolist())
            for report, units in zip(content.reports, made, strict=True)
        ]
        worn = self._store_chroma(folder / CHROMA, generation, blocks)
        self.progress("建立词汇索引", 0, 1)
        texts = [lexical_text(report, passage) for report in content.reports for passage in report.passages]
        LexicalIndex.build(texts).save(folder / "lexical")
        self.progress("建立词汇索引", 1, 1)
        manifest = Manifest(
            format=FORMAT_VERSION,
            generation=generation,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            embedding=self.embedding,
            fingerprint=self.fingerprint,
            extraction=self.reading.version,
            sources=content.sources,
            entries=tuple(
                Entry(report.id, report.title, len(units.counts), len(units.vectors))
                for report, units in zip(content.reports, made, strict=True)
            ),
            files=checksums(folder),
            aside=tuple(report.id for report in content.selection.aside),
            relations=content.selection.relations,
            worn=worn,
        )
        write_manifest(folder, manifest)
        return manifest

    def _store_reports(self, folder: Path, reports: Sequence[Report]) -> None:
        folder.mkdir()
        for report in reports:
            (folder / f"{report.id}.json").write_bytes(REPORT_JSON.dump_json(report))

    def _units(self, content: _Content, model: Embeddings) -> list[Units]:
        """Return the units of each report; only those of new reports are embedded."""
        stored = self.old.units() if self.old and content.reused else {}
        fresh = {
            report.id: [(units(passage), sentence_ends(passage)) for passage in report.passages]
            for report in content.reports
            if report.id not in content.reused
        }
        embedded = self._embed(model, [text for parts in fresh.values() for texts, _ in parts for text in texts])
        made, start = [], 0
        for report in content.reports:
            if report.id not in fresh:
                made.append(stored[report.id])
                continue
            ends = np.array([end for _, own in fresh[report.id] for end in own], dtype=np.int32)
            counts = np.array([len(own) for _, own in fresh[report.id]], dtype=np.int64)
            made.append(Units(embedded[start : start + len(ends)], ends, counts))
            start += len(ends)
        return made

    def _embed(self, model: Embeddings, texts: list[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, 0), dtype=np.float32)
        parts = []
        for start in range(0, len(texts), _EMBED_BATCH):
            self.progress("计算向量", start, len(texts))
            parts.append(embed(model, texts[start : start + _EMBED_BATCH]))
        self.progress("计算向量", len(texts), len(texts))
        return np.concatenate(parts)

    def _store_chroma(self, folder: Path, generation: str, blocks: Sequence[Block]) -> int:
        """Write the vectors, by changing a copy of the old ones where that is less work; return how worn they are."""

        def tell(done: int, total: int) -> None:
            self.progress("写入向量库", done, total)

        if self.old and self.old.reusable and generation != self.old.manifest.generation:
            known = {entry.report: entry.units for entry in self.old.manifest.entries}
            gone = sum(known[report] for report in known.keys() - {block.report for block in blocks})
            worn = self.old.manifest.worn + gone
            # What is taken out of Chroma's graph stays there as a node that leads on.
            if worn <= _MOST_WORN * sum(known.values()):
                try:
                    carry_vectors(self.old.folder / CHROMA, folder, blocks, known, tell)
                    return worn
                except StoreError as error:
                    log.warning("%s", error)
                    shutil.rmtree(folder, ignore_errors=True)
        write_vectors(folder, blocks, tell)
        return 0

    def _switch(self, manifest: Manifest, failures: list[IngestError], *, built: bool) -> BuildResult:
        """Make a generation the one that serves, and say what that changed."""
        serving = self.old.manifest.generation if self.old else None
        if manifest.generation != serving:
            self.progress("切换索引", 0, 1)
            point_to(self.data, manifest.generation)
            self.progress("切换索引", 1, 1)
            # A server may not have noticed yet: it gets one more ingest to do so.
            _remove_unused(self.data, keep={manifest.generation, serving})
        result = _result(manifest, self.old.manifest if self.old else None)
        return replace(result, failures=tuple(failures), changed_anything=built or manifest.generation != serving)


def _result(manifest: Manifest, old: Manifest | None) -> BuildResult:
    before: dict[str, set[str]] = {}
    for source in [source for source in old.sources if source.report in old.stored] if old else ():
        before.setdefault(source.path, set()).add(source.hash)
    first: dict[str, str] = {}
    sources = [source for source in manifest.sources if source.report in manifest.stored]
    for source in sources:
        first.setdefault(source.report, source.path)
    now = {source.path for source in sources}
    seen = [source for source in sources if source.path in before]
    return BuildResult(
        generation=manifest.generation,
        reports=tuple((entry.report, entry.title) for entry in manifest.entries),
        added=tuple(source.path for source in sources if source.path not in before),
        changed=tuple(source.path for source in seen if source.hash not in before[source.path]),
        unchanged=tuple(source.path for source in seen if source.hash in before[source.path]),
        removed=tuple(path for path in before if path not in now),
        duplicates=tuple(
            (source.path, first[source.report]) for source in sources if source.path != first[source.report]
        ),
        excluded=tuple(source.path for source in manifest.sources if source.report not in manifest.stored),
        relations=manifest.relations,
        sources=manifest.sources,
    )


@contextmanager
def _writing(data: Path) -> Iterator[None]:
    """Be the only writer of `data`, and clear away what a killed one left. The lock goes with the process."""
    generations = generation_folder(data, "")
    generations.mkdir(parents=True, exist_ok=True)
    with (data / "ingest.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            writer = lock.read().strip() or "?"
            raise StoreError(f"另一个 wenbao ingest(进程 {writer})正在写入 {data}。请等它结束后再试。") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        for leftover in [*generations.glob(".building-*"), *generations.glob(".removed-*")]:
            shutil.rmtree(leftover, ignore_errors=True)
        yield


def _remove_unused(data: Path, keep: set[str | None]) -> None:
    """Remove the generations that are neither to be kept nor held open by anybody."""
    for folder in generation_folder(data, "").iterdir():
        if folder.name in keep or folder.name.startswith("."):
            continue
        handle = os.open(folder, os.O_RDONLY)
        try:
            with suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(folder)
        finally:
            os.close(handle)


def _remove(folder: Path) -> None:
    """Remove a generation; killed half-way, it has already lost its name."""
    nameless = folder.with_name(f".removed-{folder.name}")
    shutil.rmtree(nameless, ignore_errors=True)
    folder.replace(nameless)
    shutil.rmtree(nameless, ignore_errors=True)


def _silent(stage: str, done: int, total: int) -> None:
    """Report progress to nobody."""
