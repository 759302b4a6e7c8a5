"""The figures that the phrases of a calculation are answered by: each is asked as an ordinary question, and of the good
answers those are taken that go together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from assistant.calculation.grammar import GOAL, Operation, Working
from assistant.calculation.operands import VALUES, Operand, is_of, value
from assistant.calculation.phrases import DONE, Phrase, phrases
from assistant.evidence import Candidate
from assistant.matching import match
from assistant.question import Hole, Kind, Question, Term
from assistant.refuse import acceptable
from ingest.figures import standard_name
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.language.periods import Period, parse_label
from ingest.language.quantities import Dimension
from ingest.language.statuses import Status


@dataclass(frozen=True, slots=True)
class Source:
    """What answers an ordinary question: the reports, as the pipeline asks them.

    `read` reads a text as a question that stands alone; `rank` returns its candidates, best first, none where it leaves
    open which place is meant; `places_of` names the places of a folded text; `year` is what "今年" means there.
    """

    read: Callable[[str], Question]
    rank: Callable[[Question], Sequence[Candidate]]
    places_of: Callable[[str], Sequence[str]]
    year: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Side:
    """A phrase with the figures that may be its value, best first."""

    phrase: Phrase
    question: Question
    options: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A calculation that lacks an operand: `name` is what it is called, `found` an operand that is there, as the
    answer to `question`."""

    name: str
    question: Question
    found: Operand


# How far behind the best an option may be, how many are looked at, how many combinations.
_BEHIND, _OPTIONS, _COMBINATIONS = 1.2, 8, 600
_HELD = 0.55
_RESULTS = (Dimension.POINTS, Dimension.TIMES, Dimension.RANK)


def operands_of(working: Working, hole: Hole, source: Source) -> tuple[Operand, ...] | Lacking | None:
    """Return the operands of `working`, the one figure that tells its result, or what it lacks; None where its phrases
    may be misread or the report is asked for the growth that it tells. `hole` is what the question asks the result in."""
    spoken = phrases(working, source.places_of, source.year("".join(working.phrases)))
    if all(not reading.body for readings in spoken for reading in readings):
        return None
    if working.operation is Operation.DIFFERENCE and (told := _told(spoken, hole, source)) is not _UNTOLD:
        return told
    if aspect := _TOLD_AS.get(working.operation):
        told = _rate(spoken, aspect, source)
        if told is not None:
            return told
    hole = _of_operands(working.operation, hole)
    sides: list[Side] = []
    for n, readings in enumerate(spoken):
        others = "".join(other[0].body for i, other in enumerate(spoken) if i != n)
        sides.append(_side(readings, hole, source, others))
    if len(sides) == 2 and (pair := _of_one_change(sides[0], sides[1], source, hole)) is not None:
        return pair
    lacking = [s for s in sides if not s.options]
    if lacking and working.operation is Operation.COMPLETION:
        return None
    if lacking:
        there = next((s for s in sides if s.options), None)
        return Lacking(lacking[0].phrase.text, there.question, there.options[0]) if there is not None else None
    if working.operation is Operation.SUM and _joint(sides):
        return None
    fits = _fitting(working.operation)
    best = max(
        ((score, chosen) for chosen in _combined(sides) if fits(chosen) and (score := _together(sides, chosen)) > 0),
        key=lambda found: found[0],
        default=None,
    )
    return best[1] if best else None


_UNTOLD = ()


def _told(spoken: Sequence[Sequence[Phrase]], hole: Hole, source: Source) -> tuple[Operand, ...] | None:
    """Return the change on the year before, where a report tells it in what is asked ("比上年增加7694亿元"); None where
    it tells a rate and no amount is asked for."""
    one, other = (readings[0] for readings in spoken)
    if one.body != other.body or one.place != other.place or one.role or other.role or one.side or other.start:
        return _UNTOLD
    question = _asked(one, Hole(), source)
    before = _asked(other, Hole(), source).period
    if before is None or (question.period is not None and question.period.last - before.last != _YEAR_APART):
        return _UNTOLD
    asked = replace(question, aspects=(Aspect.YEAR_ON_YEAR,))
    named = [c for c in source.rank(asked) if c.figure is not None and not c.misfits]
    if not named or not acceptable(asked, named):
        return _UNTOLD
    for change in (Operand(c, c.figure) for c in named[:_OPTIONS] if c.figure is not None):
        if change.figure.aspect == Aspect.YEAR_ON_YEAR.value and change.dimension is hole.dimension:
            return (change,)
    return None if hole.dimension is None else _UNTOLD


_TOLD_AS = {Operation.SHARE: Aspect.SHARE, Operation.COMPLETION: Aspect.COMPLETION}


