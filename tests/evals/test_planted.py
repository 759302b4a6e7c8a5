"""Wrong answers, planted: each is caught, and by the measure that is there for it."""

from __future__ import annotations

from typing import Any

import pytest

from evals.judging import Verdict, judge
from evals.metrics import Judged, all_scores
from tests.evals.samples import REPORTS, RIGHT, citation, item, reply

QUOTE = "上半年,固定资产投资完成442.1亿元"
SHARE = item(gold=(("2%",),), evidence=("失业率控制在2%以内",), turns=("失业率控制在多少",))
GDP = item(expect="refuse", type="unanswerable", gold=(), evidence=(), turns=("海淀区固定资产投资多少",))


def judged(question: Any, said: dict[str, Any]) -> Verdict:
    return judge(question, said, REPORTS.get)


PLANTED: dict[str, tuple[Any, dict[str, Any], str]] = {
    "a neighbour's figure": (item(), reply("161.8亿元。[1]", citation("建安投资完成161.8亿元")), "right"),
    "a missing unit": (item(), reply("固定资产投资完成442.1。[1]", citation(QUOTE)), "right"),
    "a missing unit where gold has none": (item(gold=(("442.1",),)), reply("442.1。[1]", citation(QUOTE)), "figure"),
    "62.8% for 2%": (SHARE, reply("62.8%。[1]", citation("高于62.8%的地区")), "right"),
    "a right figure from the wrong report": (
        item(reports=("daxing.txt",)),
        reply("固定资产投资完成442.1亿元。[1]", citation(QUOTE, "r2")),
        "proven",
    ),
    "a quote that is not in the report": (
        item(),
        reply("442.1亿元。[1]", citation(QUOTE) | {"quote": "上半年,固定资产投资达到442.1亿元"}),
        "false_quote",
    ),
    "a report that does not exist": (item(), reply("442.1亿元。[1]", citation(QUOTE, report_id="r9")), "false_quote"),
    "a true quote with false offsets": (
        item(),
        reply("442.1亿元。[1]", citation(QUOTE, start=0, end=len(QUOTE))),
        "false_quote",
    ),
    "an invented number beside the right one": (
        item(),
        reply("442.1亿元,增长17.3%。[1]", citation(QUOTE)),
        "unsupported",
    ),
    "another unit for the same digits": (item(), reply("442.1亿元,即442.1万元。[1]", citation(QUOTE)), "misstated"),
    "the target for the actual": (
        item(forbid=("800亿",)),
        reply("800亿元。[1]", citation("力争全年固定资产投资完成800亿元")),
        "right",
    ),
    "no citation at all": (item(), reply("固定资产投资完成442.1亿元。"), "proven"),
    "the figure of another period": (item(), RIGHT | {"figures": [{"period": "2022下半年"}]}, "figure"),
    "the whole paragraph for an answer": (item(), reply("上半年" * 40 + "442.1亿元。[1]", citation(QUOTE)), "right"),
    "an answer where the reports have none": (GDP, reply("442.1亿元。[1]", citation(QUOTE)), "refusal_recall"),
    "a refusal where there is an answer": (item(), reply("报告中没有。", status="refused"), "refusal_precision"),
}
FAULTS = {"false_quote", "unsupported", "misstated"}


@pytest.mark.parametrize("name", PLANTED)
def test_caught(name: str) -> None:
    question, said, measure = PLANTED[name]
    scores = all_scores(Judged(question, judged(question, said), 1.0))
    assert scores[measure] == (1.0 if measure in FAULTS else 0.0), scores


def test_the_right_answer_is_not_caught() -> None:
    scores = all_scores(Judged(item(), judged(item(), RIGHT), 1.0))
    assert all(
        value == (0.0 if key in FAULTS | {"needless_clarify", "failed"} else 1.0) for key, value in scores.items()
    )
