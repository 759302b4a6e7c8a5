"""ingest.corrections"""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.corrections import corrected
from ingest.figures import extract_figures
from ingest.metadata import Metadata
from ingest.report import Report
from tests.ingest.reports import report_of


@pytest.fixture
def report() -> Report:
    """A report that says nowhere in which year it is."""
    bare = report_of("上半年，固定资产投资完成442.1亿元。全年计划完成800亿元。", published="2022-08-29")
    untitled = replace(bare, title="关于大兴区国民经济和社会发展计划上半年执行情况的报告")
    return replace(untitled, figures=extract_figures(untitled))


def test_another_date_moves_the_period_and_the_figures(report: Report) -> None:
    moved = corrected(report, Metadata(published="2023-08-30"))
    assert (moved.published, moved.period) == ("2023-08-30", "2023上半年")
    assert [figure.period for figure in moved.figures] == ["2023上半年", "2023年"]
    assert (moved.id, moved.text, moved.passages) == (report.id, report.text, report.passages)


def test_a_period_that_was_stated_before_does_not_move_with_the_date(report: Report) -> None:
    stated = corrected(report, Metadata(period="2021上半年"))
    assert corrected(stated, Metadata(published="2023-08-30")).period == "2021上半年"


def test_another_title_brings_its_kind_and_period(report: Report) -> None:
    renamed = corrected(report, Metadata(title="大兴区2020年政府工作报告"))
    assert (renamed.kind, renamed.period) == ("政府工作报告", "2019年")


def test_the_region_is_that_of_the_figures(report: Report) -> None:
    assert {figure.region for figure in corrected(report, Metadata(region="通州区")).figures} == {"通州区"}


def test_nothing_stated_changes_nothing(report: Report) -> None:
    assert corrected(report, Metadata()) is report