def _rate(spoken: Sequence[Sequence[Phrase]], aspect: Aspect, source: Source) -> tuple[Operand] | None:
    """Return the share or the completion that a report tells itself: "新能源车占汽车销量的比重达40%"."""
    part, whole = (_asked(readings[0], Hole(), source) for readings in spoken)
    asked = replace(part, aspects=(aspect,), target=False, status=None)
    named = [c for c in source.rank(asked) if c.figure is not None and not c.misfits]
    for one in (Operand(c, c.figure) for c in named[:_OPTIONS] if c.figure is not None):
        of_whole = aspect is not Aspect.SHARE or all(
            match(t, one.around) >= _HELD for t in whole.terms if t.critical and not t.unknown
        )
        if one.figure.aspect == aspect.value and of_whole and acceptable(asked, named):
            return (one,)
    return None


def _of_operands(operation: Operation, hole: Hole) -> Hole:
    """Return what the operands are measured in, as far as the result tells."""
    if hole.dimension is Dimension.POINTS:
        return Hole(Dimension.PERCENT)
    if operation in (Operation.SUM, Operation.DIFFERENCE, Operation.YEARLY) and hole.dimension not in _RESULTS:
        return hole
    return Hole()


def _side(readings: Sequence[Phrase], hole: Hole, source: Source, others: str) -> Side:
    """Return the first reading that the reports answer, else the last."""
    side = None
    for phrase in readings:
        question = _asked(phrase, hole, source)
        side = Side(phrase, question, tuple(_options(question, phrase, source.rank(question), others)))
        if side.options:
            break
    assert side is not None
    return side


def _asked(phrase: Phrase, hole: Hole, source: Source) -> Question:
    read = source.read(f"{phrase.text}是多少")
    aspects = tuple(a for a in read.aspects if a is not Aspect.AGAINST_AVERAGE)
    status = Status.DONE if phrase.role == DONE else Status.PLANNED if phrase.role == GOAL else read.status
    return replace(
        read,
        kind=Kind.FIGURE,
        aspects=aspects,
        hole=hole if not aspects or hole.dimension is Dimension.PERCENT else Hole(),
        both=False,
        wide=False,
        base=None,
        status=status,
        target=phrase.role == GOAL,
    )


def _options(question: Question, phrase: Phrase, ranked: Sequence[Candidate], others: str) -> Iterator[Operand]:
    """Yield the figures that answer a question, best first."""
    own = [t for t in question.terms if t.critical and t.text not in others and not t.unknown]
    fitting = [c for c in ranked if c.figure is not None and not c.misfits]
    named = [c for c in fitting if _names(own, Operand(c, c.figure)) and _fits(question, phrase, Operand(c, c.figure))]  # type: ignore[arg-type]
    if not named or not (acceptable(question, named) or _is_part(question, named[0], fitting)):
        return
    top = named[0].score
    for candidate in islice((c for c in named if c.score >= top - _BEHIND), _OPTIONS):
        yield Operand(candidate, candidate.figure)  # type: ignore[arg-type]


def _is_part(question: Question, one: Candidate, ranked: Sequence[Candidate]) -> bool:
    """Whether a figure is a part of one that its passage tells before: "零售总额803.1亿元,…城镇实现747.1亿元"."""
    unit = one.figure.unit if one.figure is not None else ""
    return any(
        c.reading is one.reading
        and c.figure is not None
        and c.figure.unit == unit
        and c.clause.index < one.clause.index
        and acceptable(question, [c])
        for c in ranked[:_OPTIONS]
    )


def _names(own: Sequence[Term], operand: Operand) -> bool:
    """Whether the words that only this phrase has stand by the number or lead to it, one of them right beside it."""
    if not own:
        return True
    close, around = operand.window, operand.around
    levels = [(match(t, close), match(t, around)) for t in own]
    return all(max(near, 0.8 * far) >= _HELD for near, far in levels) and any(near >= _HELD for near, _ in levels)


def _fits(question: Question, phrase: Phrase, operand: Operand) -> bool:
    if phrase.given is not None and operand.base != phrase.given.base:
        return False
    if question.aspects:
        return True
    return value(operand) or operand.figure.aspect == Aspect.ORIGIN.value


def _joint(sides: Sequence[Side]) -> bool:
    """Whether one number is said of all the things: "统筹疫情防控和稳定经济增长45条措施" answers by itself."""
    words = [{t.text for t in s.question.terms} for s in sides]
    own = [[t for t in s.question.terms if t.critical and sum(t.text in w for w in words) == 1] for s in sides]
    return any(
        all(any(match(t, one.window) >= _HELD for t in terms) for terms in own)
        for one in sides[0].options
        if "分别" not in one.clause
    )


def _combined(sides: Sequence[Side]) -> Iterator[tuple[Operand, ...]]:
    return islice(product(*(s.options for s in sides)), _COMBINATIONS)


