"""The phrases that a calculation works on, each completed to an ordinary question from what the others say.

A phrase has slots: place, period, body, side ("增速"), role ("目标"). What it leaves out it takes from the phrase
beside it: "广东GDP增速 | 山东" -> "山东GDP增速", "城镇社零 | 乡村" -> "乡村社零", "普通高中 | 小学的在校生" ->
"普通高中在校生".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from assistant.calculation.grammar import GOAL, Operation, Working
from assistant.terms import tagged
from ingest.language.indicators import indicators
from ingest.language.periods import Calendar, periods
from ingest.language.quantities import Quantity, quantities
from ingest.language.units import Dimension

DONE = "实际"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|年)(?=$|[^\d.%万亿千百个家户元])")
_YEAR_BEFORE = re.compile(r"(?:前|上)一?年(?:同期)?|(?<=.)上年(?:同期)?")
# "“十三五”末": the year that a plan ends in
_PLAN_END = re.compile(r"“?十([二三四五])五”?(?:规划|时期)?(?:期?末|收官)(?:年|时)?")
_PLAN_ENDS = {"二": "2015年", "三": "2020年", "四": "2025年", "五": "2030年"}
_SAME_YEAR = re.compile(r"当年|同年|年初(?=的?(?:目标|任务|计划|预期))")
_ORIGIN = re.compile(r"原先|原来|当初|起初|期初|五年前|之前|过去")
_GOAL = re.compile(
    r"(?:年初|年度|全年|当年|预期|既?定)*的?(?:目标|任务|(?<!行动)(?<!年)计划(?!投资)|底线|红线|盘子|(?:年初)?定下?的)[量数值]?的?"
)
_DONE = re.compile(r"实际(?:完成)?|完成(?:[了值量数额]|$)|打下|兑现")
_SIDE = re.compile(r"(?:同比)?(?:增速|增幅|涨幅|降幅|增长率|增长速度|增长(?=的?$|目标|任务|预期|计划))|比重|占比")
# What says how many the items are: "广东和上海两地的GDP", "三样的播种面积"
_GROUP = re.compile(
    r"(?:这|那|全部)?(?:两|二|三|四|五)(?:样|笔|项|者|地|省|市|区|县|块|类|种|家|年|个(?:省|市|区|地方|年份?))(?:的|$|(?=[\u4e00-\u9fff]))"
)
# Words of grammar around what a phrase names.
_EDGE = re.compile(
    r"^(?:的|了|在|于|把|按|和|与|,|、|共|全部|一共|达到|安排的?|实现的?|全年|全部|年度|当年|同年|当中|其中|那么?|这|所有)+"
    r"|(?:的|了|在|,|、|时期|期间|数量|数目|数字|规模|总额度|是|为|有|则|之间|实现|安排|达到|末|底)+$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The slots of a phrase; `given` is an amount that it states itself ("580万元的消费券"), `start` says that it is
    what a change started from."""

    place: str = ""
    period: str = ""
    body: str = ""
    side: str = ""
    role: str = ""
    given: Quantity | None = None
    start: bool = False

    @property
    def text(self) -> str:
        joint = "的" if self.place and not self.period and self.body.startswith("地区") else ""
        return f"{self.place}{self.period}{joint}{self.body}{self.side}{GOAL if self.role == GOAL else ''}"


def phrases(working: Working, places_of: Callable[[str], Sequence[str]], year: int) -> list[list[Phrase]]:
    """Return the readings of each phrase, likeliest first; `year` is what "今年" means."""
    own = [_slots(text, places_of, year) for text in working.phrases]
    found = []
    for n, phrase in enumerate(own):
        others = [p for i, p in enumerate(own) if i != n]
        readings = _completed(phrase, others, last=own[-1] if n < len(own) - 1 else None)
        found.append(readings[::-1] if working.operation is Operation.SHARE else readings)
    if working.operation is Operation.COMPLETION:
        roles = (DONE, GOAL)
        found = [[replace(p, role=role) for p in readings] for readings, role in zip(found, roles, strict=True)]
    return _with_roles(found, working.operation)


