"""The newest report comes first, by its publication or by what it reports on."""

from __future__ import annotations

from assistant.recency import newest_first
from tests.assistant.web.fakes import make_report


def test_the_newest_report_comes_first_and_one_without_any_date_last() -> None:
    dates = [("old", "2003", ""), ("none", "", ""), ("half", "", "2016上半年"), ("new", "2026-02-05", "2025年")]
    reports = [make_report(report_id=name, published=day, period=period) for name, day, period in dates]
    assert [report.id for report in newest_first(reports)] == ["new", "half", "old", "none"]
