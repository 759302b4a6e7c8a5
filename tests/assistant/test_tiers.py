"""A place and the one that it lies in: the figures of one are never given for the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.answer import Status
from assistant.pipeline import Assistant
from tests.assistant.samples import LOOK_ALIKES, Visitor, holds
from vectorstore import BUNDLED, build_index, open_index

_DISTRICT, _CITY, _OTHER = (
    LOOK_ALIKES["qinghe-2025.txt"],
    LOOK_ALIKES["lvshui-2025.txt"],
    LOOK_ALIKES["heping-2025.txt"],
)


@pytest.fixture(scope="module")
def tiers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A visitor of the reports of 大兴区, of 北京市 and of 重庆市."""
    folder, data = tmp_path_factory.mktemp("tiers"), tmp_path_factory.mktemp("data")
    reports = [replace(_DISTRICT, place="大兴区"), replace(_CITY, place="北京市"), replace(_OTHER, place="重庆市")]
    for number, report in enumerate(reports):
        (folder / f"{number}.txt").write_text(report.text(), encoding="utf-8")
    assert not build_index([folder], data, BUNDLED).failures
    index = open_index(data, BUNDLED)
    yield Visitor(Assistant(index))
    index.close()


UPPER = {
    "province": ("2022年上半年北京市固定资产投资完成多少", "北京市"),
    "province without its rank": ("北京固定资产投资增长多少", "北京"),
}


@pytest.mark.parametrize(("question", "named"), UPPER.values(), ids=UPPER)
def test_a_district_s_figures_are_not_its_city_s(daxing: Visitor, question: str, named: str) -> None:
    answer = daxing.ask(question)
    assert answer.status is Status.REFUSED, answer.answer
    assert f"“{named}”的相关内容,只有其中大兴区的报告" in answer.answer
    assert answer.suggestions


OF_THE_DISTRICT = {
    "with its city before it": ("北京市大兴区上半年固定资产投资完成多少", "442.1亿元"),
    "with its city's short name": ("北京大兴上半年固定资产投资完成多少", "442.1亿元"),
    "its rank in the city": ("大兴区固定资产投资总量在北京市排第几", "第三"),
    "its rank among all": ("上半年固定资产投资全市排名第几", "第三"),
    "the whole district": ("全区上半年固定资产投资完成多少", "442.1亿元"),
}


@pytest.mark.parametrize(("question", "fragment"), OF_THE_DISTRICT.values(), ids=OF_THE_DISTRICT)
def test_the_city_is_only_where_the_district_lies(daxing: Visitor, question: str, fragment: str) -> None:
    answer = daxing.ask(question)
    assert answer.status is Status.ANSWERED, answer.answer
    assert holds(answer.answer, fragment), answer.answer


def test_without_a_report_of_a_district_that_of_its_city_is_named(tiers: Visitor) -> None:
    answer = tiers.ask("万州区2024年地区生产总值是多少")
    assert answer.status is Status.REFUSED
    assert "只有它所在的重庆市的报告" in answer.answer
    assert answer.suggestions
    assert all(question.startswith("重庆市") for question in answer.suggestions)


CHOSEN = {
    "city": ("北京市2024年地区生产总值是多少", "1250.6亿元"),
    "district": ("大兴区2024年地区生产总值是多少", "1248.3亿元"),
    "district under its city": ("北京市大兴区2024年地区生产总值是多少", "1248.3亿元"),
}


@pytest.mark.parametrize(("question", "fragment"), CHOSEN.values(), ids=CHOSEN)
def test_of_both_the_one_asked_for_answers(tiers: Visitor, question: str, fragment: str) -> None:
    answer = tiers.ask(question)
    assert answer.status is Status.ANSWERED, answer.answer
    assert holds(answer.answer, fragment), answer.answer
    assert len({citation.report_id for citation in answer.citations}) == 1


def test_all_of_the_city_is_no_district(tiers: Visitor) -> None:
    assert "大兴区" not in tiers.ask("全市2024年地区生产总值是多少").answer


def test_a_district_s_figure_is_given_as_no_more_than_that_when_all_of_the_city_is_asked_for(daxing: Visitor) -> None:
    answer = daxing.ask("全市固定资产投资增长多少")
    assert answer.status is Status.REFUSED
    assert "没有给出北京市的固定资产投资,只有其中大兴区的" in answer.answer


def test_what_the_district_tells_of_the_city_is_still_worked_out(daxing: Visitor) -> None:
    answer = daxing.ask("全市社会消费品零售额同比增速是多少")
    assert answer.status is Status.ANSWERED
    assert answer.calculation is not None
    assert "全市" in answer.answer
