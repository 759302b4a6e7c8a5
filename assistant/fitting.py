"""How well the slots of a figure fit the question's: aspect, unit, period, status, place. A slot that contradicts rules
a figure out, a slot that is only missing costs."""

from __future__ import annotations

import re

from assistant.matching import match
from assistant.question import Kind, Question
from assistant.reading import Reading
from assistant.scope import is_above, is_zone
from ingest.clauses import Clause
from ingest.divisions import lineage, meant_by, spoken_of
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.periods import Period, parse_label
from ingest.language.quantities import Quantity
from ingest.language.statuses import Status
from ingest.language.units import Dimension
from ingest.places import short_place
from ingest.report import Figure

Features = dict[str, float]
"""What speaks for or against a candidate, by name; what is absent is 0. The weights are in ranker.json."""


class Misfit(str):
    """The slot of a candidate that contradicts the question."""

    __slots__ = ()


PERIOD, PLACE, UNIT, ASPECT, STATUS = map(Misfit, ("period", "place", "unit", "aspect", "status"))


def misfits(question: Question, reading: Reading, clause: Clause) -> tuple[Misfit, ...]:
    wrong = []
    if question.period and question.kind is not Kind.FIGURE and _contradicts(question, clause.period, clause):
        wrong.append(PERIOD)
    for place in question.places:
        if not _holds_place(place, question, reading, clause):
            wrong.append(PLACE)
            break
    return tuple(wrong)


def _holds_place(place: str, question: Question, reading: Reading, clause: Clause) -> bool:
    short = short_place(place)
    around = (reading.sentences[clause.index], reading.heading, reading.section, reading.about)
    return any(short in text for text in around) or _speaks_of_above(place, question, reading, clause)


def _speaks_of_above(place: str, question: Question, reading: Reading, clause: Clause) -> bool:
    """Whether a place is above the report's own region and the report speaks of it: a number is that place's own only
    where its sentence says so ("全市"), but a rank, a share or anything told without a number is seen against it."""
    report = reading.report
    if not is_above(place, report):
        return False
    if question.kind is Kind.FIGURE and not set(question.aspects) & SEEN_AGAINST:
        word = spoken_of(reading.sentences[clause.index])
        return meant_by(word, report.region, report.issuer) == lineage(place)[0]
    return True


SEEN_AGAINST = {Aspect.RANK, Aspect.SHARE, Aspect.AGAINST_AVERAGE}


def _asked_in(question: Question, stated: Period) -> Period | None:
    """Return the period asked for; one whose year the question leaves open is taken in the year of `stated`."""
    if question.period is None or question.year_stated:
        return question.period
    return question.period.in_year(stated.year)


def _contradicts(question: Question, stated: Period | None, clause: Clause) -> bool:
    """Whether a statement on `stated` cannot answer the question."""
    asked = _asked_in(question, stated) if stated is not None else None
    return asked is not None and stated is not None and not stated.overlaps(asked)


def figure_contradicts(question: Question, figure: Figure) -> bool:
    """Whether a figure's period rules it out: another period, or only a part or the whole of the one asked for.

    A year asked for is served by what its report says of a part of the year, with the part named in the answer; a
    quarter or a month is served by nothing but itself. A plan for the year serves its second half.
    """
    stated = parse_label(figure.period)
    asked = _asked_in(question, stated) if stated is not None else None
    if stated is None or asked is None or stated == asked:
        return False
    if stated.last - stated.first >= 23 and asked.last - asked.first < 12 and stated.last != asked.last:
        return True  # what is planned or done over five years tells nothing of one of them
    if figure.status != Status.DONE.value:
        return not stated.overlaps(asked) or asked.last - asked.first + 1 < 6
    several = stated.last - stated.first >= 23
    if several and stated.last == asked.last:
        return False  # a review of five years tells what was reached at their end
    return not asked.contains(stated) or asked.last - asked.first + 1 != 12


