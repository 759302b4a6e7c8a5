"""Files and folders given on a command line -> the documents to read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.formats import READERS
from ingest.report import IngestError
from ingest.sidecar import SUFFIX

# Files that are no documents and are passed over in a folder: hidden ones, locks and litter of office programs and of
# file managers, and the file that explains the folder.
_LITTER_PREFIXES = (".", "~$", ".~")
_LITTER_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_EXPLANATION = "readme"


def find_documents(paths: Sequence[Path]) -> tuple[list[tuple[Path, Path]], list[IngestError]]:
    """Return (file, root) for every document, sorted, and an error for everything else that was found or is missing.

    `root` is the folder that was given, or the folder of the file that was given. A file is returned once.
    """
    documents: dict[Path, tuple[Path, Path]] = {}
    errors: list[IngestError] = []
    for path in paths:
        for file, root in _walk(path, errors):
            documents.setdefault(_resolved(file), (file, root))
    return sorted(documents.values()), errors


def _walk(path: Path, errors: list[IngestError]) -> Iterator[tuple[Path, Path]]:
    if path.is_dir():
        found = list(_files(path, path, set(), errors))
        if not found:
            errors.append(IngestError(f"{path}：文件夹里没有可读的文档。可读的后缀是 {' '.join(READERS)}。"))
        yield from ((file, path) for file in found)
    elif not os.path.lexists(path):
        errors.append(IngestError(f"{path}：文件或文件夹不存在。请检查路径。"))
    elif _is_document(path, path.name, errors):
        yield path, path.parent


def _files(folder: Path, root: Path, entered: set[Path], errors: list[IngestError]) -> Iterator[Path]:
    """Yield the documents below a folder. `entered` are the folders above and before it, so that links cannot loop."""
    try:
        real = folder.resolve()
        entries = sorted(folder.iterdir())
    except (OSError, RuntimeError) as error:
        errors.append(IngestError(f"{folder}：文件夹无法打开（{error}）。请检查权限。"))
        return
    if real in entered:
        return
    entered.add(real)
    for entry in entries:
        if _is_litter(entry.name):
            continue
        if entry.is_dir():
            yield from _files(entry, root, entered, errors)
        elif not _explains(entry) and _is_document(entry, entry.relative_to(root).as_posix(), errors):
            yield entry


def _is_document(file: Path, name: str, errors: list[IngestError]) -> bool:
    """Tell whether a file is to be read; one that cannot be is reported."""
    suffix = file.suffix.lower()
    if suffix == SUFFIX and Path(file.stem).suffix.lower() in READERS:
        if not file.with_suffix("").exists():
            errors.append(IngestError(f"{name}：这个元数据文件没有对应的文档“{file.stem}”。请放在一起，或删除它。"))
        return False
    if suffix not in READERS:
        remedy = "请用 Word 另存为 .docx 后重试" if suffix in (".doc", ".wps") else "请转换格式，或把它移出文件夹"
        known = " ".join(READERS)
        errors.append(IngestError(f"{name}：不支持的格式“{suffix or '无后缀'}”。可读的后缀是 {known}。{remedy}。"))
        return False
    if not file.exists():
        errors.append(IngestError(f"{name}：链接指向的文件不存在。请删除或修复这个链接。"))
        return False
    return True


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER_PREFIXES) or name.lower() in _LITTER_NAMES


def _explains(file: Path) -> bool:
    return file.stem.lower() == _EXPLANATION


def _resolved(file: Path) -> Path:
    try:
        return file.resolve()
    except (OSError, RuntimeError):  # a link that points at itself
        return file.absolute()
