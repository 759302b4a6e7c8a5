"""Hand-labelled figures against extracted ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.cli import app
from evals.figures import (
    Label,
    evaluate,
    is_unlabelled,
    judge,
    labels_of,
    pairs,
    read_labels,
    same_indicator,
    span_of,
    speed,
    surplus,
    told,
)
from evals.split import Split
from ingest import IngestError, Report, read_report

TEXT = """大兴区2022年上半年经济运行情况
一、基本情况
上半年，固定资产投资完成442.1亿元，同比增长0.6%，新设企业5家。
走访企业30家，评选百强企业100强，三级医院5家。
其他企业90家。
"""
LABELS: list[dict[str, object]] = [
    {"text": "442.1亿元", "indicator": "固投", "aspect": "数值", "value": "442.1", "unit": "亿元", "scope": "开发区"},
    {"text": "0.6%", "indicator": "固投", "aspect": "环比", "value": "0.6", "unit": "%", "also_aspect": ["同比"]},
    {"text": "5家", "indicator": "外资企业", "aspect": "数值", "value": "5", "unit": "家", "also": ["新设企业"]},
    {"text": "30家", "indicator": "企业", "aspect": "数值", "value": "300", "unit": "家", "also_value": ["30"]},
    {"text": "5家", "nth": 1, "indicator": "医院", "aspect": "占比", "value": "5", "unit": "所"},
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "r.txt").write_text(TEXT, encoding="utf-8")
    common = {"file": "r.txt", "nth": 0, "also": [], "period": "2022上半年", "scope": "", "status": "完成"}
    rows = [json.dumps({**common, **label}, ensure_ascii=False) for label in LABELS]
    (tmp_path / "figures-dev.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def report(folder: Path) -> Report:
    return read_report(folder / "r.txt")


@pytest.fixture
def labels(folder: Path) -> list[Label]:
    return read_labels(folder / "figures-dev.jsonl")


def test_every_field_is_judged_on_the_numbers_that_were_found(report: Report, labels: list[Label]) -> None:
    tally = judge(report, labels)
    assert (tally.labels, tally.matched, tally.full) == (5, 4, 3)
    assert dict(tally.right) == {"indicator": 3, "aspect": 4, "period": 4, "status": 4, "scope": 3}
    shares = tally.shares()
    assert shares["数值+单位 召回"] == 4 / 5
    assert shares["指标"] == 3 / 4
    assert shares["全部 召回"] == 3 / 5


def test_a_number_with_another_unit_is_missed_and_one_too_many(report: Report, labels: list[Label]) -> None:
    assert [label.text for label, figure in pairs(report, labels) if figure is None] == ["5家"]
    assert [figure.text for figure in surplus(report, labels)] == ["5家"]
    assert judge(report, labels).read == 5


def test_the_nth_occurrence_says_where_a_label_is(report: Report, labels: list[Label]) -> None:
    start, end = span_of(report, labels[-1])
    assert report.text[start - 4 : end] == "三级医院5家"


def test_labels_of_another_text_are_an_error(report: Report) -> None:
    with pytest.raises(IngestError, match="第 3 处“5家”"):
        span_of(report, Label("r.txt", "5家", 2, {}))


@pytest.mark.parametrize(
    ("found", "wanted", "same"),
    [
        ("全市高新技术企业", "高新技术企业数量", True),
        ("GDP", "地区生产总值", True),
        ("协调解决企业问题", "解决企业问题", True),
        ("“服务包”企业", "服务包企业", True),
        ("增加值", "第一产业增加值", False),
        ("第二产业增加值", "第一产业增加值", False),
        ("企业", "规模以上工业企业", False),
        ("", "企业", False),
    ],
)
def test_two_names_are_one_indicator_if_their_ends_agree(found: str, wanted: str, same: bool) -> None:
    assert same_indicator(found, wanted) is same


def test_what_nobody_labels_is_not_one_too_many(report: Report) -> None:
    told_apart = {figure.text: is_unlabelled(report, figure) for figure in report.figures}
    assert told_apart["30家"] is False
    assert told_apart["100"] is True


def test_an_outcome_names_the_reports_that_are_not_there(folder: Path, labels: list[Label]) -> None:
    outcome = evaluate({Split.DEV: [*labels, Label("none.txt", "1", 0, {})]}, [folder])
    assert outcome.missing == ("none.txt",)
    assert outcome.tallies[Split.DEV].labels == 5
    assert "没有找到报告 none.txt" in told(outcome)
    assert "数值+单位 召回 80.0%" in told(outcome)


def test_labels_of_both_halves(folder: Path) -> None:
    (folder / "figures-test.jsonl").write_text("", encoding="utf-8")
    assert {half: len(ours) for half, ours in labels_of(Split.ALL, folder).items()} == {Split.DEV: 5, Split.TEST: 0}


def test_speed_counts_characters(report: Report) -> None:
    assert speed([report]) > 0
    assert speed([]) == 0


def test_the_command_prints_a_table(folder: Path) -> None:
    result = CliRunner().invoke(app, ["figures", "--split", "dev", "--reports", str(folder)])
    assert result.exit_code == 0, result.output
    assert "dev:" in result.output
    assert "全部 召回" in result.output


def test_the_shipped_report_is_read_as_labelled() -> None:
    """The dev half holds the labels of the report that the project ships."""
    root = Path(__file__).parents[2]
    name = "daxing-2022-h1.txt"
    ours = [label for label in labels_of(Split.DEV)[Split.DEV] if label.file == name]
    shares = judge(read_report(root / "reports" / name), ours).shares()
    assert len(ours) >= 100
    assert shares["数值+单位 召回"] >= 0.97
    assert shares["全部 召回"] >= 0.9
