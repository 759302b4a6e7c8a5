"""What a question states is checked first: targets reached, the first of a kind, ranks, directions, amounts, bounds."""

from __future__ import annotations

import pytest

from assistant.answer import Status
from tests.assistant.samples import Visitor, holds

DECIDED = {
    "a target not reached": ("森林覆盖率目标34%上半年已经达成了吧", "没有,", "33.8%"),
    "a target of a year half gone": ("固投全年任务完成了吗", "没有,", "442.1亿元"),
    "a rank, and the amount beside it": ("大兴固投总量全市第一,对吧?具体多少", "不是,", "442.1亿元"),
    "a bound that does not hold": ("规上工业总产值超过600亿元了吧", "不是,", "580.1亿元"),
    "a bound that holds": ("规上工业总产值不到600亿元吧", "是的,", "580.1亿元"),
    "a target of which less is better": ("登记失业率达到年度目标了吗", "是的,", "3.5%"),
    "the wrong one of two statements": (
        "商品房销售面积全市排第一,同比增长了54.5%,对吗",
        "不是,",
        "45.8%",
    ),
    "a value stated as reached": ("优良天数增加到了150天,为什么", "与问题所说不同:", "138天"),
}


@pytest.mark.parametrize(("question", "opening", "fact"), DECIDED.values(), ids=DECIDED)
def test_what_is_stated_is_decided_by_the_fact(daxing: Visitor, question: str, opening: str, fact: str) -> None:
    answer = daxing.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.answer.startswith(opening), answer.answer
    assert holds(answer.answer, fact), answer.answer


def test_a_verb_of_growth_states_no_change_of_a_figure(daxing: Visitor) -> None:
    answer = daxing.ask("上半年新增了哪些音乐、舞蹈作品")
    assert not answer.answer.startswith("与问题所说不同"), answer.answer
    assert holds(answer.answer, "《凤河春水》"), answer.answer
