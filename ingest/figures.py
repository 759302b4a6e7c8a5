"""Passage -> Figures."""

from __future__ import annotations

from ingest.report import Figure, Report


def extract_figures(report: Report) -> tuple[Figure, ...]:
    """Return every figure of the report's passages, in text order."""
    return ()
