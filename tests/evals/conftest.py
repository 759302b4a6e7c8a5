from __future__ import annotations

from pathlib import Path

import pytest

from evals.local import Bench, LocalTarget, open_bench

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """An index of the project's own reports."""
    return open_bench(ROOT / "reports", tmp_path_factory.mktemp("eval-index"), "bundled")


@pytest.fixture(scope="session")
def target(bench: Bench) -> LocalTarget:
    """The assistant over them."""
    return LocalTarget(bench.index)
