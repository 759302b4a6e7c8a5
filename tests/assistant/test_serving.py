from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from assistant.serving import Generations, LiveAssistant, NotReadyError
from tests.assistant.web.fakes import TEXT, FakeIndex
from vectorstore.generations import build_index, current_generation, open_index
from vectorstore.store import StoreError


class Shelf:
    """Generations that a test moves on by hand."""

    def __init__(self, *indexes: FakeIndex) -> None:
        self.indexes = {index.generation: index for index in indexes}
        self.pointer: str | None = indexes[0].generation if indexes else None
        self.broken: set[str] = set()

    def current(self) -> str | None:
        return self.pointer

    def open(self) -> FakeIndex:
        assert self.pointer
        if self.pointer in self.broken:
            raise StoreError("索引已损坏。")
        return self.indexes[self.pointer]


def live_on(shelf: Shelf, **options: object) -> LiveAssistant:
    return LiveAssistant(Generations(shelf.current, shelf.open), **options)  # type: ignore[arg-type]


def test_takes_up_a_new_generation_and_closes_the_old() -> None:
    old, new = FakeIndex(generation="g1"), FakeIndex(generation="g2")
    shelf = Shelf(old, new)
    live = live_on(shelf)
    assert live.refresh()
    assert not live.refresh()
    shelf.pointer = "g2"
    assert live.refresh()
    assert live.generation == "g2"
    assert (old.closed, new.closed) == (1, 0)


def test_a_generation_that_is_being_read_is_closed_after_the_last_reader() -> None:
    old, new = FakeIndex(generation="g1"), FakeIndex(generation="g2")
    shelf = Shelf(old, new)
    live = live_on(shelf)
    live.refresh()
    with live.lease() as one, live.lease():
        shelf.pointer = "g2"
        live.refresh()
        with live.lease() as other:
            assert (one.index.generation, other.index.generation) == ("g1", "g2")
        assert old.closed == 0
        one.index.search("投资")
    assert (old.closed, new.closed) == (1, 0)


def test_keeps_the_old_generation_when_the_new_one_cannot_be_opened() -> None:
    shelf = Shelf(FakeIndex(generation="g1"), FakeIndex(generation="g2"))
    live = live_on(shelf)
    live.refresh()
    shelf.pointer, shelf.broken = "g2", {"g2"}
    assert not live.refresh()
    assert live.generation == "g1"
    with live.lease() as assistant:
        assert assistant.index.generation == "g1"


def test_a_pointer_that_vanishes_changes_nothing() -> None:
    shelf = Shelf(FakeIndex(generation="g1"))
    live = live_on(shelf)
    live.refresh()
    shelf.pointer = None
    assert not live.refresh()
    assert live.ready


def test_there_is_nothing_to_lend_before_the_first_opening() -> None:
    live = live_on(Shelf())
    assert not live.ready
    with pytest.raises(NotReadyError), live.lease():
        pass


def test_a_failure_of_the_first_opening_is_reported() -> None:
    shelf = Shelf(FakeIndex(generation="g1"))
    shelf.broken = {"g1"}
    failures: list[Exception] = []
    live = live_on(shelf, on_failure=failures.append, poll=60)
    live.start()
    assert not live.wait(5)
    assert str(failures[0]) == "索引已损坏。"
    live.stop()


def test_stopping_closes_the_index() -> None:
    index = FakeIndex()
    live = live_on(Shelf(index), poll=60)
    live.start()
    assert live.wait(5)
    live.stop()
    assert index.closed == 1
    assert not live.ready


def until(condition: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_no_question_fails_while_real_generations_change(tmp_path: Path) -> None:
    folder, data = tmp_path / "reports", tmp_path / "data"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    build_index([folder], data, "bundled")
    generations = Generations(lambda: current_generation(data), lambda: open_index(data, "bundled"))
    live = LiveAssistant(generations, answerer=Assistant, poll=0.05)
    live.start()
    assert live.wait(20)
    stop, failures, answered = threading.Event(), [], [0]

    def visit() -> None:
        while not stop.is_set():
            try:
                with live.lease() as assistant:
                    assistant.index.search("上半年固定资产投资完成多少")
                answered[0] += 1
            except Exception as error:
                failures.append(error)

    visitors = [threading.Thread(target=visit) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    seen = {live.generation}
    for number in range(3):
        text = TEXT.replace("442.1", f"44{number}.9").replace("大兴区", "海淀区")
        (folder / "two.txt").write_text(text, encoding="utf-8")
        wanted = build_index([folder], data, "bundled").generation
        assert until(lambda wanted=wanted: live.generation == wanted)  # type: ignore[misc]
        seen.add(live.generation)
    stop.set()
    for visitor in visitors:
        visitor.join()
    live.stop()
    assert failures == []
    assert len(seen) == 4
    assert answered[0] > 20
