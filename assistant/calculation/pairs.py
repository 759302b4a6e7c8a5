"""Several things beside each other: their sum, how far two are apart, how many times one is the other, its share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from assistant.calculation.computation import (
    Computation,
    about,
    common_unit,
    declared,
    difference,
    plain,
    quotient,
    rounded,
    scaled,
    spoken,
)
from assistant.calculation.operands import Operand, Operands, has_aspect, named, shorten, value
from assistant.calculation.things import Thing, fits_place, holder, is_ratio, listed, part_and_whole
from assistant.compose import Statement
from ingest.language.aspects import Aspect
from ingest.language.quantities import Dimension


def total(operands: Operands) -> Computation | None:
    """The sum of the things that the question lists, or of the numbers of one clause ("9金、5银、6铜")."""
    things = listed(operands)
    found = _each(operands, things) if things else _row(operands)
    if len(found) < 2 or any(is_ratio(o) for o in found) or not all(o.counts_alike(found[0]) for o in found):
        return None
    if things and _joint(things, found):
        return None
    unit = common_unit(found) or _asked_unit(operands)
    values = [scaled(o, unit) if o.figure.unit else o.figure.value for o in found]
    result = sum(values, Decimal(0))
    formula = f"{' + '.join(map(plain, values))} = {plain(result)}"
    names = "与".join(shorten(o.name) for o in found) if len(found) == 2 and things else ""
    told = "、".join(f"{shorten(o.name)}{spoken(o)}" for o in found) if things else ""
    return declared(f"{names}合计{about(found)}{plain(result)}{unit}", f":{told}" if told else "", formula, unit, found)


def _joint(things: Sequence[Thing], found: Sequence[Operand]) -> bool:
    """Whether one number is said of all the things: "统筹疫情防控和稳定经济增长45条措施" answers by itself."""
    words = [{t.text for t in thing.terms} for thing in things]
    heads = [
        max((t for t in thing.terms if sum(t.text in w for w in words) == 1), key=lambda t: t.weight, default=None)
        for thing in things
    ]
    for operand in found:
        clause, quantity = operand.candidate.clause, operand.quantity
        if len(clause.quantities) > 1 and "分别" in operand.clause:
            continue
        left = max((q.end for q in clause.quantities if q.end <= quantity.start), default=0)
        near = operand.clause[left : quantity.start] + re.split("[、,]", operand.clause[quantity.end :])[0]
        if all(head is not None and any(form in near for form in head.forms) for head in heads):
            return True
    return False


# "9金、5银": a number and the one or two words of what it counts
_ROW = re.compile(r"\d+(?:枚|块)?[\u4e00-\u9fff]{1,2}(?:(?:、|和)\d+(?:枚|块)?[\u4e00-\u9fff]{1,2})+")
_MEDALS = re.compile(r"奖牌|几块牌|多少牌")


def _row(operands: Operands) -> list[Operand]:
    """Return the numbers of one clause that together are what is asked for: gold, silver and bronze of the medals."""
    if not _MEDALS.search(operands.text):
        return []
    terms = tuple(t for t in operands.terms if not _MEDALS.search(t.text))
    for operand in operands.any_of(operands.terms, operands.question.period, stated=operands.question.year_stated):
        if not _ROW.search(operand.clause) or not re.search("金.*银|银.*铜", operand.clause):
            continue
        if any(t.critical and not t.unknown for t in terms) and named(terms, (), operand) is None:
            continue
        figures = operand.candidate.reading.figures[operand.candidate.clause.index]
        return [
            o for f in figures if re.match("[金银铜]", (o := Operand(operand.candidate, f)).clause[o.quantity.end :])
        ]
    return []


def _asked_unit(operands: Operands) -> str:
    m = re.search(r"多少(枚|块|个)|几(枚|块|个)", operands.text)
    return (m[1] or m[2]) if m else "枚"


def apart(operands: Operands) -> Computation | None:
    """How far apart two things are."""
    things = listed(operands)
    found = _each(operands, things) if len(things) == 2 else []
    if len(found) != 2 or not found[0].counts_alike(found[1]):
        return None
    one, other = found
    names = (shorten(one.name), shorten(other.name))
    return _apart(one, other, names if names[0] != names[1] else (things[0].text, things[1].text))


def _apart(one: Operand, other: Operand, names: tuple[str, str]) -> Computation:
    unit = common_unit((one, other))
    a, b = scaled(one, unit), scaled(other, unit)
    more, less = (one, other) if a >= b else (other, one)
    first, second = names if a >= b else names[::-1]
    shown = "个百分点" if unit == "%" else unit
    said = f"{first}{_of(more)}比{second}{_of(less)}{_comparative(more)}{about((one, other))}{plain(abs(a - b))}{shown}"
    return declared(said, "", difference(max(a, b), min(a, b)), shown, (more, less))


def _of(operand: Operand) -> str:
    """Return a value as it stands in a comparison: "442.1亿元", "增长5.6%"."""
    if operand.figure.aspect != Aspect.YEAR_ON_YEAR.value:
        return spoken(operand)
    moved = "增长" if operand.figure.value >= 0 else "下降"
    return f"{moved}{plain(abs(operand.figure.value))}{operand.figure.unit}"


def _comparative(operand: Operand) -> str:
    return "高" if operand.dimension in (Dimension.PERCENT, Dimension.CONCENTRATION) else "多"


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
        same = a.figure.status == b.figure.status
        return _apart(a, b, (f"{a.figure.region}{a.name}", b.figure.region)) if same else None
    if a.name != b.name or a.figure.period == b.figure.period:
        return None
    return _apart(a, b, (f"{a.figure.period}{shorten(a.name)}", b.figure.period))


def share(operands: Operands) -> Computation | None:
    """What part of a whole a thing is, where the report does not say so itself."""
    roles = part_and_whole(operands)
    if roles is None or _states_share(operands, *roles):
        return None
    part, whole = roles
    wholes = [o for o in _of_thing(operands, whole) if not holder(whole.terms, o)]
    for above in wholes[:6]:
        for below in _parts(operands, part, above)[:6]:
            if _divides(below, above):
                return _shared(below, above, part, whole)
    return None


def _parts(operands: Operands, part: Thing, whole: Operand) -> list[Operand]:
    """Return what may be a part of `whole`: figures of the thing, or of the place in the same sentence."""
    found = _of_thing(operands, part)
    if not part.place:
        return found
    every = operands.any_of(operands.terms, operands.question.period, stated=operands.question.year_stated)
    return [*(o for o in found if part.place in o.clause), *(o for o in every if _here(part, o, whole)), *found]


def _here(part: Thing, operand: Operand, whole: Operand) -> bool:
    return value(operand) and part.place in operand.clause and operand.same_sentence(whole)


def _divides(part: Operand, whole: Operand) -> bool:
    """Whether one figure may be a part of the other: of one measure, time and status, and smaller."""
    same = part.figure.period == whole.figure.period and part.figure.status == whole.figure.status
    distinct = (part.figure.start, part.candidate.reading.report.id) != (
        whole.figure.start,
        whole.candidate.reading.report.id,
    )
    return same and distinct and not is_ratio(part) and part.counts_alike(whole) and 0 < part.base < whole.base


def _shared(part: Operand, whole: Operand, one: Thing, all_: Thing) -> Computation:
    unit = common_unit((part, whole))
    result = rounded(part.base / whole.base * 100, Decimal("0.1"))
    formula = f"{plain(scaled(part, unit))} ÷ {plain(scaled(whole, unit))} × 100% ≈ {plain(result)}%"
    names = [shorten(part.name), shorten(whole.name)]
    if one.place:
        names[0] = one.place
    elif names[0] == names[1]:  # "“服务包”企业地方级财政收入": its holder tells it from the whole
        names[0] = f"{part.figure.scope}{names[0]}" if part.figure.scope else one.text
    if all_.frame:
        names[1] = f"{all_.frame}{names[1]}"
    said = f"{names[0]}约占{names[1]}的{plain(result)}%"
    return declared(said, f":{spoken(part)}、{spoken(whole)}", formula, "%", (part, whole))


_is_share = has_aspect(Aspect.SHARE)


def _states_share(operands: Operands, part: Thing, whole: Thing) -> bool:
    """Whether the report tells the share itself: "新能源车占汽车销量的比重达40%"."""
    for operand in operands.asked(part.terms, _is_share):
        told = operand.around
        if (not part.place or part.place in told) and all(
            any(form in told for form in t.forms) for t in whole.terms if t.critical
        ):
            return True
    return False


def multiple(operands: Operands) -> Computation | None:
    """How many times one thing is the other: "出口是进口的几倍"."""
    m = _TIMES.search(operands.text)
    things = [_named(operands, m["one"]), _named(operands, m["other"])] if m else []
    if not all(thing.terms for thing in things) or not things:
        return None
    if any(has_aspect(Aspect.VALUE)(o) for o in operands.asked(operands.terms, _is_times)):
        return None
    found = _each(operands, things)
    if len(found) != 2 or not _comparable(*found) or found[1].base <= 0:
        return None
    one, other = found
    unit = common_unit(found)
    result, sign = quotient(scaled(one, unit), scaled(other, unit))
    formula = f"{plain(scaled(one, unit))} ÷ {plain(scaled(other, unit))} {sign} {plain(result)}"
    said = (
        f"{shorten(one.name)}{spoken(one)}{about(found, sign)}为{shorten(other.name)}{spoken(other)}的{plain(result)}倍"
    )
    return declared(said, "", formula, "倍", (one, other))


# "出口是进口的几倍", "出口相当于进口的多少倍"
_TIMES = re.compile(r"^(?P<one>.+?)(?:是|为|相当于|达到)(?P<other>.+?)的?(?:多少|几)倍")


def _is_times(operand: Operand) -> bool:
    return operand.dimension is Dimension.TIMES


def _comparable(one: Operand, other: Operand) -> bool:
    """Counts of different things may be set against each other, amounts of different measures not."""
    return one.dimension is other.dimension and not is_ratio(one)


def _named(operands: Operands, text: str) -> Thing:
    return Thing(text, tuple(t for t in operands.terms if t.text in text.lower()))


def _of_thing(operands: Operands, thing: Thing, fits: Callable[[Operand], bool] = value) -> list[Operand]:
    question = operands.question
    found = operands.of(thing.terms, fits, beside=thing.beside, period=question.period, stated=question.year_stated)
    return [o for o in found if fits_place(thing, o)]


def _each(operands: Operands, things: Sequence[Thing]) -> list[Operand]:
    """Return the figure of each thing, [] where one has none or two have the same."""
    growth = Aspect.YEAR_ON_YEAR in operands.question.aspects and not _AMOUNT.search(operands.text)
    fits = has_aspect(Aspect.YEAR_ON_YEAR) if growth else value
    found: list[Operand] = []
    for thing in things:
        taken = {(o.figure.passage_id, o.figure.start) for o in found}
        left = [o for o in _of_thing(operands, thing, fits) if (o.figure.passage_id, o.figure.start) not in taken]
        left = [o for o in left if _fits_hole(operands, o)]
        if found:  # what is set beside another is of its time and measure
            left = [o for o in left if _beside(o, found[0])]
        if not left:
            return []
        found.append(left[0])
    return found


# "增加了多少亿元": an amount is asked for, not a rate
_AMOUNT = re.compile(r"多少[万亿]*[元吨亩个家户人]|多少万|多少亿")


def _fits_hole(operands: Operands, operand: Operand) -> bool:
    asked = operands.question.hole.dimension
    if asked in (None, Dimension.PERCENT, Dimension.POINTS, Dimension.TIMES):
        return True
    return operand.dimension is asked


def _beside(one: Operand, other: Operand) -> bool:
    periods = {one.figure.period, other.figure.period} - {""}
    return one.figure.status == other.figure.status and one.dimension is other.dimension and len(periods) < 2
