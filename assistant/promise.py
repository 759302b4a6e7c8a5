"""How likely the reports answer a question: of several ways to read a follow-up the likeliest is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.calculate import compute
from assistant.finding import Finder
from assistant.manners import MANNERS
from assistant.question import Kind, Question
from assistant.refuse import likelihood
from assistant.series.surveys import Surveys
from assistant.understand import spread

# How much less a question is believed that names nothing.
_NAMELESS = 0.3
# How likely a question for things of several turns is, where all of them are answered, and when one of them is.
_PAIR, _ACCEPTED = 0.9, 0.3
_NEVER = (*MANNERS, Kind.ABOUT, Kind.ATTACK, Kind.UNCLEAR)


@dataclass(frozen=True)
class Promise:
    """Weighs questions against what the reports hold, over all of them."""

    finder: Finder
    surveys: Surveys

    def of(self, asked: Question) -> float:
        """Return how likely the reports answer a question, 0 to 1."""
        if asked.dangling or asked.kind in _NEVER:
            return 0.0
        if asked.pair:
            return _PAIR * self._takes_up(asked)
        if len(asked.places) > 1:
            return min(self.of(replace(asked, places=(place,), pair=False)) for place in asked.places)
        retrieval = self.finder.retrieval
        asked = retrieval.scope.settled(asked)
        ranked = retrieval.rank(asked, retrieval.search(asked))
        names = any(t.critical or t.ordinal for t in asked.terms)
        return likelihood(asked, ranked) * (1.0 if names else _NAMELESS)

    def _takes_up(self, asked: Question) -> bool:
        """Whether a question for things of several turns is answered by all of them."""
        if self.finder.works_out(asked):
            return True
        apart = spread(asked)
        return self._each(apart) if len(apart) > 1 else self._together(asked)

    def _each(self, apart: Sequence[Question]) -> bool:
        """Whether one thing is answered in each of several places or years."""
        if self.surveys.answer(apart) is not None:
            return True
        return min(self.of(replace(one, pair=False)) for one in apart) >= _ACCEPTED

    def _together(self, asked: Question) -> bool:
        """Whether several things are answered, by a calculation or one by one."""
        settled = self.finder.retrieval.scope.settled(asked)
        ask = self.finder.asker(settled, self.finder.retrieval.search(settled))
        return compute(settled, ask) is not None or self.finder.each_item(settled) is not None
