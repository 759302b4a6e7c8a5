"""What follows from a change: the value before it, how far it went, the pace of the whole that it leads."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.calculation.computation import (
    Computation,
    about,
    common_unit,
    declared,
    difference,
    plain,
    scaled,
    spoken,
)
from assistant.calculation.operands import Operand, Operands, done, has_aspect, shorten, value
from assistant.calculation.relations import before
from ingest.language.aspects import Aspect
from ingest.language.periods import Period, months
from ingest.language.quantities import Dimension

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


def over_time(operands: Operands) -> Computation | None:
    """How much something changed between two periods, of which one clause or two reports tell."""
    first, last = _ends(operands)
    if last is None and not _ROSE.search(operands.text):
        return None
    rates = first is not None and _RATES.search(operands.text) is not None
    if not rates and not _longer(first, last) and _tells(operands, last):
        return None  # the report says it itself
    within = None if rates else _within_clause(operands, first, last)
    pair = within or _two_reports(operands, first, last, _growth if rates else value)
    if pair is None:
        return None
    start, end = pair
    unit = common_unit(pair)
    a, b = scaled(start, unit), scaled(end, unit)
    shown = "个百分点" if unit == "%" else unit
    name = shorten(end.name) + ("增速" if rates else "")
    old, new = _when(start, first), _when(end, last)
    more, less = ("高", "低") if unit == "%" else ("多", "少")
    said = f"{name}{new}比{old}{more if b >= a else less}{about(pair)}{plain(abs(b - a))}{shown}"
    told = f":{old}{spoken(start)},{new}{spoken(end)}"
    return declared(said, told, difference(max(a, b), min(a, b)), shown, (end, start))


# "2024年和2023年GDP增速差几个百分点": how far two rates are apart
_RATES = re.compile(r"增速|增幅|涨幅|降幅|增长率")
# "增加了多少公里", "多了几个", "提高多少": how much a thing changed
_ROSE = re.compile(r"(?:增加|增长|增产|提高|提升|上升|下降|减少|降低|扩大|压减|新增|多|少)出?了?(?:多少|几)")


# "多了多少": an amount is asked for, whatever the growth is
_BY = re.compile(r"[多少高低]出?了?(?:多少|几)|差")


def _tells(operands: Operands, last: Period | None) -> bool:
    """Whether the report tells the change itself, in what is asked."""
    asked = operands.question.hole.dimension
    for change in operands.of(operands.terms, _growth, period=last):
        rate = change.dimension is Dimension.PERCENT
        if change.dimension is asked or (asked is None and not (rate and _BY.search(operands.text))):
            return True
    return False


def _longer(first: Period | None, last: Period | None) -> bool:
    """Whether more than a year lies between two periods, so that no change on the year before tells it."""
    return first is not None and last is not None and last.last - first.last > 12


def _when(operand: Operand, asked: Period | None) -> str:
    stated = operand.period
    began = operand.figure.aspect == Aspect.ORIGIN.value
    if asked is not None and (began or stated is None or stated.last == asked.last):
        return asked.label
    if stated is not None and stated.last - stated.first > 11:
        return f"{stated.last // 12}年"
    return operand.figure.period or ("期初" if began else "期末")


def _ends(operands: Operands) -> tuple[Period | None, Period | None]:
    """Return the two periods that the question sets against each other, the earlier first."""
    question = operands.question
    named = list(dict.fromkeys(p for p in (question.base, *(p for p, _ in question.periods)) if p is not None))
    if len(operands.years) == 2:  # "2025年比2020年"
        named = operands.years
    if len(named) == 2:
        first, last = sorted(named)
        return first, last
    if len(named) == 1 and named[0].first // 12 != named[0].last // 12:
        span = named[0]
        return months(span.first // 12, 1, 12), months(span.last // 12, 1, 12)
    if question.base is not None:
        return question.base, None
    if named and _ON_YEAR_BEFORE.search(operands.text):
        return Period(named[0].first - 12, named[0].last - 12), named[0]
    return None, named[0] if named else None


# "同比增加多少亿元": on the year before, which another report may tell
_ON_YEAR_BEFORE = re.compile(r"同比|[比较](?:上年|去年|前一年|上一年)")


def _within_clause(operands: Operands, first: Period | None, last: Period | None) -> tuple[Operand, Operand] | None:
    """Return where a change began and ended, of one clause: "从2020年的3.68万亿元增长到2025年的4.93万亿元"."""
    for end in [*operands.of(operands.terms, value, period=last), *operands.of(operands.terms, value)]:
        reading, at = end.candidate.reading, end.candidate.clause.index
        for figure in reading.figures[at]:
            start = Operand(end.candidate, figure)
            if figure.aspect != Aspect.ORIGIN.value or figure.start >= end.figure.start or not start.counts_alike(end):
                continue
            if first is not None and not _begins(start, first):
                continue
            if last is not None and end.period is not None and end.period.last != last.last:
                continue
            return start, end
    return None


def _begins(start: Operand, first: Period) -> bool:
    """Whether a change began in `first`: as its clause says, else as the sentence says of another change."""
    clause, reading = start.candidate.clause, start.candidate.reading
    if not clause.mentions:
        beside = (
            f for c in reading.clauses if c.sentence == clause.sentence and c.mentions for f in reading.figures[c.index]
        )
        stated = {f.period for f in beside if f.aspect == Aspect.ORIGIN.value}
        if stated:
            return first.label in stated
    return start.period is None or start.period.last == first.last


def _two_reports(
    operands: Operands, first: Period | None, last: Period | None, fits: Callable[[Operand], bool]
) -> tuple[Operand, Operand] | None:
    """Return the values of one thing in two periods, each the very period asked for."""
    if first is None:
        return None
    ends = [o for o in operands.of(operands.terms, fits, period=last) if last is None or _in(o, last, operands)]
    starts = [o for o in operands.of(operands.terms, fits, period=first) if _in(o, first, operands)]
    pairs = ((s, e) for e in ends[:6] for s in starts[:6] if _comparable(s, e) and _same_name(s, e))
    alike = ((s, e) for e in ends[:1] for s in starts[:1] if _comparable(s, e) and s.figure.unit == e.figure.unit)
    return next(pairs, next(alike, None))


def _in(operand: Operand, asked: Period, operands: Operands) -> bool:
    stated = operand.period
    if stated is None:
        return False
    return stated == asked or (not operands.question.year_stated and stated.same_months(asked))


def _same_name(one: Operand, other: Operand) -> bool:
    return one.figure.indicator == other.figure.indicator


def _comparable(start: Operand, end: Operand) -> bool:
    same = start.figure.status == end.figure.status and start.figure.region == end.figure.region
    return same and start.figure != end.figure and start.counts_alike(end)
