"""A report in small, questions on it, and replies in the form of the public contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals.dataset import Item
from evals.target import AskError
from evals.texts import ReportText
from evals.trace import Trace

TEXT = """关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告

一、上半年计划执行情况

项目投资保持高水平。上半年,固定资产投资完成442.1亿元,同比增长12.5%,排名全市第三。其中,建安投资完成161.8亿元。

消费市场逐步恢复。上半年,社会消费品零售总额完成254.3亿元,同比下降4.6%。失业率控制在2%以内,高于62.8%的地区。

二、下半年工作安排

力争全年固定资产投资完成800亿元。
"""
OTHER_TEXT = """关于房山区2022年国民经济和社会发展计划上半年执行情况的报告

上半年,固定资产投资完成442.1亿元,同比增长3.0%。
"""
REPORTS = {
    "r1": ReportText("r1", "daxing.txt", TEXT),
    "r2": ReportText("r2", "fangshan.txt", OTHER_TEXT),
}


def item(**changes: Any) -> Item:
    """The question for the investment of the half-year, or one that differs from it."""
    made: dict[str, Any] = {
        "id": "q-1",
        "type": "figure",
        "turns": ("上半年固定资产投资完成多少",),
        "expect": "answer",
        "gold": (("442.1亿元",),),
        "evidence": ("上半年,固定资产投资完成442.1亿元",),
    }
    return Item(**{**made, **changes})


def citation(quote: str, report: str = "r1", n: int = 1, **changes: Any) -> dict[str, Any]:
    """A citation of a quote where it stands, its passage the line around it."""
    text = REPORTS[report].text
    start = text.find(quote)
    line = next((one for one in text.split("\n") if quote in one), quote)
    made = {"n": n, "report_id": report, "report_title": text.split("\n")[0], "published": "2022-08-29"}
    made |= {"paragraph": 5, "quote": quote, "start": start, "end": start + len(quote), "text": line}
    return made | changes


def reply(answer: str, *citations: dict[str, Any], status: str = "answered", **changes: Any) -> dict[str, Any]:
    return {
        "status": status,
        "answer": answer,
        "citations": list(citations),
        "figures": [],
        "calculation": None,
    } | changes


RIGHT = reply(
    "上半年,固定资产投资完成442.1亿元。[1]",
    citation("上半年,固定资产投资完成442.1亿元"),
    figures=[{"indicator": "固定资产投资", "value": "442.1", "unit": "亿元", "period": "2022上半年", "citation": 1}],
)


class FakeTarget:
    """Replies from a table; counts what it was asked."""

    name = "fake"

    def __init__(self, replies: dict[str, dict[str, Any]], identity: str = "fake:1") -> None:
        self.replies = replies
        self.identity = identity
        self.asked: list[str] = []

    def ask(self, turns: Sequence[str]) -> tuple[dict[str, Any], float]:
        self.asked.append(turns[-1])
        if turns[-1] not in self.replies:
            raise AskError("坏了")
        return self.replies[turns[-1]], 12.0

    def has(self, item: Item) -> bool:
        return True

    def text(self, report: str) -> ReportText | None:
        return REPORTS.get(report)

    def trace(self, item: Item) -> Trace | None:
        return None
