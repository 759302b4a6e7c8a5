"""Findings -> Answer: what was found for the questions of one text, joined, numbered and cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, AnswerFigure, Calculation, Operand, Status
from assistant.calculate import Computation
from assistant.citations import number_statements
from assistant.compose import Statement
from assistant.contrast import which
from assistant.finding import Finding, apart
from assistant.instead import NEAREST, clarified
from assistant.question import Question
from assistant.series.aligned import aligned
from assistant.series.cells import entry_of
from ingest.language.periods import parse_label
from ingest.language.statuses import Status as Stage
from ingest.places import short_place


def together(found: Sequence[Finding]) -> Answer:
    """Join the findings of the questions of one text: what is answered first, then what the reports lack."""
    statements = [s for f in found for s in f.statements]
    understood = ";".join(dict.fromkeys(_in_full(f) for f in found))
    if not statements:
        return replace(found[0].instead or clarified(found[0].asked), understood=understood)
    computed = next((f.computed for f in found if f.computed is not None), None) or apart(found)
    answer = _spoken(found[0].asked, statements) if computed is None else _calculated(found[0].asked, computed)
    opening = next((f.opening for f in found if f.statements), "")
    told = {f.asked.spread for f in found if f.statements}
    if not opening and computed is None and all(f.asked.spread in told for f in found if f.asked.spread):
        opening = _compared(found[0].asked, statements)
    lacking = [f.instead.answer for f in found if f.instead is not None and f.instead.status is Status.REFUSED]
    plain = [re.sub(f"{NEAREST}.*", "", said) for said in lacking]
    return replace(answer, answer="".join([opening, answer.answer, *dict.fromkeys(plain)]), understood=understood)


def _compared(asked: Question, statements: Sequence[Statement]) -> str:
    """Return which of two figures is more, where the statements tell two and no more; else ""."""
    figures = [s.candidate.figure for s in statements]
    two = list(dict.fromkeys(f for f in figures if f is not None))
    if len(two) > 2 and asked.target:  # what is done is told beside what is planned: the plans are compared
        two = [f for f in two if f.status != Stage.DONE.value]
    if None in figures or len(two) != 2:
        return ""
    said = {f: s for s in reversed(statements) if (f := s.candidate.figure) is not None}
    return which(asked, two[0], two[1], [entry_of("", said[f].candidate, f).amount.bounds for f in two])


def _in_full(finding: Finding) -> str:
    """Return the question as understood, with the place and the period that it leaves unsaid and the answer has."""
    asked = finding.asked
    figure = finding.statements[0].candidate.figure if finding.statements else None
    if figure is None or finding.computed is not None:
        return asked.standalone
    place = "" if not figure.region or short_place(figure.region) in asked.standalone else figure.region
    if not asked.periods and figure.period and figure.period not in asked.standalone:
        return f"{place}{figure.period}{asked.standalone}"
    if asked.period is not None and not asked.year_stated and (stated := parse_label(figure.period)) and stated.year:
        return f"{place}{stated.year}年{asked.standalone}"
    return f"{place}{asked.standalone}"


def _spoken(asked: Question, statements: Sequence[Statement]) -> Answer:
    """Return the statements one after another, each figure and each clause once."""
    statements = list({(s.candidate.figure or s.text, s.start): s for s in statements}.values())
    statements = list({(s.text, s.start): s for s in statements}.values())
    marks, citations = number_statements(statements)
    parts = [f"{s.text.rstrip('。;,')}[{m}]" for s, m in zip(statements, marks, strict=True)]
    text = ";".join(parts) + "。" if len(parts) > 1 else f"{statements[0].text.rstrip('。;,')}。[{marks[0]}]"
    figures, rows = _figures(statements, marks), aligned(statements, marks)
    return Answer(Status.ANSWERED, text, asked.standalone, citations, figures, series=rows)


def _calculated(asked: Question, computed: Computation) -> Answer:
    """Return a calculation with its formula; every operand is cited."""
    operated = [s for _, _, s in computed.operands]
    marks, citations = number_statements(operated)
    operands = tuple(Operand(str(v), u, m) for (v, u, _), m in zip(computed.operands, marks, strict=True))
    text = f"{computed.text}。{''.join(f'[{m}]' for m in dict.fromkeys(marks))}"
    calculation = Calculation(computed.formula, computed.unit, operands)
    figures, rows = _figures(operated, marks), aligned(operated, marks)
    return Answer(Status.ANSWERED, text, asked.standalone, citations, figures, calculation, rows)


def _figures(statements: Sequence[Statement], marks: Sequence[int]) -> tuple[AnswerFigure, ...]:
    return tuple(
        AnswerFigure(f.indicator, f.aspect, str(f.value), f.unit, f.period, f.region, f.status, m)
        for s, m in zip(statements, marks, strict=True)
        if (f := s.candidate.figure) is not None
    )
