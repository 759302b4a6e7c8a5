from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from evals.judging import judge
from tests.evals.samples import REPORTS, RIGHT, citation, item, reply

ROOT = Path(__file__).parents[2]
JUDGE = ROOT.parent / "shared" / "tools" / "score.py"
QUOTE = "上半年,固定资产投资完成442.1亿元"


def test_a_right_answer_is_right_in_every_respect() -> None:
    verdict = judge(item(), RIGHT, REPORTS.get)
    assert (verdict.right, verdict.gold, verdict.forbidden, verdict.direct) == (True, True, False, True)
    assert (verdict.cited, verdict.recall, verdict.precision, verdict.figure) == (True, 1.0, 1.0, True)
    assert (verdict.unsupported, verdict.misstated, verdict.false_quotes, verdict.proven) == ((), (), (), True)


def test_directness_is_a_part_of_being_right() -> None:
    long = reply("啊" * 90 + "442.1亿元。[1]", citation(QUOTE))
    assert judge(item(), long, REPORTS.get).direct is False
    assert judge(item(type="text"), long, REPORTS.get).right


def test_what_is_forbidden_makes_it_wrong() -> None:
    both = reply("442.1亿元,全年目标800亿元。[1]", citation(QUOTE))
    assert not judge(item(forbid=("800亿",)), both, REPORTS.get).right


def test_refusing_is_right_where_it_is_expected() -> None:
    refused = reply("报告中没有。", status="refused")
    assert judge(item(expect="refuse", gold=(), evidence=()), refused, REPORTS.get).right
    assert not judge(item(), refused, REPORTS.get).right
    assert not judge(item(expect="clarify", gold=(), evidence=()), refused, REPORTS.get).right


def test_citations_count_by_offsets_and_not_by_text_alone() -> None:
    elsewhere = citation(QUOTE, "r2", text=REPORTS["r1"].text.split("\n")[4])
    verdict = judge(item(reports=("daxing.txt",)), reply("442.1亿元。[1]", elsewhere), REPORTS.get)
    assert (verdict.cited, verdict.recall, verdict.precision, verdict.proven) == (True, 0.0, 0.0, False)


def test_recall_and_precision_count_quotes_and_citations() -> None:
    two = item(
        gold=(("442.1亿元",), ("254.3亿元",)),
        evidence=("固定资产投资完成442.1亿元", "社会消费品零售总额完成254.3亿元"),
        type="list",
    )
    cites = [
        citation("固定资产投资完成442.1亿元"),
        citation("同比下降4.6%", n=2),
        citation("建安投资完成161.8亿元", n=3),
    ]
    verdict = judge(two, reply("442.1亿元。[1][2][3]", *cites), REPORTS.get)
    assert (verdict.recall, verdict.precision) == (1 / 2, 1 / 3)


def test_a_part_of_the_evidence_that_holds_the_figure_is_enough() -> None:
    verdict = judge(item(), reply("442.1亿元。[1]", citation("442.1亿元")), REPORTS.get)
    assert verdict.recall == 1.0
    assert judge(item(), reply("442.1亿元。[1]", citation("上半年,")), REPORTS.get).recall == 0.0


def test_figure_needs_value_unit_and_period() -> None:
    def figure(answer: str, period: str, **changes: Any) -> bool | None:
        said = reply(answer, citation(QUOTE), figures=[{"period": period}])
        return judge(item(gold=(("442.1",),), **changes), said, REPORTS.get).figure

    assert figure("442.1亿元。[1]", "2022上半年") is True
    assert figure("442.1万元。[1]", "2022上半年") is False
    assert figure("442.1。[1]", "2022上半年") is False
    assert figure("442.1亿元。[1]", "2022下半年") is False
    assert figure("442.1亿元。[1]", "2021上半年", turns=("2022年上半年固定资产投资",)) is False
    assert figure("442.1亿元。[1]", "2022上半年", turns=("投资比去年上半年如何",)) is True


def test_figures_are_judged_only_where_all_gold_is_figures() -> None:
    named = item(gold=(("建安投资",),), evidence=("建安投资完成161.8亿元",))
    assert judge(named, reply("建安投资。[1]", citation("建安投资完成161.8亿元")), REPORTS.get).figure is None


def test_a_declared_calculation_supports_its_result() -> None:
    cites = [citation(QUOTE), citation("力争全年固定资产投资完成800亿元", n=2)]
    asked = item(type="calc", gold=(("357.9亿",),))
    said = reply("还差357.9亿元(800 - 442.1 = 357.9)。[1][2]", *cites)
    undeclared = judge(asked, said, REPORTS.get)
    assert undeclared.unsupported == ("357.9", "357.9")
    assert undeclared.misstated == ("357.9亿元",)
    declared = judge(asked, said | {"calculation": {"formula": "800 - 442.1 = 357.9", "unit": "亿元"}}, REPORTS.get)
    assert (declared.unsupported, declared.misstated) == ((), ())


def test_numbers_of_the_question_are_no_invention() -> None:
    asked = item(turns=("投资是不是500亿元",), type="false_premise")
    assert judge(asked, reply("不是500亿元,是442.1亿元。[1]", citation(QUOTE)), REPORTS.get).unsupported == ()


REPLIES = [
    RIGHT,
    reply("增长62.8%。[1]", citation("高于62.8%的地区")),
    reply("442.1。[1]", citation(QUOTE)),
    reply("1. 442.1亿元[1]\n2. 2%", citation(QUOTE)),
    reply("报告中没有。", status="refused"),
    reply("", status="error"),
    reply("请问哪个指标?", status="clarify"),
    reply("4４2．1亿元 约999万。[1]", citation(QUOTE)),
    reply("差357.9亿元。", calculation={"formula": "800 - 442.1 = 357.9"}),
    {"status": "answered", "answer": None},
    reply("啊" * 200 + "442.1亿元", citation(QUOTE)),
]
ITEMS = [
    item(),
    item(gold=(("2%",),), evidence=("失业率控制在2%以内",)),
    item(type="calc", gold=(("357.9亿", "358亿"),)),
    item(forbid=("2%",)),
    item(expect="refuse", gold=(), evidence=(), forbid=("442.1",)),
    item(expect="clarify", gold=(), evidence=()),
    item(type="text"),
]


@pytest.mark.skipif(not JUDGE.exists(), reason="the outside judge lies beside the project only where it is developed")
def test_agrees_with_the_outside_judge() -> None:
    spec = importlib.util.spec_from_file_location("outside_judge", JUDGE)
    assert spec is not None
    assert spec.loader is not None
    outside = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(outside)
    for one in ITEMS:
        record = {"type": one.type, "turns": list(one.turns), "expect": one.expect, "gold": one.gold}
        record |= {"forbid": list(one.forbid), "evidence": list(one.evidence)}
        for said in REPLIES:
            ours, theirs = judge(one, said, REPORTS.get), outside.judge(record, said)
            assert ours.right == theirs["right"], (one, said)
            assert list(ours.unsupported) == theirs.get("unsupported", []), (one, said)
            if one.expect == "answer":
                assert ours.cited == theirs["cited"], (one, said)
