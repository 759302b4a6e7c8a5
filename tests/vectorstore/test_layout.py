from __future__ import annotations

import numpy as np

from vectorstore.layout import Layout

# Three reports of two, one and three passages, whose units are 1, 2 | 3 | 1, 1, 2.
LAYOUT = Layout([("a", 2), ("b", 1), ("c", 3)], np.array([0, 1, 3, 6, 7, 8, 10]))


def test_the_ranges_of_neighbouring_reports_are_one() -> None:
    assert LAYOUT.passages(["b", "a"]) == [(0, 3)]
    assert LAYOUT.passages(["c", "a", "c"]) == [(0, 2), (3, 6)]
    assert LAYOUT.units(["c", "a"]) == [(0, 3), (6, 10)]


def test_a_report_that_is_not_in_the_index_has_no_range() -> None:
    assert LAYOUT.passages(["nowhere"]) == LAYOUT.units([]) == []


def test_numbers_are_told_by_the_ranges_that_hold_them() -> None:
    inside = Layout.within(np.arange(11), LAYOUT.units(["a", "c"]))
    assert inside.tolist() == [True] * 3 + [False] * 3 + [True] * 4 + [False]
    assert not Layout.within(np.arange(3), []).any()


def test_units_and_passages_lead_to_each_other() -> None:
    units, begins = LAYOUT.units_of(np.array([1, 2, 5]))
    assert units.tolist() == [1, 2, 3, 4, 5, 8, 9]
    assert begins.tolist() == [0, 2, 5]
    assert LAYOUT.passage_of(units).tolist() == [1, 1, 2, 2, 2, 5, 5]
    assert LAYOUT.first_units == {"a": 0, "b": 3, "c": 6}
