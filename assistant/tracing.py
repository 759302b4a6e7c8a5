"""A spoken sentence against the stretches that it cites: each number, date and rank traced to the same figure there.

The sentence is read as the reports are read, as if it stood where the cited passage stands; what it says of a number
(indicator, aspect, direction, period, status, scope) must be what the figure of the stretch says. A clause that
stands in the stretch word for word needs no second reading of its aspect and status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assistant.reading import Reading
from ingest.clauses import Clause, clauses
from ingest.eras import era_of
from ingest.figures import figure_of, standard_name
from ingest.language.aspects import FALLS, RISES, Aspect
from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.language.periods import Period, PeriodMention, parse_label
from ingest.language.quantities import Quantity
from ingest.language.statuses import Status, status_of_clause
from ingest.language.units import split_unit, unit_dimension, unit_size
from ingest.nouns import masked, noun_before
from ingest.places import short_place
from ingest.report import Figure, Passage
from ingest.scopes import without_scope


class Slot(StrEnum):
    """What of a sentence is not proven."""

    NUMBER = "数字"
    UNIT = "单位"
    INDICATOR = "指标"
    ASPECT = "方面"
    DIRECTION = "方向"
    BOUND = "界限"
    PERIOD = "时期"
    STATUS = "状态"
    SCOPE = "范围"
    CALCULATION = "计算"
    UNCITED = "无出处"


@dataclass(frozen=True, slots=True)
class Fault:
    """`spoken` is what the sentence says, `cited` what the stretch has there, "" where it has nothing."""

    slot: Slot
    spoken: str
    cited: str = ""

    def __str__(self) -> str:
        return f"{self.slot}: {self.spoken}" + (f" ≠ {self.cited}" if self.cited else "")


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity in its clause, with what it means."""

    clause: Clause
    quantity: Quantity
    figure: Figure

    @property
    def before(self) -> str:
        return fold(self.clause.text)[: self.quantity.start]

    @property
    def after(self) -> str:
        return fold(self.clause.text)[self.quantity.end :]


@dataclass(frozen=True)
class Proof:
    """The stretch `start:end` of a passage's text that a citation shows."""

    reading: Reading
    start: int
    end: int

    @cached_property
    def text(self) -> str:
        return fold(self.reading.passage.text[self.start : self.end])

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that stand in the stretch."""
        return tuple(
            Number(clause, quantity, figure)
            for clause, figures in zip(self.reading.clauses, self.reading.figures, strict=True)
            for quantity, figure in zip(clause.quantities, figures, strict=True)
            if self.start <= clause.start + quantity.start and clause.start + quantity.end <= self.end
        )

    @cached_property
    def sentences(self) -> tuple[Clause, ...]:
        """The clauses of the sentences that the stretch touches."""
        touched = {c.sentence for c in self.reading.clauses if c.start < self.end and self.start < c.end}
        return tuple(c for c in self.reading.clauses if c.sentence in touched)

    @cached_property
    def context(self) -> str:
        """What stands around the stretch: its sentences, its headings, its report's title, folded, in lower case."""
        said = ",".join(self.reading.own[c.index] for c in self.sentences)
        return " ".join((said, self.text.lower(), self.reading.heading, self.reading.section, self.reading.about))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods that the stretch, its report and its section speak of."""
        report = self.reading.report
        named = [m.period for c in self.sentences for m in c.mentions]
        named += [p for n in self.numbers if (p := parse_label(n.figure.period)) is not None]
        named += [p for p in (parse_label(report.period), era_of(report, self.reading.passage).period) if p is not None]
        return tuple(dict.fromkeys(named))


def faults(sentence: str, proofs: Sequence[Proof], topic: str = "") -> list[Fault]:
    """Return what of `sentence` no stretch of `proofs` proves, [] where all of it is proven.

    `topic` is the indicator of the sentence before, for one that names none of its own.
    """
    return traced(sentence, proofs, topic)[0]


def traced(sentence: str, proofs: Sequence[Proof], topic: str = "") -> tuple[list[Fault], str]:
    """Return the faults of a sentence, and the indicator that it speaks of last, "" where it names none."""
    if not proofs:
        return _uncited(sentence), ""
    if "|" in sentence and any(_placed(sentence, proof).strip(" 。;") in proof.text for proof in proofs):
        return [], ""  # the row of a table, word for word
    read: dict[str, tuple[Clause, ...]] = {}
    told = [_Told(sentence, proof, topic, read) for proof in proofs]
    faulty: list[Fault] = []
    for at in sorted({at for one in told for at in one.numbers}):
        each = [one.of_number(one.numbers[at]) for one in told if at in one.numbers]
        faulty += sorted(each, key=_weight)[0]
    for mention in told[0].mentions:
        if not any(_is_known(mention, proof) for proof in proofs):
            faulty.append(Fault(Slot.PERIOD, mention.text))
    for numeral in told[0].residue():
        if not any(_stands(numeral, proof.context) for proof in proofs):
            faulty.append(Fault(Slot.NUMBER, numeral))
    return list(dict.fromkeys(faulty)), told[0].topic


def _weight(found: list[Fault]) -> tuple[bool, int]:
    """Order what a number lacks: that the number itself stands nowhere is the worst."""
    return any(fault.slot in (Slot.NUMBER, Slot.UNIT) for fault in found), len(found)


def same_amount(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are the same amount of the same: 1.5万元 and 15000元, 12% and 12.0%, 第三 and 第3."""
    return abs(one.base) == abs(other.base) and one.dimension is other.dimension and _plain(one) == _plain(other)


