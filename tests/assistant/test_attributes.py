"""Attributes that are asked for, and whether the evidence states them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Status
from assistant.attributes import ATTRIBUTES, Attribute, asks_attribute, lacking
from ingest.language.folding import fold
from tests.assistant.looking import found, read
from tests.assistant.samples import Visitor

# attribute -> questions for it, and evidence that states it
ROWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "价格": (("门票单价多少", "多少钱一斤", "每平米要多少钱", "贵不贵"), ("均价每平方米3万元", "票面额20元")),
    "联系方式": (("电话是多少", "怎么联系他们", "官网是哪个"), ("拨打热线", "电话69240000", "详见网址")),
    "地址": (("门牌号是多少", "在哪条街上", "医院怎么走"), ("坐落在黄村", "兴华大街12号", "园区东侧")),
    "负责人": (("校长是谁", "谁是牵头人", "老板叫什么"), ("校长林远", "负责人表示", "由分管副镇长林远牵头")),
    "办理方式": (("补贴怎么申领", "需要什么材料", "如何预约"), ("凭身份证到窗口领取", "登录平台申请")),
    "厂商或承办单位": (("哪家公司承建", "由谁运营", "哪个厂家生产的"), ("由城建中标", "某集团承建")),
    "时间": (("几点关门", "开放时间是什么"), ("8:30开门", "24小时开放")),
    "名单": (("分别是哪几个", "叫什么名字?", "是哪四家"), ("包括甲镇、乙镇", "《凤河春水》", "青云和长子营")),
}


def test_every_attribute_has_its_samples() -> None:
    assert [attribute.name for attribute in ATTRIBUTES] == list(ROWS)


@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=lambda attribute: attribute.name)
def test_an_attribute_knows_its_questions_and_its_evidence(attribute: Attribute) -> None:
    questions, evidence = ROWS[attribute.name]
    assert [text for text in questions if not attribute.asked.search(fold(text))] == []
    assert [text for text in evidence if not attribute.told.search(fold(text))] == []


NO_ATTRIBUTE = ["建安投资完成了多少", "发了多少钱的消费券", "有几个月下降", "哪三个月增长", "哪几个方面有进展"]


@pytest.mark.parametrize("text", NO_ATTRIBUTE)
def test_amounts_and_periods_are_no_attributes(daxing: Visitor, text: str) -> None:
    assert not asks_attribute(read(daxing, text))


# A thing that the report has, and what the report does not say of it.
LACKING = {
    "price": ("试剂盒多少钱一盒", "价格"),
    "phone": ("“服务包”企业的联系方式有没有", "联系方式"),
    "address": ("山姆会员店具体位置", "地址"),
    "way there": ("方舱医院怎么走", "地址"),
    "head": ("第四实验学校校长是哪位", "负责人"),
    "procedure": ("消费券如何申领", "办理方式"),
    "hours": ("山姆会员店营业时间", "时间"),
    "names of a list": ("开工的33个项目分别是什么", "名单"),
    "an amount is no attribute": ("消费券一共发了多少钱", ""),
    "names that stand there": ("要发展哪三个商圈", ""),
    "titles that stand there": ("创编的音乐、舞蹈作品都叫什么名字", ""),
}


@pytest.mark.parametrize(("text", "name"), LACKING.values(), ids=LACKING)
def test_what_the_evidence_does_not_state_is_named(daxing: Visitor, text: str, name: str) -> None:
    question = read(daxing, text)
    assert lacking(question, found(daxing, question)[0]) == name


def test_a_quoted_word_of_the_question_is_no_name_that_was_asked_for(daxing: Visitor) -> None:
    """ "“服务包”企业" names the programme that the question names itself."""
    question = read(daxing, "490家“服务包”企业的名单有吗")
    best = next(c for c in found(daxing, question) if "490家" in c.clause.text)
    shorter = replace(best, clause=replace(best.clause, text="为490家“服务包”企业"))
    assert lacking(question, shorter) == "名单"
    assert lacking(question, replace(shorter, clause=replace(shorter.clause, text="“科兴”和“热景”"))) == ""


@pytest.mark.parametrize("text", ["第四实验学校校长是哪位", "山姆会员店营业时间", "消费券如何申领"])
def test_the_thing_alone_is_no_answer(daxing: Visitor, text: str) -> None:
    assert daxing.ask(text).status is Status.REFUSED
