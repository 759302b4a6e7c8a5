"""ingest.outline: headings and the sections under them."""

from __future__ import annotations

import pytest

from ingest.formats.document import Line, compose
from ingest.outline import Outline, numbering, outline

PARAGRAPH = (
    "上半年，固定资产投资完成442.1亿元，总量全市排名第三，完成全年任务55.3%，同比增长0.6%，其中建安投资完成161.8亿元。"
)


def tree(*lines: str | Line) -> Outline:
    return outline(compose(line if isinstance(line, Line) else Line(line) for line in lines), ())


def levels(found: Outline) -> list[tuple[int, str]]:
    return [(section.level, section.title) for section in found.sections]


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("第一篇 总论", 0),
        ("第一章 总则", 1),
        ("第二部分：主要任务", 1),
        ("第三节 发展环境", 2),
        ("一、上半年计划执行情况", 3),
        ("十一、 工作", 3),
        ("（二）经济", 4),
        ("(十二)经济", 4),
        ("1.海洋", 5),
        ("12、海洋", 5),
        ("（1）监测", 6),
        ("①监测", 7),
    ],
)
def test_every_way_of_numbering_has_its_rank(line: str, style: int) -> None:
    found = numbering(line)
    assert found
    assert found[0] == style


@pytest.mark.parametrize("line", ["2.5亿元", "一是粮食", "1-5月份", "第三产业增长", "一、", "2022年"])
def test_what_only_looks_like_a_number_is_none(line: str) -> None:
    assert numbering(line) is None


def test_sections_nest_and_hold_what_follows_them() -> None:
    found = tree("一、上半年", "（一）经济", PARAGRAPH, "（二）社会", PARAGRAPH, "二、下半年", PARAGRAPH)
    assert levels(found) == [(1, "一、上半年"), (2, "（一）经济"), (2, "（二）社会"), (1, "二、下半年")]
    assert found.paths[4] == ("一、上半年", "（二）社会")
    assert found.paths[6] == ("二、下半年",)
    assert found.plain == (2, 4, 6)


def test_a_section_stops_where_the_next_one_begins() -> None:
    found = tree("一、上半年", PARAGRAPH, "二、下半年", PARAGRAPH)
    assert found.sections[0].stop == found.sections[1].start
    assert found.sections[1].stop == len("\n".join(["一、上半年", PARAGRAPH, "二、下半年", PARAGRAPH]))


def test_levels_close_up_where_a_style_is_left_out() -> None:
    assert levels(tree("一、工业", "1.产值", PARAGRAPH)) == [(1, "一、工业"), (2, "1.产值")]


def test_chapters_stand_above_numbered_headings() -> None:
    found = tree("第一章 总论", "第一节 环境", "一、基础", PARAGRAPH, "第二章 任务", PARAGRAPH)
    assert [level for level, _ in levels(found)] == [1, 2, 3, 1]


def test_a_numbered_heading_may_end_with_a_full_stop() -> None:
    assert levels(tree("（三）地方工业支撑作用突出。", PARAGRAPH)) == [(1, "（三）地方工业支撑作用突出。")]


@pytest.mark.parametrize(
    "line",
    ["2、政府性基金收入完成3.1亿元，同比下降5%。", "（一）工业。产值增长3%。", "一、" + "长" * 80, "1.实现增长；"],
)
def test_a_numbered_paragraph_is_no_heading(line: str) -> None:
    assert tree(line, PARAGRAPH).plain == (0, 1)


def test_a_numbered_paragraph_ends_the_section_before_it() -> None:
    found = tree("一、工作", "（一）经济", PARAGRAPH, "（二）数字产业创新。" + PARAGRAPH, PARAGRAPH)
    assert found.paths[3] == ("一、工作",)
    assert found.paths[4] == ("一、工作",)


def test_short_numbered_lines_below_one_another_are_a_list() -> None:
    found = tree("一、任务", "1.实现城镇新增就业18万人", "2.新建学校3所", "3.改造小区20个", PARAGRAPH)
    assert found.plain == (1, 2, 3, 4)


def test_unnumbered_parts_before_the_first_number_are_the_highest_level() -> None:
    found = tree("各位代表：", "“十四五”时期工作回顾", PARAGRAPH, "2026年重点工作", "（一）消费", PARAGRAPH)
    assert levels(found) == [(1, "“十四五”时期工作回顾"), (1, "2026年重点工作"), (2, "（一）消费")]


def test_a_caption_of_a_table_is_no_heading() -> None:
    found = tree("一、综合", PARAGRAPH, "2012年地区生产总值", "单位：亿元", Line("指标 | 数值", row=True), PARAGRAPH)
    assert found.plain == (1, 2, 3, 4, 5)


def test_sentences_on_their_own_lines_name_the_one_paragraph_below() -> None:
    lines = [line for name in ("生态", "经济", "民生") for line in (f"{name}底色更加亮丽。", PARAGRAPH)]
    found = tree("一、回顾", *lines, PARAGRAPH)
    assert found.paths[2] == ("一、回顾", "生态底色更加亮丽。")
    assert found.paths[7] == ("一、回顾",)


def test_one_short_sentence_is_a_paragraph() -> None:
    assert tree("一、回顾", "生态底色更加亮丽。", PARAGRAPH).plain == (1, 2)


def test_stated_levels_are_kept_and_numbers_find_their_place_among_them() -> None:
    found = tree("一、总体", Line("（一）经济", 2), "1.投资", PARAGRAPH, Line("（二）社会", 2), PARAGRAPH)
    assert levels(found) == [(1, "一、总体"), (2, "（一）经济"), (3, "1.投资"), (2, "（二）社会")]


def test_heading_without_number_keeps_its_level() -> None:
    found = tree(Line("概述", 1), PARAGRAPH, Line("背景", 2), PARAGRAPH, Line("展望", 1), PARAGRAPH)
    assert levels(found) == [(1, "概述"), (2, "背景"), (1, "展望")]


def test_the_table_of_contents_is_neither_heading_nor_passage() -> None:
    found = tree("目  录", "第一章 总论……1", "第二章 任务……9", "第一章 总论", PARAGRAPH, "第二章 任务", PARAGRAPH)
    assert levels(found) == [(1, "第一章 总论"), (1, "第二章 任务")]
    assert found.plain == (4, 6)


def test_an_attachment_ends_the_report_above_it() -> None:
    found = tree("一、工作", PARAGRAPH, "附件1", PARAGRAPH)
    assert found.paths[3] == ("附件1",)
