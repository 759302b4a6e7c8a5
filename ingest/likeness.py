"""Texts that are nearly the same, found without comparing every pair: MinHash signatures, grouped by their bands.

Written with numpy alone: the libraries for it bring scipy or a compiled extension for what is a page of code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALIKE = 0.6
"""From which share of common shingles on two texts are nearly the same. Reports of one template share up to 0.15."""

_SHINGLE = 5  # characters
# A signature is the least hash in each of 128 ranges of hashes; three neighbours are a band. Two texts that share 60%
# of their shingles have a whole band in common with a chance of 99.99%, two that share 10% with one of 4%.
_RANGES, _ROWS = 128, 3
_PUNCTUATION = re.compile(r"[\W_]+")
_PRIME, _GOLDEN = np.uint64(1_000_003), np.uint64(0x9E37_79B9_7F4A_7C15)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts, by their numbers from 0, and the share of their shingles that both have (Jaccard), up to 1."""

    one: int
    other: int
    share: float


def near_duplicates(
    texts: Sequence[str], comparable: Callable[[int, int], bool] = lambda one, other: True
) -> list[Likeness]:
    """Return the pairs of texts that are nearly or wholly the same, however they are spaced and punctuated.

    Pairs that are not `comparable` (numbers from 0) are left out before anything is compared.
    """
    signatures = np.array([_signature(text) for text in texts], dtype=np.uint64).reshape(len(texts), _RANGES)
    groups: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for start in range(0, _RANGES - _ROWS + 1, _ROWS):
        for number, band in enumerate(signatures[:, start : start + _ROWS]):
            groups[start, band.tobytes()].append(number)
    met = {pair for group in groups.values() for pair in combinations(group, 2)}
    pairs = sorted(pair for pair in met if comparable(*pair) and _may_be_alike(*signatures[list(pair)]))
    found = [Likeness(one, other, _share(texts[one], texts[other])) for one, other in pairs]
    return [likeness for likeness in found if likeness.share >= ALIKE]


def _signature(text: str) -> NDArray[np.uint64]:
    """Return the least hash of each range, shape (_RANGES,), 0 where there is none."""
    hashes = _shingles(text)
    bounds = np.arange(_RANGES, dtype=np.uint64) << np.uint64(64 - _RANGES.bit_length() + 1)
    at = np.searchsorted(hashes, bounds)
    least = np.append(hashes, np.uint64(0))[at]
    return np.where(at == np.append(at[1:], len(hashes)), np.uint64(0), least)


def _may_be_alike(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> bool:
    """Tell by their signatures whether two texts may share enough: four standard errors are allowed for."""
    return bool(np.mean(one == other) >= ALIKE - 4 * (ALIKE * (1 - ALIKE) / _RANGES) ** 0.5)


def _share(one: str, other: str) -> float:
    a, b = _shingles(one), _shingles(other)
    common = len(np.intersect1d(a, b, assume_unique=True))
    return common / (len(a) + len(b) - common)


@lru_cache(maxsize=64)
def _shingles(text: str) -> NDArray[np.uint64]:
    """Return the hashes of all runs of characters, without punctuation, sorted, each once; of at least one."""
    bare = _PUNCTUATION.sub("", text).lower().ljust(_SHINGLE)
    codes = np.frombuffer(bare.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - _SHINGLE + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(_SHINGLE):
        hashes = hashes * _PRIME + codes[offset : offset + count]
    hashes = (hashes ^ hashes >> np.uint64(31)) * _GOLDEN
    return np.unique(hashes ^ hashes >> np.uint64(29))
