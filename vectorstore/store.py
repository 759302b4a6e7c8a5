"""The seam between finding passages and everything above it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from ingest.report import Passage, Report
from ingest.versions import Relation


class StoreError(Exception):
    """The index cannot be read or written. The message (Chinese, for the user) says what and what to do."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` is the fused score, higher is better; `dense` the cosine, `lexical` the BM25 score.

    `sentences` are (end, cosine) of each sentence of the passage, in order; `end` is an offset into its text.
    """

    report: Report
    passage: Passage
    score: float
    dense: float
    lexical: float
    sentences: tuple[tuple[int, float], ...] = ()


class Index(Protocol):
    """One index generation, opened for reading. Safe to use from several threads.

    `reports` are searched; `aside` are copies and older versions, which are only shown; `relations` say of what.
    """

    generation: str
    reports: tuple[Report, ...]
    aside: tuple[Report, ...]
    relations: tuple[Relation, ...]

    def search(self, query: str, *, k: int = 20, reports: Collection[str] | None = None) -> list[Hit]:
        """Return at most `k` hits, best first; `reports` limits them to these report ids."""
        ...
