"""kill -9 at any moment of an ingest leaves a good index serving, and the next ingest succeeds."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.vectorstore.conftest import FILES, Shelf
from tests.vectorstore.fakes import FakeReading, write_files
from vectorstore import StoreError, current_generation

ROOT = Path(__file__).parents[2]
CHANGED = FILES | {"daxing.txt": FILES["daxing.txt"].replace("3.2%", "3.3%")}
# Enough passages that Chroma writes its vectors to disk in several goes.
LONG = {"long.txt": "项目名单\n" + "\n".join(f"第{number}个项目投资{number * 7}万元。" for number in range(1100))}
OLD, NEW = "城镇登记失业率为3.2%。", "城镇登记失业率为3.3%。"
# The last steps are where the generation gets its name and the pointer is moved: all of them are tried.
SPREAD, LAST, TIMED = 14, 14, 8


class Killer:
    """Talks to killed_ingest.py."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.vectorstore.killed_ingest"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ingest(self, shelf: Shelf, *, after: float | None = None, at: int | None = None) -> dict[str, Any]:
        order = {"documents": str(shelf.documents), "data": str(shelf.data), "after": after, "at": at}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture
def killer() -> Iterator[Killer]:
    started = Killer()
    yield started
    started.close()


def _indexed(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> Shelf:
    """Return an index of the documents `before`, and beside it the documents `after`."""
    shelf = Shelf(write_files(tmp_path / "documents", before), tmp_path / "before", FakeReading())
    shelf.build()
    shelf.put(after)
    return shelf


def _copy(shelf: Shelf, name: str) -> Shelf:
    data = shelf.data.parent / name
    shutil.copytree(shelf.data, data)
    return Shelf(shelf.documents, data, FakeReading())


def _assert_serves_and_recovers(shelf: Shelf, old: str, when: str) -> bool:
    """Return whether the new index was serving already."""
    moved = current_generation(shelf.data) != old
    assert shelf.find("失业率") == (NEW if moved else OLD), when
    result = shelf.build()
    assert result.failures == (), when
    assert shelf.find("失业率") == NEW, when
    assert not list((shelf.data / "generations").glob(".*")), when
    shutil.rmtree(shelf.data)
    return moved


def test_killed_at_every_kind_of_step(tmp_path: Path, killer: Killer) -> None:
    before = _indexed(tmp_path, FILES, CHANGED)
    old = current_generation(before.data) or ""
    whole = killer.ingest(_copy(before, "whole"))
    assert whole["status"] == 0
    steps = whole["steps"]
    assert steps > SPREAD + LAST
    early = range(1, steps - LAST, max(1, (steps - LAST) // SPREAD))
    moved = []
    for at in [*early, *range(steps - LAST, steps + 1)]:
        shelf = _copy(before, f"step-{at}")
        assert killer.ingest(shelf, at=at)["killed"]
        moved.append(_assert_serves_and_recovers(shelf, old, f"killed at step {at} of {steps}"))
    assert moved == sorted(moved)
    assert not moved[-LAST], "the last steps begin before the pointer is moved"
    assert moved[-1], "and end after it"


def test_killed_at_any_time(tmp_path: Path, killer: Killer) -> None:
    before = _indexed(tmp_path, FILES, CHANGED | LONG)
    old = current_generation(before.data) or ""
    killer.ingest(_copy(before, "warm"))  # the first answer comes only when everything is imported
    started = time.monotonic()
    killer.ingest(_copy(before, "whole"))
    duration = time.monotonic() - started
    killed = 0
    for number in range(TIMED):
        shelf = _copy(before, f"time-{number}")
        after = duration * (number + 0.5) / TIMED
        killed += killer.ingest(shelf, after=after)["killed"]
        _assert_serves_and_recovers(shelf, old, f"killed after {after:.3f} of {duration:.3f} s")
    assert killed >= 3, "the machine was too fast or too busy for the measured duration"


def test_killed_in_the_first_ingest_there_is_no_index_and_the_next_makes_it(tmp_path: Path, killer: Killer) -> None:
    documents = write_files(tmp_path / "documents", FILES)
    steps = killer.ingest(Shelf(documents, tmp_path / "whole", FakeReading()))["steps"]
    for at in range(1, steps + 1, 6):
        shelf = Shelf(documents, tmp_path / f"step-{at}", FakeReading())
        assert killer.ingest(shelf, at=at)["killed"]
        if current_generation(shelf.data) is None:
            with pytest.raises(StoreError, match="还没有索引"):
                shelf.open()
        assert shelf.build().failures == ()
        assert shelf.find("失业率") == OLD
