"""The cells of a row: the ordinary question for one place and one year, and the figures that answer it there.

All cells of a row agree: in the indicator, in the side of it, in what it is measured in, in whether it is done or
planned. A figure that does not leaves its cell empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.compose import Statement
from assistant.evidence import Candidate
from assistant.matching import match
from assistant.question import Question, Term
from assistant.refuse import acceptable
from assistant.scope import Scope, is_zone
from assistant.series.axes import Axis, Row, year_of
from assistant.series.bounds import Written, written
from assistant.series.keys import AMOUNT, Key, key_of, quantity_of, thing_of, told_of
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.language.periods import Period, months, parse_label
from ingest.language.statuses import Status
from ingest.places import short_place
from ingest.report import Figure, Passage, Report
from vectorstore.store import Hit

Rank = Callable[[Question, Sequence[Hit]], list[Candidate]]
Search = Callable[[Question], Sequence[Hit]]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One figure of a cell: the candidate, its amount as written, the statement that proves it."""

    label: str
    candidate: Candidate
    figure: Figure
    amount: Written
    said: Statement


class Lack(StrEnum):
    """Why a cell is empty, as answers word it: its report is not there, the report that would look back on it is not
    there, or the reports that are there do not tell it."""

    REPORT = "报告未收录"
    REVIEW = "数据所在的次年报告未收录"
    STATEMENT = "报告中未查到"


