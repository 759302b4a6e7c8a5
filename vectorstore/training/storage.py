"""A static model in a byte per number: a quarter of the size, the same order of what is found.

Each piece has its own scale, so that rare pieces with long vectors and common ones with short vectors are kept equally
well. The form on disk is model2vec's for such models, which sentence-transformers reads as it is:

    embeddings  (pieces, dimension) int8        weights  (pieces,) float32        vector = embeddings * weights
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LARGEST = 127


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return the numbers of each row, shape (rows, dimension), and the scale of each row, shape (rows,)."""
    scales = (np.abs(vectors).max(axis=1) / _LARGEST).astype(np.float32)
    divisors = np.where(scales > 0, scales, 1).astype(np.float32)
    return np.rint(vectors / divisors[:, None]).astype(np.int8), scales


def compress(static: Any) -> None:
    """Round the vectors of a StaticEmbedding to what `write` keeps, so that it is measured as it will be used."""
    import torch

    rows, scales = quantise(static.embedding.weight.detach().numpy())
    with torch.no_grad():
        static.embedding.weight.copy_(torch.from_numpy(rows.astype(np.float32) * scales[:, None]))


def write(static: Any, path: Path) -> None:
    """Write the vectors of a StaticEmbedding in place of the file that it saves itself."""
    from safetensors.numpy import save_file

    rows, scales = quantise(static.embedding.weight.detach().numpy())
    save_file({"embeddings": rows, "weights": scales}, path)
