"""What is done against what was to be done: how far a target is, how much of it is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.calculation.computation import (
    Computation,
    about,
    common_unit,
    declared,
    difference,
    plain,
    rounded,
    scaled,
    spoken,
)
from assistant.calculation.operands import Operand, Operands, done, planned, shorten
from ingest.language.aspects import Aspect
from ingest.language.periods import Period, months
from ingest.language.quantities import quantities
from ingest.language.units import Dimension

Pair = tuple[Operand, Operand]


def gap(operands: Operands) -> Computation | None:
    """What is left of a target, or by how much it is passed: target - actual."""
    pair = None if remainder(operands) else _done_and_goal(operands)
    if pair is None:
        return None
    reached, goal = pair
    unit = common_unit(pair)
    a, b = scaled(goal, unit), scaled(reached, unit)
    shown = "个百分点" if unit == "%" else unit
    name = shorten(reached.name)
    passed = b > a
    if _BEST_LOW.search(name):  # a bound that is kept is no shortfall
        one, other = f"{reached.figure.period}{name}{spoken(reached)}", f"{goal.figure.period}目标{spoken(goal)}"
        said = f"{one}比{other}{'高' if passed else '低'}{plain(abs(a - b))}{shown}"
        return declared(said, "", difference(max(a, b), min(a, b)), shown, (goal, reached))
    said = f"{name}{'已超过目标' if passed else '离目标还差'}{about(pair)}{plain(abs(a - b))}{shown}"
    more = f":目标{spoken(goal)},已完成{spoken(reached)}"
    return declared(said, more, difference(max(a, b), min(a, b)), shown, (goal, reached))


# What is to stay below its target: "城镇调查失业率", "PM2.5浓度"
_BEST_LOW = re.compile(r"失业|浓度|能耗|排放|消耗|赤字|涨幅|价格|死亡|事故|不良|投诉|负债|用水量")


def completion(operands: Operands) -> Computation | None:
    """What part of a target is reached, where the report does not say so itself."""
    if operands.asked(operands.terms, _is_completion):
        return None
    pair = _done_and_goal(operands)
    if pair is None or pair[1].base <= 0:
        return None
    reached, goal = pair
    unit = common_unit(pair)
    share = rounded(reached.base / goal.base * 100, Decimal("0.1"))
    formula = f"{plain(scaled(reached, unit))} ÷ {plain(scaled(goal, unit))} × 100% ≈ {plain(share)}%"
    said = f"{shorten(reached.name)}约完成目标的{plain(share)}%"
    return declared(said, f":已完成{spoken(reached)},目标{spoken(goal)}", formula, "%", pair)


def whole(operands: Operands) -> Computation | None:
    """The whole of which a share is done: value / completion."""
    rates = operands.asked(operands.terms, _is_completion)
    parts = operands.asked(operands.terms, lambda o: done(o) and o.dimension is not Dimension.PERCENT)
    pairs = ((p, r) for p in parts for r in rates if p.same_sentence(r) and r.figure.value > 0)
    part, rate = next(pairs, (None, None))
    if part is None or rate is None:
        return None
    result = rounded(part.figure.value / rate.figure.value * 100, part.figure.value)
    formula = f"{plain(part.figure.value)} ÷ {plain(rate.figure.value)}% ≈ {plain(result)}"
    said = f"按完成进度推算,总数约{plain(result)}{part.figure.unit}"
    return declared(said, f":已完成{spoken(part)},进度{spoken(rate)}", formula, part.figure.unit, (part, rate))


def remainder(operands: Operands) -> Operand | None:
    """Return what the report itself says is left: "完成剩余21个业委会(物管会)履职试点"."""
    terms = operands.terms
    named = operands.of(terms, lambda o: o.figure.unit != "%" and bool(_LEFT.search(_before(o))))
    if named:
        return named[0]
    for operand in operands.of(terms, done)[:3]:  # "完成污水管线建设38公里,剩余12公里"
        reading = operand.candidate.reading
        for other in operands.any_of(terms, None):
            same = other.candidate.reading is reading and other.same_sentence(operand)
            if same and other.counts_alike(operand) and re.fullmatch(_LEFT.pattern, _before(other)):
                return other
    return None


def of_plan(operands: Operands) -> Operand | None:
    """Return what the report itself says of how much of a plan is reached, without 完成: "占全年计划的84%"."""
    found = operands.asked(operands.terms, lambda o: _is_completion(o) and o.figure.aspect == Aspect.SHARE.value)
    return found[0] if found else None


# "剩余21个", "还有3家"
_LEFT = re.compile(r"[^,。]{0,6}(?:剩余|余下|剩下|尚余|尚有|仍有|还有|还剩|未完成的?)$")


def _before(operand: Operand) -> str:
    return operand.clause[: operand.quantity.start].strip()


def _is_completion(operand: Operand) -> bool:
    """Whether a figure tells how much of a target is reached: "完成全年任务55.3%", "占全年计划的84%"."""
    if operand.figure.unit != "%":
        return False
    aspect = operand.figure.aspect
    of_plan = aspect == Aspect.SHARE.value and re.search(r"占[^,。]{0,6}(?:任务|目标|计划)", operand.clause)
    return aspect == Aspect.COMPLETION.value or bool(of_plan)


def _done_and_goal(operands: Operands) -> Pair | None:
    """Return what is done and the target of the same thing, the target of the value that the question gives."""
    question = operands.question
    terms = operands.terms
    asked, stated = question.period, question.year_stated
    now = asked if question.base is None else question.base
    sure = question.base is not None or stated
    if len(years := operands.years) == 2:  # "2026年的目标比2025年实际少多少"
        now, asked, sure, stated = years[0], years[1], True, True
    reached = operands.of(terms, done, beside=operands.undone, period=now, stated=sure)
    reached = reached or operands.of(terms, done, beside=operands.undone)
    if not reached:
        return None
    goals = operands.of(terms, planned, beside=operands.undone, period=asked) if stated else []
    year = reached[0].period
    if year is not None:
        goals = goals + operands.of(terms, planned, beside=operands.undone, period=months(year.last // 12, 1, 12))
    goals = goals or operands.of(terms, planned, beside=operands.undone)
    pairs = list(_pairs(operands, reached, goals))
    return max(pairs, key=lambda p: p[0])[1] if pairs else None


def _pairs(
    operands: Operands, reached: list[Operand], goals: list[Operand]
) -> Iterator[tuple[tuple[float, ...], Pair]]:
    """Yield each actual with each target that may be its own, and how well they go together."""
    given = {q.base for q in quantities(operands.text) if q.value}
    asked = operands.question.period if operands.question.year_stated else None
    asked = max(operands.years, default=asked)
    for one in reached:
        for goal in goals:
            alike = _alike(one, goal)
            if not alike or not one.counts_alike(goal) or goal.figure == one.figure:
                continue
            if not _due(_at_end(one), _at_end(goal), asked):
                continue
            stated = any(_near(goal.base, g) or _near(goal.figure.value, g) for g in given)
            level = (float(stated), alike, one.naming + goal.naming, one.candidate.score + goal.candidate.score)
            yield level, (one, goal)


def _at_end(operand: Operand) -> Period | None:
    """Return the period of an operand; a level that years of work have reached is one of the last of them."""
    period = operand.period
    if period is None or period.last - period.first <= 11:
        return period
    level = _LEVEL.search(operand.clause) and not _ADDED_UP.search(operand.clause)
    return months(period.last // 12, 1, 12) if level else period


# "建有21个", "达到30家"; not "累计新增27.4万人"
_LEVEL = re.compile(r"达|建有|拥有|现有|保有|总数|存量")
_ADDED_UP = re.compile(r"累计|新增|年均|共")


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= abs(other) / 1000


def _due(actual: Period | None, goal: Period | None, asked: Period | None) -> bool:
    """Whether a target of period `goal` is the one that an actual of period `actual` is on the way to: that of the
    same year, or a later one that the question names. What several years added up to has no target of one year."""
    if actual is None or goal is None:
        return True
    if (actual.last - actual.first > 11) != (goal.last - goal.first > 11):
        return False
    if goal.last // 12 == actual.last // 12:
        return goal.last >= actual.last
    return asked is not None and goal.last // 12 == asked.last // 12 and goal.last > actual.last


def _alike(one: Operand, goal: Operand) -> float:
    """Return how surely a target is that of the very thing done, 0 where it is of another: by their names, or because
    it stands in brackets behind it."""
    a, b = (_ACTS.sub("", shorten(o.name)) for o in (one, goal))
    if a == b:
        return 3
    aside = goal.candidate.clause.depth and goal.candidate.clause.subject_clause == one.candidate.clause.subject_clause
    if aside and a in b + goal.candidate.clause.subject:
        return 2.5
    if a and b and (a in b or b in a):
        return 2
    pairs = [{n[i : i + 2] for i in range(len(n) - 1)} for n in (a, b)]
    shared = 2 * len(pairs[0] & pairs[1]) / max(1, len(pairs[0]) + len(pairs[1]))
    return shared if shared >= 0.5 else 0


# What is done to a thing, and what its target is called, name no other thing.
_ACTS = re.compile(
    r"^(?:完成|建成|新建|建设|打造|累计|现有|拥有|全部|实施|落实|力争)+(?=.{2})|(?:任务|目标|计划|落地见效)$"
)