_SAME_UNITS = {"百分点": "个百分点", "元人民币": "元", "块钱": "元", "平米": "平方米", "㎡": "平方米", "立方": "立方米"}


def _plain(quantity: Quantity) -> str:
    """Return the unit without its scale; units of one measure that is not money ("亩", "公顷") are one."""
    plain = split_unit(quantity.unit)[1]
    plain = _SAME_UNITS.get(plain, plain)
    counts = unit_size(plain) == 1
    return plain if counts else unit_dimension(plain).value


def _uncited(sentence: str) -> list[Fault]:
    """Return the numbers and dates of a sentence without a citation: every one is unproven."""
    return [Fault(Slot.UNCITED, m[0]) for m in _ANY_NUMBER.finditer(fold(sentence))]


# "442.1", "第三", "首位", "三成", "上半年", "百分之五", "一季度"
_ANY_NUMBER = re.compile(
    r"\d+(?:\.\d+)?|第[一二三四五六七八九十百]+|首位|榜首"
    r"|[两一二三四五六七八九十百千万亿]+(?:成|倍|[半]?年|季度|月|日|百分|分之)|翻番|一半"
    r"|[一二三四五六七八九十百千万两]{2,}(?=[\u4e00-\u9fff])"
)


class _Told:
    """A sentence as told of one stretch."""

    def __init__(self, sentence: str, proof: Proof, topic: str, read: dict[str, tuple[Clause, ...]]) -> None:
        self.proof, self._topic = proof, topic
        self._text = _placed(sentence, proof)
        cut = len(sentence) - len(self._text)
        self._lead = _PLAN_LEAD.match(self._text)
        place = proof.reading.passage.id
        if place not in read:
            read[place] = tuple(_read(self._text, proof))
        self._clauses = read[place]
        stood = _passage(self._text, proof)
        self.numbers = {
            cut + c.start + q.start: Number(c, q, figure_of(proof.reading.report, stood, c, q))
            for c in self._clauses
            for q in c.quantities
        }

    @property
    def topic(self) -> str:
        return next((n.figure.indicator for n in reversed(list(self.numbers.values())) if n.figure.indicator), "")

    @property
    def mentions(self) -> list[PeriodMention]:
        return [m for c in self._clauses for m in c.mentions]

    def residue(self) -> Iterator[str]:
        """Yield the numerals that are no quantities, periods or parts of an indicator ("第二产业增加值"), each with
        the letter behind it: "15日"."""
        rest = list(self._text)
        for start, end, _ in indicators().find(self._text):
            rest[start:end] = " " * (end - start)
        for c in self._clauses:
            spans = [(q.start, q.end) for q in c.quantities] + [(m.start, m.end) for m in c.mentions]
            for start, end in spans:
                rest[c.start + start : c.start + end] = " " * (end - start)
        yield from (m[0] for m in _NUMERAL.finditer("".join(rest)))

    def of_number(self, spoken: Number) -> list[Fault]:
        """Return what of a number the stretch does not prove; of equal numbers there, the one that fits best."""
        same = [n for n in self.proof.numbers if same_amount(spoken.quantity, n.quantity)]
        if not same:
            near = next((n for n in self.proof.numbers if n.quantity.value == spoken.quantity.value), None)
            slot = Slot.UNIT if near else Slot.NUMBER
            return [Fault(slot, spoken.quantity.text, near.quantity.text if near else "")]
        return min((list(self._against(spoken, n)) for n in same), key=len)

    def _against(self, spoken: Number, cited: Number) -> Iterator[Fault]:
        literal = self._is_literal(spoken, cited)
        yield from self._of_subject(spoken, cited, literal)
        yield from self._of_period(spoken, cited, literal)
        yield from self._of_lead(cited)
        if literal:
            return
        for check in (_aspect, _side, _direction, _bound, self._of_status, self._of_scope):
            if (fault := check(spoken, cited)) is not None:
                yield fault

    def _of_lead(self, cited: Number) -> Iterator[Fault]:
        """What "2022年计划:" before a sentence says of its numbers: planned, for that year or until it."""
        if self._lead is None:
            return
        if cited.figure.status == Status.DONE.value:
            yield Fault(Slot.STATUS, Status.PLANNED.value, cited.figure.status)
        meant = parse_label(cited.figure.period)
        for m in self.mentions:
            if m.end < self._lead.end() and m in self._clauses[0].mentions and meant and not _spans(m.period, meant):
                yield Fault(Slot.PERIOD, m.period.label, cited.figure.period)

    def _is_literal(self, spoken: Number, cited: Number) -> bool:
        """Whether the clause stands word for word where the cited number stands, from where that clause begins; the
        subject that it leaves unsaid there may be put before it."""
        said, written = fold(spoken.clause.text), fold(cited.clause.text)
        opening = _OPENS.match(written)
        skipped = opening.end() if opening else 0
        for start in (0, skipped):
            lead = spoken.quantity.start - (cited.quantity.start - start)
            if lead >= 0 and written.startswith(said[lead:], start) and self._is_subject(said[:lead], cited):
                return True
        return False

    def _is_subject(self, lead: str, cited: Number) -> bool:
        """Whether the words before a clause are the subject that the report gives it, or nothing."""
        if not lead:
            return True
        clause = cited.clause
        subject = self.proof.reading.clauses[clause.subject_clause]
        bare = lead.removeprefix(self.proof.reading.report.region).strip(" ,")
        if not bare or not clause.subject or clause.own_subject:
            return False
        if bare == clause.subject or (not subject.quantities and bare in fold(subject.text)):
            return True
        return bare.endswith(clause.subject) and bare in fold(subject.text)

    def _of_subject(self, spoken: Number, cited: Number, literal: bool) -> Iterator[Fault]:
        meant = cited.figure.indicator
        said = standard_name(without_scope(_indicator(spoken), cited.figure.scope))
        if standard_name(_OF_TASK.sub("", said)) == meant:
            said = meant
        if not said:
            if not literal and (strange := self._strange(spoken)):
                yield Fault(Slot.INDICATOR, strange, meant)
            if self._topic and meant and self._topic != meant and self._topic in self._others(cited):
                yield Fault(Slot.INDICATOR, self._topic, meant)
            return
        if said == meant or (literal and (spoken.clause.own_subject or set(said) <= set(fold(spoken.clause.text)))):
            return
        if said in self._others(cited) or not self._names_same(said, cited):
            yield Fault(Slot.INDICATOR, said, meant)

    def _strange(self, spoken: Number) -> str:
        """Return a word before a number without an indicator that is no cue and that stands nowhere around."""
        words = _WORD.findall(_CUES.sub(" ", self._placeless(spoken.before)))
        return next((w for w in words if any(pair not in self.proof.context for pair in _pairs(w))), "")

    def _others(self, cited: Number) -> set[str]:
        """Return the indicators of the passage that are not the cited number's."""
        named = {f.indicator for figures in self.proof.reading.figures for f in figures}
        return named - {cited.figure.indicator, ""}

    def _names_same(self, said: str, cited: Number) -> bool:
        """Whether a noun may stand for the cited indicator: no indicator of the lexicon that the clause or its heading
        lacks, no word that its surroundings lack, and its last word and half of all in the clause or its subject."""
        reading, index = self.proof.reading, cited.clause.index
        subject = reading.own[cited.clause.subject_clause]
        near = " ".join((cited.figure.indicator, reading.own[index], subject, _wordy(cited.clause))).lower()
        around = " ".join((near, reading.topics[index], reading.heading, reading.section, reading.about))
        if {n for *_, n in indicators().find(said)} - {n for *_, n in indicators().find(f"{near} {reading.heading}")}:
            return False
        words = [pair for word in _WORD.findall(_NEUTRAL.sub(" ", self._placeless(said))) for pair in _pairs(word)]
        if not words or words[-1] not in near or not all(pair in around for pair in words):
            return False
        return 2 * sum(pair in near for pair in words) >= len(words)

    def _placeless(self, noun: str) -> str:
        """Return a noun without the report's own region, in lower case."""
        for place in (self.proof.reading.report.region, short_place(self.proof.reading.report.region)):
            noun = noun.replace(place, "") if place else noun
        return fold(noun).lower()

    def _of_period(self, spoken: Number, cited: Number, literal: bool) -> Iterator[Fault]:
        """A period said of a number must be its own; one left unsaid is not judged."""
        after = self._lead.end() if self._lead else 0
        named = [c.start for c in self._clauses if c.mentions and c.start >= after]
        if not named or named[0] > spoken.clause.start or (literal and named[0] == spoken.clause.start):
            return
        said, meant = spoken.figure.period, cited.figure.period
        if said == meant or (not meant and any(_is_known(m, self.proof) for m in self.mentions)):
            return
        yield Fault(Slot.PERIOD, said, meant)

    def _of_status(self, spoken: Number, cited: Number) -> Fault | None:
        """A plan told as done, or what is done told as a plan."""
        body = fold(spoken.clause.text)
        if spoken.figure.aspect in (Aspect.COMPLETION, Aspect.AGAINST_TARGET, Aspect.RANK):
            return None
        told = Status.PLANNED if self._lead else status_of_clause(body, Status.DONE)
        if spoken.figure.aspect == Aspect.TARGET:
            told = Status.PLANNED
        if _DONE.search(body):
            told = Status.DONE
        done = cited.figure.status == Status.DONE.value
        if (told is Status.DONE) is done:
            return None
        return Fault(Slot.STATUS, told.value, cited.figure.status)

    def _of_scope(self, spoken: Number, cited: Number) -> Fault | None:
        said, meant = spoken.figure.scope, cited.figure.scope
        framed = spoken.figure.aspect in (Aspect.RANK, Aspect.SHARE, Aspect.AGAINST_AVERAGE)
        if said and said != meant and (framed or said.lower() not in self.proof.context):
            return Fault(Slot.SCOPE, said, meant)
        if not said and meant and not framed and meant not in self._text and self._has_whole(cited):
            return Fault(Slot.SCOPE, "", meant)
        return None

    def _has_whole(self, cited: Number) -> bool:
        """Whether the report has the same figure of the region itself, that the cited part must not be taken for."""
        mine = cited.figure
        return any(
            not f.scope and (f.indicator, f.aspect, f.period, f.status) == _key(mine)
            for f in self.proof.reading.report.figures
        )


