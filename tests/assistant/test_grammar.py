"""What is to be worked out, read from the words of a question; the phrases that it works on, completed."""

from __future__ import annotations

import pytest

from assistant.calculation.grammar import Operation, Working, working_of
from assistant.calculation.phrases import phrases

READ = {
    "甲市GDP比乙市多多少": (Operation.DIFFERENCE, ("甲市GDP", "乙市")),
    "固投和建安投资之间拉开了多少亿": (Operation.DIFFERENCE, ("固投", "建安投资")),
    "建安投资和固投相比少了多少亿": (Operation.DIFFERENCE, ("建安投资", "固投")),
    "广东的GDP减去河北的GDP等于多少": (Operation.DIFFERENCE, ("广东的GDP", "河北的GDP")),
    "财政支出超出财政收入几个亿": (Operation.DIFFERENCE, ("财政支出", "财政收入")),
    "2018年城镇新增就业目标超额完成了多少万": (Operation.DIFFERENCE, ("2018年城镇新增就业", "目标")),
    "2012年贸易逆差是多少": (Operation.DIFFERENCE, ("2012年进口", "2012年出口")),
    "“十四五”期间生产总值涨了多少": (Operation.DIFFERENCE, ("生产总值2025年", "2020年")),
    "企业数五年净增多少户": (Operation.DIFFERENCE, ("企业数", "原先")),
    "粮食、大豆和蔬菜三样的播种面积一共多少": (Operation.SUM, ("粮食", "大豆", "蔬菜三样的播种面积")),
    "三批美丽乡村总计多少个村": (Operation.SUM, ("第一批美丽乡村", "第二批美丽乡村", "第三批美丽乡村")),
    "5G基站扩大到原先的多少倍": (Operation.MULTIPLE, ("5G基站", "原先")),
    "河南的经济总量顶得上几个宁夏": (Operation.MULTIPLE, ("河南的经济总量", "宁夏")),
    "固投总额除以建安投资等于几倍": (Operation.MULTIPLE, ("固投总额", "建安投资")),
    "建安投资在固投里头占几成": (Operation.SHARE, ("建安投资", "固投")),
    "2016年城镇新增就业完成了年度目标的百分之多少": (Operation.COMPLETION, ("2016年城镇新增就业", "年度目标")),
    "收入“十四五”期间涨幅约百分之几": (Operation.GROWTH, ("收入2025年", "2020年")),
    "2020到2025年GDP年均增加多少万亿": (Operation.YEARLY, ("GDP2025年", "2020年")),
    "从2005年的报告倒着算,2003年粮食总产量是多少": (Operation.BEFORE, ("2004年粮食总产量",)),
    "1270户企业户均缓了多少万元": (Operation.EACH, ("1270户企业有多少户", "1270户企业缓了多少万元")),
}


@pytest.mark.parametrize(("question", "read"), READ.items())
def test_the_operation_and_its_phrases_are_read(question: str, read: tuple[Operation, tuple[str, ...]]) -> None:
    found = working_of(question)
    assert found is not None
    assert (found.operation, found.phrases) == read


ASKS_NO_CALCULATION = [
    "固定资产投资同比增长多少",  # told by the report
    "商品房销售面积增速高于全市平均多少",
    "固投和社零分别是多少",  # the figures themselves
    "甲市和乙市GDP哪个高",
    "浓度是多少,比上年同期降了百分之几",  # two numbers
    "营商环境改革任务完成率是多少",
    "咱们区占了其中几个",
    "有哪些措施",
]


@pytest.mark.parametrize("question", ASKS_NO_CALCULATION)
def test_other_questions_are_left_alone(question: str) -> None:
    assert working_of(question) is None


_PLACES = ("甲市", "乙市")
COMPLETED = {
    ("甲市GDP增速", "乙市"): ["甲市GDP增速", "乙市GDP增速"],
    ("甲市2025年GDP增速", "2026年的目标"): ["甲市2025年GDP增速", "甲市2026年GDP增速目标"],
    ("甲市今年投资增长目标", "去年实际增速"): ["甲市今年投资增长目标", "甲市去年投资增速"],
    ("甲市2012年城镇社零", "乡村"): ["甲市2012年城镇社零", "甲市2012年乡村社零"],
    ("2017年专项债规模", "前一年"): ["2017年专项债", "2016年专项债"],
    ("2013年新增就业", "预期目标"): ["2013年新增就业", "2013年新增就业目标"],
}


@pytest.mark.parametrize(("texts", "whole"), COMPLETED.items())
def test_a_phrase_is_completed_from_the_one_beside_it(texts: tuple[str, ...], whole: list[str]) -> None:
    readings = phrases(Working(Operation.DIFFERENCE, texts), lambda text: [p for p in _PLACES if p in text], 2026)
    assert [first[0].text for first in readings] == whole


def test_the_items_of_a_list_share_what_the_last_one_ends_with() -> None:
    working = Working(Operation.SUM, ("普通高中", "初中", "普通小学的在校生"))
    assert [first[0].body for first in phrases(working, lambda _: (), 2026)] == [
        "普通高中在校生",
        "初中在校生",
        "普通小学的在校生",
    ]


def test_an_amount_that_a_phrase_states_is_kept_apart() -> None:
    working = Working(Operation.SUM, ("1500万元的消费券", "580万元的汽车消费券"))
    found = [first[0] for first in phrases(working, lambda _: (), 2026)]
    assert [(p.body, p.given.text if p.given else "") for p in found] == [
        ("消费券", "1500万元"),
        ("汽车消费券", "580万元"),
    ]
