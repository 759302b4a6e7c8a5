from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from tests.vectorstore.conftest import FILES, Shelf
from tests.vectorstore.fakes import FAKE, FAKE_MODEL, OTHER, FakeReading, write_files
from vectorstore import StoreError, build_index, current_generation, open_index

CHANGED = FILES | {"daxing.txt": FILES["daxing.txt"].replace("3.2%", "3.3%")}


def _generations(shelf: Shelf) -> set[str]:
    return {path.name for path in (shelf.data / "generations").iterdir()}


def test_the_first_ingest_adds_everything(shelf: Shelf) -> None:
    result = shelf.build()
    assert result.added == ("daxing.txt", "tongzhou.txt")
    assert [title for _, title in result.reports] == ["大兴区上半年报告", "通州区上半年报告"]
    assert (result.changed, result.unchanged, result.removed, result.failures) == ((), (), (), ())
    assert result.changed_anything
    assert result.generation == current_generation(shelf.data)


def test_ingesting_again_does_no_work(shelf: Shelf) -> None:
    first = shelf.build()
    before = {path: path.stat().st_mtime_ns for path in shelf.data.rglob("*.npy")}
    again = shelf.build()
    assert again.generation == first.generation
    assert again.unchanged == ("daxing.txt", "tongzhou.txt")
    assert not again.changed_anything
    assert shelf.reader.read == FAKE_MODEL.embedded == []
    assert {path: path.stat().st_mtime_ns for path in shelf.data.rglob("*.npy")} == before


def test_the_order_in_which_folders_are_given_makes_no_other_generation(shelf: Shelf, tmp_path: Path) -> None:
    other = write_files(tmp_path / "other", {"changping.txt": "昌平区上半年报告\n苹果种植面积5000亩。"})
    one = build_index([shelf.documents, other], shelf.data, FAKE, reading=shelf.reader.reading)
    two = build_index([other, shelf.documents], shelf.data, FAKE, reading=shelf.reader.reading)
    assert (two.generation, two.changed_anything) == (one.generation, False)


def test_a_changed_file_replaces_its_passages_and_only_it_is_read(shelf: Shelf) -> None:
    shelf.build()
    shelf.put(CHANGED)
    result = shelf.build()
    assert (result.changed, result.unchanged) == (("daxing.txt",), ("tongzhou.txt",))
    assert shelf.reader.read == ["daxing.txt"]
    assert len(FAKE_MODEL.embedded) == 3
    assert shelf.find("失业率") == "城镇登记失业率为3.3%。"
    assert shelf.find("通州区固定资产投资") == "固定资产投资完成500.5亿元。"


def test_a_removed_file_disappears_and_nothing_is_read(shelf: Shelf) -> None:
    shelf.build()
    shelf.put({"tongzhou.txt": FILES["tongzhou.txt"]})
    result = shelf.build()
    assert result.removed == ("daxing.txt",)
    assert shelf.reader.read == FAKE_MODEL.embedded == []
    index = shelf.open()
    assert [report.title for report in index.reports] == ["通州区上半年报告"]
    assert {hit.passage.text for hit in index.search("失业率")} <= set(FILES["tongzhou.txt"].splitlines())
    index.close()


def test_an_added_file_is_found_beside_the_old_ones(shelf: Shelf) -> None:
    shelf.build()
    shelf.put(FILES | {"changping.txt": "昌平区上半年报告\n苹果种植面积5000亩。"})
    result = shelf.build()
    assert (result.added, len(result.unchanged)) == (("changping.txt",), 2)
    assert shelf.find("苹果") == "苹果种植面积5000亩。"
    assert shelf.find("失业率") == "城镇登记失业率为3.2%。"


def test_a_renamed_file_is_another_source_of_the_same_report(shelf: Shelf) -> None:
    shelf.build()
    shelf.put({"大兴.txt": FILES["daxing.txt"], "tongzhou.txt": FILES["tongzhou.txt"]})
    result = shelf.build()
    assert (result.added, result.removed) == (("大兴.txt",), ("daxing.txt",))


