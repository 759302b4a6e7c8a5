"""Series as charts and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Point, Series
from assistant.web.chart import FOLDED, LINES, series_html
from assistant.web.series import PLACE, TIME

HOSTILE = '<img src=x onerror=alert(1)>"**粗**{{7*7}}'
KEPT = {
    *("class", "role", "title", "tabindex", "scope", "rowspan", "href"),
    *("width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "text-anchor", "transform"),
}
"""Attributes that Gradio's sanitizer leaves in a message; `viewBox`, `style` and `aria-label` are not among them, or
not allowed by the policy of the page of figures."""


def mark(n: int) -> str:
    return f'<a class="mark" href="#e1-{n}">{n}</a>'


def series(
    *points: tuple[str, str, str] | tuple[str, str], axis: str = TIME, unit: str = "%", name: str = "增速"
) -> Series:
    """A series of (label, value[, status]), cited from 1 on."""
    made = [
        Point(label, value, f"{value}{unit}", *(rest or ("完成",)), citation=n)  # type: ignore[misc]
        for n, (label, value, *rest) in enumerate(points, 1)
    ]
    return Series(name, axis, unit, tuple(made))


def drawn(*shown: Series) -> ElementTree.Element:
    """What is shown, as a tree: all of it is well-formed."""
    return ElementTree.fromstring(f"<body>{series_html(shown, mark)}</body>")


def of_class(tree: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in tree.iter() if name in element.get("class", "").split()]


def rows(tree: ElementTree.Element) -> list[list[str]]:
    """The words in the cells of the tables' bodies."""
    return [["".join(cell.itertext()) for cell in row] for body in tree.iter("tbody") for row in body]


def lines(tree: ElementTree.Element) -> list[ElementTree.Element]:
    return of_class(of_class(tree, "wb-lines")[0], "wb-line")


def test_years_are_joined_by_a_line_and_stand_in_a_table() -> None:
    tree = drawn(series(("2014年", "7.4"), ("2013年", "7.7"), ("2015年", "6.9")))
    assert len(lines(tree)) == 2
    assert len(of_class(tree, "wb-dot")) == 3
    assert rows(tree) == [["2013年", "7.7%2"], ["2014年", "7.4%1"], ["2015年", "6.9%3"]]


def test_a_missing_year_breaks_the_line() -> None:
    tree = drawn(series(("2013年", "7.7"), ("2014年", "7.4"), ("2016年", "6.7")))
    assert len(lines(tree)) == 1
    assert rows(tree)[2] == ["2015年", "—"]
    assert "图中断开" in "".join(tree.itertext())


def test_higher_values_stand_higher_and_later_ones_further_right() -> None:
    first, second = of_class(drawn(series(("2013年", "5"), ("2014年", "9"))), "wb-dot")
    assert float(first.get("cy", "")) > float(second.get("cy", ""))
    assert float(first.get("cx", "").rstrip("%")) < float(second.get("cx", "").rstrip("%"))


@pytest.mark.parametrize(
    ("values", "ticks", "cut"),
    [
        (("7.7", "6.9"), ["0", "2", "4", "6", "8"], False),
        (("-4.6", "12.5"), ["-5", "0", "5", "10", "15"], False),
        (("-3", "-4"), ["-4", "-3", "-2", "-1", "0"], False),
        (("100.7", "102"), ["100.5", "101", "101.5", "102"], True),
        (("5", "5"), ["0", "2", "4", "6"], False),
    ],
)
def test_the_scale_begins_at_zero_unless_nothing_could_be_seen(
    values: tuple[str, str], ticks: list[str], cut: bool
) -> None:
    tree = drawn(series(("2013年", values[0]), ("2014年", values[1])))
    assert [text.text for text in of_class(tree, "wb-ticks")[0]] == ticks
    assert ("纵轴不从零开始" in "".join(tree.itertext())) is cut


def test_of_ranks_the_first_stands_highest() -> None:
    ranks = series(("2013年", "3"), ("2014年", "1"), unit="名", name="投资排名")
    first, second = of_class(drawn(ranks), "wb-dot")
    assert float(first.get("cy", "")) > float(second.get("cy", ""))


