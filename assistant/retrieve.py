"""Question -> evidence: the passages that may hold the answer, and what of them fits it best."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.evidence import Candidate, candidates
from assistant.question import Question
from assistant.reading import Readings
from assistant.scope import Scope
from assistant.select import done_first
from assistant.vocabulary import Vocabulary
from vectorstore.store import Hit, Index

_HITS = 32


@dataclass(frozen=True)
class Retrieval:
    """Finds evidence in the reports of one index; `within` limits it to these report ids."""

    index: Index
    scope: Scope
    vocabulary: Vocabulary
    readings: Readings
    within: frozenset[str] | None = None

    def limited_to(self, reports: Collection[str] | None) -> Retrieval:
        """Return the same for these report ids alone, for all where none are given."""
        return self if reports is None else replace(self, within=frozenset(reports))

    def search(self, asked: Question) -> list[Hit]:
        """Return the passages that may hold the answer: those of the right reports that are nearest to the question."""
        known = [f for t in asked.terms for f in t.forms[1:] if self.vocabulary.knows(f)][:12]
        near = [f for t in asked.terms if t.unknown for f in t.near[:4]][:12]
        query = " ".join(dict.fromkeys([asked.standalone, *known, *near]))
        reports = self.scope.ids(asked)
        if self.within is not None:
            reports = self.within if reports is None else reports & self.within
        return self.index.search(query, k=_HITS, reports=reports)

    def rank(self, asked: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the clauses and figures of `hits` that may answer, best first."""
        return done_first(asked, candidates(asked, hits, self.readings))

    def found(self, asked: Question) -> Sequence[Candidate]:
        """Return the candidates of a question, best first, none where it leaves open which place is meant."""
        asked = self.scope.settled(asked)
        ranked = self.rank(asked, self.search(asked))
        return () if self.scope.rivals(asked, ranked) else ranked
