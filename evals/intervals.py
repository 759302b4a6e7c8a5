"""How far chance alone moves a figure: bootstrap intervals, so that nobody celebrates noise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESAMPLES = 2000
_SEED = 20220829
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `n` questions with its 95% interval."""

    mean: float
    low: float
    high: float
    n: int


class Change(StrEnum):
    BETTER = "变好"
    WORSE = "变差"
    SAME = "误差之内"


def estimate(values: Sequence[float]) -> Estimate | None:
    """Return the mean and its bootstrap interval, None for no values.

    Resampling a share that is all 0 or all 1 says that it cannot be otherwise; there Wilson's interval stands in:
    7 of 7 is at least 65%, not 100%.
    """
    if not values:
        return None
    sample = np.asarray(values, dtype=np.float64)
    mean = float(sample.mean())
    if set(values) in ({0.0}, {1.0}):
        edge = _Z**2 / (len(values) + _Z**2)
        return Estimate(mean, max(0.0, mean - edge), min(1.0, mean + edge), len(values))
    low, high = np.quantile(_means(sample), [0.025, 0.975])
    return Estimate(mean, float(low), float(high), len(values))


def difference(before: Sequence[float], now: Sequence[float]) -> Estimate | None:
    """Return the mean change over the same questions, in the same order, with its paired bootstrap interval."""
    if len(before) != len(now):
        raise ValueError(f"{len(before)} values before, {len(now)} now: they must be of the same questions")
    if not now:
        return None
    change = np.asarray(now, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    low, high = np.quantile(_means(change), [0.025, 0.975])
    return Estimate(float(change.mean()), float(low), float(high), len(change))


def sign_test(before: Sequence[float], now: Sequence[float]) -> float:
    """Return how likely chance alone would part the questions that moved so unevenly, or more (two-sided, exact).

    >>> sign_test([0, 0, 0, 0], [1, 1, 1, 1])
    0.125
    """
    up = sum(b > a for a, b in zip(before, now, strict=True))
    moved = sum(b != a for a, b in zip(before, now, strict=True))
    fewer = min(up, moved - up)
    as_uneven: int = sum(math.comb(moved, k) for k in range(fewer + 1))
    return min(1.0, 2 * as_uneven / float(2**moved))


def verdict(change: Estimate | None, chance: float, *, higher_is_better: bool = True) -> Change:
    """Say what a change is: better or worse only where its whole interval lies on one side of 0, and where the sign
    test agrees; of few questions the bootstrap alone believes too much (four that flip are still noise)."""
    if change is None or change.low <= 0 <= change.high or chance >= 0.05:
        return Change.SAME
    return Change.BETTER if (change.mean > 0) is higher_is_better else Change.WORSE


def _means(sample: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the means of the resamples, shape (RESAMPLES,)."""
    means: NDArray[np.float64] = sample[_draws(len(sample))].mean(axis=1)
    return means


@lru_cache(maxsize=64)
def _draws(size: int) -> NDArray[np.int64]:
    """Return which values each resample takes, shape (RESAMPLES, size); always the same."""
    return np.random.default_rng(_SEED).integers(0, size, (RESAMPLES, size))
