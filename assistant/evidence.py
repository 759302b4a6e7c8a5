"""Question -> Evidence: clauses and figures that may answer it, scored against the question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.fitting import Misfit, fit, misfits
from assistant.matching import Coverage, PassageMatch, focus
from assistant.question import Kind, Question, Term
from assistant.ranker import Features, family, score, weights
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
    cosine of the question and the clause's own sentence; `features` are what `score` is the weighted sum of.
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
    features: Features


def candidates(question: Question, hits: Sequence[Hit], readings: Readings | None = None) -> list[Candidate]:
    """Return the candidates of `hits`, best first; `readings` keeps what was read of them for the next question."""
    readings = readings or Readings()
    top = max((h.score for h in hits), default=0.0)
    low = min((h.score for h in hits), default=0.0)
    found: list[Candidate] = []
    for hit in hits:
        prior = (hit.score - low) / (top - low) if top > low else 1.0
        found.extend(_of_passage(question, readings.of(hit.report, hit.passage), prior, hit))
    return sorted(found, key=lambda c: -c.score)


def _of_passage(question: Question, reading: Reading, prior: float, hit: Hit) -> Iterator[Candidate]:
    matched = PassageMatch(question, reading)
    if matched.empty:
        return
    asked = fold(question.standalone).lower()
    by = weights(family(question)).rank
    total = sum(t.weight for t in question.terms) or 1.0
    for clause in reading.clauses:
        coverage = matched.of(clause)
        lead = reading.leads[clause.index]
        dense = _dense(hit, clause)
        features: dict[str, float] = {
            "whole": coverage.whole,
            "near": coverage.near,
            "prior": prior,
            "dense": dense,
            "focus": focus(question, reading, clause),
        }
        if len(lead) > 3 and lead in asked:
            features["opened"] = 1.0
        if coverage.missing:
            features |= _lacks(question, coverage, total)
        yield from _of_clause(question, reading, clause, coverage, features, by)


def _dense(hit: Hit, clause: Clause) -> float:
    """Return the cosine of the question and the sentence that the clause stands in."""
    return next((cosine for end, cosine in hit.sentences if clause.end <= end), hit.dense)


def _lacks(question: Question, coverage: Coverage, total: float) -> dict[str, float]:
    """Return the shares of the question's words that stand nowhere near: of names, and of those that no report has."""
    holders = [t for t in question.terms if t.critical and not t.indicator]
    found = any(t.indicator and t not in coverage.missing for t in question.terms)
    return {
        "lacks_holder": float(found and bool(holders) and all(t in coverage.missing for t in holders)),
        "lacks": sum(t.weight for t in coverage.missing) / total,
        "lacks_named": sum(t.weight for t in coverage.missing if t.critical) / total,
        "lacks_unknown": sum(t.weight for t in coverage.missing if t.unknown and t.critical) / total,
        "lacks_strange": sum(t.weight for t in coverage.missing if t.unknown and t.critical and not t.told) / total,
        "lacks_indicator": float(any(t.indicator for t in coverage.missing)),
    }


def _of_clause(
    question: Question,
    reading: Reading,
    clause: Clause,
    coverage: Coverage,
    features: dict[str, float],
    by: Mapping[str, float],
) -> Iterator[Candidate]:
    wrong = misfits(question, reading, clause)

    def made(figure: Figure | None, own: dict[str, float], every: tuple[Misfit, ...]) -> Candidate:
        found = features | own
        if every:
            found["misfits"] = float(len(every))
        return Candidate(
            reading,
            clause,
            figure,
            coverage.whole,
            coverage.near,
            coverage.missing,
            features["dense"],
            score(found, by),
            every,
            found,
        )

    if question.kind in (Kind.LIST, Kind.TEXT, Kind.WHEN, Kind.YES_NO):
        yield made(None, _of_statement(question, clause), wrong)
    if question.kind is Kind.FIGURE or (question.kind is Kind.YES_NO and question.numeric):
        for quantity, figure in zip(clause.quantities, reading.figures[clause.index], strict=True):
            own, more = fit(question, figure, quantity, reading, clause)
            yield made(figure, own, tuple(dict.fromkeys((*wrong, *more))))


def _of_statement(question: Question, clause: Clause) -> dict[str, float]:
    """Return the features of a clause as an answer in words."""
    found: dict[str, float] = {}
    if question.kind is Kind.WHEN:
        found["tells_time" if clause.mentions or _POINT_IN_TIME.search(clause.text) else "timeless"] = 1.0
    if WHY.search(question.standalone) and _CAUSE.search(clause.text):
        found["tells_cause"] = 1.0
    if question.status is not None and clause.status is not question.status:
        found["status_other"] = 1.0
    if question.kind is Kind.LIST and re.search(r"[、和及]", clause.text):
        found["lists"] = 1.0
    if _says_nothing_new(question, clause):
        found["repeats"] = 1.0
    if _CIRCUMSTANCE.match(clause.text):
        found["circumstance"] = 1.0
    if _QUOTED.search(clause.text):
        found["quotes"] = 1.0
        if _ASKS_NAME.search(question.standalone):
            found["quotes_name"] = 1.0
    return found


# "叫什么", "什么称号", "哪个平台"
_ASKS_NAME = re.compile(
    r"叫|名[字称]|什么(?:样的)?(?:称号|模式|机制|活动|主题|说法|品牌|体制|原则|口号|措施|做法|行动|方针)|哪[个家种]"
)
# "“分灶吃饭”", "《凤河春水》"
_QUOTED = re.compile(r"[“‘《][^”’》]{2,}[”’》]")


def _says_nothing_new(question: Question, clause: Clause) -> bool:
    """Whether a clause only repeats what the question names ("中日示范区,")."""
    asked = fold(question.standalone)
    return len([c for c in fold(clause.text) if c not in asked and c not in _FILLER]) < 3


# "面对复杂外部环境", "在政策带动下": what stands around a statement
_CIRCUMSTANCE = re.compile(r"面对|随着|(?:在|受)[^,，]*(?:下|中|影响)$")
_FILLER = frozenset(" 、的和与及了在中“”\"'()")
_CAUSE = re.compile(r"导致|由于|因(?!此|素|地|子)|受.{1,12}(?:影响|冲击)|所致|冲击|得益于|带动")
_POINT_IN_TIME = re.compile(r"年底|年内|月底|季度|尽快|即将|上旬|中旬|下旬|前完成")


def tells_time(candidate: Candidate) -> bool:
    """Whether the candidate's sentence says when: a period, or a stage reached, unless what is asked to happen is a
    word that no report has (开诊): then the stage is another one."""
    same = [c for c in candidate.reading.clauses if c.sentence == candidate.clause.sentence]
    if any(c.mentions or _POINT_IN_TIME.search(c.text) for c in same):
        return True
    return not any(t.unknown for t in candidate.missing) and any(_STAGE.search(c.text) for c in same)


_STAGE = re.compile(r"阶段|手续|封顶|竣工|开工|投产|投用|投运|获批|签约|启动|完成|上市|临床")
