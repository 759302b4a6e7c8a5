"""Scopes: of which part of the region a number is, and against what it is seen."""

from __future__ import annotations

import pytest

from ingest.figures import extract_figures
from ingest.language.aspects import Aspect
from ingest.scopes import bare_scope, frame_in, holder_in, scope_in, without_scope
from tests.ingest.reports import report_of


def scopes(text: str) -> list[str]:
    return [figure.scope for figure in extract_figures(report_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大兴经开区，新增企业23家，引进项目5个。新设企业9家。", ["大兴经开区", "大兴经开区", ""]),
        ("生物医药基地，扩区控规获得批复，14条道路启动建设；项目封顶2个。", ["生物医药基地"] * 2),
        ("临空区新增企业532家，同比增长5%，新设医院3家。", ["临空区", "临空区", ""]),
        (
            "“服务包”企业累计形成地方级财政收入49.63亿元，同比增长61%，全市排名第一。",
            ["“服务包”企业", "“服务包”企业", "全市"],
        ),
        ("储备经开区协同资金项目50个。", [""]),
        ("加快推进临空区安置房等61个在建项目。", [""]),
        ("完成投资158亿元，完成比例在城南四区中排名第一。", ["", "城南四区"]),
        ("全区民营经济增加值占地区生产总值比重达62.5%。", [""]),
        ("系列产品全国市场占比超50%。", ["全国"]),
    ],
)
def test_a_place_reaches_as_far_as_it_is_meant_to(text: str, expected: list[str]) -> None:
    assert scopes(text) == expected


def test_an_indicator_does_not_repeat_its_scope() -> None:
    [figure] = extract_figures(report_of("临空区（自贸区）新增企业532家"))
    assert (figure.scope, figure.indicator) == ("临空区", "新增企业")
    assert without_scope("临空区企业", "基地") == "临空区企业"
    assert without_scope("临空区经济总量", "临空区") == "临空区经济总量"


@pytest.mark.parametrize(("text", "scope"), [("大兴经开区", "大兴经开区"), ("建设大兴经开区", ""), ("基地", "")])
def test_a_bare_scope_is_nothing_but_a_place(text: str, scope: str) -> None:
    assert bare_scope(text) == scope


def test_a_clause_may_open_with_a_place_or_a_holder() -> None:
    assert scope_in("其中临空区新增5家") == "临空区"
    assert scope_in("编制示范区规划5个") == ""
    assert holder_in("民营企业实现税收收入5亿元", "税收收入") == "民营企业"
    assert holder_in("全区实现税收收入5亿元", "税收收入") == ""


def test_only_what_compares_is_seen_against_something() -> None:
    assert frame_in("占全国", Aspect.SHARE) == "全国"
    assert frame_in("占全国", Aspect.VALUE) == ""
    assert frame_in("在全市考核中排名", Aspect.RANK) == "全市"


def test_the_account_of_a_level_is_its_own_with_its_parts() -> None:
    text = "全市政府性基金预算收入143亿元。市级政府性基金预算收入59亿元。其中,土地出让收入40亿元。全市债务余额9亿元。"
    assert scopes(text) == ["", "市级", "市级", ""]