def test_reused_vectors_are_those_that_embedding_again_would_give(shelf: Shelf, tmp_path: Path) -> None:
    shelf.build()
    shelf.put(CHANGED | {"a.txt": "甲\n第一。第二;第三。\n第四。"})
    shelf.build()
    fresh = build_index([shelf.documents], tmp_path / "fresh", FAKE, reading=FakeReading().reading)
    assert fresh.generation == current_generation(shelf.data)
    for question in ("失业率", "固定资产投资", "第三"):
        hits = [
            [
                (hit.passage.id, round(hit.dense, 5), round(hit.score, 5))
                for hit in open_index(data, FAKE).search(question)
            ]
            for data in (shelf.data, tmp_path / "fresh")
        ]
        assert hits[0] == hits[1]


def test_going_back_to_the_previous_files_takes_their_generation_up_again(shelf: Shelf) -> None:
    first = shelf.build()
    shelf.put(CHANGED)
    shelf.build()
    shelf.put(FILES)
    result = shelf.build()
    assert (result.generation, result.changed, result.changed_anything) == (first.generation, ("daxing.txt",), True)
    assert shelf.reader.read == []
    assert shelf.find("失业率") == "城镇登记失业率为3.2%。"


def test_another_model_or_another_reading_builds_everything_anew(shelf: Shelf) -> None:
    first = shelf.build()
    second = shelf.build(OTHER)
    assert second.generation != first.generation
    assert second.changed_anything
    assert len(shelf.reader.read) == 2
    shelf.reader = FakeReading(version="2")
    assert shelf.build(OTHER).generation != second.generation
    assert len(shelf.reader.read) == 2


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_indexed(shelf: Shelf) -> None:
    shelf.put(FILES | {"bad.txt": "坏"})
    result = shelf.build()
    assert [str(failure) for failure in result.failures] == ["bad.txt：文件已损坏。"]
    assert len(result.reports) == 2
    again = shelf.build()
    assert (again.changed_anything, len(again.failures)) == (False, 1)
    assert shelf.reader.read == ["bad.txt"]


def test_a_file_that_can_no_longer_be_read_leaves_the_index_and_the_message_says_so(shelf: Shelf) -> None:
    shelf.build()
    shelf.put(FILES | {"daxing.txt": "坏"})
    result = shelf.build()
    assert [str(failure) for failure in result.failures] == ["daxing.txt：文件已损坏。 索引中该文件的旧内容已移除。"]
    assert result.removed == ("daxing.txt",)
    assert len(result.reports) == 1


@pytest.mark.parametrize("files", [{"daxing.txt": "坏", "tongzhou.txt": "坏"}, {"empty.txt": "只有标题"}])
def test_if_nothing_can_be_read_the_index_stays(shelf: Shelf, files: dict[str, str]) -> None:
    first = shelf.build()
    shelf.put(files)
    result = shelf.build()
    assert len(result.failures) == len(files)
    assert (result.generation, result.changed_anything) == (first.generation, False)
    assert shelf.find("失业率") == "城镇登记失业率为3.2%。"


def test_if_nothing_can_be_read_the_first_time_there_is_no_index(shelf: Shelf) -> None:
    shelf.put({"bad.txt": "坏"})
    result = shelf.build()
    assert (result.generation, result.reports, len(result.failures)) == (None, (), 1)


def test_a_reader_that_breaks_on_a_file_names_it(shelf: Shelf) -> None:
    shelf.put(FILES)
    (shelf.documents / "latin.txt").write_bytes(b"\xff\xfe\xfa")
    failures = shelf.build().failures
    assert len(failures) == 1
    assert "latin.txt" in str(failures[0])
    assert isinstance(failures[0].__cause__, UnicodeDecodeError)


def test_no_file_at_all_is_an_error(shelf: Shelf) -> None:
    shelf.build()
    shelf.put({})
    with pytest.raises(StoreError, match=r"documents.*没有找到"):
        shelf.build()
    assert shelf.find("失业率") == "城镇登记失业率为3.2%。"


