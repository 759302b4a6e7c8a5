"""Which of two figures is more, said before both where the question asks it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.contrast import which
from assistant.question import Kind, Question
from assistant.series.bounds import bounds_of
from ingest.figures import extract_figures
from ingest.report import Figure
from tests.ingest.reports import report_of


def figure(text: str, *, region: str = "", period: str = "", status: str = "完成") -> Figure:
    [found] = extract_figures(report_of(text))
    return replace(found, region=region, period=period or found.period, status=status)


def asked(text: str) -> Question:
    return Question(text, text, Kind.FIGURE)


GROWTH = figure("地区生产总值增长5.1%", region="甲省")
SLOWER = figure("地区生产总值增长3.9%", region="乙省")
HOMES = figure("商品房销售面积完成62.6万平方米")
DONE = figure("城镇新增就业48万人", period="2024年")
PLAN = figure("城镇新增就业45万人", period="2025年", status="计划")

SAID = {
    "the greater of two places": ("甲省和乙省哪个增速高", GROWTH, SLOWER, "甲省更高:"),
    "in whatever order": ("乙省和甲省哪个增速高", SLOWER, GROWTH, "甲省更高:"),
    "in the question's word": ("谁增长更快", GROWTH, SLOWER, "甲省更快:"),
    "the lesser where it is asked": ("哪个增速低", GROWTH, SLOWER, "乙省更低:"),
    "what is done against the plan": ("去年比今年的目标多还是少", DONE, PLAN, "实际多于目标:"),
    "the same": ("两省增速一样不一样", GROWTH, replace(SLOWER, value=GROWTH.value), "两者相同:"),
}


@pytest.mark.parametrize(("question", "one", "other", "said"), SAID.values(), ids=SAID)
def test_what_is_more_is_said(question: str, one: Figure, other: Figure, said: str) -> None:
    assert which(asked(question), one, other) == said


UNSAID = {
    "where nothing is asked": ("甲省和乙省的增速分别是多少", GROWTH, SLOWER),
    "of different dimensions": ("哪个多", DONE, HOMES),
    "of different sides": ("哪个高", GROWTH, replace(SLOWER, aspect="排名")),
    "of the same thing": ("哪个高", GROWTH, GROWTH),
}


@pytest.mark.parametrize(("question", "one", "other"), UNSAID.values(), ids=UNSAID)
def test_nothing_is_said_of_what_cannot_be_compared(question: str, one: Figure, other: Figure) -> None:
    assert which(asked(question), one, other) == ""


def test_one_number_worded_otherwise_is_not_the_same() -> None:
    amounts = [b for text in ("5%以上", "5%左右") if (b := bounds_of(text)) is not None]
    other = replace(SLOWER, value=GROWTH.value)
    assert which(asked("两省增速一样不一样"), GROWTH, other, amounts) == "两者数字相同,表述不同:"
    assert which(asked("两省增速一样不一样"), GROWTH, other, amounts[:1] * 2) == "两者相同:"


def test_one_thousand_and_0_1_ten_thousand_are_the_same() -> None:
    one, other = figure("参保人数1000人", region="甲省"), figure("参保人数0.1万人", region="乙省")
    assert which(asked("哪个多"), one, other) == "两者相同:"
