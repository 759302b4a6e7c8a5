"""Aspects and status: which side of an indicator a number tells, and whether it is done or planned."""

from __future__ import annotations

import pytest

from ingest.language.aspects import Aspect, asked_aspects, asks_target, aspect_of, direction
from ingest.language.statuses import Status, status_of_clause, status_of_heading, status_of_section
from ingest.language.units import Dimension

PERCENT, POINTS, MONEY, COUNT = Dimension.PERCENT, Dimension.POINTS, Dimension.MONEY, Dimension.COUNT


@pytest.mark.parametrize(
    ("dimension", "before", "after", "aspect"),
    [
        (MONEY, "固定资产投资完成", "", Aspect.VALUE),
        (MONEY, "公共财政预算收入", "", Aspect.VALUE),
        (MONEY, "全年任务", "", Aspect.TARGET),
        (PERCENT, "好于", "的年度目标", Aspect.TARGET),
        (PERCENT, "同比增长", "", Aspect.YEAR_ON_YEAR),
        (PERCENT, "较5月份环比增长", "", Aspect.MONTH_ON_MONTH),
        (PERCENT, "完成全年任务", "", Aspect.COMPLETION),
        (PERCENT, "占全国", "", Aspect.SHARE),
        (PERCENT, "科技进步贡献率提高到", "", Aspect.VALUE),
        (PERCENT, "互联网普及率从42.1%提高到2021年的", "", Aspect.VALUE),
        (PERCENT, "增速提高到", "", Aspect.YEAR_ON_YEAR),
        (COUNT, "农村贫困人口减少", "", Aspect.YEAR_ON_YEAR),
        (COUNT, "稳定经济增长", "措施", Aspect.VALUE),
        (POINTS, "增速高于全市平均水平", "", Aspect.AGAINST_AVERAGE),
        (POINTS, "高于市级下达指标任务", "", Aspect.AGAINST_TARGET),
        (POINTS, "拉动GDP增长", "", Aspect.CONTRIBUTION),
        (Dimension.RANK, "总量全市排名", "", Aspect.RANK),
    ],
)
def test_the_words_beside_a_number_tell_its_aspect(
    dimension: Dimension, before: str, after: str, aspect: Aspect
) -> None:
    assert aspect_of(dimension, before, after, before) is aspect


@pytest.mark.parametrize(
    ("before", "sign"), [("同比下降", -1), ("降幅", -1), ("增长", 1), ("A下降3%、B增长", 1), ("", 1)]
)
def test_the_nearest_word_tells_the_direction(before: str, sign: int) -> None:
    assert direction(before) == sign


@pytest.mark.parametrize(
    ("question", "aspects"),
    [
        ("固定资产投资完成多少", ()),
        ("GDP同比增长多少", (Aspect.YEAR_ON_YEAR,)),
        ("全市排第几", (Aspect.RANK,)),
        ("完成全年任务的百分之几", (Aspect.COMPLETION,)),
        ("比5月环比涨了多少", (Aspect.MONTH_ON_MONTH, Aspect.YEAR_ON_YEAR)),
    ],
)
def test_a_question_names_the_aspects_it_asks_for(question: str, aspects: tuple[Aspect, ...]) -> None:
    assert asked_aspects(question) == aspects


def test_a_question_for_a_target_says_so() -> None:
    assert asks_target("全年任务是多少")
    assert not asks_target("完成了多少")


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("一、上半年计划执行情况", Status.DONE),
        ("二、努力完成全年计划的主要措施", Status.PLANNED),
        ("2026年工作安排", Status.PLANNED),
        ("2025年工作回顾", Status.DONE),
        ("工业", None),
    ],
)
def test_a_heading_tells_the_status_below_it(heading: str, status: Status | None) -> None:
    assert status_of_heading(heading) is status


def test_the_outermost_heading_that_tells_a_status_decides() -> None:
    assert status_of_section(("二、下半年工作安排", "取得新成效")) is Status.PLANNED
    assert status_of_section(("综述",)) is Status.DONE


@pytest.mark.parametrize(
    ("clause", "status"),
    [
        ("固定资产投资完成442.1亿元", Status.DONE),
        ("城南行动计划完成投资158亿元", Status.DONE),
        ("85项改革任务落地见效", Status.DONE),
        ("光缆从2012年的1479万公里增加到2021年的5481万公里", Status.DONE),
        ("争取市级到位资金4.78亿元", Status.DONE),
        ("计划总投资89亿元", Status.PLANNED),
        ("确保全年新增13家", Status.PLANNED),
        ("到2025年达到100家", Status.PLANNED),
        ("预计投入资金786.95亿元", Status.EXPECTED),
    ],
)
def test_a_clause_tells_its_status_where_the_section_is_done(clause: str, status: Status) -> None:
    assert status_of_clause(clause, Status.DONE) is status
