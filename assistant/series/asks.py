"""What is asked of a row of figures: all of them, the highest, those above a bound, how many, in which order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Generic, TypeVar

from assistant.series.bounds import Bounds
from ingest.language.quantities import Quantity, numeral, quantities
from ingest.language.units import Dimension, split_unit, unit_size

T = TypeVar("T")


class Bound(StrEnum):
    """How an amount stands to the one asked for, as answers word it behind or before the number."""

    AT_LEAST = "以上"
    ABOVE = "超过"
    AT_MOST = "以下"
    BELOW = "低于"
    EQUAL = "等于"


# "5万亿", "5.5": a number that names no unit; "5个(点)": what a percentage is called in speech
_BARE = re.compile(r"(?P<n>\d+(?:\.\d+)?)(?P<scale>[十百千万亿]*)(?P<points>个(?:百分点|点)?)?(?P<rough>左右)?")


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound asked for: `value` in base units, `text` as the question writes the number ("5%")."""

    bound: Bound
    value: Decimal
    dimension: Dimension
    text: str

    @property
    def spoken(self) -> str:
        """The bound as an answer words it: "5%以上", "超过6%", "为8%"."""
        if self.bound in (Bound.ABOVE, Bound.BELOW):
            return f"{self.bound}{self.text}"
        return f"{self.text}{self.bound}" if self.bound is not Bound.EQUAL else f"为{self.text}"

    def measured(self, unit: str, dimension: Dimension) -> Limit:
        """Return the bound in what a row of `unit` is measured in, where the question names a number alone: "5万亿" of
        a row in 亿元 is "5万亿元", "5" and "5个点" of one in percent "5%"."""
        plain = split_unit(unit)[1]
        if dimension is self.dimension:
            return self
        number = _BARE.fullmatch(self.text)
        if dimension is Dimension.PERCENT and number is not None and not number["scale"]:
            return replace(self, value=Decimal(number["n"]), dimension=dimension, text=f"{number['n']}%")
        if number is None or number["points"]:
            return self
        text = f"{number['n']}{number['scale']}{plain}{number['rough'] or ''}"
        return replace(self, value=self.value * unit_size(plain), dimension=dimension, text=text)

    def holds(self, amount: Bounds) -> bool | None:
        """Whether an amount keeps the bound; None where that is open: "5%左右" and "4.5%-5%" for "5%以上"."""
        if amount.dimension is not self.dimension:
            return False
        if self.bound is Bound.EQUAL:
            if amount.low == amount.high:
                return amount.main == self.value
            within = (amount.low or amount.main) <= self.value <= (amount.high or amount.main)
            return None if within else False
        upward = self.bound in (Bound.AT_LEAST, Bound.ABOVE)
        strict = self.bound in (Bound.ABOVE, Bound.BELOW)
        near, far = (amount.low, amount.high) if upward else (amount.high, amount.low)
        if amount.rough and amount.main == self.value:
            return None
        if near is not None and _beyond(near, self.value, upward, strict and not amount.strict):
            return True
        if far is None and near is not None:  # "7%以上" is no more than 8%, as far as is said
            return None if near == self.value else False
        return False if far is not None and not _beyond(far, self.value, upward, strict) else None


def _beyond(value: Decimal, limit: Decimal, upward: bool, strict: bool) -> bool:
    if value == limit:
        return not strict
    return (value > limit) is upward


@dataclass(frozen=True, slots=True)
class Ask:
    """`most` is 1 for the highest, -1 for the lowest, `first` how many of them; `least_too` says that the lowest is
    asked for beside the highest; `sort` is 1 from high to low, -1 the other way; `limits` must all hold; `count` says
    that a number of places or years is asked for, `same` whether all are alike."""

    most: int = 0
    least_too: bool = False
    first: int = 1
    sort: int = 0
    limits: tuple[Limit, ...] = ()
    count: bool = False
    same: bool = False

    @property
    def picks(self) -> bool:
        """Whether only some of the row are asked for."""
        return bool(self.most or self.limits)