@dataclass(frozen=True, slots=True)
class Cell:
    """`label` is the cell's place on the axis; `entries` are its figures: several where statements contradict each
    other; `lack` says why there are none."""

    label: str
    entries: tuple[Entry, ...] = ()
    lack: Lack | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A row with its figures: all of one `key`."""

    key: Key
    cells: tuple[Cell, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for cell in self.cells for entry in cell.entries)


@dataclass(frozen=True, slots=True)
class _Open:
    """A cell before it is decided which figure it holds."""

    label: str
    asked: Question
    pool: tuple[Report, ...] = ()
    found: tuple[tuple[Key, Candidate, Figure], ...] = ()
    """The candidates that may stand in it, with their figures, best first."""

    def lacks(self, year: int) -> bool:
        """Whether no report of the cell was given in a year."""
        return year not in {year_of(r) for r in self.pool}


def filled(row: Row, base: Question, scope: Scope, rank: Rank, search: Search) -> Filled | None:
    """Return the cells of a row that `base` asks for, read as the question for one cell; None where fewer than two
    hold figures that agree."""
    open_cells = [_opened(row, label, one, scope, rank) for label, one in _questions(row, base, scope)]
    key = _agreed(base, open_cells)
    if key is None:
        return None
    cells = tuple(_closed(cell, key, row.axis, rank, search) for cell in open_cells)
    return Filled(key, cells) if sum(bool(c.entries) for c in cells) > 1 else None


def _questions(row: Row, base: Question, scope: Scope) -> Iterator[tuple[str, Question]]:
    """Yield the label and the question of each cell."""
    if row.axis is Axis.PLACE:
        for place in row.places:
            region = next((r for r in scope.regions if short_place(place) == short_place(r)), place)
            yield region, replace(base, places=(place,), spread=short_place(place))
        return
    for year in row.years:
        period = months(year, 1, 12)
        yield (
            f"{year}年",
            replace(base, places=(row.place,), period=period, year_stated=True, periods=((period, True),), base=None),
        )


def _opened(row: Row, label: str, one: Question, scope: Scope, rank: Rank) -> _Open:
    place = short_place(one.places[0])
    pool = tuple(r for r in scope.pool(one) if place in r.region)
    if not pool:
        return _Open(label, one)
    ranked = rank(one, _hits(one, pool))
    own = [(c, c.figure) for c in ranked if c.figure is not None and _answers(one, c, c.figure)]
    found = tuple((_key(one, c, f, row.axis), c, f) for c, f in own)
    return _Open(label, one, pool, found)


def _key(one: Question, candidate: Candidate, figure: Figure, axis: Axis) -> Key:
    """Return what a figure that may stand in the cell of `one` shares with its row; a level that years led to is one
    of the last of them."""
    if axis is Axis.TIME:
        return key_of(figure, candidate, period="")
    period = parse_label(figure.period)
    dated = one.period is not None and period is not None and period.last - period.first > 11
    return key_of(figure, candidate, period=one.period.label if dated and one.period else figure.period)


def _answers(one: Question, candidate: Candidate, figure: Figure) -> bool:
    """Whether a candidate may stand in the cell of a question."""
    thing = thing_of(figure, candidate.clause.text)
    if candidate.misfits or any(_is_needed(t) and not _means(t, thing) for t in candidate.missing):
        return False
    if not all(match(t, _about(candidate, figure)) >= _HELD for t in one.terms if _is_own(t)):
        return False
    if (is_zone(figure.scope) and figure.scope not in one.standalone) or not figure.indicator:
        return False
    if figure.aspect == Aspect.ORIGIN.value and Aspect.ORIGIN not in one.aspects:
        return False
    own = candidate.reading.own[candidate.clause.index]
    before = re.split("、", own[: quantity_of(figure, candidate).start])[-1]
    if _sums_up(candidate, figure) or (_SEVERAL_YEARS.search(before) and not _SEVERAL_YEARS.search(one.standalone)):
        return False
    if (by := _CHANGED_BY.search(before)) and by[0].strip() not in one.standalone:
        return False
    period = parse_label(figure.period)
    asked = one.period
    if asked is None or period is None or period == asked:
        return period is None or period.last - period.first < 12 or asked == period
    if asked.last - asked.first != 11 or period.last != asked.last or period.first > asked.first:
        return False
    before = own[: quantity_of(figure, candidate).start]
    return (_LEVEL.search(own) or _REACHED.search(before)) is not None and _FLOW.search(before) is None


# From which level on a word of the question stands in the clause of a figure.
_HELD = 0.5


def _is_needed(term: Term) -> bool:
    return term.critical and _OF_A_PLAN.fullmatch(term.text) is None


def _means(term: Term, thing: str) -> bool:
    """Whether a word of the question means an indicator, whatever words the clause has for it."""
    return term.indicator and any(indicators().names.get(form) == thing for form in term.forms)


def _is_own(term: Term) -> bool:
    """Whether a word tells which thing is asked for beside an indicator: 高速铁路 of "高速铁路里程"."""
    return _is_needed(term) and not term.indicator


def _about(candidate: Candidate, figure: Figure) -> str:
    clause, reading = candidate.clause, candidate.reading
    return f"{figure.indicator} {reading.own[clause.index]} {clause.subject} {reading.heading}".lower()


def _sums_up(candidate: Candidate, figure: Figure) -> bool:
    """Whether a change is told with what it is on yearly average: "增长57.3%,年均增长9.5%"."""
    clauses = candidate.reading.clauses
    following = next((c for c in clauses if c.index == candidate.clause.index + 1), None)
    if following is None or following.sentence != candidate.clause.sentence:
        return False
    return figure.aspect == Aspect.YEAR_ON_YEAR.value and following.text.startswith("年均")


# "控制目标", "预期": what a question calls the plan of a thing is no other thing
_OF_A_PLAN = re.compile(r"(?:控制|预期|主要|年度|安排|计划|任务|目标|指标)+")
# "年均增长9.5%", "五年累计新增": of several years, whatever period the clause is given
_SEVERAL_YEARS = re.compile(r"年均|累计|连续|每年|[两三四五]年|“?十[一二三四五]五”?(?:时期|期间)|比(?:19|20)\d\d年")
# "又增产291亿斤": by how much, not how much
_CHANGED_BY = re.compile(r"(?:增产|减产|净增)\s*$")
# "从54万亿元增加到82.7万亿元": reached at the end of the years that are reviewed
_LEVEL = re.compile(r"(?:增加|提高|提升|增长|上升|增|升|达)[^\d,。]{0,3}[到至]|达到")
_FLOW = re.compile(r"累计|新增|新建|年均|建成|完成|净增|增量")
# "生产总值6.66万亿元", "生产总值历史性迈上4000亿元台阶": what is no sum over years is a level by its name
_REACHED = re.compile(
    r"(?:生产总值|gdp|总量|人均\S{2,8}(?:收入|支出)|余额|里程|保有量|率)\s*(?:历史性)?"
    r"(?:超过?|突破|跨[过上]|迈[上过]|跃上|站上|达|为|约|至)*\s*$"
)


# From which share of the cells on an amount is what is asked where no side is named: "哪个省GDP最高".
_ENOUGH = 0.25


def _agreed(base: Question, cells: Sequence[_Open]) -> Key | None:
    """Return what most cells can agree in: in the side and the status asked for; of what is left open an amount before
    its change, and what is done before what is planned."""
    fills: Counter[Key] = Counter()
    scores: dict[Key, float] = {}
    for cell in cells:
        best: dict[Key, float] = {}
        for key, candidate, _ in cell.found:
            best.setdefault(key, candidate.score)
        fills.update(best.keys())
        scores |= {key: scores.get(key, 0.0) + score for key, score in best.items()}
    keys = [k for k in fills if fills[k] > 1 and k.side not in _RELATIVE and _is_named(base, k.indicator)]
    named = _named(base)
    keys = [k for k in keys if k.indicator in named] or keys
    if base.target or base.status is Status.PLANNED:
        keys = [k for k in keys if k.planned] or keys
    else:
        keys = _preferred(keys, fills, [k for k in keys if not k.planned])
    if not base.aspects and base.hole.dimension is None:
        keys = _preferred(keys, fills, [k for k in keys if k.side == AMOUNT])
    return max(keys, key=lambda k: (fills[k], scores[k]), default=None)


# Sides that tell nothing without what they are seen against.
_RELATIVE = (Aspect.AGAINST_AVERAGE.value, Aspect.AGAINST_TARGET.value, Aspect.CONTRIBUTION.value)


def _named(base: Question) -> frozenset[str]:
    """Return the standard names of the indicators that a question names."""
    return frozenset(n for t in base.terms if t.indicator for f in t.forms if (n := indicators().names.get(f)))


def _is_named(base: Question, indicator: str) -> bool:
    """Whether a question names an indicator, by its standard name or by words that stand in it."""
    named = [t for t in base.terms if t.indicator]
    if named:
        return indicator in _named(base) or any(f in indicator.lower() for t in named for f in (*t.forms, *t.near))
    own = [t for t in base.terms if _is_own(t)]
    return bool(own) and all(any(f in indicator.lower() for f in (*t.forms, *t.near)) for t in own)


def _preferred(keys: list[Key], fills: Counter[Key], some: list[Key]) -> list[Key]:
    """Return `some` of the keys where they fill enough of the cells that the others fill."""
    most = max((fills[k] for k in keys), default=0)
    return some if some and max(fills[k] for k in some) >= max(2, _ENOUGH * most) else keys


def _closed(cell: _Open, key: Key, axis: Axis, rank: Rank, search: Search) -> Cell:
    """Return a cell with the figures of `key`: the best, and those that contradict it."""
    own = [(c, f) for k, c, f in cell.found if k == key] or _ordinary(cell, key, axis, rank, search)
    if not own:
        return Cell(cell.label, (), _lack(cell, key, axis))
    asked = cell.asked.period
    if axis is Axis.PLACE and asked is not None:  # a level that years led to only where the year itself tells none
        own = [(c, f) for c, f in own if f.period == asked.label] or own
    found = [(candidate, entry_of(cell.label, candidate, figure)) for candidate, figure in own]
    if not key.planned:  # of what is done the very number: "446.1亿斤", not "稳定在430亿斤以上"
        found.sort(key=lambda one: one[1].amount.bounds.low != one[1].amount.bounds.high)
    best, first = found[0]
    entries = [first]
    for candidate, entry in found[1:]:
        if best.score - candidate.score < _CLOSE and all(_contradict(entry.amount, e.amount) for e in entries):
            entries.append(entry)
    return Cell(cell.label, tuple(entries))


def _ordinary(cell: _Open, key: Key, axis: Axis, rank: Rank, search: Search) -> list[tuple[Candidate, Figure]]:
    """Return the figure that answers the ordinary question for a cell, where its clause names the row's indicator."""
    if not cell.pool:
        return []
    ranked = rank(cell.asked, [hit for hit in search(cell.asked) if hit.report in cell.pool])
    if not acceptable(cell.asked, ranked) or (figure := ranked[0].figure) is None:
        return []
    best = ranked[0]
    if not _answers(cell.asked, best, figure) or replace(_key(cell.asked, best, figure, axis), indicator="") != replace(
        key, indicator=""
    ):
        return []
    named = told_of(figure, best.clause, quantity_of(figure, best))
    return [(best, figure)] if named == key.indicator else []


