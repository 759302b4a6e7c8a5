"""Of the figures that answer the phrases of a calculation, those that go together: of one measure, time and status
unless the phrases say otherwise, each of the very thing asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from assistant.calculation.asking import HELD, Side
from assistant.calculation.grammar import Operation
from assistant.calculation.operands import VALUES, Operand, is_of
from assistant.matching import match
from assistant.question import Question
from ingest.figures import standard_name
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.indicators import indicators

_COMBINATIONS = 600
A_YEAR = 12
"""From one year to the next, in months: reports tell the growth, not where a change began."""


def agreed(operation: Operation, sides: Sequence[Side]) -> tuple[Operand, ...] | None:
    """Return the options of the sides that go together best, None where none do."""
    entering = (chosen for chosen in _combined(sides) if _enters(operation, chosen))
    found = ((score, chosen) for chosen in entering if (score := _together(sides, chosen)) > 0)
    best = max(found, key=lambda scored: scored[0], default=None)
    return best[1] if best else None


def joint(sides: Sequence[Side]) -> bool:
    """Whether one number is said of all the things: "统筹疫情防控和稳定经济增长45条措施" answers by itself."""
    words = [{t.text for t in s.question.terms} for s in sides]
    own = ((t for t in s.question.terms if sum(t.text in w for w in words) == 1) for s in sides)
    heads = [max(terms, key=lambda t: t.weight, default=None) for terms in own]
    return any(
        all(head is not None and match(head, one.window) >= HELD for head in heads)
        for one in sides[0].options
        if _AND.search(one.window) and "分别" not in one.clause
    )


# "统筹疫情防控和稳定经济增长45条措施"
_AND = re.compile(r"[^|]{2}[和与及][^|]{2}")


def _combined(sides: Sequence[Side]) -> Iterator[tuple[Operand, ...]]:
    return islice(product(*(s.options for s in sides)), _COMBINATIONS)


def _enters(operation: Operation, chosen: Sequence[Operand]) -> bool:
    """Whether operands may enter an operation: different figures of one dimension and one aspect."""
    first = chosen[0]
    places = {(o.figure.passage_id, o.figure.start) for o in chosen}
    counted = operation is Operation.MULTIPLE
    alike = all(o.dimension is first.dimension if counted else o.counts_alike(first) for o in chosen)
    if len(places) < len(chosen) or not alike or len({_side_of(o) for o in chosen}) > 1:
        return False
    if operation is Operation.SHARE:
        return 0 < chosen[0].base < chosen[1].base
    return operation is Operation.DIFFERENCE or all(o.base > 0 for o in chosen)


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
        - 0.6 * _is_mark(o)
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
        if not _told_apart(first, other):
            return 0
        same = other.figure.indicator == first.figure.indicator
        if phrase.role != ahead.role and phrase.period == ahead.period and _span(first) != _span(other):
            return 0
        if phrase.body == ahead.body and not same:
            score -= 0.6
        score += 0.3 * other.same_sentence(first) - 0.4 * (_span(first)[1] != _span(other)[1])
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
    before = _LEADS.sub("", name[:at]) if at > 0 and not is_of(question.terms, operand) else ""
    return len(before) > 1 and before not in asked


def _is_other(operand: Operand, question: Question) -> bool:
    """Whether a figure is of another indicator of the lexicon: "进出口总额" for 出口."""
    asked = [t for t in question.terms if t.indicator or standard_name(t.text) in indicators().forms]
    return bool(asked) and operand.figure.indicator in indicators().forms and not is_of(asked, operand)


# "迈上6万亿元台阶": a round mark that is passed, not the value
_MARK = re.compile(r"台阶|大关|关口")


def _is_mark(operand: Operand) -> bool:
    return _MARK.match(operand.clause[operand.quantity.end :]) is not None


def very(side: Side) -> list[Operand]:
    """Return the options that are of the very thing asked for."""
    return [o for o in side.options if not (_is_narrower(o, side.question) or _is_other(o, side.question))]


def _told_apart(one: Operand, other: Operand) -> bool:
    """Whether anything but their values tells two figures apart; of "分别增加到1076家、636家" nothing may."""

    def slots(operand: Operand) -> tuple[str, ...]:
        figure = operand.figure
        return figure.indicator, figure.period, figure.region, figure.scope, figure.status, figure.aspect

    return slots(one) != slots(other)


def _span(operand: Operand) -> tuple[int, bool]:
    """Return the year that a figure's period ends in, and whether it is one of several years."""
    period = operand.period
    return (period.last // 12, period.last - period.first > A_YEAR) if period is not None else (0, False)


def _same_time(one: Operand, other: Operand) -> bool:
    a, b = one.period, other.period
    return a is None or b is None or a.last == b.last
