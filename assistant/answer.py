"""What the assistant says: the public contract's records (DESIGN.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter


class Status(StrEnum):
    ANSWERED = "answered"
    REFUSED = "refused"
    CLARIFY = "clarify"


@dataclass(frozen=True, slots=True)
class Citation:
    """A mark [n] resolved to its place. `start:end` are half-open offsets of `quote` in the report's text."""

    n: int
    report_id: str
    report_title: str
    issuer: str
    published: str
    section: tuple[str, ...]
    paragraph: int
    quote: str
    start: int
    end: int
    text: str
    """The whole passage that the quote stands in."""
    url: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """A figure of the answer, with the number of the citation that proves it. `value` is a decimal string."""

    indicator: str
    aspect: str
    value: str
    unit: str
    period: str
    region: str
    status: str
    citation: int


@dataclass(frozen=True, slots=True)
class Operand:
    value: str
    unit: str
    citation: int


@dataclass(frozen=True, slots=True)
class Calculation:
    """A declared calculation: its `formula` ("800 - 442.1 = 357.9"), the result's unit, its operands."""

    formula: str
    unit: str
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series: `label` is its place on the axis ("2013年", "广东省"), `value` a decimal string in the
    series' unit, `text` the figure as the report writes it ("7.5%左右"), `citation` the number that proves it."""

    label: str
    value: str
    text: str
    status: str
    citation: int


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one indicator and aspect along one axis ("时间" or "地区"), for a table and a chart.

    Two points of one label are statements that contradict each other; both stay.
    """

    name: str
    axis: str
    unit: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    status: Status
    answer: str
    understood: str
    citations: tuple[Citation, ...] = ()
    figures: tuple[AnswerFigure, ...] = ()
    calculation: Calculation | None = None
    series: tuple[Series, ...] = ()
    suggestions: tuple[str, ...] = ()
    answerer: str = "extractive"
    index: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the conversation before the question. `role` is "user" or "assistant"."""

    role: str
    content: str


ANSWER_JSON: TypeAdapter[Answer] = TypeAdapter(Answer)
