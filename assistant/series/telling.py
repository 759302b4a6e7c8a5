"""The words of a row: its name, each figure with its mark, the highest of them, what is lacking.

"国内生产总值增速目标:2013年7.5%左右[1];2014年7.5%左右[2]。2020年报告未收录。" What is worded here is held against the
row again by the gate (proof.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import cn2an

from assistant.answer import Point, Series
from assistant.series.asks import Ask, Limit, picked
from assistant.series.axes import Axis, Row
from assistant.series.bounds import Bounds, in_unit
from assistant.series.cells import Entry, Filled, Lack
from assistant.series.keys import AMOUNT, CHANGE, Key
from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.places import NATION, short_place

LONGEST = 380
"""Characters, marks not counted, up to which every figure is said; of a longer row only the gist."""
GOAL, PLAN = "目标", "计划"
REST = "其余见表"
COMPARED = "以上只比较已收录的报告"
SAME, UNLIKE = "相同", "不相同"
DOWNWARD, UPWARD = "从高到低", "从低到高"
TIED = "含并列"
HIGHEST, LOWEST, OTHERS = "最高的", "最低的", "其余"
# Ties up to which each is said.
_TIES = 10
# Figures of a row that are all said beside the highest.
_SHORT = 6
# Empty cells up to which each is named.
_NAMED = 12

_MARK = re.compile(r"\[\d+\]")


def series_of(row: Row, filled: Filled, marks: Mapping[Entry, int]) -> Series:
    """Return a row as the contract's series: the years in order, the places from the highest figure to the lowest."""
    entries = list(filled.entries)
    if row.axis is Axis.PLACE:
        entries.sort(key=lambda e: e.amount.bounds.order, reverse=True)
    return series(name_of(_lead(row, filled), filled.key, entries, target=row.target), row.axis, entries, marks)


def series(name: str, axis: Axis, entries: Sequence[Entry], marks: Mapping[Entry, int]) -> Series:
    """Return entries as a series of the unit that most of them are in."""
    units = [e.figure.unit for e in entries]
    unit = max(dict.fromkeys(units), key=units.count)
    points = (
        Point(e.label, in_unit(e.amount.bounds.main, unit), e.amount.text, e.figure.status, marks[e]) for e in entries
    )
    return Series(name, axis.value, unit, tuple(points))


def name_of(lead: str, key: Key, entries: Sequence[Entry], *, target: bool = True) -> str:
    """Return what a row is of: "国内生产总值增速目标", "2026年地区生产总值增速目标"; `lead` is its place or
    period; of what is planned `target` says that the question calls it a target."""
    name = _worded(key, entries)
    lead = "" if lead == NATION and name.startswith("国内") else lead
    side = _change(key, entries) if key.side == CHANGE else "" if key.side == AMOUNT else key.side
    side = "" if name.endswith(side) else side
    return f"{lead}{name}{side}{(GOAL if target else PLAN) if key.planned else ''}"


def _lead(row: Row, filled: Filled) -> str:
    return filled.key.period if row.axis is Axis.PLACE else row.place


def _change(key: Key, entries: Sequence[Entry]) -> str:
    if "价格" in key.indicator:
        return "涨幅"
    return "降幅" if all(e.amount.bounds.main < 0 for e in entries) else CHANGE


def _worded(key: Key, entries: Sequence[Entry]) -> str:
    """Return the indicator as the clauses word it where they all do alike: the nation's 国内生产总值."""
    forms = sorted((f for f in indicators().forms.get(key.indicator, ()) if not f.isascii()), key=len, reverse=True)
    own = [fold(f"{e.candidate.clause.subject} {e.candidate.clause.text}") for e in entries]
    said = [form for text in own if (form := next((f for f in forms if f in text), ""))]
    return said[0] if len(set(said)) == 1 and 2 * len(said) >= len(own) else key.indicator


