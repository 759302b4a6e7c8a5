"""The gate for rows of figures: each cell held against the figure that it cites, and what is said of the row (the
highest, those above a bound, how many) worked out again over all its cells.

An answer with a series is read sentence by sentence as telling.py words it: `head:label amount[n];label amount[n]`.
What is read so is judged here; any other sentence goes the ordinary way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import InvalidOperation
from functools import cached_property

from assistant.answer import Point, Series
from assistant.series.asks import Ask, Picked, asked_of, picked
from assistant.series.axes import Axis
from assistant.series.bounds import Bounds, bounds_of, folded, in_unit, written
from assistant.series.cells import Lack
from assistant.series.keys import CHANGE, side_of, thing_of, told_of
from assistant.series.telling import (
    COMPARED,
    DOWNWARD,
    GOAL,
    HIGHEST,
    LOWEST,
    OTHERS,
    PLAN,
    REST,
    SAME,
    TIED,
    UNLIKE,
    UPWARD,
    open_of,
    shown,
)
from assistant.tracing import Fault, Number, Proof, Slot
from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.language.periods import months, parse_label
from ingest.language.quantities import numeral
from ingest.language.statuses import Status

Told = Sequence[tuple[str, tuple[int, ...]]]
"""The sentences of an answer without their marks, each with the numbers of the citations that stand in it."""


@dataclass
class _Group:
    """A head and the points said under it; `sentences` are the places of both in the answer."""

    series: Series
    head: str
    points: list[Point] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)


def row_faults(told: Told, rows: Sequence[Series], proofs: Mapping[int, Proof]) -> dict[int, list[Fault]]:
    """Return, for each sentence that speaks of a row, what of it is unproven; other sentences are not in it."""
    judged: dict[int, list[Fault]] = {}
    groups: list[_Group] = []
    for at, (sentence, cites) in enumerate(told):
        if sentence in (REST, COMPARED):
            judged[at] = []
        elif (lacking := _lacking(sentence)) is not None and not cites:
            judged[at] = _not_lacking(lacking, groups[-1].series if groups else rows[0])
        elif (found := _pointed(sentence, cites, rows)) is not None:
            series, point, head = found
            if head or not groups or groups[-1].series is not series:
                groups.append(_Group(series, head))
            groups[-1].points.append(point)
            groups[-1].sentences.append(at)
            judged[at] = [] if _Cell(series, point, proofs).holds else [Fault(Slot.NUMBER, sentence)]
        elif not cites and (series_of_head := next((s for s in rows if s.name in sentence), None)) is not None:
            groups.append(_Group(series_of_head, sentence, [], [at]))
            judged[at] = []
    bad = {(s.name, p) for s in rows for p in s.points if not _Cell(s, p, proofs).holds}
    for group in groups:
        if any(name == group.series.name for name, _ in bad) or not _Said(group).holds:
            for at in group.sentences:
                judged[at] = judged[at] or [Fault(Slot.CALCULATION, told[at][0])]
    return judged


def proven_rows(rows: Sequence[Series], proofs: Mapping[int, Proof]) -> tuple[Series, ...]:
    """Return rows without the points that their citations do not prove; none of fewer than two."""
    kept = (replace(s, points=tuple(p for p in s.points if _Cell(s, p, proofs).holds)) for s in rows)
    return tuple(s for s in kept if len(s.points) > 1)


def _lacking(sentence: str) -> list[str] | None:
    """Return the labels that a sentence says to be lacking, None where it says no such thing."""
    m = re.fullmatch(rf"(?P<labels>[^:;,]+?)等?(?:{'|'.join(Lack)})", sentence)
    return m["labels"].split("、") if m else None


def _not_lacking(labels: Sequence[str], row: Series) -> list[Fault]:
    """Return the labels that are no years or places, or that the row has."""
    there = {shown(p.label) for p in row.points}
    numbered = (label for label in labels if re.search(r"\d", label) and not re.fullmatch(r"\d{4}年", label))
    return [Fault(Slot.UNCITED, label) for label in (*numbered, *(one for one in labels if one in there))]


def _pointed(sentence: str, cites: tuple[int, ...], rows: Sequence[Series]) -> tuple[Series, Point, str] | None:
    """Return the point that a sentence ends with, and what it says before."""
    for series in rows:
        for point in series.points:
            item = f"{shown(point.label)}{point.text}"
            if point.citation in cites and sentence.endswith(item):
                head = sentence.removesuffix(item)
                if not head or not head[-1].isdigit():
                    return series, point, head.rstrip(":")
    return None


@dataclass(frozen=True)
class _Cell:
    """A point of a row against the stretch that it cites."""

    series: Series
    point: Point
    proofs: Mapping[int, Proof]

    @property
    def holds(self) -> bool:
        """Whether the stretch has this very amount, of the row's indicator and side, of the cell's place and year."""
        proof = self.proofs.get(self.point.citation)
        return proof is not None and any(self._is(number, proof) for number in proof.numbers)

    def _is(self, number: Number, proof: Proof) -> bool:
        figure, clause = number.figure, number.clause
        others = tuple(q for q in clause.quantities if q is not number.quantity)
        amount = written(fold(clause.text), number.quantity, others, figure)
        if amount.text != self.point.text or figure.status != self.point.status:
            return False
        if in_unit(amount.bounds.main, self.series.unit) != self.point.value:
            return False
        return self._names(number) and self._is_placed(number, proof)

    def _names(self, number: Number) -> bool:
        """Whether the row's name tells the figure's indicator, its side and whether it is planned."""
        name, figure = self.series.name, number.figure
        thing = thing_of(figure, number.clause.text)
        told = told_of(figure, number.clause, number.quantity)
        forms = {f for name in filter(None, (thing, told)) for f in (name, *indicators().forms.get(name, ()))}
        planned = figure.status != Status.DONE.value
        change = side_of(figure.aspect, number.quantity.dimension, figure.indicator) == CHANGE
        said = re.search(rf"(?:增速|涨幅|降幅)(?:{GOAL}|{PLAN})?$", name) is not None
        return any(f in name for f in forms) and name.endswith((GOAL, PLAN)) is planned and said is change

    def _is_placed(self, number: Number, proof: Proof) -> bool:
        figure, label = number.figure, self.point.label
        region = proof.reading.report.region
        if self.series.axis == Axis.PLACE.value:
            return label == region and any(p in self.series.name for p in _dated(figure.period))
        period = parse_label(figure.period)
        if period is None or label != f"{period.last // 12}年":
            return label == figure.period
        return True


def _dated(label: str) -> tuple[str, ...]:
    """Return a period and, of several years, the last of them: when a level was reached."""
    period = parse_label(label)
    if period is None or period.last - period.first < 12:
        return (label,)
    return label, months(period.last // 12, 1, 12).label


class _Said:
    """What a group says of its row, worked out again."""

    def __init__(self, group: _Group) -> None:
        self._group = group
        self._head = group.head.replace(group.series.name, "", 1)

    @cached_property
    def _row(self) -> tuple[Point, ...]:
        return self._group.series.points

    @property
    def holds(self) -> bool:
        try:
            return self._holds()
        except InvalidOperation:
            return False

    def _holds(self) -> bool:
        points, head = self._group.points, self._head
        if not head:
            return True
        if head in (SAME, UNLIKE):
            return self._are(self._row) and (len({_bounds(p) for p in self._row}) == 1) is (head == SAME)
        if head == OTHERS:
            return any(self._are([p for p in self._row if p not in self._edge(way)]) for way in (1, -1))
        if m := re.fullmatch(r"共(\d+)[个年]", head):
            return int(m[1]) == len({p.label for p in self._row})
        if m := re.fullmatch(rf"(?P<way>{HIGHEST}|{LOWEST})(?:是|有(?P<n>\d+)[个年],如)", head):
            ties = self._edge(1 if m["way"] == HIGHEST else -1)
            return (
                self._are(ties) if m["n"] is None else int(m["n"]) == len({p.label for p in ties}) and self._among(ties)
            )
        if m := re.fullmatch(
            rf"(?P<way>{DOWNWARD}|{UPWARD})(?:前(?P<n>[^位]+)位(?:\({TIED},共(?P<m>\d+)个\))?)?", head
        ):
            way = 1 if m["way"] == DOWNWARD else -1
            first = int(numeral(m["n"]) or 0) if m["n"] else 0
            if m["m"] and int(m["m"]) != len(points):
                return False
            return self._in_order(way) and self._are(self._edge(way, first) if first else self._row)
        return self._keeps_limits(head, points)

    def _keeps_limits(self, head: str, points: Sequence[Point]) -> bool:
        """Whether the points are all that keep the limits that the head names, or all of which that is open."""
        ask, _ = asked_of(head.removeprefix("没有").split("的")[0].split("未必")[-1], open_axis=True)
        if not ask.limits:
            return False
        chosen = self._picked(Ask(limits=ask.limits))
        if head == open_of(ask.limits):
            return self._are(chosen.open)
        if head.startswith("没有"):
            return not chosen.yes and not points
        m = re.fullmatch(rf".+?的(?:有(?P<n>\d+)[个年])?(?P<order>,{DOWNWARD})?", head)
        if m is None or (m["n"] and int(m["n"]) != len({p.label for p in chosen.yes})):
            return False
        return self._among(chosen.yes) and self._in_order(1) if m["order"] else self._are(chosen.yes)

    def _picked(self, ask: Ask) -> Picked[Point]:
        return picked(ask, self._row, _bounds)

    def _edge(self, way: int, first: int = 1) -> tuple[Point, ...]:
        return self._picked(Ask(most=way, first=first)).yes

    def _are(self, points: Sequence[Point]) -> bool:
        return sorted(map(_key, points)) == sorted(map(_key, self._group.points))

    def _among(self, points: Sequence[Point]) -> bool:
        return bool(self._group.points) and all(p in points for p in self._group.points)

    def _in_order(self, way: int) -> bool:
        orders = [_bounds(p).order for p in self._group.points]
        return orders == sorted(orders, reverse=way > 0)


def _key(point: Point) -> tuple[str, str]:
    return point.label, point.text


def _bounds(point: Point) -> Bounds:
    found = bounds_of(folded(point.text))
    if found is None:
        raise InvalidOperation(point.text)
    return found
