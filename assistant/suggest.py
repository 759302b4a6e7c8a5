"""Questions that can be answered: made from the figures of the reports."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ingest.language.aspects import Aspect
from ingest.language.indicators import indicators
from ingest.language.periods import parse_label
from ingest.language.statuses import Status
from ingest.report import Figure, Report
from vectorstore.store import Hit

_ASKS = {
    Aspect.VALUE: "{0}是多少",
    Aspect.YEAR_ON_YEAR: "{0}同比增长多少",
    Aspect.MONTH_ON_MONTH: "{0}环比增长多少",
    Aspect.RANK: "{0}排名第几",
    Aspect.TARGET: "{0}的全年任务是多少",
    Aspect.COMPLETION: "{0}完成了全年任务的百分之多少",
}


def ask_for(figure: Figure, *, placed: bool = False) -> str:
    """Return the question that `figure` answers, with its place and year where the reports are `placed` in several;
    "" where its indicator is not one that people ask for by name."""
    pattern = _ASKS.get(Aspect(figure.aspect))
    if pattern is None or figure.indicator not in indicators().forms:
        return ""
    if placed:
        return figure.region + figure.period + pattern.format(figure.indicator)
    period = parse_label(figure.period)
    spoken = figure.period.removeprefix(f"{period.year}年").removeprefix(str(period.year)) if period else ""
    done = figure.status == Status.DONE.value and Aspect(figure.aspect) is not Aspect.TARGET
    return (spoken if done else "") + pattern.format(figure.indicator)


def near(
    hits: Sequence[Hit], beside: str, said: Collection[Figure | None], *, placed: bool
) -> Iterator[tuple[str, Hit]]:
    """Yield questions on the figures of the passages found, each with its passage, those on the indicator `beside`
    first, without what was said."""
    figures = [(f, hit) for hit in hits for f in hit.report.figures if f.passage_id == hit.passage.id and f not in said]
    for figure, hit in sorted(figures, key=lambda pair: pair[0].indicator != beside):
        if question := ask_for(figure, placed=placed):
            yield question, hit


def of_aspects(reports: Sequence[Report], aspects: Collection[Aspect], *, placed: bool) -> Iterator[str]:
    """Yield questions on the figures of the reports that tell one of these sides of their indicator."""
    seen: set[str] = set()
    for figure in (f for report in reports for f in report.figures if Aspect(f.aspect) in aspects):
        if (question := ask_for(figure, placed=placed)) and question not in seen:
            seen.add(question)
            yield question


def prominent(reports: Sequence[Report], *, placed: bool) -> Iterator[str]:
    """Yield questions on the chief figures of the reports, one an indicator, for a first screen."""
    for report in reports:
        seen: set[str] = set()
        for figure in report.figures:
            if figure.indicator not in seen and (question := ask_for(figure, placed=placed)):
                seen.add(figure.indicator)
                yield question
