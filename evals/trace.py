"""Where an answer went wrong: the evidence is followed through the stages of the pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.answer import Turn
from assistant.evidence import Candidate, candidates
from assistant.pipeline import Assistant
from assistant.question import Kind, Question
from assistant.refuse import acceptable
from evals.dataset import Item
from evals.judging import Verdict, evidence_spans
from evals.texts import ReportText, overlap
from vectorstore.store import Hit

_SHOWN = 5
_UNANSWERED = (Kind.GREETING, Kind.ABOUT, Kind.ATTACK, Kind.UNCLEAR)


class Stage(StrEnum):
    """The stage at which an answer went wrong."""

    SERVICE = "服务"
    UNDERSTANDING = "理解"
    RETRIEVAL = "检索"
    MATCHING = "匹配"
    COMPOSING = "组句"
    GATE = "把关"
    UNKNOWN = "看不到"


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage or clause on the way. `relevant` says that it holds evidence."""

    text: str
    place: str
    score: float
    relevant: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of a question. Ranks count from 1; None means that no evidence was found there.

    `turned_away` says that understanding alone decided: a greeting, an attack, an unclear or ambiguous question.
    `in_scope` says that a report with evidence was searched at all; `accepted` that the best clause passed the gate.
    """

    understood: str
    kind: str
    turned_away: bool
    in_scope: bool
    retrieved: int | None
    matched: int | None
    accepted: bool
    hits: tuple[Seen, ...] = ()
    clauses: tuple[Seen, ...] = ()
    contexts: tuple[str, ...] = ()
    error: str = ""


def trace_from(record: dict[str, Any]) -> Trace:
    """Return the trace that `dataclasses.asdict` was given."""
    seen = {name: tuple(Seen(**one) for one in record[name]) for name in ("hits", "clauses")}
    return Trace(**{**record, **seen, "contexts": tuple(record["contexts"])})


class Tracer:
    """Follows questions through one assistant, by the same steps that its `ask` takes."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._texts = {r.id: ReportText(r.id, r.source, r.text) for r in assistant.index.reports}

    def trace(self, item: Item) -> Trace:
        """Follow an item. What a stage raises is told, not raised: the answer has been judged without it."""
        try:
            return self._follow(item)
        except Exception as error:
            return Trace("", "", False, False, None, None, False, error=f"{type(error).__name__}: {error}")

    def questions(self, turns: Sequence[str]) -> list[Question]:
        """Return the questions as understood, each within its scope."""
        history = [Turn("user", turn) for turn in turns[:-1]]
        return [self._assistant.scope.settled(q) for q in self._assistant.understanding.understand(turns[-1], history)]

    def hits(self, asked: Question) -> list[Hit]:
        return self._assistant.search(asked)

    def _follow(self, item: Item) -> Trace:
        spans = {key: [s for own in evidence_spans(item, text) for s in own] for key, text in self._texts.items()}
        asked = self.questions(item.turns)
        scopes = [self._assistant.scope.ids(q) for q in asked]
        found = [self.hits(q) for q in asked]
        ranked = [candidates(q, hits) for q, hits in zip(asked, found, strict=True)]
        away = any(
            q.kind in _UNANSWERED or q.dangling or self._assistant.scope.rivals(q, r)
            for q, r in zip(asked, ranked, strict=True)
        )
        accepted = [acceptable(q, r) for q, r in zip(asked, ranked, strict=True)]
        hits = [hit for one in found for hit in one[: _SHOWN if len(found) == 1 else 3]]
        clauses = [c for one in ranked for c in one[: 3 if len(ranked) == 1 else 2]]
        return Trace(
            understood=";".join(q.standalone for q in asked),
            kind="、".join(q.kind.value for q in asked),
            turned_away=away,
            in_scope=any(spans[key] and (ids is None or key in ids) for ids in scopes for key in spans),
            retrieved=_first([[_in_passage(h, spans) for h in one] for one in found]),
            matched=_first([[_in_clause(c, spans) for c in one] for one in ranked]),
            accepted=all(accepted),
            hits=tuple(_seen_hit(h, _in_passage(h, spans)) for h in hits),
            clauses=tuple(_seen_clause(c, _in_clause(c, spans)) for c in clauses),
            contexts=tuple(h.passage.text for h in hits),
        )


Spans = dict[str, list[tuple[int, int]]]
"""By report id, where the evidence stands."""


def _in_passage(hit: Hit, spans: Spans) -> bool:
    return any(hit.passage.start <= start and end <= hit.passage.end for start, end in spans[hit.report.id])


def _in_clause(candidate: Candidate, spans: Spans) -> bool:
    start = candidate.reading.passage.start
    own = (start + candidate.clause.start, start + candidate.clause.end)
    return any(overlap(own, span) for span in spans[candidate.reading.report.id])


def _first(found: Sequence[Sequence[bool]]) -> int | None:
    """Return the best rank of evidence in any of the lists."""
    ranks = [one.index(True) + 1 for one in found if True in one]
    return min(ranks) if ranks else None


def _seen_hit(hit: Hit, relevant: bool) -> Seen:
    place = f"{hit.report.title} 第{hit.passage.paragraph}段"
    note = f"向量 {hit.dense:.2f} 词汇 {hit.lexical:.1f}"
    return Seen(hit.passage.text[:160], place, round(hit.score, 3), relevant, note)


def _seen_clause(candidate: Candidate, relevant: bool) -> Seen:
    missing = "、".join(term.text for term in candidate.missing)
    note = f"覆盖 {candidate.coverage:.2f}"
    note += f" 不合:{'、'.join(candidate.misfits)}" if candidate.misfits else ""
    note += f" 缺:{missing}" if missing else ""
    place = f"{candidate.reading.report.title} 第{candidate.reading.passage.paragraph}段"
    return Seen(candidate.clause.text[:160], place, round(candidate.score, 3), relevant, note)


def stage_of(item: Item, verdict: Verdict, trace: Trace | None, error: str = "") -> Stage | None:
    """Return the stage that a wrong answer went wrong at, None for a right one."""
    if verdict.right:
        return None
    if error:
        return Stage.SERVICE
    if trace is None or trace.error:
        return Stage.UNKNOWN
    if item.expect == "clarify" or (item.expect == "refuse" and verdict.status == "clarify"):
        return Stage.UNDERSTANDING
    if item.expect == "refuse":
        return Stage.GATE
    return _stage_of_answerable(verdict, trace)


def _stage_of_answerable(verdict: Verdict, trace: Trace) -> Stage:
    answered = verdict.status == "answered"
    if (trace.turned_away and not answered) or not trace.in_scope:
        return Stage.UNDERSTANDING
    if trace.retrieved is None:
        return Stage.RETRIEVAL
    if trace.matched != 1:
        return Stage.MATCHING
    return Stage.COMPOSING if answered else Stage.GATE
