"""Where the passages and the units of each report lie in an index: one report after the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Layout:
    """Half-open ranges of passages and of units by report.

    `sizes` are (report id, number of passages) in the order of the index; the units of passage i are
    `starts[i]:starts[i + 1]`, shape (passages + 1,).
    """

    def __init__(self, sizes: Sequence[tuple[str, int]], starts: NDArray[np.int64]) -> None:
        self.starts = starts
        bounds = [0, *np.cumsum([size for _, size in sizes], dtype=np.int64).tolist()]
        self._passages = {report: (bounds[at], bounds[at + 1]) for at, (report, _) in enumerate(sizes)}

    @property
    def first_units(self) -> dict[str, int]:
        """The first unit of each report."""
        return {report: int(self.starts[start]) for report, (start, _) in self._passages.items()}

    def passages(self, reports: Collection[str]) -> list[tuple[int, int]]:
        """Return the ranges of the passages of some reports, in order; those that touch are one."""
        ranges: list[tuple[int, int]] = []
        for start, stop in sorted(self._passages[report] for report in set(reports) if report in self._passages):
            if ranges and ranges[-1][1] == start:
                start = ranges.pop()[0]
            ranges.append((start, stop))
        return ranges

    def units(self, reports: Collection[str]) -> list[tuple[int, int]]:
        """Return the ranges of the units of some reports, in order."""
        return [(int(self.starts[start]), int(self.starts[stop])) for start, stop in self.passages(reports)]

    def passage_of(self, units: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the passage that each unit belongs to."""
        found: NDArray[np.int64] = np.searchsorted(self.starts, units, side="right") - 1
        return found

    def units_of(self, passages: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the units of some passages, one passage after the other, and where each passage begins among them."""
        counts = self.starts[passages + 1] - self.starts[passages]
        begins = np.cumsum(counts) - counts
        units = np.arange(counts.sum(), dtype=np.int64) + np.repeat(self.starts[passages] - begins, counts)
        return units, begins

    @staticmethod
    def within(numbers: NDArray[np.int64], ranges: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
        """Tell of each number whether it lies in one of the ranges, which are in order."""
        edges = np.array(ranges, dtype=np.int64).reshape(-1)
        inside: NDArray[np.bool_] = np.searchsorted(edges, numbers, side="right") % 2 == 1
        return inside
