"""Along what a question asks of several figures: the years, or the places."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.question import Question
from assistant.scope import Scope
from ingest.language.aspects import asks_target
from ingest.language.periods import Calendar, parse_label, periods
from ingest.language.quantities import numeral
from ingest.places import NATION, PROVINCES, short_place
from ingest.report import Report


class Axis(StrEnum):
    TIME = "时间"
    PLACE = "地区"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a question: along `axis`, for each of `years` or each of `places`, the words left in `text`.

    `place` is the place of a row of years. `open` says that the question asks which of them; `every` that it names none
    but means all that the reports have; `recent` how many years back it asks, 0 where it says so otherwise; `spans`
    are words that may also be one period of several years ("2016-2020年"); `target` says that targets are asked for.
    """

    axis: Axis
    text: str
    years: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    place: str = ""
    open: bool = False
    every: bool = False
    recent: int = 0
    spans: str = ""
    target: bool = False


# "除了西藏", "不算直辖市以外": places that are left out of a row
_SPARED = re.compile(r"(?:除了?|不算|不含|不包括|去掉|剔除)(?P<places>[^,。?]{2,16}?)(?:[以之]外|外|,)的?")
# "哪个区", "各省": read as a place, but none
_NO_PLACE = re.compile(r"[哪各几每谁]|多少|所有|全部")
ROW, PAIR = 3, 2
"""From how many on places or years are a row; two are set side by side in words, unless those find nothing."""

# "增加了多少", "差几个百分点": a calculation over the first and the last of the years
_COMPUTED = re.compile(
    r"(?:增加|增长|提高|上升|提升|下降|减少|降低|翻|扩大|回落|多|少)了(?:多少|几)|几倍|多少倍|相差|差(?:多少|几|距)|之和|翻了?[几多]"
)
_EACH = re.compile(r"每一?年(?!均)(?:度)?|历年|逐年|各年(?:度|份)?|年年|分年度?|按年|这些年|历次|历届|分别")
_RECENT = re.compile(
    r"(?:最近|近|过去|这|前)(?:的)?(?P<n>[一二两三四五六七八九十]{1,3}|\d{1,2}|几)年(?:来|间|里)?|(?P<m>[三四五六七八九十]|\d{1,2})年来"
)
_WHICH_YEAR = re.compile(
    r"(?:是|在)?(?:哪(?:一|几|些)?个?|什么|(?:一共|总共|共)?有?(?:几|多少)个?)(?:年份?|年度|份报告)(?!均)"
)
_ONWARD = re.compile(
    r"(?:自|从)?(?P<a>(?:19|20)\d{2})年?(?:以来|以后|之后|起|开始|至今|到(?:现在|目前|今)(?:年|为止)?)"
)
_LISTED = re.compile(r"(?:(?:19|20)?\d{2}年?(?:[、,和与及跟]|以及)\s*){2,}(?:19|20)?\d{2}年?")
# "2014年比2013年"
_A_YEAR = re.compile(r"(?:比|和|与|跟|、|较)?(?<!\d)((?:19|20)\d{2})年?(?!\d)的?(?:比|和|与|跟|、|较)?")
# What sets a target against something else than another year's: "2013年的目标和实际"
_APART = re.compile(r"实际|完成|结果|兑现|差|百分点|倍|现在|[去今]年")
_SUMMED = re.compile(r"年均|累计|总共|合计|一共(?!有?(?:几|多少)个?(?:年|省))|平均|总和|加起来|五年(?:计划|规划)")
# "各省", "哪几个省份", "有多少个地区", "所有省市"
_RANK = (
    r"(?P<rank>省级?(?:、?(?:自治)?区、?(?:直辖)?市|区市|市区|市)?份?(?:\(区、市\)|\(自治区、直辖市\))?"
    r"|直辖市|自治区|地区|地方|地市|区县|市|区|县)"
)
_EVERY_PLACE = re.compile(
    rf"(?:全国)?(?:的)?(?:各个?|每一?个|所有的?|全部|(?:31|三十一)个?|25个?)(?:的)?(?:报告的)?{_RANK}(?!域)|(?:全国)?各地|全国(?:各|的)?省份?|省级报告"
)
_WHICH_PLACE = re.compile(
    rf"(?:是|在|全国)?(?:有)?(?:哪|几|多少|(?:都)?有没有)(?:一|些|几)?(?:个)?{_RANK}(?!域|别)|(?:全国)?(?P<any>哪儿|哪里|哪块)"
)
# "增速最高的省", "目标在5%以上的省份有哪些"; "增速最高的年份是哪年"
_ASKS_WHICH = (
    r"(?:(?:都|分别)?(?:有|是|包括)?(?:哪(?:些|几个?|一?个?)?|谁|几个?|多少个?|什么)?(?:省份?|年份?|地区)?|名单|一览)?"
    r"(?=$|[?,。])"
)
_THE_PLACES = re.compile(
    rf"(?<=的)(?:前?(?:[一二两三四五六七八九十]{{1,2}}|\d{{1,2}})(?:个|名|位)?)?{_RANK}{_ASKS_WHICH}"
)
_THE_YEARS = re.compile(rf"(?<=的)(?:年份|年度|(?:那|这)?[一两三四五几]年){_ASKS_WHICH}")
_WHO = re.compile(r"(?:是)?(?:谁|哪家)")
_FILTERS = re.compile(r"只看|筛选?|挑出|列出|找出")
_GROUPS = {
    "京津冀": "北京、天津、河北",
    "长三角": "上海、江苏、浙江、安徽",
    "东北三省": "辽宁、吉林、黑龙江",
    "东三省": "辽宁、吉林、黑龙江",
    "中部六省": "山西、安徽、江西、河南、湖北、湖南",
    "西北五省区": "陕西、甘肃、青海、宁夏、新疆",
    "西北五省": "陕西、甘肃、青海、宁夏、新疆",
    "西南五省": "重庆、四川、贵州、云南、西藏",
    "五大自治区": "内蒙古、广西、西藏、宁夏、新疆",
    "五个自治区": "内蒙古、广西、西藏、宁夏、新疆",
    "四个直辖市": "北京、天津、上海、重庆",
    "四大直辖市": "北京、天津、上海、重庆",
    "直辖市": "北京、天津、上海、重庆",
    "自治区": "内蒙古、广西、西藏、宁夏、新疆",
    "华东": "上海、江苏、浙江、安徽、福建、江西、山东",
    "北上广": "北京、上海、广东",
    "华北": "北京、天津、河北、山西、内蒙古",
}


