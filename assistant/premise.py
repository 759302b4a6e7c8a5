"""What a question takes for granted: a rank, a direction or an amount that a figure confirms or contradicts.

"固投全市第一对吗" and "规上工业产值涨了51%,靠哪些企业" both state something; where the report says otherwise, that
comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.question import Hole, Kind, Question
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.quantities import Quantity, numeral, quantities
from ingest.language.units import Dimension
from ingest.report import Figure


@dataclass(frozen=True, slots=True)
class Premise:
    """`quantity` is the amount or rank stated, `direction` -1, 0 or 1 the change stated, `last` that it be the last."""

    quantity: Quantity | None
    direction: int
    last: bool
    among: Decimal | None = None
    """The rank stated as a bound: "排前三"."""
    bound: int = 0
    """-1 where the amount is stated to be less than `quantity` ("还不到1300亿斤"), 1 where more ("超过1300亿斤")."""

    @property
    def aspect(self) -> Aspect | None:
        """The side of the indicator that the premise speaks of, None where it may be any."""
        if (
            self.last
            or self.among is not None
            or (self.quantity is not None and self.quantity.dimension is Dimension.RANK)
        ):
            return Aspect.RANK
        return Aspect.YEAR_ON_YEAR if self.direction else None


# "全市第一对吗": the rank ends before what asks
_RANKED = re.compile(r"第(?:[一二三四五六七八九十]{1,2}|\d{1,3})(?=[对吗吧是没的么了])")
# "160亿元左右", "大概有160亿元"
_ROUGHLY = re.compile(r"左右|大约|大概|差不多|将近|上下")
# "垫底", "倒数第一", "最后一名"
_LAST = re.compile(r"垫底|倒数|最后一名|末位")
# "以上", "以内": a bound, not a statement
_BOUND = re.compile(r"及?以[上下内]")
# "前三", "前五名"
_AMONG = re.compile(r"前(?P<n>[一二三四五六七八九十]|\d+)(?:名|位|强)?(?!个|年|季|月|期)")
_WORSE = re.compile(r"负增长|缩水|滑坡|暴跌|大跌|骤降|锐减|下滑|下降|减少|降低|回落|下跌|跌|[少降减]了|变少|变差|退步")
_BETTER = re.compile(r"暴涨|大涨|猛增|激增|增长|增加|上升|提高|上涨|提升|[涨多增]了|在涨|变多|变好|进步")
_NOUNS = re.compile(r"负增长|增长率|增长速度|增速|增幅|涨幅|降幅")
# "是涨还是跌", "增还是减": both are named, neither is stated
_OPEN = re.compile(r"还是|或者?|[涨增升]没|是否|多少|几(?!乎)")


def premise_of(question: Question) -> Premise | None:
    """Return what the question states, None where it states nothing that a figure could contradict."""
    text = _RANKED.sub(r"\g<0>。", fold(question.standalone))
    last = bool(_LAST.search(text))
    stated = next((q for q in quantities(text + "。") if _states(question, text, q)), None)
    verbs = _NOUNS.sub(lambda m: m[0] if m[0] == "负增长" else " " * len(m[0]), text)
    falls = max((m.end() for m in _WORSE.finditer(verbs)), default=-1)
    rises = max((m.end() for m in _BETTER.finditer(verbs)), default=-1)
    direction = 0 if max(falls, rises) < 0 else -1 if falls >= rises else 1
    open_change = direction and _OPEN.search(text) and stated is None
    apart = stated is None or stated.start - max(falls, rises) > _NEAR  # "少了15天" states a change, of whatever unit
    if open_change or (stated is not None and stated.dimension not in _CHANGES and apart):
        direction = 0
    if stated is not None and _VALUE_REACHED.search(text[: stated.start]):
        direction = 0  # "提高到了3%" states the value, not the change
    among = _AMONG.search(text)
    most = numeral(among["n"]) if among and stated is None else None
    if stated is None and not direction and not last and most is None:
        return None
    if stated is not None and _ROUGHLY.search(text):
        stated = replace(stated, approximate=True)
    bound = 0
    if stated is not None and stated.dimension is not Dimension.RANK:
        head = text[: stated.start]
        bound = -1 if _LESS.search(head) else 1 if _MORE.search(head) else 0
    return Premise(stated, 0 if most is not None else direction, last, most, bound)


_VALUE_REACHED = re.compile(r"[到至达为]了?(?:近|约|超过?)?$")
# "还不到1300亿斤", "突破10万亿"
_LESS = re.compile(r"(?:不到|不足|没到|没有?达到|未达到?|低于|少于|没超过|没突破|没过)了?$")
_MORE = re.compile(r"(?:超过|突破|高于|多于|不止|不低于|超)了?$")
_NEAR = 2
_CHANGES = (Dimension.PERCENT, Dimension.POINTS)


def _means_thing(question: Question, quantity: Quantity) -> bool:
    """Whether an amount in a question for more than yes or no says which thing is meant ("那10家机构叫什么")."""
    sure = (Dimension.PERCENT, Dimension.POINTS, Dimension.RANK)
    return question.kind is not Kind.YES_NO and quantity.dimension not in sure


def _states(question: Question, text: str, quantity: Quantity) -> bool:
    if quantity.dimension is Dimension.COUNT and (not quantity.unit or not quantity.text[0].isdigit()):
        return False  # "哪两个项目", "三个商圈": what is meant, not a statement
    if _means_thing(question, quantity) and not _VALUE_REACHED.search(text[: quantity.start]):
        return False
    return not _BOUND.match(text, quantity.end) and not _BOUND.search(text[max(0, quantity.start - 1) : quantity.end])


def as_figure(question: Question, premise: Premise) -> Question:
    """Return the question for the figure that would confirm the premise."""
    aspect = premise.aspect
    hole = Hole(premise.quantity.dimension) if premise.quantity is not None and aspect is None else Hole()
    return replace(
        question, kind=Kind.FIGURE, aspects=(aspect,) if aspect is not None else question.aspects, hole=hole, wide=False
    )


def verdict(premise: Premise, figure: Figure) -> bool | None:
    """Return whether the figure confirms (True) or contradicts (False) the premise, None where it does neither."""
    if premise.last:
        return False if figure.aspect == Aspect.RANK.value and figure.value == 1 else None
    if premise.among is not None:
        return abs(figure.value) <= premise.among if figure.aspect == Aspect.RANK.value else None
    if premise.direction and figure.aspect in (Aspect.YEAR_ON_YEAR.value, Aspect.MONTH_ON_MONTH.value):
        if figure.value and (figure.value > 0) is not (premise.direction > 0):
            return False
        return None if premise.quantity is None else _equal(premise.quantity, figure)
    if premise.quantity is None or premise.quantity.unit == "":
        return None
    if premise.bound:
        return _within(premise.quantity, premise.bound, figure)
    same = (premise.quantity.dimension is Dimension.RANK) is (figure.aspect == Aspect.RANK.value)
    return _equal(premise.quantity, figure) if same else None


def _within(quantity: Quantity, bound: int, figure: Figure) -> bool | None:
    """Whether a figure is on the side of `quantity` that is stated, None where it is of another sort."""
    stated = next(iter(quantities(figure.text)), None)
    if stated is None or stated.dimension is not quantity.dimension or figure.aspect == Aspect.RANK.value:
        return None
    difference = abs(stated.base) - abs(quantity.base)
    return difference * bound > 0 or (difference == 0 and bound > 0)


def _equal(quantity: Quantity, figure: Figure) -> bool | None:
    stated = next(iter(quantities(figure.text)), None)
    if figure.aspect == Aspect.RANK.value:
        return abs(figure.value) == quantity.value
    if stated is None or stated.dimension is not quantity.dimension:
        return None
    difference = abs(abs(stated.base) - abs(quantity.base))
    return difference <= abs(stated.base) * (Decimal("0.02") if quantity.approximate else Decimal(0))