def _key(figure: Figure) -> tuple[str, str, str, str]:
    return figure.indicator, figure.aspect, figure.period, figure.status


def _passage(text: str, proof: Proof) -> Passage:
    """Return `text` as a passage that stands where the cited one stands."""
    p = proof.reading.passage
    return Passage(p.id, p.paragraph, p.start, p.start + len(text), text, p.section, p.heading, p.page)


def _placed(sentence: str, proof: Proof) -> str:
    """Return a folded sentence without the report's own region before it: "大兴区:", "大兴区"."""
    region = proof.reading.report.region
    text = fold(sentence)
    return text.removeprefix(region).lstrip(":") if region else text


def _read(text: str, proof: Proof) -> list[Clause]:
    return clauses(proof.reading.report, _passage(text.replace("|", ","), proof))


# What may be left out before a clause: "其中", "一是"
_OPENS = re.compile(r"(?:[一二三四五六七八九十]是|其中|同时|此外|并且|并|且|而且|也|还|以及|即|[,、: ])*")
# "已完成70个", "新建了3座"
_DONE = re.compile(r"已经?(?=[^,。]{0,4}[\u4e00-\u9fff])(?!到位)|(?<=[\u4e00-\u9fff]{2})了(?=[\d约近超])")
# "森林覆盖率全年任务34%": the task is the indicator's
_TASK = re.compile(r"(?:全年|年度)?(?:任务|目标|计划|指标|目标任务)")
_OF_TASK = re.compile(r"的?(?:全年|年度)?(?:任务|目标|计划|指标|目标任务)$")