def told(row: Row, ask: Ask, filled: Filled, series: Series, marks: Mapping[Entry, int], *, rows: int = 1) -> str:
    """Return what a row, one of `rows` that are told, says in answer to `ask`."""
    return _Teller(row, ask, filled, series.name, marks).text(LONGEST // rows)


def limit_of(limits: Sequence[Limit]) -> str:
    return "且".join(one.spoken for one in limits)


def open_of(limits: Sequence[Limit]) -> str:
    """Return what introduces those whose wording leaves open whether they keep the limits."""
    return f"另有表述为“左右”或区间、未必{limit_of(limits)}的"


class _Teller:
    def __init__(self, row: Row, ask: Ask, filled: Filled, name: str, marks: Mapping[Entry, int]) -> None:
        self._row, self._ask, self._filled, self._name, self._marks = row, ask, filled, name, marks
        entries = sorted(filled.entries, key=_order, reverse=True) if self._by_place else filled.entries
        self._chosen = picked(ask, entries, _bounds)
        self._entries = entries

    @property
    def _by_place(self) -> bool:
        return self._row.axis is Axis.PLACE

    def text(self, longest: int) -> str:
        lacking = self._lacking()
        text = f"{self._said()}。{lacking}"
        return text if len(_MARK.sub("", text)) <= longest else f"{self._gist(longest - len(lacking))}。{lacking}"

    def _said(self) -> str:
        ask, chosen, name = self._ask, self._chosen, self._name
        if ask.limits:
            limit = limit_of(ask.limits)
            if not chosen.yes:
                said = [f"没有{name}{limit}的", *([] if chosen.open else self._extremes())]
            else:
                many = f"有{self._many(chosen.yes)}" if ask.count else ""
                said = [f"{name}{limit}的{many}:{self._items(chosen.yes)}"]
            if chosen.open:
                said.append(f"{open_of(ask.limits)}:{self._items(chosen.open)}")
            return "。".join(said)
        if ask.most and ask.first > 1:
            first = cn2an.an2cn(ask.first)
            tied = f"({TIED},共{len(chosen.yes)}个)" if len(chosen.yes) > ask.first else ""
            return f"{name}{DOWNWARD if ask.most > 0 else UPWARD}前{first}位{tied}:{self._items(chosen.yes)}"
        if ask.least_too:
            return ";".join([self._edge(1, name), self._edge(-1)])
        if ask.most:
            rest = self._rest(chosen.yes)
            return ";".join([self._edge(ask.most, name), *([f"{OTHERS}:{self._items(rest)}"] if rest else [])])
        if ask.same:
            return f"{name}{SAME if _are_same(self._entries) else UNLIKE}:{self._items(chosen.yes)}"
        order = {1: DOWNWARD, -1: UPWARD, 0: ""}[ask.sort]
        return f"{name}{order}:{self._items(chosen.yes)}"

    def _gist(self, longest: int) -> str:
        """Return what is said of a row that is too long for words."""
        ask, chosen, name = self._ask, self._chosen, self._name
        if not ask.limits:
            return ";".join([f"{name}共{self._many(self._entries)}", *self._extremes(), REST])
        head = f"{name}{limit_of(ask.limits)}的有{self._many(chosen.yes)}"
        items: list[Entry] = []
        for entry in sorted(chosen.yes, key=_order, reverse=True):
            text = f"{head},{DOWNWARD}:{self._items([*items, entry])};{REST}"
            if items and len(_MARK.sub("", text)) > longest:
                break
            items.append(entry)
        return f"{head},{DOWNWARD}:{self._items(items)};{REST}"

    def _extremes(self) -> list[str]:
        return [self._edge(1), self._edge(-1)]

    def _edge(self, way: int, name: str = "") -> str:
        """Return the highest or the lowest of the row."""
        ties = picked(Ask(most=way), self._entries, _bounds).yes
        head = f"{name}{HIGHEST if way > 0 else LOWEST}"
        if len(ties) > _TIES:
            return f"{head}有{self._many(ties)},如{self._items(ties[:1])}"
        return f"{head}是{self._items(ties)}"

    def _rest(self, said: Sequence[Entry]) -> list[Entry]:
        """Return the others of a short row whose cells the question names."""
        rest = [e for e in self._entries if e not in said]
        return rest if not self._row.every and len(self._entries) <= _SHORT else []

    def _items(self, entries: Sequence[Entry]) -> str:
        return ";".join(f"{shown(e.label)}{e.amount.text}[{self._marks[e]}]" for e in entries)

    def _many(self, entries: Sequence[Entry]) -> str:
        number = len({e.label for e in entries})
        return f"{number}{'个' if self._by_place else '年'}"

    def _lacking(self) -> str:
        """Return the cells that are empty, by why they are; of all the places or years that there are only few."""
        without = [c for c in self._filled.cells if not c.entries]
        said = []
        for why in Lack:
            labels = [shown(c.label) for c in without if c.lack is why]
            if labels:
                said.append(f"{'、'.join(labels[:_NAMED])}{'等' if len(labels) > _NAMED else ''}{why}。")
        if self._row.every and self._ask.picks:
            said.insert(0, f"{COMPARED}。")
        return "".join(said)


def _are_same(entries: Sequence[Entry]) -> bool:
    return len({e.amount.bounds for e in entries}) == 1


def _bounds(entry: Entry) -> Bounds:
    return entry.amount.bounds


def _order(entry: Entry) -> tuple[object, ...]:
    return entry.amount.bounds.order


def shown(label: str) -> str:
    """Return a label as it is spoken: places without their rank."""
    return label if label == NATION or label[:1].isdigit() else short_place(label)
