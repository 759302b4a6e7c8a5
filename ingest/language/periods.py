"""Periods: "上半年", "1-5月份", "“十四五”期间", "去年同期" as month ranges, resolved by the year of the report."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.language.folding import fold
from ingest.language.quantities import numeral


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Months from `first` to `last`, both included, each counted as year * 12 + month - 1.

    `label` is the canonical name: "2022年", "2022上半年", "2022一季度", "2022年1-5月", "2022年6月", "2021-2025年".
    Year 0 is the year of a text that does not tell it ("上半年"), -1 the year before that ("上年上半年").
    """

    first: int
    last: int

    @property
    def year(self) -> int:
        return self.first // 12

    @property
    def label(self) -> str:
        year, last_year = self.first // 12, self.last // 12
        start, stop = self.first % 12 + 1, self.last % 12 + 1
        if year != last_year:
            return f"{year}-{last_year}年"
        if year in _RELATIVE and (start, stop) == (1, 12):
            return _RELATIVE[year] or "全年"
        if (start, stop) in _NAMES:
            return f"{_RELATIVE.get(year, str(year))}{_NAMES[start, stop]}"
        stated = _RELATIVE.get(year, f"{year}年")
        return f"{stated}{start}月" if start == stop else f"{stated}{start}-{stop}月"

    def same_months(self, other: Period) -> bool:
        """Whether both are the same part of their years."""
        return self.first % 12 == other.first % 12 and self.last - self.first == other.last - other.first

    def in_year(self, year: int) -> Period:
        """Return the same part of `year`."""
        shift = (year - self.year) * 12
        return Period(self.first + shift, self.last + shift)

    def contains(self, other: Period) -> bool:
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Period) -> bool:
        return self.first <= other.last and other.first <= self.last


_NAMES = {
    (1, 12): "年",
    (1, 6): "上半年",
    (7, 12): "下半年",
    (1, 3): "一季度",
    (4, 6): "二季度",
    (7, 9): "三季度",
    (10, 12): "四季度",
    (1, 9): "前三季度",
}
_BY_NAME = {name: span for span, name in _NAMES.items()}
# Years counted from one that the text does not tell.
_RELATIVE = {-2: "前年", -1: "上年", 0: "", 1: "次年"}
_YEARS = {stated: year for year, stated in _RELATIVE.items()}


def months(year: int, start: int, stop: int) -> Period:
    """Return the period from month `start` to month `stop` of `year`, both included, from 1."""
    return Period(year * 12 + start - 1, year * 12 + stop - 1)


@lru_cache(maxsize=4096)
def parse_label(label: str) -> Period | None:
    """Return the period of a canonical label, None where it is none.

    >>> parse_label("2022年1-5月") == months(2022, 1, 5), parse_label("上半年") == months(0, 1, 6), parse_label("近年")
    (True, True, None)
    """
    if m := re.fullmatch(r"(\d{4})-(\d{4})年", label):
        return Period(int(m[1]) * 12, int(m[2]) * 12 + 11) if int(m[1]) < int(m[2]) else None
    if label in _WHOLE:
        return months(_WHOLE[label], 1, 12)
    m = re.fullmatch(r"(?:(?P<year>\d{4})(?P<mark>年)?|(?P<relative>前年|上年|次年)?)(?P<part>.*)", label)
    if not m or (not m["year"] and not m["part"]):
        return None
    year = int(m["year"]) if m["year"] else _YEARS[m["relative"] or ""]
    if n := re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?月", m["part"]):
        start, stop = int(n[1]), int(n[2] or n[1])
        marked = bool(m["mark"]) == bool(m["year"])
        return months(year, start, stop) if marked and 1 <= start <= stop <= 12 else None
    part = (m["mark"] or "") + m["part"]
    return months(year, *_BY_NAME[part]) if part in _BY_NAME and (part != "年" or m["year"]) else None


_WHOLE = {"全年": 0, "上年": -1, "前年": -2, "次年": 1}


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period named at `start:end` of a text; `year_stated` says that its year stands in the text."""

    start: int
    end: int
    text: str
    period: Period
    year_stated: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a bare "今年" or "上半年" means: the year spoken in, and the period spoken of."""

    year: int
    now: Period | None = None