def fit(
    question: Question, figure: Figure, quantity: Quantity, reading: Reading, clause: Clause
) -> tuple[Features, list[Misfit]]:
    """Return the features of a figure's slots against the question's, and the slots that contradict."""
    found: Features = {}
    wrong: list[Misfit] = []
    aspect = Aspect(figure.aspect)
    own = reading.own[clause.index]
    _fit_aspect(question, aspect, quantity, found, wrong)
    _fit_unit(question, quantity, found, wrong)
    _fit_period(question, figure, clause, reading, found, wrong)
    if not question.both:
        if _wrong_status(question, figure):
            wrong.append(STATUS)
        _fit_status(question, figure, found)
    _fit_indicator(question, figure, found)
    _fit_dimension(question, quantity, aspect, found, wrong)
    if aspect is Aspect.RANK:
        _fit_side(question, own[: quantity.start], found)
    if _MILESTONE.search(own):
        found["milestone"] = 1.0
    if not re.search(r"\d", figure.text) and quantity.dimension is not Dimension.RANK:
        found["in_words"] = 1.0
    if "年均" in own and "年均" not in question.standalone:
        found["yearly_average"] = 1.0
    if _THRESHOLD.match(own[quantity.end :]):
        found["threshold"] = 1.0
    if is_zone(figure.scope):
        named = fold(figure.scope).lower() in fold(question.standalone).lower()
        found["scope_named" if named else "scope_unnamed"] = 1.0
    _fit_window(question, quantity, reading, clause, found)
    return found, wrong


def _fit_period(
    question: Question, figure: Figure, clause: Clause, reading: Reading, found: Features, wrong: list[Misfit]
) -> None:
    stated = parse_label(figure.period)
    if question.period and figure_contradicts(question, figure):
        wrong.append(PERIOD)
    elif stated is not None and _asked_in(question, stated) == stated:
        found["period_same"] = 1.0
    elif question.period:
        asked = _asked_in(question, stated) if stated is not None else None
        # "生产总值6.66万亿元" in a review of five years is what its last year reached
        ends = asked is not None and stated is not None and stated.last == asked.last and stated.first < asked.first
        found["period_end" if ends else "period_near"] = 1.0
    elif not clause.period_stated:
        found["period_running"] = 1.0
    elif figure.period != reading.report.period and figure.status == Status.DONE.value:
        found["period_other"] = 1.0


# What a rank may be a rank of, where the question and the clause name it.
_SIDES = ("进度", "完成率", "增速", "增幅", "增长", "降幅", "总量", "规模", "满意率", "解决率", "成绩", "占比", "比例")


def _fit_side(question: Question, before: str, found: Features) -> None:
    """Tell whether a rank is of the side asked for: "完成进度排名" is that of "完成进度达82.4%,位居全市第二"."""
    asked = fold(question.standalone)
    named = [side for side in _SIDES if side in asked]
    if named:
        same = any(side in before for side in named)
        found["side_same" if same else "side_other"] = 1.0


_RATES = {Aspect.SHARE, Aspect.COMPLETION, Aspect.YEAR_ON_YEAR}
# "迈上6万亿元台阶", "跨越5000亿元大关": a round mark passed, not the value
_MILESTONE = re.compile(r"台阶|大关|关口|跨越|迈上|迈入|跃上")
# What may stand before an indicator and leave it the same one.
_NEUTRAL = re.compile(r"^(?:全[国省市区县]|我[国省市区县]|本[省市区县]|当年|全年|年末|累计|其中|实现|完成|预计|力争)+")


def _fit_indicator(question: Question, figure: Figure, found: Features) -> None:
    """Tell whether the figure is of the very indicator asked for ("进出口总额", not "服务贸易进出口总额"), or of one
    whose name it only qualifies ("生产总值" in "万元生产总值用水量")."""
    asked = next((t for t in question.terms if t.indicator), None)
    if asked is None:
        return
    noun = fold(figure.indicator).lower().replace(figure.region, "")
    noun = _NEUTRAL.sub("", noun.replace(short_place(figure.region), "") if figure.region else noun)
    best, qualifies = 0.0, False
    for form in asked.forms:
        at = noun.find(form)
        if at >= 0 and (at + len(form) == len(noun) or _GOES_ON.match(noun[at + len(form) :])):
            best = max(best, len(form) / (at + len(form)))
        elif at >= 0:
            qualifies = True
    if best:
        found["indicator_share"] = best
    else:
        found["indicator_qualifies" if qualifies else "indicator_other"] = 1.0


