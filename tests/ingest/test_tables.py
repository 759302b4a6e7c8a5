"""Tables: numbers of rows, with what the head, the row and the caption say of them."""

from __future__ import annotations

import pytest

from ingest.figures import extract_figures
from ingest.report import Figure
from tests.ingest.reports import report_of


def figures(*lines: str) -> list[tuple[str, str, str, str, str]]:
    def row(f: Figure) -> tuple[str, str, str, str, str]:
        return f.indicator, f.aspect, f"{f.value.normalize():f}", f.unit, f.period

    return [row(f) for f in extract_figures(report_of(*lines, period="2012年", published="2013-03-20"))]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("2011年地区生产总值", "单位：亿元", "指标 | 指标值 | | 同比增长（±%）", "第一产业 | 153.6 | | 11.0 | |"),
            [
                ("第一产业增加值", "数值", "153.6", "亿元", "2011年"),
                ("第一产业增加值", "同比", "11", "%", "2011年"),
            ],
        ),
        (
            ("指标名称 | 产量（万吨） | 同比增长（±%）", "#水稻 | 79.4 | | -17.5 |"),
            [("水稻产量", "数值", "79.4", "万吨", "2012年"), ("水稻产量", "同比", "-17.5", "%", "2012年")],
        ),
        (
            ("产品 | 单位 | 产量 | 增长(%)", "原油 | 万吨 | 4000.0 | 持平", "发电量 | 亿千瓦时 | 96.9 | 2.5"),
            [
                ("原油产量", "数值", "4000", "万吨", "2012年"),
                ("发电量", "数值", "96.9", "亿千瓦时", "2012年"),
                ("发电量", "同比", "2.5", "%", "2012年"),
            ],
        ),
        (
            ("指标 | 指标值", "期末存栏 | ", "猪（万头） | 171.5", "#母猪 | 20.1", "期末出栏 | ", "羊（万只） | 9.5"),
            [
                ("猪存栏", "数值", "171.5", "万头", "2012年"),
                ("母猪存栏", "数值", "20.1", "万头", "2012年"),
                ("羊出栏", "数值", "9.5", "万只", "2012年"),
            ],
        ),
        (
            ("单位：亿元", "指标 | 12月末 | 比年初增加额", "存款余额 | 1970.6 | 266.0"),
            [("存款余额", "数值", "1970.6", "亿元", "2012年12月"), ("存款余额", "同比", "266", "亿元", "2012年")],
        ),
        (
            ("指标 | 2011年 | 2012年 | 比重(%)", "男性 | 140.1 | 140.9 | 50.0"),
            [
                ("男性", "数值", "140.1", "", "2011年"),
                ("男性", "数值", "140.9", "", "2012年"),
                ("男性", "占比", "50", "%", "2012年"),
            ],
        ),
        (
            ("指标 | 数值 | 同比", "固定资产投资 | 442.1亿元 | 0.6%"),
            [("固定资产投资", "数值", "442.1", "亿元", "2012年"), ("固定资产投资", "同比", "0.6", "%", "2012年")],
        ),
    ],
)
def test_a_number_of_a_table_has_the_name_of_its_row_and_the_sense_of_its_column(
    lines: tuple[str, ...], expected: list[tuple[str, str, str, str, str]]
) -> None:
    assert figures(*lines) == expected


def test_each_table_has_its_own_head() -> None:
    first = ("单位：亿元", "指标 | 指标值", "工业 | 5.0")
    second = ("名称 | 产量（吨）", "茶叶 | 7.0")
    found = figures(*first, "这是一段文字。", *second)
    assert [(name, unit) for name, _, _, unit, _ in found] == [("工业", "亿元"), ("茶叶产量", "吨")]


@pytest.mark.parametrize("line", ["|", " | ", "| | |", "1 | 2 | 3", "a | 1 | b", "甲 | 1.5亿元 | 乙 | -", " | 5"])
def test_a_broken_table_does_not_stop_the_reading(line: str) -> None:
    figures("表头 | 数值", line, line)
    figures(line)
