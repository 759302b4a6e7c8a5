"""Lists whose hole is the indicator: "哪些指标全市排名第一" asks for every figure of that rank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.evidence import Candidate
from assistant.question import Question
from assistant.reading import Readings
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.quantities import quantities
from ingest.language.units import Dimension
from ingest.report import Report

_WHICH = re.compile(
    r"(?:哪些|什么|哪(?:几|两|三|四|五)?[个项]|有啥)(?:指标|方面|工作|数据"
    r"|领域|项目|内容|成绩)?|(?:指标|方面|工作|数据|成绩)(?:有)?(?:哪些|什么)"
)
_MOST = 12


def asked_rank(question: Question) -> Decimal | None:
    """Return the rank whose holders the question asks for, None where it asks for something else."""
    folded = fold(question.standalone)
    if Aspect.RANK not in question.aspects or any(t.indicator for t in question.terms) or not _WHICH.search(folded):
        return None
    return next((q.value for q in quantities(folded + "。") if q.dimension is Dimension.RANK), None)


# "全国第一", "全市排名第五", "全北京第一"
_FRAME = re.compile(r"(?P<nation>全国|我国)|(?P<region>全[省市区县](?!域)|全[\u4e00-\u9fff]{2}(?=排|第|位|领先|范围))")


def of_rank(question: Question, reports: Sequence[Report], rank: Decimal, readings: Readings) -> list[Candidate]:
    """Return at most twelve figures of a rank, in the order of the reports: of the rank within the nation or the
    province, where the question says so."""
    m = _FRAME.search(fold(question.standalone))
    found = [c for report in reports for c in _in_report(report, rank, readings)]
    if m is not None:
        found = [c for c in found if not _seen_elsewhere(c, bool(m["nation"]))]
    return found[:_MOST]


def _seen_elsewhere(candidate: Candidate, nation: bool) -> bool:
    scope = candidate.figure.scope if candidate.figure is not None else ""
    return bool(scope) and (scope in ("全国", "我国")) is not nation


def _in_report(report: Report, rank: Decimal, readings: Readings) -> Iterator[Candidate]:
    ranked = {f.passage_id for f in report.figures if f.aspect == Aspect.RANK.value and f.value == rank}
    for passage in report.passages:
        if passage.id not in ranked:
            continue
        reading = readings.of(report, passage)
        for clause in reading.clauses:
            for figure in reading.figures[clause.index]:
                if figure.aspect == Aspect.RANK.value and figure.value == rank:
                    yield Candidate(reading, clause, figure, 1.0, 1.0, (), 1.0, 1.0, (), {})