# "排前三的", "增速最高的5个", "倒数三名", "前十强"
_N = r"(?P<n>[一二两三四五六七八九十]{1,2}|\d{1,2})"
_FIRST = re.compile(
    rf"(?:排名?|位[居列]|进入?)?(?:在|到)?前{_N}(?:名|位|强|的)?(?!年|个月|季)(?:个?(?:省份?|地区|年份))?|[Tt][Oo][Pp]\s?(?P<top>\d{{1,2}})"
)
# "最高的三个省"
_BEST = re.compile(rf"最(?:高|大|多|快)的(?:前)?{_N}个?(?=省|地|市|区|县|年)")
_WORST = re.compile(rf"最(?:低|小|少|慢)的(?:后)?{_N}个?(?=省|地|市|区|县|年)")
_LAST = re.compile(rf"(?:倒数|后|末){_N}(?:名|位)?(?!年|个月|季)|倒数第[一二三1-3]|垫底|末位|排最后")
_MOST = re.compile(
    r"最(?:高|大|多|快|强|猛)|居首|(?:排(?:名|在)?)?第一(?!产业|批|次|季|届)|领跑|领先|拔得?头筹|夺冠|最厉害|最靠前"
)
_LEAST = re.compile(r"最(?:低|小|少|慢|弱)|最靠后")
# "2014年比2013年高还是低"
_OR = re.compile(r"是?更?[高大多快](?:了)?(?:还是|或者?)更?[低小少慢](?:了)?")
# "两年定的一样不一样", "变没变"
_SAME = re.compile(r"(?:是不是|是否)?(?:一样不一样|一不一样|一样|相同|一致|变没变|有没有变(?:化)?|有无变化)(?:吗)?")
# "谁的GDP增速更快", "哪年定得高"
_WHO = r"(?:谁|哪(?:一|个|边|家|年|里)*)[^,。?]{0,12}?(?P<more>更?(?:%s)(?:一?些|一?点)?)(?=$|[?,。呢啊])"
_MORE, _LESS = (re.compile(_WHO % words) for words in ("高|大|多|快", "低|小|少|慢"))
_SORT_DOWN = re.compile(r"从[高大多快]到[低小少慢]|由[高大多快]到[低小少慢]|[降倒]序")
_SORT_UP = re.compile(r"从[低小少慢]到[高大多快]|由[低小少慢]到[高大多快]|升序")
_SORT = re.compile(
    r"(?:帮我?)?(?:来)?(?:排(?:个|一下|一排|一个|列)?(?:序|名|队|座次|位次|一?下)|排(?:出来|一排))(?:表|情况|榜)?|排行榜?|榜单"
)
_COUNT = re.compile(r"(?:一共|总共|共)?有?(?:几|多少)(?:个|次)?(?=省|年|地|市|区|县)")
_CHANGE = re.compile(
    r"(?:是)?(?:怎么|如何|怎样|有(?:什么|哪些|啥))?(?:变化|变的?|演变|变动|起伏)(?:的|情况|过程|吗)?|走势|趋势|轨迹|曲线"
)
# "5%以上", "超过6%", "定在8%", "5%到5.5%之间"
_UP = r"(?:大于等于|不低于|不少于|至少|达到或超过)"
_OVER = r"(?:超过?了?|高于|大于|多于|高过|突破了?)"
_UNDER = r"(?:低于|小于|少于|不到|不足|没到|(?:没有?|未)(?:能)?(?:达到?|到)|跌破|跌至)"
_DOWN = r"(?:小于等于|不超过|不高于|不多于|至多)"
_AT = r"(?:等于|定[在为]|设[在为]|[在为是]|达到?了?|都是)"
_OPENS = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<down>{_DOWN})|(?P<at>{_AT}))(?:约|大约)?\s*$"
)
_CLOSES = re.compile(
    r"(?:(?<=个)(?:百分)?点)?\s*(?:(?P<up>及?以上|之上|或更高)|(?P<down>及?以[下内]|之[下内])|(?P<at>左右|上下)|(?P<between>之间))?"
)


def asked_of(text: str, *, open_axis: bool) -> tuple[Ask, str]:
    """Return what folded `text` asks of a row, and the text without the words that ask it; `open_axis` says that the
    text asks which places or years, so that an amount in it is a bound."""
    ask = Ask()
    if _SORT_UP.search(text) or _SORT_DOWN.search(text) or _SORT.search(text):
        ask = replace(ask, sort=-1 if _SORT_UP.search(text) else 1)
        text = _without(text, _SORT_UP, _SORT_DOWN, _SORT)
    if open_axis and not _UNLIKE.search(text):
        limits, text = _limits(text)
        ask = replace(ask, limits=limits)
    ask, text = _most(ask, text)
    ask = replace(ask, count=_COUNT.search(text) is not None, same=_SAME.search(text) is not None)
    return ask, _without(text, _CHANGE, _SAME)


def _most(ask: Ask, text: str) -> tuple[Ask, str]:
    """Return what is asked with the superlatives of a text, and the text without them."""
    if _MOST.search(text) and _LEAST.search(text):
        ask = replace(ask, most=1, least_too=True)
    for pattern, way in ((_BEST, 1), (_WORST, -1), (_FIRST, 1), (_LAST, -1)):
        if not ask.most and (m := pattern.search(text)):
            named = m.groupdict()
            n = numeral(named.get("n") or named.get("top") or "")
            ask, text = replace(ask, most=way, first=int(n or 1)), _without(text, pattern)
    for pattern, way in ((_MOST, 1), (_LEAST, -1)):
        if pattern.search(text):
            ask, text = replace(ask, most=ask.most or way), _without(text, pattern)
    if _OR.search(text):
        ask, text = replace(ask, most=1), _without(text, _OR)
    for pattern, way in ((_MORE, 1), (_LESS, -1)):
        if not ask.most and (m := pattern.search(text)):
            ask, text = replace(ask, most=way), text[: m.start("more")] + text[m.end("more") :]
    return ask, text


