"""The working of a declared calculation, checked: operands traced, the formula worked out again, the words before the
result held against the operands' own values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Calculation, Operand
from assistant.formula import Formula, FormulaError, Number, parse
from assistant.tracing import Fault, Proof, Slot
from assistant.tracing import Number as Cited
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.language.periods import parse_label
from ingest.language.quantities import Quantity, quantities
from ingest.language.statuses import Status
from ingest.language.units import split_unit, unit_size


def declares(sentence: str, calculation: Calculation) -> bool:
    """Whether a sentence is the one that declares the calculation: its formula stands in it."""
    return _bare(calculation.formula) in _bare(sentence)


def without_working(sentence: str, calculation: Calculation) -> str:
    """Return a sentence without the formula, the result, the operands and the words of working out: what is left must
    be cited as it is in any other sentence."""
    text = _without_formula(sentence, calculation)
    result = _result_in(text, calculation)
    operands = {(abs(Decimal(o.value)), o.unit) for o in calculation.operands}
    for q in reversed(quantities(text)):
        if (result is not None and q.start == result.start) or (abs(q.value), q.unit) in operands:
            text = text[: q.start] + text[q.end :]
    return _WORKING.sub("", text)


def miscalculated(sentence: str, calculation: Calculation, proofs: Mapping[int, Proof]) -> list[Fault]:
    """Return what is wrong with the calculation and with the sentence that declares it, [] where all of it holds."""
    try:
        formula = parse(calculation.formula)
    except FormulaError:
        return [Fault(Slot.CALCULATION, calculation.formula)]
    if not formula.holds:
        return [Fault(Slot.CALCULATION, calculation.formula, f"{formula.computed:f}")]
    cited = _cited(calculation.operands, proofs)
    if lacking := [o for o, c in zip(calculation.operands, cited, strict=True) if c is None]:
        return [Fault(Slot.CALCULATION, f"{o.value}{o.unit}") for o in lacking]
    operands = [c for c in cited if c is not None]
    text = _without_formula(sentence, calculation)
    result = _result_in(text, calculation)
    if result is None or not _made_of(formula, operands, calculation.unit):
        return [Fault(Slot.CALCULATION, text, calculation.formula)]
    told = _Told(text[: result.start], text, _amount(result), formula, operands)
    return [] if told.holds() else [Fault(Slot.CALCULATION, text, calculation.formula)]


def _bare(text: str) -> str:
    return fold(text).replace(" ", "")


def _without_formula(sentence: str, calculation: Calculation) -> str:
    spelled = r"\s*".join(re.escape(c) for c in _bare(calculation.formula))
    return re.sub(rf"\(?{spelled}\)?", "", fold(sentence))


def _result_in(text: str, calculation: Calculation) -> Quantity | None:
    """Return where the result of the formula stands in the sentence around it, in the unit declared."""
    shown = re.search(r"\d+(?:\.\d+)?", re.split("[=≈]", fold(calculation.formula))[-1])
    return next(
        (q for q in quantities(text) if shown and abs(q.value) == Decimal(shown[0]) and q.unit == calculation.unit),
        None,
    )


def _cited(operands: Sequence[Operand], proofs: Mapping[int, Proof]) -> list[Cited | None]:
    """Return the figure that each operand is, in the stretch that it cites; no figure is two operands."""
    found: list[Cited | None] = []
    for operand in operands:
        proof = proofs.get(operand.citation)
        value = Decimal(operand.value)
        same = (n for n in (proof.numbers if proof else ()) if (n.figure.value, n.figure.unit) == (value, operand.unit))
        found.append(next((n for n in same if not any(c is not None and _is_same(n, c) for c in found)), None))
    return found


def _is_same(one: Cited, other: Cited) -> bool:
    return (one.figure.passage_id, one.figure.start) == (other.figure.passage_id, other.figure.start)


def _made_of(formula: Formula, operands: Sequence[Cited], unit: str) -> bool:
    """Whether the numbers of a formula are the operands, each once, in their own unit, in a plain one or in `unit`; the
    years between two of them may be counted."""
    left, years = list(operands), str(_years_between(operands) or 1)
    for _, number in formula.numbers:
        found = next((c for c in left if _is_of(number, c, unit)), None)
        if found is not None:
            left.remove(found)
        elif not (number.text in ("1", years) or (number.text == "100" and number.percent)):
            return False
    return not left


def _years_between(operands: Sequence[Cited]) -> int:
    """Return how many years lie between two figures, 0 where that is not told."""
    ends = [_end(c) for c in operands]
    return abs(ends[0] - ends[1]) if len(ends) == 2 and all(ends) else 0


def _end(cited: Cited) -> int:
    """Return the year that a figure's period ends in, 0 where none is told."""
    period = parse_label(cited.figure.period)
    return period.last // 12 if period is not None else 0


