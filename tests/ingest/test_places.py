"""ingest.places"""

from __future__ import annotations

import pytest

from ingest.places import find_region, frequent_region


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告", "大兴区"),
        ("北京市2026年政府工作报告", "北京市"),
        ("北京市大兴区2022年政府工作报告", "大兴区"),
        ("2012年黑龙江省大庆市国民经济和社会发展统计公报", "大庆市"),
        ("内蒙古自治区2026年政府工作报告", "内蒙古自治区"),
        ("新疆维吾尔自治区政府工作报告", "新疆维吾尔自治区"),
        ("关于印发日照市“十四五”规划的通知", "日照市"),
        ("延边朝鲜族自治州2022年统计公报", "延边朝鲜族自治州"),
        ("2022年浦东新区经济运行情况", "浦东新区"),
        ("2026年云南政府工作报告", "云南省"),
        ("国务院关于数字经济发展情况的报告", "全国"),
        ("——二〇二六年一月二十七日在甘肃省十四届人民代表大会第四次会议上", "甘肃省"),
        ("柳溪镇2025年度工作总结和2026年工作安排", "柳溪镇"),
        ("关于青陵县安宁街道2025年工作情况的报告", "安宁街道"),
        ("上半年全市经济运行情况", ""),
        ("乡镇2025年工作要点", ""),
        ("示范区建设情况", ""),
        ("资本市场运行报告", ""),
    ],
)
def test_the_region_of_a_title(text: str, expected: str) -> None:
    assert find_region(text) == expected


def test_the_first_text_that_names_a_region_decides() -> None:
    assert find_region("政府工作报告", "在北京市第十六届人民代表大会", "大兴区") == "北京市"


def test_a_region_named_once_is_not_frequent() -> None:
    assert frequent_region("赴大庆市考察。") == ""
    assert frequent_region("大庆市增长。全市下降。大庆市提高。") == "大庆市"
