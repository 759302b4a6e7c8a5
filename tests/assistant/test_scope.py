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
    "a name that one report has": ("清河大桥什么时候合龙", "年底", "清河区2025年"),
}


@pytest.mark.parametrize(("question", "fragment", "title"), CHOSEN.values(), ids=CHOSEN)
def test_place_and_year_choose_the_report(places: Visitor, question: str, fragment: str, title: str) -> None:
    answer = places.ask(question)
    assert answer.status is Status.ANSWERED, answer.answer
    assert holds(answer.answer, fragment), answer.answer
    assert all(c.report_title.startswith(title) for c in answer.citations)


SPREAD = {
    "two places": ("清河区和和平区2024年社会消费品零售总额各是多少", "428.4亿元 305.1亿元"),
    "two places, without a year": ("清河区和和平区的GDP分别是多少", "1248.3亿元 842.7亿元"),
    "two years": ("清河区2023年和2024年GDP分别是多少", "1180.5亿元 1248.3亿元"),
}


@pytest.mark.parametrize(("question", "fragments"), SPREAD.values(), ids=SPREAD)
def test_places_and_years_side_by_side_are_answered_each(places: Visitor, question: str, fragments: str) -> None:
    answer = places.ask(question)
    assert answer.status is Status.ANSWERED
    assert all(holds(answer.answer, fragment) for fragment in fragments.split()), answer.answer
    assert len({c.report_id for c in answer.citations}) == 2


def test_an_answer_names_its_place_where_there_are_several(places: Visitor, daxing: Visitor) -> None:
    assert "和平区" in places.ask("和平区城镇新增就业多少人").answer
    assert "大兴区" not in daxing.ask("固投多少").answer


WITHOUT_REPORT = {
    "year before the first report": ("清河区2022年地区生产总值是多少", "2022年"),
    "year after the last report": ("清河区2026年地区生产总值目标是多少", "2026年"),
    "year of another place's report": ("和平区2023年地区生产总值是多少", "2023年"),
    "actual of a year that is only planned": ("清河区2025年地区生产总值完成多少亿元", "2025年"),
    "other place": ("海淀区2024年地区生产总值是多少", "海淀区"),
    "other province": ("北京市2024年地区生产总值是多少", "北京市"),
}


@pytest.mark.parametrize(("question", "named"), WITHOUT_REPORT.values(), ids=WITHOUT_REPORT)
def test_a_place_or_year_without_a_report_is_refused_by_name(places: Visitor, question: str, named: str) -> None:
    answer = places.ask(question)
    assert answer.status is Status.REFUSED, answer.answer
    assert named in answer.answer


def test_the_nearest_fact_is_of_the_place_asked_for(places: Visitor) -> None:
    answer = places.ask("和平区2023年地区生产总值是多少")
    assert holds(answer.answer, "842.7亿元")
    assert all(c.report_title.startswith("和平区") for c in answer.citations)


def test_a_figure_of_another_place_never_answers(places: Visitor, daxing: Visitor) -> None:
    answer = places.ask("绿水市2023年地区生产总值是多少")
    assert all(c.report_title.startswith("绿水市") for c in answer.citations), answer.answer
    assert daxing.ask("武侯区上半年固定资产投资是多少").status is Status.REFUSED


PLACES = {
    "district": ("大兴区上半年固投多少", ["大兴区"]),
    "two": ("清河区和海淀区的GDP", ["清河区", "海淀区"]),
    "province without its rank": ("山东去年的粮食产量", ["山东"]),
    "city without its rank": ("青岛的港口吞吐量", ["青岛"]),
    "none in words of every report": ("城区和郊区的老旧小区改造", []),
    "none in a figure": ("固定资产投资完成442.1亿元", []),
}


@pytest.mark.parametrize(("text", "named"), PLACES.values(), ids=PLACES)
def test_places_are_read_from_a_question(text: str, named: list[str]) -> None:
    assert list(named_places(text)) == named


@pytest.fixture(scope="session")
def scope(places: Visitor) -> Scope:
    return places.assistant.scope


def test_regions_are_named_once(scope: Scope) -> None:
    assert set(scope.regions) == {"和平区", "清河区", "绿水市"}


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        pytest.param("清河区的GDP", {"清河区2025年政府工作报告"}, id="the newest of a series"),
        pytest.param("清河区2023年的GDP", {"清河区2024年政府工作报告"}, id="the review of the year"),
        pytest.param(
            "清河区2024年的GDP", {"清河区2024年政府工作报告", "清河区2025年政府工作报告"}, id="the plan and the review"
        ),
        pytest.param("和平区的GDP", {"和平区2025年政府工作报告"}, id="the place"),
    ],
)
def test_the_pool_holds_the_reports_of_place_and_period(places: Visitor, question: str, titles: set[str]) -> None:
    [asked] = places.assistant.understanding.understand(question)
    assert {report.title for report in places.assistant.scope.pool(asked)} == titles


def test_this_year_is_that_of_the_place_s_newest_report(places: Visitor) -> None:
    [asked] = places.assistant.understanding.understand("清河区去年的GDP是多少")
    assert asked.period == Period(2024 * 12, 2024 * 12 + 11)