def _is_of(number: Number, cited: Cited, unit: str) -> bool:
    value, own = abs(cited.figure.value), cited.figure.unit
    if number.percent:
        return own == "%" and Decimal(number.text) == value
    sizes = {unit_size(own), unit_size(split_unit(own)[1]), unit_size(unit), Decimal(1)}
    return any(number.amount * size == value * unit_size(own) for size in sizes)


def _amount(quantity: Quantity) -> Decimal:
    """Return a result in base units; percentage points are percent."""
    return abs(quantity.value) * unit_size(quantity.unit)


def _base(cited: Cited) -> Decimal:
    return cited.figure.value * unit_size(cited.figure.unit)


def _is_planned(cited: Cited) -> bool:
    return cited.figure.status != Status.DONE.value or cited.figure.aspect == Aspect.TARGET


def _is_change(cited: Cited) -> bool:
    return cited.figure.aspect == Aspect.YEAR_ON_YEAR or bool(_VERB.search(cited.before))


# "增产3877万吨": a change that its verb alone tells
_VERB = re.compile(r"(?:增产|增收|增支|减产|减收|净增|多收)$")
_LESSENED = re.compile(r"(?:减产|减收)$")


# "平均每家", "每1元", "上年同期", "本期"
_WORKING = re.compile(r"(?:平均)?每一?1?[\u4e00-\u9fff]|(?:上年|去年)同期|本期")
# "固定资产投资442.1亿元比建安投资161.8亿元多"
_MORE = re.compile(r"^(?P<one>.+?)比(?!重|例)(?P<other>.+)(?P<way>[多少高低])$")
# "增速甲省与乙省相同,相差"
_EQUAL = re.compile(r"与.+相同,相差$")
# "建安投资约占固定资产投资的", "出口12亿元约为进口4亿元的"
_PART = re.compile(r"^(?P<one>.+?)占(?P<other>.+)的$")
_TIMES = re.compile(r"^(?P<one>.+?)为(?P<other>.+)的$")
# "生产总值2025年比2020年约增长"
_GREW = re.compile(r"^(?P<one>.+?)比(?!重|例)(?P<other>.+)(?P<way>增长|下降)$")
# "生产总值2020年到2025年年均增加"
_YEARLY = re.compile(r"年均(?P<way>增加|减少)$")
_LEFT = re.compile(r"还差|还剩|还需|还要|尚差|缺口")
_PASSED = re.compile(r"超过|超额|超出")
_SUM = re.compile(r"合计|共计|总计|总和|之和|一共")
_REACHED = re.compile(r"(?:完成|达到|实现).{0,4}(?:目标|任务|计划)的")
_BACKWARDS = re.compile(r"上年同期|去年同期")
_WHOLE = re.compile(r"总数|总量")
_EACH = re.compile(r"平均每|每一?1?[\u4e00-\u9fff]")
# "按此推算,全市工业总产值同比下降"
_PACE = re.compile(r"全[市省国区].*(?P<way>增长|下降)$")
_BELOW = re.compile(r"(?:低|慢|少|差)于|落后")


