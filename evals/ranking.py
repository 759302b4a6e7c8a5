"""Measures of a ranked list. Relevance is 0 or 1; every function scores one question."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

DEPTH = 20
CUTS = (1, 3, 5, 10, 20)


class Ranked(NamedTuple):
    """What a system returned for a question: for each unit, best first, whether it holds evidence; and how many
    such units there are in all."""

    relevant: Sequence[bool]
    total: int


def hit_at(ranked: Ranked, k: int) -> float:
    """Return 1 where one of the first `k` holds evidence.

    >>> hit_at(Ranked([False, True], 1), 1), hit_at(Ranked([False, True], 1), 2)
    (0.0, 1.0)
    """
    return float(any(ranked.relevant[:k]))


def reciprocal_rank(ranked: Ranked, k: int = 10) -> float:
    """Return 1 / rank of the first that holds evidence, 0 where it is not among the first `k`.

    >>> reciprocal_rank(Ranked([False, False, True], 1)) == 1 / 3
    True
    """
    return next((1 / rank for rank, relevant in enumerate(ranked.relevant[:k], 1) if relevant), 0.0)


def ndcg_at(ranked: Ranked, k: int = 10) -> float:
    """Return the discounted gain of the first `k`, as a share of the best that any order could have.

    >>> ndcg_at(Ranked([True, False, True], 2)) == (1 + 1 / 2) / (1 + 1 / math.log2(3))
    True
    """
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, ranked.total) + 1))
    gain = sum(1 / math.log2(rank + 1) for rank, relevant in enumerate(ranked.relevant[:k], 1) if relevant)
    return min(1.0, gain / best) if best else 0.0


def scores(ranked: Ranked) -> Mapping[str, float]:
    """Return all measures of one question."""
    hits = {f"hit@{k}": hit_at(ranked, k) for k in CUTS}
    return hits | {"MRR@10": reciprocal_rank(ranked), "nDCG@10": ndcg_at(ranked)}


MEASURES = (*(f"hit@{k}" for k in CUTS), "MRR@10", "nDCG@10")
