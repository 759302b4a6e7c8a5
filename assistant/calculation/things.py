"""The things that a question sets beside each other, in its own words: "A比B", "A占B", "A、B和C合计"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.calculation.operands import Operand, Operands
from assistant.matching import match
from assistant.question import Term
from ingest.language.indicators import indicators
from ingest.language.quantities import Dimension
from ingest.places import short_place


@dataclass(frozen=True, slots=True)
class Thing:
    """One of them. `terms` are its own words, `beside` those of the others that may be its own as well ("播种面积" in
    "粮食和蔬菜播种面积"); `place` is the place that it is of, `frame` the whole that it is of ("全市")."""

    text: str
    terms: tuple[Term, ...]
    beside: tuple[Term, ...] = ()
    place: str = ""
    frame: str = ""


# Where the list ends and what is asked of it begins.
_TAIL = re.compile(
    r"合计|总共|一共|加起来|合起来|之和|总和|总计|加在一起|相加|共计|件数加|相差|差距"
    r"|差额|之差|差(?=多少|几)|各|[,?？:：]|(?<=[\u4e00-\u9fff]{2})共(?=有?多少)"
)
# "A减去B", "A、B和C", "A比B": the sharpest mark decides
_MARKS = (r"减去|减掉|扣除", r"、|和|与|及|加上|跟|同(?!比|期)", r"比(?!例|重|上年|去年|起)")
_MORE = re.compile(r"[多少高低大小快慢]出?了?(?:多少|几).*$")


def listed(operands: Operands) -> list[Thing]:
    """Return the things that the question lists: "粮食、大豆、蔬菜三项合计" -> 粮食, 大豆, 蔬菜三项."""
    head = _TAIL.split(_MORE.sub("", operands.text))[0]
    for mark in _MARKS:
        items = [i for i in re.split(mark, head) if len(i.strip()) > 1]
        if len(items) > 1:
            return _things(operands, items)
    return []


def _things(operands: Operands, items: Sequence[str]) -> list[Thing]:
    """Return the things that `items` name, [] where one names nothing."""
    owned = [tuple(t for t in operands.terms if t.text in item.lower()) for item in items]
    if not all(owned):
        return []
    shared = tuple(t for t in operands.terms if t.critical and not any(t in own for own in owned))
    owned = [_completed(own, owned[-1] if own is owned[0] else owned[0]) for own in owned]
    last = tuple(t for t in owned[-1] if t.weight <= _NAME or t.indicator)
    return [
        Thing(item, own, tuple(t for t in (*shared, *last) if t not in own))
        for item, own in zip(items, owned, strict=True)
    ]


def _completed(own: tuple[Term, ...], other: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return the words of a thing with the noun that is said only of the other: 竣工 in "安置房开工比竣工多多少套"."""
    return own if len(own) > 1 or own[0].critical else (*own, *(t for t in other if t.critical))


# From which weight on a word is a name that no other thing shares.
_NAME = 0.95

_HOW_MUCH = r"(?:多少|几|比重|比例|百分|份额|多大|多高)"
# "A占B的比重", "A在B里占多大比重": the part first; "B里(,)A占多少", "B当中,A的占比": the whole first
_SHARES = (
    re.compile(
        rf"^(?P<part>.+?)(?:在|于)(?P<whole>[^,。]+?)(?:里面?|中|当中|之中|内)[,]?[^,。]{{0,3}}占.*?{_HOW_MUCH}"
    ),
    re.compile(
        rf"^(?:在)?(?P<whole>.+?)(?<![其集])(?:里面?|当中|之中|中(?![小国央心介医型级]))[,]?"
        rf"(?P<part>[^,。]+?)的?(?:占了?比?|比重)[^,。]{{0,4}}?{_HOW_MUCH}"
    ),
    re.compile(
        rf"^(?P<part>.+?)[,]?(?:约|大概|大约|能|要|一共|总共)?占(?:到|了|据)?(?!比)(?P<whole>.+?)"
        rf"(?:的|里|中)?(?:大概|大约|约|总共)?(?:有|是)?{_HOW_MUCH}"
    ),
    re.compile(r"^(?P<part>.+?)[,]?占(?!比)(?P<whole>[^,。]{2,}?)(?:的?占比|的比)?[?？]?$"),
)
_FRAME = re.compile(r"全[市省区县国]")


