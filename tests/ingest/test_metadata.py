"""Front matter and side-car files: what an editor states about a report."""

from __future__ import annotations

import pytest

from ingest.formats.frontmatter import split_front_matter
from ingest.metadata import Metadata, merge
from ingest.report import IngestError
from ingest.sidecar import parse_sidecar


def test_a_side_car_file_states_all_fields() -> None:
    content = """
title = "半年报告"
issuer = "大兴区发展和改革委员会"
region = "大兴区"
published = 2022-08-29
period = "2022上半年"
kind = "计划执行情况"
url = "https://www.example.gov.cn/a.html"
"""
    found = parse_sidecar(content.encode(), "a.pdf.toml")
    assert found.published == "2022-08-29"
    assert (found.title, found.period, found.url) == ("半年报告", "2022上半年", "https://www.example.gov.cn/a.html")


@pytest.mark.parametrize("period", ["2022年", "2022上半年", "2022年1-5月", "2021-2025年", "上半年", "1-5月"])
def test_a_period_may_be_stated_with_its_year_or_without(period: str) -> None:
    assert parse_sidecar(f'period = "{period}"'.encode(), "a.pdf.toml").period == period


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('titel = "半年报告"', "titel"),
        ("title = 3", "title"),
        ('published = "2022年8月29日"', "published"),
        ('published = "2022-02-30"', "published"),
        ('period = "近年"', "period"),
        ('url = "javascript:alert(1)"', "url"),
        ("title = 半年", "TOML"),
    ],
)
def test_a_wrong_entry_is_named_with_what_is_allowed(content: str, named: str) -> None:
    with pytest.raises(IngestError, match=r"a\.pdf\.toml") as caught:
        parse_sidecar(content.encode(), "a.pdf.toml")
    assert named in str(caught.value)


def test_a_side_car_file_in_another_encoding_is_refused() -> None:
    with pytest.raises(IngestError, match="UTF-8"):
        parse_sidecar('title = "半年报告"'.encode("gb18030"), "a.txt.toml")


@pytest.mark.parametrize(
    "period", ["2022年", "2022上半年", "2022一季度", "2022前三季度", "2022年1-5月", "2022年6月", "2021-2025年"]
)
def test_every_canonical_period_may_be_stated(period: str) -> None:
    assert parse_sidecar(f'period = "{period}"'.encode(), "a.toml").period == period


def test_front_matter_is_no_part_of_the_text() -> None:
    found, text = split_front_matter('---\ntitle: 半年报告\npublished: "2022-08"\n# 注释\n---\n正文\n')
    assert (found.title, found.published, text) == ("半年报告", "2022-08", "正文\n")


def test_front_matter_may_be_toml() -> None:
    found, text = split_front_matter('+++\ntitle = "半年报告"\n+++\n正文')
    assert (found.title, text) == ("半年报告", "正文")


@pytest.mark.parametrize(
    "text", ["---\n正文没有冒号\n---\n更多", "---\ntitle: 没有结束", "正文\n---\n", "---\n---\n正文", "---"]
)
def test_rules_in_a_text_are_not_front_matter(text: str) -> None:
    assert split_front_matter(text) == (Metadata(), text)


def test_an_unknown_key_in_front_matter_is_named() -> None:
    with pytest.raises(IngestError, match="layout"):
        split_front_matter("---\nlayout: post\n---\n正文")


def test_earlier_layers_come_first() -> None:
    assert merge(Metadata(title="甲"), Metadata(title="乙", region="丙")) == Metadata(title="甲", region="丙")
