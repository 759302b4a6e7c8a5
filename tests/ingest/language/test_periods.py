"""Periods: month ranges named in a text, resolved by the year of the report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.periods import Calendar, Period, months, parse_label, periods
from tests.ingest.language.test_quantities import TEXTS

HALF = Calendar(2022, months(2022, 1, 6))
UNDATED = Calendar(0, months(0, 1, 6))


def labels(text: str, calendar: Calendar = HALF) -> list[tuple[str, str]]:
    return [(m.text, m.period.label) for m in periods(text, calendar)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年", [("2021年", "2021年")]),
        ("２０２１年上半年", [("２０２１年上半年", "2021上半年")]),
        ("今年", [("今年", "2022上半年")]),
        ("去年", [("去年", "2021年")]),
        ("去年同期", [("去年同期", "2021上半年")]),
        ("1-5月份", [("1-5月份", "2022年1-5月")]),
        ("6月", [("6月", "2022年6月")]),
        ("截至6月底", [("6月底", "2022上半年")]),
        ("前三季度", [("前三季度", "2022前三季度")]),
        ("第四季度", [("第四季度", "2022四季度")]),
        ("前5个月", [("前5个月", "2022年1-5月")]),
        ("Q1 2021", [("Q1 2021", "2021一季度")]),
        ("22年上半年", [("22年上半年", "2022上半年")]),
        ("2021-2025年", [("2021-2025年", "2021-2025年")]),
        ("“十四五”时期", [("“十四五”时期", "2021-2025年")]),
        ("十五五", [("十五五", "2026-2030年")]),
        ("“十五”期间", [("“十五”期间", "2001-2005年")]),
        ("未来五年", [("未来五年", "2023-2027年")]),
        ("过去的五年", [("过去的五年", "2018-2022年")]),
        ("十年来", [("十年来", "2013-2022年")]),
        ("“2030先锋工程”", []),
        ("同期为下降9.8%", [("同期", "2021上半年")]),
    ],
)
def test_a_period_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    ["连续37年", "近15年", "66年的历史", "三个月", "每月", "12.5月", "2022个", "十五个项目", "九五折", "三十五家",
     "四季如春", "月饼", "一年", "比同期提高"],
)  # fmt: skip
def test_spans_of_time_and_counts_are_no_periods(text: str) -> None:
    assert labels(text) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [("上半年", "上半年"), ("一季度", "一季度"), ("6月", "6月"), ("去年全年", "上年"),
     ("去年同期", "上年上半年"), ("2015年", "2015年")],
)  # fmt: skip
def test_a_text_that_does_not_tell_its_year_has_labels_without_it(text: str, label: str) -> None:
    assert [m.period.label for m in periods(text, UNDATED)] == [label]


@pytest.mark.parametrize(
    "label", ["", "年", "近年", "2022", "2022年13月", "2022年5-3月", "2025-2021年", "2022年上半年"]
)
def test_what_is_no_label_is_not_parsed(label: str) -> None:
    assert parse_label(label) is None


MONTHS = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(sorted)
YEARS = st.one_of(st.integers(1949, 2100), st.integers(-2, 1))
PERIODS = st.one_of(
    st.builds(lambda y, m: months(y, *m), YEARS, MONTHS),
    st.builds(lambda y, n: Period(y * 12, (y + n) * 12 - 1), st.integers(1949, 2050), st.integers(2, 20)),
)


@given(PERIODS)
def test_a_label_says_its_period(period: Period) -> None:
    assert parse_label(period.label) == period


@given(PERIODS, st.integers(1949, 2100))
def test_a_period_moved_to_another_year_is_the_same_part_of_it(period: Period, year: int) -> None:
    moved = period.in_year(year)
    assert moved.year == year
    assert moved.same_months(period)
    assert moved.contains(moved)
    assert moved.overlaps(moved)


@given(TEXTS, st.sampled_from([HALF, UNDATED, Calendar(2026, months(2025, 1, 12)), Calendar(0)]))
def test_any_text_is_read_and_every_mention_is_where_it_says(text: str, calendar: Calendar) -> None:
    end = 0
    for m in periods(text, calendar):
        assert end <= m.start < m.end
        assert text[m.start : m.end] == m.text
        assert m.period.first <= m.period.last
        end = m.end
