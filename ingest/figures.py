"""Passage -> Figures: every number with its indicator, aspect, period, region, scope and status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.clauses import Clause, clauses, noun_after, noun_before
from ingest.language.aspects import Aspect, aspect_of, direction
from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.language.periods import Period, PeriodMention
from ingest.language.quantities import Quantity
from ingest.language.statuses import Status
from ingest.report import Figure, Passage, Report


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
    body = fold(clause.text)
    previous = max((q.end for q in clause.quantities if q.end <= quantity.start), default=0)
    before, after = body[previous : quantity.start], body[quantity.end :]
    aspect = aspect_of(
        quantity.dimension, body[: quantity.start] if _needs_more(before) else before, after, body[: quantity.start]
    )
    if aspect is Aspect.VALUE and clause.depth and _TARGET_ASIDE.match(body):
        aspect = Aspect.TARGET
    value = quantity.value
    if aspect in _CHANGES and direction(body[: quantity.start]) < 0:
        value = -abs(value)
    period = quantity_period(clause, quantity, body, aspect)
    status = status_of_figure(clause, aspect)
    offset = passage.start
    return Figure(
        passage_id=passage.id,
        indicator=indicator_of(clause, quantity, body),
        aspect=aspect.value,
        value=value,
        unit=quantity.unit,
        period=period.label if period else "",
        region=report.region,
        scope=scope_of(clause, passage),
        status=status.value,
        text=quantity.text,
        start=offset + clause.start + quantity.start,
        end=offset + clause.start + quantity.end,
        clause_start=offset + clause.start,
        clause_end=offset + clause.end,
    )


# "(全年任务开工18个、完工6个)": every number of the aside is a target
_TARGET_ASIDE = re.compile(r"(?:全年|年度|年初|计划)?(?:任务|目标|计划)")
_CHANGES = (Aspect.YEAR_ON_YEAR, Aspect.MONTH_ON_MONTH)


def status_of_figure(clause: Clause, aspect: Aspect) -> Status:
    """Return the status of a number: a target is planned; how far a target is reached is done, not planned."""
    if aspect is Aspect.TARGET:
        return Status.PLANNED
    if aspect in (Aspect.COMPLETION, Aspect.AGAINST_TARGET, Aspect.RANK) and clause.status is Status.PLANNED:
        return clause.section_status
    return clause.status


def _needs_more(before: str) -> bool:
    """Whether the words between two numbers are too few to tell an aspect ("增长2%和3%")."""
    return not before.strip(" 、和及至到-~")


def quantity_period(clause: Clause, quantity: Quantity, body: str, aspect: Aspect) -> Period | None:
    """Return the period of one number: the last one named before it in its clause, else the clause's."""
    named = [
        m
        for m in clause.mentions
        if m.end <= quantity.start and not re.match(r"的?任务|的?目标|的?计划", body[m.end :])
    ]
    if aspect is Aspect.MONTH_ON_MONTH:
        return clause.running
    if aspect is Aspect.COMPLETION and not (named and _counts_for(named[-1], quantity, body)):
        return clause.running
    if named and _counts_for(named[-1], quantity, body):
        return named[-1].period
    return clause.period


def _counts_for(mention: PeriodMention, quantity: Quantity, body: str) -> bool:
    """Whether the number belongs to the period before it: "比5月份增长33%" does not, "比5月份完成65亿元" does."""
    between = body[mention.end : quantity.start]
    based = re.search(r"(?:较|比|环比|同比|与|于)$", body[: mention.start])
    return not based or bool(re.match(r"完成|实现|的", between))


def indicator_of(clause: Clause, quantity: Quantity, body: str) -> str:
    """Return the indicator of one number: the noun it counts or measures, else the clause's subject; a standard name
    where the lexicon knows the noun exactly."""
    earlier = max((q.end for q in clause.quantities if q.end <= quantity.start), default=0)
    noun = noun_after(body, quantity)
    if not noun and earlier:
        noun = noun_before(re.split(r"[、和及]", body[earlier : quantity.start])[-1])
    return standard_name(noun or clause.subject)


def standard_name(noun: str) -> str:
    """Return the lexicon's standard name of `noun` where it is one of its forms, else `noun` itself."""
    return indicators().names.get(noun.lower(), noun)


# "临空区", "生物医药基地", "大兴经开区", "中日示范区": places and zones inside the region
_SCOPE = re.compile(
    r"(?:^|[,、])(?P<scope>[\u4e00-\u9fff]{2,8}(?:基地|园区|示范区|开发区|经开区|高新区|新区|临空区|自贸区|综保区|街道|镇|乡))"
)


def scope_of(clause: Clause, passage: Passage) -> str:
    """Return the place inside the region that a clause speaks of: named in it, or in the sentence's opening clause."""
    m = _SCOPE.search(fold(clause.text))
    return m["scope"] if m else ""
