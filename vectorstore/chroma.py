"""The dense vectors in Chroma (sole chromadb import).

A vector is known by its report and its number in the report, so that those of unchanged reports can be carried from
one generation into the next: making Chroma's graph is most of the work of an ingest (15 of 29 seconds for 24,000
vectors), copying the files of the old one and exchanging the vectors of one report takes half a second.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.store import StoreError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from numpy.typing import NDArray

_COLLECTION = "passages"
_DATABASE = "chroma.sqlite3"
# Chroma looks up whether it has a client for a path, and makes one, without a lock.
_STARTING = threading.Lock()
# Chroma takes at most 5,461 at once; smaller batches keep the progress bar moving.
_BATCH = 2_000
# Chroma's defaults (100 and 100) lose near neighbours once there are tens of thousands of vectors.
_CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 400}}
# So many vectors, spread over the store, must find themselves after a store was carried over.
_PROBES = 16


@dataclass(frozen=True, slots=True)
class Block:
    """The vectors of a report, shape (n, dimension), and the id of the passage of each."""

    report: str
    vectors: NDArray[np.float32]
    passages: Sequence[str]


Progress = Callable[[int, int], None]


def write_vectors(folder: Path, blocks: Sequence[Block], progress: Progress) -> None:
    """Write the vectors of some reports to a new folder."""
    with _translated(folder), closing(_client(folder)) as client:
        collection = client.create_collection(_COLLECTION, embedding_function=None, configuration=_CONFIGURATION)
        _add(collection, blocks, progress)
        _check_count(collection, sum(len(block.vectors) for block in blocks), folder)


def carry_vectors(
    old: Path, folder: Path, blocks: Sequence[Block], known: Mapping[str, int], progress: Progress
) -> None:
    """Make a new folder with the vectors of `blocks` out of the store in `old`, which may be open elsewhere.

    `known` says of each report in `old` how many vectors it has. Raises StoreError where `old` is damaged.
    """
    wanted = {block.report for block in blocks}
    with _translated(folder):
        _copy(old, folder)
        with closing(_client(folder)) as client:
            collection = client.get_collection(_COLLECTION, embedding_function=None)
            gone = [_name(report, at) for report, size in known.items() if report not in wanted for at in range(size)]
            for start in range(0, len(gone), _BATCH):
                collection.delete(ids=gone[start : start + _BATCH])
            _add(collection, [block for block in blocks if block.report not in known], progress)
            _check_count(collection, sum(len(block.vectors) for block in blocks), folder)
            _check_carried(collection, [block for block in blocks if block.report in known], folder)


def _copy(old: Path, folder: Path) -> None:
    """Copy a store. A reader changes nothing but the database, of which this takes a state between two changes."""
    shutil.copytree(old, folder, ignore=shutil.ignore_patterns(f"{_DATABASE}*"))
    with (
        closing(sqlite3.connect(f"{(old / _DATABASE).resolve().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(folder / _DATABASE)) as target,
    ):
        source.backup(target)


def _add(collection: ChromaCollection, blocks: Sequence[Block], progress: Progress) -> None:
    total = sum(len(block.vectors) for block in blocks)
    names = [_name(block.report, at) for block in blocks for at in range(len(block.vectors))]
    metadata = [{"report": block.report, "passage": passage} for block in blocks for passage in block.passages]
    vectors = np.concatenate([block.vectors for block in blocks]) if blocks else np.empty((0, 0), dtype=np.float32)
    for start in range(0, total, _BATCH):
        stop = min(start + _BATCH, total)
        part: Any = metadata[start:stop]
        collection.upsert(ids=names[start:stop], embeddings=vectors[start:stop], metadatas=part)
        progress(stop, total)


def _check_count(collection: ChromaCollection, expected: int, folder: Path) -> None:
    if collection.count() != expected:
        raise StoreError(
            f"向量库 {folder} 写入了 {collection.count()} 条,应为 {expected} 条。请重新运行 wenbao ingest。"
        )


def _check_carried(collection: ChromaCollection, blocks: Sequence[Block], folder: Path) -> None:
    """Raise StoreError unless some of the vectors carried over find themselves, or one that is the same."""
    probes = np.array([block.vectors[0] for block in blocks[:: max(1, len(blocks) // _PROBES)]], dtype=np.float32)
    if not len(probes):
        return
    found = collection.query(query_embeddings=probes, n_results=1, include=["distances"])
    distances = found["distances"] or []
    for probe, distance in zip(probes, distances, strict=True):
        if probe.any() and not (distance and abs(distance[0]) < 1e-3):
            raise StoreError(f"向量库 {folder} 中找不到原有的向量。请重新运行 wenbao ingest。")


def _name(report: str, number: int) -> str:
    return f"{report}-{number}"


class VectorStore:
    """The vectors that `write_vectors` wrote, opened for reading. Safe to use from several threads.

    `first` says of each report at which row its vectors begin; rows are what `nearest` returns.
    """

    def __init__(self, folder: Path, first: Mapping[str, int]) -> None:
        with _translated(folder), ExitStack() as opened:
            if not os.access(folder, os.W_OK):
                # Chroma writes to its database even for reading: on a read-only disk it works on a copy.
                copy = opened.enter_context(tempfile.TemporaryDirectory(prefix="wenbao-"))
                folder = Path(shutil.copytree(folder, Path(copy) / folder.name))
                for path in (folder, *folder.rglob("*")):
                    path.chmod(0o700)
            client = _client(folder)
            # Chroma keeps clients by path: one left open would be handed out again once the folder is repaired.
            opened.callback(client.close)
            self._collection = client.get_collection(_COLLECTION, embedding_function=None)
            self.size = self._collection.count()
            self._first = first
            self._folder = folder
            self._resources = opened.pop_all()

    def nearest(self, vector: NDArray[np.float32], count: int) -> NDArray[np.int64]:
        """Return the rows of the `count` vectors nearest to `vector`, nearest first.

        Chroma's filter (`where`) is not offered: dense.py says why.
        """
        if not self.size:
            return np.empty(0, dtype=np.int64)
        with _translated(self._folder):
            found = self._collection.query(
                query_embeddings=vector[None, :], n_results=min(count, self.size), include=[]
            )
        names = (name.rpartition("-") for name in found["ids"][0])
        return np.array([self._first[report] + int(number) for report, _, number in names], dtype=np.int64)

    def close(self) -> None:
        """Release the files. Searching afterwards fails."""
        self._resources.close()


def _client(folder: Path) -> Client:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    try:
        with _STARTING:
            client: Any = chromadb.PersistentClient(path=str(folder), settings=settings)
    except BaseException:
        # Chroma keeps what failed to start under its path, and would hand it out even when the folder is repaired.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise
    started: Client = client
    return started


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn what Chroma raises into StoreError; its own errors have no common base with those of its database."""
    try:
        yield
    except StoreError:
        raise
    except BaseException as error:
        # A panic of its Rust core is no Exception; an interrupt or an exit is not Chroma's.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise StoreError(f"向量库 {folder} 读写失败:{error}。请检查磁盘空间和权限,再运行 wenbao ingest。") from error
