"""Hybrid search: Chroma and BM25 each propose passages, both score all that were proposed, the scores are fused."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from ingest.report import Passage, Report
from vectorstore.embedding import embed_question
from vectorstore.lexical import LexicalIndex
from vectorstore.searchtext import normalise, sentence_ends
from vectorstore.store import Hit

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What the dense score weighs against the lexical one. Measured: training/evaluate_model.py.
DENSE_WEIGHT = 0.7
# How many units Chroma proposes and how many passages BM25 does; at least so many times `k`.
_PROPOSED_UNITS = 200
_PROPOSED_PASSAGES = 100
_TIMES_K = 5


class Vectors(Protocol):
    """Finds the rows of the units nearest to a vector; `size` is how many there are."""

    size: int

    def nearest(
        self, vector: NDArray[np.float32], count: int, reports: Collection[str] | None = None
    ) -> NDArray[np.int64]:
        """Return at most `count` rows, nearest first."""
        ...


@dataclass(frozen=True, slots=True)
class HybridSearch:
    """Searches the passages of some reports.

    `matrix` has a row per unit, shape (units, dimension), each of length 1; the units of a passage follow one
    another: those of passage i are `starts[i]:starts[i + 1]`, shape (passages + 1,).
    """

    passages: Sequence[tuple[Report, Passage]]
    starts: NDArray[np.int64]
    matrix: NDArray[np.float32]
    vectors: Vectors
    lexical: LexicalIndex
    embeddings: Embeddings

    def search(self, query: str, *, k: int, reports: Collection[str] | None = None) -> list[Hit]:
        """Return at most `k` hits, best first; equal ones in the order of the reports."""
        question = normalise(query)
        vector = embed_question(self.embeddings, question)
        lexical = self.lexical.scores(question)
        rows = self.vectors.nearest(vector, max(_PROPOSED_UNITS, _TIMES_K * k), reports)
        by_unit = np.searchsorted(self.starts, rows, side="right") - 1
        by_word = self._best_by_word(lexical, max(_PROPOSED_PASSAGES, _TIMES_K * k), reports)
        candidates = np.union1d(by_unit, by_word).astype(np.int64)
        dense = np.array([self._cosine(vector, candidate) for candidate in candidates], dtype=np.float32)
        score = fuse(dense, lexical[candidates])
        order = np.lexsort((candidates, -score))[:k]
        return [self._hit(int(candidates[at]), vector, score[at], dense[at], lexical[candidates[at]]) for at in order]

    def _hit(
        self, at: int, vector: NDArray[np.float32], score: np.float32, dense: np.float32, lexical: np.float32
    ) -> Hit:
        report, passage = self.passages[at]
        cosines = (self.matrix[self.starts[at] : self.starts[at + 1]] @ vector).tolist()
        ends = sentence_ends(passage)
        sentences = tuple(zip(ends, cosines, strict=True)) if len(ends) == len(cosines) else ()
        return Hit(report, passage, float(score), float(dense), float(lexical), sentences)

    def _best_by_word(
        self, lexical: NDArray[np.float32], count: int, reports: Collection[str] | None
    ) -> NDArray[np.int64]:
        found = np.flatnonzero(lexical > 0)
        if reports is not None:
            found = np.array([at for at in found.tolist() if self.passages[at][0].id in reports], dtype=np.int64)
        best: NDArray[np.int64] = found[np.argsort(-lexical[found], kind="stable")[:count]]
        return best

    def _cosine(self, vector: NDArray[np.float32], passage: int) -> float:
        """Return the cosine of a passage's best unit."""
        return float((self.matrix[self.starts[passage] : self.starts[passage + 1]] @ vector).max())


def fuse(dense: NDArray[np.float32], lexical: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the weighted sum of the standard scores of two lists.

    Fusing ranks instead loses what BM25 knows: the distance between a passage with the rare word and those without.
    """
    return _standard(lexical) + np.float32(DENSE_WEIGHT) * _standard(dense)


def _standard(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    if not len(scores):
        return scores
    spread = scores.std()
    centred: NDArray[np.float32] = scores - scores.mean()
    return centred / spread if spread > 1e-6 else np.zeros_like(centred)
