"""`wenbao eval` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app as wenbao
from evals.cli import app
from evals.dataset import as_json
from tests.evals.samples import TEXT, item

QUESTIONS = [
    item(id="a-1"),
    item(
        id="a-2",
        turns=("上半年社会消费品零售总额多少",),
        gold=(("254.3亿元",),),
        evidence=("社会消费品零售总额完成254.3亿元",),
    ),
    item(id="a-3", turns=("海淀区固定资产投资多少",), expect="refuse", type="unanswerable", gold=(), evidence=()),
    item(id="a-4", turns=("上半年投资完成多少了",), gold=(("999亿元",),)),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report, questions on it, and nothing else."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "daxing.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "q.jsonl").write_text("".join(as_json(i) + "\n" for i in QUESTIONS), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WENBAO_REPORTS", str(reports))
    monkeypatch.setenv("WENBAO_DATA", str(tmp_path / "data"))
    return tmp_path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_a_run_writes_the_report_and_says_where(here: Path) -> None:
    result = call("run", "q.jsonl", "--no-baselines", "--out", "runs/1")
    assert result.exit_code == 0, result.output
    assert "报告:runs/1/report.html" in result.output
    for name in ("report.html", "summary.md", "result.json"):
        assert (here / "runs" / "1" / name).stat().st_size > 0
    rows = {row["id"]: row["scores"]["right"] for row in json.loads((here / "runs/1/result.json").read_text())["rows"]}
    assert rows == {"a-1": 1.0, "a-2": 1.0, "a-3": 1.0, "a-4": 0.0}
    again = call("run", "q.jsonl", "--no-baselines", "--out", "runs/2")
    assert "与 1 相比" in again.output
    assert call("compare", "runs/1", "runs/2").output.startswith("共同的问题 4 个")
    exported = call("export", "runs/1", "--out", "ragas.jsonl")
    assert exported.exit_code == 0
    assert (here / "ragas.jsonl").exists()


def test_thresholds_decide_the_exit_status(here: Path) -> None:
    missed = call("run", "q.jsonl", "--no-baselines", "--out", "runs/1", "--fail-under", "right=0.9,unsupported=0")
    assert missed.exit_code == 1
    assert "未达标:答对 75.0%,应不低于 90.0%" in missed.output
    assert "**未达标**" in (here / "runs/1/summary.md").read_text()
    assert call("run", "q.jsonl", "--no-baselines", "--out", "runs/2", "--fail-under", "right=0.7").exit_code == 0
    assert call("run", "q.jsonl", "--fail-under", "rihgt=0.7").exit_code == 2


def test_an_unfinished_run_goes_on_in_its_folder(here: Path) -> None:
    call("run", "q.jsonl", "--no-baselines")
    (first,) = (here / "data" / "eval-runs").iterdir()
    (first / "result.json").unlink()
    call("run", "q.jsonl", "--no-baselines")
    assert [path.name for path in (here / "data" / "eval-runs").iterdir()] == [first.name]
    assert len((first / "journal.jsonl").read_text().splitlines()) == 4


def test_a_half_is_run(here: Path) -> None:
    call("run", "q.jsonl", "--no-baselines", "--split", "dev", "--out", "runs/1")
    halves = {row["half"] for row in json.loads((here / "runs/1/result.json").read_text())["rows"]}
    assert halves == {"dev"}


def test_questions_whose_reports_are_missing_are_counted(here: Path) -> None:
    named = [item(id="b-1", reports=("gone.txt",)), item(id="b-2", turns=("二",), reports=("daxing.txt",))]
    (here / "r.jsonl").write_text("".join(as_json(i) + "\n" for i in named), encoding="utf-8")
    assert "跳过 r 1 题" in call("run", "r.jsonl", "--no-baselines", "--out", "runs/1").output
    (here / "s.jsonl").write_text(as_json(named[0]) + "\n", encoding="utf-8")
    nothing = call("run", "s.jsonl", "--no-baselines", "--out", "runs/2")
    assert nothing.exit_code == 2
    assert "--reports" in nothing.output


def test_validate_names_what_is_wrong(here: Path) -> None:
    result = call("validate", "q.jsonl")
    assert result.exit_code == 1
    assert "q.jsonl 第 4 行 gold:999亿元 不在 evidence 的引文里。" in result.output
    assert "1 个文件,4 个问题,1 处有误" in result.output


def test_import_writes_questions_and_overwrites_nothing(here: Path) -> None:
    (here / "t.csv").write_text("问题,答案,证据\n投资多少,442.1亿元,固定资产投资完成442.1亿元\n", encoding="utf-8")
    assert call("import", "t.csv").exit_code == 0
    assert call("validate", "t.jsonl").exit_code == 0
    assert call("import", "t.csv").exit_code == 2


def test_mistakes_are_one_sentence(here: Path) -> None:
    for arguments in (
        ("run", "none.jsonl"),
        ("run", "q.jsonl", "--reports", "none"),
        ("run", "q.jsonl", "--url", "http://127.0.0.1:9"),
        ("run", "q.jsonl", "--answerer", "parrot"),
        ("compare", "none", "none"),
    ):
        result = call(*arguments)
        assert result.exit_code == 2, arguments
        assert "Traceback" not in result.output


def test_the_console_script_leads_here(here: Path) -> None:
    result = CliRunner().invoke(wenbao, ["eval", "validate", "q.jsonl"])
    assert result.exit_code == 1
    assert "4 个问题" in result.output
    assert "compare" in CliRunner().invoke(wenbao, ["eval", "-h"]).output
