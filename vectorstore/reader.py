"""Opening an index generation and searching it."""

from __future__ import annotations

import ctypes
import fcntl
import os
import weakref
from collections.abc import Collection
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path

from ingest.report import REPORT_JSON, Report
from vectorstore.chroma import VectorStore
from vectorstore.dense import DenseSearch
from vectorstore.embedding import SETTING, embedding_fingerprint, load_embeddings
from vectorstore.hybrid import HybridSearch
from vectorstore.layout import Layout
from vectorstore.lexical import LexicalIndex
from vectorstore.manifest import (
    CHROMA,
    REBUILD,
    Manifest,
    check_files,
    current_generation,
    generation_folder,
    read_manifest,
)
from vectorstore.store import Hit, StoreError
from vectorstore.units import UnitFiles

# A generation may be replaced and removed between reading the pointer and opening it.
_ATTEMPTS = 5


class GenerationIndex:
    """An index generation, opened for reading. Safe to use from several threads, beside others of other generations.

    `reports` are searched; `aside` are copies and older versions, which are only shown.

    It keeps its files while it is open: no ingest removes them. They are released with `close`, or else when nobody
    holds the index any more, so a server can swap its reference and let running requests finish.
    """

    def __init__(
        self,
        manifest: Manifest,
        reports: tuple[Report, ...],
        aside: tuple[Report, ...],
        search: HybridSearch,
        resources: ExitStack,
    ) -> None:
        self.generation = manifest.generation
        self.created = datetime.fromisoformat(manifest.created)
        self.reports = reports
        self.aside = aside
        self.relations = manifest.relations
        self._search = search
        self._finalizer = weakref.finalize(self, resources.close)

    def search(self, query: str, *, k: int = 20, reports: Collection[str] | None = None) -> list[Hit]:
        """Return at most `k` hits, best first; `reports` limits them to these report ids."""
        if not self._finalizer.alive:
            raise StoreError(f"索引 {self.generation} 已经关闭。")
        return self._search.search(query, k=k, reports=reports) if k > 0 else []

    def close(self) -> None:
        """Release the files. Searching afterwards raises StoreError."""
        self._finalizer()


def open_index(data: Path, embedding: str) -> GenerationIndex:
    """Open the generation that serves; raises StoreError where there is none, or none that fits this program."""
    for _ in range(_ATTEMPTS):
        generation = current_generation(data)
        if generation is None:
            raise StoreError(f"数据文件夹 {data} 中还没有索引。请先运行 wenbao ingest 建立索引。")
        try:
            return open_generation(data, generation, embedding)
        except StoreError:
            if current_generation(data) == generation:
                raise
    raise StoreError(f"数据文件夹 {data} 中的索引不断被替换,打不开。请稍后再试。")


def open_generation(data: Path, generation: str, embedding: str) -> GenerationIndex:
    """Open one generation, whether it serves or not."""
    folder = generation_folder(data, generation)
    with ExitStack() as resources:
        hold(folder, resources)
        manifest = read_manifest(folder)
        _check_model(manifest, embedding, folder)
        check_files(folder, manifest)
        reports = tuple(read_report(folder, entry.report) for entry in manifest.entries)
        aside = tuple(read_report(folder, report) for report in manifest.aside)
        search = _open_search(folder, manifest, reports, embedding, resources)
        _check_vectors(manifest, search, folder)
        _give_back()
        return GenerationIndex(manifest, reports, aside, search, resources.pop_all())


def _give_back() -> None:
    """Have the C library return the memory that reading the index freed, 45 MB with 53 reports; not every one can."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def hold(folder: Path, resources: ExitStack) -> None:
    """Keep a generation from being removed until `resources` are closed, or the process ends in any way."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise StoreError(f"索引 {folder} 打不开:{error}。{REBUILD}") from error
    resources.callback(os.close, handle)
    fcntl.flock(handle, fcntl.LOCK_SH)


def read_report(folder: Path, report: str) -> Report:
    """Read a report of a generation whose files were checked."""
    return REPORT_JSON.validate_json((folder / "reports" / f"{report}.json").read_bytes())


def read_unchanged(folder: Path, report: str) -> Report:
    """Read a report as it was before the editor corrected it."""
    before = folder / "read" / f"{report}.json"
    return REPORT_JSON.validate_json(before.read_bytes()) if before.exists() else read_report(folder, report)


def _open_search(
    folder: Path, manifest: Manifest, reports: tuple[Report, ...], embedding: str, resources: ExitStack
) -> HybridSearch:
    files = UnitFiles.read(folder)
    layout = Layout([(entry.report, entry.passages) for entry in manifest.entries], files.starts)
    lexical = LexicalIndex.load(folder / "lexical")
    embeddings = load_embeddings(embedding)
    vectors = VectorStore(folder / CHROMA, layout.first_units)
    resources.callback(vectors.close)
    passages = [(report, passage) for report in reports for passage in report.passages]
    return HybridSearch(passages, layout, files.ends, DenseSearch(vectors, files.matrix, layout), lexical, embeddings)


def _check_model(manifest: Manifest, embedding: str, folder: Path) -> None:
    if manifest.fingerprint != embedding_fingerprint(embedding):
        changed = "同名,但内容不同" if manifest.embedding == embedding else f"现在设置的是 {embedding!r}"
        raise StoreError(
            f"索引 {folder} 是用嵌入模型 {manifest.embedding!r} 建立的,{changed},向量不能混用。"
            f"请把 {SETTING} 改回去,或运行 wenbao ingest 重新建立索引。"
        )


def _check_vectors(manifest: Manifest, search: HybridSearch, folder: Path) -> None:
    """Raise StoreError unless Chroma, whose files have no checksum, holds all vectors."""
    units = sum(entry.units for entry in manifest.entries)
    if search.dense.size != units:
        raise StoreError(f"索引 {folder} 不完整:向量库有 {search.dense.size} 条,应为 {units} 条。{REBUILD}")
