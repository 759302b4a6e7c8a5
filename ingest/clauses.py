"""Passage -> sentences -> clauses, each with what it speaks of: subject, period, status, quantities.

One left-to-right reader with a small state: a clause that names no subject of its own ("总量全市排名第三",
"同比增长0.6%") speaks of the last subject named; a full stop ends the subject's reach within a sentence only
where the next sentence names its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest import tables
from ingest.eras import Era, calendar_of, era_of, openings, section_period
from ingest.language.folding import fold
from ingest.language.periods import Calendar, Period, PeriodMention, months, periods
from ingest.language.quantities import Quantity, quantities
from ingest.language.statuses import Status, status_of_clause
from ingest.language.units import Dimension
from ingest.nouns import completed, has_measure, is_dependent, masked, names_of, noun_after, noun_before, subject_of
from ingest.report import Passage, Report
from ingest.scopes import bare_scope, holder_in, level_in, scope_in

__all__ = [
    "Clause",
    "calendar_of",
    "clauses",
    "noun_after",
    "noun_before",
    "section_period",
    "subject_of",
]


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas. Offsets are into the passage's text; `sentence` counts from 0.

    `subject` is the noun that the clause speaks of; `own_subject` says that it stands in the clause itself, else it
    is inherited. `subject_clause` is the index of the clause it stands in. `depth` is 1 inside brackets. `period` is
    what the clause speaks of, `running` the period that runs through the sentence whatever the clause names in
    passing, `before` the one that ran when it began, `origin` the year that a change over `running` began in. `scope`
    is the place or holder inside the region that the clause, its subject's clause or its sentence names. `names` are
    the nouns of its numbers, `cells` those of a table's row.
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
    names: tuple[str, ...] = ()
    before: Period | None = None
    origin: Period | None = None
    scope: str = ""
    cells: tuple[tables.Cell, ...] = ()


# "…;": a sentence that goes on
_HALF = re.compile(r";\s*\Z")
_BREAK = re.compile(r"[,。!?;:\n]|\((?![A-Za-z]+[\d._]*\))(?=[^()]*\d[^()]*\)|[^()]{13,}\))|\)")


def clauses(report: Report, passage: Passage) -> list[Clause]:
    """Return the clauses of `passage` in order."""
    calendar = calendar_of(report)
    folded = fold(passage.text)
    heading = bare_scope(fold(passage.heading))
    reader = _Reader(calendar, era_of(report, passage), dict(openings(folded, calendar)), heading)
    if row := tables.row_of(report, passage):
        return [reader.row(row, passage.text)]
    return [reader.read(*span, folded, passage.text) for span in _spans(folded)]


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

    def __init__(self, calendar: Calendar, era: Era, openings: dict[int, Era], scope: str = "") -> None:
        self._calendar, self._status, self._default = calendar, era.status, era.period
        self._openings = openings
        self._span: Period | None = None
        self._topic, self._measure = "", ("", "")
        self._half = False
        self._place, self._scoped = scope, -1
        self._scope = self._lead = scope
        self._period, self._stated = era.period, False
        self._subject, self._subject_clause = "", 0
        self._aside: tuple[str, int] | None = None
        self._sentence = 0
        self._subject_sentence = -1
        self._opening: tuple[Period | None, bool] = (era.period, False)
        self._earlier: list[str] = []
        self._count = 0

    def row(self, row: tables.Row, text: str) -> Clause:
        """Return the row of a table as one clause; its subject is what its first number measures."""
        subject = row.cells[0].name if row.cells else row.name
        return Clause(
            index=0,
            sentence=0,
            start=0,
            end=len(text),
            text=text,
            subject=subject,
            own_subject=bool(subject) and subject in text,
            subject_clause=0,
            period=self._period,
            period_stated=False,
            status=self._status,
            section_status=self._status,
            running=self._period,
            depth=0,
            quantities=tuple(replace(q, text=text[q.start : q.end]) for q in (cell.quantity for cell in row.cells)),
            mentions=(),
            names=tuple(cell.name for cell in row.cells),
            before=self._period,
            cells=row.cells,
        )

    def read(self, start: int, end: int, sentence: int, depth: int, folded: str, text: str) -> Clause:
        while start < end and folded[start].isspace():
            start += 1
        body = folded[start:end]
        mentions = tuple(self._in_section(m) for m in periods(body, self._calendar))
        found = tuple(q for q in quantities(text[start:end]) if not any(m.start <= q.start < m.end for m in mentions))
        self._begin(start, end)
        self._enter(sentence, _HALF.search(folded, max(0, start - 20), start) is not None)
        before = self._period
        self._take_period(body, mentions, depth)
        plain = masked(body, mentions)
        subject, own, inherited_from = self._subject_in(plain, found, depth)
        names = self._of_topic(body, names_of(plain, found, subject, self._earlier, own), found)
        self._earlier += names[-6:]
        period, stated = self._period_of(mentions, body, depth)
        clause = Clause(
            index=self._count,
            sentence=sentence,
            start=start,
            end=end,
            text=text[start:end],
            subject=subject,
            own_subject=own,
            subject_clause=self._count if own else inherited_from,
            period=period,
            period_stated=stated,
            status=status_of_clause(body, self._status_in(period, stated)),
            section_status=self._status,
            running=self._period,
            depth=depth,
            quantities=found,
            mentions=mentions,
            names=tuple(names),
            before=before,
            origin=self._origin() if found else None,
            scope=self._scope_in(plain, names, found, own, sentence, depth),
        )
        self._count += 1
        return clause

    def _scope_in(
        self, plain: str, names: list[str], found: tuple[Quantity, ...], own: bool, sentence: int, depth: int
    ) -> str:
        """Return the scope of a clause: a place that opens its sentence holds to the full stop ("生物医药基地,…"), one
        in a clause, or a holder, for the clauses after it that speak of the same subject."""
        if sentence != self._scoped:
            going_on = self._half or plain.startswith("其中")
            self._lead = self._lead if going_on else self._place  # a semicolon ends no lead
            self._scoped, self._scope = sentence, self._lead
            if bare := bare_scope(plain):
                self._scope = self._lead = bare
                return bare
        if level := level_in(plain):
            self._scope = self._lead = level
            return level
        scope = scope_in(plain)
        if scope in names:
            scope = ""
        scope = scope or (holder_in(plain, names[0]) if names else "")
        if depth:
            return scope or self._scope
        if scope or own:
            self._scope = scope or self._lead
        return self._scope

    def _of_topic(self, body: str, names: list[str], found: tuple[Quantity, ...]) -> list[str]:
        """Return bare kinds with the measure of their sentence: "食品类上涨2%" after "消费品价格有升有降"."""
        topic = self._topic
        if measures := _TOPIC.findall(body):
            self._topic = measures[-1]
        names = [f"{name}{topic}" if topic and name.endswith("类") else name for name in names]
        return [self._alike(name, quantity) for name, quantity in zip(names, found, strict=True)]

    def _alike(self, name: str, quantity: Quantity) -> str:
        """Return a thing with the measure of the one before it in the same unit: "肉类产量35.9万吨,禽蛋11.3万吨"."""
        if own := _SUITED.search(name):
            if quantity.dimension not in (Dimension.PERCENT, Dimension.POINTS, Dimension.RANK):
                self._measure = (own[0], quantity.unit)
            return name
        measure, unit = self._measure
        bare = not has_measure(name) and 1 < len(name) <= 8 and not _DONE.match(name)
        money = quantity.dimension is Dimension.MONEY
        if not measure or unit != quantity.unit or not bare or (money and not _BRANCH.search(name)):
            return name
        return f"{name}{measure}"

    def _status_in(self, period: Period | None, stated: bool) -> Status:
        """Return the section's status; a year gone by that a plan names is done: "去年居民消费价格涨幅回落到2.6%", a
        year to come that a review names is planned: "今年强度要降低3.1%以上"."""
        if not stated or period is None or period.last < 12:
            return self._status
        if period.last // 12 < self._calendar.year:
            return Status.DONE
        now = self._calendar.now
        return Status.PLANNED if now is not None and now.last // 12 < period.first // 12 else self._status

    def _subject_in(self, plain: str, found: tuple[Quantity, ...], depth: int) -> tuple[str, bool, int]:
        """Return the subject of a clause, whether it names it itself, and else the clause that does.

        A bare measure or stage speaks of the subject before it in its sentence, and the clauses after it of both:
        "规模以上工业企业达429户,实现增加值2570亿元,同比增长9.5%".
        """
        noun = subject_of(plain, found)
        if depth == 0:
            self._aside = None
        holder, stands_in = self._aside or (self._subject, self._subject_clause)
        if depth and noun and not is_dependent(noun):
            self._aside = (noun, self._count)
        if noun and is_dependent(noun) and holder and self._reaches(noun, holder):
            if depth == 0:
                self._subject, self._subject_clause = completed(noun, holder), self._count
                self._subject_sentence = self._sentence
            return holder, False, stands_in
        if noun and depth == 0:
            self._subject, self._subject_clause, self._subject_sentence = noun, self._count, self._sentence
        return noun or holder, bool(noun), stands_in

    def _reaches(self, noun: str, holder: str) -> bool:
        """Whether a bare measure speaks of the subject before it: of its sentence, and what an account holds also
        behind a semicolon: "基金预算收入187亿元,增长6%;支出170亿元"."""
        behind = self._half and self._subject_sentence == self._sentence - 1
        account = _ACCOUNT.fullmatch(noun) and _ACCOUNT.search(holder)
        return self._subject_sentence == self._sentence or bool(behind and account)

    def _in_section(self, mention: PeriodMention) -> PeriodMention:
        """Return a mention without a year in the year of its section: "全年" in the review of 2021 is 2021."""
        reviewed = self._default
        if mention.text.startswith("当年") and self._period is not None:  # of the year spoken of, whenever it is told
            return replace(mention, period=mention.period.in_year(self._period.last // 12))
        if mention.year_stated or reviewed is None:
            return mention
        if self._status is not Status.DONE and reviewed.first // 12 != reviewed.last // 12:
            return mention
        if mention.period.last - mention.period.first > 11:
            return mention
        return replace(mention, period=mention.period.in_year(reviewed.last // 12))

    def _begin(self, start: int, end: int) -> None:
        """Let an era that the clause opens hold from here on."""
        for at in [at for at in self._openings if at < end]:
            era = self._openings.pop(at)
            self._status, self._default = era.status, era.period
            if at < start:  # an empty clause opened it
                self._period, self._stated = era.period, False

    def _enter(self, sentence: int, half: bool) -> None:
        """Begin a sentence: behind a semicolon its opening period holds again, behind a full stop the section's."""
        if sentence == self._sentence:
            return
        self._sentence, self._half = sentence, half
        self._earlier = []
        if not half:
            self._topic, self._measure = "", ("", "")
        if half:
            self._period, self._stated = self._opening
        elif self._default is not None and (
            self._status is Status.DONE or self._default.last - self._default.first < 12
        ):
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
            self._span = mention.period if mention.text[0].isdigit() else None

    def _origin(self) -> Period | None:
        """Return the year in which a change over years began: the first of "2012年至2021年", else the one before."""
        period = self._period
        if period is None or period.year < 1 or period.first % 12 or period.last % 12 != 11:
            return None
        spanned = period == self._span and period.last - period.first > 11
        return months(period.year - (not spanned), 1, 12)

    def _period_of(self, mentions: tuple[PeriodMention, ...], body: str, depth: int) -> tuple[Period | None, bool]:
        named = [m.period for m in mentions if not _is_base(body, m)]
        if named:
            return named[-1], True
        return self._period, self._stated


