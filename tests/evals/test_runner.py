from __future__ import annotations

from pathlib import Path

import pytest

from evals.runner import Journal, ask_all
from evals.trace import Seen, Trace
from tests.evals.samples import RIGHT, FakeTarget, item

ITEMS = [item(id=f"q-{n}", turns=(f"问题{n}",)) for n in range(20)]
REPLIES = {f"问题{n}": RIGHT | {"answer": f"答{n}"} for n in range(20)}


@pytest.mark.parametrize("workers", [1, 4])
def test_outcomes_come_in_the_order_of_the_items(tmp_path: Path, workers: int) -> None:
    outcomes = ask_all(ITEMS, FakeTarget(REPLIES), Journal(tmp_path / "j"), workers=workers)
    assert [o.id for o in outcomes] == [i.id for i in ITEMS]
    assert [o.reply["answer"] for o in outcomes] == [f"答{n}" for n in range(20)]


def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    ask_all(ITEMS[:8], FakeTarget(REPLIES), Journal(tmp_path / "j"))
    second = FakeTarget(REPLIES)
    seen: list[int] = []
    outcomes = ask_all(ITEMS, second, Journal(tmp_path / "j"), progress=lambda _, done, total: seen.append(done))
    assert second.asked == [f"问题{n}" for n in range(8, 20)]
    assert [o.reply["answer"] for o in outcomes] == [f"答{n}" for n in range(20)]
    assert seen == list(range(1, 21))


def test_a_run_killed_within_a_line_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "j"
    ask_all(ITEMS[:3], FakeTarget(REPLIES), Journal(path))
    path.write_bytes(path.read_bytes()[:-40])
    second = FakeTarget(REPLIES)
    ask_all(ITEMS[:4], second, Journal(path))
    assert second.asked == ["问题2", "问题3"]
    third = FakeTarget(REPLIES)
    ask_all(ITEMS[:4], third, Journal(path))
    assert third.asked == []


def test_another_assistant_is_asked_anew(tmp_path: Path) -> None:
    ask_all(ITEMS[:3], FakeTarget(REPLIES), Journal(tmp_path / "j"))
    changed = FakeTarget(REPLIES, identity="fake:2")
    ask_all(ITEMS[:3], changed, Journal(tmp_path / "j"))
    assert len(changed.asked) == 3


def test_a_failure_is_an_outcome_and_is_tried_again(tmp_path: Path) -> None:
    outcome = ask_all([item(turns=("没有",))], FakeTarget(REPLIES), Journal(tmp_path / "j"))[0]
    assert (outcome.reply, outcome.error) == ({}, "坏了")
    again = FakeTarget(REPLIES)
    ask_all([item(turns=("没有",))], again, Journal(tmp_path / "j"))
    assert again.asked == ["没有"]


def test_the_journal_keeps_traces(tmp_path: Path) -> None:
    trace = Trace("问", "数字", False, True, 1, 2, True, (Seen("段", "第1段", 1.0, True),), (), ("段",))

    class Traced(FakeTarget):
        def trace(self, item: object) -> Trace:
            return trace

    ask_all(ITEMS[:1], Traced(REPLIES), Journal(tmp_path / "j"))
    assert ask_all(ITEMS[:1], Traced(REPLIES), Journal(tmp_path / "j"))[0].trace == trace
