"""Questions to begin with, made from what the reports hold, and only such as are answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, zip_longest

from assistant.pipeline import Assistant
from assistant.recency import newest_first
from ingest.report import Figure, Report

LIMIT = 6

WORDING: tuple[tuple[str, Callable[[Figure], bool]], ...] = (
    ("{when}{what}完成多少", lambda f: f.aspect == "数值" and f.status == "完成" and f.unit.endswith("元")),
    ("{when}{what}同比增长多少", lambda f: f.aspect == "同比" and f.status == "完成"),
    ("{when}{what}排名第几", lambda f: f.aspect == "排名"),
    ("{when}{what}的目标是多少", lambda f: f.status == "计划" and f.aspect in ("数值", "目标任务")),
    ("{when}{what}是多少", lambda f: f.aspect == "数值" and not f.unit.endswith("元")),
)
"""How a question for each kind of figure is put."""


def example_questions(assistant: Assistant, limit: int = LIMIT) -> list[str]:
    """At most `limit` questions, spread over the reports and the kinds of figures."""
    reports = newest_first(assistant.index.reports)
    candidates = _in_turn([_of_report(report, len(reports) > 1, first) for first, report in enumerate(reports)])
    answered = (question for question in dict.fromkeys(islice(candidates, 4 * limit)) if _answers(assistant, question))
    return list(islice(answered, limit))


def _answers(assistant: Assistant, question: str) -> bool:
    return assistant.ask(question).status == "answered"


def _of_report(report: Report, one_of_many: bool, first: int) -> Iterator[str]:
    """Questions for the figures of one report, beginning with the kind of number `first`, so that neighbours differ;
    among many reports each question names its place and its period."""
    known = Counter(figure.indicator for figure in report.figures)
    by_weight = sorted(
        (figure for figure in report.figures if not figure.scope and 4 <= len(figure.indicator) <= 12),
        key=lambda figure: -known[figure.indicator],
    )
    used: set[str] = set()
    kinds = [_asked(by_weight, wording, fits, used, one_of_many) for wording, fits in WORDING]
    turn = first % len(kinds)
    return chain(_in_turn([*kinds[turn:], *kinds[:turn]]), _of_headings(report))


def _asked(
    figures: Sequence[Figure], wording: str, fits: Callable[[Figure], bool], used: set[str], full: bool
) -> Iterator[str]:
    """One kind of question, each about an indicator that none has asked about yet."""
    for figure in figures:
        if fits(figure) and figure.indicator not in used:
            used.add(figure.indicator)
            when = f"{figure.region}{figure.period}" if full else _without_year(figure.period)
            yield wording.format(when=when, what=figure.indicator)


def _without_year(period: str) -> str:
    """2022上半年 -> 上半年; a bare year stays as it is."""
    return re.sub(r"^\d{4}年?(?=\D+$)(?!年$)", "", period)


def _of_headings(report: Report) -> Iterator[str]:
    for passage in report.passages:
        if 4 <= len(passage.heading) <= 16:
            yield f"{passage.heading}体现在哪些方面"


def _in_turn(sequences: Sequence[Iterator[str]]) -> Iterator[str]:
    """The first of each, then the second of each, and so on."""
    for row in zip_longest(*sequences):
        yield from (question for question in row if question is not None)