def _lack(cell: _Open, key: Key, axis: Axis) -> Lack:
    """Return why a cell is empty. What is done in a year stands in the report that is given in the next."""
    if not cell.pool:
        return Lack.REPORT
    if axis is Axis.PLACE or cell.asked.period is None:
        return Lack.STATEMENT
    year = cell.asked.period.year
    if key.planned:
        return Lack.REPORT if cell.lacks(year) else Lack.STATEMENT
    return Lack.REVIEW if cell.lacks(year + 1) else Lack.STATEMENT


# How much worse a statement may fit and still be set beside the best one.
_CLOSE = 0.25


def _contradict(one: Written, other: Written) -> bool:
    """Whether two amounts cannot both be right: neither is the other in other words or rounded."""
    a, b = one.bounds, other.bounds
    if a.low != a.high or b.low != b.high or a.rough or b.rough:
        return False
    steps = [abs(x.main) / 10 ** max(0, len(re.sub(r"\D", "", t.text)) - 1) for x, t in ((a, one), (b, other))]
    return bool(abs(a.main - b.main) > max(steps))


def entry_of(label: str, candidate: Candidate, figure: Figure) -> Entry:
    """Return a figure as an entry of a row."""
    clause = candidate.clause
    quantity = quantity_of(figure, candidate)
    others = tuple(q for q in clause.quantities if q is not quantity)
    amount = written(fold(clause.text), quantity, others, figure)
    first = clause if clause.own_subject else candidate.reading.clauses[clause.subject_clause]
    start = min(first.start, clause.start) if first.sentence == clause.sentence else clause.start
    return Entry(label, candidate, figure, amount, Statement(amount.text, candidate, start, clause.end))