def row_of(text: str, asked: Sequence[Question], scope: Scope, *, picks: bool, least: int = ROW) -> Row | None:
    """Return the row that folded `text` asks for, None where it asks for a figure or two; `asked` are the questions
    that it was spread to; `picks` says that it asks for some of a row: the highest, those above a bound; `least` is
    how many named places or years are a row."""
    spared = _SPARED.search(text)
    if spared is not None:
        rest = text[: spared.start()] + text[spared.end() :]
        row = row_of(rest, [replace(q, places=()) for q in asked], scope, picks=picks, least=least)
        kept = tuple(p for p in row.places if short_place(p) not in spared[0]) if row is not None else ()
        return replace(row, places=kept) if row is not None and len(kept) > 1 else None
    places = tuple(dict.fromkeys(p for q in asked for p in q.places))
    named = tuple(p for p in places if p != NATION and not _NO_PLACE.match(p))
    if len(named) < ROW and (row := _years(text, named, asked, scope, picks, least)) is not None:
        return row
    return _places(text, named, scope, picks, least)


def _places(text: str, named: tuple[str, ...], scope: Scope, picks: bool, least: int) -> Row | None:
    if len(named) >= least:
        return Row(Axis.PLACE, _without_list(text, named), places=named)
    which = (_THE_PLACES.search(text) if picks else None) or _WHICH_PLACE.search(text)
    found = which or _EVERY_PLACE.search(text)
    group = next((g for g in _GROUPS if g in text), "")
    if group and all(name in group or group.startswith(name) or name in _GROUPS[group] for name in named):
        rest = re.sub(rf"{group}(?:这|的)?(?:[三四五六七几]个?)?(?:地区?|省份?|省市|省区)?", "", text)
        rest = re.sub(r"哪(?:一)?个?", "", _WHICH_PLACE.sub("", _EVERY_PLACE.sub("", _WHO.sub("", rest))))
        members = tuple(_GROUPS[group].split("、"))
        return Row(Axis.PLACE, rest, places=members, open=which is not None)
    if named:
        return None
    if found is None and picks and _WHO.search(text):
        found = _WHO.search(text)
    if found is None:
        return None
    rank = found.groupdict().get("rank") or ""
    every = _of_rank(scope, rank)
    if len(every) < ROW:
        return None
    return Row(Axis.PLACE, text[: found.start()] + text[found.end() :], places=every, open=found is which, every=True)


def _without_list(text: str, named: Sequence[str]) -> str:
    """Return a text without the places that it lists and what joins them."""
    for place in sorted(named, key=len, reverse=True):
        text = re.sub(rf"{re.escape(place)}(?:省|市|自治区)?(?:[、,和与及跟]|以及)?", "", text, count=1)
    return re.sub(
        rf"(?:这|那)?(?:三|四|五|六|七|八|九|十|几|\d+)个?{_RANK}|{_WHO.pattern}|{_WHICH_PLACE.pattern}".replace(
            "(?P<rank>", "(?:"
        ).replace("(?P<any>", "(?:"),
        "",
        text,
    )


