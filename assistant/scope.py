"""Which reports a question is about: the place and the period come first, before any likeness of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from assistant.abroad import countries_asked_of
from assistant.question import Question
from assistant.terms import tagged
from ingest.divisions import meant_by, spoken_of, within
from ingest.language.folding import fold
from ingest.language.periods import Calendar, Period, months, parse_label
from ingest.language.statuses import Status
from ingest.places import NATION, PROVINCES, is_name, short_place
from ingest.report import Report

if TYPE_CHECKING:
    from assistant.evidence import Candidate


# How many candidates are looked at for another region, and how close to the best it must come.
_COMPARED, _CLOSE = 60, 0.25


@dataclass(frozen=True)
class Scope:
    """The reports by place and period."""

    reports: tuple[Report, ...]

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions that the reports are about, each once."""
        return tuple(sorted({r.region for r in self.reports if r.region}))

    @cached_property
    def _short_regions(self) -> tuple[tuple[str, str], ...]:
        """The regions but the nation, each with its name without rank."""
        # "排全国第几" asks of no other place
        return tuple((region, short_place(region)) for region in self.regions if region != NATION)

    @cached_property
    def _periods(self) -> dict[str, frozenset[str]]:
        """The periods that the figures of each report are of, by its id."""
        return {r.id: frozenset(f.period for f in r.figures) for r in self.reports}

    @cached_property
    def zones(self) -> frozenset[str]:
        """The places and bodies inside the regions that figures are limited to: "大兴经开区"."""
        return frozenset(f.scope for r in self.reports for f in r.figures if is_zone(f.scope))

    def places_of(self, folded: str) -> tuple[str, ...]:
        """Return the places that a folded question names; the nation where it speaks of it and a report does."""
        there = [*self._own_places(folded), *named_places(folded), *self._strange_places(folded)]
        named = tuple(dict.fromkeys([*there, *countries_asked_of(folded)]))
        named = tuple(n for n in named if not self._opens_name(n, folded) and not self._in_story(n, folded))
        named = tuple(sorted((n for n in named if not any(n != o and n in o for o in named)), key=folded.find))
        named = tuple(n for n in named if not _is_frame(n, named, folded))
        if not named and NATION in self.regions and _NATION.search(folded):
            return (NATION,)
        return named

    def _own_places(self, folded: str) -> Iterator[str]:
        """Yield the regions of the reports that the question names, with or without their rank: "大兴"."""
        for region, short in self._short_regions:
            if region in folded:
                yield region
            elif short in folded:
                yield short

    def _opens_name(self, place: str, folded: str) -> bool:
        """Whether a place only opens a longer name of the reports: "北京消费季", "北京第四实验学校"."""
        if any(name.startswith(place) and name in folded for name in self._quoted):
            return True
        if any(place in (region, short) for region, short in self._short_regions):
            return False
        at = folded.find(place) + len(place)
        longer = folded[at : at + 2]
        return len(longer) == 2 and longer.isalpha() and any(place + longer in r.text for r in self.reports)

    def _in_story(self, place: str, folded: str) -> bool:
        """Whether a place without a report stands in the story around a question alone: "在丰台租房,…引进几所学校"."""
        parts = _STOPS.split(folded)
        if len(parts) < _STORY or any(place in (region, short) for region, short in self._short_regions):
            return False
        asks = [part for part in parts if _ASKS.search(part)]
        return bool(asks) and not any(place in part for part in asks)

    @cached_property
    def _quoted(self) -> frozenset[str]:
        """What the reports write in quotes: names of actions, works, brands."""
        return frozenset(m[1] for r in self.reports for m in _QUOTED.finditer(fold(r.text)))

    def _strange_places(self, folded: str) -> Iterator[str]:
        """Yield what looks like a district, county or city and stands in no report: "武侯区"."""
        for name in strange_names(folded):
            if not any(name in report.text for report in self.reports):
                yield name

    def calendar(self, places: Sequence[str]) -> Calendar:
        """Return what "今年" means to somebody who asks about `places`: the year of their newest report."""
        published = [year for r in self._at(places) if (year := _year(r))]
        return Calendar(max(published, default=0))

    def ids(self, question: Question) -> frozenset[str] | None:
        """Return the ids of the reports that the question is about, None where it may be any."""
        pool = self.pool(question)
        return None if len(pool) == len(self.reports) else frozenset(r.id for r in pool)

    def pool(self, question: Question) -> tuple[Report, ...]:
        """Return the reports that the question is about: of its place, and of its period or the newest of a series."""
        pool = self._at(question.places) if question.places else self._of_rank(question.standalone)
        if question.report_year:
            pool = tuple(r for r in pool if _year(r) == question.report_year) or pool
        if question.period is not None and question.year_stated:
            return self._covering(pool, question.period)
        if question.period is not None:
            same = tuple(r for r in pool if (p := parse_label(r.period)) and p.same_months(question.period))
            pool = same or pool
        return _newest(pool)

    def entitled(self, question: Question) -> tuple[Report, ...]:
        """Return the reports that a question names, by their place and the year in their title or of their
        publication: "2003年政府工作报告"; () where there are none."""
        year = question.report_year or (question.period.year if question.period and question.year_stated else 0)
        there = self._at(question.places)
        named = [short_place(place) for place in question.places]
        there = tuple(r for r in there if not named or any(n in r.region + r.title for n in named))
        return tuple(r for r in there if not year or str(year) in r.title or _year(r) == year)

    def settled(self, question: Question) -> Question:
        """Return the question without a wish for what is done where its period is one that the reports only plan."""
        named = question.report_year
        if named and not any(_year(r) == named for r in self._at(question.places)):
            year = months(named, 1, 12)  # no such report: whatever it may say is of a year that is not there
            return replace(question, period=year, year_stated=True, report_year=0, periods=((year, True),))
        if question.period is None or not question.year_stated or question.status is not Status.DONE:
            return question
        reviewed = [p for r in self.pool(question) if (p := parse_label(r.period)) is not None]
        if not reviewed or any(p.overlaps(question.period) for p in reviewed):
            return question
        return replace(question, status=None)

    def rivals(self, question: Question, ranked: Sequence[Candidate]) -> tuple[str, ...]:
        """Return the regions whose evidence answers a question that names none about equally well, best first, () where
        one alone does."""
        if question.places or not ranked or ranked[0].misfits or len(self.regions) < 2:
            return ()
        nation = NATION in self.regions and (question.year_stated or question.report_year > 0)
        best = ranked[0]
        regions: dict[str, None] = {}
        for candidate in ranked[:_COMPARED]:
            alike = candidate.score >= best.score - _CLOSE and len(candidate.missing) <= len(best.missing)
            if alike and not candidate.misfits and (region := candidate.reading.report.region):
                regions.setdefault(region)
        if nation and NATION in regions and ranked[0].reading.report.region == NATION:
            return ()  # who names a year and no place means the country
        return tuple(regions) if len(regions) > 1 else ()

    def holds(self, places: Sequence[str]) -> bool:
        """Whether a report is about one of the places."""
        return any(short_place(place) in r.region or place in r.title for place in places for r in self.reports)

    def _at(self, places: Sequence[str]) -> tuple[Report, ...]:
        if not places:
            return self.reports
        names = [short_place(place) for place in places]
        own = tuple(r for r in self.reports if any(name in r.region for name in names))
        titled = own or tuple(r for r in self.reports if any(name in r.title for name in names))
        return titled or tuple(r for r in self.reports if any(is_kin(place, r) for place in places)) or self.reports

    def _of_rank(self, text: str) -> tuple[Report, ...]:
        """Return the reports of those places that may be meant by the 全市 or 我省 of a question that names none."""
        word = spoken_of(text)
        own = {region for region in self.regions if word and meant_by(word, region) == region}
        return tuple(r for r in self.reports if r.region in own) or self.reports

    def _covering(self, pool: tuple[Report, ...], asked: Period) -> tuple[Report, ...]:
        strong = tuple(r for r in pool if _covers(r, asked))
        exact = [r for r in strong if (p := parse_label(r.period)) is None or p.last - p.first < 12]
        if exact:
            return strong
        # Only plans of several years cover it: what later reports say of that year counts as much.
        label, plans = asked.label, {r.id for r in strong}
        return tuple(r for r in pool if r.id in plans or label in self._periods[r.id]) or pool