# What follows an indicator without making it another: "进出口总值|创历史新高", "赤字率|拟按"
_GOES_ON = re.compile(r"创|增至|升至|降至|拟|约|再|首|迈|连续|稳|由|从|历史|预期|目标|力争|\(|占")


# What an indicator is measured in, by how its name ends.
_MEASURED = (
    (
        Dimension.MONEY,
        re.compile(
            r"(?:总值|总额|收入|支出|投资|增加值|零售额|总产值|余额|成交额|销售额"
            r"|购置费|资本|退税|专项债|规模|保险费|利用外资|产值|经济总量|^gdp|税收)$"
        ),
    ),
    (Dimension.AREA, re.compile(r"面积$")),
    (Dimension.PERCENT, re.compile(r"(?:率|比重|占比)$")),
    (Dimension.DURATION, re.compile(r"天数$")),
    (Dimension.MASS, re.compile(r"产量$")),
)


def _fit_dimension(
    question: Question, quantity: Quantity, aspect: Aspect, found: Features, wrong: list[Misfit]
) -> None:
    """Tell whether the number is in what its indicator is measured in, where the question leaves that open."""
    asked = next((t for t in question.terms if t.indicator), None)
    if asked is None or question.aspects or question.hole.dimension is not None:
        return
    for dimension, ending in _MEASURED:
        if ending.search(asked.forms[0]) or ending.search(asked.forms[-1 if len(asked.forms) == 1 else 1].lower()):
            so = dimension is quantity.dimension
            if question.target:  # a target of GDP is a growth, GDP itself an amount
                found["target_so" if so else "target_otherwise"] = 1.0
            else:
                found["measured_so" if so else "measured_otherwise"] = 1.0
            amount = dimension in (Dimension.MONEY, Dimension.AREA, Dimension.MASS)
            if amount and quantity.dimension is Dimension.PERCENT and aspect is not Aspect.VALUE:
                if _asks_amount(question, asked.text):
                    wrong.append(ASPECT)
            elif amount and quantity.dimension is Dimension.PERCENT:
                wrong.append(UNIT)  # a rate of something else: "棉花就地转化率45%" is no 棉花产量
            return


def _asks_amount(question: Question, indicator: str) -> bool:
    """Whether a question asks plainly how much an indicator is: its growth is no answer to "贷款余额是多少"; of last
    year it is, for the amount follows from it."""
    text = question.standalone.lower()
    plainly = re.search(rf"{re.escape(indicator)}(?:是|为|有|达到?)?多少[?。]*$", text)
    return plainly is not None and not _LAST_YEAR.search(text)


_LAST_YEAR = re.compile(r"去年|上年|前年|同期|倒推")


def _fit_aspect(question: Question, aspect: Aspect, quantity: Quantity, found: Features, wrong: list[Misfit]) -> None:
    if question.aspects:
        if aspect in question.aspects:
            found["aspect_asked"] = 1.0
            found["aspect_order"] = float(question.aspects.index(aspect))
        elif (
            aspect in (Aspect.VALUE, Aspect.TARGET)
            and quantity.dimension is Dimension.PERCENT
            and _RATES & set(question.aspects)
        ):
            found["aspect_near"] = 1.0  # "优良天数比率96.7%" where a share is asked, "涨幅3%左右" where a change is
        else:
            wrong.append(ASPECT)
        return
    if question.target and aspect is Aspect.TARGET:
        found["target_asked"] = 1.0
    elif question.target or aspect is Aspect.TARGET:
        return
    elif aspect is Aspect.VALUE:
        found["value"] = 1.0
    elif question.hole.dimension is Dimension.PERCENT and quantity.dimension is Dimension.PERCENT:
        found["percent_asked"] = 1.0
    else:
        found["aspect_unasked"] = 1.0


# "5000万元及以上企业208家": a bound that says which things are counted, not how many
_THRESHOLD = re.compile(r"及?以[上下内](?=[\u4e00-\u9fff])")
# Measure words that reports and people use for the same things.
_ALIKE = (
    {"家", "户", "个", "所", "座"},
    {"个", "项", "条", "件", "处", "种", "宗", "块", "幅"},
    {"人", "名", "位", "人次"},
    {"套", "间", "户"},
    {"辆", "台", "部"},
    {"场", "次", "场次", "期", "届"},
    {"栋", "座", "幢"},
    {"亩", "公顷", "平方米", "平米", "平方公里", "平"},
)