_ACCOUNT = re.compile(r"(?:收入|支出|利润|利润总额|利税|税收)$")
_SUITED = re.compile(r"(?:产量|存栏|出栏|播种面积|种植面积|总产值|产值|增加值|零售额)$")
_DONE = re.compile(r"新|完成|改造|建设|建成|修复|治理|淘汰|销售|收购|减少|补充|推广|引进|综合|累计")
_BRANCH = re.compile(r"(?:业|类|公司|经济|地方|集团)$")
_TOPIC = re.compile(r"价格|零售额|销售额|投资|产量|产值|增加值|营业收入")
# "较5月份", "比去年同期", "环比5月份": the period compared with; "面对去年同期高基数"
_BASE = re.compile(r"(?:较|比|环比|同比|与|于|面对|自|从|由)$")
# "2026年是“十五五”开局之年": the year is spoken of, not the plan
_STAGE_OF = re.compile(
    r"(?:规划|时期|计划)?的?(?:开局|收官|起步|奠基|关键|攻坚|冲刺|承上启下|第[一二三四五]|首|最后)[^,。;]{0,6}年"
)
_AGAINST = re.compile(r"同期(?!为|是|完成)|高基数|相比")


def _is_base(body: str, mention: PeriodMention) -> bool:
    compared = mention.text.endswith("同期") and not re.match("为|是|完成", body[mention.end :])
    if is_since(body, mention) or is_multiple_of(body, mention) or _STAGE_OF.match(body, mention.end):
        return True
    if mention.period.last - mention.period.first > 11 and body[: mention.start].endswith(("从", "自")):
        return False  # "从2012年至2021年"
    return compared or bool(_BASE.search(body[: mention.start])) or bool(_AGAINST.match(body, mention.end))


def is_since(body: str, mention: PeriodMention) -> bool:
    """Whether a year only says since when: "是2004年以来最高的"."""
    return mention.text[0].isdigit() and body.startswith("以来", mention.end)


def is_multiple_of(body: str, mention: PeriodMention) -> bool:
    """Whether a year is what a multiple is of: "是2010年的2.2倍"."""
    return body[: mention.start].endswith(("是", "为", "达到")) and bool(
        re.match(r"的?[\d.一两三]+倍", body[mention.end :])
    )


def _is_target(body: str, mention: PeriodMention) -> bool:
    """Whether the period belongs to a target named in passing ("完成全年任务55.3%"): it reaches no further."""
    return bool(re.match(r"(?:的)?(?:任务|目标|计划|远景目标|规划)", body[mention.end :]))