def _hits(question: Question, reports: Sequence[Report]) -> list[Hit]:
    """Return the passages that hold a figure of what is asked for; no search is needed for them."""
    terms = [t for t in question.terms if t.indicator] or [t for t in question.terms if _is_own(t)]
    forms = frozenset(f for t in terms for f in (*t.forms, *t.near))
    found = ((r, p) for r in reports for p in _holding(r, forms, question.period))
    return [Hit(report, passage, 1.0, 0.0, 0.0) for report, passage in found]


def _holding(report: Report, forms: frozenset[str], period: Period | None) -> tuple[Passage, ...]:
    """Return the passages with a figure of an indicator of these forms: of its very name and of the period first."""
    names = {indicators().names.get(f, f) for f in forms} | forms
    exact = [f for f in report.figures if f.indicator in names or _thing_in(report, f) in names]
    wide = [f for f in report.figures if any(form in f.indicator.lower() for form in forms)]
    ranked = (*([f for f in own if _ends(f, period)] for own in (exact, wide) if period is not None), exact, wide)
    held = {f.passage_id for f in next((own for own in ranked if own), ())}
    if not held:  # the name stands apart from its number
        counted = {f.passage_id for f in report.figures}
        return tuple(p for p in report.passages if p.id in counted and any(f in p.text.lower() for f in forms))
    return tuple(p for p in report.passages if p.id in held)


def _thing_in(report: Report, figure: Figure) -> str:
    return thing_of(figure, report.text[figure.clause_start : figure.clause_end])


def _ends(figure: Figure, period: Period) -> bool:
    """Whether a figure is of a period or of years that end with it, or tells none."""
    stated = parse_label(figure.period)
    return stated is None or stated.last == period.last