def _without(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        text = pattern.sub("", text)
    return text


# "负增长的", "增速为负"
_FALLING = re.compile(r"(?:是|为|出现了?)?(?:负增长|负(?:数|值|的)?(?=的|$|[,。?]))")
# "不是2%的", "2%以外的": no bound
_UNLIKE = re.compile(r"不是|不等于|以外|除外")
# "比5%高", "比6%还高"
_THAN = re.compile(r"比(?P<n>[\d.]+\S{1,4}?)(?:还|更|要)?(?P<way>[高大多低小少])(?!于)")
# "过千亿斤", "超百万人": more than one of the unit
_ROUND = re.compile(r"(?:超过?|突破|过|破|上)了?(?P<n>[十百千万亿])(?P<unit>[万亿]?(?:斤|元|吨|人|户|家|亩))")
_ONE = {"十": "10", "百": "100", "千": "1000", "万": "1万", "亿": "1亿"}


def _limits(text: str) -> tuple[tuple[Limit, ...], str]:
    """Return the bounds of a text and the text without them."""
    text = _FALLING.sub("低于0%", text)
    text = _THAN.sub(lambda m: f"{'超过' if m['way'] in '高大多' else '低于'}{m['n']}", text)
    text = _ROUND.sub(lambda m: f"超过{_ONE[m['n']]}{m['unit']}", text)
    found = [q for q in quantities(text) if re.search(r"\d|百分", q.text) and q.dimension is not Dimension.RANK]
    for one, other in pairwise(found):
        close = _CLOSES.match(text, other.end)
        if re.fullmatch(r"\s*(?:[-~至到]|和|与)\s*", text[one.end : other.start]) and close and close["between"]:
            start = one.start - len(m[0]) if (m := _OPENS.search(text[: one.start])) else one.start
            pair = (_limit(Bound.AT_LEAST, one), _limit(Bound.AT_MOST, other))
            return pair, text[:start] + text[close.end() :]
    limits: list[Limit] = []
    for q in reversed(found):
        opens, closes = _OPENS.search(text[: q.start]), _CLOSES.match(text, q.end)
        bound = _bound(opens, closes)
        if bound is not None and closes is not None:
            limits.append(_limit(bound, q, rough=bool(closes["at"])))
            text = text[: opens.start() if opens else q.start] + text[closes.end() :]
    return tuple(reversed(limits)), text


def _limit(bound: Bound, quantity: Quantity, *, rough: bool = False) -> Limit:
    text = f"{quantity.text}左右" if bound is Bound.EQUAL and rough else quantity.text
    return Limit(bound, quantity.base, quantity.dimension, text)


def _bound(opens: re.Match[str] | None, closes: re.Match[str] | None) -> Bound | None:
    before = opens.lastgroup if opens else None
    after = closes.lastgroup if closes else None
    if before in ("over", "under"):
        return Bound.ABOVE if before == "over" else Bound.BELOW
    if "up" in (before, after):
        return Bound.AT_LEAST
    if "down" in (before, after):
        return Bound.AT_MOST
    return Bound.EQUAL if "at" in (before, after) else None


@dataclass(frozen=True, slots=True)
class Picked(Generic[T]):
    """`yes` are those of a row that are asked for, `open` those of which the wording does not decide it."""

    yes: tuple[T, ...]
    open: tuple[T, ...] = ()


def measured(ask: Ask, unit: str, dimension: Dimension) -> Ask:
    """Return what is asked with its bounds in what the row is measured in."""
    return replace(ask, limits=tuple(limit.measured(unit, dimension) for limit in ask.limits))


def picked(ask: Ask, row: Sequence[T], bounds: Callable[[T], Bounds]) -> Picked[T]:
    """Return those of `row` that are asked for: within the limits, then the highest or the lowest of them, ties too."""
    chosen, left = list(row), []
    if ask.limits:
        verdicts = [(one, [limit.holds(bounds(one)) for limit in ask.limits]) for one in row]
        chosen = [one for one, held in verdicts if all(held)]
        left = [one for one, held in verdicts if not all(held) and False not in held]
    if ask.most:
        ranked = sorted(chosen, key=lambda one: bounds(one).order, reverse=ask.most > 0)
        edge = bounds(ranked[min(ask.first, len(ranked)) - 1]) if ranked else None
        chosen = [one for one in ranked if edge is not None and not _past(bounds(one), edge, ask.most)]
        left = []
    elif ask.sort:
        chosen.sort(key=lambda one: bounds(one).order, reverse=ask.sort > 0)
        left.sort(key=lambda one: bounds(one).order, reverse=ask.sort > 0)
    return Picked(tuple(chosen), tuple(left))


def _past(one: Bounds, edge: Bounds, most: int) -> bool:
    """Whether an amount lies behind the last one that is asked for; "1100万人以上" and "1100万人" are level."""
    return one.order[:2] < edge.order[:2] if most > 0 else one.order[:2] > edge.order[:2]
