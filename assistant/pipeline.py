"""The flow: question (+ history) -> Question -> Evidence -> Finding -> Answer, checked, with Citations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.answer import Answer, Status, Turn
from assistant.evidence import Candidate
from assistant.finding import Finder, Finding
from assistant.promise import Promise
from assistant.question import Question
from assistant.reading import Readings
from assistant.replies import together
from assistant.retrieve import Retrieval
from assistant.scope import Scope
from assistant.series.axes import PAIR
from assistant.series.surveys import Surveyed, Surveys
from assistant.suggest import Suggestions
from assistant.understand import Understanding
from assistant.verify import checked
from assistant.vocabulary import Vocabulary
from vectorstore.store import Hit, Index


class Assistant:
    """Answers questions on the reports of one index generation. Safe to use from several threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.scope = Scope(tuple(index.reports))
        vocabulary = Vocabulary(index.reports)
        self.understanding = Understanding(vocabulary, self.scope, lambda asked: self._promise.of(asked))
        self._readings = Readings()
        self._retrieval = Retrieval(index, self.scope, vocabulary, self._readings)
        finder = self._finder(None)
        self._promise = Promise(finder, self._surveys(None))
        self._suggestions = Suggestions(finder, self.understanding.understand)

    def ask(self, question: str, history: Sequence[Turn] = (), *, reports: Collection[str] | None = None) -> Answer:
        """Answer `question` (1-500 characters) in the light of `history`; `reports` limits it to these report ids."""
        asked = self.understanding.understand(question, history)
        turns = [turn.content for turn in history if turn.role == "user"]
        surveys = self._surveys(reports)
        if (surveyed := surveys.answer(asked, turns)) is not None:
            return self._of_row(surveyed)
        found = self._finder(reports).find_all(asked, question if not history else "")
        answer = self._checked(together(found))
        if answer.status is not Status.ANSWERED and (pair := surveys.answer(asked, turns, least=PAIR)) is not None:
            return self._of_row(pair)
        return self._complete(answer, found)

    def rank(self, asked: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the clauses and figures of `hits` that may answer, best first."""
        return self._retrieval.rank(asked, hits)

    def search(self, asked: Question) -> list[Hit]:
        """Return the passages that may hold the answer, nearest first."""
        return self._retrieval.search(asked)

    def _of_row(self, surveyed: Surveyed) -> Answer:
        """Return the answer to a question for a row of figures."""
        return self._complete(self._checked(surveyed.answer), [Finding(surveyed.asked, hits=surveyed.hits)])

    def _checked(self, answer: Answer) -> Answer:
        return checked(answer, self.index.reports, self._readings)

    def _complete(self, answer: Answer, found: Sequence[Finding]) -> Answer:
        suggestions = answer.suggestions or self._suggestions.after(answer, found)
        return replace(answer, suggestions=suggestions, index=self.index.generation)

    def _finder(self, reports: Collection[str] | None) -> Finder:
        return Finder(self._retrieval.limited_to(reports), self.understanding.read)

    def _surveys(self, reports: Collection[str] | None) -> Surveys:
        """Return what answers questions for rows of figures, over `reports`."""
        scope = self.scope if reports is None else Scope(tuple(r for r in self.scope.reports if r.id in reports))
        return Surveys(scope, self.understanding.understand, self.rank, self.search)
