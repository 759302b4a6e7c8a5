"""What is said beside the best figure: the other side of a comparison, other indicators that may be meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.fitting import UNIT
from assistant.select import other_readings, other_side
from tests.assistant.looking import found, read
from tests.assistant.samples import Visitor

BESIDE = {
    "a plan beside what is done": ("绿水市上年新增就业与目标相比", "3.5万人", "3.4万人"),
    "what is done beside a plan": ("和平区新增就业对照目标", "2.5万人", "2.4万人"),
    "two rates": ("绿水市的GDP增速与目标对比", "5.8%", "5.4%"),
}


@pytest.mark.parametrize(("text", "first", "second"), BESIDE.values(), ids=BESIDE)
def test_a_comparison_has_both_sides(places: Visitor, text: str, first: str, second: str) -> None:
    question = read(places, text)
    ranked = found(places, question)
    [other] = other_side(question, ranked)
    assert other.figure is not None
    assert ranked[0].figure is not None
    assert (ranked[0].figure.text, other.figure.text) == (first, second)
    assert other.figure.indicator == ranked[0].figure.indicator


DAXING_BESIDE = {
    "the task of the year": ("建安投资对照全年任务", {"161.8亿元", "350亿元"}),
    "a rate and its bound": ("城镇登记失业率和年度目标比一比", {"3.5%", "4%"}),
}


@pytest.mark.parametrize(("text", "sides"), DAXING_BESIDE.values(), ids=DAXING_BESIDE)
def test_the_two_sides_are_of_one_indicator_and_one_dimension(daxing: Visitor, text: str, sides: set[str]) -> None:
    question = read(daxing, text)
    ranked = found(daxing, question)
    assert {c.figure.text for c in (ranked[0], *other_side(question, ranked)) if c.figure} == sides


ALONE = {
    "nothing is compared": "建安投资完成了多少",
    "nothing planned is named": "建安投资对比如何",
    "nothing is set beside the plan": "建安投资全年任务是多少",
    "a statement": "综保区封关是年内目标还是规划",
}


@pytest.mark.parametrize("text", ALONE.values(), ids=ALONE)
def test_a_question_for_one_side_gets_one(daxing: Visitor, text: str) -> None:
    question = read(daxing, text)
    assert other_side(question, found(daxing, question)) == []


def test_nothing_is_set_beside_a_figure_where_the_report_has_nothing(daxing: Visitor) -> None:
    question = read(daxing, "建安投资对照全年任务")
    ranked = found(daxing, question)
    [other] = other_side(question, ranked)
    same = [c for c in ranked if c.figure and other.figure and c.figure.status != other.figure.status]
    assert other_side(question, same) == []


def test_a_plan_in_another_dimension_is_no_other_side(daxing: Visitor) -> None:
    question = read(daxing, "建安投资对照全年任务")
    best, *_ = found(daxing, question)
    assert best.figure is not None
    share = replace(best.figure, status="完成", text="46.2%", unit="%")
    assert other_side(question, [best, replace(best, figure=share)]) == []


def test_the_same_of_another_year_is_asked_once(daxing: Visitor) -> None:
    question = read(daxing, "建安投资对照全年任务")
    assert other_side(replace(question, alike=True), found(daxing, question)) == []


READINGS = {
    "of the district or of its own level": ("财政收入做到多少了", {"区级财政收入", "地方级财政收入"}),
    "the very name of one": ("区级财政收入做到多少了", {"区级财政收入"}),
    "the only one": ("建安投资做到多少了", {"建安投资"}),
}


@pytest.mark.parametrize(("text", "meant"), READINGS.values(), ids=READINGS)
def test_the_best_and_other_indicators_that_may_be_meant(daxing: Visitor, text: str, meant: set[str]) -> None:
    ranked = found(daxing, read(daxing, text))
    assert ranked[0].figure is not None
    others = [figure.indicator for figure in other_readings(ranked)]
    assert {ranked[0].figure.indicator, *others} == meant
    assert ranked[0].figure.indicator not in others


def test_another_reading_is_near_fits_and_tells_the_same_side(daxing: Visitor) -> None:
    best, *others = found(daxing, read(daxing, "财政收入做到多少了"))
    rival = next(c for c in others if c.figure and best.figure and c.figure.indicator != best.figure.indicator)
    assert rival.figure is not None
    assert other_readings([best, rival]) == (rival.figure,)
    assert other_readings([best, replace(rival, score=best.score - 0.5)]) == ()
    assert other_readings([best, replace(rival, misfits=(UNIT,))]) == ()
    assert other_readings([best, replace(rival, figure=replace(rival.figure, aspect="同比"))]) == ()


def test_two_other_readings_are_told_at_most_each_once(daxing: Visitor) -> None:
    best, rival, *_ = found(daxing, read(daxing, "财政收入做到多少了"))
    assert rival.figure is not None
    more = [replace(rival, figure=replace(rival.figure, indicator=name)) for name in ("甲", "甲", "乙", "丙")]
    assert [figure.indicator for figure in other_readings([best, *more])] == ["甲", "乙"]


def test_a_statement_has_no_other_readings(daxing: Visitor) -> None:
    assert other_readings(found(daxing, read(daxing, "综保区什么时候封关"))) == ()
