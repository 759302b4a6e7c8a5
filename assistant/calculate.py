"""Declared calculations over figures of the reports: gap, sum, difference, ratio, share, last year's value, total.

Every operand is a figure with its own citation, or a number that the question gives and a figure confirms; the
formula is part of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.compose import Statement, statement
from assistant.evidence import Candidate
from assistant.question import Hole, Kind, Question, Term
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.quantities import Dimension, Quantity, quantities, split_unit, unit_dimension, unit_size
from ingest.language.statuses import Status
from ingest.report import Figure

Ask = Callable[[Question], Sequence[Candidate]]
"""Ranks the candidates of a question over the passages already found, those that fit only."""


@dataclass(frozen=True, slots=True)
class Computation:
    """A result with its formula; `operands` pair each number as it stands in the formula with its statement."""

    text: str
    formula: str
    unit: str
    operands: tuple[tuple[Decimal, str, Statement], ...]


@dataclass(frozen=True, slots=True)
class _Operand:
    candidate: Candidate
    figure: Figure

    @property
    def base(self) -> Decimal:
        return self.figure.value * unit_size(self.figure.unit)


def compute(question: Question, ask: Ask) -> Computation | None:
    """Return the calculation that the question asks for, None where it asks for none or an operand is missing."""
    if set(question.aspects) - {Aspect.SHARE, Aspect.COMPLETION, Aspect.YEAR_ON_YEAR, Aspect.AGAINST_AVERAGE}:
        return None
    text = fold(question.standalone)
    for cue, method in _METHODS:
        if cue.search(text) and (found := method(question, text, ask)) is not None:
            return found
    return None


def _gap(question: Question, text: str, ask: Ask) -> Computation | None:
    """What is left of a target: target - actual."""
    done, goal = _done_and_goal(question, ask, quantities(text))
    if done is None or goal is None:
        return None
    unit = _finer(done.figure.unit, goal.figure.unit)
    a, b = goal.base / unit_size(unit), done.base / unit_size(unit)
    if a < b:
        return _result(f"{done.figure.indicator}已超过目标", a, "-", b, unit, (goal, done), b - a, flip=True)
    return _result(f"{done.figure.indicator}还差", a, "-", b, unit, (goal, done), a - b)


def _last_year(question: Question, text: str, ask: Ask) -> Computation | None:
    """The value a year before, from the value and its growth: value / (1 + growth)."""
    if not _BACKWARDS.search(text) and ask(replace(question, kind=Kind.FIGURE)):
        return None  # the report says it itself
    changes = ask(replace(question, aspects=(Aspect.YEAR_ON_YEAR,), period=None, hole=Hole()))
    growth = _first(changes, lambda f: f.aspect == Aspect.YEAR_ON_YEAR.value)
    value = _value(replace(question, aspects=(), target=False, period=None, status=None, hole=_no_unit(question)), ask)
    if growth is None or value is None or growth.candidate.clause.subject != value.candidate.clause.subject:
        return None
    if growth.figure.unit == value.figure.unit:
        return _before_change(question, value, growth)
    result = value.figure.value / (1 + growth.figure.value / 100)
    rounded = _rounded(result, value.figure.value)
    sign = "+" if growth.figure.value >= 0 else "-"
    formula = f"{_plain(value.figure.value)} ÷ (1 {sign} {_plain(abs(growth.figure.value))}%) ≈ {_plain(rounded)}"
    said = f"按增速倒推,上年同期{value.figure.indicator}约{_plain(rounded)}{value.figure.unit}({formula})"
    return Computation(said, formula, value.figure.unit, _cited(question, (value, growth)))


_BACKWARDS = re.compile(r"倒推|反推|推算|折算")


def _before_change(question: Question, value: _Operand, change: _Operand) -> Computation:
    """The value a year before, from the value and how much it changed: "优良天数138天,同比增加15天"."""
    result = value.figure.value - change.figure.value
    sign = "-" if change.figure.value >= 0 else "+"
    formula = f"{_plain(value.figure.value)} {sign} {_plain(abs(change.figure.value))} = {_plain(result)}"
    said = f"上年同期{value.figure.indicator}{_plain(result)}{value.figure.unit}({formula})"
    return Computation(said, formula, value.figure.unit, _cited(question, (value, change)))


def _is_percent(figure: Figure) -> bool:
    return figure.unit == "%"


def _total(question: Question, text: str, ask: Ask) -> Computation | None:
    """The whole of which a share is done: value / completion."""
    rate = _first(ask(replace(question, aspects=(Aspect.COMPLETION,), hole=Hole())), _is_percent)
    value = _value(replace(question, aspects=(), target=False), ask)
    if rate is None or value is None or not rate.figure.value or rate.candidate.reading is not value.candidate.reading:
        return None
    result = _rounded(value.figure.value / rate.figure.value * 100, value.figure.value)
    formula = f"{_plain(value.figure.value)} ÷ {_plain(rate.figure.value)}% ≈ {_plain(result)}"
    said = f"按完成进度推算,总数约{_plain(result)}{value.figure.unit}({formula})"
    return Computation(said, formula, value.figure.unit, _cited(question, (value, rate)))


def _sum(question: Question, text: str, ask: Ask) -> Computation | None:
    """The sum of the things that the question lists."""
    found = _each(question, text, ask)
    if len(found) < 2 or len({unit_dimension(o.figure.unit) for o in found}) > 1:
        return None
    unit = found[0].figure.unit
    for operand in found[1:]:
        unit = _finer(unit, operand.figure.unit) if unit_size(operand.figure.unit) != unit_size(unit) else unit
    values = [o.base / unit_size(unit) for o in found]
    formula = f"{' + '.join(map(_plain, values))} = {_plain(sum(values, Decimal(0)))}"
    said = f"合计{_plain(sum(values, Decimal(0)))}{unit}({formula})"
    return Computation(said, formula, unit, _cited(question, found))


def _difference(question: Question, text: str, ask: Ask) -> Computation | None:
    """How far apart two things are."""
    found = _two_periods(question, ask) if question.base else _each(question, text, ask)
    if len(found) != 2 or unit_dimension(found[0].figure.unit) is not unit_dimension(found[1].figure.unit):
        return None
    unit = _finer(found[0].figure.unit, found[1].figure.unit)
    a, b = (o.base / unit_size(unit) for o in found)
    more, less = (found[0], found[1]) if a >= b else (found[1], found[0])
    if found[0].figure.unit == "%":
        unit = "个百分点"
    names = [o.figure.period if question.base else o.figure.indicator for o in (more, less)]
    label = f"{names[0]}比{names[1]}多"
    return _result(label, max(a, b), "-", min(a, b), unit, (more, less), abs(a - b))


def between(one: Statement, other: Statement) -> Computation | None:
    """Return how far apart the figures of two statements are, one of each place; None where they cannot be compared."""
    a, b = one.candidate.figure, other.candidate.figure
    if a is None or b is None or unit_dimension(a.unit) is not unit_dimension(b.unit) or a.region == b.region:
        return None
    unit = _finer(a.unit, b.unit)
    values = {f.region: f.value * unit_size(f.unit) / unit_size(unit) for f in (a, b)}
    more, less = (a, b) if values[a.region] >= values[b.region] else (b, a)
    gap = values[more.region] - values[less.region]
    shown = "个百分点" if unit == "%" else unit
    formula = f"{_plain(values[more.region])} - {_plain(values[less.region])} = {_plain(gap)}"
    said = f"{more.region}{more.indicator}比{less.region}多{_plain(gap)}{shown}({formula})"
    used = (one, other) if more is a else (other, one)
    return Computation(
        said, formula, shown, tuple((f.value, f.unit, s) for f, s in zip((more, less), used, strict=True))
    )


DIFFERENCE = re.compile(r"相差|差距|差额|差多少|[多少高低]出?(?:了)?(?:多少|几)")


def _two_periods(question: Question, ask: Ask) -> list[_Operand]:
    """Return the value in the period asked for and in the one compared with."""
    asked = replace(question, aspects=(), wide=False, hole=_no_unit(question))
    spans = (question.period, question.base)
    found = [_value(replace(asked, period=span, periods=()), ask) for span in spans if span is not None]
    return [o for o in found if o is not None]


def _share(question: Question, text: str, ask: Ask) -> Computation | None:
    """What part of a whole a thing is, where the report does not say so itself."""
    if _first(ask(replace(question, aspects=(Aspect.SHARE, Aspect.COMPLETION), hole=Hole())), _is_percent) is not None:
        return None
    found = _each(question, text, ask)
    if (
        len(found) != 2
        or not found[1].base
        or unit_dimension(found[0].figure.unit) is not unit_dimension(found[1].figure.unit)
    ):
        return None
    share = _rounded(found[0].base / found[1].base * 100, Decimal("0.1"))
    unit = _finer(found[0].figure.unit, found[1].figure.unit)
    a, b = (_plain(o.base / unit_size(unit)) for o in found)
    formula = f"{a} ÷ {b} × 100% ≈ {_plain(share)}%"
    said = f"{found[0].figure.indicator}约占{found[1].figure.indicator}的{_plain(share)}%({formula})"
    return Computation(said, formula, "%", _cited(question, found))


def _ratio(question: Question, text: str, ask: Ask) -> Computation | None:
    """How much of one thing comes on each of another: "平均每家企业", "每1元撬动多少元"."""
    given = [q for q in quantities(text) if q.value > 1]
    per = re.search(r"每一?1?(?P<unit>[家户个人元亩套辆件名场次项条])", text)
    plain = replace(question, aspects=(), target=False, hole=Hole())
    ranked = [c for c in ask(plain) if c.figure is not None]
    counted = ask(replace(plain, terms=tuple(t for t in question.terms if not t.indicator)))
    ranked += [c for c in counted if c.figure is not None]
    below = next(
        (o for c in ranked if (o := _operand(c)) and _denominates(o.figure, per["unit"] if per else "", given)), None
    )
    if below is None or not below.figure.value:
        return None
    above = next(
        (o for c in ranked if (o := _operand(c)) and _numerates(o, below, question.hole.dimension)),
        None,
    )
    if above is None:
        return None
    money = unit_dimension(below.figure.unit) is Dimension.MONEY
    unit = split_unit(above.figure.unit)[1]
    result = above.base / below.base
    scale, shown = (Decimal(10000), f"万{unit}") if result >= 100000 else (Decimal(1), unit)
    rounded = _rounded(result / scale, Decimal("0.1"))
    lower = f"{_plain(below.base / 10000)}万" if below.base >= 100000 else _plain(below.base)
    upper = f"{_plain(above.base / 10000)}万" if above.base >= 100000 else _plain(above.base)
    formula = f"{upper} ÷ {lower} ≈ {_plain(rounded)}{'万' if scale > 1 else ''}"
    each = "每1元" if money else f"平均每{split_unit(below.figure.unit)[1]}"
    return Computation(f"{each}约{_plain(rounded)}{shown}({formula})", formula, shown, _cited(question, (above, below)))


def _denominates(figure: Figure, unit: str, given: Sequence[Quantity]) -> bool:
    if unit in ("", "元"):
        least = min(given, key=lambda q: q.base, default=None)
        return least is not None and least.base == figure.value * unit_size(figure.unit)
    return unit != "" and split_unit(figure.unit)[1] == unit and figure.aspect == Aspect.VALUE.value


def _numerates(one: _Operand, below: _Operand, dimension: Dimension | None) -> bool:
    if one.figure == below.figure or one.figure.aspect != Aspect.VALUE.value:
        return False
    same = (
        one.candidate.reading is below.candidate.reading
        and one.candidate.clause.sentence == below.candidate.clause.sentence
    )
    return same and (dimension is None or unit_dimension(one.figure.unit) is dimension)


def _completion(question: Question, text: str, ask: Ask) -> Computation | None:
    """What part of a target is reached, where the report does not say so itself."""
    if _first(ask(replace(question, aspects=(Aspect.COMPLETION,), target=False, hole=Hole())), _is_percent) is not None:
        return None
    done, goal = _done_and_goal(replace(question, hole=Hole()), ask)
    if done is None or goal is None or not goal.base:
        return None
    unit = _finer(done.figure.unit, goal.figure.unit)
    a, b = (_plain(o.base / unit_size(unit)) for o in (done, goal))
    share = _rounded(done.base / goal.base * 100, Decimal("0.1"))
    formula = f"{a} ÷ {b} × 100% ≈ {_plain(share)}%"
    said = f"{done.figure.indicator}约完成目标的{_plain(share)}%({formula})"
    return Computation(said, formula, "%", _cited(question, (done, goal)))


def _done_and_goal(
    question: Question, ask: Ask, given: Sequence[Quantity] = ()
) -> tuple[_Operand | None, _Operand | None]:
    """Return what is done and the target of the same thing, the target of the value `given` where there is one."""
    done = _value(replace(question, target=False, aspects=(), status=Status.DONE, hole=_no_unit(question)), ask)
    if done is None or done.figure.status != Status.DONE.value:
        return None, None
    same = unit_dimension(done.figure.unit)
    given = [q for q in given if (q.dimension is same or q.unit in ("亿", "万亿", "万")) and q.value]
    wanted = replace(
        question, target=True, aspects=(), status=Status.PLANNED, hole=_no_unit(question), period=None, periods=()
    )
    goal = _first(
        ask(wanted),
        lambda f: (
            f.status != Status.DONE.value
            and unit_dimension(f.unit) is same
            and f != done.figure
            and (not given or f.value * unit_size(f.unit) == given[0].base)
        ),
    )
    return done, goal


_METHODS: tuple[tuple[re.Pattern[str], Callable[[Question, str, Ask], Computation | None]], ...] = (
    # "完成了任务的百分之几", "完成全年目标的几成"
    (
        re.compile(
            r"(?:完成|达到|实现|占)[^,。]{0,10}(?:任务|目标|计划|全年)[^,。]{0,6}(?:百分|几成|比例|多少%)|完成率|完成比例"
        ),
        _completion,
    ),
    # "还差多少", "离目标差多少", "缺口"
    (
        re.compile(
            r"还[差剩缺得要需]|缺口|超额.{0,6}(?:多少|几)|超出?.{0,4}(?:任务|目标).{0,4}(?:多少|几)|剩(?:下|余)?(?:多少|几)|[离距].{1,14}差|差.{0,4}(?:完成|达到)"
        ),
        _gap,
    ),
    # "去年同期是多少", "按增速倒推"
    (
        re.compile(
            r"倒推|反推|推算|折算|(?:去年|上年).{0,16}(?:大概|大约|算)|(?:去年|上年)同期.{0,14}(?:多少|几)(?!.{0,4}(?:增|降))"
        ),
        _last_year,
    ),
    (
        re.compile(
            r"(?:总数|总量|总共|一共|总任务|全部|总计).{0,20}(?:推|算|估)|(?:推|算|估).{0,10}(?:总数|总量|总共|一共|总任务)"
        ),
        _total,
    ),
    (re.compile(r"(?:多少|几)倍|平均每|每一?1?[家户个人元亩套辆件名场次项条].{0,10}(?:多少|几)|人均|户均"), _ratio),
    (re.compile(r"合计|合起来|加上|件数加|总共|一共|加起来|之和|总和|总计|加在一起|相加|共(?:有)?多少|共计"), _sum),
    (re.compile(r"相差|差距|差额|减去|减掉|差多少|[多少高低]出?(?:了)?(?:多少|几)|多几|少几|高几|低几"), _difference),
    (re.compile(r"占.{0,16}(?:多少|比重|比例|百分|几成|份额|多大)"), _share),
)


def _each(question: Question, text: str, ask: Ask) -> list[_Operand]:
    """Return the value of each thing that the question lists, [] where one of them has none."""
    items = _items(text)
    if len(items) < 2:
        return []
    owned = [[t for t in question.terms if t.text in item] for item in items]
    shared = [t for t in question.terms if not any(t in own for own in owned)]
    if not all(owned):
        return []
    found: list[_Operand] = []
    for own in owned:
        last = [t for t in owned[-1] if t not in own and not t.indicator and not _is_name(t)]
        asked = replace(
            question, terms=(*own, *shared, *last), aspects=(), hole=_no_unit(question), wide=False, both=False
        )
        operand = _value(asked, ask, exclude=[o.figure for o in found], own=own)
        if operand is None:
            return []
        found.append(operand)
    return found


def _is_name(term: Term) -> bool:
    return term.critical and term.weight > 0.95


def _items(text: str) -> list[str]:
    """Return the things listed in a question: "粮食、大豆、蔬菜三项合计" -> ["粮食", "大豆", "蔬菜三项"]."""
    head = re.split(r"合计|总共|一共|加起来|之和|总和|总计|加在一起|相加|共计|相差|差距|[,,?？:：]", text)[0]
    head = re.sub(r"在(?=.{2,24}占)", "、", head)
    head = re.sub(r"(?:里|中|当中|里面)占", "占", head)
    for mark in (r"减去|减掉|扣除", r"[、]|和|与|及|加上|件数加|跟", r"比(?!例|重|上年|去年)", r"占"):
        items = [i for i in re.split(mark, head) if len(i.strip()) > 1]
        if len(items) > 1:
            return items
    return []


def _value(question: Question, ask: Ask, exclude: Sequence[Figure] = (), own: Sequence[Term] = ()) -> _Operand | None:
    question = replace(question, kind=Kind.FIGURE)
    values = (Aspect.VALUE.value, Aspect.TARGET.value)
    for operand in _operands(ask(question)):
        near = " ".join((operand.figure.indicator, operand.candidate.clause.text)).lower()
        named = not own or any(f in near for t in own for f in t.forms)
        if operand.figure.aspect in values and operand.figure not in exclude and named:
            return operand
    return None


def _operands(ranked: Sequence[Candidate]) -> Iterator[_Operand]:
    for candidate in ranked:
        if operand := _operand(candidate):
            yield operand


def _operand(candidate: Candidate) -> _Operand | None:
    return _Operand(candidate, candidate.figure) if candidate.figure is not None else None


def _first(ranked: Sequence[Candidate], fits: Callable[[Figure], bool]) -> _Operand | None:
    return next((o for o in _operands(ranked) if fits(o.figure)), None)


def _no_unit(question: Question) -> Hole:
    """A gap in 亩 may stand between 万亩 and 亩: only the dimension is asked for."""
    return replace(question.hole, unit="", noun="") if question.hole.dimension is not Dimension.PERCENT else Hole()


def _finer(one: str, other: str) -> str:
    return one if unit_size(one) <= unit_size(other) else other


def _result(
    label: str,
    a: Decimal,
    sign: str,
    b: Decimal,
    unit: str,
    used: Sequence[_Operand],
    value: Decimal,
    flip: bool = False,
) -> Computation:
    first, second = (b, a) if flip else (a, b)
    formula = f"{_plain(first)} {sign} {_plain(second)} = {_plain(value)}"
    return Computation(f"{label}{_plain(value)}{unit}({formula})", formula, unit, _cited(None, used))


def _cited(question: Question | None, used: Sequence[_Operand]) -> tuple[tuple[Decimal, str, Statement], ...]:
    asked = question or Question("", "", Kind.FIGURE)
    return tuple((o.figure.value, o.figure.unit, statement(asked, o.candidate)) for o in used)


def _rounded(value: Decimal, like: Decimal) -> Decimal:
    """Round to the decimals of `like`."""
    return value.quantize(Decimal(1).scaleb(min(0, int(like.as_tuple().exponent))), ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    """Return a Decimal without exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