def is_above(place: str, report: Report) -> bool:
    """Whether a report is about a part of `place` and not about `place`, short of the nation."""
    own = short_place(place) in report.region
    return bool(report.region) and not own and place != NATION and within(report.region, place, report.issuer)


def is_kin(place: str, report: Report) -> bool:
    """Whether a report is about a part of `place` or about what `place` is a part of, short of the nation."""
    if not report.region or NATION in (place, report.region):
        return False
    return within(report.region, place, report.issuer + report.title) or within(place, report.region)


def _is_frame(upper: str, named: Sequence[str], folded: str) -> bool:
    """Whether a place is only what another one named lies in, or ranked in: "北京市大兴区", "大兴区在北京市排第几"."""
    lower = "|".join(re.escape(place) for place in named if place != upper and within(place, upper))
    name = re.escape(upper)
    around = rf"{name}[省市]?的?(?:{lower})|[在占居列]{name}|{name}[^,。]{{0,3}}(?:排|第|平均|占比|比重)"
    return bool(lower and re.search(around, folded))


_STOPS = re.compile(r"[,，。;；?？!！:：]")
_STORY = 3
_ASKS = re.compile(r"多少|几(?!乎)|什么|哪|吗|怎|如何|咋|啥|谁|是不是|有没有|何时|第几|呢$")
_QUOTED = re.compile(r"[“‘《\"]([^“”‘’《》\"]{3,14})[”’》\"]")


