"""The figures of real reports, found by filters."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.catalogue import Catalogue, Entry
from assistant.selection import Selection, SelectionError
from tests.assistant.samples import Visitor
from tests.assistant.web.fakes import make_figure, make_report


@pytest.fixture(scope="module")
def catalogue(places: Visitor) -> Catalogue:
    return Catalogue(places.assistant.index.reports)


def found(catalogue: Catalogue, **filters: str) -> list[tuple[str, str, str, str]]:
    entries = catalogue.find(Selection.read(filters))
    return [(e.figure.region, e.figure.period, e.figure.text, e.figure.status) for e in entries]


def test_an_alias_finds_its_indicator_in_the_order_of_time(catalogue: Catalogue) -> None:
    assert found(catalogue, indicator="gdp", region="清河区", aspect="同比") == [
        ("清河区", "2023年", "5.1%", "完成"),
        ("清河区", "2024年", "5.5%", "计划"),
        ("清河区", "2024年", "5.6%", "完成"),
        ("清河区", "2025年", "5%", "计划"),
    ]


def test_regions_are_named_with_or_without_their_rank(catalogue: Catalogue) -> None:
    with_rank = found(catalogue, region="绿水市、和平区")
    assert with_rank == found(catalogue, region="绿水 和平")
    assert {region for region, *_ in with_rank} == {"绿水市", "和平区"}
    assert found(catalogue, region="水") == []


def test_every_filter_must_hold(catalogue: Catalogue) -> None:
    whole = found(catalogue, region="清河", period="2024", status="计划", q="新增就业")
    assert whole
    assert {(region, period, status) for region, period, _, status in whole} == {("清河区", "2024年", "计划")}


def test_no_filter_finds_all_in_the_order_of_the_reports(catalogue: Catalogue) -> None:
    everything = catalogue.find(Selection())
    assert [e.figure for e in everything] == [f for report in catalogue.reports for f in report.figures]


def test_an_indicator_that_is_none_finds_those_whose_names_contain_it(catalogue: Catalogue) -> None:
    assert catalogue.indicators_of("老旧小区") == {"老旧小区改造"}
    assert catalogue.indicators_of("新增") == {name for name in catalogue.by_indicator if "新增" in name}
    assert catalogue.indicators_of("国内生产总值") == {"地区生产总值"}
    assert found(catalogue, indicator="财政收入") == []  # an indicator of the lexicon that these reports lack


def test_indicators_of_similar_names_are_offered() -> None:
    report = make_report()
    names = ("地区生产总值", "人均地区生产总值", "固定资产投资")
    catalogue = Catalogue([replace(report, figures=tuple(make_figure(report, name) for name in names))])
    assert catalogue.near("GDP") == ["人均地区生产总值"]
    assert catalogue.near("投资") == []  # what is found already is not offered


def test_words_must_stand_in_the_sentence_of_the_figure_or_in_what_it_is_of(catalogue: Catalogue) -> None:
    for entry in catalogue.find(Selection.read({"q": "口袋公园 老旧小区"})):
        assert "口袋公园" in entry.quote
        assert "老旧小区" in entry.quote
    assert found(catalogue, q="清河区 失业率") == found(catalogue, q="失业率", region="清河区")
    assert found(catalogue, q="口袋公园 失业率") == []  # in one report, not in one sentence


def test_a_report_by_its_number(catalogue: Catalogue) -> None:
    report = catalogue.reports[0]
    assert len(found(catalogue, report=report.id)) == len(report.figures)
    with pytest.raises(SelectionError, match="没有编号为“none”的报告"):
        catalogue.find(Selection.read({"report": "none"}))


def test_the_sentence_of_every_figure_contains_it(catalogue: Catalogue) -> None:
    for entry in catalogue.entries:
        assert entry.start <= entry.figure.start < entry.figure.end <= entry.end
        assert entry.report.text[entry.start : entry.end] == entry.quote
        assert entry.quote in entry.passage.text


def test_a_link_marks_the_sentence() -> None:
    report = make_report()
    entry = Entry(report, report.passages[0], make_figure(report, "固定资产投资"))
    assert entry.quote == "上半年,固定资产投资完成442.1亿元,同比增长12.5%,排名全市第三。"
    assert entry.link == f"/reports/{report.id}?start={entry.start}&end={entry.end}#p5"


def test_a_fall_is_written_with_its_sign() -> None:
    report = make_report()
    figure = replace(make_figure(report, "社会消费品零售总额", "同比", "4.6%"), value=Decimal("-4.6"))
    assert Entry(report, report.passages[0], figure).written == "-4.6%"
