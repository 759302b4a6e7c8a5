from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.vectorstore.fakes import FAKE, FAKE_MODEL, FakeReading, register, write_files
from vectorstore.embedding import EMBEDDERS
from vectorstore.generations import BuildResult, Progress, build_index
from vectorstore.reader import GenerationIndex, open_index

FILES = {
    "daxing.txt": "大兴区上半年报告\n固定资产投资完成442.1亿元。\n城镇登记失业率为3.2%。\n空气质量优良天数比例提高。",
    "tongzhou.txt": "通州区上半年报告\n固定资产投资完成500.5亿元。\n新建口袋公园12个。",
}


@dataclass
class Shelf:
    """A folder of documents and the index made of it."""

    documents: Path
    data: Path
    reader: FakeReading

    def put(self, files: dict[str, str]) -> None:
        write_files(self.documents, files)

    def build(self, embedding: str = FAKE, progress: Progress | None = None) -> BuildResult:
        self.reader.read.clear()
        FAKE_MODEL.embedded.clear()
        return build_index([self.documents], self.data, embedding, progress=progress, reading=self.reader.reading)

    def open(self, embedding: str = FAKE) -> GenerationIndex:
        return open_index(self.data, embedding)

    def find(self, question: str) -> str:
        """Return the text of the first hit in the index that serves now."""
        index = self.open()
        try:
            return index.search(question)[0].passage.text
        finally:
            index.close()


@pytest.fixture(autouse=True)
def _fake_model() -> Iterator[None]:
    register()
    yield
    EMBEDDERS.pop("fake", None)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Two documents, no index yet."""
    return Shelf(write_files(tmp_path / "documents", FILES), tmp_path / "data", FakeReading())
