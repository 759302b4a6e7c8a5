"""The metadata of some fifty real reports, against what is known about them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ingest import Report, read_report

pytestmark = pytest.mark.usefixtures("without_figures")


def test_titles_issuers_kinds_and_years_of_real_reports(corpus: Path) -> None:
    with (corpus / "INDEX.tsv").open(encoding="utf-8", newline="") as table:
        known = list(csv.DictReader(table, delimiter="\t"))
    right = dict.fromkeys(("title", "issuer", "kind", "year"), 0)
    for row in known:
        report = read_report(corpus / row["file"], root=corpus)
        right["title"] += report.title == row["title"]
        right["issuer"] += report.issuer == row["issuer"]
        right["kind"] += report.kind == row["kind"]
        right["year"] += (
            report.published[:4] in ("", row["date_or_period"][:4]) or report.period == row["date_or_period"][:5]
        )
        check_offsets(report)
    # Seven reports do not name who issued them, or name more than one.
    assert right == {"title": len(known), "issuer": len(known) - 7, "kind": len(known), "year": len(known)}


def check_offsets(report: Report) -> None:
    assert report.region
    assert report.passages
    assert all(report.text[passage.start : passage.end] == passage.text for passage in report.passages)
    assert all(report.text[section.start : section.end] == section.title for section in report.sections)
