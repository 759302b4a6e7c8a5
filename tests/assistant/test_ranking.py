"""Questions whose hole is the indicator."""

from __future__ import annotations

import pytest

from assistant.answer import Status
from tests.assistant.samples import Visitor, holds


def test_the_holders_of_a_rank_are_listed_with_a_citation_each(daxing: Visitor) -> None:
    answer = daxing.ask("哪些指标全市排名第一")
    assert answer.status is Status.ANSWERED
    assert len(answer.citations) > 4
    assert all(figure.aspect == "排名" and figure.value == "1" for figure in answer.figures)
    assert holds(answer.answer, "商品房销售面积总量全市排名第一")


def test_what_narrows_a_subject_stays_with_it(daxing: Visitor) -> None:
    """Only the enterprises of one programme came first with their revenue, not the district with its own."""
    assert holds(daxing.ask("哪些指标全市排名第一").answer, "“服务包”企业累计形成地方级财政收入全市排名第一")


@pytest.mark.parametrize("question", ["固定资产投资全市排名第几", "固定资产投资是不是全市第一"])
def test_the_rank_of_a_named_indicator_is_no_list(daxing: Visitor, question: str) -> None:
    answer = daxing.ask(question)
    assert len(answer.citations) == 1
    assert holds(answer.answer, "第三")