def _year(report: Report) -> int:
    """Return the year that a report speaks in: of its publication, else of its period; 0 where neither is known."""
    period = parse_label(report.period)
    return int(report.published[:4]) if report.published[:4].isdigit() else period.last // 12 if period else 0


def _covers(report: Report, asked: Period) -> bool:
    """Whether a report reviews or plans the period: one of year Y reviews Y-1 and plans Y."""
    reviewed = parse_label(report.period)
    if reviewed is not None and reviewed.overlaps(asked):
        return True
    return report.published[:4] == str(asked.year)


_DIGITS = re.compile(r"[\d〇零一二三四五六七八九十]+")


def _newest(pool: tuple[Report, ...]) -> tuple[Report, ...]:
    """Return of each series (titles that differ in the year alone) the newest report."""
    newest: dict[tuple[str, str], Report] = {}
    for report in pool:
        key = (report.region, _series(report.title))
        if key not in newest or _year(report) > _year(newest[key]):
            newest[key] = report
    kept = {r.id for r in newest.values()}
    return tuple(r for r in pool if r.id in kept)


@cache
def _series(title: str) -> str:
    """Return a title without the numbers in it."""
    return _DIGITS.sub("", title)


# "全市", "城南四区": what a rank or a share is seen against, no part of the region
_FRAME = re.compile(r"全|世界|全球|[\u4e00-\u9fff]*四区")


def is_zone(scope: str) -> bool:
    """Return whether a figure's scope is a part of its region rather than what it is seen against."""
    return len(scope) > 2 and not _FRAME.match(scope)


# "全国粮食产量", "我国GDP"; not "全国第几", "高于全国", "占全国的比重"
_NATION = re.compile(
    r"(?<![占居高低于])全国(?!第|前|排|平均|首|领先|[^,。]{0,4}(?:第几|排名|比重|占比|前列))"
    r"|我国|中国|国务院|两会|总理|国家(?!级|队|森林|公园|重点|高新)|中央政府"
)


def named_places(folded: str) -> Iterator[str]:
    """Yield the administrative places that the folded text names, as jieba's dictionary knows them."""
    for word, _ in tagged(folded):
        if len(word) > 1 and _is_place(word):
            yield word


def strange_names(folded: str) -> Iterator[str]:
    """Yield what looks like a district, county or city that the dictionary does not have as a place: "武侯区", and
    "绿水市" where it opens the question or stands beside another."""
    before, start = "", True
    for word, flag in tagged(folded):
        if 3 <= len(word) <= 5 and word[-1] in "区县市州" and flag[:2] in ("nr", "nz", "nt") and is_name(word):
            yield word
        if word in ("区", "县", "市") and start and len(before) in (2, 3) and is_name(before + word):
            yield before + word
        start = before in ("", "和", "与", "、", "跟", "比")
        before = word


@cache
def _is_place(word: str) -> bool:
    """Whether the dictionary has `word` as a place of rank: "海淀区", and "青岛" because it has "青岛市"."""
    import jieba.posseg

    table: dict[str, str] = jieba.posseg.dt.word_tag_tab
    if word in PROVINCES or word in PROVINCES.values():
        return True
    if _is_district(word, table):
        return True
    if table.get(word) != "ns" or word in _NO_PLACES or len(word) > 6 or _QUARTER.fullmatch(word):
        return False
    return bool(_RANKED.search(word)) or any(table.get(word + rank) == "ns" for rank in "市州")


def _is_district(word: str, table: dict[str, str]) -> bool:
    """Whether a rare word of two characters is a district or county without its rank: "房山"; not "和平", "友谊"."""
    import jieba

    named = len(word) == 2 and any(table.get(word + rank) == "ns" for rank in "区县")
    return named and table.get(word, "")[:1] == "n" and jieba.dt.FREQ.get(word, 0) < _RARE_NAME


_RARE_NAME = 400
# "南区", "西片区": a part of something, not a district
_QUARTER = re.compile(r"[东西南北中前后新老上下内外].?区")
_RANKED = re.compile(r".(?:(?<!超)市|[省区县州盟旗])$")
# Tagged as places by the dictionary, but words of every report.
_NO_PLACES = frozenset(
    ("城区", "市区", "郊区", "新区", "城市", "上市", "县市", "小区", "社区", "地区", "山区", "灾区", "园区")
)
