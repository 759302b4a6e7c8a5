"""Which of the reports that were read go into an index, and as what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.corrections import corrected
from ingest.report import Report
from ingest.versions import Relation, relations, set_aside
from vectorstore.decisions import Decisions


@dataclass(frozen=True, slots=True)
class Selection:
    """Reports by the editor's decisions. `active` are searched; `aside` are copies and older versions, kept so that
    links to them do not break. `as_read` has those that were corrected, as they were before."""

    active: tuple[Report, ...]
    aside: tuple[Report, ...]
    as_read: Mapping[str, Report]
    relations: tuple[Relation, ...]

    @property
    def stored(self) -> tuple[Report, ...]:
        return self.active + self.aside


def select(reports: Sequence[Report], decisions: Decisions) -> Selection:
    """Correct what the editor corrected, drop what he removed, set aside copies and older versions."""
    left = [report for report in reports if not decisions.of(report).removed]
    stated = [corrected(report, decisions.of(report).stated) for report in left]
    found = relations(stated)
    aside = set_aside(found, kept=[report.id for report in left if decisions.of(report).kept])
    return Selection(
        active=tuple(report for report in stated if report.id not in aside),
        aside=tuple(report for report in stated if report.id in aside),
        as_read={before.id: before for before, after in zip(left, stated, strict=True) if after is not before},
        relations=found,
    )
