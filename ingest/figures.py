"""Passage -> Figures: every number with its indicator, aspect, period, region, scope and status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.clauses import Clause, calendar_of, clauses, is_multiple_of, is_since
from ingest.language.aspects import Aspect, aspect_of, direction
from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.language.periods import Period, PeriodMention, months, periods
from ingest.language.quantities import Quantity
from ingest.language.statuses import Status
from ingest.nouns import masked
from ingest.places import short_place
from ingest.report import Figure, Passage, Report
from ingest.scopes import frame_in, without_scope
from ingest.tables import Cell


def extract_figures(report: Report) -> tuple[Figure, ...]:
    """Return every figure of the report's passages, in text order."""
    return tuple(figure for passage in report.passages for figure in passage_figures(report, passage))


def passage_figures(report: Report, passage: Passage) -> Iterator[Figure]:
    """Yield the figures of one passage, in text order."""
    for clause in clauses(report, passage):
        for quantity in clause.quantities:
            yield figure_of(report, passage, clause, quantity)


def figure_of(report: Report, passage: Passage, clause: Clause, quantity: Quantity) -> Figure:
    """Return `quantity` of `clause` as a Figure of `report`."""
    index = clause.quantities.index(quantity)
    body = fold(clause.text)
    value, period, scope = quantity.value, clause.period, clause.scope
    name = without_scope(clause.names[index], scope)
    if clause.cells:
        aspect = clause.cells[index].aspect
        period = _cell_period(report, clause.cells[index], period)
    else:
        aspect = _aspect(clause, quantity, body)
        period = _reached(clause, quantity, body, aspect, quantity_period(clause, quantity, body, aspect))
        if aspect in _CHANGES and direction(_ARRIVED.sub("", body[: quantity.start])) < 0:
            value = -abs(value)
        scope = frame_in(body[: quantity.start], aspect) or scope
    return Figure(
        passage_id=passage.id,
        indicator=_local_name(name, report.region),
        aspect=aspect.value,
        value=value,
        unit=quantity.unit,
        period=period.label if period else "",
        region=report.region,
        scope=scope,
        status=status_of_figure(clause, aspect).value,
        text=quantity.text,
        start=passage.start + clause.start + quantity.start,
        end=passage.start + clause.start + quantity.end,
        clause_start=passage.start + clause.start,
        clause_end=passage.start + clause.end,
        side=_side(clause, quantity, body) if aspect is Aspect.RANK and not clause.cells else "",
    )


# "(全年任务开工18个、完工6个)": every number of the aside is a target
_TARGET_ASIDE = re.compile(r"(?:全年|年度|年初|计划)?(?:任务|目标|计划)")
# "涨幅回落到2.6%": the rise is still one
_ARRIVED = re.compile(r"(?:回落|下降|降低|收窄|缩小|[降减])[到至为][^,]{0,6}$")
_CHANGES = (Aspect.YEAR_ON_YEAR, Aspect.MONTH_ON_MONTH)


def _aspect(clause: Clause, quantity: Quantity, body: str) -> Aspect:
    previous = max((q.end for q in clause.quantities if q.end <= quantity.start), default=0)
    before, head = body[previous : quantity.start].rstrip(), body[: quantity.start].rstrip()
    aspect = aspect_of(quantity.dimension, head if _needs_more(before) else before, body[quantity.end :], head)
    if _is_origin(clause, quantity, body):
        return Aspect.ORIGIN
    if aspect is Aspect.VALUE and clause.depth and _TARGET_ASIDE.match(body):
        return Aspect.TARGET
    return aspect


# "增速全市排名第一"; "总量居全国第三"
_GROWTH = re.compile(r"增速|增幅|涨幅|降幅|增长率|增量|增长")
_VOLUME = re.compile(r"总量|规模(?!以上)|数量|总额|总数|产量|余额")


def _side(clause: Clause, quantity: Quantity, body: str) -> str:
    """Return what a rank ranks: by the words before it, else what the number before it in its clause tells."""
    previous = next((q for q in reversed(clause.quantities) if q.end <= quantity.start), None)
    before = body[previous.end if previous else 0 : quantity.start]
    if _GROWTH.search(before):
        return Aspect.YEAR_ON_YEAR.value
    if _VOLUME.search(before):
        return Aspect.VALUE.value
    if previous is None:
        return ""
    aspect = _aspect(clause, previous, body)
    if aspect is Aspect.RANK:
        return _side(clause, previous, body)
    return aspect.value if aspect in (Aspect.YEAR_ON_YEAR, Aspect.VALUE) else ""


def _needs_more(before: str) -> bool:
    """Whether the words between two numbers are too few to tell an aspect ("增长2%和3%")."""
    return not re.sub(r"^(?:左右|以上|以下)", "", before).strip(" 、和及至到-~")


def status_of_figure(clause: Clause, aspect: Aspect) -> Status:
    """Return the status of a number: a target is planned; how far a target is reached is done, not planned."""
    if aspect is Aspect.TARGET:
        return Status.PLANNED
    if aspect in (Aspect.COMPLETION, Aspect.AGAINST_TARGET, Aspect.RANK) and clause.status is Status.PLANNED:
        return clause.section_status
    return clause.status


