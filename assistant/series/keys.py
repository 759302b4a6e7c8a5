"""What the figures of a row share: the indicator, the side of it, what it is measured in, whether it is planned."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.evidence import Candidate
from assistant.series.bounds import shared_dimension
from ingest.clauses import Clause
from ingest.figures import standard_name
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.language.quantities import Quantity
from ingest.language.statuses import Status
from ingest.language.units import Dimension
from ingest.report import Figure


@dataclass(frozen=True, slots=True)
class Key:
    """What the cells of a row agree in. `period` is "" along the years."""

    indicator: str
    side: str
    dimension: str
    planned: bool
    period: str


def key_of(figure: Figure, candidate: Candidate, *, period: str) -> Key:
    """Return what a figure must share with the others of its row."""
    dimension = quantity_of(figure, candidate).dimension
    return Key(
        thing_of(figure, candidate.clause.text),
        side_of(figure.aspect, dimension, figure.indicator),
        shared_dimension(figure, dimension),
        figure.status != Status.DONE.value,
        period,
    )


# "广义货币|M2"
_CODE = re.compile(r"(?<=[\u4e00-\u9fff]{3})\(?[Mm][0-2]\)?$")
# "安排|中央财政赤字|预算", "居民消费价格指数|涨幅"
_DOES = re.compile(r"^(?:拟|共|总共|完成|实现|安排|全年|累计|力争|确保|当年|去年|今年|年末)+(?=[\u4e00-\u9fff]{2})")
_SIDE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:预算|涨幅|增幅|增速|目标|预期|人数|总?水平)$")


def plain_name(indicator: str) -> str:
    """Return an indicator without what is done with it and which side of it is told.

    >>> plain_name("安排中央财政赤字"), plain_name("居民消费价格指数涨幅")
    ('中央财政赤字', '居民消费价格')
    """
    return standard_name(_CODE.sub("", _SIDE.sub("", _DOES.sub("", indicator))))


# "增长预期目标", "目标定": what is aimed at stands before it
_GENERIC = re.compile(r"(?:增长|发展|预期|控制|主要|年度)*(?:目标|预期|任务|指标)定?")
_ECONOMY = re.compile(r"经济(?:的)?(?:预期)?增长")


def thing_of(figure: Figure, clause: str) -> str:
    """Return the indicator of a figure of `clause`; of a bare target the one it is of: "广义货币M2增长目标为17%"."""
    if _GENERIC.fullmatch(figure.indicator) is None:
        return plain_name(figure.indicator)
    before = fold(clause)[: max(0, figure.start - figure.clause_start)]
    named = [name for *_, name in indicators().find(before)]
    if named:
        return named[-1]
    return standard_name("GDP") if _ECONOMY.search(before) else plain_name(figure.indicator)


# "占", "比重": the number is of what stands before, not of the indicator named last
_OF_OTHER = re.compile(r"占|比[重例上]|其中|的|对|与|和")


def told_of(figure: Figure, clause: Clause, quantity: Quantity) -> str:
    """Return the indicator that the words before a number name last, "" where the figure may be of another: GDP in
    "生产总值达到5.53万亿元、稳居全国前十强、增长4.8%", whose figure is read as one of 全国前十强."""
    text = fold(clause.text)
    before = f"{'' if clause.own_subject else clause.subject},{text[: quantity.start]}"
    found = list(indicators().find(before))
    if not found or text[quantity.end :].startswith("的"):
        return ""
    _, end, name = found[-1]
    if _OF_OTHER.search(before[end:]) or indicators().names.get(figure.indicator.lower(), name) != name:
        return ""
    return name


def quantity_of(figure: Figure, candidate: Candidate) -> Quantity:
    """Return where the number of a candidate stands in its clause."""
    clause = candidate.clause
    figures = candidate.reading.figures[clause.index]
    return next(q for q, f in zip(clause.quantities, figures, strict=True) if f is figure)


AMOUNT = "数值"
CHANGE = "增速"
_AMOUNTS = (Aspect.VALUE.value, Aspect.TARGET.value)
# What is a rate itself: a percentage of it is its level, of anything else its change.
_RATE = re.compile(r"[率比]$|比重|比例|强度|占比|份额|覆盖|水平$")


def side_of(aspect: str, dimension: Dimension, indicator: str) -> str:
    """Return the side of the indicator that a figure tells; a percentage of what is no rate is how it changes."""
    if aspect == Aspect.YEAR_ON_YEAR.value:
        return CHANGE
    if aspect in _AMOUNTS:
        return CHANGE if dimension is Dimension.PERCENT and not _RATE.search(indicator) else AMOUNT
    return aspect