def _fitting(operation: Operation) -> Callable[[Sequence[Operand]], bool]:
    """Return whether operands may enter an operation: different figures of one dimension and one aspect."""
    counted = operation in (Operation.MULTIPLE,)

    def fits(chosen: Sequence[Operand]) -> bool:
        first = chosen[0]
        places = {(o.figure.passage_id, o.figure.start) for o in chosen}
        alike = all(o.dimension is first.dimension if counted else o.counts_alike(first) for o in chosen)
        sides = {_side_of(o) for o in chosen}
        if len(places) < len(chosen) or not alike or len(sides) > 1:
            return False
        if operation is Operation.SHARE:
            return 0 < chosen[0].base < chosen[1].base
        return operation is Operation.DIFFERENCE or all(o.base > 0 for o in chosen)

    return fits


def _side_of(operand: Operand) -> str:
    aspect = operand.figure.aspect
    return Aspect.VALUE.value if aspect in (*VALUES, Aspect.ORIGIN.value) else aspect


def _together(sides: Sequence[Side], chosen: Sequence[Operand]) -> float:
    """Return how well figures go together, 0 where one is of another time, status or measure than the others and the
    phrases do not say so."""
    first = chosen[0]
    score = sum(
        o.candidate.score
        - s.options[0].candidate.score
        - 0.5 * _is_narrower(o, s.question)
        - 0.6 * _is_other(o, s.question)
        for s, o in zip(sides, chosen, strict=True)
    )
    for side, other in zip(sides[1:], chosen[1:], strict=True):
        phrase, ahead = side.phrase, sides[0].phrase
        if phrase.role == ahead.role and other.figure.status != first.figure.status:
            return 0
        if phrase.period == ahead.period and phrase.role == ahead.role and not _same_time(first, other):
            return 0
        if phrase.place == ahead.place and other.figure.region != first.figure.region:
            return 0
        same = other.figure.indicator == first.figure.indicator
        if phrase.role != ahead.role and phrase.period == ahead.period and _span(first) != _span(other):
            return 0
        if phrase.body == ahead.body and not same:
            score -= 0.6
        score += 0.3 * other.same_sentence(first)
    return 10 + score


# Said before a name without narrowing it: "安排财政赤字", "五年城镇新增就业"
_LEADS = re.compile(
    r"^(?:拟|预计|安排|完成|实现|达到|全[国省市区县]|全年|累计|其中|[一二三四五两]年|新增|共有?|有|财政(?!收|支))+"
)


def _is_narrower(operand: Operand, question: Question) -> bool:
    """Whether a figure is of a part of what is asked for: "中央财政赤字" for 财政赤字."""
    name = fold(operand.name).lower()
    asked = fold(question.standalone).lower()
    at = max((name.find(form) for t in question.terms for form in t.forms if form in name), default=-1)
    before = _LEADS.sub("", name[:at]) if at > 0 else ""
    return len(before) > 1 and before not in asked


def _is_other(operand: Operand, question: Question) -> bool:
    """Whether a figure is of another indicator of the lexicon: "进出口总额" for 出口."""
    asked = [t for t in question.terms if t.indicator or standard_name(t.text) in indicators().forms]
    return bool(asked) and operand.figure.indicator in indicators().forms and not is_of(asked, operand)


def _span(operand: Operand) -> tuple[int, bool]:
    """Return the year that a figure's period ends in, and whether it is one of several years."""
    period = operand.period
    return (period.last // 12, period.last - period.first > _YEAR_APART) if period is not None else (0, False)


def _same_time(one: Operand, other: Operand) -> bool:
    a, b = one.period, other.period
    return a is None or b is None or a.last == b.last


def _of_one_change(later: Side, earlier: Side, source: Source, hole: Hole) -> tuple[Operand, Operand] | None:
    """Return the two ends of one change, which a clause tells: "从2020年的3.68万亿元增长到2025年的4.93万亿元"."""
    one, other = later.phrase, earlier.phrase
    if one.body != other.body or one.place != other.place or one.role or other.role:
        return None
    if not other.start and (not other.period or one.period == other.period):
        return None
    first, last = earlier.question.period, later.question.period
    if first is not None and last is not None and last.last - first.last <= _YEAR_APART:
        return None
    open_ = _asked(replace(one, period=""), hole, source)
    options = [*later.options, *_options(open_, one, source.rank(open_), "")]
    for end in options:
        for start in starts(end):
            if _begins(start, first) and (last is None or end.period is None or end.period.last == last.last):
                return end, start
    return None


# From one year to the next, reports tell the growth, not where a change began.
_YEAR_APART = 12


def starts(end: Operand) -> Iterator[Operand]:
    """Yield where a change began that its clause tells before its end."""
    for figure in end.candidate.reading.figures[end.candidate.clause.index]:
        start = Operand(end.candidate, figure)
        if figure.aspect == Aspect.ORIGIN.value and figure.start < end.figure.start and _same_change(start, end):
            yield start


def _same_change(start: Operand, end: Operand) -> bool:
    return start.figure.indicator == end.figure.indicator and start.counts_alike(end)


def _begins(start: Operand, first: Period | None) -> bool:
    stated = start.period
    return first is None or stated is None or stated.last == first.last or parse_label(start.figure.period) is None
