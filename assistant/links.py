"""Addresses of the reader page, with the words that they mark."""

from __future__ import annotations

from urllib.parse import quote


def reader_link(report_id: str, paragraph: int, start: int, end: int) -> str:
    """The reader page at a paragraph, `start:end` of the report's text marked: `/reports/ab12?start=3&end=9#p17`."""
    return f"/reports/{quote(report_id, safe='')}?start={start}&end={end}#p{paragraph}"
