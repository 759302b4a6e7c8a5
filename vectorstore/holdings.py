"""What the generation that serves holds, for those who look after it: read without a model and without a search."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ingest.report import Report
from ingest.versions import Relation, Standing, set_aside
from vectorstore.decisions import Decision, Decisions, load_decisions
from vectorstore.manifest import Manifest, check_files, current_generation, generation_folder, read_manifest
from vectorstore.reader import hold, read_report, read_unchanged
from vectorstore.store import StoreError


@dataclass(frozen=True)
class Holdings:
    """The stored reports, in the order in which they were read: the searched ones, then copies and older versions."""

    folder: Path
    manifest: Manifest
    reports: tuple[Report, ...]
    decisions: Decisions

    @cached_property
    def by_id(self) -> dict[str, Report]:
        return {report.id: report for report in self.reports}

    @property
    def searched(self) -> int:
        return len(self.manifest.entries)

    def files(self, report: str) -> tuple[str, ...]:
        """Return the files that have the text of a report; the first is the one that it was read from."""
        return tuple(source.path for source in self.manifest.sources if source.report == report)

    def relations(self, report: str) -> Iterator[Relation]:
        """Yield how a report stands to others, from either side."""
        return (relation for relation in self.manifest.relations if report in (relation.report, relation.other))

    def stand_in(self, report: str) -> Relation | None:
        """Return what a report that is not searched is set aside for."""
        kept = [name for name in self.by_id if name not in self.manifest.aside]
        return set_aside(self.manifest.relations, kept).get(report)

    def is_kept(self, relation: Relation) -> bool:
        """Tell whether a report is searched although it is a copy or an older version: the editor wanted it so."""
        return relation.standing is not Standing.ALIKE and relation.report not in self.manifest.aside

    def find(self, name: str) -> tuple[str, ...]:
        """Return the ids that a name may mean: a whole id or file, the start of an id, or else that of a file."""
        return self._named(name, {report: self.files(report) for report in self.by_id})

    def find_removed(self, name: str) -> tuple[str, ...]:
        """Return the ids of removed reports that a name may mean."""
        return self._named(name, {report: (made.source,) for report, made in self.decisions.removed.items()})

    def decision(self, report: Report) -> Decision:
        return self.decisions.of(report)

    def original(self, report: str) -> Report:
        """Return a report as it was read, before the editor corrected it."""
        return read_unchanged(self.folder, report)

    @staticmethod
    def _named(name: str, files: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        exact = tuple(report for report, paths in files.items() if name == report or name in paths)
        started = tuple(report for report in files if name and report.startswith(name))
        filed = (report for report, paths in files.items() if name and any(path.startswith(name) for path in paths))
        return exact or started or tuple(filed)


def read_holdings(data: Path) -> Holdings:
    """Read what the generation that serves holds; raises StoreError where there is none, or it is damaged."""
    generation = current_generation(data)
    if generation is None:
        raise StoreError(f"数据文件夹 {data} 中还没有索引。请先运行 wenbao ingest 收录报告。")
    folder = generation_folder(data, generation)
    with ExitStack() as resources:
        hold(folder, resources)
        manifest = read_manifest(folder)
        check_files(folder, manifest)
        ids = (*(entry.report for entry in manifest.entries), *manifest.aside)
        return Holdings(folder, manifest, tuple(read_report(folder, name) for name in ids), load_decisions(data))
