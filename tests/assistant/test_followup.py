"""A question after a question: what is taken over, what is replaced, what is left behind."""

from __future__ import annotations

import pytest

from assistant.answer import Status
from tests.assistant.samples import Visitor, holds, turns_of

DIALOGUES = {
    "another aspect": ("上半年固定资产投资完成多少 → 同比呢", "0.6%"),
    "another aspect, with a pronoun": ("上半年固定资产投资完成多少 → 它排第几", "第三"),
    "the target": ("上半年固定资产投资完成多少 → 全年任务是多少", "800亿元"),
    "a calculation": ("上半年固定资产投资完成多少 → 那还差多少完成全年任务", "357.9亿元"),
    "another subject": ("上半年固定资产投资完成多少 → 那建安投资呢", "161.8亿元"),
    "another subject, same aspect": ("固定资产投资同比增长多少 → 那地方级财政收入呢", "10.6%"),
    "a new question": ("上半年固定资产投资完成多少 → PM2.5浓度多少", "33微克/立方米"),
    "another period, put right": ("上半年规模以上工业总产值是多少 → 我问的是6月份", "86.6亿元"),
    "another batch": ("第一批美丽乡村建成了多少个村 → 第二批呢", "140个"),
    "another stage": ("棚改安置房开工多少套 → 竣工的呢", "1611套"),
    "a noun, with the target of the one before": ("固投完成多少 → 全年任务是多少 → 那建安投资的呢", "350亿元"),
    "a kind of the noun before": ("地方级财政收入增长多少 → 区级的呢", "6.8%"),
    "a noun alone": ("固投同比增长多少 → 社零", "3.6%"),
    "put right after a no": ("固定资产投资同比增长多少 → 不对,我问的是地方级财政收入", "10.6%"),
    "what was meant at last": ("增速是多少 → 不好意思没讲清楚,我问的是区级财政收入", "6.8%"),
    "put right with another side": ("固定资产投资同比增长多少 → 哦不是这个,我要社零的排名", "第五"),
    "done instead of planned": ("政策性住房下半年竣工目标是多少 → 上半年实际竣工呢", "5180套"),
    "the first of all": ("规上工业总产值多少 → 社零呢 → 固投 → 再回头说第一个指标,全市排第几", "第五"),
    "the one before": ("金融业增加值是多少 → 建筑业总产值呢 → 前一个行业的增速给我", "8.3%"),
    "a kind with the noun between": ("财政收入上半年多少 → 区级的呢 → 这俩差多少", "38.6亿元"),
    "things summed up by a noun": (
        "战略留白临时绿化多少公顷 → 那揭网见绿 → 两块绿地加总得出多少公顷",
        "1149.84公顷",
    ),
    "which of two grows faster": (
        "商品房销售面积同比增多少 → 金融业增加值同比呢 → 这俩哪个增得快",
        "商品房销售面积更快",
    ),
    "a turn that names both sides itself": (
        "区级财政收入多少 → 它占地方级的多少 → 财政支出比区级财政收入多多少",
        "66.3亿元",
    ),
    "how far two turns are apart": ("固投同比增长多少 → 社零呢 → 这俩差几个百分点", "4.2个百分点"),
    "how far two amounts are apart": ("固投多少 → 建安投资呢 → 这俩差多少", "280.3亿元"),
    "two steps": ("社零额多少 → 同比呢 → 全市排第几", "第五"),
    "back to what was asked before": ("上半年固投多少 → 社零呢 → 回到固定资产投资,它排第几", "第三"),
    "after a greeting": ("你好 → 上半年固投多少", "442.1亿元"),
    "after what was refused": ("海淀区上半年固投多少 → 大兴区呢", "442.1亿元"),
}


@pytest.mark.parametrize(("dialogue", "fragment"), DIALOGUES.values(), ids=DIALOGUES)
def test_a_follow_up_is_understood_from_what_was_said(daxing: Visitor, dialogue: str, fragment: str) -> None:
    answer = daxing.ask(*turns_of(dialogue))
    assert answer.status is Status.ANSWERED, answer.answer
    assert holds(answer.answer, fragment), answer.answer


