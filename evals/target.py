"""What is evaluated: something that takes the turns of a conversation and replies to the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from evals.dataset import Item
from evals.texts import ReportText
from evals.trace import Trace, trace_from


class TargetError(Exception):
    """What is to be evaluated cannot be reached or opened. The message (Chinese) says why and what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back for one question: the reply to its last turn, how long that took, or why there is none."""

    id: str
    reply: dict[str, Any]
    ms: float
    error: str = ""
    trace: Trace | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Outcome:
        trace = trace_from(record["trace"]) if record.get("trace") else None
        return cls(record["id"], record["reply"], record["ms"], record["error"], trace)


class Target(Protocol):
    """An assistant under evaluation. Safe to use from several threads.

    `name` is for the reader; `identity` changes whenever other answers may come: who resumes a run must ask the same.
    """

    name: str
    identity: str

    def ask(self, turns: Sequence[str]) -> tuple[dict[str, Any], float]:
        """Ask the turns one after the other; return the reply to the last and its milliseconds. Raises AskError."""
        ...

    def has(self, item: Item) -> bool:
        """Tell whether the reports that the item rests on are among those of the target."""
        ...

    def text(self, report: str) -> ReportText | None:
        """Return the text of the report with this id, None where there is none."""
        ...

    def trace(self, item: Item) -> Trace | None:
        """Return what happened inside on the way to the answer, None where nobody can look inside."""
        ...


class AskError(Exception):
    """A question that got no reply. It counts as wrong."""
