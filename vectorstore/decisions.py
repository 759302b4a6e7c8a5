"""What the editor decided about reports: which are removed, which stay beside a newer version, what is stated of them.

The decisions lie in the data folder (`decisions.json`), not beside the documents: the folder of the documents may be
read-only or filled by another system, and a decision holds for the text, whatever its file is called. Whoever keeps
the documents can state the same in a side-car file; what was decided here goes before it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest.metadata import Metadata
from ingest.report import Report
from vectorstore.manifest import sync
from vectorstore.store import StoreError

DECISIONS = "decisions.json"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one report. `title` and `source` are what it was called then, `hash` is that of its file:
    by it the report is known again when a newer version of this program reads another text, and another id, from it.
    """

    title: str
    source: str
    hash: str
    removed: bool = False
    kept: bool = False
    stated: Metadata = field(default_factory=Metadata)

    @property
    def changes_anything(self) -> bool:
        return self.removed or self.kept or self.stated != Metadata()


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions, by report id."""

    reports: Mapping[str, Decision] = field(default_factory=dict)

    @property
    def removed(self) -> Mapping[str, Decision]:
        return {report: decision for report, decision in self.reports.items() if decision.removed}

    @property
    def version(self) -> str:
        """What tells an index made under these decisions from one made under others; "" where none was made."""
        if not self.reports:
            return ""
        effects = {report: (d.removed, d.kept, str(d.stated)) for report, d in self.reports.items()}
        return sha256(json.dumps(effects, sort_keys=True).encode()).hexdigest()[:16]

    def of(self, report: Report) -> Decision:
        """Return what was decided about a report, or that nothing was."""
        decision = self.reports.get(report.id) or self._by_hash.get(report.source_hash)
        return decision or Decision(report.title, report.source, report.source_hash)

    def removal_of(self, file_hash: str) -> str:
        """Return the id of the removed report that was read from a file with this hash, "" if there is none."""
        return next((name for name, decision in self.removed.items() if decision.hash == file_hash), "")

    def having(self, report: str, decision: Decision) -> Decisions:
        """Return these decisions with one more, or with one that changes nothing left out."""
        same = {report} | {name for name, made in self.reports.items() if made.hash == decision.hash}
        others = {name: made for name, made in self.reports.items() if name not in same}
        return Decisions(others | ({report: decision} if decision.changes_anything else {}))

    @property
    def _by_hash(self) -> Mapping[str, Decision]:
        return {decision.hash: decision for decision in self.reports.values()}


_JSON: TypeAdapter[dict[str, Decision]] = TypeAdapter(dict[str, Decision])


def load_decisions(data: Path) -> Decisions:
    """Read the decisions of a data folder; raises StoreError where the file is damaged."""
    path = data / DECISIONS
    try:
        return Decisions(_JSON.validate_json(path.read_bytes()))
    except FileNotFoundError:
        return Decisions()
    except (OSError, ValidationError) as error:
        raise StoreError(
            f"{path} 读不出来或已损坏,其中记着哪些报告被移除、改过哪些日期。"
            "请从备份恢复,或删除它后重新运行 wenbao ingest。"
        ) from error


def save_decisions(data: Path, decisions: Decisions) -> None:
    """Write the decisions; at no moment is there half a file."""
    fresh = data / f".{DECISIONS}-{os.getpid()}"
    fresh.write_bytes(_JSON.dump_json(dict(decisions.reports), indent=1))
    sync(fresh)
    fresh.replace(data / DECISIONS)
    sync(data)
