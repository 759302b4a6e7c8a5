"""The periods that a report looks back on and those that it looks ahead to.

A work report of year Y reviews Y-1 and plans Y; the first one of a term reviews five years, the one that opens a
five-year plan plans five; a half-year report plans the rest of its year; a plan is about the years it is for. The kind
says what goes without saying, the title and the headings say the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.kinds import five_year_plan
from ingest.language.periods import Calendar, Period, months, parse_label, periods
from ingest.report import Report

# “十四五”时期发展成就, 2025年工作回顾, 2021年计划执行情况, 2025年工作总结
_REVIEWS = r"(?:计划|预算)执行情况|回顾|总结|成就|成效|成绩|执行情况|完成情况|运行情况"
# 主要目标任务, 工作总体部署, 对2018年政府工作的建议, 完成全年计划的主要措施, 2011年的工作, 规划纲要（草案）的说明
_PLANS = r"目标|任务|安排|部署|建议|重点工作|主要工作|要求|政策取向|措施|举措|考虑|展望|计划|草案|预算|说明|工作$"
_CUE = re.compile(rf"(?P<reviews>{_REVIEWS})|(?P<plans>{_PLANS})")
# 回顾2025年工作
_LOOKING_BACK = re.compile(r"(?:回顾|总结)$")
# 下一步工作安排, 下阶段重点任务
_NEXT = re.compile(r"下一?(?:步|阶段).{0,6}(?:工作|安排|打算|任务|措施|建议)")

_FOR_YEARS_AHEAD = ("专项规划", "规划纲要")
_REST_OF_YEAR = ("计划执行情况", "预算执行情况")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a report is about, in order of time: reviewed 2025年 and 2021-2025年, planned 2026年 and 2026-2030年."""

    reviewed: tuple[Period, ...] = ()
    planned: tuple[Period, ...] = ()

    def reviews(self, period: Period) -> bool:
        return any(own.overlaps(period) for own in self.reviewed)

    def plans(self, period: Period) -> bool:
        return any(own.overlaps(period) for own in self.planned)


def coverage(report: Report) -> Coverage:
    """Return the periods that a report reviews and plans, as its kind, its title and its top headings tell."""
    own = parse_label(report.period)
    top = min((section.level for section in report.sections), default=0)
    headings = [section.title for section in report.sections if section.level == top]
    reviewed, planned = _implied(report.kind, own, headings)
    calendar = Calendar(_year_spoken_in(report, own), own)
    for heading in (report.title, *headings):
        for period, ahead in _named(heading, calendar):
            (planned if ahead else reviewed).add(period)
    return Coverage(_ordered(reviewed), _ordered(planned))


def labels(spans: Iterable[Period]) -> str:
    """Return periods as they are shown: "2025年、2021-2025年"."""
    return "、".join(span.label for span in spans)


def _implied(kind: str, own: Period | None, headings: Iterable[str]) -> tuple[set[Period], set[Period]]:
    """Return what a report of this kind reviews and plans without saying so."""
    if own is None:
        return set(), set()
    if kind in _FOR_YEARS_AHEAD:
        return set(), {own}
    if kind == "政府工作报告":
        return {own}, {months(own.last // 12 + 1, 1, 12)}
    looks_ahead = kind in _REST_OF_YEAR or any(map(_NEXT.search, headings))
    rest = _rest_of_year(own) if looks_ahead else None
    return {own}, {rest} if rest else set()


def _rest_of_year(period: Period) -> Period | None:
    year, month = divmod(period.last, 12)
    return months(year, month + 2, 12) if year > 0 and month < 11 else None


def _year_spoken_in(report: Report, own: Period | None) -> int:
    """Return what 今年 means: the year of publication, else that of the period, or the next if it is a whole year."""
    if report.published:
        return int(report.published[:4])
    return 0 if own is None else (own.last + 1) // 12


def _named(heading: str, calendar: Calendar) -> Iterator[tuple[Period, bool]]:
    """Yield the periods of a heading that says what of them it tells; True for those it looks ahead to."""
    for mention in periods(heading, calendar):
        cue = _CUE.search(heading, mention.end)
        if cue and mention.period.year > 0:
            back = cue["reviews"] or _LOOKING_BACK.search(heading[: mention.start])
            yield mention.period, not back
    if "个五年" in heading and (plan := parse_label(five_year_plan(heading))):
        yield plan, True


def _ordered(found: Iterable[Period]) -> tuple[Period, ...]:
    return tuple(sorted(found, key=lambda period: (period.last, period.last - period.first)))
