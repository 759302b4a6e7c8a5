"""What an editor decides is in the index at once, and after the next ingest."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial

import pytest

from ingest.metadata import Metadata
from tests.vectorstore.conftest import FILES, Shelf
from tests.vectorstore.fakes import FAKE, FAKE_MODEL, FakeReading
from vectorstore import StoreError
from vectorstore.decisions import DECISIONS, Decision, Decisions, load_decisions
from vectorstore.generations import BuildResult, decide

BODY = "".join(random.Random(3).choices(["推进", "加快", "服务", "产业", "企业", "改革", "治理", "生态"], k=300))
VERSIONS = {
    "old.txt": f"甲区报告\n{BODY}。\n失业率为3.2%。",
    "new.txt": f"甲区报告（修订版）\n{BODY}。\n失业率为3.3%。",
    "tongzhou.txt": FILES["tongzhou.txt"],
}


def _decide(shelf: Shelf, name: str, **decided: object) -> BuildResult | None:
    """Decide something about the report that was read from the file `name`."""
    index = shelf.open()
    report = next(report for report in index.reports + index.aside if report.source == name)
    index.close()

    def change(decisions: Decisions) -> Decisions:
        return decisions.having(report.id, replace(decisions.of(report), **decided))  # type: ignore[arg-type]

    return decide(shelf.data, FAKE, change, reading=shelf.reader.reading)


def _sources(shelf: Shelf) -> tuple[list[str], list[str]]:
    """Return the files of the reports that are searched, and of those that are not."""
    index = shelf.open()
    index.close()
    return [report.source for report in index.reports], [report.source for report in index.aside]


def test_a_removed_report_is_gone_at_once_and_stays_away(shelf: Shelf) -> None:
    shelf.build()
    result = _decide(shelf, "daxing.txt", removed=True)
    assert result is not None
    assert result.removed == ("daxing.txt",)
    assert _sources(shelf) == (["tongzhou.txt"], [])
    assert not list((shelf.data / "generations" / str(result.generation)).rglob("daxing*"))
    again = shelf.build()
    assert (again.excluded, again.added, again.changed_anything) == (("daxing.txt",), (), False)
    shelf.put({"大兴.txt": FILES["daxing.txt"], "tongzhou.txt": FILES["tongzhou.txt"]})
    assert shelf.build().excluded == ("大兴.txt",)
    assert shelf.reader.read == []


def test_a_removed_report_is_known_again_by_its_file_when_another_text_is_read_from_it(shelf: Shelf) -> None:
    shelf.build()
    _decide(shelf, "daxing.txt", removed=True)
    shelf.reader = FakeReading(version="2")
    shelf.put(FILES)
    assert shelf.build().excluded == ("daxing.txt",)
    assert shelf.reader.read == ["tongzhou.txt"]


def test_a_removed_report_comes_back_with_the_next_ingest_once_it_may(shelf: Shelf) -> None:
    shelf.build()
    _decide(shelf, "daxing.txt", removed=True)
    ((report, decision),) = load_decisions(shelf.data).removed.items()
    restore = partial(Decisions.having, report=report, decision=replace(decision, removed=False))
    decide(shelf.data, FAKE, restore, reading=shelf.reader.reading)
    assert _sources(shelf) == (["tongzhou.txt"], [])
    assert shelf.build().added == ("daxing.txt",)
    assert shelf.find("失业率") == "城镇登记失业率为3.2%。"


def test_the_last_report_is_not_removed(shelf: Shelf) -> None:
    shelf.put({"daxing.txt": FILES["daxing.txt"]})
    shelf.build()
    with pytest.raises(StoreError, match="至少要留一份"):
        _decide(shelf, "daxing.txt", removed=True)
    assert load_decisions(shelf.data) == Decisions()
    assert _sources(shelf) == (["daxing.txt"], [])


def test_only_removed_reports_in_the_folder_leave_the_index_as_it_is(shelf: Shelf) -> None:
    shelf.build()
    _decide(shelf, "daxing.txt", removed=True)
    shelf.put({"daxing.txt": FILES["daxing.txt"]})
    with pytest.raises(StoreError, match="wenbao reports restore"):
        shelf.build()
    assert _sources(shelf) == (["tongzhou.txt"], [])


def test_a_stated_date_is_in_the_index_at_once_and_after_the_next_ingest(shelf: Shelf) -> None:
    first = shelf.build()
    shelf.build()
    _decide(shelf, "daxing.txt", stated=Metadata(published="2022-08-29"))
    assert shelf.reader.read == FAKE_MODEL.embedded == []
    for _ in range(2):
        index = shelf.open()
        assert {report.source: report.published for report in index.reports} == {
            "daxing.txt": "2022-08-29",
            "tongzhou.txt": "",
        }
        index.close()
        assert shelf.build().unchanged == ("daxing.txt", "tongzhou.txt")
    shelf.put(FILES | {"changping.txt": "昌平区上半年报告\n苹果种植面积5000亩。"})
    shelf.build()
    assert {report.published for report in shelf.open().reports if report.source == "daxing.txt"} == {"2022-08-29"}
    _decide(shelf, "daxing.txt", stated=Metadata())
    shelf.put(FILES)
    assert shelf.build().generation == first.generation
    assert {report.published for report in shelf.open().reports} == {""}


def test_of_two_versions_the_older_is_stored_but_not_searched(shelf: Shelf) -> None:
    shelf.put(VERSIONS)
    result = shelf.build()
    assert [relation.standing.value for relation in result.relations] == ["旧版"]
    assert _sources(shelf) == (["new.txt", "tongzhou.txt"], ["old.txt"])
    assert shelf.find("失业率") == "失业率为3.3%。"
    assert shelf.build().unchanged == ("new.txt", "old.txt", "tongzhou.txt")


def test_the_older_version_is_searched_again_without_the_newer_or_when_it_is_kept(shelf: Shelf) -> None:
    shelf.put(VERSIONS)
    shelf.build()
    _decide(shelf, "old.txt", kept=True)
    assert _sources(shelf) == (["new.txt", "old.txt", "tongzhou.txt"], [])
    _decide(shelf, "old.txt", kept=False)
    assert _sources(shelf)[1] == ["old.txt"]
    _decide(shelf, "new.txt", removed=True)
    assert _sources(shelf) == (["old.txt", "tongzhou.txt"], [])
    assert shelf.find("失业率") == "失业率为3.2%。"


def test_an_index_of_another_version_is_left_to_the_next_ingest(shelf: Shelf) -> None:
    shelf.build()
    shelf.reader = FakeReading(version="2")
    assert _decide(shelf, "daxing.txt", removed=True) is None
    assert _sources(shelf)[0] == ["daxing.txt", "tongzhou.txt"]
    assert shelf.build().excluded == ("daxing.txt",)


def test_decisions_that_are_damaged_are_not_taken_for_none(shelf: Shelf) -> None:
    shelf.build()
    (shelf.data / DECISIONS).write_text("{")
    with pytest.raises(StoreError, match=r"decisions\.json.*已损坏"):
        shelf.build()


def test_a_decision_that_changes_nothing_is_not_kept() -> None:
    decided = Decisions().having("a", Decision("标题", "a.txt", "1", removed=True))
    assert decided.version != ""
    assert decided.having("a", Decision("标题", "a.txt", "1")) == Decisions()
