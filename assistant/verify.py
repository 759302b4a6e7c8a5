"""The figure gate: what an answer says is traced to its citations or to its calculation; what is not is removed.

An answer is cut into sentences; each is held against the stretches that its marks [n] cite (assistant/tracing.py). It
makes no difference who wrote the sentence: our own composer's and a language model's pass the same gate.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answer import Answer, AnswerFigure, Calculation, Citation, Series, Status
from assistant.compose import DIRECT, Statement, numbers
from assistant.reading import Readings
from assistant.series.proof import proven_rows, row_faults
from assistant.tracing import Fault, Proof, Slot, faults, traced
from assistant.working import declares, miscalculated, without_working
from ingest.language.folding import fold
from ingest.language.periods import Calendar, periods
from ingest.report import Report

log = logging.getLogger("wenbao.gate")

UNPROVEN = "报告中没有找到能够核实的答案。"
"""What is said where nothing of an answer could be proven."""


def passes(statement: Statement) -> bool:
    """Whether the stretch of a statement proves all that it says."""
    return not faults(statement.text, [Proof(statement.candidate.reading, statement.start, statement.end)])


def proven(statement: Statement) -> Statement | None:
    """Return a statement that passes: as it is composed, else its clause or its sentence word for word; else None."""
    if passes(statement):
        return statement
    clause, reading = statement.candidate.clause, statement.candidate.reading
    sentence = [c for c in reading.clauses if c.sentence == clause.sentence]
    spans = [(clause.start, clause.end)] if clause.own_subject else []
    for start, end in (*spans, (sentence[0].start, sentence[-1].end)):
        literal = replace(statement, text=fold(reading.passage.text[start:end]), start=start, end=end)
        if end - start <= DIRECT and passes(literal):
            return literal
    return None


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of an answer: `text` with its marks and its stop, `sentence` without the marks, `cites` what it cites.

    `own` says that the marks stand in it; a sentence without marks leans on those of the sentence after it.
    """

    text: str
    sentence: str
    cites: tuple[int, ...]
    own: bool


# "。[1][2]", "[1];", "[1]。", ";": where a sentence of an answer ends, with its marks
_END = re.compile(r"[。!！?？;；](?:\[\d+\])*[。;；]?|(?:\[\d+\])+[。;；]?")
_MARK = re.compile(r"\[(\d+)\]")
_STOP = re.compile(r"[。!！?？](?:\[\d+\])*$")


def parts(text: str) -> list[Part]:
    """Return the sentences of an answer.

    >>> [(p.sentence, p.cites) for p in parts("完成442.1亿元[1];增长0.6%[2]。报告没有其他内容。")]
    [('完成442.1亿元', (1,)), ('增长0.6%', (2,)), ('报告没有其他内容', ())]
    """
    cuts = [0, *(m.end() for m in _END.finditer(text)), len(text)]
    pieces = [text[a:b] for a, b in pairwise(cuts) if text[a:b].strip()]
    found: list[Part] = []
    after: tuple[int, ...] = ()
    for piece in reversed(pieces):
        own = tuple(int(n) for n in dict.fromkeys(_MARK.findall(piece)))
        after = own or after
        found.append(Part(piece, _MARK.sub("", piece).strip(" 。;；!！?？"), after, bool(own)))
    return found[::-1]


def checked(answer: Answer, reports: Sequence[Report], readings: Readings) -> Answer:
    """Return `answer` without the sentences that its citations do not prove, its marks and citations numbered anew;
    a refusal where none is left. `reports` are those that it cites from."""
    if answer.series:
        answer = replace(answer, series=proven_rows(answer.series, _Gate(answer, reports, readings).proofs))
    found = audit(answer, reports, readings)
    kept = [part for part, wrong in found if not wrong]
    if len(kept) == len(found):
        return answer
    slots = sorted({fault.slot for _, wrong in found for fault in wrong})
    log.warning("gate: %d of %d sentences removed (%s)", len(found) - len(kept), len(found), ",".join(slots))
    return _without(answer, kept)


def audit(answer: Answer, reports: Sequence[Report], readings: Readings) -> list[tuple[Part, list[Fault]]]:
    """Return the sentences of `answer`, each with what of it is unproven; a question back has none to prove."""
    found: list[tuple[Part, list[Fault]]] = []
    if answer.status is Status.CLARIFY:
        return found
    gate = _Gate(answer, reports, readings)
    topic = ""
    said_parts = parts(answer.answer)
    of_rows = gate.of_rows(said_parts)
    for at, part in enumerate(said_parts):
        wrong, said = (of_rows[at], "") if at in of_rows else gate.traced(part, topic)
        topic = ("" if wrong else said) or topic
        found.append((part, wrong))
    return found


# "报告没有给出2021年的固定资产投资", "报告中没有找到关于“山姆”的内容": what a refusal says; "等12份报告"
_ABSENT = re.compile(r"报告没有给出[^,。;]+|报告中没有找到关于“.+”的内容|现有报告没有“.+”的相关内容")
_REPORTS = re.compile(r"^等?(\d+)份报告$")


