"""The series of an answer laid out for drawing: which figures stand at which place of the axis, where one is missing,
where reports contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

from assistant.answer import Point, Series
from assistant.catalogue import written
from ingest.language.aspects import Aspect
from ingest.language.periods import Period, parse_label
from ingest.language.statuses import Status

TIME, PLACE = "时间", "地区"
SPAN_LIMIT = 60
"""Years that an axis shows one by one; a longer one shows only those that have a figure."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What reports say at one place of the axis: equal values are one statement with several citations."""

    value: Decimal
    text: str
    status: str
    citations: tuple[int, ...]

    @property
    def planned(self) -> bool:
        return self.status in (Status.PLANNED, Status.EXPECTED)


@dataclass(frozen=True, slots=True)
class Cell:
    """The statements of one series at one place; none where the reports have no figure there."""

    label: str
    statements: tuple[Statement, ...] = ()

    @property
    def contradictory(self) -> bool:
        """Whether two statements of one status differ: a target and what came of it do not contradict each other."""
        statuses = [statement.status for statement in self.statements]
        return len(set(statuses)) < len(statuses)


@dataclass(frozen=True)
class Panel:
    """Series that share an axis and a unit, and so a picture: `rows[i]` are the cells of `series[i]`, one a label."""

    series: tuple[Series, ...]
    labels: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def unit(self) -> str:
        return self.series[0].unit

    @property
    def in_time(self) -> bool:
        return self.series[0].axis == TIME

    @property
    def is_rank(self) -> bool:
        """Whether the values are ranks: the smallest is the best, and its size is no length."""
        return _is_rank(self.series[0])

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(statement for row in self.rows for cell in row for statement in cell.statements)

    @property
    def drawable(self) -> bool:
        """Whether there is more than one place to draw."""
        return len({cell.label for row in self.rows for cell in row if cell.statements}) > 1


def panels(series: Iterable[Series]) -> list[Panel]:
    """Group series of time that have the same unit; a series of anything else is a panel of its own."""
    groups: dict[tuple[str, ...], list[Series]] = {}
    for number, one in enumerate(series):
        key = (one.axis, one.unit) if one.axis == TIME else (one.axis, one.unit, str(number))
        groups.setdefault(key, []).append(one)
    return [_panel(group) for group in groups.values()]


def _is_rank(series: Series) -> bool:
    return series.unit == "名" and Aspect.RANK in series.name


def _panel(group: Sequence[Series]) -> Panel:
    found = [_cells(one.points) for one in group]
    labels = tuple(dict.fromkeys(label for cells in found for label in cells))
    if group[0].axis == TIME:
        labels = time_axis(labels)
    elif group[0].axis == PLACE:
        labels = _ranked(found[0], ascending=_is_rank(group[0]))
    rows = tuple(tuple(Cell(label, cells.get(label, ())) for label in labels) for cells in found)
    return Panel(tuple(group), labels, rows)


def _cells(points: Iterable[Point]) -> dict[str, tuple[Statement, ...]]:
    """The statements of a series by label; a point without a number is a gap."""
    cells: dict[str, tuple[Statement, ...]] = {}
    for point in points:
        here = cells.setdefault(point.label, ())
        value = _decimal(point.value)
        if value is None:
            continue
        same = next((s for s in here if (s.value, s.status) == (value, point.status)), None)
        citations = (*(same.citations if same else ()), point.citation)
        statement = Statement(
            value, same.text if same else written(point.text, value), point.status, tuple(dict.fromkeys(citations))
        )
        cells[point.label] = tuple(statement if s is same else s for s in here) if same else (*here, statement)
    return {label: tuple(sorted(cell, key=lambda s: s.planned)) for label, cell in cells.items()}


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def time_axis(labels: Sequence[str]) -> tuple[str, ...]:
    """`labels` in the order of time, with the years between them that are missing.

    >>> time_axis(["2016年", "2013年", "2014年"])
    ('2013年', '2014年', '2015年', '2016年')
    >>> time_axis(["2022上半年", "2022一季度"])
    ('2022一季度', '2022上半年')
    """
    known = {label: period for label in labels if (period := parse_label(label))}
    if len(known) < len(labels):
        return tuple(labels)
    ordered = sorted(known, key=lambda label: (known[label].last, known[label].first))
    periods = [known[label] for label in ordered]
    return tuple(_years(periods)) if _yearly(periods) else tuple(ordered)


def _yearly(periods: Sequence[Period]) -> bool:
    """Whether all are the same part of their years, so that a year without one is a gap."""
    if len(periods) < 2:
        return False
    first, last = periods[0], periods[-1]
    within = first.last - first.first < 12 and last.year - first.year < SPAN_LIMIT
    return within and all(period.same_months(first) for period in periods)


def _years(periods: Sequence[Period]) -> Iterator[str]:
    yield from (periods[0].in_year(year).label for year in range(periods[0].year, periods[-1].year + 1))


def _ranked(cells: dict[str, tuple[Statement, ...]], *, ascending: bool) -> tuple[str, ...]:
    """Labels by value, the largest first (of ranks the smallest); those without a figure come last."""

    def place(label: str) -> tuple[bool, Decimal]:
        values = [statement.value for statement in cells[label]]
        if not values:
            return True, Decimal(0)
        return False, min(values) if ascending else -max(values)

    return tuple(sorted(cells, key=place))