def _indicator(number: Number) -> str:
    """Return what a spoken number measures; where that is a bare task, what the task is of."""
    named = number.figure.indicator
    if not _TASK.fullmatch(named) or number.figure.aspect not in (Aspect.TARGET, Aspect.COMPLETION):
        return named
    head = re.split(r"的?(?:任务|目标|计划|指标)", masked(fold(number.clause.text), number.clause.mentions))
    return standard_name(noun_before(head[0].strip("| ")))


def _spans(planned: Period, meant: Period) -> bool:
    return planned.contains(meant) or planned.last == meant.last


# "2022年计划:", "按计划,", "全年计划:"
_PLAN_LEAD = re.compile(r"(?:按|全年|年度|\d{4}年?[^,:。]{0,4})?计划[,:]")
# "15日", "第十届", "12345"; a lone "一" is an article
_NUMERAL = re.compile(
    r"第?\d+(?:\.\d+)?[\u4e00-\u9fff]?|第[一二三四五六七八九十百千]+[\u4e00-\u9fff]?"
    r"|[一二三四五六七八九十百千万亿两〇零]{2,}[\u4e00-\u9fff]?|[一二三四五六七八九十](?=[日届月号])[日届月号]"
)
_WORD = re.compile(r"[\u4e00-\u9fff]+|[a-z\d.]+")
# Words of a noun that say nothing: "全区", "总额", "共"
_NEUTRAL = re.compile(r"全[国省市区县]|我[国省市区县]|的|总量|总额|总数|数量|规模|累计|合计|全年|其中|增速|增幅|降幅")