class _Gate:
    """The citations of one answer as proofs."""

    def __init__(self, answer: Answer, reports: Sequence[Report], readings: Readings) -> None:
        self._answer, self._count = answer, len(reports)
        cited = {c.report_id for c in answer.citations}
        known = {report.id: report for report in reports if report.id in cited}
        proofs = ((c.n, _proof(c, known.get(c.report_id), readings)) for c in answer.citations)
        self.proofs = {n: proof for n, proof in proofs if proof is not None}

    def of_rows(self, said: Sequence[Part]) -> dict[int, list[Fault]]:
        """Return what is unproven of the sentences that speak of the answer's series, by their places."""
        told = [(part.sentence, part.cites if part.own else ()) for part in said]
        return row_faults(told, self._answer.series, self.proofs) if self._answer.series else {}

    def traced(self, part: Part, topic: str) -> tuple[list[Fault], str]:
        """Return what of a sentence is unproven, and its indicator; `topic` is that of the sentence before."""
        proofs, calculation = self._of(part), self._answer.calculation
        if calculation is not None and declares(part.sentence, calculation):
            rest = without_working(part.sentence, calculation)
            return miscalculated(part.sentence, calculation, self.proofs) or faults(rest, proofs), ""
        if _ABSENT.fullmatch(part.sentence):
            return self._of_absence(part.sentence), ""
        if (m := _REPORTS.match(part.sentence)) and int(m[1]) == self._count:
            return [], ""
        return traced(self._untitled(part), proofs, topic)

    def _of_absence(self, sentence: str) -> list[Fault]:
        """Return the numbers that a refusal says and the question did not: it may name periods."""
        asked = set(numbers(self._answer.understood))
        for mention in reversed(periods(sentence, Calendar(2000))):
            sentence = sentence[: mention.start] + sentence[mention.end :]
        return [Fault(Slot.UNCITED, n) for n in numbers(sentence) if n not in asked]

    def _of(self, part: Part) -> list[Proof]:
        return [self.proofs[n] for n in part.cites if n in self.proofs]

    def _untitled(self, part: Part) -> str:
        """Return a sentence without the titles and dates of the reports that it cites."""
        text = part.sentence
        for citation in self._answer.citations:
            if citation.n in part.cites and part.own:
                text = text.replace(f"《{citation.report_title}》", "")
                text = (
                    re.sub(rf"(?<!\d){re.escape(citation.published)}(?!\d)", "", text) if citation.published else text
                )
        return text


def _proof(citation: Citation, report: Report | None, readings: Readings) -> Proof | None:
    """Return the stretch that a citation shows, None where it is none of the report's passages."""
    for passage in report.passages if report is not None else ():
        start, end = citation.start - passage.start, citation.end - passage.start
        if report and 0 <= start < end <= len(passage.text) and passage.text[start:end] == citation.quote:
            return Proof(readings.of(report, passage), start, end)
    return None


def _without(answer: Answer, kept: Sequence[Part]) -> Answer:
    """Return an answer of the sentences kept, its marks, citations, figures and calculation cut down to them."""
    stated = [part for part in kept if part.own]
    if not stated and not (answer.status is Status.REFUSED and kept):
        return replace(
            answer, status=Status.REFUSED, answer=UNPROVEN, citations=(), figures=(), calculation=None, series=()
        )
    text = "".join(part.text for part in kept)
    order = {n: i for i, n in enumerate(dict.fromkeys(int(n) for n in _MARK.findall(text)), 1)}
    text = _MARK.sub(lambda m: f"[{order[int(m[1])]}]", text).rstrip(";；")
    calculation = answer.calculation if answer.calculation and declares(text, answer.calculation) else None
    by_number = {c.n: c for c in answer.citations}
    said = set(numbers(text))
    return replace(
        answer,
        answer=text if _STOP.search(text) or not answer.answer.endswith("。") else f"{text}。",
        citations=tuple(replace(by_number[n], n=i) for n, i in order.items()),
        figures=tuple(replace(f, citation=order[f.citation]) for f in answer.figures if _is_said(f, order, said)),
        calculation=calculation and _renumbered(calculation, order),
        series=tuple(cut for series in answer.series if len((cut := _cut_down(series, order)).points) > 1),
    )


def _cut_down(series: Series, order: Mapping[int, int]) -> Series:
    """Return a series of the points whose citations are kept, numbered anew."""
    points = (replace(p, citation=order[p.citation]) for p in series.points if p.citation in order)
    return replace(series, points=tuple(points))


def _is_said(figure: AnswerFigure, order: Mapping[int, int], said: set[str]) -> bool:
    """Whether a figure's citation is kept and its number is still spoken; one digit may be spoken as a letter."""
    digits = figure.value.lstrip("-")
    return figure.citation in order and (digits in said or figure.unit == "名" or len(digits) == 1)


def _renumbered(calculation: Calculation, order: Mapping[int, int]) -> Calculation:
    return replace(calculation, operands=tuple(replace(o, citation=order[o.citation]) for o in calculation.operands))
