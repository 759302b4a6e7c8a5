"""The assistant in this process, over an index of a folder of reports."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import assistant
import ingest
import prompts
import vectorstore
from assistant.answer import ANSWER_JSON, Turn
from assistant.pipeline import Assistant
from evals.dataset import Item
from evals.target import AskError, TargetError
from evals.texts import ReportText
from evals.trace import Trace, Tracer
from vectorstore import build_index, open_index
from vectorstore.store import Index, StoreError

EXTRACTIVE = "extractive"
ANSWERERS: dict[str, Callable[[Index], Assistant]] = {EXTRACTIVE: Assistant}
"""Who answers, by name; another way to answer is another row."""

_WARM_UP = "您好"


@dataclass(frozen=True, slots=True)
class Bench:
    """An open index of a folder of reports; `failures` are the files that are not in it, and why."""

    index: Index
    folder: Path
    failures: tuple[str, ...]


def open_bench(
    folder: Path, data: Path, embedding: str, progress: Callable[[str, int, int], None] | None = None
) -> Bench:
    """Index the reports of a folder (what is indexed already stays) and open the index."""
    own = data / hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    try:
        built = build_index([folder], own, embedding, progress=progress)
        index = open_index(own, embedding)
    except StoreError as error:
        raise TargetError(str(error)) from error
    return Bench(index, folder, tuple(map(str, built.failures)))


class LocalTarget:
    """An assistant in this process, asked as the server would ask it."""

    def __init__(self, index: Index, answerer: str = EXTRACTIVE) -> None:
        if answerer not in ANSWERERS:
            raise TargetError(f"没有回答方式 {answerer!r}。可用的有 {'、'.join(ANSWERERS)}。")
        self.index = index
        self.assistant = ANSWERERS[answerer](index)
        self.tracer = Tracer(self.assistant)
        self.name = f"本进程({answerer})"
        self.identity = f"local:{answerer}:{index.generation}:{code_version()}"
        self._texts = {r.id: ReportText(r.id, r.source, r.text) for r in index.reports}
        self._files = {text.file for text in self._texts.values()}

    def warm_up(self) -> None:
        """Have dictionaries and tables loaded, so that the first question is not timed with them."""
        self.assistant.ask(_WARM_UP)

    def ask(self, turns: Sequence[str]) -> tuple[dict[str, Any], float]:
        history: list[Turn] = []
        reply: dict[str, Any] = {}
        ms = 0.0
        for turn in turns:
            started = time.perf_counter()
            try:
                answer = self.assistant.ask(turn, history)
            except Exception as error:  # a defect of the assistant is a wrong answer, not the end of the evaluation
                raise AskError(f"{type(error).__name__}: {error}") from error
            ms = (time.perf_counter() - started) * 1000
            reply = ANSWER_JSON.dump_python(answer, mode="json")
            history += [Turn("user", turn), Turn("assistant", answer.answer)]
        return reply, ms

    def has(self, item: Item) -> bool:
        return set(item.reports or ()) <= self._files

    def text(self, report: str) -> ReportText | None:
        return self._texts.get(report)

    def trace(self, item: Item) -> Trace | None:
        return self.tracer.trace(item)


# What an answer depends on.
_CODE = ("*.py", "*.tsv", "*.toml", "*.md", "*.json", "*.txt")


def code_version() -> str:
    """Return the hash of all code and tables that an answer depends on."""
    digest = hashlib.sha256()
    for package in (ingest, vectorstore, prompts, assistant):
        folder = Path(str(package.__file__)).parent
        for path in sorted(p for kind in _CODE for p in folder.rglob(kind)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
