"""Whose figures are asked: a country's own, or those of a place here that deals with it."""

from __future__ import annotations

import pytest

from assistant.abroad import countries_asked_of
from assistant.answer import Status
from tests.assistant.samples import Visitor

OWN = {
    "美国2025年GDP": ["美国"],
    "2024年日本的人口是多少": ["日本"],
    "中国和印度GDP哪个高": ["印度"],
    "几内亚比绍的人口": ["几内亚比绍"],
}
DEALT_WITH = (
    "对美国出口额多少",
    "美国进口多少",
    "日本企业有多少家",
    "接待韩国游客多少人次",
    "2025年德国投资项目几个",
    "内蒙古GDP多少",
    "巴林左旗GDP多少",
)


@pytest.mark.parametrize(("text", "countries"), OWN.items())
def test_the_country_whose_figure_is_asked(text: str, countries: list[str]) -> None:
    assert list(countries_asked_of(text)) == countries


@pytest.mark.parametrize("text", DEALT_WITH)
def test_a_country_that_a_place_deals_with_is_not_asked_of(text: str) -> None:
    assert list(countries_asked_of(text)) == []


@pytest.mark.parametrize("place", ["美国", "香港", "台湾"])
def test_a_place_without_a_report_is_refused_by_name_with_the_same_of_places_that_have_one(
    places: Visitor, place: str
) -> None:
    answer = places.ask(f"{place}2024年GDP是多少")
    assert answer.status is Status.REFUSED
    assert f"“{place}”" in answer.answer
    assert answer.suggestions
    assert all("地区生产总值" in suggestion for suggestion in answer.suggestions)
