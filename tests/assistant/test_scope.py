"""Many reports that look alike: the place chooses the report, the year chooses between what is done and planned."""

from __future__ import annotations

import pytest

from assistant.answer import Status
from assistant.scope import Scope, named_places
from ingest.language.periods import Period
from tests.assistant.samples import Visitor, holds

CHOSEN = {
    "actual of the year before": ("清河区2024年地区生产总值是多少", "1248.3亿元", "清河区2025年"),
    "actual of an earlier report": ("清河区2023年地区生产总值是多少", "1180.5亿元", "清河区2024年"),
    "same year, other place": ("和平区2024年地区生产总值是多少", "842.7亿元", "和平区2025年"),
    "place that no dictionary has": ("绿水市2024年地区生产总值是多少", "1250.6亿元", "绿水市2025年"),
    "growth": ("清河区2024年GDP增速是多少", "5.6%", "清河区2025年"),
    "target of the report's year": ("清河区2025年GDP增长目标是多少", "5%", "清河区2025年"),
    "target of an earlier year": ("清河区2024年GDP增长目标是多少", "5.5%", "清河区2024年"),
    "target, spoken": ("和平区2025年经济增长目标是多少", "5.2%", "和平区2025年"),
    "target beside an actual of that year": ("清河区2024年计划改造老旧小区多少个", "50个", "清河区2024年"),
    "actual beside a target of that year": ("清河区2024年实际改造老旧小区多少个", "53个", "清河区2025年"),
    "last year": ("清河区去年的GDP是多少", "1248.3亿元", "清河区2025年"),
    "this year": ("清河区今年改造老旧小区多少个", "60个", "清河区2025年"),
    "no year: the newest": ("清河区新建口袋公园多少个", "25个", "清河区2025年"),
    "a name says the place": ("绿水湖二期治理什么时候启动|绿水湖生态廊道建成了吗", "建成", "和平区2025年"),
    "a name of the place": ("清河大桥什么时候合龙", "年底", "清河区2025年"),
}


@pytest.mark.parametrize(("question", "fragment", "title"), CHOSEN.values(), ids=CHOSEN)
def test_place_and_year_choose_the_report(places: Visitor, question: str, fragment: str, title: str) -> None:
    answer = places.ask(question.rpartition("|")[2])
    assert answer.status is Status.ANSWERED, answer.answer
    assert holds(answer.answer, fragment), answer.answer
    assert all(c.report_title.startswith(title) for c in answer.citations)
