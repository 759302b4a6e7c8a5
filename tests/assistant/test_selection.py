"""Filters over figures, as people type them."""

from __future__ import annotations

import dataclasses

import pytest

from assistant.selection import NAMES, VALUE_LIMIT, Selection, SelectionError
from ingest.language.periods import parse_label


def test_every_filter_has_a_name() -> None:
    assert [field.name for field in dataclasses.fields(Selection)] == list(NAMES)


def test_empty_filters_select_everything() -> None:
    assert Selection.read({"region": "", "aspect": " ", "q": "　"}) == Selection()


@pytest.mark.parametrize("text", ["山东省、广东", "山东省,广东", "山东省 广东", "山东省;广东;山东省"])
def test_several_regions(text: str) -> None:
    assert Selection.read({"region": text}).region == ("山东省", "广东")


@pytest.mark.parametrize(
    ("asked", "inside", "outside"),
    [
        ("2017", ["2017年", "2017一季度", "2017年3月"], ["2016年", "2013-2017年"]),
        ("2017年", ["2017年"], ["2017一季度"]),
        ("2013-2017", ["2013年", "2015上半年", "2013-2017年"], ["2012年", "2013-2018年"]),
        ("2013至2017", ["2013年"], ["2018年"]),
        ("２０１７", ["2017年"], ["2018年"]),
        ("2013-2017年", ["2013-2017年"], ["2013年"]),
        ("2022上半年", ["2022上半年"], ["2022年", "2022一季度"]),
        ("2022年上半年", ["2022上半年"], ["2022年"]),
        ("2022年1-5月", ["2022年1-5月"], ["2022年5月"]),
        ("十四五", ["2021-2025年"], ["2021年"]),
    ],
)
def test_periods(asked: str, inside: list[str], outside: list[str]) -> None:
    span = Selection.read({"period": asked}).period
    assert span
    for label, held in [*((label, True) for label in inside), *((label, False) for label in outside)]:
        period = parse_label(label)
        assert period
        assert span.holds(period) is held


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("period", "近年", "时期“近年”无法识别"),
        ("period", "2017-2013", "时期“2017-2013”无法识别"),
        ("period", "上半年", "时期“上半年”无法识别"),
        ("aspect", "增速", "可用的有:数值、同比"),
        ("status", "已完成", "可用的有:完成、计划、预计"),
        ("regoin", "山东", "没有“regoin”这个条件。可用的有:region"),
        ("q", "问" * (VALUE_LIMIT + 1), f"请控制在 {VALUE_LIMIT} 字以内"),
    ],
)
def test_what_has_no_meaning_is_named(name: str, value: str, said: str) -> None:
    with pytest.raises(SelectionError, match=said) as caught:
        Selection.read({name: value})
    assert caught.value.name == name
