"""The operands of a calculation, found: its phrases are completed, asked, and answered by figures that go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.calculation.agreement import A_YEAR, agreed, joint, very
from assistant.calculation.asking import OPTIONS, Side, Source, answered, asked, figures_of, of_sentence, options
from assistant.calculation.grammar import Operation, Working
from assistant.calculation.operands import Operand, is_change, value
from assistant.calculation.phrases import Phrase, phrases
from assistant.calculation.stated import UNTOLD, told
from assistant.matching import match
from assistant.question import Hole, Kind, Question
from assistant.refuse import acceptable
from ingest.language.aspects import Aspect
from ingest.language.periods import Period
from ingest.language.quantities import quantities
from ingest.language.units import Dimension


@dataclass(frozen=True, slots=True)
class Lacking:
    """A calculation that lacks an operand: `name` is what it is called, `found` an operand that is there, as the
    answer to `question`."""

    name: str
    question: Question
    found: Operand


_RESULTS = (Dimension.POINTS, Dimension.TIMES, Dimension.RANK)
_RATE = "同比增速"


def operands_of(working: Working, hole: Hole, source: Source) -> tuple[Operand, ...] | Lacking | None:
    """Return the operands of `working`, the one figure that tells its result, or what it lacks; None where its phrases
    may be misread or a report is asked for the growth that it tells. `hole` is what the result is asked in."""
    if working.operation is Operation.EACH:
        return _on_each(working, hole, source)
    spoken = phrases(working, source.places_of, source.year("".join(working.phrases)))
    if not any(reading.body for readings in spoken for reading in readings):
        return None
    if working.operation is Operation.BEFORE:
        return _year_before(spoken[0][0], working, hole, source)
    if (stated := told(working.operation, spoken, hole, source)) != UNTOLD:
        return stated
    measured = _of_operands(working.operation, hole)
    sides = _sides(spoken, measured, source)
    if not all(s.options for s in sides) and hole.dimension is Dimension.POINTS:  # "金融业和建筑业差几个百分点"
        rates = [[replace(p, side=p.side or _RATE) for p in readings] for readings in spoken]
        rated = _sides(rates, measured, source)
        sides = rated if all(s.options for s in rated) else sides
    if len(sides) == 2 and (pair := _of_one_change(sides[0], sides[1], source, measured)) is not None:
        return pair
    if not all(s.options for s in sides):
        return None if working.loosely or working.operation is Operation.COMPLETION else _lacking(sides)
    if working.operation is Operation.SUM and joint(sides):
        return None
    return agreed(working.operation, sides)


def _sides(spoken: Sequence[Sequence[Phrase]], hole: Hole, source: Source) -> list[Side]:
    sides = []
    for readings in spoken:
        others = "".join(o[0].body for o in spoken if o[0].body != readings[0].body)
        sides.append(answered(readings, hole, source, others))
    return sides


def _lacking(sides: Sequence[Side]) -> Lacking | None:
    there = next((s for s in sides if s.options), None)
    missing = next(s for s in sides if not s.options)
    return Lacking(missing.phrase.text, there.question, there.options[0]) if there is not None else None


def _of_operands(operation: Operation, hole: Hole) -> Hole:
    """Return what the operands are measured in, as far as the result tells."""
    if hole.dimension is Dimension.POINTS:
        return Hole(Dimension.PERCENT)
    if operation in (Operation.SUM, Operation.DIFFERENCE, Operation.YEARLY) and hole.dimension not in _RESULTS:
        return hole
    return Hole()


def _of_one_change(later: Side, earlier: Side, source: Source, hole: Hole) -> tuple[Operand, Operand] | None:
    """Return the two ends of one change, which a clause tells: "从2020年的3.68万亿元增长到2025年的4.93万亿元"."""
    one, other = later.phrase, earlier.phrase
    if one.body != other.body or one.place != other.place or one.role or other.role:
        return None
    if not other.start and (not other.period or one.period == other.period):
        return None
    first, last = None if other.start else earlier.question.period, later.question.period
    if first is not None and last is not None and last.last - first.last <= A_YEAR:
        return None
    open_ = asked(replace(one, period=""), hole, source)
    for end in (*later.options, *options(one, open_, source)):
        for start in starts(end):
            if _begins(start, first) and (last is None or end.period is None or end.period.last == last.last):
                return end, start
    return None


def starts(end: Operand) -> Iterator[Operand]:
    """Yield where a change began that its clause tells before its end."""
    for figure in end.candidate.reading.figures[end.candidate.clause.index]:
        start = Operand(end.candidate, figure)
        if figure.aspect == Aspect.ORIGIN.value and figure.start < end.figure.start and _same_change(start, end):
            yield start


def _same_change(start: Operand, end: Operand) -> bool:
    return start.figure.indicator == end.figure.indicator and start.counts_alike(end)


def _begins(start: Operand, first: Period | None) -> bool:
    """Whether a change began in `first`: as its clause says, else as the sentence says of another change."""
    clause, reading = start.candidate.clause, start.candidate.reading
    if first is None:
        return True
    if not clause.mentions:
        beside = [c for c in reading.clauses if c.sentence == clause.sentence and c.mentions]
        stated = {f.period for c in beside for f in reading.figures[c.index] if f.aspect == Aspect.ORIGIN.value}
        if stated:
            return first.label in stated
    return start.period is None or start.period.last == first.last


def _year_before(later: Phrase, working: Working, hole: Hole, source: Source) -> tuple[Operand, ...] | None:
    """Return a value and its change on the year before; the value of the year before alone where a report tells it."""
    year = asked(later, hole, source).period
    if year is None:
        return None
    earlier = replace(later, period=Period(year.first - 12, year.last - 12).label)
    told = very(answered([earlier], hole, source, ""))
    if told and not told[0].approximate:
        return None if working.loosely else (told[0],)
    for now in very(answered([later], hole, source, ""))[:3]:
        for change in of_sentence(now):
            if is_change(change) and _of_same(now, change):
                return now, change
    return None


def _of_same(now: Operand, change: Operand) -> bool:
    """Whether a change is that of a figure: of its indicator, or told right behind it by a verb alone."""
    behind = 0 < change.candidate.clause.index - now.candidate.clause.index <= 1
    alone = behind and change.figure.aspect != Aspect.YEAR_ON_YEAR.value
    same = change.figure.indicator == now.figure.indicator and change.figure.period == now.figure.period
    return (same or alone) and change.figure.scope == now.figure.scope


def _on_each(working: Working, hole: Hole, source: Source) -> tuple[Operand, Operand] | None:
    """Return an amount and the number of things that it comes on, of one sentence."""
    counted, amount = (source.read(text) for text in working.phrases)
    given = {q.base for q in quantities(working.phrases[0]) if q.value > 1}
    counted = replace(counted, kind=Kind.FIGURE, aspects=(), status=None, target=False)
    below = figures_of(counted, source)
    if not below or not acceptable(counted, [o.candidate for o in below]):
        return None
    below = [o for o in below[:OPTIONS] if o.base in given] or below[:3]
    for one in below:
        above = [o for o in of_sentence(one) if value(o) and o.dimension is hole.dimension]
        own = [t for t in amount.terms if t not in counted.terms]
        best = max(above, key=lambda o: sum(t.weight * match(t, o.window) for t in own), default=None)
        if best is not None and one.figure.value > 1:
            return best, one
    return None