PLACES = {
    "another place": ("清河区2024年GDP是多少 → 和平区呢", "842.7亿元", "和平区"),
    "another year": ("清河区2024年GDP是多少 → 2023年呢", "1180.5亿元", "清河区"),
    "the target of the next year": ("清河区2024年GDP增长目标是多少 → 第二年的目标呢", "5%", "清河区"),
    "two places apart": ("清河区2024年GDP是多少 → 和平区呢 → 这俩差多少", "405.6亿元", ""),
    "the rates of two places apart": ("清河区2024年GDP增速是多少 → 和平区呢 → 这俩差几个百分点", "0.8个百分点", ""),
    "two years apart": ("清河区2024年GDP是多少 → 2023年呢 → 这俩差多少", "67.8亿元", "清河区"),
    "the rates of two years apart": ("清河区2024年GDP增速是多少 → 2023年呢 → 差几个百分点", "0.5个百分点", "清河区"),
    "back to a subject by a word of it": (
        "清河区2024年城镇新增就业多少 → GDP呢 → 回到就业,2023年完成了多少",
        "3.1万人",
        "清河区",
    ),
    "what was done in that year": ("清河区2024年GDP增长目标是多少 → 当年实际增长多少", "5.6%", "清河区"),
    "another indicator of the place": ("和平区2024年社零是多少 → 一般公共预算收入呢", "58.4亿元", "和平区"),
    "a whole question without the place": ("和平区2024年社零是多少 → 城镇调查失业率是多少", "5.4%", "和平区"),
}


@pytest.mark.parametrize(("dialogue", "fragment", "place"), PLACES.values(), ids=PLACES)
def test_the_place_and_the_year_carry_over(places: Visitor, dialogue: str, fragment: str, place: str) -> None:
    answer = places.ask(*turns_of(dialogue))
    assert answer.status is Status.ANSWERED, answer.answer
    assert holds(answer.answer, fragment), answer.answer
    assert all(c.report_title.startswith(place) for c in answer.citations)


TEN_TURNS = (
    ("上半年固定资产投资完成多少", "442.1亿元"),
    ("同比呢", "0.6%"),
    ("它在全市排第几", "第三"),
    ("全年任务是多少", "800亿元"),
    ("那还差多少完成全年任务", "357.9亿元"),
    ("换个话题,PM2.5浓度是多少", "33微克/立方米"),
    ("棚改安置房开工多少套", "5694套"),
    ("竣工的呢", "1611套"),
    ("上半年规模以上工业总产值是多少", "580.1亿元"),
    ("我问的是6月份", "86.6亿元"),
)


@pytest.mark.parametrize("number", range(len(TEN_TURNS)), ids=lambda n: TEN_TURNS[n][0])
def test_a_conversation_is_followed_through_ten_turns(daxing: Visitor, number: int) -> None:
    answer = daxing.ask(*(turn for turn, _ in TEN_TURNS[: number + 1]))
    assert answer.status is Status.ANSWERED, answer.answer
    assert holds(answer.answer, TEN_TURNS[number][1]), answer.answer


def test_another_place_without_a_report_is_refused(daxing: Visitor) -> None:
    answer = daxing.ask("上半年固定资产投资完成多少", "海淀区呢")
    assert answer.status is Status.REFUSED
    assert "海淀区" in answer.answer


def test_a_change_of_subject_takes_nothing_over(daxing: Visitor) -> None:
    alone = daxing.ask("城镇登记失业率是多少")
    later = daxing.ask("上半年建安投资全市排第几", "城镇登记失业率是多少")
    assert (later.answer, later.citations) == (alone.answer, alone.citations)


def test_what_the_assistant_said_is_no_question(daxing: Visitor) -> None:
    from assistant.answer import Turn

    history = [Turn("user", "上半年固定资产投资完成多少"), Turn("assistant", "社会消费品零售额完成308.4亿元。[1]")]
    assert holds(daxing.assistant.ask("同比呢", history).answer, "0.6%")
