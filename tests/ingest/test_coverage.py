"""ingest.coverage"""

from __future__ import annotations

import pytest

from ingest.coverage import coverage, labels
from ingest.kinds import kind_of, period_of
from ingest.report import Report, Section


def _report(title: str, published: str, headings: tuple[str, ...]) -> Report:
    kind = kind_of(title)
    below = [Section(2, "2030年展望目标", 0, 0, 0)] if headings else []
    sections = (*(Section(1, heading, 0, 0, 0) for heading in headings), *below)
    return Report("", title, "", "", published, period_of(title, kind, published), kind, "", "", "", sections=sections)


@pytest.mark.parametrize(
    ("title", "published", "headings", "reviewed", "planned"),
    [
        ("甲省2024年政府工作报告", "", ("一、2023年工作回顾", "二、2024年重点工作"), "2023年", "2024年"),
        ("甲省2024年政府工作报告", "2024-01-20", ("一、过去一年",), "2023年", "2024年"),
        (
            "2018年甲市政府工作报告",
            "2018-01-20",
            ("一、过去五年工作回顾", "二、今年政府工作的建议"),
            "2017年、2013-2017年",
            "2018年",
        ),
        (
            "甲省2021年政府工作报告",
            "",
            ("一、2020年和“十三五”时期工作回顾", "二、“十四五”时期主要目标任务", "三、关于2021年工作"),
            "2020年、2016-2020年",
            "2021年、2021-2025年",
        ),
        (
            "甲省2021年政府工作报告",
            "",
            ("一、“十三五”时期发展成就和“十四五”时期主要目标任务",),
            "2020年、2016-2020年",
            "2021年、2021-2025年",
        ),
        (
            "2006年政府工作报告",
            "",
            ("一、去年工作回顾", "二、关于《国民经济和社会发展第十一个五年规划纲要（草案）》的说明"),
            "2005年",
            "2006年、2006-2010年",
        ),
        (
            "关于甲市2021年国民经济和社会发展计划执行情况与2022年国民经济和社会发展计划草案的报告",
            "2022-01-10",
            (),
            "2021年",
            "2022年",
        ),
        (
            "关于甲区2022年国民经济和社会发展计划上半年执行情况的报告",
            "2022-08-29",
            ("一、上半年计划执行情况", "二、下半年工作措施"),
            "2022上半年",
            "2022下半年、2022年",
        ),
        ("甲市2023年一季度经济运行分析", "", ("一、运行情况", "二、下一步工作安排"), "2023一季度", "2023年4-12月"),
        ("甲市2023年一季度经济运行分析", "", ("一、农业", "二、工业"), "2023一季度", ""),
        ("甲市2023年国民经济和社会发展统计公报", "2024-03-01", ("一、综合",), "2023年", ""),
        ("甲市2022年工作总结和2023年工作计划", "", (), "2022年", "2023年"),
        ("甲市2023年一季度经济运行分析", "", ("一、回顾2022年工作", "二、成绩"), "2022年、2023一季度", ""),
        ("甲省“十四五”教育发展规划", "", ("一、“十三五”发展回顾",), "2016-2020年", "2021-2025年"),
        ("甲省国民经济和社会发展第十四个五年规划和2035年远景目标纲要", "", (), "", "2021-2025年、2035年"),
        ("关于某项工作的说明", "", (), "", ""),
    ],
)
def test_what_a_report_reviews_and_plans(
    title: str, published: str, headings: tuple[str, ...], reviewed: str, planned: str
) -> None:
    found = coverage(_report(title, published, headings))
    assert (labels(found.reviewed), labels(found.planned)) == (reviewed, planned)