def test_what_is_planned_is_hollow_and_its_line_dashed() -> None:
    tree = drawn(series(("2024年", "5"), ("2025年", "5.5", "计划")))
    assert [line.get("class") for line in lines(tree)] == ["wb-line wb-dashed wb-s0"]
    assert len(of_class(tree, "wb-plan")) == 1
    assert rows(tree)[1] == ["2025年", "5.5%计划2"]


def test_contradictory_statements_stand_side_by_side() -> None:
    tree = drawn(series(("2013年", "7.7"), ("2013年", "7.8"), ("2014年", "7.4")))
    assert len(lines(tree)) == 2
    assert len(of_class(tree, "wb-differs")) == 2
    assert rows(tree)[0] == ["2013年", "7.7%17.8%2说法不一"]


def test_a_target_does_not_contradict_what_came_of_it() -> None:
    tree = drawn(series(("2013年", "7.5", "计划"), ("2013年", "7.7"), ("2014年", "7.4")))
    assert of_class(tree, "wb-differs") == []
    assert rows(tree)[0] == ["2013年", "7.7%27.5%计划1"]
    assert [line.get("class") for line in lines(tree)] == ["wb-line wb-s0"]


def test_equal_statements_are_one_with_two_marks() -> None:
    tree = drawn(series(("2013年", "7.7"), ("2013年", "7.70"), ("2014年", "7.4")))
    assert len(of_class(tree, "wb-dot")) == 2
    assert rows(tree)[0] == ["2013年", "7.7%12"]


def test_a_fall_that_only_words_tell_has_a_sign() -> None:
    fall = Series(
        "增速", TIME, "%", (Point("2013年", "-4.6", "4.6%", "完成", 1), Point("2014年", "1", "1%", "完成", 2))
    )
    assert rows(drawn(fall))[0] == ["2013年", "-4.6%1"]


def test_series_of_one_unit_share_a_chart_and_others_have_their_own() -> None:
    years = ("2013年", "1"), ("2014年", "2")
    tree = drawn(series(*years, name="甲"), series(*years, name="乙"), series(*years, unit="亿元", name="丙"))
    assert len(of_class(tree, "wb-plot")) == 2
    assert ["".join(item.itertext()) for item in tree.iter("li")] == ["甲", "乙"]
    assert rows(tree)[0] == ["2013年", "1%1", "1%1"]


def test_more_lines_than_can_be_told_apart_are_left_to_the_table() -> None:
    many = [series(("2013年", str(n)), ("2014年", "2"), name=f"第{n}项") for n in range(LINES + 2)]
    tree = drawn(*many)
    assert len(lines(tree)) == LINES
    assert len(rows(tree)[0]) == LINES + 3
    assert f"图中只画前 {LINES} 项" in "".join(tree.itertext())


def test_a_long_table_is_folded_under_its_chart() -> None:
    years = [(f"{year}年", "1") for year in range(2000, 2000 + FOLDED + 1)]
    assert drawn(series(*years)).find(".//details") is not None
    assert drawn(series(*years[:FOLDED])).find(".//details") is None


def test_places_are_sorted_bars() -> None:
    tree = drawn(series(("甲省", "50"), ("乙省", "100"), ("丙省", "-25"), axis=PLACE, unit="亿元"))
    assert [row[0] for row in rows(tree)] == ["乙省", "甲省", "丙省"]
    bars = [(bar.get("x"), bar.get("width")) for bar in of_class(tree, "wb-fill")]
    assert bars == [("20.00%", "80.00%"), ("20.00%", "40.00%"), ("0.00%", "20.00%")]


def test_ranks_of_places_are_sorted_from_the_first_and_have_no_bars() -> None:
    tree = drawn(series(("甲区", "3"), ("乙区", "1"), axis=PLACE, unit="名", name="投资排名"))
    assert [row[0] for row in rows(tree)] == ["乙区", "甲区"]
    assert of_class(tree, "wb-fill") == []


