"""A report that has been read, with what the editor states about it afterwards."""

from __future__ import annotations

from dataclasses import asdict, replace

from ingest.figures import extract_figures
from ingest.kinds import kind_of, period_of
from ingest.metadata import Metadata, merge
from ingest.report import Report

_HEAD_CHARACTERS = 3000  # as many as are looked at when the report is read


def corrected(report: Report, stated: Metadata) -> Report:
    """Return `report` with the stated metadata, and with what follows from them.

    A kind or a period that was read from the title is read again where another title, kind or date is stated. The
    figures are extracted anew: "上半年" in the text means another year when the report has another date. Id, text and
    passages stay, so that citations and vectors do.
    """
    now = merge(stated, Metadata(**{key: getattr(report, key) for key in asdict(stated)}))
    if not stated.kind and report.kind == kind_of(report.title):
        now = replace(now, kind=kind_of(now.title))
    if not stated.period and report.period == _period(report):
        now = replace(now, period=_period(replace(report, title=now.title, kind=now.kind, published=now.published)))
    described = replace(report, **asdict(now))
    return report if described == report else replace(described, figures=extract_figures(described))


def _period(report: Report) -> str:
    return period_of(report.title, report.kind, report.published, report.text[:_HEAD_CHARACTERS])
