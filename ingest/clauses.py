"""Passage -> sentences -> clauses, each with what it speaks of: subject, period, status, quantities.

One left-to-right reader with a small state: a clause that names no subject of its own ("总量全市排名第三",
"同比增长0.6%") speaks of the last subject named; a full stop ends the subject's reach within a sentence only
where the next sentence names its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.language.folding import fold
from ingest.language.periods import Calendar, Period, PeriodMention, months, parse_label, periods
from ingest.language.quantities import Quantity, quantities
from ingest.language.statuses import Status, status_of_clause, status_of_section
from ingest.report import Passage, Report


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas. Offsets are into the passage's text; `sentence` counts from 0.

    `subject` is the noun that the clause speaks of; `own_subject` says that it stands in the clause itself, else it
    is inherited. `subject_clause` is the index of the clause it stands in. `depth` is 1 inside brackets. `period` is
    what the clause speaks of, `running` the period that runs through the sentence whatever the clause names in passing.
    """

    index: int
    sentence: int
    start: int
    end: int
    text: str
    subject: str
    own_subject: bool
    subject_clause: int
    period: Period | None
    period_stated: bool
    status: Status
    section_status: Status
    running: Period | None
    depth: int
    quantities: tuple[Quantity, ...]
    mentions: tuple[PeriodMention, ...]


_BREAK = re.compile(r"[,。!?;:\n]|\((?=[^()]*\d[^()]*\)|[^()]{13,}\))|\)")
# What may stand before a subject: "上半年,其中", "全区", "截至目前", "一是"
_LEAD = re.compile(
    r"^(?:\s|其中|同时|此外|另外|目前|当前|截至[^,]{0,4}(?=,)|今年以来|年初以来|一年来|累计|分别|并且|并|且|同期|已|共|全年|预计|初步核算"
    r"|[一二三四五六七八九十]是|方面|[、\-#*]|主要是|特别是|尤其是|也|还|又|均|都|仍|则)+"
)
# A clause that starts so says something of the last subject: "同比增长", "总量全市排名第三", "完成全年任务55.3%"
_ELLIPTICAL = re.compile(
    r"^(?:同比|环比|比上年|比去年|较上年|较去年|比[^,]{1,6}(?:增|减|提高|下降)|较\d|较[^,]{1,6}(?:增|减|提高|下降|回)|增长|下降|上涨|增速|增幅|降幅|涨幅|总量|总产量|总产|规模(?!以上)|数量|总额|总数|产量|排名|位居|位列|列(?![车入])|居(?![民住家])|全[市国省区]排名|在?全[市国省区]"
    r"(?:第|排|位|率先|领先|前列)|高于|低于|好于|快于|优于|达到|达|占|占比|比重|完成(?:全年|年度|率|进度|比例|计划|目标)|提前完成|超额|其|年均|成为|实现(?:正增长|翻番)|综合成绩|整体进度|总投资|预计|计划总|较|(?:任务|目标|指标)(?:数|值|量)?(?:为|是|:)?(?:\d|开工|完工|新增))"
)
# Where the subject ends and the predicate begins.
_PREDICATE = re.compile(
    r"完成|实现|达到|(?<![下传送表到])达(?![标产成])|为(?![民企群主基期重了])|是(?!否)|(?<!公)共有?|(?<![国所拥享私公没])有(?![效序力机关限色望所])|位列|位居|排名|列全|居全|(?<!侵)占(?!地)"
    r"|超过|超(?!市|级|额|高)|突破|增长|下降|上升|提高|减少|增加(?!值)|上涨|回落|高于|低于|好于|快于|优于|保持|稳定在|同比|环比|增速|分别|累计|不低于|不少于|不高于|控制在"
    r"|较|比上年|比去年|仅|已达|均(?=[位居超达为高])|形成|预计|约(?!束|谈)"
)
_TRIM = " 、“”\"'‘’的,:;-—·"


def clauses(report: Report, passage: Passage) -> list[Clause]:
    """Return the clauses of `passage` in order."""
    calendar = calendar_of(report)
    default = status_of_section(passage.section)
    reader = _Reader(calendar, default, section_period(report, passage, calendar, default))
    folded = fold(passage.text)
    return [reader.read(*span, folded, passage.text) for span in _spans(folded)]


