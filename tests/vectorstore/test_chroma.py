from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vectorstore import StoreError
from vectorstore.chroma import Block, VectorStore, carry_vectors, write_vectors

Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]


def _random_vectors(count: int, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _block(report: str, vectors: Vectors) -> Block:
    return Block(report, vectors, [f"{report}-p{row}" for row in range(len(vectors))])


def _ignore(done: int, total: int) -> None: ...


def test_more_vectors_than_one_batch_of_chroma_takes(tmp_path: Path) -> None:
    vectors, steps = _random_vectors(6000), []
    blocks = [_block("a", vectors[:2500]), _block("b", vectors[2500:])]
    write_vectors(tmp_path / "chroma", blocks, lambda done, total: steps.append((done, total)))
    assert steps == [(2000, 6000), (4000, 6000), (6000, 6000)]
    store = VectorStore(tmp_path / "chroma", {"a": 0, "b": 2500})
    assert store.size == 6000
    for row in (0, 2500, 5999):
        assert store.nearest(vectors[row], 5)[0] == row
    exact = np.argsort(-(vectors @ vectors[1]))[:20]
    assert store.nearest(vectors[1], 20).tolist() == exact.tolist()
    store.close()


def test_a_zero_vector_is_stored_and_asked_without_harm(tmp_path: Path) -> None:
    vectors = np.zeros((3, 8), dtype=np.float32)
    vectors[0, 0] = 1
    write_vectors(tmp_path / "chroma", [_block("r", vectors)], _ignore)
    store = VectorStore(tmp_path / "chroma", {"r": 0})
    assert store.nearest(vectors[0], 3)[0] == 0
    assert len(store.nearest(vectors[1], 3)) == 3
    assert len(store.nearest(vectors[0], 100)) == 3
    store.close()


def test_a_vector_of_another_dimension_is_a_store_error(tmp_path: Path) -> None:
    write_vectors(tmp_path / "chroma", [_block("r", _random_vectors(3))], _ignore)
    store = VectorStore(tmp_path / "chroma", {"r": 0})
    with pytest.raises(StoreError, match="向量库"):
        store.nearest(np.ones(4, dtype=np.float32), 1)
    store.close()


def test_a_store_that_is_open_is_carried_into_another_with_one_report_exchanged(tmp_path: Path) -> None:
    kept, old, new = _random_vectors(1500, 1), _random_vectors(300, 2), _random_vectors(200, 3)
    write_vectors(tmp_path / "before", [_block("old", old), _block("kept", kept)], _ignore)
    before = VectorStore(tmp_path / "before", {"old": 0, "kept": 300})
    blocks = [_block("kept", kept), _block("new", new)]
    carry_vectors(tmp_path / "before", tmp_path / "after", blocks, {"old": 300, "kept": 1500}, _ignore)
    after = VectorStore(tmp_path / "after", {"kept": 0, "new": 1500})
    everything = np.concatenate([kept, new])
    for vector in (kept[7], new[7], old[7]):
        assert after.nearest(vector, 10).tolist() == np.argsort(-(everything @ vector))[:10].tolist()
    assert before.nearest(old[7], 1).tolist() == [7]
    before.close()
    after.close()


def test_a_store_in_a_relative_folder_is_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kept, new = _random_vectors(20), _random_vectors(10, seed=1)
    write_vectors(Path("old"), [_block("a", kept)], _ignore)
    carry_vectors(Path("old"), Path("new"), [_block("a", kept), _block("b", new)], {"a": 20}, _ignore)
    store = VectorStore(Path("new"), {"a": 0, "b": 20})
    assert store.nearest(new[3], 1)[0] == 23
    store.close()


def test_a_store_whose_vectors_are_others_is_not_carried_on(tmp_path: Path) -> None:
    write_vectors(tmp_path / "before", [_block("r", _random_vectors(50, 1))], _ignore)
    with pytest.raises(StoreError, match="找不到原有的向量"):
        carry_vectors(
            tmp_path / "before", tmp_path / "after", [_block("r", _random_vectors(50, 2))], {"r": 50}, _ignore
        )
