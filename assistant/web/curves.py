"""Figures that were found -> the series that they form, if they are of one indicator and one aspect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from assistant.answer import Point, Series
from assistant.catalogue import Entry
from assistant.web.series import PLACE, TIME
from ingest.language.aspects import Aspect
from ingest.language.periods import Period, parse_label
from ingest.language.units import split_unit

LINES = 6
"""Places that may be lines of one chart; more of them are compared in a single period."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn: citation `n` of a point is `entries[n - 1]`; `left_out` counts the figures that do not fit in."""

    title: str
    series: tuple[Series, ...]
    entries: tuple[Entry, ...]
    left_out: int


def plot_of(found: Sequence[Entry]) -> Plot | None:
    """Return the series over time, or from place to place, that figures form; None where they form none.

    They must be of one indicator and one aspect. What is drawn has one plain unit (亿元 and 万亿元 together), one scope
    and one kind of period (whole years, first halves), each the most frequent.
    """
    if len({(entry.figure.indicator, entry.figure.aspect) for entry in found}) != 1:
        return None
    kept = _most(found, lambda entry: split_unit(entry.figure.unit)[1])
    kept = _most(kept, lambda entry: entry.figure.scope)
    kept = _most([entry for entry in kept if _period(entry)], _part_of_year)
    places, times = _distinct(kept, _place), _distinct(kept, _period)
    if len(times) > 1 and len(places) > LINES:
        kept = _most(kept, _period)
        places, times = _distinct(kept, _place), _distinct(kept, _period)
    if len(times) < 2 and len(places) < 2:
        return None
    groups = {place: [entry for entry in kept if _place(entry) == place] for place in places} if len(times) > 1 else {}
    unit = Counter(entry.figure.unit for entry in kept).most_common(1)[0][0]
    numbers = {id(entry): n for n, entry in enumerate(kept, 1)}

    def series(name: str, axis: str, entries: Sequence[Entry]) -> Series:
        points = (_point(entry, axis, unit, numbers[id(entry)]) for entry in entries)
        return Series(name, axis, unit, tuple(points))

    if groups:
        several = len(groups) > 1
        lines = tuple(series(place if several else _name(kept[0], place), TIME, own) for place, own in groups.items())
    else:
        lines = (series(_name(kept[0], kept[0].figure.period), PLACE, kept),)
    return Plot(_name(kept[0], ""), lines, tuple(kept), len(found) - len(kept))


def _most(entries: Sequence[Entry], key: Callable[[Entry], Key]) -> list[Entry]:
    """Those of the most frequent key."""
    ranked = Counter(key(entry) for entry in entries).most_common(1)
    return [entry for entry in entries if key(entry) == ranked[0][0]]


def _distinct(entries: Sequence[Entry], key: Callable[[Entry], Key]) -> list[Key]:
    return list(dict.fromkeys(key(entry) for entry in entries))


def _place(entry: Entry) -> str:
    return entry.figure.region or "未注明地区"


def _period(entry: Entry) -> Period | None:
    return parse_label(entry.figure.period)


def _part_of_year(entry: Entry) -> tuple[int, int]:
    period = _period(entry)
    return (period.first % 12, period.last - period.first) if period else (0, 0)


def _name(entry: Entry, before: str) -> str:
    figure = entry.figure
    aspect = "" if figure.aspect == Aspect.VALUE else figure.aspect
    return f"{before}{figure.scope}{figure.indicator}{aspect}"


def _point(entry: Entry, axis: str, unit: str, number: int) -> Point:
    figure = entry.figure
    value = figure.value * split_unit(figure.unit)[0] / split_unit(unit)[0]
    label = figure.period if axis == TIME else _place(entry)
    return Point(label, f"{_short(value):f}", figure.text, figure.status, number)


def _short(value: Decimal) -> Decimal:
    return value if value == value.to_integral_value() else value.normalize()
