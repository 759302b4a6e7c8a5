"""One question for each thing listed, with the words of the report of 大兴区."""

from __future__ import annotations

import pytest

from assistant.answer import Status
from assistant.items import items
from tests.assistant.looking import read
from tests.assistant.samples import Visitor, bare

LISTED = {
    "two indicators": ("建安投资和房地产开发投资各完成多少", ["建安投资", "房地产开发投资"]),
    "two to be compared": ("社零额还是固定资产投资多", ["社零额", "固定资产投资"]),
    "two indicators and no word for several": ("社零额和固定资产投资", ["社零额", "固定资产投资"]),
    "in brackets": ("两个数(建安投资、社零额)分别增长多少", ["建安投资", "社零额"]),
    "two things that are no indicators": ("口袋公园和充电桩分别有多少个", ["口袋公园", "充电桩"]),
    "ordinals": ("第二批和第四批分别有多少家", ["第二批", "第四批"]),
    "three, with what is asked of all behind 的": (
        "地区生产总值、建安投资和社零额的增速哪个快",
        ["地区生产总值", "建安投资", "社零额"],
    ),
}


@pytest.mark.parametrize(("text", "things"), LISTED.values(), ids=LISTED)
def test_each_thing_listed_is_asked_of_in_its_order(daxing: Visitor, text: str, things: list[str]) -> None:
    listed = items(read(daxing, text))
    assert [one.terms[0].text for one in listed] == things


ONE = {
    "one indicator": "建安投资完成了多少",
    "a conjunction inside a word": "促进和谐稳定的几个措施",
    "a side that names nothing": "建安投资和别的各多少",
    "nothing named at all": "哪个大,多还是少",
    "two words for one thing without a conjunction": "建安投资的完成额各是多少",
}


@pytest.mark.parametrize("text", ONE.values(), ids=ONE)
def test_a_question_for_one_thing_is_not_divided(daxing: Visitor, text: str) -> None:
    assert items(read(daxing, text)) == []


def test_an_item_asks_of_nothing_beside_its_own_thing(daxing: Visitor) -> None:
    question = read(daxing, "建安投资和社零额分别完成多少")
    assert question.wide
    for one in items(question):
        assert not one.wide
        assert not one.both
        assert sum(t.indicator for t in one.terms) == 1
        assert (one.period, one.standalone, one.hole) == (question.period, question.standalone, question.hole)


def test_what_stands_behind_the_last_is_said_of_all_with_less_weight(daxing: Visitor) -> None:
    first, last = items(read(daxing, "第二批和第四批的村庄数量分别是多少"))
    own = next(t for t in last.terms if t.text == "村庄")
    carried = next(t for t in first.terms if t.text == "村庄")
    assert carried.weight < own.weight
    assert not carried.critical


def test_what_opens_the_first_is_held_by_the_others_and_never_required(daxing: Visitor) -> None:
    _, second = items(read(daxing, "居民的垃圾分类参与率和准确投放率分别是多少"))
    carried = [t for t in second.terms if t.text == "居民"]
    assert carried
    assert not any(t.critical or t.indicator for t in carried)


def test_each_thing_listed_is_answered_in_its_order(daxing: Visitor) -> None:
    answer = daxing.ask("建安投资和固定资产投资各完成了多少")
    assert answer.status is Status.ANSWERED
    assert [figure.value for figure in answer.figures] == ["161.8", "442.1"]
    assert bare(answer.answer).index("161.8亿元") < bare(answer.answer).index("442.1亿元")