_YEAR = (
    r"(?:(?:(?P<year>(?:19|20)\d{2})\s*年?|(?P<short>\d{2})年|(?P<rel>今年|本年|当年|去年|上年|前年|明年))(?:的|度)?)?"
)
_MONTH = r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
_PART = (
    r"(?P<half>[上下])半年|(?P<firstn>前|头)(?P<n>[一二两三四五六七八九十\d]{1,2})(?P<nunit>个?月|个?季度)"
    r"|(?P<q3>前三季度|前3季度|1[-~至到]3季度|一至三季度)"
    r"|(?:第?(?P<q>[一二三四1-4])季(?:度|(?=[末报,，。的]|$))|首季度?|[Qq](?P<qe>[1-4]))"
    r"|(?P<same>同期)"
    rf"|(?P<from>{_MONTH})(?:月份?)?\s*(?P<sep>[-~至到、和])\s*(?P<to>{_MONTH})月份?|(?P<month>{_MONTH})月份?(?:底|末)?"
    r"|(?P<whole>全年|年内|年底|年末|年度|整年|一年)"
)
# "2022年上半年", "去年一季度", "1-5月份", "截至6月底", "今年", "2025年", "前三季度"
_PERIOD = re.compile(rf"(?P<until>截至|截止|到)?{_YEAR}(?:{_PART})?")
# "“十四五”期间", "十五五": the five-year plans; the first ran from 1953
_PLAN = re.compile(
    r"(?<![一二三四五六七八九十百千第])(?P<quoted>[“\"'‘])?(?P<plan>十[一二三四五六七八九]?|[七八九])五[”\"'’]?"
    r"(?P<named>时期|期间|规划|末|以来|计划)?"
)
# "未来五年", "过去五年", "2021-2025年", "五年来"
_SPAN = re.compile(r"(?P<a>(?:19|20)\d{2})年?\s*[-~至到]\s*(?P<b>(?:19|20)\d{2})年?")
_FIVE = re.compile(
    r"(?P<dir>过去的?|未来|今后|近|这)(?P<n>[一二两三四五六七八九十]|\d)年|(?P<past>[一二三四五十])年[来间]"
)


# Every period has one of these; most clauses have none and are passed over.
_HINT = re.compile(r"[\d年月季期五Qq]")


def periods(text: str, calendar: Calendar) -> list[PeriodMention]:
    """Return the periods named in `text`, in order, without overlaps, resolved by `calendar`."""
    folded = fold(text)
    if not _HINT.search(folded):
        return []
    found: list[PeriodMention] = []
    for finder in _FINDERS:
        for mention in finder(folded, text, calendar):
            if not any(mention.start < f.end and f.start < mention.end for f in found):
                found.append(mention)
    return _join_year(sorted(found, key=lambda m: m.start), text)


def _join_year(mentions: list[PeriodMention], text: str) -> list[PeriodMention]:
    """Let a bare year beside a yearless part state its year: "Q1 2022", "上半年(2022年)"."""
    for part, year in [*pairwise(mentions), *pairwise(mentions[::-1])]:
        whole = year.period.first % 12 == 0 and year.period.last - year.period.first == 11
        near = max(part.start, year.start) - min(part.end, year.end) <= 2
        if not part.year_stated and year.text[0].isdigit() and whole and near:
            shift = (year.period.year - part.period.year) * 12
            moved = Period(part.period.first + shift, part.period.last + shift)
            start, end = min(part.start, year.start), max(part.end, year.end)
            joined = PeriodMention(start, end, text[start:end], moved, True)
            return _join_year([joined if m is part else m for m in mentions if m is not year], text)
    return mentions


# What makes the four digits before it an amount, not a year: "1921项", "2022.5", "2000万".
_COUNTED = frozenset("个家户人名项条宗套栋间张件批部处所座场辆株头台例次种元万亿余多%亩公吨米.,-/")


def _spans(folded: str, text: str, calendar: Calendar) -> list[PeriodMention]:
    return [
        PeriodMention(
            m.start(), m.end(), text[m.start() : m.end()], Period(int(m["a"]) * 12, int(m["b"]) * 12 + 11), True
        )
        for m in _SPAN.finditer(folded)
        if int(m["a"]) < int(m["b"])
    ]


def _plans(folded: str, text: str, calendar: Calendar) -> list[PeriodMention]:
    found = []
    for m in _PLAN.finditer(folded):
        number = numeral(m["plan"])
        if number is None or (len(m["plan"]) == 1 and not m["quoted"] and not m["named"]):
            continue  # "十五个", "九五折"
        first = 1953 + (int(number) - 1) * 5 + (3 if number >= 3 else 0)  # the third plan began in 1966, after a pause
        start = first + 4 if m["named"] == "末" else first  # "“十四五”末" is the year that it ends with
        period = Period(start * 12, first * 12 + 59)
        found.append(PeriodMention(m.start(), m.end(), text[m.start() : m.end()], period, True))
    return found