def calendar_of(report: Report) -> Calendar:
    """Return what "今年" means in `report`: the year it was published, else of the period it reports on."""
    period = parse_label(report.period)
    published = int(report.published[:4]) if report.published[:4].isdigit() else 0
    year = published or (period.last // 12 if period else 0)
    return Calendar(year, period)


def section_period(report: Report, passage: Passage, calendar: Calendar, status: Status) -> Period | None:
    """Return the period that a passage speaks of where it names none: of its headings, else of the report."""
    for heading in passage.section:
        named = [
            m.period for m in periods(heading, calendar) if m.year_stated or m.period.first % 12 or not calendar.now
        ]
        if len(named) == 1:
            return named[0]
    if not calendar.year:
        return None
    if status is not Status.DONE:
        return months(calendar.year, 1, 12)
    return calendar.now


def _spans(folded: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield (start, end, sentence, depth) of the clauses; commas inside numbers do not divide, brackets do."""
    start = sentence = depth = 0
    for m in _BREAK.finditer(folded):
        mark, at = m[0], m.start()
        if mark == "," and folded[at - 1 : at].isdigit() and re.match(r"\d{3}(?!\d)", folded[at + 1 : at + 5]):
            continue
        if mark == ":" and folded[at - 1 : at].isdigit() and folded[at + 1 : at + 2].isdigit():
            continue
        if mark == ")" and not depth:
            continue  # closes a short aside that belongs to its clause: "建筑业总产值(本市)完成97.8亿元"
        if folded[start:at].strip():
            yield start, at, sentence, depth
        start = at + 1
        depth = max(0, depth + {"(": 1, ")": -1}.get(mark, 0))
        if mark in "。!?;\n" and not depth:
            sentence += 1
    if folded[start:].strip():
        yield start, len(folded), sentence, depth


class _Reader:
    """The state that passes from clause to clause."""

    def __init__(self, calendar: Calendar, status: Status, period: Period | None) -> None:
        self._calendar, self._status, self._default = calendar, status, period
        self._period, self._stated = period, False
        self._subject, self._subject_clause = "", 0
        self._sentence = 0
        self._opening: tuple[Period | None, bool] = (period, False)
        self._count = 0

    def read(self, start: int, end: int, sentence: int, depth: int, folded: str, text: str) -> Clause:
        while start < end and folded[start].isspace():
            start += 1
        body = folded[start:end]
        mentions = tuple(self._in_section(m) for m in periods(body, self._calendar))
        found = tuple(q for q in quantities(body) if not any(m.start <= q.start < m.end for m in mentions))
        self._enter(sentence, folded[start - 1 : start] == ";" or folded[:start].rstrip().endswith(";"))
        self._take_period(body, mentions, depth)
        subject = subject_of(body, found, mentions)
        own = bool(subject)
        if own and depth == 0:
            self._subject, self._subject_clause = subject, self._count
        period, stated = self._period_of(mentions, body, depth)
        clause = Clause(
            index=self._count,
            sentence=sentence,
            start=start,
            end=end,
            text=text[start:end],
            subject=subject or self._subject,
            own_subject=own,
            subject_clause=self._count if own else self._subject_clause,
            period=period,
            period_stated=stated,
            status=status_of_clause(body, self._status),
            section_status=self._status,
            running=self._period,
            depth=depth,
            quantities=found,
            mentions=mentions,
        )
        self._count += 1
        return clause

    def _in_section(self, mention: PeriodMention) -> PeriodMention:
        """Return a mention without a year in the year under review: "全年" in the review of 2021 is 2021."""
        reviewed = self._default
        if mention.year_stated or reviewed is None or self._status is not Status.DONE:
            return mention
        if mention.period.last - mention.period.first > 11:
            return mention
        return replace(mention, period=mention.period.in_year(reviewed.last // 12))

    def _enter(self, sentence: int, half: bool) -> None:
        """Begin a sentence: behind a semicolon its opening period holds again, behind a full stop the section's."""
        if sentence == self._sentence:
            return
        self._sentence = sentence
        if half:
            self._period, self._stated = self._opening
        elif self._default is not None and self._default.last - self._default.first < 12:
            self._period, self._stated = self._default, False
            self._opening = (self._default, False)

    def _take_period(self, body: str, mentions: tuple[PeriodMention, ...], depth: int) -> None:
        """Let a period that the clause states reach the clauses after it; a comparison base or an aside does not."""
        for mention in mentions:
            if depth or _is_base(body, mention) or _is_target(body, mention):
                continue
            if not self._stated:
                self._opening = (mention.period, True)
            self._period, self._stated = mention.period, True

    def _period_of(self, mentions: tuple[PeriodMention, ...], body: str, depth: int) -> tuple[Period | None, bool]:
        named = [m.period for m in mentions if not _is_base(body, m)]
        if named:
            return named[-1], True
        return self._period, self._stated


# "较5月份", "比去年同期", "环比5月份": the period compared with; "面对去年同期高基数"
_BASE = re.compile(r"(?:较|比|环比|同比|与|于|面对|自|从)$")


def _is_base(body: str, mention: PeriodMention) -> bool:
    return bool(_BASE.search(body[: mention.start])) or bool(re.match(r"同期|高基数|相比", body[mention.end :]))


def _is_target(body: str, mention: PeriodMention) -> bool:
    """Whether the period belongs to a target named in passing ("完成全年任务55.3%"): it reaches no further."""
    return bool(re.match(r"(?:的)?(?:任务|目标|计划)", body[mention.end :]))


# Verbs between a holder and its measure: "第一产业实现增加值", "区政府投资项目下达资金"
_HOLDS = re.compile(r"完成|实现|形成|取得|获得|下达")
# What follows a number and is no noun: "1万人次以上", "30%左右"
_NOT_NOUN = re.compile(r"^(?:台阶|大关|关口|及?以上|及?以下|左右|以内|多|余|的)+")


# "在促消费政策带动下", "随着疫情好转": circumstances, not subjects
_ADVERBIAL = re.compile(r"(?:在[^,]*?(?:下|中|上|基础上|方面|同时|背景下|过程中)|随着.*|面对.*|受[^,]*影响)$")


def subject_of(body: str, found: tuple[Quantity, ...], mentions: tuple[PeriodMention, ...]) -> str:
    """Return the noun that the folded clause `body` speaks of, "" where it names none.

    >>> subject_of("固定资产投资完成442.1亿元", tuple(quantities("固定资产投资完成442.1亿元")), ())
    '固定资产投资'
    """
    start = _skip_lead(body, mentions)
    if _ELLIPTICAL.match(body[start:]):
        return ""
    if _ADVERBIAL.match(body[start:]):
        return ""
    first = next((q for q in found if q.start >= start), None)
    if first is None:
        head = body[start:]
        predicate = _PREDICATE.search(head)
        return head[: predicate.start() if predicate and predicate.start() > 1 else 20].strip(_TRIM)
    return noun_after(body, first) or noun_before(body[start : first.start])


def noun_before(head: str) -> str:
    """Return the noun that `head`, the words before a number, measures.

    >>> noun_before("固定资产投资完成"), noun_before("第一产业实现增加值"), noun_before("达产后预计实现纳税额超")
    ('固定资产投资', '第一产业增加值', '纳税额')
    """
    parts, verbs, at = [], [], 0
    for m in _PREDICATE.finditer(head):
        parts.append(head[at : m.start()].strip(_TRIM))
        verbs.append(m[0])
        at = m.end()
    parts.append(head[at:].strip(_TRIM))
    named = [(part, verbs[i - 1] if i else "") for i, part in enumerate(parts) if len(part) > 1]
    if not named:
        return ""
    last, verb = named[-1]
    if len(named) > 1 and _HOLDS.fullmatch(verb) and len(last) <= 5:
        return named[-2][0] + last
    return last


def noun_after(body: str, quantity: Quantity) -> str:
    """Return the noun that a number counts: "1500万元消费券" -> "消费券", "" where none follows at once."""
    tail = _NOT_NOUN.sub("", body[quantity.end :])
    stop = re.search(
        r"[、,。;()]|和|及|与|\d|"
        + _PREDICATE.pattern
        + r"|全部|实行|入驻|投入|启动|加快|建立|办理|纳入|获评|提前|签|下沉|给予",
        tail,
    )
    noun = tail[: stop.start() if stop else len(tail)].strip(_TRIM)
    return noun if 2 <= len(noun) <= 24 and quantity.unit not in ("%", "个百分点", "名") else ""


def _skip_lead(body: str, mentions: tuple[PeriodMention, ...]) -> int:
    """Return where the subject may start: behind connectives and periods."""
    start = 0
    while True:
        moved = next((m.end for m in mentions if m.start <= start < m.end), start)
        lead = _LEAD.match(body[moved:])
        moved += lead.end() if lead else 0
        if moved == start:
            return start
        start = moved


def with_offset(clause: Clause, offset: int) -> Clause:
    """Return the clause with offsets moved by `offset` (from the passage's text to the report's)."""
    return replace(clause, start=clause.start + offset, end=clause.end + offset)
