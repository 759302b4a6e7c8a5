"""Hybrid search: Chroma and BM25 each propose passages, both score all that were proposed, the scores are fused."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings

from ingest.report import Passage, Report
from vectorstore.dense import DenseSearch
from vectorstore.embedding import embed_question
from vectorstore.layout import Layout
from vectorstore.lexical import LexicalIndex
from vectorstore.searchtext import normalise
from vectorstore.store import Hit

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What the dense score weighs against the lexical one. Measured: training/evaluate_model.py.
DENSE_WEIGHT = 0.9
# How many units Chroma proposes and how many passages BM25 does; at least so many times `k`.
_PROPOSED_UNITS = 200
_PROPOSED_PASSAGES = 100
_TIMES_K = 5


@dataclass(frozen=True, slots=True)
class HybridSearch:
    """Searches the passages of some reports, which lie as `layout` says. `ends` is where each unit ends in the text of
    its passage, shape (units,)."""

    passages: Sequence[tuple[Report, Passage]]
    layout: Layout
    ends: NDArray[np.int32]
    dense: DenseSearch
    lexical: LexicalIndex
    embeddings: Embeddings

    def search(self, query: str, *, k: int, reports: Collection[str] | None = None) -> list[Hit]:
        """Return at most `k` hits, best first; equal ones in the order of the reports."""
        question = normalise(query)
        vector = embed_question(self.embeddings, question)
        lexical = self.lexical.scores(question)
        rows = self.dense.nearest(vector, max(_PROPOSED_UNITS, _TIMES_K * k), reports)
        by_word = self._best_by_word(lexical, max(_PROPOSED_PASSAGES, _TIMES_K * k), reports)
        candidates = np.union1d(self.layout.passage_of(rows), by_word).astype(np.int64)
        if not len(candidates):
            return []
        units, begins = self.layout.units_of(candidates)
        cosines = self.dense.cosines(vector, units)
        dense = np.maximum.reduceat(cosines, begins)
        score = fuse(dense, lexical[candidates])
        order = np.lexsort((candidates, -score))[:k]
        stops = [*begins[1:].tolist(), len(units)]
        hits = []
        for at in order.tolist():
            own = slice(int(begins[at]), stops[at])
            sentences = tuple(zip(self.ends[units[own]].tolist(), cosines[own].tolist(), strict=True))
            report, passage = self.passages[candidates[at]]
            words = float(lexical[candidates[at]])
            hits.append(Hit(report, passage, float(score[at]), float(dense[at]), words, sentences))
        return hits

    def _best_by_word(
        self, lexical: NDArray[np.float32], count: int, reports: Collection[str] | None
    ) -> NDArray[np.int64]:
        found = np.flatnonzero(lexical > 0)
        if reports is not None:
            found = found[self.layout.within(found, self.layout.passages(reports))]
        best: NDArray[np.int64] = found[np.argsort(-lexical[found], kind="stable")[:count]]
        return best


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
