"""The relations between figures, worked out and put into words: sum, difference, multiple, share, growth.

What tells the figures apart is said (place, time, plan or result, name), what they share is said once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.calculation.computation import (
    Computation,
    about,
    common_unit,
    declared,
    difference,
    plain,
    quotient,
    rounded,
    scale_of,
    scaled,
    spoken,
)
from assistant.calculation.grammar import Operation
from assistant.calculation.operands import Operand, shorten
from assistant.compose import Statement
from ingest.language.aspects import Aspect
from ingest.language.periods import months
from ingest.language.quantities import quantities
from ingest.language.statuses import Status
from ingest.language.units import Dimension, split_unit, unit_size

_GROWTH = Aspect.YEAR_ON_YEAR.value


@dataclass(frozen=True, slots=True)
class Named:
    """Operands as they are told apart: `shared` is the name that is said once, `own` what only each of them is."""

    shared: str
    own: tuple[str, ...]


def named(used: Sequence[Operand]) -> Named:
    """Return how operands are called beside each other."""
    names = ["" if quantities(o.name) else shorten(o.name) for o in used]
    places = [o.figure.region for o in used]
    times = [_time(o) for o in used]
    planned = [Status(o.figure.status) is not Status.DONE for o in used]
    same_name = len(set(names)) == 1
    prefixes = ["" for _ in used]
    if len(set(places)) > 1:
        prefixes = places
    if len(set(times)) > 1 and all(times) and same_name and _may_be_said(used, times, len(set(planned)) > 1):
        prefixes = [f"{p}{t}" for p, t in zip(prefixes, times, strict=True)]
    if len(set(planned)) > 1:
        prefixes = [f"{p}{'目标' if is_goal else '实际'}" for p, is_goal in zip(prefixes, planned, strict=True)]
    rate = "增速" if all(o.figure.aspect == _GROWTH for o in used) and same_name else ""
    if same_name:
        return Named(f"{names[0]}{rate if not names[0].endswith(rate) else ''}", tuple(prefixes))
    return Named("", tuple(f"{p}{n}" for p, n in zip(prefixes, names, strict=True)))


def _may_be_said(used: Sequence[Operand], times: Sequence[str], told_apart: bool) -> bool:
    """Whether the times of operands are said: those that their passages state, and those that nothing else tells
    apart; where a change began and ended is told by its clause."""
    text = "".join(o.candidate.reading.passage.text for o in used)
    if all(year in text for time in times for year in re.findall(r"\d{4}", time)):
        return True
    return not (told_apart or any(o.figure.aspect == Aspect.ORIGIN.value for o in used))


def _time(operand: Operand) -> str:
    """Return when a figure is of; a level that years of work led to is one of the last of them."""
    stated = operand.period
    if stated is None:
        return operand.figure.period
    long = stated.last - stated.first > 11
    return months(stated.last // 12, 1, 12).label if long else stated.label


def total(used: Sequence[Operand]) -> Computation:
    """Return the sum."""
    unit = common_unit(used)
    values = [scaled(o, unit) for o in used]
    result = sum(values, Decimal(0))
    called = named(used)
    alone = not any(called.own)
    parts = [_part(called, n, o) for n, o in enumerate(used)]
    said = f"{'与'.join(called.own) if len(used) == 2 and not alone else ''}{called.shared}"
    formula = f"{' + '.join(map(plain, values))} = {plain(result)}"
    return declared(f"{said}合计{about(used)}{plain(result)}{unit}", f":{'、'.join(parts)}", formula, unit, used)


def _part(called: Named, n: int, operand: Operand) -> str:
    return f"{called.own[n] or called.shared}{spoken(operand)}"


def apart(one: Operand, other: Operand) -> Computation:
    """Return how much more or less the first is than the other."""
    used = (one, other)
    unit = common_unit(used)
    a, b = scaled(one, unit), scaled(other, unit)
    shown = "个百分点" if one.dimension in (Dimension.PERCENT, Dimension.POINTS) else unit
    called = _both(used)
    more, less = ("高", "低") if one.dimension in (Dimension.PERCENT, Dimension.CONCENTRATION) else ("多", "少")
    result = f"{more if a >= b else less}{about(used)}{plain(abs(a - b))}{shown}"
    told = [f"{name}{_value(o)}" for name, o in zip(called.own, used, strict=True)]
    if a == b:
        said = f"{called.shared}{called.own[0]}与{called.own[1]}相同,相差0{shown}"
        return declared(said, f":{told[1]},{told[0]}", difference(a, b), shown, used)
    if called.shared:
        said, behind = f"{called.shared}{called.own[0]}比{called.own[1]}{result}", f":{told[1]},{told[0]}"
    else:
        said, behind = f"{told[0]}比{told[1]}{result}", ""
    return declared(said, behind, difference(max(a, b), min(a, b)), shown, used)


def between(one: Statement, other: Statement) -> Computation | None:
    """Return how far apart the figures of two statements are, of two places or of two periods; None where they cannot
    be compared."""
    figures = (one.candidate.figure, other.candidate.figure)
    if figures[0] is None or figures[1] is None:
        return None
    a, b = Operand(one.candidate, figures[0]), Operand(other.candidate, figures[1])
    if a.figure.aspect != b.figure.aspect or not a.counts_alike(b):
        return None
    if a.figure.region != b.figure.region:
        return apart(a, b) if a.figure.status == b.figure.status else None
    return apart(a, b) if a.name == b.name and a.figure.period != b.figure.period else None


def _value(operand: Operand) -> str:
    """Return a value as it stands in a comparison: "442.1亿元", "增长5.6%"."""
    if operand.figure.aspect != _GROWTH or operand.dimension is not Dimension.PERCENT:
        return spoken(operand)
    moved = "增长" if operand.figure.value >= 0 else "下降"
    return f"{moved}{plain(abs(operand.figure.value))}{operand.figure.unit}"


def multiple(one: Operand, other: Operand) -> Computation:
    """Return how many times the other the first is."""
    used = (one, other)
    unit = common_unit(used)
    result, sign = quotient(scaled(one, unit), scaled(other, unit))
    formula = f"{plain(scaled(one, unit))} ÷ {plain(scaled(other, unit))} {sign} {plain(result)}"
    called = _both(used)
    one_, other_ = (f"{name}{spoken(o)}" for name, o in zip(called.own, used, strict=True))
    said = f"{called.shared}{one_}{about(used, sign)}为{other_}的{plain(result)}倍"
    return declared(said, "", formula, "倍", used)


def _both(used: Sequence[Operand]) -> Named:
    called = named(used)
    return called if any(called.own) else Named(called.shared, ("期末", "期初"))


def share(part: Operand, whole: Operand) -> Computation:
    """Return what percentage of the whole the part is."""
    used = (part, whole)
    unit = common_unit(used)
    result = percent(part.base / whole.base)
    formula = f"{plain(scaled(part, unit))} ÷ {plain(scaled(whole, unit))} × 100% ≈ {plain(result)}%"
    called = named(used)
    said = f"{called.own[0] or called.shared}约占{called.own[1] or called.shared}的{plain(result)}%"
    return declared(said, f":{spoken(part)}、{spoken(whole)}", formula, "%", used)


def completion(reached: Operand, goal: Operand) -> Computation:
    """Return what percentage of a goal is reached."""
    used = (reached, goal)
    unit = common_unit(used)
    result = percent(reached.base / goal.base)
    formula = f"{plain(scaled(reached, unit))} ÷ {plain(scaled(goal, unit))} × 100% ≈ {plain(result)}%"
    said = f"{shorten(reached.name)}约完成目标的{plain(result)}%"
    return declared(said, f":已完成{spoken(reached)},目标{spoken(goal)}", formula, "%", used)


def growth(end: Operand, start: Operand) -> Computation:
    """Return by what percentage something grew or fell."""
    used = (end, start)
    unit = common_unit(used)
    a, b = scaled(end, unit), scaled(start, unit)
    result = percent(a / b - 1)
    quotient_ = f"{plain(a)} ÷ {plain(b)} × 100%"
    formula = f"{quotient_} - 100% ≈ {plain(result)}%" if result >= 0 else f"100% - {quotient_} ≈ {plain(abs(result))}%"
    called = _both(used)
    moved = f"{'增长' if result >= 0 else '下降'}{plain(abs(result))}%"
    told = f":{called.own[1]}{spoken(start)},{called.own[0]}{spoken(end)}"
    return declared(f"{called.shared}{called.own[0]}比{called.own[1]}约{moved}", told, formula, "%", used)


def yearly(end: Operand, start: Operand) -> Computation | None:
    """Return how much came on each year between two values, None where the years are not told."""
    used = (end, start)
    years = years_between(end, start)
    if years < 2:
        return None
    unit = common_unit(used)
    a, b = scaled(end, unit), scaled(start, unit)
    exact = (max(a, b) - min(a, b)) / years
    result = rounded(exact, max(a, b))
    sign = "=" if result == exact else "≈"
    formula = f"({plain(max(a, b))} - {plain(min(a, b))}) ÷ {years} {sign} {plain(result)}"
    called = _both(used)
    way = "增加" if a >= b else "减少"
    said = f"{called.shared}年均{way}{about(used, sign)}{plain(result)}{unit}"
    told = f":{called.own[1]}{spoken(start)},{called.own[0]}{spoken(end)}"
    return declared(said, told, formula, unit, used)


def before(now: Operand, change: Operand) -> Computation | None:
    """Return the value before a change, which is told in percent or as an amount; None where it is told otherwise."""
    unit = now.figure.unit
    grown, amount = now.figure.value, change.figure.value
    falls = amount < 0 or _FALLS.search(change.clause[: change.quantity.start])
    size = abs(amount)
    if change.figure.unit == "%" and unit != "%" and size < 100:
        exact = grown / (1 + (-size if falls else size) / 100)
        finest = grown if now.dimension is Dimension.COUNT else min(grown, size, key=_step)
        result, sign = rounded(exact, finest), "≈"
        formula = f"{plain(grown)} ÷ (1 {'-' if falls else '+'} {plain(size)}%) ≈ {plain(result)}"
    elif change.counts_alike(now):
        step = size if change.figure.unit == unit else scaled(change, unit)
        exact = grown + abs(step) if falls else grown - abs(step)
        result = exact if change.figure.unit == unit else rounded(exact, grown)
        sign = "=" if result == exact else "≈"
        formula = f"{plain(grown)} {'+' if falls else '-'} {plain(abs(step))} {sign} {plain(result)}"
    else:
        return None
    said = f"上年同期{shorten(now.name)}{about((now, change), sign)}{plain(result)}{unit}"
    moved = f"{'下降' if falls else '增长'}{plain(size)}{change.figure.unit}"
    return declared(said, f":本期{spoken(now)},同比{moved}", formula, unit, (now, change))


def _step(value: Decimal) -> int:
    """Return the place of the last decimal of a number: -2 for 4.16."""
    return int(value.as_tuple().exponent)


_FALLS = re.compile(r"减[产收少]|下降|降低")


def each(above: Operand, below: Operand) -> Computation:
    """Return how much of the one comes on each of the other."""
    scale = _scale(above.base / below.base, above)
    unit = split_unit(above.figure.unit)[1]
    money = below.dimension is Dimension.MONEY
    upper, top = (above.figure.value, scale_of(above.figure.unit)) if not money else (above.base, "")
    if not money and top != scale:
        upper, top = above.base / unit_size(f"{scale}{unit}"), scale
    lower = below.base if money else below.figure.value * split_unit(below.figure.unit)[0]
    result, sign = quotient(upper, lower)
    formula = f"{plain(upper)}{top} ÷ {plain(lower)} {sign} {plain(result)}{top}"
    per = "每1元" if money else f"平均每{split_unit(below.figure.unit)[1]}"
    name = shorten(above.name)
    said = f"{per}{name if len(name) <= 8 else ''}{about((above, below), sign)}{plain(result)}{top}{unit}"
    more = f":{name}{spoken(above)},{shorten(below.name)}{spoken(below)}"
    return declared(said, more, formula, f"{top}{unit}", (above, below))


def _scale(result: Decimal, above: Operand) -> str:
    """Return the scale in which the result is at least one, that of the upper figure or a smaller one."""
    unit = split_unit(above.figure.unit)[1]
    for scale in (scale_of(above.figure.unit), "亿", "万", ""):
        size = unit_size(f"{scale}{unit}")
        if size <= unit_size(above.figure.unit) and result * unit_size(unit) >= size * Decimal("0.5"):
            return scale
    return ""


def years_between(end: Operand, start: Operand) -> int:
    """Return how many years lie between two figures, 0 where that is not told."""
    a, b = end.period, start.period
    return 0 if a is None or b is None else a.last // 12 - b.last // 12


def percent(ratio: Decimal) -> Decimal:
    """Return a ratio in percent, to one decimal."""
    return (ratio * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


_PAIRS: dict[Operation, Callable[[Operand, Operand], Computation | None]] = {
    Operation.DIFFERENCE: apart,
    Operation.MULTIPLE: multiple,
    Operation.SHARE: share,
    Operation.COMPLETION: completion,
    Operation.GROWTH: growth,
    Operation.YEARLY: yearly,
    Operation.BEFORE: before,
    Operation.EACH: each,
}


def related(operation: Operation, used: Sequence[Operand]) -> Computation | None:
    """Return an operation on figures, worked out and in words; None where it cannot be."""
    if operation is Operation.SUM:
        return total(used)
    if len(used) != 2:
        return None
    return _PAIRS[operation](used[0], used[1])