def _fit_unit(question: Question, quantity: Quantity, found: Features, wrong: list[Misfit]) -> None:
    hole = question.hole
    if hole.dimension is None or (question.aspects and hole.dimension is not quantity.dimension):
        return
    if hole.dimension is not quantity.dimension:
        wrong.append(UNIT)
    elif not hole.unit:
        found["dimension_asked"] = 1.0
    elif quantity.unit.endswith(hole.unit):
        found["unit_asked"] = 1.0
    elif any(hole.unit in alike and quantity.unit.lstrip("万亿千百") in alike for alike in _ALIKE):
        found["unit_alike"] = 1.0
    else:
        found["unit_other"] = 1.0


# "目标完成了多少" asks what is done; "一季度任务" does not, though a quarter is over
_DONE_WORDS = re.compile(r"完成|实现|达到|达成|实际|做到|兑现")


def _wrong_status(question: Question, figure: Figure) -> bool:
    """Whether a plan would stand for what is done, or what is done for a target."""
    planned = figure.status != Status.DONE.value
    plain = not set(question.aspects) - {Aspect.YEAR_ON_YEAR}
    if question.target and plain and not planned:
        return question.status is not Status.DONE or not _DONE_WORDS.search(question.standalone)
    return planned and question.status is Status.DONE and not question.target


def _fit_status(question: Question, figure: Figure, found: Features) -> None:
    planned = figure.status != Status.DONE.value
    if question.target and not question.aspects:
        found["target_planned" if planned else "target_done"] = 1.0
    elif question.status is None:
        if planned:
            found["planned_unasked"] = 1.0
    else:
        found["status_asked" if planned == (question.status is Status.PLANNED) else "status_other"] = 1.0


def _fit_window(question: Question, quantity: Quantity, reading: Reading, clause: Clause, found: Features) -> None:
    """Tell how much of the question stands close to the number, between it and its neighbours, and whether it counts
    the noun asked for."""
    own = reading.own[clause.index]
    left = max((q.end for q in clause.quantities if q.end <= quantity.start), default=0)
    right = min((q.start for q in clause.quantities if q.start >= quantity.end), default=len(own))
    before = re.split(r"[、]", own[left : quantity.start])[-1]
    window = f"{before}|{own[quantity.end : right]}"
    if not clause.own_subject or not before.strip():
        window += f"|{clause.subject.lower()}"
    total = sum(t.weight for t in question.terms) or 1.0
    found["window"] = sum(t.weight * match(t, window) for t in question.terms) / total
    _fit_noun(question.hole.noun, quantity, before, own[quantity.end : right], found)


# Which measure words count which things.
_COUNTS = (
    ("企业|公司|机构|商户|单位|厂|超市|酒店|银行|医院", "家户所个"),
    ("人|党员|学生|群众|居民|干部|医生|教师", "人名位人次"),
    ("车", "辆台"),
    ("房|住房", "套间户"),
    ("楼", "栋座"),
    ("学校|幼儿园", "所个"),
    ("项目|工程|任务|措施|政策|事项", "个项条"),
    ("用地|地块|土地", "宗块亩公顷万亩平方米"),
    ("活动|演出", "场次场次"),
    ("路", "条公里"),
    ("案件|问题|诉求", "件个"),
    ("村|社区|小区|镇|街道", "个"),
)


def _fit_noun(noun: str, quantity: Quantity, before: str, after: str, found: Features) -> None:
    """Tell whether the number counts the noun asked for ("多少家企业": "344家企业", "护航企业2500家")."""
    if len(noun) < 2:
        return
    if after.startswith(noun[:2]) or before.endswith(noun[:2]):
        found["counts_noun"] = 1.0
    elif noun[:2] in after + before:
        found["near_noun"] = 1.0
    for nouns, units in _COUNTS:
        if re.match(nouns, noun) and quantity.dimension is Dimension.COUNT:
            found["noun_unit" if quantity.unit.lstrip("万亿千百") in units else "noun_other_unit"] = 1.0
            break
