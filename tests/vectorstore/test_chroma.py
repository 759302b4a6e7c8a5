from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vectorstore import StoreError
from vectorstore.chroma import VectorStore, write_vectors


def _random_vectors(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    vectors = np.random.default_rng(0).normal(size=(count, 8)).astype(np.float32)
    unit: np.ndarray[tuple[int, int], np.dtype[np.float32]] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _ignore(done: int, total: int) -> None: ...


def test_more_vectors_than_one_batch_of_chroma_takes(tmp_path: Path) -> None:
    vectors, steps = _random_vectors(6000), []
    metadata = [{"report": f"r{row % 3}", "passage": f"p{row}"} for row in range(6000)]
    write_vectors(tmp_path / "chroma", vectors, metadata, lambda done, total: steps.append((done, total)))
    assert steps == [(2000, 6000), (4000, 6000), (6000, 6000)]
    store = VectorStore(tmp_path / "chroma")
    assert store.size == 6000
    for row in (0, 2500, 5999):
        assert store.nearest(vectors[row], 5)[0] == row
    exact = np.argsort(-(vectors @ vectors[1]))[:20]
    assert store.nearest(vectors[1], 20).tolist() == exact.tolist()
    assert {row % 3 for row in store.nearest(vectors[1], 20, {"r2"}).tolist()} == {2}
    store.close()


def test_a_zero_vector_is_stored_and_asked_without_harm(tmp_path: Path) -> None:
    vectors = np.zeros((3, 8), dtype=np.float32)
    vectors[0, 0] = 1
    write_vectors(tmp_path / "chroma", vectors, [{"report": "r", "passage": "p"}] * 3, _ignore)
    store = VectorStore(tmp_path / "chroma")
    assert store.nearest(vectors[0], 3)[0] == 0
    assert len(store.nearest(vectors[1], 3)) == 3
    assert len(store.nearest(vectors[0], 100)) == 3
    store.close()


def test_a_vector_of_another_dimension_is_a_store_error(tmp_path: Path) -> None:
    write_vectors(tmp_path / "chroma", _random_vectors(3), [{"report": "r", "passage": "p"}] * 3, _ignore)
    store = VectorStore(tmp_path / "chroma")
    with pytest.raises(StoreError, match="向量库"):
        store.nearest(np.ones(4, dtype=np.float32), 1)
    store.close()
