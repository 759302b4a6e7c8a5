"""The phrases of a calculation, asked: each is put to the reports as an ordinary question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.calculation.grammar import GOAL
from assistant.calculation.operands import Operand, value
from assistant.calculation.phrases import DONE, Phrase
from assistant.evidence import Candidate
from assistant.matching import match
from assistant.question import Hole, Kind, Question, Term
from assistant.refuse import acceptable
from ingest.language.aspects import Aspect
from ingest.language.statuses import Status
from ingest.language.units import Dimension

# How far behind the best an option may be, and how many are looked at.
_BEHIND = 1.2
OPTIONS = 8
HELD = 0.55
"""How well a word must be held beside a number."""


@dataclass(frozen=True, slots=True)
class Source:
    """What answers an ordinary question: the reports, as the pipeline asks them.

    `read` reads a text as a question that stands alone; `rank` returns its candidates, best first, none where it leaves
    open which place is meant; `places_of` names the places of a folded text; `year` is what "今年" means there.
    """

    read: Callable[[str], Question]
    rank: Callable[[Question], Sequence[Candidate]]
    places_of: Callable[[str], Sequence[str]]
    year: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Side:
    """A phrase with the figures that may be its value, best first."""

    phrase: Phrase
    question: Question
    options: tuple[Operand, ...]


def answered(readings: Sequence[Phrase], hole: Hole, source: Source, others: str) -> Side:
    """Return the first reading that the reports answer, else the last."""
    side = None
    for phrase in readings:
        question = asked(phrase, hole, source)
        side = Side(phrase, question, options(phrase, question, source, others))
        if side.options:
            break
    if side is None:
        raise ValueError("a phrase has at least one reading")
    return side


def asked(phrase: Phrase, hole: Hole, source: Source) -> Question:
    read = source.read(f"{phrase.text}是多少")
    aspects = tuple(a for a in read.aspects if a is not Aspect.AGAINST_AVERAGE)
    status = Status.DONE if phrase.role == DONE else Status.PLANNED if phrase.role == GOAL else read.status
    return replace(
        read,
        kind=Kind.FIGURE,
        aspects=aspects,
        hole=hole if not aspects or hole.dimension is Dimension.PERCENT else Hole(),
        both=False,
        wide=False,
        base=None,
        status=status,
        target=phrase.role == GOAL,
    )


def figures_of(question: Question, source: Source) -> list[Operand]:
    """Return the figures of a question that nothing contradicts, best first."""
    return [Operand(c, c.figure) for c in source.rank(question) if c.figure is not None and not c.misfits]


def options(phrase: Phrase, question: Question, source: Source, others: str = "") -> tuple[Operand, ...]:
    """Return the figures that answer a phrase, asked as `question`, best first; `others` are the words of the phrases
    beside it."""
    own = [t for t in question.terms if t.critical and t.text not in others]
    own = [t for t in own if not t.unknown] or own
    fitting = figures_of(question, source)
    named = [o for o in fitting if names_it(own, o) and _fits(question, phrase, o)]
    if not named or not (acceptable(question, [o.candidate for o in named]) or _is_part(question, named[0], fitting)):
        return ()
    top = named[0].candidate.score
    close = [o for o in named if o.candidate.score >= top - _BEHIND][:OPTIONS]
    return tuple(o for o in close if acceptable(question, [o.candidate]) or _is_part(question, o, fitting))


def _is_part(question: Question, one: Operand, ranked: Sequence[Operand]) -> bool:
    """Whether a figure is a part of one that its passage tells before: "零售总额803.1亿元,…城镇实现747.1亿元"."""
    own = one.candidate
    return any(
        o.candidate.reading is own.reading
        and o.figure.unit == one.figure.unit
        and o.candidate.clause.index < own.clause.index
        and acceptable(question, [o.candidate])
        for o in ranked[:OPTIONS]
    )


def names_it(own: Sequence[Term], operand: Operand) -> bool:
    """Whether the words that only this phrase has stand by the number or lead to it, one of them near."""
    close, around, before = operand.window, operand.around, operand.before
    levels = [(match(t, close), max(0.8 * match(t, around), 0.6 * match(t, before))) for t in own]
    return not own or (all(max(level) >= HELD for level in levels) and any(near >= HELD for near, _ in levels))


def _fits(question: Question, phrase: Phrase, operand: Operand) -> bool:
    if phrase.given is not None and operand.base != phrase.given.base:
        return False
    if question.aspects:
        return True
    return value(operand) or operand.figure.aspect == Aspect.ORIGIN.value


def of_sentence(one: Operand) -> Iterator[Operand]:
    """Yield the other figures of a figure's sentence, the nearest behind it first."""
    reading, own = one.candidate.reading, one.candidate.clause
    same = [c for c in reading.clauses if c.sentence == own.sentence]
    for clause in sorted(same, key=lambda c: (c.index < own.index, abs(c.index - own.index))):
        for figure in reading.figures[clause.index]:
            if figure != one.figure:
                yield Operand(replace(one.candidate, clause=clause, figure=figure), figure)
