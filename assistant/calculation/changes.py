"""What follows from a change: the value before it, how far it went, the pace of the whole that it leads."""

from __future__ import annotations

import re

from assistant.calculation.computation import (
    Computation,
    declared,
    difference,
    plain,
)
from assistant.calculation.operands import Operand, Operands, done, has_aspect, shorten, value
from assistant.calculation.relations import before
from ingest.language.aspects import Aspect
from ingest.language.periods import Period
from ingest.language.units import Dimension

_growth = has_aspect(Aspect.YEAR_ON_YEAR)
_lead = has_aspect(Aspect.AGAINST_AVERAGE)
# "按增速倒推", "大概": the visitor knows that it must be worked out
_BACKWARDS = re.compile(r"倒推|反推|推算|折算|倒算|算")


def year_before(operands: Operands) -> Computation | None:
    """The value a year before, from the value and its growth: value / (1 + growth)."""
    question = operands.question
    earlier = question.base or question.period
    now = None if earlier is None else Period(earlier.first + 12, earlier.last + 12)
    if question.base is not None and question.period is not None:
        now = question.period
    stated = operands.of(operands.terms, value, period=earlier) if earlier is not None else []
    if any(o.period == earlier for o in stated):
        return None  # the report says it itself
    for one in operands.of(operands.terms, lambda o: done(o) and not _is_share(o), period=now)[:5]:
        if now is not None and one.period is not None and not _at(one.period, now, operands.text):
            continue
        changes = [c for c in operands.of(operands.terms, _growth, period=one.period) if _of_same(c, one)]
        if changes:
            return before(one, changes[0])
    return None


def _at(stated: Period, asked: Period, text: str) -> bool:
    """Whether a period is the one asked for; "同期" is whatever part of the year the report tells."""
    return stated.same_months(asked) or ("同期" in text and asked.contains(stated))


def _is_share(operand: Operand) -> bool:
    return operand.dimension is Dimension.PERCENT


def _of_same(one: Operand, other: Operand) -> bool:
    a, b = one.figure, other.figure
    return a.indicator == b.indicator and a.period == b.period and a.scope == b.scope and one.same_sentence(other)


def pace_of_whole(operands: Operands) -> Computation | None:
    """The growth of the whole, from that of a part and its lead: -3.6%, "高于全市平均3.6个百分点" -> -7.2%."""
    asked = _WHOLE.search(operands.text)
    if asked is None or (_ASKS_LEAD.search(operands.text) and not _BACKWARDS.search(operands.text)):
        return None
    frame = asked[0]
    for lead in operands.asked(operands.terms, lambda o: _lead(o) and frame in o.clause):
        changes = [c for c in operands.asked(operands.terms, _growth) if _same_subject(c, lead)]
        if changes and changes[0].figure.unit == "%":
            return _of_whole(frame, changes[0], lead)
    return None


# "全市", "全省": what a district's lead is counted from
_WHOLE = re.compile(r"全[市省国区]")
# "比全市平均高多少": the lead itself is asked for
_ASKS_LEAD = re.compile(
    r"(?:比|高于|低于|高出|快于|慢于|优于|好于|超过?|跟|和|与)全[市省国区]|全[市省国区][^,。]{0,4}(?:第几|排)"
)
_BELOW = re.compile(r"(?:低|慢|少|差)于|落后")


def _same_subject(one: Operand, other: Operand) -> bool:
    return one.figure.indicator == other.figure.indicator and one.same_sentence(other)


def _of_whole(frame: str, change: Operand, lead: Operand) -> Computation:
    ahead = -lead.figure.value if _BELOW.search(lead.clause[: lead.quantity.start]) else lead.figure.value
    own = change.figure.value
    result = own - ahead
    formula = difference(own, ahead) if result >= 0 else difference(ahead, own)
    moved = f"{'增长' if result >= 0 else '下降'}{plain(abs(result))}%"
    said = f"按此推算,{frame}{shorten(change.name)}同比{moved}"
    place = change.figure.region or "本地"
    told = f"{place}同比{'增长' if own >= 0 else '下降'}{plain(abs(own))}%"
    more = f":{told},{'高' if ahead >= 0 else '低'}于{frame}平均{plain(abs(ahead))}个百分点"
    return declared(said, more, formula, "%", (change, lead))
