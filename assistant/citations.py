"""Statements -> numbered citations: the quote is cut from the report by code, never written by anyone."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Citation
from assistant.compose import Statement
from ingest.report import Passage, Report


def cite(report: Report, passage: Passage, start: int, end: int, number: int) -> Citation:
    """Return citation `number` of `passage.text[start:end]`; its offsets count in the report's text."""
    return Citation(
        n=number,
        report_id=report.id,
        report_title=report.title,
        issuer=report.issuer,
        published=report.published,
        section=passage.section,
        paragraph=passage.paragraph,
        quote=passage.text[start:end],
        start=passage.start + start,
        end=passage.start + end,
        text=passage.text,
        url=f"/reports/{report.id}#p{passage.paragraph}",
        page=passage.page,
    )


def number_statements(statements: Sequence[Statement]) -> tuple[list[int], tuple[Citation, ...]]:
    """Return the citation number of each statement and the citations; equal stretches share a number."""
    numbers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []
    marks = []
    for s in statements:
        reading = s.candidate.reading
        key = (reading.passage.id, s.start, s.end)
        if key not in numbers:
            numbers[key] = len(numbers) + 1
            citations.append(cite(reading.report, reading.passage, s.start, s.end, numbers[key]))
        marks.append(numbers[key])
    return marks, tuple(citations)
