"""ingest.dates"""

from __future__ import annotations

import pytest

from ingest.dates import find_date, find_year, is_date_line, year_in_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("日期:2022-08-29 15:11", "2022-08-29"),
        ("发布时间：2022年8月29日", "2022-08-29"),
        ("2022/8/9", "2022-08-09"),
        ("（2013年3月20日）", "2013-03-20"),
        ("——二〇二六年一月二十七日在甘肃省", "2026-01-27"),
        ("二○二二年十二月三十一日", "2022-12-31"),
        ("二〇二二年十月十日", "2022-10-10"),
        ("2022 年 8 月 29 日", "2022-08-29"),
    ],
)
def test_dates_are_found_as_they_are_written(text: str, expected: str) -> None:
    found = find_date(text)
    assert found
    assert found[0] == expected


@pytest.mark.parametrize("text", ["2022年2月30日", "2022年", "编号12022-08-29", "十月一日", "442.1.2"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("（2013年3月20日）", True), ("2013-03-20 15:11", True), ("到2013年3月20日", False)]
)
def test_a_date_line_holds_nothing_else(text: str, expected: bool) -> None:
    assert is_date_line(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("北京市2026年政府工作报告", "2026"), ("二〇二二年工作总结", "2022"), ("第14届", ""), ("规划（草案）", "")],
)
def test_the_first_year_of_a_title(text: str, expected: str) -> None:
    assert find_year(text) == expected


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("h1_2016_大庆市上半年经济运行情况分析", "2016"),
        ("y2014_农村经济", "2014"),
        ("2022年总结_2022", "2022"),
        ("2021年总结和2022年计划", ""),
        ("20220829报告", ""),
        ("文号1234", ""),
    ],
)
def test_the_name_of_a_file_has_a_year_if_it_has_exactly_one(name: str, year: str) -> None:
    assert year_in_name(name) == year