def _years(folded: str, text: str, calendar: Calendar) -> list[PeriodMention]:
    found: list[PeriodMention] = []
    if not calendar.year:
        return found
    for m in _FIVE.finditer(folded):
        n = int(numeral(m["n"] or m["past"]) or 1)
        if m["dir"] in ("未来", "今后"):
            first = calendar.year if calendar.now is None else calendar.now.last // 12 + 1
        else:
            first = (calendar.year if calendar.now is None else calendar.now.last // 12) - n + 1
        period = Period(first * 12, (first + n) * 12 - 1)
        found.append(PeriodMention(m.start(), m.end(), text[m.start() : m.end()], period, False))
    return found


def _parts(folded: str, text: str, calendar: Calendar) -> list[PeriodMention]:
    found = []
    for m in _PERIOD.finditer(folded):
        if not m[0] or not _is_period(folded, m):
            continue
        year = _year(m, calendar)
        period = _part(m, year, calendar)
        start = m.end("until") if m["until"] else m.start()
        stated = bool(m["year"] or m["short"] or m["rel"] or m["same"])
        found.append(PeriodMention(start, m.end(), text[start : m.end()], period, stated))
    return found


_FINDERS: tuple[Callable[[str, str, Calendar], list[PeriodMention]], ...] = (_spans, _plans, _years, _parts)


def _is_period(folded: str, m: re.Match[str]) -> bool:
    """Whether a match of `_PERIOD` is one, judged by what stands around it."""
    body = folded[m.end("until") if m["until"] else m.start() : m.end()]
    before, after = folded[max(0, m.start() - 1) : m.start()], folded[m.end() : m.end() + 1]
    if m["year"] and body == m["year"]:  # "2022" without 年: a year unless it counts something ("2022个")
        return not (before.isdigit() or before in tuple(".“") or after.isdigit() or after in _COUNTED)
    if m["same"] and not (m["year"] or m["rel"]):
        return after in ("为", "是") and after != ""  # "同期为下降9.8%", not "比同期提高"
    if m["short"] and (before.isdigit() or before == "." or not _is_short_year(folded, m)):
        return False
    if m["short"]:
        return True
    if m["month"] and not (m["year"] or m["rel"]):  # "6月", not "个月", "12.5月" or "月饼"
        return not (before and (before.isdigit() or before in ".-每个")) and after not in tuple("饼嫂亮")
    if m["from"] and m["sep"] in "、和" and "月" not in body:
        return False
    return body not in ("", "一年", "年度")


# "连续37年", "近15年", "使用年限70年": a span of years, not the year 2037
_LASTING = re.compile(r"(?:连续|连|近|约|达|超过?|为期|长达|历时|时隔|延长|[满过前后第共至了余续])$")


def _is_short_year(folded: str, m: re.Match[str]) -> bool:
    """Whether the two digits of "22年" are a year rather than a number of years."""
    lasting = _LASTING.search(folded[max(0, m.start() - 2) : m.start()]) or re.match(
        r"来|以上|以内|以下|间|期|左右|内|前|后|的历史|历史|制|免费", folded[m.end() :]
    )
    return int(m["short"]) <= 35 and not lasting


def _year(m: re.Match[str], calendar: Calendar) -> int:
    if m["year"]:
        return int(m["year"])
    if m["short"]:
        return 2000 + int(m["short"])
    shift = {"去年": -1, "上年": -1, "前年": -2, "明年": 1}.get(m["rel"] or "", 0)
    if m["same"] and not m["rel"]:
        return (calendar.now.year if calendar.now else calendar.year) - 1
    return calendar.year + shift


def _part(m: re.Match[str], year: int, calendar: Calendar) -> Period:
    """Return the period of a match in `year`, by the part that matched."""
    if m["half"]:
        return months(year, 1, 6) if m["half"] == "上" else months(year, 7, 12)
    if m["q3"]:
        return months(year, 1, 9)
    if m["same"]:
        return calendar.now.in_year(year) if calendar.now else months(year, 1, 12)
    if m["firstn"]:
        n = int(numeral(m["n"]) or 1) * (3 if "季" in m["nunit"] else 1)
        return months(year, 1, max(1, min(12, n)))
    if m["q"] or m["qe"] or "首季" in m[0]:
        q = int(numeral(m["q"] or m["qe"] or "1") or 1)
        return months(year, 3 * q - 2, 3 * q)
    if m["from"]:
        a, b = int(numeral(m["from"]) or 1), int(numeral(m["to"]) or 1)
        return months(year, min(a, b), max(a, b))
    if m["month"]:
        month = int(numeral(m["month"]) or 1)
        return months(year, 1, month) if m["until"] else months(year, month, month)
    if m["rel"] in ("今年", "本年") and not m["whole"] and calendar.now is not None and calendar.now.year == year:
        return calendar.now
    return months(year, 1, 12)
