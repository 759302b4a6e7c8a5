"""Fixtures of the reading tests."""

from __future__ import annotations

from pathlib import Path

import pytest

import ingest.reading

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "reports" / "corpus"


@pytest.fixture
def without_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is tested without the extraction of figures, which has tests of its own."""
    monkeypatch.setattr(ingest.reading, "extract_figures", lambda report: ())


@pytest.fixture(scope="session")
def daxing() -> Path:
    return ROOT / "reports" / "daxing-2022-h1.txt"


@pytest.fixture(scope="session")
def corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip("the folder of sample reports is not beside the repository")
    return CORPUS
