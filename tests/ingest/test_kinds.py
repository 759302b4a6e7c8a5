"""ingest.kinds"""

from __future__ import annotations

import pytest

from ingest.kinds import _KINDS, kind_of, period_of


@pytest.mark.parametrize(("kind", "sample"), [(kind, sample) for kind, _, sample in _KINDS])
def test_every_kind_recognizes_its_sample(kind: str, sample: str) -> None:
    assert kind_of(sample) == kind


def test_a_title_of_no_known_kind() -> None:
    assert kind_of("大兴西瓜节开幕") == ""


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告", "2022上半年"),
        ("北京市2026年政府工作报告", "2025年"),
        ("2012年大庆市国民经济和社会发展统计公报", "2012年"),
        ("大庆市农村经济在新常态下稳步发展（2014年）", "2014年"),
        ("2022年前三季度经济运行情况", "2022前三季度"),
        ("2022年1—3季度经济运行情况", "2022前三季度"),
        ("2022年第一季度经济运行情况", "2022一季度"),
        ("二〇二二年1-5月经济运行情况", "2022年1-5月"),
        ("2022年6月份经济运行情况", "2022年6月"),
        ("山东省“十四五”教育事业发展规划", "2021-2025年"),
        ("国民经济和社会发展第十三个五年规划纲要", "2016-2020年"),
        ("教育发展规划（2021—2025年）", "2021-2025年"),
        ("2021年计划执行情况与2022年计划草案的报告", "2021年"),
        ("大庆市上半年全市经济运行情况分析", "上半年"),
    ],
)
def test_the_period_of_a_title(title: str, expected: str) -> None:
    assert period_of(title, kind_of(title)) == expected


def test_a_title_without_a_year_takes_it_from_the_text_or_the_publication() -> None:
    title = "上半年经济运行情况分析"
    assert period_of(title, "经济运行分析", "", "2016年上半年，全市增长2%。") == "2016上半年"
    assert period_of(title, "经济运行分析", "2016-07-28") == "2016上半年"
    assert period_of(title, "经济运行分析", "2016-03-28") == ""
    assert period_of(title, "经济运行分析", "", "2016年上半年增长，2015年上半年下降。") == "上半年"


def test_a_work_report_without_a_year_takes_it_from_its_delivery() -> None:
    assert period_of("政府工作报告", "政府工作报告", "2022-03-05") == "2021年"