def _slots(text: str, places_of: Callable[[str], Sequence[str]], year: int) -> Phrase:
    text = _GROUP.sub("", text)
    text = _YEAR.sub(r"\1年", _PLAN_END.sub(lambda m: _PLAN_ENDS[m[1]], text))
    start = _ORIGIN.search(text)
    text = _ORIGIN.sub("", text)
    place = next(iter(places_of(text)), "")
    if f"{place}生产总值" in text:
        place = place.removesuffix("地区")
    if place:
        text = re.sub(rf"{re.escape(place)}(?:省|市|自治区|(?<=[^上])地区(?!生产))?(?:的|(?=.)|$)", "", text, count=1)
    before = _YEAR_BEFORE.search(text)
    text = _SAME_YEAR.sub("", text)
    mentions = [m for m in periods(text, Calendar(year)) if before is None or m.start != before.start()]
    period = "".join(m.text for m in mentions[:1]).rstrip("的")
    for m in reversed(mentions[:1]):
        text = f"{text[: m.start].removesuffix('前')}{text[m.end :]}"
    if before is not None:
        text, period = text.replace(before[0], "", 1), period or _BEFORE
    given = next((q for q in quantities(text) if _is_amount(q, text)), None)
    if given is not None:
        text = f"{text[: given.start]}{re.sub('^的', '', text[given.end :])}"
    role = GOAL if _GOAL.search(text) else DONE if _DONE.search(text) else ""
    text = _DONE.sub("", _GOAL.sub("", text))
    told = _SIDE.search(text)
    side = told[0] if told is not None else ""
    text = text.replace(side, "", 1) if side else text
    body = _bare(text)
    role = role or (GOAL if given is not None and not body else "")  # "占全年800亿的几成"
    return Phrase(place, period, body, side, role, given, start is not None)


_BEFORE = "前一年"
_BOUND = re.compile(r"及?以[上下内]|级")


def _is_amount(quantity: Quantity, text: str) -> bool:
    """Whether a phrase states its own value so ("580万元的消费券"), not a stretch of time or a bound."""
    told = bool(quantity.unit) and quantity.value > 1 and quantity.dimension is not Dimension.DURATION
    return told and _BOUND.match(text[quantity.end :]) is None


def _bare(text: str) -> str:
    while (shorter := _EDGE.sub("", text.strip(" ,的"))) != text:
        text = shorter
    return text


def _completed(own: Phrase, others: Sequence[Phrase], last: Phrase | None) -> list[Phrase]:
    """Return the readings of a phrase with what the others give; `last` is the phrase that a list ends with."""

    def given(slot: str) -> str:
        return next((value for o in others if (value := getattr(o, slot))), "")

    period = own.period or next((o.period for o in others if o.period and (o.body or not own.body)), "")
    if period == _BEFORE:
        period = _year_before(given("period"))
    whole = replace(own, place=own.place or given("place"), period=period, side=own.side or given("side"))
    donor = last or next((o for o in others if o.body), None)
    bodies = _bodies(own.body, donor.body if donor is not None else "")
    return [replace(whole, body=body) for body in bodies]


def _year_before(period: str) -> str:
    m = re.search(r"(\d{4})年", period)
    return period.replace(m[1], str(int(m[1]) - 1)) if m else "去年"


def _bodies(own: str, other: str) -> list[str]:
    """Return what a phrase may name, likeliest first.

    >>> _bodies("乡村", "城镇社零"), _bodies("普通高中", "普通小学的在校生")
    (['乡村社零', '乡村'], ['普通高中在校生', '普通高中'])
    """
    if not own or not other or own == other or "的" in own:
        return [own or other]
    names = [name for *_, name in indicators().find(own)]
    tail = other.rpartition("的")[2] if "的" in other else ""
    words = [word for word, _ in tagged(other) if word.strip()]
    starts = list(accumulate(map(len, words)))[:-1]
    shared = [tail] if tail else [other[at:] for at in starts if not own.endswith(other[at:])]
    joined = [f"{own}{end}" for end in shared if len(end) > 1 and end not in own]
    if names or len(own) > _LONG:
        return [own]
    return list(dict.fromkeys([*joined[:2], own]))


# A name that long is said in full.
_LONG = 7


def _with_roles(found: list[list[Phrase]], operation: Operation) -> list[list[Phrase]]:
    """Return the phrases with what is done where another is a goal; in a sum a goal is said once for all: "粮食、
    蔬菜播种面积目标合计"."""
    if not any(p.role == GOAL for readings in found for p in readings):
        return found
    other = GOAL if operation is Operation.SUM else DONE
    return [[replace(p, role=p.role or other) for p in readings] for readings in found]
