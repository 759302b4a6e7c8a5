"""Real assistants on real indexes, built once: the bundled model, Chroma, BM25."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from ingest.report import Report
from tests.assistant.samples import Visitor, write_look_alikes
from vectorstore import BUNDLED, build_index, open_index

ROOT = Path(__file__).resolve().parents[2]
DAXING = ROOT / "reports" / "daxing-2022-h1.txt"


@contextmanager
def _visiting(documents: Path, data: Path) -> Iterator[Visitor]:
    assert not build_index([documents], data, BUNDLED).failures
    index = open_index(data, BUNDLED)
    yield Visitor(Assistant(index))
    index.close()


@pytest.fixture(scope="session")
def daxing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A visitor of the report of 大兴区 alone."""
    with _visiting(DAXING, tmp_path_factory.mktemp("daxing")) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A visitor of the reports that look alike, of three places."""
    folder = tmp_path_factory.mktemp("places")
    with _visiting(write_look_alikes(folder / "reports"), folder / "data") as visitor:
        yield visitor


@pytest.fixture(scope="session")
def report(daxing: Visitor) -> Report:
    """The report of 大兴区 as it was read."""
    return daxing.assistant.index.reports[0]