def _wordy(clause: Clause) -> str:
    """Return a clause without its numbers: "新建加氢站" of "新建不少于3座加氢站"."""
    text = fold(clause.text)
    for q in reversed(clause.quantities):
        text = re.sub(r"(?:不少于|不低于|不超过|超过?|近|约)$", "", text[: q.start]) + text[q.end :]
    return text


# Words that tell which side of an indicator a number is, not which indicator.
_CUES = re.compile(
    r"同比|环比|[较比](?:上年|去年)?(?:同期)?|增长|下降|增加|减少|上升"
    r"|提高|回落|增速|[增降涨]幅|[高低快慢优好]于|高出|全[国省市区县]|平均"
    r"|水平|排名|排|[位名]列|[位稳]居|总量|规模|数量|完成|达到?|实现|全年|年度|任务|目标|计划"
    r"|预计|其中|大?约|超过?|占|比重|的|了|[为在中近仅共又也均已将列居第]|进度|上年|去年|今年"
)


def _pairs(word: str) -> list[str]:
    return [word[i : i + 2] for i in range(len(word) - 1)] or [word]


def _stands(numeral: str, text: str) -> bool:
    before, after = ("(?<![\\d.])" if numeral[0].isdigit() else ""), ("(?!\\d|\\.\\d)" if numeral[-1].isdigit() else "")
    return re.search(f"{before}{re.escape(numeral)}{after}", text) is not None


