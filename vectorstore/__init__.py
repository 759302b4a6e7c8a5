"""Finding passages: embedding models, Chroma, BM25, index generations. Imports `ingest`."""

from vectorstore.embedding import BUNDLED, EMBEDDERS, embedding_fingerprint, load_embeddings
from vectorstore.generations import BuildResult, build_index
from vectorstore.manifest import current_generation
from vectorstore.reader import GenerationIndex, open_index
from vectorstore.store import Hit, Index, StoreError

__all__ = [
    "BUNDLED",
    "EMBEDDERS",
    "BuildResult",
    "GenerationIndex",
    "Hit",
    "Index",
    "StoreError",
    "build_index",
    "current_generation",
    "embedding_fingerprint",
    "load_embeddings",
    "open_index",
]
