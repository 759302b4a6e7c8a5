"""The units nearest to a question: by Chroma's graph in the whole index, by looking at every vector in a part of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vectorstore.layout import Layout

# Up to so many vectors, or up to this share of all, each is looked at: 10,000 of 256 dimensions take 1 ms.
_FEW, _PART = 50_000, 0.2
# How many more units Chroma is asked for than the share of the reports makes likely to be needed.
_MARGIN = 1.5


class Vectors(Protocol):
    """Finds the rows nearest to a vector among all; `size` is how many there are."""

    size: int

    def nearest(self, vector: NDArray[np.float32], count: int) -> NDArray[np.int64]:
        """Return at most `count` rows, nearest first."""
        ...


class DenseSearch:
    """Finds the units nearest to a question, in all reports or in some.

    Chroma's own filter (`where`) looks up in its database which vectors are meant and then leaves its graph. The
    vectors of a report lie together in `matrix`, shape (units, dimension), which is mapped from disk. Milliseconds of
    the processor for the 200 nearest of 120,000 vectors of 265 reports, and how many of the 200 are the true ones:

    | reports | `where` | every vector | graph | here |
    | 1 | 97 | 0.1 | 526 | every vector, 100% |
    | 26 | 67 | 0.7 | 21 | every vector, 100% |
    | 66 | 115 | 9 | 9 | every vector, 100% |
    | 132 | 223 | 36 | 6 | graph, 97% |
    | 264 | 417 | 24 | 4 | graph, 98% |
    | all | - | 24 | 2 | graph |

    So:

    - all reports: Chroma's graph;
    - few of them: the product with their rows, which is exact and needs the less time the narrower the question is;
    - many of them: Chroma's graph, asked for as many more units as the others will take up.
    """

    def __init__(self, vectors: Vectors, matrix: NDArray[np.float32], layout: Layout) -> None:
        self._vectors = vectors
        self._matrix = matrix
        self._layout = layout
        self.size = vectors.size

    def nearest(
        self, vector: NDArray[np.float32], count: int, reports: Collection[str] | None = None
    ) -> NDArray[np.int64]:
        """Return the rows of at most `count` units, nearest first."""
        if reports is None:
            return self._vectors.nearest(vector, count)
        spans = self._layout.units(reports)
        held = sum(stop - start for start, stop in spans)
        if held > max(_FEW, _PART * self.size):
            rows = self._vectors.nearest(vector, int(_MARGIN * count * self.size / held))
            rows = rows[self._layout.within(rows, spans)][:count]
            if len(rows) == count:
                return rows
        return self._exact(vector, count, spans)

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of `vector` and each of the `rows`, shape (len(rows),)."""
        found: NDArray[np.float32] = self._matrix[rows] @ vector
        return found

    def _exact(self, vector: NDArray[np.float32], count: int, spans: list[tuple[int, int]]) -> NDArray[np.int64]:
        if not spans:
            return np.empty(0, dtype=np.int64)
        cosines = np.concatenate([self._matrix[start:stop] @ vector for start, stop in spans])
        rows = np.concatenate([np.arange(start, stop, dtype=np.int64) for start, stop in spans])
        best = np.argpartition(-cosines, count)[:count] if count < len(cosines) else np.arange(len(cosines))
        nearest: NDArray[np.int64] = rows[best[np.argsort(-cosines[best], kind="stable")]]
        return nearest
