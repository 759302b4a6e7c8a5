"""Quantities: numbers with their units, exactly as written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.quantities import numeral, quantities
from ingest.language.units import Dimension, split_unit, unit_dimension, unit_size


def found(text: str) -> list[tuple[str, str, str]]:
    return [(q.text, f"{q.value.normalize():f}", q.unit) for q in quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("固定资产投资完成442.1亿元", [("442.1亿元", "442.1", "亿元")]),
        ("１，０２５．５万元", [("１，０２５．５万元", "1025.5", "万元")]),
        ("党员1.49万余名", [("1.49万余名", "1.49", "万名")]),
        ("公路6000多公里、30多万公里", [("6000多公里", "6000", "公里"), ("30多万公里", "30", "万公里")]),
        ("PM2.5浓度33微克/立方米", [("33微克/立方米", "33", "微克/立方米")]),
        ("劳动生产率94.5万元／人", [("94.5万元／人", "94.5", "万元/人")]),
        ("能力1459万吨/年", [("1459万吨/年", "1459", "万吨/年")]),
        ("产能达55GWh", [("55GWh", "55", "GWh")]),
        ("增长-1.6%", [("-1.6%", "-1.6", "%")]),
        ("开展十八项、两千余名、三个", [("十八项", "18", "项"), ("两千余名", "2000", "名"), ("三个", "3", "个")]),
        ("一万亿元", [("一万亿元", "1000000000000", "元")]),
        ("全市排名第三,居首位", [("第三", "3", "名"), ("首位", "1", "名")]),
        ("从第78位提高到第9位", [("第78位", "78", "名"), ("第9位", "9", "名")]),
        ("三分之一、两成、百分之五、百分之三点五、千分之三", [
            ("三分之一", f"{Decimal(1) / Decimal(3):f}", ""),
            ("两成", "20", "%"),
            ("百分之五", "5", "%"),
            ("百分之三点五", "3.5", "%"),
            ("千分之三", "3", "‰"),
        ]),
        ("收入比为2.6∶1", [("2.6∶1", "2.6", "")]),
        ("翻一番,增长一倍", [("翻一番", "1", "番"), ("一倍", "1", "倍")]),
        ("价格指数为100.7", [("100.7", "100.7", "")]),
        ("综合指数达到849.8点,下降38.6点", [("849.8点", "849.8", "点"), ("38.6点", "38.6", "点")]),
        ("每个县至少建成一所幼儿园", [("一所", "1", "所")]),
        ("时间压减一半", [("一半", "50", "%")]),
        ("新建750千伏电网,装机900千瓦", [("750千伏", "750", "千伏"), ("900千瓦", "900", "千瓦")]),
    ],
)  # fmt: skip
def test_a_number_is_read_with_its_unit(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("提高1.7、2.2个百分点", ["个百分点", "个百分点"]),
        ("5至6亿元", ["亿元", "亿元"]),
        ("分别达1.28万亿、8200亿元", ["万亿元", "亿元"]),
        ("提升31.1个和26.3个百分点", ["个百分点", "个百分点"]),
        ("3、5月份增长5%", ["%"]),
    ],
)
def test_numbers_in_a_row_share_the_unit_of_the_last(text: str, expected: list[str]) -> None:
    assert [q.unit for q in quantities(text)] == expected


def test_the_dash_of_a_range_is_no_sign() -> None:
    assert found("增长6%－6.5%") == [("6%", "6", "%"), ("6.5%", "6.5", "%")]


@pytest.mark.parametrize(
    "text",
    [
        "2022年", "6月份", "15日", "1-5月", "第34届", "第九版", "5.0版", "5G基站", "3D打印", "PM2.5", "T-3",
        "12345热线", "国道105", "“1010”", "8:30", "2、公共财政预算收入", "三次产业", "七次全会", "八项规定",
        "“四个自信”", "三五个", "一批", "一对", "万人诉求量", "摆在首位", "放在第一位", "首位度", "5·18",
        "1.2.3", "12部门", "9点", "三点", "第一、第三产业", "PM_2.5", "5连增", "30万千瓦级机组", "两位数", "三件套",
    ],
)  # fmt: skip
def test_dates_names_and_marks_are_no_quantities(text: str) -> None:
    assert [q.text for q in quantities(text) if q.unit or q.text == text] == []


@pytest.mark.parametrize("text", ["150亿元", "1,150元", "2050", "150.50%", "650万"])
def test_fifty_is_never_found_inside_a_longer_number(text: str) -> None:
    assert Decimal(50) not in [q.value for q in quantities(text)]


@pytest.mark.parametrize("text", ["近100家", "超过100家", "100余家", "不少于100家", "100多家"])
def test_a_rounded_number_says_so(text: str) -> None:
    assert [q.approximate for q in quantities(text)] == [True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.5万元", "15000元"),
        ("2公顷", "20000平方米"),
        ("1万亿元", "10000亿元"),
        ("3公里", "3000米"),
        ("1GWh", "100万千瓦时"),
    ],
)
def test_the_same_amount_in_two_units_has_one_base(one: str, other: str) -> None:
    assert quantities(one)[0].base == quantities(other)[0].base


@pytest.mark.parametrize(
    ("unit", "dimension"),
    [
        ("亿元", Dimension.MONEY),
        ("万平方米", Dimension.AREA),
        ("%", Dimension.PERCENT),
        ("个百分点", Dimension.POINTS),
        ("万吨/年", Dimension.MASS),
        ("万人次", Dimension.COUNT),
        ("名字", Dimension.COUNT),
    ],
)
def test_a_unit_has_a_dimension(unit: str, dimension: Dimension) -> None:
    assert unit_dimension(unit) is dimension


def test_a_unit_is_a_scale_and_a_plain_unit() -> None:
    assert split_unit("亿元") == (Decimal("1e8"), "元")
    assert split_unit("元") == (Decimal(1), "元")
    assert unit_size("万平方米") == 10000


@pytest.mark.parametrize(("text", "value"), [("nan", None), ("Infinity", None), ("", None), ("两千", 2000), ("〇", 0)])
def test_only_numbers_are_numerals(text: str, value: int | None) -> None:
    assert numeral(text) == value


PIECES = st.sampled_from(
    [
        *"一二三十百千万亿两零〇第分之成半翻番年月日个家元亩名位余多至到和、，。；：（）％%|-/~.·0123456789 \n投资增长",
        *("亿元", "百分点", "2022年", "上半年", "1.5", "12,345", "同比", "首位", "GWh"),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


@given(TEXTS)
def test_any_text_is_read_and_every_quantity_is_where_it_says(text: str) -> None:
    end = 0
    for q in quantities(text):
        assert end <= q.start < q.end
        assert text[q.start : q.end] == q.text
        assert q.value.is_finite()
        end = q.end


@given(
    st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False),
    st.sampled_from(["元", "亿元", "万平方米", "%", "个百分点", "家", "万人次", "公里", "吨"]),
)
def test_a_number_written_with_a_unit_is_found_exactly(value: Decimal, unit: str) -> None:
    [q] = quantities(f"全年完成{value}{unit},其他不变")
    assert (q.value, q.unit, q.text) == (value, unit, f"{value}{unit}")