def _of_rank(scope: Scope, rank: str) -> tuple[str, ...]:
    """Return the regions that a word for places means: "省" the provinces, "地区" the kind that has most reports."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for region in scope.regions:
        if region != NATION:
            kinds["省" if region in PROVINCES.values() else region[-1]].append(region)
    if rank[:1] == "省":
        return tuple(kinds.get("省", ()))
    if rank in ("市", "地市", "区", "县", "区县"):
        return tuple(kinds.get(rank[-1], ()))
    return tuple(sorted(kinds.values(), key=len)[-1]) if kinds else ()


def _years(
    text: str, named: tuple[str, ...], asked: Sequence[Question], scope: Scope, picks: bool, least: int
) -> Row | None:
    if len(named) > 1 or _SUMMED.search(text) or (_COMPUTED.search(text) and not _EACH.search(text)):
        return None
    place = named[0] if named else _chronicled(scope)
    known = reported_years(scope, place)
    if not place or len(known) < ROW:
        return None
    which = _WHICH_YEAR.search(text) or (_THE_YEARS.search(text) if picks else None)
    each, recent = _EACH.search(text), _RECENT.search(text)
    rest = _WHICH_YEAR.sub("", _EACH.sub("", _THE_YEARS.sub("", text) if picks else text))
    for name in (named[0],) if named else ():
        rest = rest.replace(name, "", 1)
    if (span := _span(text, max(known))) is not None:
        first, last, words = span
        years = tuple(range(first, last + 1))
        said = "" if each or which or picks or _COURSE.search(text) else f"{first}-{last}年"
        return (
            Row(Axis.TIME, _cut(rest, words), years, place=place, open=which is not None, spans=said)
            if len(years) > 1
            else None
        )
    listed = _list(text, asked)
    if listed is not None:
        return Row(Axis.TIME, _cut(rest, listed[1]), listed[0], place=place, open=which is not None)
    pair = tuple(sorted({int(year) for year in _A_YEAR.findall(text)}))
    targets = asks_target(text) and not _APART.search(text)
    if (least == PAIR or targets) and len(pair) == PAIR:
        return Row(Axis.TIME, _A_YEAR.sub("", rest), pair, place=place)
    years = tuple(range(min(known) - 1, max(known) + 1))
    if recent is not None and len(asked[0].periods) <= 1 and not asked[0].year_stated:
        n = int(numeral(recent["n"] or recent["m"] or "") or 5)
        return (
            Row(Axis.TIME, _cut(rest, recent[0]), years, place=place, open=which is not None, recent=max(2, n))
            if n > 1
            else None
        )
    stated = any(q.period is not None and q.year_stated for q in asked)
    if stated or not (each or (which and picks)) or (each and each[0] == "分别"):
        return None
    return Row(Axis.TIME, rest, years, place=place, open=which is not None, every=True)


# "怎么变化": a span of years is asked for year by year
_COURSE = re.compile(r"变化|走势|趋势|演变|怎么变|如何变|轨迹|变动|起伏|曲线")


def _cut(text: str, words: str) -> str:
    return re.sub(
        rf"(?:自|从|在)?{re.escape(words)}(?:间|期间|之间|里|内|这?[一二两三四五六七八九十几]年)?", "", text, count=1
    )


def _span(text: str, newest: int) -> tuple[int, int, str] | None:
    """Return the first and the last year of a span of whole years, and its words."""
    if m := _ONWARD.search(text):
        return int(m["a"]), newest, m[0]
    for mention in periods(text, Calendar(0)):
        first, last = mention.period.first, mention.period.last
        if not first % 12 and last % 12 == 11 and last - first > 12:
            return first // 12, last // 12, mention.text
    return None


def _list(text: str, asked: Sequence[Question]) -> tuple[tuple[int, ...], str] | None:
    """Return the years that a question lists, at least three, and their words."""
    m = _LISTED.search(text)
    years = tuple(dict.fromkeys(p.year for q in asked for p, _ in q.periods if p.last - p.first == 11))
    if m is not None and len(years) < ROW:
        years = tuple(
            int(y if len(y) == 4 else f"20{y}") for y in re.findall(r"(?<!\d)(?:(?:19|20)\d{2}|\d{2})(?!\d)", m[0])
        )
    return (years, m[0]) if m is not None and len(years) >= ROW else None


def _chronicled(scope: Scope) -> str:
    """Return the place that the most years of reports are about: the nation, where nothing else is said."""
    counted = Counter({region: len(reported_years(scope, region)) for region in scope.regions})
    return counted.most_common(1)[0][0] if counted else ""


def reported_years(scope: Scope, place: str) -> tuple[int, ...]:
    """Return the years whose yearly report of a place there is, each named by the year that it was given in."""
    short = short_place(place)
    found = {year_of(r) for r in scope.reports if short in r.region and _is_yearly(r)}
    return tuple(sorted(found - {0}))


def _is_yearly(report: Report) -> bool:
    period = parse_label(report.period)
    return period is not None and period.last - period.first == 11


def year_of(report: Report) -> int:
    """Return the year that a report was given in, the one after the year that it reviews where no date is known."""
    if report.published[:4].isdigit():
        return int(report.published[:4])
    period = parse_label(report.period)
    return period.last // 12 + 1 if period is not None else 0
