"""What a report tells itself is not worked out: a change on the year before, a share, a completion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.calculation.agreement import A_YEAR
from assistant.calculation.asking import HELD, OPTIONS, Source, asked, figures_of
from assistant.calculation.grammar import Operation
from assistant.calculation.operands import Operand, is_change
from assistant.calculation.phrases import Phrase
from assistant.matching import match
from assistant.question import Hole
from assistant.refuse import acceptable
from ingest.language.aspects import Aspect

UNTOLD: tuple[Operand, ...] = ()


def told(
    operation: Operation, spoken: Sequence[Sequence[Phrase]], hole: Hole, source: Source
) -> tuple[Operand, ...] | None:
    """Return the one figure that tells the result, `UNTOLD` where none does; None where a report tells a rate and the
    question may well ask for that."""
    if operation is Operation.DIFFERENCE:
        return _change(spoken, hole, source)
    aspect = _TOLD_AS.get(operation)
    return _rate(spoken, aspect, source) if aspect is not None else UNTOLD


_TOLD_AS = {Operation.SHARE: Aspect.SHARE, Operation.COMPLETION: Aspect.COMPLETION}


def _change(spoken: Sequence[Sequence[Phrase]], hole: Hole, source: Source) -> tuple[Operand, ...] | None:
    """Return the change on the year before, where a report tells it in what is asked ("比上年增加7694亿元"); None where
    it tells a rate and no amount is asked for."""
    one, other = (readings[0] for readings in spoken)
    if one.body != other.body or one.place != other.place or one.role or other.role or one.side or other.start:
        return UNTOLD
    question = asked(one, Hole(), source)
    before = asked(other, Hole(), source).period
    if before is None or (question.period is not None and question.period.last - before.last != A_YEAR):
        return UNTOLD
    value = figures_of(question, source)[:OPTIONS]
    verb = next((o for o in value if is_change(o) and o.dimension is hole.dimension), None)
    if verb is not None and acceptable(question, [verb.candidate]):
        return (verb,)
    growth = replace(question, aspects=(Aspect.YEAR_ON_YEAR,))
    found = figures_of(growth, source)
    if not found or not acceptable(growth, [o.candidate for o in found]):
        return UNTOLD
    for change in found[:OPTIONS]:
        if change.figure.aspect == Aspect.YEAR_ON_YEAR.value and change.dimension is hole.dimension:
            return (change,)
    return None if hole.dimension is None else UNTOLD


def _rate(spoken: Sequence[Sequence[Phrase]], aspect: Aspect, source: Source) -> tuple[Operand, ...]:
    """Return the share or the completion that a report tells itself: "新能源车占汽车销量的比重达40%"."""
    part, whole = (asked(readings[0], Hole(), source) for readings in spoken)
    rate = replace(part, aspects=(aspect,), target=False, status=None)
    found = figures_of(rate, source)
    if not found or not acceptable(rate, [o.candidate for o in found]):
        return UNTOLD
    for one in found[:OPTIONS]:
        of_whole = aspect is not Aspect.SHARE or all(
            match(t, one.around) >= HELD for t in whole.terms if t.critical and not t.unknown
        )
        if one.figure.aspect == aspect.value and of_whole:
            return (one,)
    return UNTOLD
