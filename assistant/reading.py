"""A passage as the matcher sees it: folded, in lower case, cut into clauses and sentences, its figures read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ingest.clauses import Clause, clauses
from ingest.figures import figure_of
from ingest.language.folding import fold
from ingest.report import Figure, Passage, Report


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage as the matcher sees it: folded, in lower case, cut into clauses and sentences."""

    report: Report
    passage: Passage
    clauses: tuple[Clause, ...]
    own: tuple[str, ...]
    sentences: tuple[str, ...]
    topics: tuple[str, ...]
    """For each clause, the clauses before it in its sentence that state no number: what it is about."""
    leads: tuple[str, ...]
    """For each clause, the bare name that opens its sentence: "生物医药基地,扩区控规获得批复"."""
    figures: tuple[tuple[Figure, ...], ...]
    """For each clause, the figure of each of its quantities."""
    heading: str
    text: str
    section: str
    about: str


class Readings:
    """Reads passages and keeps the latest; one for each index generation, whose records never change."""

    def __init__(self, kept: int = 4096) -> None:
        self._keep = lru_cache(maxsize=kept)(self._read)
        self._records: dict[str, tuple[Report, Passage]] = {}

    def of(self, report: Report, passage: Passage) -> Reading:
        """Return the reading of a passage of `report`."""
        self._records[passage.id] = (report, passage)
        return self._keep(passage.id)

    def _read(self, passage_id: str) -> Reading:
        report, passage = self._records[passage_id]
        found = tuple(clauses(report, passage))
        own = tuple(fold(c.text).lower() for c in found)
        parts: dict[int, list[str]] = {}
        for clause, text in zip(found, own, strict=True):
            parts.setdefault(clause.sentence, []).append(text)
        sentences = {number: ",".join(texts) for number, texts in parts.items()}
        return Reading(
            report=report,
            passage=passage,
            clauses=found,
            own=own,
            sentences=tuple(sentences[c.sentence] for c in found),
            topics=tuple(_topic(c, found, own) for c in found),
            leads=tuple(_lead(c, found, own) for c in found),
            figures=tuple(tuple(figure_of(report, passage, c, q) for q in c.quantities) for c in found),
            heading=fold(passage.heading).lower(),
            text=fold(passage.text).lower(),
            section=fold(" ".join(passage.section)).lower(),
            about=fold(f"{report.title} {report.issuer} {report.region}").lower(),
        )


def _lead(clause: Clause, found: tuple[Clause, ...], own: tuple[str, ...]) -> str:
    first = next(o for o in found if o.sentence == clause.sentence)
    bare = first.index < clause.index and len(first.text) <= _BARE and not first.quantities and not first.mentions
    return own[first.index] if bare else ""


_BARE = 10


def _topic(clause: Clause, found: tuple[Clause, ...], own: tuple[str, ...]) -> str:
    before = (o for o in found if o.sentence == clause.sentence and o.index < clause.index and not o.quantities)
    return ",".join(own[o.index] for o in before)