def quantity_period(clause: Clause, quantity: Quantity, body: str, aspect: Aspect) -> Period | None:
    """Return the period of one number: the last one named before it in its clause, else the clause's."""
    previous = next((q for q in reversed(clause.quantities) if q.end <= quantity.start), None)
    start = previous.end if previous and _is_origin(clause, previous, body) else 0
    named = [
        m
        for m in clause.mentions
        if start <= m.start and m.end <= quantity.start and not re.match(r"的?任务|的?目标|的?计划", body[m.end :])
    ]
    if aspect is Aspect.MONTH_ON_MONTH:
        return clause.running
    if aspect is Aspect.ORIGIN:
        return named[-1].period if named and named[-1].period != clause.running else clause.origin
    if aspect is Aspect.COMPLETION and not (named and _counts_for(named[-1], quantity, body)):
        return clause.running
    if previous and start and clause.origin and clause.running and clause.origin.first == clause.running.first:
        return months(clause.running.last // 12, 1, 12)  # the end of "从2012年至2021年"
    if named and _counts_for(named[-1], quantity, body):
        return named[-1].period
    return clause.running if start else _of_clause(clause, quantity, body)


# "经济总量达到2.67万亿元", "覆盖率提高到45%": a level, which is of the last year; "累计新增达5万个" is no level
_LEVEL = re.compile(
    r"(?:达到?|突破|超过?|稳定在|保持在|[提升增跃扩][高升大长]?[到至为]|[降减缩][低少小]?[到至为])(?:了|近|约)?$"
)
_FLOW = re.compile(r"累计|新增|新建|建成|完成|投入|发放|培育|改造|年均|引进|实现|惠及|就业")


def _reached(clause: Clause, quantity: Quantity, body: str, aspect: Aspect, period: Period | None) -> Period | None:
    """Return the last year of the years that a review runs over for a level reached in them."""
    if period is None or period != clause.running or period.last - period.first < 12 or aspect is not Aspect.VALUE:
        return period
    previous = max((q.end for q in clause.quantities if q.end <= quantity.start), default=0)
    before = body[previous : quantity.start]
    level = clause.section_status is Status.DONE and _LEVEL.search(before) and not _FLOW.search(before)
    return months(period.last // 12, 1, 12) if level else period


def _of_clause(clause: Clause, quantity: Quantity, body: str) -> Period | None:
    """Return the period of a number with none before it: one that follows it counts if nothing comes between."""
    later = [m for m in clause.mentions if m.start >= quantity.end]
    if later and len(later) == len(clause.mentions) and re.search(r"[、和及\d]", body[quantity.end : later[0].start]):
        return clause.before
    return clause.period


# "从2012年的3826.5亿元", "由9.8%"
_ORIGIN = re.compile(r"[从由][^从由,、;。\d]{0,14}$")
_ARRIVAL = re.compile(
    r"[^,;。\d]{0,8}?(?:提高|提升|增长|增加|上升|下降|降低|减少|扩大|缩小|压减|调整|拓展|跃升|回落|[降升增减扩])[^,;。\d]{0,3}[到至为]"
)


def _is_origin(clause: Clause, quantity: Quantity, body: str) -> bool:
    """Whether the number is where a change began: "由9.8%降至7.5%"."""
    if not _ARRIVAL.match(body, quantity.end):
        return False
    head = masked(body[: quantity.start], [m for m in clause.mentions if m.end <= quantity.start])
    return bool(_ORIGIN.search(head[-40:]))


def _counts_for(mention: PeriodMention, quantity: Quantity, body: str) -> bool:
    """Whether the number belongs to the period before it: "比5月份增长33%" does not, "比5月份完成65亿元" does."""
    between = body[mention.end : quantity.start]
    head = body[: mention.start]
    if is_since(body, mention) or is_multiple_of(body, mention):
        return False
    based = re.search(r"(?:较|比|环比|同比|与|于)$", head)
    return not based or bool(re.fullmatch(r"(?:完成|实现|的)[^\d]*", "的" * mention.text.endswith("的") + between))


def _cell_period(report: Report, cell: Cell, running: Period | None) -> Period | None:
    """Return the period of a table's number: of its column's head, else of the caption, else the one that runs."""
    head, *captions = cell.period
    for words in captions:
        if named := periods(words, calendar_of(report)):
            running = named[0].period
            break
    if cell.aspect in _CHANGES or not (named := periods(head, calendar_of(report))):
        return running
    period = named[0].period
    return period if named[0].year_stated or running is None else period.in_year(running.year)


def indicator_of(clause: Clause, quantity: Quantity, body: str) -> str:
    """Return the indicator of one number; a standard name where the lexicon knows its noun exactly."""
    return standard_name(clause.names[clause.quantities.index(quantity)])


# What may stand before or behind an indicator and leave it the same one.
_NEUTRAL = re.compile(r"^(?:全[国省市区县]|我[国省市区县]|本[省市区县]|当年|全年|年末|累计|其中|年均)+|\([^()]*\)$")
_OWN_PLACE = re.compile(r"^(?:全[市省区县](?![域场级])|我[国省市区县])(?=.{2})")
# Words that are indicators where they stand alone.
# Names that people say for another indicator than a report may mean.
_AMBIGUOUS = frozenset(["工业增加值", "农业产值"])
_ALONE = {"出口": "出口总额", "进口": "进口总额", "外贸": "进出口总额", "经济": "地区生产总值"}


def standard_name(noun: str) -> str:
    """Return the lexicon's standard name of `noun` where it is one of its forms, else `noun` itself.

    >>> standard_name("GDP"), standard_name("全区PM2.5浓度"), standard_name("全市新设企业")
    ('地区生产总值', 'PM2.5浓度', '新设企业')
    """
    names = indicators().names
    if noun in _AMBIGUOUS:
        return noun
    for form in (noun, _NEUTRAL.sub("", noun)):
        if found := names.get(form.lower()) or _ALONE.get(form):
            return found
    return _OWN_PLACE.sub("", noun)


def _local_name(noun: str, region: str) -> str:
    """Return the standard name of `noun`, the report's own region before it left away."""
    for place in (region, short_place(region)) if region else ():
        if len(place) > 1 and noun.startswith(place) and standard_name(noun[len(place) :]) in indicators().forms:
            return standard_name(noun[len(place) :])
    return standard_name(noun)
