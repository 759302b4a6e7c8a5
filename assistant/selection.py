"""Which figures are asked for: the filters of the page of figures, of `GET /api/figures` and of `wenbao figures`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.periods import Calendar, Period, parse_label, periods
from ingest.language.statuses import Status

VALUE_LIMIT = 200
"""Characters of one filter."""
_BETWEEN = re.compile(r"[,、;|\s]+")
_YEARS = re.compile(r"((?:19|20)\d\d)(?:\s*(?:-|至|到|~)\s*((?:19|20)\d\d))?")
PERIODS_ALLOWED = "年份(2017)、年份范围(2013-2017)或时期(2022年、2022上半年、2022一季度、2022年1-5月、十四五)"


class SelectionError(Exception):
    """A filter cannot be understood. `name` is the filter; the message (Chinese, for the user) says what is allowed."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class Span:
    """The periods asked for: that one, or whatever lies `within` it."""

    period: Period
    within: bool

    def holds(self, period: Period) -> bool:
        return self.period.contains(period) if self.within else self.period == period


@dataclass(frozen=True, slots=True)
class Selection:
    """Every filter that is set must hold; an empty one holds for all.

    `regions` and `words` are folded and lower case; `indicator` and `scope` as they were written.
    """

    region: tuple[str, ...] = ()
    indicator: str = ""
    aspect: str = ""
    period: Span | None = None
    status: str = ""
    scope: str = ""
    report: str = ""
    q: tuple[str, ...] = ()

    @classmethod
    def read(cls, values: Mapping[str, str]) -> Selection:
        """Read filters as they are typed.

        :raises SelectionError: naming the first filter that has no meaning, and what it may be.
        """
        given = {name: fold(value).strip() for name, value in values.items()}
        for name, value in given.items():
            if name not in NAMES:
                raise SelectionError(name, f"没有“{name}”这个条件。可用的有:{'、'.join(NAMES)}。")
            if len(value) > VALUE_LIMIT:
                raise SelectionError(name, f"{NAMES[name]}太长,请控制在 {VALUE_LIMIT} 字以内。")
        return cls(
            region=_several(given.get("region", "")),
            indicator=given.get("indicator", ""),
            aspect=_one_of(Aspect, "aspect", given.get("aspect", "")),
            period=_span(given.get("period", "")),
            status=_one_of(Status, "status", given.get("status", "")),
            scope=given.get("scope", ""),
            report=given.get("report", ""),
            q=_several(given.get("q", "").lower()),
        )


NAMES = {
    "region": "地区",
    "indicator": "指标",
    "aspect": "方面",
    "period": "时期",
    "status": "状态",
    "scope": "范围",
    "report": "报告",
    "q": "关键词",
}


def _several(text: str) -> tuple[str, ...]:
    """ "山东省、广东" -> both."""
    return tuple(dict.fromkeys(part for part in _BETWEEN.split(text) if part))


def _one_of(kind: type[StrEnum], name: str, value: str) -> str:
    if value and value not in set(kind):
        raise SelectionError(name, f"{NAMES[name]}没有“{value}”。可用的有:{'、'.join(kind)}。")
    return value


def _span(text: str) -> Span | None:
    """A year and a range of years stand for all in them, a named period for itself alone.

    >>> _span("2017").holds(Period(2017 * 12, 2017 * 12 + 2)), _span("2017年").holds(Period(2017 * 12, 2017 * 12 + 2))
    (True, False)
    """
    if not text:
        return None
    if years := _YEARS.fullmatch(text):
        first, last = int(years[1]), int(years[2] or years[1])
        if first <= last:
            return Span(Period(first * 12, last * 12 + 11), within=True)
    elif named := parse_label(text):
        if named.year > 1000:
            return Span(named, within=False)
    else:
        mentions = periods(text, Calendar(0))
        if len(mentions) == 1 and mentions[0].text == text and mentions[0].period.year > 1000:
            return Span(mentions[0].period, within=False)
    raise SelectionError("period", f"时期“{text}”无法识别。请写{PERIODS_ALLOWED}。")
