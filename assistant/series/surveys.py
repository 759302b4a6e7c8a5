"""A question for a row of figures -> its answer: the text, the table, every cell cited."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, AnswerFigure, Citation, Series, Status
from assistant.citations import number_statements
from assistant.manners import MANNERS
from assistant.question import Hole, Kind, Question
from assistant.scope import Scope
from assistant.series.asks import Ask, asked_of, measured
from assistant.series.axes import ROW, Axis, Row, row_of
from assistant.series.cells import Cell, Entry, Filled, Rank, filled
from assistant.series.continuing import ask_alone, subject_of, with_subject
from assistant.series.subject import OPENING, bare
from assistant.series.telling import series_of, told
from ingest.language.aspects import asks_target
from ingest.language.folding import fold
from ingest.language.periods import Calendar, parse_label, periods
from ingest.language.statuses import Status as Stage
from ingest.language.units import Dimension
from vectorstore.store import Hit

Search = Callable[[Question], list[Hit]]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The answer to a question for a row, with the evidence that it was taken from."""

    asked: Question
    answer: Answer
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of which row; `bases` are the questions for one of its cells: two where the actual and the planned
    are asked for beside each other, or two years of places. `text` is the whole as understood."""

    ask: Ask
    row: Row
    bases: tuple[Question, ...]
    text: str


@dataclass(frozen=True)
class Surveys:
    """Answers questions for rows of figures; `read_all` reads a text as questions, `rank` and `search` are the ordinary
    ones."""

    scope: Scope
    read_all: Callable[[str], Sequence[Question]]
    rank: Rank
    search: Search

    def read(self, text: str) -> Question:
        return self.read_all(text)[0]

    def answer(self, asked: Sequence[Question], turns: Sequence[str] = (), *, least: int = ROW) -> Surveyed | None:
        """Return the answer to the questions that one text was read as, None where it asks for no row of figures, or
        the reports have none; `turns` are what the user said before, `least` how many places or years are a row."""
        wanted = (self._continued(asked[0].text, turns), self._asked(asked, least))
        found = (self._surveyed(asked[0], one) for one in wanted if one is not None)
        return next((one for one in found if one is not None), None)

    def _asked(self, asked: Sequence[Question], least: int = ROW) -> Wanted | None:
        """Return the row that the questions of one text ask for."""
        first = asked[0]
        if any(q.standalone != first.standalone or q.kind in _NO_ROWS for q in asked):
            return None
        if _IN_WORDS.search(first.standalone):
            return None
        ask, row = _wanted(OPENING.sub("", fold(first.standalone)), asked, self.scope, least)
        if row is None:
            return None
        both = first.both or _BOTH.search(row.text) is not None
        if both:
            row = replace(row, text=_STATUSES.sub("", row.text), spans="")
        base = self._base(row)
        if base is None:
            return None
        base = _bounded(base, ask)
        bases = _actual_and_planned(base) if both else (base, *self._of_another_year(row, base))
        return Wanted(ask, row, bases, first.standalone)

    def _of_another_year(self, row: Row, base: Question) -> tuple[Question, ...]:
        """Return the question for the second year that a row of places is asked of: "2025年增速和2026年目标"."""
        years = [m for m in periods(row.text, Calendar(0)) if m.year_stated and m.period.last - m.period.first == 11]
        if row.axis is not Axis.PLACE or len({m.period for m in years}) != len(years) or len(years) != 2:
            return ()
        end, start = years[1].end, years[1].start
        rest = row.text[end:]
        name = (
            ""
            if any(t.indicator for t in self.read(rest).terms)
            else next((t.text for t in base.terms if t.indicator), "")
        )
        other = self._base(replace(row, text=f"{row.text[start:end]}{name}{rest}"))
        return (other,) if other is not None else ()

    def _continued(self, turn: str, turns: Sequence[str]) -> Wanted | None:
        """Return the row of the turns before, as a turn that leaves it unsaid asks of it."""
        ask, subject = ask_alone(turn), subject_of(turn)
        if not turns or (ask is None and not subject):
            return None
        *before, last_turn = turns[-_BACK:]
        last = None if ask_alone(last_turn) else self._asked(self.read_all(last_turn))
        last = last or self._continued(last_turn, before)
        if last is None:
            return None
        text = f"{last.text};{turn}"
        if ask is not None:
            return replace(last, ask=ask, text=text)
        row = with_subject(subject, last.row, last.bases[0], self.read)
        base = self._base(row) if row is not None else None
        return Wanted(last.ask, row, (base,), text) if row is not None and base is not None else None

    def _surveyed(self, asked: Question, wanted: Wanted) -> Surveyed | None:
        """Return the answer that tells the rows asked for, None where too few cells of one hold a figure."""
        rows = [self._filled(wanted.row, base) for base in wanted.bases]
        full = [row for row in rows if row is not None]
        if len(full) < len(rows):
            return None
        units = Counter((e.figure.unit, e.amount.bounds.dimension) for _, found in full for e in found.entries)
        unit, dimension = units.most_common(1)[0][0]
        ask = measured(wanted.ask, unit, dimension)
        # a bound of another dimension than the row's tells nothing of it
        if any(limit.dimension is not dimension for limit in ask.limits):
            return None
        return _answered(asked, replace(wanted, ask=ask), full)

    def _filled(self, row: Row, base: Question) -> tuple[Row, Filled] | None:
        row = replace(_recent(row, base), target=base.target)
        found = filled(row, base, self.scope, self.rank, self.search)
        if found is None or (row.spans and self._is_one_figure(row, base)):
            return None
        return row, replace(found, cells=_trimmed(row, found))

    def _base(self, row: Row) -> Question | None:
        """Return the question for one cell, None where what is left of the text asks for no figure."""
        text = bare(row.text, self.read)
        lead = f"{row.place}{row.years[-1]}年" if row.axis is Axis.TIME else row.places[0]
        base = self.read(f"{lead}{text}是多少")
        if not any(t.critical for t in base.terms):
            return None
        base = replace(base, kind=Kind.FIGURE, wide=False, both=False, target=base.target or asks_target(text))
        if row.axis is Axis.PLACE and base.period is not None and not base.year_stated:
            base = replace(base, period=None, periods=())
        return base

    def _is_one_figure(self, row: Row, base: Question) -> bool:
        """Whether the words for the years name one period that a figure is of: "2016-2020年的增长目标"."""
        period = parse_label(row.spans)
        if period is None:
            return False
        one = replace(base, places=(row.place,), period=period, year_stated=True, periods=((period, True),))
        named = {f for t in base.terms if t.indicator for f in t.forms}
        ranked = self.rank(one, self.search(one))
        best = next((c for c in ranked if c.figure is not None and not c.misfits), None)
        return bool(
            best
            and best.figure
            and best.figure.period == row.spans
            and (best.figure.indicator.lower() in named or not named or not best.missing)
        )


# "有什么举措", "为什么": asked in words
_IN_WORDS = re.compile(r"举措|措施|做法|办法|政策|经验|为什么|为何|为啥|原因|(?:怎么|如何)(?!变|样|定|走|$|[?,])")
# "目标与实际完成", "实际和目标"
_PLANS, _RESULTS, _AND = "(?:目标|计划|任务)", "(?:实际|完成)", "[与和、跟及,]"
_BOTH = re.compile(rf"{_PLANS}[^,。]{{0,4}}{_AND}{_RESULTS}|{_RESULTS}[^,。]{{0,6}}{_AND}[^,。]{{0,4}}{_PLANS}")
# What tells the two apart names nothing: "控制目标是多少,实际又是多少"
_STATUSES = re.compile(
    r"(?:控制|预期)?(?:目标|计划|任务)(?:数|值)?|实际(?:完成|增长)?(?:情况|数|值)?|完成(?:情况|数|值)?|又|对照|是?多少|[与和、跟及,]+(?=$|[与和、跟及,])"
)
# Turns that are looked back for a row.
_BACK = 4
_NO_ROWS = (*MANNERS, Kind.ABOUT, Kind.ATTACK)


def _bounded(base: Question, ask: Ask) -> Question:
    """Return the question for a cell in what the bounds are measured in, where it leaves its side open: "GDP超过5%的省"
    asks of its growth."""
    dimensions = {limit.dimension for limit in ask.limits if limit.dimension is not Dimension.COUNT}
    if len(dimensions) != 1 or base.aspects or base.target or base.hole.dimension is not None:
        return base
    return replace(base, hole=Hole(dimensions.pop()))


def _actual_and_planned(base: Question) -> tuple[Question, Question]:
    planned = replace(base, target=True, status=Stage.PLANNED)
    return planned, replace(base, target=False, status=Stage.DONE)


def _wanted(text: str, asked: Sequence[Question], scope: Scope, least: int) -> tuple[Ask, Row | None]:
    """Return what a text asks of which row."""
    row = row_of(text, asked, scope, picks=True, least=least)
    if row is None:
        return Ask(), None
    ask, _ = asked_of(text, open_axis=row.open)
    if (row := row_of(text, asked, scope, picks=ask.picks, least=least)) is None:
        return ask, None
    ask, _ = asked_of(text, open_axis=row.open)
    _, rest = asked_of(row.text, open_axis=row.open)
    return ask, replace(row, text=rest)


def _recent(row: Row, base: Question) -> Row:
    """Return a row of the last years as those that the reports plan or, where what is done is asked, review."""
    if not row.recent:
        return row
    planned = base.target or base.status is Stage.PLANNED
    last = row.years[-1] if planned else row.years[-1] - 1
    return replace(row, years=tuple(range(last - row.recent + 1, last + 1)))


def _trimmed(row: Row, found: Filled) -> tuple[Cell, ...]:
    """Return the cells; of years that the question does not name those from the first to the last that is there."""
    if not (row.every and row.axis is Axis.TIME):
        return found.cells
    there = [n for n, cell in enumerate(found.cells) if cell.entries]
    return found.cells[there[0] : there[-1] + 1]


def _said(
    wanted: Wanted, rows: Sequence[tuple[Row, Filled]], entries: Sequence[Entry]
) -> tuple[dict[Entry, int], list[Series], str, tuple[Citation, ...]]:
    """Return the mark of each entry, the tables, the text and the citations, numbered in the order of `entries`."""
    numbers, citations = number_statements([e.said for e in entries])
    marks = dict(zip(entries, numbers, strict=True))
    tables = [series_of(row, found, marks) for row, found in rows]
    said = (
        told(row, wanted.ask, found, table, marks, rows=len(rows))
        for (row, found), table in zip(rows, tables, strict=True)
    )
    return marks, tables, "".join(said), citations


def _answered(asked: Question, wanted: Wanted, rows: Sequence[tuple[Row, Filled]]) -> Surveyed:
    """Return the answer that tells each of the rows, all cited in one numbering."""
    entries = [entry for _, found in rows for entry in found.entries]
    marks, _, text, _ = _said(wanted, rows, entries)
    told_at = {mark: n for n, mark in enumerate(dict.fromkeys(re.findall(r"\[(\d+)\]", text)))}
    # numbered in the order in which they are read, those of the table alone behind
    entries.sort(key=lambda e: told_at.get(str(marks[e]), len(told_at)))
    marks, tables, text, citations = _said(wanted, rows, entries)
    figures = tuple(
        AnswerFigure(f.indicator, f.aspect, str(f.value), f.unit, f.period, f.region, f.status, marks[e])
        for e, f in ((e, e.figure) for e in entries)
    )
    answer = Answer(Status.ANSWERED, text, wanted.text, citations, figures, series=tuple(tables))
    readings = (e.candidate.reading for e in entries[:3])
    return Surveyed(asked, answer, tuple(Hit(r.report, r.passage, 1.0, 0.0, 0.0) for r in readings))