def test_two_files_with_one_text_are_one_report(shelf: Shelf) -> None:
    shelf.put({"a.txt": FILES["daxing.txt"], "b.txt": FILES["daxing.txt"]})
    result = shelf.build()
    assert (result.duplicates, len(result.reports)) == ((("b.txt", "a.txt"),), 1)
    assert shelf.build().duplicates == (("b.txt", "a.txt"),)
    shelf.put({"b.txt": FILES["daxing.txt"]})
    result = shelf.build()
    assert (result.removed, result.duplicates, len(result.reports)) == (("a.txt",), (), 1)
    index = shelf.open()
    assert [report.source for report in index.reports] == ["b.txt"]
    index.close()


def test_a_second_ingest_at_the_same_time_is_refused(shelf: Shelf) -> None:
    shelf.build()
    with (shelf.data / "ingest.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match=f"另一个 wenbao ingest.进程 {os.getpid()}.正在写入"):
            shelf.build()
    shelf.build()


def test_the_current_and_the_previous_generation_are_kept(shelf: Shelf) -> None:
    made = []
    for rate in range(4):
        shelf.put({"daxing.txt": f"大兴区上半年报告\n城镇登记失业率为{rate}%。"})
        made.append(shelf.build().generation)
    assert _generations(shelf) == set(made[-2:])


def test_what_a_killed_ingest_left_is_removed(shelf: Shelf) -> None:
    shelf.build()
    for name in (".building-1", ".removed-2"):
        (shelf.data / "generations" / name / "chroma").mkdir(parents=True)
    shelf.build()
    assert not any(name.startswith(".") for name in _generations(shelf))


def test_progress_is_told_from_start_to_end_of_every_stage(shelf: Shelf) -> None:
    told: dict[str, list[tuple[int, int]]] = {}
    shelf.build(progress=lambda stage, done, total: told.setdefault(stage, []).append((done, total)))
    assert list(told) == ["读取文件", "计算向量", "写入向量库", "建立词汇索引", "切换索引"]
    assert all(steps == sorted(steps) and steps[-1][0] == steps[-1][1] for steps in told.values())


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("stage", ["读取文件", "计算向量", "写入向量库", "建立词汇索引"])
def test_an_interrupted_ingest_leaves_the_old_index_and_no_litter(
    shelf: Shelf, stage: str, error: BaseException
) -> None:
    first = shelf.build()

    def interrupt(now: str, done: int, total: int) -> None:
        if now == stage:
            raise error

    shelf.put(CHANGED)
    with pytest.raises((KeyboardInterrupt, StoreError)):
        shelf.build(progress=interrupt)
    assert _generations(shelf) == {first.generation}
    assert shelf.find("失业率") == "城镇登记失业率为3.2%。"
    assert shelf.build().changed == ("daxing.txt",)


def test_a_full_disk_is_said_with_the_folder_and_a_remedy(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("vectorstore.generations.sync_tree", full)
    with pytest.raises(StoreError, match=r"data 时出错.*No space left.*原有索引不受影响"):
        shelf.build()
    assert _generations(shelf) == set()


def test_a_data_folder_that_cannot_be_made_is_said(shelf: Shelf) -> None:
    shelf.data.write_text("a file")
    with pytest.raises(StoreError, match="写入数据文件夹"):
        shelf.build()


def test_a_missing_model_is_said_before_any_file_is_read(shelf: Shelf) -> None:
    with pytest.raises(StoreError, match="WENBAO_EMBEDDING_MODEL"):
        shelf.build("./no-such-model")
    assert shelf.reader.read == []


def test_real_documents_with_the_bundled_model(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(
        "关于甲区2023年上半年计划执行情况的报告\n\n一、上半年情况\n\n项目投资保持高水平。固定资产投资完成442.1亿元。\n\n"
        "民生保障有力。城镇登记失业率为3.2%,低于控制目标。\n",
        encoding="utf-8",
    )
    result = build_index([file], tmp_path / "data", "bundled")
    assert result.failures == ()
    index = open_index(tmp_path / "data", "bundled")
    hit = index.search("上半年固定资产投资了多少亿")[0]
    assert "442.1亿元" in hit.passage.text
    assert hit.report.text[hit.passage.start : hit.passage.end] == hit.passage.text
    index.close()
