from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.vectorstore.conftest import FILES, Shelf
from tests.vectorstore.fakes import FAKE, OTHER
from tests.vectorstore.index_contract import IndexContract
from vectorstore import StoreError, current_generation
from vectorstore.reader import GenerationIndex


class TestGenerationIndex(IndexContract):
    @pytest.fixture
    def index(self, shelf: Shelf) -> Iterator[GenerationIndex]:
        shelf.build()
        opened = shelf.open()
        yield opened
        opened.close()


def _generation(shelf: Shelf) -> Path:
    return shelf.data / "generations" / (current_generation(shelf.data) or "")


def _rewrite_manifest(shelf: Shelf, **changes: object) -> None:
    path = _generation(shelf) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


# What was done to an index, and what the message must say of it.
DAMAGES: dict[str, tuple[Callable[[Shelf], object], str]] = {
    "pointer is garbage": (lambda shelf: (shelf.data / "CURRENT").write_bytes(b"\xff\xfe"), "索引指针"),
    "pointer is empty": (lambda shelf: (shelf.data / "CURRENT").write_text(""), "索引指针"),
    "pointer leads elsewhere": (lambda shelf: (shelf.data / "CURRENT").write_text("../../etc"), "索引指针"),
    "pointer leads nowhere": (lambda shelf: (shelf.data / "CURRENT").write_text("0" * 16), "打不开"),
    "manifest is missing": (lambda shelf: (_generation(shelf) / "manifest.json").unlink(), "manifest.json"),
    "manifest is half written": (lambda shelf: _truncate(_generation(shelf) / "manifest.json"), "已损坏"),
    "manifest lacks a field": (lambda shelf: _rewrite_manifest(shelf, entries=None), "已损坏"),
    "manifest is a list": (lambda shelf: (_generation(shelf) / "manifest.json").write_text("[]"), "已损坏"),
    "another format": (lambda shelf: _rewrite_manifest(shelf, format=999), "格式版本是 999"),
    "a report is half written": (
        lambda shelf: _truncate(next((_generation(shelf) / "reports").iterdir())),
        ".json 的内容变了",
    ),
    "a report is missing": (lambda shelf: next((_generation(shelf) / "reports").iterdir()).unlink(), "不完整"),
    "vectors are half written": (lambda shelf: _truncate(_generation(shelf) / "vectors.npy"), "vectors.npy 的内容变了"),
    "vectors are missing": (lambda shelf: (_generation(shelf) / "vectors.npy").unlink(), "vectors.npy 读不出来"),
    "lexical index is missing": (lambda shelf: shutil.rmtree(_generation(shelf) / "lexical"), "lexical/"),
    "lexical index is half written": (
        lambda shelf: _truncate(_generation(shelf) / "lexical" / "vocab.index.json"),
        "vocab.index.json 的内容变了",
    ),
    "Chroma is missing": (lambda shelf: shutil.rmtree(_generation(shelf) / "chroma"), "向量库"),
    "Chroma is half written": (lambda shelf: _truncate(_generation(shelf) / "chroma" / "chroma.sqlite3"), "向量库"),
    "Chroma is empty": (
        lambda shelf: (_generation(shelf) / "chroma" / "chroma.sqlite3").write_bytes(b""),
        "向量库",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_refused_and_the_next_ingest_repairs_it(shelf: Shelf, damage: str) -> None:
    shelf.build()
    do, says = DAMAGES[damage]
    do(shelf)
    with pytest.raises(StoreError, match="wenbao ingest") as caught:
        shelf.open()
    assert says in str(caught.value)
    assert shelf.build().changed_anything
    assert shelf.find("失业率") == "城镇登记失业率为3.2%。"


def test_without_an_index_the_message_says_what_to_do(tmp_path: Path, shelf: Shelf) -> None:
    with pytest.raises(StoreError, match="还没有索引。请先运行 wenbao ingest"):
        shelf.open()


def test_another_embedding_model_is_refused_by_name(shelf: Shelf) -> None:
    shelf.build(FAKE)
    with pytest.raises(StoreError, match=r"'fake:1' 建立的.*'fake:2'.*WENBAO_EMBEDDING_MODEL.*wenbao ingest"):
        shelf.open(OTHER)


def test_a_closed_index_says_so(shelf: Shelf) -> None:
    shelf.build()
    index = shelf.open()
    index.close()
    index.close()
    with pytest.raises(StoreError, match="已经关闭"):
        index.search("失业率")


def test_two_openings_of_one_generation_are_independent(shelf: Shelf) -> None:
    shelf.build()
    first, second = shelf.open(), shelf.open()
    first.close()
    assert second.search("失业率")[0].passage.text == "城镇登记失业率为3.2%。"
    second.close()


def test_an_old_generation_goes_on_searching_while_new_ones_are_built_and_opened(shelf: Shelf) -> None:
    shelf.build()
    old = shelf.open()
    for rate in (3.3, 3.4, 3.5):
        shelf.put(FILES | {"daxing.txt": f"大兴区上半年报告\n城镇登记失业率为{rate}%。"})
        shelf.build()
        new = shelf.open()
        assert new.search("失业率")[0].passage.text == f"城镇登记失业率为{rate}%。"
        assert old.search("失业率")[0].passage.text == "城镇登记失业率为3.2%。"
        new.close()
    old.close()


def test_an_index_that_nobody_holds_any_more_releases_its_files(shelf: Shelf) -> None:
    shelf.build()
    index = shelf.open()
    old = _generation(shelf)
    for rate in (3.3, 3.4):
        shelf.put({"daxing.txt": f"大兴区上半年报告\n城镇登记失业率为{rate}%。"})
        shelf.build()
    assert old.exists()
    del index
    gc.collect()
    shelf.put({"daxing.txt": "大兴区上半年报告\n城镇登记失业率为3.5%。"})
    shelf.build()
    assert not old.exists()


def test_a_read_only_data_folder_can_be_served(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.build()
    before = {path: path.read_bytes() for path in _generation(shelf).rglob("*") if path.is_file()}
    monkeypatch.setattr("vectorstore.chroma.os.access", lambda path, mode: False)
    assert shelf.find("失业率") == "城镇登记失业率为3.2%。"
    assert {path: path.read_bytes() for path in _generation(shelf).rglob("*") if path.is_file()} == before
