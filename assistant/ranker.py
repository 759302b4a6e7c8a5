"""What a candidate's features weigh: scores for the order, and the chance that the best one answers.

Two linear models, whose weights `evals.training` fits to the development questions and `ranker.json` keeps; a feature
that the file does not name weighs nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.question import Kind, Question

if TYPE_CHECKING:
    from assistant.evidence import Candidate

Features = Mapping[str, float]
"""What speaks for or against a candidate, by name; what is absent is 0."""

FILE = Path(__file__).parent / "ranker.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """`rank` gives the score of a candidate, `accept` the log odds that the best one answers the question."""

    rank: Features
    accept: Features


def family(question: Question) -> str:
    """Return which weights a question is judged by: those of numbers or those of statements."""
    return "figure" if question.kind is Kind.FIGURE else "text"


@cache
def weights(name: str) -> Weights:
    """Return the weights of a family of questions."""
    table = json.loads(FILE.read_text(encoding="utf-8"))[name]
    return Weights(table["rank"], table["accept"])


def score(features: Features, by: Features) -> float:
    """Return the weighted sum of the features."""
    return sum(value * by.get(name, 0.0) for name, value in features.items())


def confidence(features: Features, by: Features) -> float:
    """Return the chance, 0 to 1, that the candidate with these features answers; `by` has its constant as "bias"."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score(features, by) + by.get("bias", 0.0)))))


def acceptance(question: Question, ranked: Sequence[Candidate]) -> dict[str, float]:
    """Return the features by which the best of `ranked` is believed: its own, and how it stands to what was asked."""
    best = ranked[0]
    strong = sum(t.weight >= 0.3 for t in question.terms)
    rival = next((c for c in ranked[1:40] if c.reading.passage.id != best.reading.passage.id), None)
    return {
        **best.features,
        "score": best.score,
        "lead": min(1.0, best.score - rival.score) if rival is not None else 1.0,
        "few_words": 1.0 if strong < 2 else 0.0,
        "many_words": max(0.0, strong - 4) / 4,
        "asks_attribute": _lacks_head(question, best),
        f"kind_{question.kind.name.lower()}": 1.0,
    }


def _lacks_head(question: Question, best: Candidate) -> float:
    """Return whether the word asked about ("售价" of "一盒的售价是多少") is not there."""
    head = max((t for t in question.terms if t.head), key=lambda t: t.weight, default=None)
    return float(head is not None and any(t.text == head.text for t in best.missing))