def test_a_place_with_two_statements_has_two_bars_under_one_name() -> None:
    tree = drawn(series(("甲省", "50"), ("甲省", "60"), ("乙省", "10"), axis=PLACE))
    assert len(of_class(tree, "wb-fill")) == 3
    assert rows(tree)[0][0] == "甲省说法不一"
    assert next(tree.iter("tbody"))[0][0].get("rowspan") == "2"


def test_a_single_figure_is_a_table_without_a_chart() -> None:
    tree = drawn(series(("2013年", "7.7")))
    assert of_class(tree, "wb-plot") == []
    assert rows(tree) == [["2013年", "7.7%1"]]


def test_nothing_to_show_is_nothing() -> None:
    assert series_html([], mark) == ""
    assert series_html([series()], mark) == ""
    assert series_html([series(("2013年", "不详"))], mark) == ""


def test_the_words_of_reports_are_never_markup() -> None:
    points = tuple(Point(label, "1", HOSTILE, HOSTILE, 1) for label in (HOSTILE, "2014年"))
    for axis in (TIME, PLACE, HOSTILE):
        html = series_html([Series(HOSTILE, axis, HOSTILE, points)] * 2, mark)
        assert not re.search(r"<img|\{\{|\*\*", html)
        assert HOSTILE in "".join(ElementTree.fromstring(f"<body>{html}</body>").itertext())


def test_only_attributes_that_the_sanitizer_keeps() -> None:
    tree = drawn(
        series(("2013年", "7.7"), ("2013年", "7.5", "计划"), ("2015年", "7.8")),
        series(("2013年", "1"), ("2014年", "2"), name="乙"),
        series(("2014年", "3"), name="丙"),
        series(("甲省", "50"), ("甲省", "60"), axis=PLACE),
    )
    assert {name for element in tree.iter() for name in element.attrib} <= KEPT


def test_twenty_years_weigh_some_kilobytes() -> None:
    html = series_html([series(*((f"{year}年", f"{year % 7}.{year % 9}") for year in range(2003, 2023)))], mark)
    assert len(html.encode()) < 10_000


values = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3).map(str)
labels = st.sampled_from(["2013年", "2014年", "2022上半年", "2011-2015年", "十三五", "广东省", ""])
points = st.lists(st.tuples(labels, values, st.sampled_from(["完成", "计划", "预计"])), max_size=8)


@settings(max_examples=50, deadline=None)
@given(st.lists(points, max_size=3), st.sampled_from([TIME, PLACE, "行业"]), st.sampled_from(["%", "亿元", "名", ""]))
def test_whatever_the_figures_everything_stands_inside_the_chart(
    several: Sequence[list[tuple[str, str, str]]], axis: str, unit: str
) -> None:
    tree = drawn(*(series(*some, axis=axis, unit=unit) for some in several))
    for element in tree.iter():
        for name in ("x", "x1", "x2", "cx", "width"):
            share = element.get(name, "")
            assert not share.endswith("%") or 0 <= float(share[:-1]) <= 100
        for name in ("y1", "y2", "cy"):
            assert 0 <= float(element.get(name, "0")) <= 214
    said = {span.text for table in tree.iter("table") for span in table.iter("span") if not span.get("class")}
    assert {float(value) for some in several for _, value, _ in some} == {
        float(t.removesuffix(unit)) for t in said if t
    }


@pytest.mark.parametrize(
    ("given_labels", "shown"),
    [
        (("2022上半年", "2020上半年"), ("2020上半年", "2021上半年", "2022上半年")),
        (("2022年", "2022上半年", "2022一季度"), ("2022一季度", "2022上半年", "2022年")),
        (("2025年", "1949年"), ("1949年", "2025年")),
        (("2016-2020年", "2011-2015年"), ("2011-2015年", "2016-2020年")),
        (("去年", "2013年"), ("去年", "2013年")),
    ],
)
def test_the_axis_of_time(given_labels: tuple[str, ...], shown: tuple[str, ...]) -> None:
    tree = drawn(series(*((label, "1") for label in given_labels)))
    assert tuple(row[0] for row in rows(tree)) == shown
