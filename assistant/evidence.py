"""Question -> Evidence: clauses and figures that may answer it, scored slot by slot against the question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from assistant.question import Kind, Question, Term
from ingest.clauses import Clause, clauses
from ingest.figures import figure_of
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.language.periods import Period, parse_label
from ingest.language.quantities import Dimension, Quantity
from ingest.language.statuses import Status
from ingest.places import PROVINCES, short_place
from ingest.report import Figure, Passage, Report
from vectorstore.store import Hit


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage as the matcher sees it: folded, in lower case, cut into clauses and sentences."""

    report: Report
    passage: Passage
    clauses: tuple[Clause, ...]
    own: tuple[str, ...]
    sentences: tuple[str, ...]
    topics: tuple[str, ...]
    """For each clause, the clauses before it in its sentence that state no number: what it is about."""
    heading: str
    text: str
    section: str
    about: str


@lru_cache(maxsize=4096)
def _reading(report_id: str, passage_id: str, keep: _Keep) -> Reading:
    report, passage = keep.report, keep.passage
    found = tuple(clauses(report, passage))
    sentences: dict[int, list[str]] = {}
    for clause in found:
        sentences.setdefault(clause.sentence, []).append(fold(clause.text).lower())
    return Reading(
        report=report,
        passage=passage,
        clauses=found,
        own=tuple(fold(c.text).lower() for c in found),
        sentences=tuple(",".join(sentences[c.sentence]) for c in found),
        topics=tuple(
            ",".join(
                fold(o.text).lower()
                for o in found
                if o.sentence == c.sentence and o.index < c.index and not o.quantities
            )
            for c in found
        ),
        heading=fold(passage.heading).lower(),
        text=fold(passage.text).lower(),
        section=fold(" ".join(passage.section)).lower(),
        about=fold(f"{report.title} {report.issuer} {report.region}").lower(),
    )


@dataclass(frozen=True, slots=True)
class _Keep:
    """Carries the records past the cache, which knows a reading by its ids alone."""

    report: Report = field(compare=False)
    passage: Passage = field(compare=False)


def reading_of(report: Report, passage: Passage) -> Reading:
    return _reading(report.id, passage.id, _Keep(report, passage))


class Misfit(str):
    """The slot of a candidate that contradicts the question."""

    __slots__ = ()


