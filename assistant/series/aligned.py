"""Figures that an ordinary answer sets side by side -> a row, for the table and the chart beside its text."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Series
from assistant.compose import Statement
from assistant.series.axes import Axis
from assistant.series.cells import Entry, entry_of
from assistant.series.keys import Key, key_of
from assistant.series.telling import name_of, series


def aligned(statements: Sequence[Statement], marks: Sequence[int]) -> tuple[Series, ...]:
    """Return the rows that the figures of `statements` make, each cited with its mark: figures of one indicator, side
    and status that differ in the place alone or in the period alone."""
    groups: dict[Key, dict[Entry, int]] = {}
    for said, mark in zip(statements, marks, strict=True):
        figure = said.candidate.figure
        if figure is None or not figure.region or not figure.period or figure.scope:
            continue
        key = key_of(figure, said.candidate, period="")
        groups.setdefault(key, {})[entry_of(figure.region, said.candidate, figure)] = mark
    rows = (_row(key, own) for key, own in groups.items())
    return tuple(row for row in rows if row is not None)


def _row(key: Key, marks: dict[Entry, int]) -> Series | None:
    """Return figures of one key as a row, None where they are not apart along one axis."""
    regions = {e.figure.region for e in marks}
    periods = {e.figure.period for e in marks}
    if len(marks) < 2 or sorted((len(regions), len(periods))) != [1, len(marks)]:
        return None
    if len(periods) == 1:
        return series(name_of(periods.pop(), key, list(marks)), Axis.PLACE, list(marks), marks)
    by_period = {entry_of(e.figure.period, e.candidate, e.figure): mark for e, mark in marks.items()}
    ordered = sorted(by_period, key=lambda e: e.label)
    region = regions.pop()
    return series(name_of(region, key, ordered), Axis.TIME, ordered, by_period)
