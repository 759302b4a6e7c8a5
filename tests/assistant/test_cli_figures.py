"""`wenbao figures`, on a real index."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.cli.console import CommandError
from tests.assistant.web.fakes import TEXT
from vectorstore import BUNDLED, build_index

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures")
    report = folder / "daxing.txt"
    report.write_text(TEXT, encoding="utf-8")
    assert not build_index([report], folder / "data", BUNDLED).failures
    return folder / "data"


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("WENBAO_DATA", str(data))
    return lambda *arguments: CliRunner().invoke(app, ["figures", *arguments])


def test_lists_figures_in_a_table(run: Run) -> None:
    result = run("--indicator", "社零", "--region", "大兴")
    assert result.exit_code == 0
    table, total = result.output.rsplit("\n", 2)[:2]
    assert "254.3亿元" in table
    assert "-4.6%" in table
    assert total == "共 2 个,列出 2 个。"


def test_says_how_to_see_the_rest(run: Run) -> None:
    assert "列出 1 个;用 --limit 显示更多" in run("--limit", "1").output
    assert run("--q", "火星").output.startswith("没有符合条件的数据")


def test_a_pipe_gets_a_csv_without_a_mark(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("--csv", "-", "--aspect", "同比").stdout, newline="")))
    assert [row["数值"] for row in rows] == ["12.5", "-4.6"]
    assert rows[0]["链接"].startswith("http://127.0.0.1:7860/reports/")


def test_files(run: Run, tmp_path: Path) -> None:
    assert "共 2 个数据" in run("--aspect", "同比", "--csv", str(tmp_path / "a.csv")).output
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "共 2 个数据" in run("--aspect", "同比", "--xlsx", str(tmp_path / "a.xlsx")).output
    assert load_workbook(tmp_path / "a.xlsx").active.max_row == 3


def test_json_is_what_the_interface_gives(run: Run) -> None:
    body = json.loads(run("--json", "--aspect", "同比", "--limit", "1").output)
    assert body["total"] == 2
    assert body["figures"][0]["text"] == "12.5%"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--period", "近年"), "--period:时期“近年”无法识别"),
        (("--report", "none"), "--report:没有编号为“none”的报告"),
        (("--csv", "a.csv", "--json"), "一次只能用一个"),
        (("--csv", "/nowhere/a.csv"), "写不了文件 /nowhere/a.csv"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    error = run(*arguments).exception
    assert isinstance(error, CommandError)
    assert said in str(error)