PERIOD, PLACE, UNIT, ASPECT, STATUS = map(Misfit, ("period", "place", "unit", "aspect", "status"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause, with one of its figures where a number is asked for.

    `coverage` is the weighted share of the question's terms that the clause and what stands around it holds, 0 to 1;
    `missing` are the terms found nowhere near; `misfits` the slots that contradict.
    """

    reading: Reading
    clause: Clause
    figure: Figure | None
    coverage: float
    score: float
    missing: tuple[Term, ...]
    misfits: tuple[Misfit, ...]
    near: float = 0.0
    """Like `coverage`, counting only the clause, its subject, topic, sentence and run-in heading."""
    dense: float = 0.0
    """The cosine of the question and the passage's nearest sentence."""


# What a term found here is worth, against one found in the clause itself.
_SUBJECT, _SENTENCE, _ELSEWHERE, _HEADING, _PASSAGE, _SECTION, _ABOUT = 0.95, 0.8, 0.65, 0.8, 0.55, 0.5, 0.4
_ALIAS, _NARROWER, _LOOSE, _HINTED = 0.93, 0.85, 0.8, 0.5


def match(term: Term, text: str) -> float:
    """Return how well folded, lower-case `text` holds `term`: 1 for the word itself, less for an alias or its parts."""
    if term.indicator:
        return _match_indicator(term, text)
    if term.forms[0] in text:
        return 1.0
    if any(form in text for form in term.forms[1:]):
        return _ALIAS
    return _HINTED if term.hint and term.hint in text else _match_parts(term.forms[0], text)


def _match_parts(word: str, text: str) -> float:
    if len(word) < 3 or not _HAN.fullmatch(word):
        return 0.0
    if _loose(word).search(text):
        return _LOOSE
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    share = sum(pair in text for pair in pairs) / len(pairs)
    return 0.7 * share if share >= 0.5 else 0.3 * share


def _match_indicator(term: Term, text: str) -> float:
    """Return how well `text` holds an indicator: by its own name, or by a longer one that narrows it ("城镇登记失业率"
    for 失业率), never by one that turns it into another ("人均地区生产总值" for 地区生产总值)."""
    if not any(form in text for form in term.forms):
        return _match_parts(term.forms[0], text)
    own = text
    for other in _longer(term.forms):
        own = own.replace(other, " ")
    if term.forms[0] in own:
        return 1.0
    if any(form in own for form in term.forms[1:]):
        return _ALIAS
    for other in _longer(term.forms):
        if _TURNS.search(other):
            text = text.replace(other, " ")
    return _NARROWER if any(form in text for form in term.forms) else 0.0


# Words that make another indicator of the one that they stand beside.
_TURNS = re.compile(r"人均|单位|每万|万元|能耗|强度|占比|比重|指数|不良")


@lru_cache(maxsize=1024)
def _longer(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the longer names of other indicators that hold one of `forms`, longest first."""
    own = set(forms)
    held = (n for n in indicators().names if n not in own and any(f in n and len(f) > 1 for f in forms))
    return tuple(sorted((n for n in held if not any(n in f for f in forms)), key=len, reverse=True))


_HAN = re.compile(r"[\u4e00-\u9fff]+")


@lru_cache(maxsize=4096)
def _loose(word: str) -> re.Pattern[str]:
    """A pattern that lets two characters come between those of `word`: "隔离房" in "隔离用房"."""
    return re.compile("[^,。]{0,2}".join(map(re.escape, word)))


def candidates(question: Question, hits: Sequence[Hit]) -> list[Candidate]:
    """Return the candidates of `hits`, best first."""
    top = max((h.score for h in hits), default=0.0)
    low = min((h.score for h in hits), default=0.0)
    found: list[Candidate] = []
    for hit in hits:
        prior = (hit.score - low) / (top - low) if top > low else 1.0
        found.extend(
            replace(c, dense=hit.dense) for c in _of_passage(question, reading_of(hit.report, hit.passage), prior)
        )
    return sorted(found, key=lambda c: -c.score)


def _of_passage(question: Question, reading: Reading, prior: float) -> Iterator[Candidate]:
    around = [_around(term, reading) for term in question.terms]
    for clause in reading.clauses:
        strict = question.kind is Kind.FIGURE
        levels = [_level(t, reading, clause, outer, strict) for t, outer in zip(question.terms, around, strict=True)]
        covered = [c for c, _ in levels]
        total = sum(t.weight for t in question.terms) or 1.0
        coverage = sum(t.weight * c for t, c in zip(question.terms, covered, strict=True)) / total
        missing = tuple(t for t, c in zip(question.terms, covered, strict=True) if c < 0.3)
        near = sum(t.weight * n for t, (_, n) in zip(question.terms, levels, strict=True)) / total
        base = coverage + 0.08 * prior + 0.06 * _focus(question, reading, clause)
        for candidate in _with_figures(question, reading, clause, coverage, base, missing):
            yield replace(candidate, near=near)


def _around(term: Term, reading: Reading) -> float:
    """Return the best level of a term in what surrounds every clause of the passage alike."""
    return max(
        _HEADING * match(term, reading.heading),
        _PASSAGE * match(term, reading.text),
        _SECTION * match(term, reading.section),
        _ABOUT * match(term, reading.about),
    )


def _level(term: Term, reading: Reading, clause: Clause, around: float, strict: bool) -> tuple[float, float]:
    """Return the level of a term for a clause, with and without what surrounds its sentence. Where a number is asked
    for (`strict`), an indicator named elsewhere in the sentence is another one's: "技术合同成交额达158.5亿元,研发费用同比
    增长70.8%"."""
    level = match(term, reading.own[clause.index])
    if level < _SUBJECT and not clause.own_subject:
        level = max(level, _SUBJECT * match(term, clause.subject.lower()))
        level = max(level, 0.9 * match(term, reading.own[clause.subject_clause]))
    if term.ordinal:
        return level, level
    heading = _HEADING * match(term, reading.heading)
    topic = _SENTENCE * match(term, reading.topics[clause.index])
    if strict and term.indicator:
        level = max(level, topic, heading, _divided(term, reading, clause))
        return max(level, 0.29 * around), level
    if level < _SENTENCE:
        level = max(level, topic, (_ELSEWHERE if strict else _SENTENCE) * match(term, reading.sentences[clause.index]))
    level = max(level, heading)
    return max(level, around), level


def _divided(term: Term, reading: Reading, clause: Clause) -> float:
    """Return the level of an indicator whose name the sentence divides: "粮食连续五年增产,总产量10570亿斤"."""
    before = f"{clause.subject} {reading.topics[clause.index]}".lower()
    own = reading.own[clause.index]
    for form in term.forms:
        if any(form[:k] in before and own.startswith(form[k:]) for k in range(2, len(form) - 1)):
            return _NARROWER
    return 0.0


def _focus(question: Question, reading: Reading, clause: Clause) -> float:
    """Return the share of the clause's character pairs that the question names: 1 where it says nothing else."""
    own = reading.own[clause.index]
    if not clause.own_subject:
        own += "," + reading.own[clause.subject_clause]
    own = re.sub(r"[\d.%]+", "", own)
    pairs = [own[i : i + 2] for i in range(len(own) - 1)]
    if not pairs:
        return 0.0
    asked = "|".join(form for term in question.terms for form in term.forms)
    return sum(pair in asked for pair in pairs) / len(pairs)


def _with_figures(
    question: Question, reading: Reading, clause: Clause, coverage: float, base: float, missing: tuple[Term, ...]
) -> Iterator[Candidate]:
    misfits = _misfits(question, reading, clause)
    if question.kind in (Kind.LIST, Kind.TEXT, Kind.WHEN, Kind.YES_NO):
        score = base + _statement_bonus(question, clause) - 0.6 * len(misfits)
        yield Candidate(reading, clause, None, coverage, score, missing, misfits)
    if question.kind is Kind.FIGURE or (question.kind is Kind.YES_NO and question.numeric):
        for quantity in clause.quantities:
            figure = figure_of(reading.report, reading.passage, clause, quantity)
            gain, wrong = _fit(question, figure, quantity, reading, clause)
            all_wrong = tuple(dict.fromkeys((*misfits, *wrong)))
            yield Candidate(reading, clause, figure, coverage, base + gain - 0.6 * len(all_wrong), missing, all_wrong)


def _statement_bonus(question: Question, clause: Clause) -> float:
    bonus = 0.0
    if question.kind is Kind.WHEN:
        bonus += 0.15 if clause.mentions or _POINT_IN_TIME.search(clause.text) else 0.0
    if _WHY.search(question.standalone) and _CAUSE.search(clause.text):
        bonus += 0.35
    if question.status is not None and clause.status is not question.status:
        bonus -= 0.1
    if question.kind is Kind.LIST:
        bonus += 0.08 if re.search(r"[、和及]", clause.text) else 0.0
    if _says_nothing_new(question, clause):
        bonus -= 0.3
    return bonus


def _says_nothing_new(question: Question, clause: Clause) -> bool:
    """Whether a clause only repeats what the question names ("中日示范区,")."""
    asked = fold(question.standalone)
    return len([c for c in fold(clause.text) if c not in asked and c not in _FILLER]) < 3


_FILLER = frozenset(" 、的和与及了在中“”\"'()")
_WHY = re.compile(r"为什么|为何|为啥|原因|根子|根源|怎么会|怎么回事|咋回事|因为什么|受什么影响")
_CAUSE = re.compile(r"导致|由于|因(?!此|素|地|子)|受.{1,12}(?:影响|冲击)|所致|冲击|得益于|带动")
_POINT_IN_TIME = re.compile(r"年底|年内|月底|季度|尽快|即将|阶段|上旬|中旬|下旬|前完成")


def tells_time(candidate: Candidate) -> bool:
    """Whether the candidate's sentence says when: a period, or a stage reached."""
    same = [c for c in candidate.reading.clauses if c.sentence == candidate.clause.sentence]
    return any(c.mentions or _POINT_IN_TIME.search(c.text) or _STAGE.search(c.text) for c in same)


_STAGE = re.compile(r"阶段|手续|封顶|竣工|开工|投产|投用|投运|获批|签约|启动|完成|上市|临床")


def _misfits(question: Question, reading: Reading, clause: Clause) -> tuple[Misfit, ...]:
    wrong = []
    if question.period and question.kind is not Kind.FIGURE and _contradicts(question, clause.period, clause):
        wrong.append(PERIOD)
    for place in question.places:
        if not _holds_place(place, reading, clause):
            wrong.append(PLACE)
            break
    return tuple(wrong)


def _holds_place(place: str, reading: Reading, clause: Clause) -> bool:
    short = short_place(place)
    around = (reading.sentences[clause.index], reading.heading, reading.section, reading.about)
    return any(short in text for text in around) or _is_above(short, reading.report)


def _is_above(short: str, report: Report) -> bool:
    """Whether a place is the province above the report's own region, whose standing the report speaks of as 全市."""
    return short in PROVINCES and short not in report.region and report.text.count(short) >= 3


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
    if figure.status != Status.DONE.value:
        return not stated.overlaps(asked)
    several = stated.last - stated.first >= 23
    if several and stated.last == asked.last and figure.aspect == Aspect.VALUE.value:
        return False  # a review of five years gives the value reached at their end
    return not asked.contains(stated) or asked.last - asked.first + 1 != 12


def _fit(
    question: Question, figure: Figure, quantity: Quantity, reading: Reading, clause: Clause
) -> tuple[float, list[Misfit]]:
    """Return what the figure's slots add to the score, and the slots that contradict."""
    gain = 0.0
    wrong: list[Misfit] = []
    aspect = Aspect(figure.aspect)
    gain += _aspect_gain(question, aspect, quantity, wrong)
    gain += _unit_gain(question, quantity, aspect, wrong)
    if question.period and figure_contradicts(question, figure):
        wrong.append(PERIOD)
    elif (stated := parse_label(figure.period)) and _asked_in(question, stated) == stated:
        gain += 0.12
    elif not question.period and not clause.period_stated:
        gain += 0.03
    elif not question.period and figure.period != reading.report.period and figure.status == Status.DONE.value:
        gain -= 0.06
    if not question.both:
        if _wrong_status(question, figure):
            wrong.append(STATUS)
        gain += _status_gain(question, figure, aspect)
    gain += _indicator_gain(question, figure) + _dimension_gain(question, quantity, aspect)
    if _MILESTONE.search(reading.own[clause.index]):
        gain -= 0.12
    if "年均" in reading.own[clause.index] and "年均" not in question.standalone:
        gain -= 0.25
    if _THRESHOLD.match(reading.own[clause.index][quantity.end :]):
        gain -= 0.2
    near, noun = _nearness(question, quantity, reading, clause)
    return gain + 0.22 * near + 0.7 * noun, wrong


# "迈上6万亿元台阶", "跨越5000亿元大关": a round mark passed, not the value
_MILESTONE = re.compile(r"台阶|大关|关口|跨越|迈上|迈入|跃上")
# What may stand before an indicator and leave it the same one.
_NEUTRAL = re.compile(r"^(?:全[国省市区县]|我[国省市区县]|本[省市区县]|当年|全年|年末|累计|其中|实现|完成|预计|力争)+")


def _indicator_gain(question: Question, figure: Figure) -> float:
    """Return what it adds that the figure is of the very indicator asked for ("进出口总额", not "服务贸易进出口总额"),
    less where the name only qualifies another ("生产总值" in "万元生产总值用水量")."""
    asked = next((t for t in question.terms if t.indicator), None)
    if asked is None:
        return 0.0
    noun = fold(figure.indicator).lower().replace(figure.region, "")
    noun = _NEUTRAL.sub("", noun.replace(short_place(figure.region), "") if figure.region else noun)
    best = -0.05
    for form in asked.forms:
        at = noun.find(form)
        if at >= 0 and (at + len(form) == len(noun) or _GOES_ON.match(noun[at + len(form) :])):
            best = max(best, 0.28 * len(form) / (at + len(form)) - 0.08)
        elif at >= 0 and best < 0:
            best = -0.2
    return best


# What follows an indicator without making it another: "进出口总值|创历史新高", "赤字率|拟按"
_GOES_ON = re.compile(r"创|增至|升至|降至|拟|约|再|首|迈|连续|稳|由|从|历史|预期|目标|力争|\(|占")


# What an indicator is measured in, by how its name ends.
_MEASURED = (
    (
        Dimension.MONEY,
        re.compile(
            r"(?:总值|总额|收入|支出|投资|增加值|零售额|总产值|余额|成交额|销售额|购置费|资本|退税|专项债|规模|保险费|利用外资|产值|经济总量|^gdp|税收)$"
        ),
    ),
    (Dimension.AREA, re.compile(r"面积$")),
    (Dimension.PERCENT, re.compile(r"(?:率|比重|占比)$")),
    (Dimension.DURATION, re.compile(r"天数$")),
    (Dimension.MASS, re.compile(r"产量$")),
)


def _dimension_gain(question: Question, quantity: Quantity, aspect: Aspect) -> float:
    """Return what it adds that the number is in what its indicator is measured in, where the question leaves it open."""
    asked = next((t for t in question.terms if t.indicator), None)
    if asked is None or question.aspects or question.hole.dimension is not None:
        return 0.0
    for dimension, ending in _MEASURED:
        if ending.search(asked.forms[0]) or ending.search(asked.forms[-1 if len(asked.forms) == 1 else 1].lower()):
            return 0.12 if dimension is quantity.dimension else -0.12
    return 0.0


def _aspect_gain(question: Question, aspect: Aspect, quantity: Quantity, wrong: list[Misfit]) -> float:
    if question.aspects:
        if aspect in question.aspects:
            return 0.25 - 0.1 * question.aspects.index(aspect)
        wrong.append(ASPECT)
        return 0.0
    if question.target:
        return 0.15 if aspect is Aspect.TARGET else 0.0
    if aspect in (Aspect.VALUE, Aspect.TARGET):
        return 0.1 if aspect is Aspect.VALUE else 0.0
    if question.hole.dimension is Dimension.PERCENT and quantity.dimension is Dimension.PERCENT:
        return 0.05
    return -0.15


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


def _unit_gain(question: Question, quantity: Quantity, aspect: Aspect, wrong: list[Misfit]) -> float:
    hole = question.hole
    if hole.dimension is None or (question.aspects and hole.dimension is not quantity.dimension):
        return 0.0
    if hole.dimension is not quantity.dimension:
        wrong.append(UNIT)
        return 0.0
    if not hole.unit or quantity.unit.endswith(hole.unit):
        return 0.15 if hole.unit else 0.08
    return 0.06 if any(hole.unit in alike and quantity.unit.lstrip("万亿千百") in alike for alike in _ALIKE) else -0.12


def _wrong_status(question: Question, figure: Figure) -> bool:
    """Whether a plan would stand for what is done, or what is done for a target."""
    planned = figure.status != Status.DONE.value
    if question.target and not question.aspects and not planned:
        return question.status is not Status.DONE
    return planned and question.status is Status.DONE and not question.target


def _status_gain(question: Question, figure: Figure, aspect: Aspect) -> float:
    planned = figure.status != Status.DONE.value
    if question.target and not question.aspects:
        return 0.15 if planned else -0.2
    if question.status is None:
        return -0.22 if planned else 0.0
    return 0.1 if planned == (question.status is Status.PLANNED) else -0.2


def _nearness(question: Question, quantity: Quantity, reading: Reading, clause: Clause) -> tuple[float, float]:
    """Return the weighted share of the terms that stand close to the number, between it and its neighbours, and what
    it adds that it counts the noun asked for."""
    own = reading.own[clause.index]
    left = max((q.end for q in clause.quantities if q.end <= quantity.start), default=0)
    right = min((q.start for q in clause.quantities if q.start >= quantity.end), default=len(own))
    before = re.split(r"[、]", own[left : quantity.start])[-1]
    window = f"{before}|{own[quantity.end : right]}"
    if not clause.own_subject or not before.strip():
        window += f"|{clause.subject.lower()}"
    total = sum(t.weight for t in question.terms) or 1.0
    near = sum(t.weight * match(t, window) for t in question.terms) / total
    return near, _noun_gain(question.hole.noun, quantity, before, own[quantity.end : right])


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


def _noun_gain(noun: str, quantity: Quantity, before: str, after: str) -> float:
    """Return what it adds that the number counts the noun asked for ("多少家企业": "344家企业", "护航企业2500家")."""
    if len(noun) < 2:
        return 0.0
    gain = (
        0.25 if after.startswith(noun[:2]) or before.endswith(noun[:2]) else 0.1 if noun[:2] in after + before else 0.0
    )
    for nouns, units in _COUNTS:
        if re.match(nouns, noun) and quantity.dimension is Dimension.COUNT:
            gain += 0.05 if quantity.unit.lstrip("万亿千百") in units else -0.25
            break
    return gain