def part_and_whole(operands: Operands) -> tuple[Thing, Thing] | None:
    """Return the part and the whole of a question for a share, None where it names no whole."""
    m = next((m for pattern in _SHARES if (m := pattern.search(operands.text))), None)
    if m is None:
        return None
    part, whole = (_thing(operands, m[role]) for role in ("part", "whole"))
    if not part.terms and not whole.terms:
        return None
    if part.terms and not whole.frame:
        part = replace(part, place="")
    if not whole.terms and (name := _shared_name(part, whole)) is not None:
        whole = replace(whole, terms=(name,))
    if not part.terms:  # "无疫社区里大兴占多少": the part is a place, of what the whole is
        return (Thing(part.text, whole.terms, (), part.place), whole) if part.place else None
    if not whole.terms and whole.frame and len(_bare(whole.text)) < 2:  # "智慧书房占全市的多少"
        return part, Thing(whole.text, part.terms, (), "", whole.frame)
    if not whole.terms:
        return None
    if not any(t.critical for t in whole.terms):  # "服务包企业的财政收入占全区地方级的多少": the noun is said once
        nouns = tuple(t for t in part.terms if t.indicator) or tuple(t for t in part.terms if t.critical)
        whole = Thing(whole.text, (*whole.terms, *nouns), (), whole.place, whole.frame)
    return part, whole


# A word that weighs no more is left over from a name that is not known.
_SLIGHT = 0.1


def _bare(text: str) -> str:
    """Return a thing's words without the place that it is of."""
    return re.sub(r"[^\u4e00-\u9fff]|[的了]|(?:首批|总量|总数|总额)$", "", _FRAME.sub("", text))


def _shared_name(part: Thing, whole: Thing) -> Term | None:
    """Return the indicator whose end is said only once: 地方级 of "财政收入占地方级的比重" is 地方级财政收入."""
    head, names = _bare(whole.text), indicators().names
    for term in part.terms:
        tails = (term.text[k:] for k in range(len(term.text) - 1)) if term.indicator else ()
        for name in (head + tail for tail in tails if head):
            if name in names:
                return replace(term, text=name, forms=(name, *indicators().forms[names[name]]))
    return None


def _thing(operands: Operands, text: str) -> Thing:
    terms = tuple(t for t in operands.terms if t.text in text.lower() and t.weight > _SLIGHT)
    frame = _FRAME.search(text)
    places = map(short_place, operands.question.places)
    place = next((p for p in places if p in text), "")
    return Thing(text, terms, (), place, frame[0] if frame else "")


def fits_place(thing: Thing, operand: Operand) -> bool:
    """Whether a figure is of the place or the whole that a thing names: "大兴区上榜129个", "全市建成65个"."""
    if thing.frame and thing.frame not in operand.around and _is_part(thing.frame, operand):
        return False
    return not thing.place or bool(thing.frame) or not _FRAME.search(operand.clause) or thing.place in operand.clause


def _is_part(frame: str, operand: Operand) -> bool:
    """Whether the report's own place is only a part of `frame`: a district of 全市."""
    return frame[-1] != operand.figure.region[-1:]


def holder(terms: Sequence[Term], operand: Operand) -> bool:
    """Whether a figure is of a holder inside the place that `terms` do not name: "“服务包”企业" of a district."""
    scope = operand.figure.scope.lower()
    return bool(scope) and not any(match(t, scope) >= 0.5 for t in terms if t.critical)


def is_ratio(operand: Operand) -> bool:
    return operand.dimension in (Dimension.PERCENT, Dimension.POINTS, Dimension.TIMES, Dimension.RANK)
