"""Asking every question once, in any order, and reporting in the order of the files; a run that is killed goes on."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from evals.dataset import Item
from evals.target import AskError, Outcome, Target

Progress = Callable[[str, int, int], None]
JOURNAL = "journal.jsonl"


class Journal:
    """What has been answered, a line each: found again where the same target is asked the same turns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._known: dict[str, Outcome] = {}
        for line in path.read_text(encoding="utf-8").split("\n") if path.exists() else ():
            try:
                record = json.loads(line)
                self._known[record["key"]] = Outcome.from_json(record["outcome"])
            except (ValueError, KeyError, TypeError):
                continue  # the line that a killed run did not finish, or one of another version: it is asked again

    def find(self, item: Item, target: Target) -> Outcome | None:
        return self._known.get(_key(item, target))

    def add(self, item: Item, target: Target, outcome: Outcome) -> None:
        """Write an outcome. A failure is not kept: it is to be tried again."""
        if outcome.error:
            return
        record = {"key": _key(item, target), "outcome": outcome.as_json()}
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write("\n" * self._torn() + json.dumps(record, ensure_ascii=False) + "\n")

    def _torn(self) -> bool:
        """Tell whether the last line was not finished."""
        if not self._path.exists() or not self._path.stat().st_size:
            return False
        with self._path.open("rb") as file:
            file.seek(-1, 2)
            return file.read() != b"\n"


def ask_all(
    items: Sequence[Item], target: Target, journal: Journal, *, workers: int = 1, progress: Progress | None = None
) -> list[Outcome]:
    """Ask what the journal does not know yet; return the outcomes in the order of the items."""
    done = [0]
    lock = threading.Lock()

    def one(item: Item) -> Outcome:
        outcome = journal.find(item, target)
        if outcome is None:
            outcome = _ask(item, target)
            journal.add(item, target, outcome)
        with lock:
            done[0] += 1
            if progress is not None:
                progress("提问", done[0], len(items))
        return outcome

    if workers <= 1:
        return [one(item) for item in items]
    with ThreadPoolExecutor(workers) as pool:
        try:
            return list(pool.map(one, items))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _ask(item: Item, target: Target) -> Outcome:
    try:
        reply, ms = target.ask(item.turns)
    except AskError as error:
        return Outcome(item.id, {}, 0.0, str(error))
    return Outcome(item.id, reply, ms, trace=target.trace(item))


def _key(item: Item, target: Target) -> str:
    content = json.dumps([target.identity, item.turns, item.evidence, item.reports], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:24]