def _is_known(mention: PeriodMention, proof: Proof) -> bool:
    """Whether a period is one that the stretch, its report or its section speaks of, or the year of one."""
    period = mention.period
    whole = not period.first % 12 and period.last - period.first == 11
    return any(period == p or (whole and p.year == p.last // 12 == period.year) for p in proof.periods) or _stands(
        fold(mention.text), proof.context
    )


_COMPARED = re.compile("同比|环比")
# "完成全年任务800亿元" where 800 is the task
_FULFILLED = re.compile(r"(?:完成|达到|实现)了?(?:全年|年度)?(?:的)?(?:任务|目标|计划)[^,]{0,4}$")
_CHANGES = (Aspect.YEAR_ON_YEAR, Aspect.MONTH_ON_MONTH)


def _aspect(spoken: Number, cited: Number) -> Fault | None:
    said, meant = spoken.figure.aspect, cited.figure.aspect
    planned = cited.figure.status != Status.DONE.value
    if _FULFILLED.search(spoken.before) and said == meant == Aspect.TARGET and not _FULFILLED.search(cited.before):
        return Fault(Slot.ASPECT, spoken.clause.text, meant)
    compared = _COMPARED.findall(spoken.before)
    if compared and {compared[-1], meant} == {"同比", "环比"}:
        return Fault(Slot.ASPECT, compared[-1], meant)
    if said == meant or (planned and {said, meant} == {Aspect.VALUE.value, Aspect.TARGET.value}):
        return None
    return Fault(Slot.ASPECT, said, meant)


def _side(spoken: Number, cited: Number) -> Fault | None:
    """The rank of the growth told as one of the value, or the other way round."""
    said, meant = spoken.figure.side, cited.figure.side
    stated = meant or _SIDE.search(spoken.before)
    return Fault(Slot.ASPECT, said, meant) if said and said != meant and stated else None


_SIDE = re.compile(r"增速|增幅|涨幅|降幅|增长|总量|规模(?!以上)|数量|总额|总数|产量|余额")
# "高于全市平均水平", "好于4%"; "低于", "差于"
_ABOVE = re.compile(r"高于|快于|优于|好于|多于|高出|超出|超过|超")
_BELOW = re.compile(r"低于|慢于|少于|差于|劣于|不足|未达|低出")


def _direction(spoken: Number, cited: Number) -> Fault | None:
    """A rise told as a fall, or above told as below."""
    if spoken.figure.aspect in _CHANGES and cited.figure.aspect in _CHANGES:
        wrong = (spoken.figure.value < 0) != (cited.figure.value < 0)
    else:
        ways = [(_way(n.before, _ABOVE, _BELOW), _way(n.before, RISES, FALLS)) for n in (spoken, cited)]
        wrong = any(a * b < 0 for a, b in zip(*ways, strict=True))
    return Fault(Slot.DIRECTION, spoken.clause.text, cited.clause.text) if wrong else None


def _way(before: str, up: re.Pattern[str], down: re.Pattern[str]) -> int:
    """Return 1 where the last such word goes up, -1 where it goes down, 0 where there is none."""
    rises = max((m.end() for m in up.finditer(before)), default=-1)
    falls = max((m.end() for m in down.finditer(before)), default=-1)
    return (rises > falls) - (falls > rises)


# "超3.3亿元", "不少于13家", "1500余个", "95%以上"
_AT_LEAST = (re.compile(r"(?:超过?|逾|突破|不少于|不低于|至少|高达|不止)了?$"), re.compile(r"余|多|以上"))
# "近100家", "不超过30例", "5%以内"
_AT_MOST = (re.compile(r"(?:近|接近|不足|不到|不超过|不高于|不多于|最多|至多)$"), re.compile(r"以下|以内"))


def _bound(spoken: Number, cited: Number) -> Fault | None:
    """ "近100家" told as "超100家"; a bound left unsaid is not judged."""
    said, meant = _bound_of(spoken), _bound_of(cited)
    return Fault(Slot.BOUND, spoken.clause.text, cited.clause.text) if said and said != meant else None


def _bound_of(number: Number) -> int:
    written = number.quantity.text + number.after[:2]
    if _AT_MOST[0].search(number.before) or _AT_MOST[1].search(written):
        return -1
    return int(bool(_AT_LEAST[0].search(number.before) or _AT_LEAST[1].search(written)))
