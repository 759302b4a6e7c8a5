"""Reports by their date: what is new comes first."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.language.periods import parse_label
from ingest.report import Report


def newest_first(reports: Iterable[Report]) -> list[Report]:
    """Return the reports by their publication, the newest first, those of one date in their order; where it is not
    known the month after the period reported on stands for it."""
    return sorted(reports, key=_published, reverse=True)


def _published(report: Report) -> str:
    if report.published:
        return report.published
    period = parse_label(report.period)
    if period is None or not period.year:
        return ""
    year, month = divmod(period.last + 1, 12)
    return f"{year}-{month + 1:02}"