@dataclass(frozen=True)
class _Told:
    """What a sentence says that it works out: `label` stands before the result, `amount` is the result."""

    label: str
    text: str
    amount: Decimal
    formula: Formula
    operands: Sequence[Cited]

    def holds(self) -> bool:
        """Whether the relation that the label tells gives the result, by the operands' own values; a label that tells
        none does not hold."""
        label = re.sub("约$", "", self.label.strip())
        if self._strange_indicator() or self._misplaced():
            return False
        return next((holds(label) for cue, holds in self._relations() if cue.search(label)), False)

    def _relations(self) -> Iterator[tuple[re.Pattern[str], Callable[[str], bool]]]:
        yield _SUM, lambda _: self._is(sum(map(_base, self.operands), Decimal(0)))
        if len(self.operands) != 2:
            return
        yield _LEFT, lambda _: self._is_gap(1)
        yield _PASSED, lambda _: self._is_gap(-1)
        yield _REACHED, lambda _: self._is_reached()
        yield _BACKWARDS, lambda _: self._is_before()
        yield _WHOLE, lambda _: self._is_whole()
        yield _EQUAL, lambda _: len({_base(c) for c in self.operands}) == 1 and self._is(Decimal(0))
        yield _GREW, self._is_growth
        yield _YEARLY, self._is_yearly
        yield _MORE, self._is_more
        yield _PART, lambda label: self._is_part(label, _PART)
        yield _TIMES, lambda label: self._is_part(label, _TIMES)
        yield _EACH, lambda _: self._is_each()
        yield _PACE, self._is_pace

    def _is(self, result: Decimal) -> bool:
        return result == self.amount

    def _computes(self, result: Decimal) -> bool:
        """Whether the formula, which holds, is this quotient."""
        return abs(self.formula.computed - result) <= abs(result) / 10**9

    def _is_gap(self, way: int) -> bool:
        goals = [c for c in self.operands if _is_planned(c)]
        reached = [c for c in self.operands if not _is_planned(c)]
        return len(goals) == len(reached) == 1 and self._is(way * (_base(goals[0]) - _base(reached[0])))

    def _is_reached(self) -> bool:
        goals = [c for c in self.operands if _is_planned(c)]
        reached = [c for c in self.operands if not _is_planned(c)]
        return len(goals) == len(reached) == 1 and self._computes(_base(reached[0]) / _base(goals[0]))

    def _is_before(self) -> bool:
        now, change = sorted(self.operands, key=_is_change)
        if not _is_change(change) or _is_change(now):
            return False
        if change.figure.unit == "%":
            return self._computes(now.figure.value / (1 + change.figure.value / 100))
        step = _base(change) * (-1 if _LESSENED.search(change.before) else 1)
        return self._computes((_base(now) - step) / self._base_of_result())

    def _is_whole(self) -> bool:
        part, rate = sorted(self.operands, key=lambda c: c.figure.unit == "%")
        told = rate.figure.aspect in (Aspect.COMPLETION, Aspect.SHARE)
        return told and self._computes(part.figure.value / rate.figure.value * 100)

    def _is_more(self, label: str) -> bool:
        m = _MORE.search(label)
        if m is None:
            return False
        named = self._named(m["one"], m["other"])
        way = 1 if m["way"] in "多高" else -1
        return named is not None and self._is((_base(named[0]) - _base(named[1])) * way)

    def _is_growth(self, label: str) -> bool:
        m = _GREW.search(label)
        named = self._named(m["one"], m["other"]) if m else None
        if m is None or named is None or not _base(named[1]):
            return False
        return self._computes((_base(named[0]) / _base(named[1]) - 1) * (1 if m["way"] == "增长" else -1))

    def _is_yearly(self, label: str) -> bool:
        m, years = _YEARLY.search(label), _years_between(self.operands)
        later, earlier = sorted(self.operands, key=_end, reverse=True)
        way = 1 if m is not None and m["way"] == "增加" else -1
        in_result = self._base_of_result()
        return bool(years) and self._computes((_base(later) - _base(earlier)) * way / years / in_result)

    def _base_of_result(self) -> Decimal:
        """Return what one of the result's unit counts for in base units, as the formula leaves the unit out."""
        return self.amount / self.formula.shown.amount if self.formula.shown.amount else Decimal(1)

    def _is_part(self, label: str, pattern: re.Pattern[str]) -> bool:
        m = pattern.search(label)
        if m is None:
            return False
        named = self._named(m["one"], m["other"])
        return named is not None and bool(_base(named[1])) and self._computes(_base(named[0]) / _base(named[1]))

    def _is_each(self) -> bool:
        one, other = self.operands
        each = _base(other) / unit_size(split_unit(other.figure.unit)[1])
        exact = _base(one) / each
        return abs(exact - self.amount) <= max(self.formula.shown.step, Decimal(1)) / 10

    def _is_pace(self, label: str) -> bool:
        m = _PACE.search(label)
        change, lead = sorted(self.operands, key=lambda c: not _is_change(c))
        if m is None or not _is_change(change) or lead.figure.aspect != Aspect.AGAINST_AVERAGE:
            return False
        ahead = lead.figure.value * (-1 if _BELOW.search(lead.before) else 1)
        return self._is((change.figure.value - ahead) * (1 if m["way"] == "增长" else -1))

    def _named(self, one: str, other: str) -> tuple[Cited, Cited] | None:
        """Return the operands in the order in which two pieces of the label name them, None where the names say one
        order and the values another."""
        first, second = self.operands
        orders = [
            likeness(one, first) + likeness(other, second) - likeness(one, second) - likeness(other, first)
            for likeness in (_name_likeness, _value_likeness)
        ]
        if min(orders) < 0 < max(orders):
            return None
        return (first, second) if sum(orders) >= 0 else (second, first)

    def _strange_indicator(self) -> bool:
        """Whether the sentence names an indicator that the operands' clauses do not."""
        near = " ".join(f"{c.figure.indicator} {c.clause.subject} {c.clause.text}" for c in self.operands)
        return bool({n for *_, n in indicators().find(self.text)} - {n for *_, n in indicators().find(near)})

    def _misplaced(self) -> bool:
        """Whether an operand that the sentence states stands in another's role: "目标442.1亿元,已完成800亿元"."""
        for q in quantities(self.text):
            same = [c for c in self.operands if abs(c.figure.value) == abs(q.value) and c.figure.unit == q.unit]
            before = self.text[: q.start]
            if same and not any(_fits_role(before, c) for c in same):
                return True
        return False


def _fits_role(before: str, cited: Cited) -> bool:
    roles = {
        r"目标$": _is_planned(cited),
        r"(?:已完成|实际)$": not _is_planned(cited),
        r"进度$": cited.figure.unit == "%",
        r"增长$": not _is_change(cited) or cited.figure.value >= 0,
        r"下降$": not _is_change(cited) or cited.figure.value < 0,
        r"高于全.平均$": not _BELOW.search(cited.before),
        r"低于全.平均$": bool(_BELOW.search(cited.before)),
    }
    return all(fits for role, fits in roles.items() if re.search(role, before))


def _name_likeness(words: str, cited: Cited) -> int:
    """Return how much of a figure's indicator, region, scope and period stands in the words."""
    figure = cited.figure
    told = "".join((figure.indicator, figure.region, figure.scope, figure.period))
    return sum(pair in words for pair in {told[i : i + 2] for i in range(len(told) - 1)})


def _value_likeness(words: str, cited: Cited) -> int:
    value = abs(cited.figure.value)
    return int(any(abs(q.value) == value and q.unit == cited.figure.unit for q in quantities(words)))
