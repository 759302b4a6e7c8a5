"""Eras: what years the paragraphs of a review and of a plan speak of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.eras import calendar_of, era_of, section_status
from ingest.figures import extract_figures
from ingest.language.statuses import Status
from tests.ingest.reports import report_of

REVIEW = ("一、“十四五”时期和2025年工作回顾",)


def figures(*paragraphs: str, section: tuple[str, ...] = REVIEW) -> list[tuple[str, str]]:
    report = report_of(*paragraphs, section=section, period="2025年", published="2026-01-28")
    return [(figure.period, figure.status) for figure in extract_figures(report)]


def test_an_era_reaches_the_paragraphs_after_it() -> None:
    assert figures("这五年，经济实力迈上新台阶。", "新增就业5万人。投资1亿元。") == [("2021-2025年", "完成")] * 2


def test_an_era_ends_where_another_begins() -> None:
    lines = ("过去五年，新增就业5万人。", "各位代表！刚刚过去的2025年，是重要的一年。投资1亿元。", "出口2亿元。")
    assert [period for period, _ in figures(*lines)] == ["2021-2025年", "2025年", "2025年"]


def test_a_year_that_is_named_within_an_era_reaches_to_the_full_stop() -> None:
    line = "五年来，投资1亿元。2023年，出口2亿元，进口3亿元。新增就业5万人。"
    assert [period for period, _ in figures(line)] == ["2021-2025年", "2023年", "2023年", "2021-2025年"]


def test_a_level_is_of_the_last_year_of_an_era() -> None:
    line = "这五年，经济总量达到2.67万亿元，覆盖率由4%提高到5%，累计新增企业达5家，绿化率9%。"
    assert [period for period, _ in figures(line)] == ["2025年", "2020年", "2025年", "2021-2025年", "2021-2025年"]


def test_what_comes_after_the_years_under_review_is_planned() -> None:
    lines = ("“十五五”时期是关键五年。", "投资1亿元。")
    assert figures(*lines, section=("二、“十四五”时期成就和“十五五”时期目标任务",)) == [("2026-2030年", "计划")]
    assert figures("今年，强度要降低3%。") == [("2026年", "计划")]


def test_a_heading_may_open_an_era() -> None:
    assert figures("投资1亿元。", section=(*REVIEW, "这是经济实力持续提升的五年。")) == [("2021-2025年", "完成")]
    assert figures("投资1亿元。", section=("一、过去五年工作回顾",)) == [("2021-2025年", "完成")]


def test_an_era_ends_with_its_section() -> None:
    report = report_of("这五年，成绩很大。", "投资1亿元。", section=REVIEW, period="2025年", published="2026")
    first, second = report.passages
    report = replace(report, id="other", passages=(first, replace(second, section=("二、2025年工作回顾",))))
    assert [figure.period for figure in extract_figures(report)] == ["2025年"]


def test_a_report_on_a_part_of_a_year_has_no_eras() -> None:
    report = report_of("这五年，成绩很大。", "投资1亿元。")
    assert [figure.period for figure in extract_figures(report)] == ["2022上半年"]


@pytest.mark.parametrize(
    ("heading", "status"),
    [("（三）主要任务", Status.PLANNED), ("（一）发展基础", Status.DONE), ("夯实农业基础", Status.PLANNED)],
)
def test_a_plan_speaks_of_plans_but_for_its_basis(heading: str, status: Status) -> None:
    report = report_of("建设基地5个。", section=("一、总则", heading), period="2021-2025年", kind="专项规划")
    assert section_status(report, report.passages[0]) is status


def test_the_numbers_of_a_plan_are_of_its_years() -> None:
    report = report_of("建设基地5个。", period="2021-2025年", published="", kind="专项规划")
    [figure] = extract_figures(report)
    assert (figure.period, figure.status) == ("2021-2025年", "计划")
    assert calendar_of(report).year == 2025
    assert era_of(report, report.passages[0]).status is Status.PLANNED
