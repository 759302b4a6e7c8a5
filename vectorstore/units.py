"""The vectors of an index on disk: a row per unit, the units of a passage one after the other (manifest.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.manifest import Entry

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a report: `vectors` has shape (units, dimension), `ends` (units,): where each ends in the text of
    its passage; `counts` (passages,): how many each passage has."""

    vectors: NDArray[np.float32]
    ends: NDArray[np.int32]
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class UnitFiles:
    """The units of all reports of a generation, as they lie on disk: `matrix` is mapped, the others are read.

    Those of passage i are `starts[i]:starts[i + 1]`, shape (passages + 1,).
    """

    matrix: NDArray[np.float32]
    ends: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def read(cls, folder: Path) -> UnitFiles:
        """Read the files that `write_units` wrote."""
        matrix = np.asarray(np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False))
        return cls(
            matrix,
            np.load(folder / "ends.npy", allow_pickle=False),
            np.load(folder / "starts.npy", allow_pickle=False),
        )

    def by_report(self, entries: Sequence[Entry]) -> dict[str, Units]:
        """Return the units of each report."""
        counts, found, passage, unit = np.diff(self.starts), {}, 0, 0
        for entry in entries:
            own = slice(unit, unit + entry.units)
            found[entry.report] = Units(self.matrix[own], self.ends[own], counts[passage : passage + entry.passages])
            passage, unit = passage + entry.passages, unit + entry.units
        return found


def write_units(folder: Path, reports: Sequence[Units]) -> None:
    """Write the units of all reports, in their order."""
    counts = np.concatenate([units.counts for units in reports])
    np.save(folder / "vectors.npy", np.concatenate([units.vectors for units in reports]))
    np.save(folder / "ends.npy", np.concatenate([units.ends for units in reports]))
    np.save(folder / "starts.npy", np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))
