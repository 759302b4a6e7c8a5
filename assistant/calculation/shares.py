"""What part of a whole a thing is, where the two are told apart by a place or a holder: "智慧书房占全市的百分之几"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.calculation.computation import Computation, common_unit, declared, plain, scaled, spoken
from assistant.calculation.operands import Operand, Operands, has_aspect, is_ratio, shorten, value
from assistant.calculation.relations import percent
from assistant.matching import match
from assistant.question import Term
from ingest.language.aspects import Aspect
from ingest.language.indicators import indicators
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
    result = percent(part.base / whole.base)
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


def _of_thing(operands: Operands, thing: Thing) -> list[Operand]:
    question = operands.question
    found = operands.of(thing.terms, value, beside=thing.beside, period=question.period, stated=question.year_stated)
    return [o for o in found if fits_place(thing, o)]


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
