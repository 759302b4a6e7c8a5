from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals.dataset import DATA, QuestionSet, load
from evals.texts import ReportText
from evals.validation import validate
from tests.evals.samples import REPORTS, item

ROOT = Path(__file__).parents[2]


def said(**changes: Any) -> list[str]:
    one = QuestionSet("q", "q.jsonl", (item(line=7, **changes),))
    return [str(problem) for problem in validate(one, list(REPORTS.values()))]


def test_a_sound_question_has_no_problem() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"evidence": ("固定资产投资完成442.7亿元",), "gold": (("442.7亿元",),)}, "不在报告里"),
        ({"evidence": ("固定资产投资完成 442.1 亿元",)}, "去掉空格、引号或全半角差别后才找得到"),
        ({"evidence": ("上半年计划执行情况\n\n项目投资保持高水平",), "gold": (("高水平",),)}, "跨了段落"),
        ({"evidence": ("442.1亿元",)}, "应为 8 到 80 个字"),
        ({"evidence": ()}, "要求回答的问题,这里不能为空"),
    ],
)
def test_evidence_is_a_verbatim_quote_of_one_paragraph(changes: dict[str, Any], message: str) -> None:
    found = said(**changes)
    assert len(found) == 1
    assert found[0].startswith("q.jsonl 第 7 行 evidence:")
    assert message in found[0]


def test_gold_stands_in_the_evidence_as_a_whole_number() -> None:
    assert said(gold=(("42.1亿元",),)) == ["q.jsonl 第 7 行 gold:42.1亿元 不在 evidence 的引文里。"]
    assert said(gold=(("357.9亿",),), type="calc") == []


def test_a_refusal_has_neither_gold_nor_evidence() -> None:
    assert [one.split(":")[0] for one in said(expect="refuse", type="unanswerable")] == [
        "q.jsonl 第 7 行 gold",
        "q.jsonl 第 7 行 evidence",
    ]


def test_forbidding_the_gold_is_noticed() -> None:
    assert "没有答案能算对" in said(forbid=("442.1",))[0]


def test_named_reports_must_be_there_and_hold_the_evidence() -> None:
    assert "没有找到报告文件 gone.txt" in said(reports=("gone.txt",))[0]
    assert said(reports=("daxing.txt",)) == []
    assert said(
        reports=("daxing.txt", "fangshan.txt"), evidence=("社会消费品零售总额完成254.3亿元",), gold=(("254.3亿",),)
    ) == ["q.jsonl 第 7 行 reports:没有一条引文出自 fangshan.txt。"]


def test_shipped_questions_on_the_shipped_report_are_valid() -> None:
    path = ROOT / "reports" / "daxing-2022-h1.txt"
    report = ReportText("dx", path.name, path.read_text(encoding="utf-8"))
    assert [str(p) for p in validate(load([DATA / "daxing.jsonl"])[0], [report])] == []
