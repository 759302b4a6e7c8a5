from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import vectorstore.dense
from vectorstore.dense import DenseSearch
from vectorstore.layout import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

REPORTS, PASSAGES = 10, 20
LAYOUT = Layout([(f"r{number}", PASSAGES) for number in range(REPORTS)], np.arange(REPORTS * PASSAGES + 1))
MATRIX = np.random.default_rng(0).normal(size=(REPORTS * PASSAGES, 8)).astype(np.float32)
QUESTION = MATRIX[0]


class Graph:
    """Finds the nearest of all rows; remembers how many it was asked for."""

    size = len(MATRIX)

    def __init__(self) -> None:
        self.asked: list[int] = []

    def nearest(self, vector: NDArray[np.float32], count: int) -> NDArray[np.int64]:
        self.asked.append(count)
        return np.argsort(-(MATRIX @ vector))[:count]


def _best(reports: list[str], count: int) -> list[int]:
    order = np.argsort(-(MATRIX @ QUESTION)).tolist()
    return [row for row in order if f"r{row // PASSAGES}" in reports][:count]


@pytest.fixture
def graph() -> Graph:
    return Graph()


@pytest.fixture
def search(graph: Graph) -> DenseSearch:
    return DenseSearch(graph, MATRIX, LAYOUT)


def test_the_whole_index_is_left_to_the_graph(search: DenseSearch, graph: Graph) -> None:
    assert search.nearest(QUESTION, 5).tolist() == _best([f"r{number}" for number in range(REPORTS)], 5)
    assert graph.asked == [5]


def test_some_reports_are_searched_without_the_graph(search: DenseSearch, graph: Graph) -> None:
    assert search.nearest(QUESTION, 5, ["r3", "r7", "r4"]).tolist() == _best(["r3", "r4", "r7"], 5)
    assert search.nearest(QUESTION, 50, ["r3"]).tolist() == _best(["r3"], 50)
    assert graph.asked == []


@pytest.mark.parametrize("reports", [[], ["nowhere"]])
def test_no_report_has_no_rows(search: DenseSearch, reports: list[str]) -> None:
    assert search.nearest(QUESTION, 5, reports).tolist() == []


def test_most_of_many_reports_are_found_in_the_graph(
    search: DenseSearch, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectorstore.dense, "_FEW", 0)
    reports = [f"r{number}" for number in range(1, REPORTS)]
    assert search.nearest(QUESTION, 20, reports).tolist() == _best(reports, 20)
    assert graph.asked == [33]


def test_where_the_graph_brings_too_few_every_row_is_looked_at(
    search: DenseSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectorstore.dense, "_FEW", 0)
    monkeypatch.setattr(vectorstore.dense, "_MARGIN", 0.1)
    reports = ["r1", "r2", "r3"]
    assert search.nearest(QUESTION, 20, reports).tolist() == _best(reports, 20)
