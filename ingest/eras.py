"""Eras: the years that a stretch of a report speaks of, from the sentence that opens one ("这五年,…") to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.language.folding import fold
from ingest.language.periods import Calendar, Period, months, parse_label, periods
from ingest.language.statuses import Status, status_of_section
from ingest.report import Passage, Report


@dataclass(frozen=True, slots=True)
class Era:
    """What a number means where its sentence says nothing of it: its period, and whether it is done or planned."""

    period: Period | None
    status: Status


def calendar_of(report: Report) -> Calendar:
    """Return what "今年" means in `report`: the year it was published, else of the period it reports on."""
    period = parse_label(report.period)
    published = int(report.published[:4]) if report.published[:4].isdigit() else 0
    year = published or (period.last // 12 if period else 0)
    return Calendar(year, period)


def era_of(report: Report, passage: Passage) -> Era:
    """Return the era that holds where `passage` begins: what a passage before it opened, else its section's."""
    return _eras(report.id, report.period, report.published, _Keep(report)).get(passage.id) or section_era(
        report, passage, calendar_of(report)
    )


@dataclass(frozen=True, slots=True)
class _Keep:
    """Carries the report past the cache, which knows it by its id and its dates alone."""

    report: Report = field(compare=False)


@lru_cache(maxsize=64)
def _eras(report_id: str, period: str, published: str, keep: _Keep) -> dict[str, Era]:
    """Return the eras of the passages that are not their sections', by the ids of the passages."""
    report = keep.report
    calendar = calendar_of(report)
    eras: dict[str, Era] = {}
    section: tuple[str, ...] = ()
    era: Era | None = None
    for passage in report.passages:
        if passage.section != section:
            era = _heading_era(passage, calendar) or (era if passage.section[:1] == section[:1] else None)
            section = passage.section
        if era is not None:
            eras[passage.id] = era
        planned = section_status(report, passage) is Status.PLANNED
        for _, opened in openings(fold(passage.text), calendar):
            if not (planned and opened.status is Status.DONE):  # a look back among plans ends with its paragraph
                era = opened
    return eras


def section_era(report: Report, passage: Passage, calendar: Calendar) -> Era:
    """Return the era that the headings above a passage set."""
    status = section_status(report, passage)
    period = section_period(report, passage, calendar, status)
    to_come = period is not None and calendar.now is not None and 0 < calendar.now.last < period.first
    return Era(period, Status.PLANNED if to_come else status)


# "发展基础", "基础与优势", "发展现状": where a plan speaks of what is done
_BASIS = re.compile(
    r"(?:发展|现实|现有|工作)基础|基础[与和及]|现状|回顾|成就|成效|成绩|面临.{0,4}形势|发展形势|发展环境"
)
_PLANS = ("专项规划", "规划纲要")


def section_status(report: Report, passage: Passage) -> Status:
    """Return whether a passage speaks of what is done or planned; a plan speaks of plans unless a heading says else."""
    if report.kind not in _PLANS:
        return status_of_section(passage.section)
    done = any(_BASIS.search(heading) for heading in (*passage.section, passage.heading))
    return Status.DONE if done else Status.PLANNED


def section_period(report: Report, passage: Passage, calendar: Calendar, status: Status) -> Period | None:
    """Return the period that a passage speaks of where it names none: of its headings, else of the report."""
    for heading in passage.section:
        named = [
            m.period
            for m in periods(heading, calendar)
            if m.year_stated or m.period.first % 12 or _years(m.period) > 1 or not calendar.now
        ]
        if len(named) == 1:
            return named[0]
    if not calendar.year and calendar.now is None:
        return None
    if calendar.now is None or (status is not Status.DONE and _years(calendar.now) == 1):
        return months(calendar.year, 1, 12)
    return calendar.now


def _years(period: Period) -> int:
    return period.last // 12 - period.first // 12 + 1


# "各位代表!", "——", "一是", "(一)", "1." before the words that open an era
_MARK = (
    r"(?:各位代表[!,:]|-{1,3}|[一二三四五六七八九十]+是|\([一二三四五六七八九十]+\)|\d+\.|\s|发展基础。|发展形势。)*"
)
# "过去的五年极不寻常", "五年来,", "“十四五”时期,", "刚刚过去的2025年,", "2025年是", "第十二届…以来的五年,",
# "今年主要目标"
_SAID = (
    r"(?:回顾|回首|回望|展望)?(?:刚刚)?(?P<said>(?:过去|这|未来|今后)的?[一二三四五5]年|[一五]年[来间]"
    r"|(?:过去)?“?十[一二三四五六七八九]?五”?(?:时期|期间|以来|这五年)|过去的20\d\d年|20\d\d年(?=是)"
    r"|[^,。;!?\n]{4,24}以来的五年|今年(?=[^,。;!?\n]{0,12}(?:目标|任务|重点工作)))"
)
_OPENING = re.compile(rf"(?:^|(?<=[。!?\n])){_MARK}{_SAID}")
_SOME = re.compile(r"五”?[年时期以这]|[一二三四]年|\d年|今年")
# "这是经济实力持续提升的五年。"
_FIVE_YEARS = re.compile(r"^[^,。]{0,40}的五年。?$")


def openings(folded: str, calendar: Calendar) -> Iterator[tuple[int, Era]]:
    """Yield where a sentence of a folded text opens an era, and the era.

    Only reports on whole years have any: what they have reviewed is done, what comes after it is planned.
    """
    now = calendar.now
    if now is None or now.first % 12 or now.last % 12 != 11 or not _SOME.search(folded):
        return
    reviewed = now.last if _years(now) == 1 else now.first - 1
    for m in _OPENING.finditer(folded):
        said = m["said"].rpartition("以来的")[2]
        named = periods(f"过去{said}" if said == "五年" else said, calendar)
        if not named:
            continue
        period = named[0].period
        if period.last <= reviewed:
            yield m.start("said"), Era(period, Status.DONE)
        elif period.first > now.last:
            yield m.start("said"), Era(period, Status.PLANNED)


def _heading_era(passage: Passage, calendar: Calendar) -> Era | None:
    """Return the era of a heading such as "这是经济实力持续提升的五年。"."""
    if calendar.now is None or not any(_FIVE_YEARS.match(heading) for heading in passage.section[1:]):
        return None
    return Era(Period(calendar.now.last - 59, calendar.now.last), Status.DONE)
