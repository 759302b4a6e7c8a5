"""What is retrieved, and when it is relevant: stretches of reports, compared with the evidence by offsets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evals.dataset import Item
from evals.judging import evidence_spans
from evals.ranking import Ranked
from evals.texts import ReportText, overlap
from ingest.report import Passage, Report
from ingest.text import sentences


class Level(StrEnum):
    PASSAGE = "段落"
    SENTENCE = "句子"


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a report, half-open character offsets into its text."""

    report: str
    start: int
    end: int


def passage_units(reports: Iterable[Report]) -> list[Unit]:
    return [Unit(r.id, p.start, p.end) for r in reports for p in r.passages]


def sentence_units(reports: Iterable[Report]) -> list[Unit]:
    return [unit for r in reports for p in r.passages for unit in sentences_of(r, p)]


def sentences_of(report: Report, passage: Passage) -> list[Unit]:
    """Return the sentences of a passage."""
    return [Unit(report.id, passage.start + start, passage.start + end) for start, end in sentences(passage.text)]


class Relevance:
    """Where the evidence of items stands in some reports."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._texts = [ReportText(r.id, r.source, r.text) for r in reports]

    def spans(self, item: Item) -> dict[str, list[tuple[int, int]]]:
        """Return, by report id, where evidence stands."""
        found = {text.id: [s for own in evidence_spans(item, text) for s in own] for text in self._texts}
        return {report: spans for report, spans in found.items() if spans}

    @staticmethod
    def judge(
        ranked: Sequence[Unit], everything: Iterable[Unit], spans: dict[str, list[tuple[int, int]]], level: Level
    ) -> Ranked:
        """Return the relevance of ranked units; `everything` are all units, of which the relevant are counted."""
        total = sum(is_relevant(unit, spans, level) for unit in everything if unit.report in spans)
        return Ranked([is_relevant(unit, spans, level) for unit in ranked], total)


def is_relevant(unit: Unit, spans: dict[str, list[tuple[int, int]]], level: Level) -> bool:
    """Tell whether a unit holds evidence: a passage a whole quote, a sentence half of one (or is half made of it)."""
    own = (unit.start, unit.end)
    for span in spans.get(unit.report, ()):
        shared = overlap(own, span)
        if shared == span[1] - span[0]:
            return True
        if level is Level.SENTENCE and 2 * shared >= min(span[1] - span[0], unit.end - unit.start):
            return True
    return False
