"""The dense vectors in Chroma (sole chromadb import). Vectors are known by their row, their place in the index."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.store import StoreError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from numpy.typing import NDArray

_COLLECTION = "passages"
# Chroma looks up whether it has a client for a path, and makes one, without a lock.
_STARTING = threading.Lock()
# Chroma takes at most 5,461 at once; smaller batches keep the progress bar moving.
_BATCH = 2_000
# Chroma's defaults (100 and 100) lose near neighbours once there are tens of thousands of vectors.
_CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 400}}


def write_vectors(
    folder: Path,
    vectors: NDArray[np.float32],
    metadata: Sequence[dict[str, str]],
    progress: Callable[[int, int], None],
) -> None:
    """Write vectors of shape (n, dimension) to a new folder; row i gets the metadata i ("report" and "passage")."""
    with _translated(folder):
        client = _client(folder)
        try:
            collection = client.create_collection(_COLLECTION, embedding_function=None, configuration=_CONFIGURATION)
            for start in range(0, len(vectors), _BATCH):
                stop = min(start + _BATCH, len(vectors))
                collection.upsert(
                    ids=[str(row) for row in range(start, stop)],
                    embeddings=vectors[start:stop],
                    metadatas=list(metadata[start:stop]),
                )
                progress(stop, len(vectors))
            if collection.count() != len(vectors):
                raise StoreError(
                    f"向量库 {folder} 写入了 {collection.count()} 条,应为 {len(vectors)} 条。请重新运行 wenbao ingest。"
                )
        finally:
            client.close()


class VectorStore:
    """The vectors that `write_vectors` wrote, opened for reading. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
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
            self._folder = folder
            self._resources = opened.pop_all()

    def nearest(
        self, vector: NDArray[np.float32], count: int, reports: Collection[str] | None = None
    ) -> NDArray[np.int64]:
        """Return the rows of the `count` vectors nearest to `vector`, among `reports` where given, nearest first."""
        if not self.size or (reports is not None and not reports):
            return np.empty(0, dtype=np.int64)
        where: Any = None if reports is None else {"report": {"$in": list(reports)}}
        with _translated(self._folder):
            found = self._collection.query(
                query_embeddings=vector[None, :], n_results=min(count, self.size), where=where, include=[]
            )
        return np.array([int(row) for row in found["ids"][0]], dtype=np.int64)

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
