"""What an assistant reads and finds on the way to an answer, for tests of the steps between."""

from __future__ import annotations

from assistant.evidence import Candidate
from assistant.premise import Premise, as_figure, premise_of
from assistant.question import Question
from ingest.report import Figure
from tests.assistant.samples import Visitor


def read(visitor: Visitor, text: str) -> Question:
    """Return the one question that `text` asks, its places and periods settled."""
    [question] = visitor.assistant.understanding.understand(text)
    return visitor.assistant.scope.settled(question)


def found(visitor: Visitor, question: Question) -> list[Candidate]:
    """Return the candidates for a question, best first."""
    return visitor.assistant.rank(question, visitor.assistant.search(question))


def premise_and_figure(visitor: Visitor, text: str) -> tuple[Premise, Figure]:
    """Return what a question states, and the figure that tells whether it is so."""
    question = read(visitor, text)
    premise = premise_of(question)
    assert premise is not None
    best = found(visitor, as_figure(question, premise))[0]
    assert best.figure is not None
    return premise, best.figure
