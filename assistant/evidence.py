"""Question -> Evidence: clauses and figures that may answer it, scored against the question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.fitting import Misfit, fit, misfits
from assistant.matching import Coverage, PassageMatch, focus
from assistant.question import Kind, Question, Term
from assistant.reading import Reading, Readings
from assistant.slots import WHY
from ingest.clauses import Clause
from ingest.language.folding import fold
from ingest.report import Figure
from vectorstore.store import Hit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause, with one of its figures where a number is asked for.

    `coverage`, `near` and `missing` are those of `Coverage`; `misfits` are the slots that contradict; `dense` is the
    cosine of the question and the passage's nearest sentence.
    """

    reading: Reading
    clause: Clause
    figure: Figure | None
    coverage: float
    near: float
    missing: tuple[Term, ...]
    dense: float
    score: float
    misfits: tuple[Misfit, ...]


# What a contradicting slot costs: more than any likeness can make up for.
_MISFIT = 0.6


# What it adds that the question names what opens the sentence ("生物医药基地,扩区控规获得批复").
_LEAD = 0.2


def candidates(question: Question, hits: Sequence[Hit], readings: Readings | None = None) -> list[Candidate]:
    """Return the candidates of `hits`, best first; `readings` keeps what was read of them for the next question."""
    readings = readings or Readings()
    top = max((h.score for h in hits), default=0.0)
    low = min((h.score for h in hits), default=0.0)
    found: list[Candidate] = []
    for hit in hits:
        prior = (hit.score - low) / (top - low) if top > low else 1.0
        found.extend(_of_passage(question, readings.of(hit.report, hit.passage), prior, hit.dense))
    return sorted(found, key=lambda c: -c.score)


def _of_passage(question: Question, reading: Reading, prior: float, dense: float) -> Iterator[Candidate]:
    matched = PassageMatch(question, reading)
    asked = fold(question.standalone).lower()
    if matched.empty:
        return
    for clause in reading.clauses:
        coverage = matched.of(clause)
        lead = reading.leads[clause.index]
        opened = _LEAD if len(lead) > 3 and lead in asked else 0.0
        score = opened + coverage.whole + 0.08 * prior + 0.06 * focus(question, reading, clause)
        yield from _of_clause(question, reading, clause, coverage, score, dense)


def _of_clause(
    question: Question, reading: Reading, clause: Clause, coverage: Coverage, score: float, dense: float
) -> Iterator[Candidate]:
    wrong = misfits(question, reading, clause)
    whole, near, missing = coverage.whole, coverage.near, coverage.missing
    if question.kind in (Kind.LIST, Kind.TEXT, Kind.WHEN, Kind.YES_NO):
        total = score + _statement_bonus(question, clause) - _MISFIT * len(wrong)
        yield Candidate(reading, clause, None, whole, near, missing, dense, total, wrong)
    if question.kind is Kind.FIGURE or (question.kind is Kind.YES_NO and question.numeric):
        for quantity, figure in zip(clause.quantities, reading.figures[clause.index], strict=True):
            gain, more = fit(question, figure, quantity, reading, clause)
            every = tuple(dict.fromkeys((*wrong, *more)))
            total = score + gain - _MISFIT * len(every)
            yield Candidate(reading, clause, figure, whole, near, missing, dense, total, every)


def _statement_bonus(question: Question, clause: Clause) -> float:
    bonus = 0.0
    if question.kind is Kind.WHEN:
        bonus += 0.15 if clause.mentions or _POINT_IN_TIME.search(clause.text) else -0.2
    if WHY.search(question.standalone) and _CAUSE.search(clause.text):
        bonus += 0.35
    if question.status is not None and clause.status is not question.status:
        bonus -= 0.1
    if question.kind is Kind.LIST:
        bonus += 0.08 if re.search(r"[、和及]", clause.text) else 0.0
    if _says_nothing_new(question, clause) or _CIRCUMSTANCE.match(clause.text):
        bonus -= 0.3
    return bonus


def _says_nothing_new(question: Question, clause: Clause) -> bool:
    """Whether a clause only repeats what the question names ("中日示范区,")."""
    asked = fold(question.standalone)
    return len([c for c in fold(clause.text) if c not in asked and c not in _FILLER]) < 3


# "面对复杂外部环境", "在政策带动下": what stands around a statement
_CIRCUMSTANCE = re.compile(r"面对|随着|(?:在|受)[^,，]*(?:下|中|影响)$")
_FILLER = frozenset(" 、的和与及了在中“”\"'()")
_CAUSE = re.compile(r"导致|由于|因(?!此|素|地|子)|受.{1,12}(?:影响|冲击)|所致|冲击|得益于|带动")
_POINT_IN_TIME = re.compile(r"年底|年内|月底|季度|尽快|即将|阶段|上旬|中旬|下旬|前完成")


def tells_time(candidate: Candidate) -> bool:
    """Whether the candidate's sentence says when: a period, or a stage reached."""
    same = [c for c in candidate.reading.clauses if c.sentence == candidate.clause.sentence]
    return any(c.mentions or _POINT_IN_TIME.search(c.text) or _STAGE.search(c.text) for c in same)


_STAGE = re.compile(r"阶段|手续|封顶|竣工|开工|投产|投用|投运|获批|签约|启动|完成|上市|临床")
