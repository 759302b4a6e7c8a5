"""ingest.front: title, issuer, region, date and period of a report."""

from __future__ import annotations

import pytest

from ingest.front import read_front
from ingest.metadata import Metadata

PARAGRAPH = (
    "今年以来，全市上下认真贯彻落实国家省市重要会议精神，经济延续了去年以来企稳回升、稳中向好的态势，主要指标全面增长。"
)


def described(*lines: str, given: Metadata | None = None, source: str = "") -> Metadata:
    return read_front([*lines, PARAGRAPH], given or Metadata(), source).metadata


def test_the_byline_of_a_portal_page_is_read() -> None:
    found = described(
        "关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告",
        "来源:区发改委  日期:2022-08-29 15:11 打印 【字体:",
    )
    assert found.title == "关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告"
    assert (found.issuer, found.region) == ("大兴区发改委", "大兴区")
    assert (found.published, found.period, found.kind) == ("2022-08-29", "2022上半年", "计划执行情况")


def test_a_work_report_is_the_governments_and_published_when_it_is_delivered() -> None:
    found = described(
        "北京市2026年政府工作报告",
        "——2026年1月25日在北京市第十六届人民代表大会第四次会议上",
        "北京市市长 殷勇",
        "各位代表：",
    )
    assert (found.issuer, found.published, found.period) == ("北京市人民政府", "2026-01-25", "2025年")


def test_a_bare_title_takes_region_and_year_from_where_it_was_delivered() -> None:
    found = described("政府工作报告", "（2026年1月27日在贵州省第十四届人民代表大会第四次会议上）")
    assert (found.region, found.issuer, found.period) == ("贵州省", "贵州省人民政府", "2025年")


def test_the_state_councils_report_is_for_the_whole_country() -> None:
    found = described("2022年国务院政府工作报告", "各位代表：")
    assert (found.region, found.issuer, found.published, found.period) == ("全国", "国务院", "2022", "2021年")


def test_a_line_under_the_title_that_is_an_office_is_the_issuer() -> None:
    found = described("2012年大庆市国民经济和社会发展统计公报", "大庆市统计局", "（2013年3月20日）")
    assert (found.issuer, found.published, found.period) == ("大庆市统计局", "2013-03-20", "2012年")


def test_a_signature_at_the_end_gives_issuer_and_date() -> None:
    front = read_front(["2021年大庆市经济运行情况", PARAGRAPH, "大庆市发展和改革委员会", "2022年2月8日"], Metadata())
    assert (front.metadata.issuer, front.metadata.published) == ("大庆市发展和改革委员会", "2022-02-08")


def test_statistics_without_an_issuer_are_the_statistical_offices() -> None:
    assert described("2012年大庆市国民经济和社会发展统计公报").issuer == "大庆市统计局"


@pytest.mark.parametrize("source", ["新华社", "北京日报", "本站", "大兴区政府网站"])
def test_who_reprints_a_report_has_not_issued_it(source: str) -> None:
    assert described("大庆市上半年经济运行情况", f"来源：{source}").issuer == ""


def test_the_source_of_the_page_around_counts_like_a_byline() -> None:
    assert described("大兴区上半年经济运行情况", source="区统计局").issuer == "大兴区统计局"


def test_a_stated_publisher_comes_before_the_source() -> None:
    assert (
        described("大兴区2022年政府工作报告", "发布机构：大兴区人民政府办公室 来源：新华社").issuer
        == "大兴区人民政府办公室"
    )


def test_the_date_of_publication_comes_before_the_date_of_writing() -> None:
    assert described("大兴区经济形势分析", "成文日期：2022-08-01 发布日期：2022-08-29").published == "2022-08-29"


def test_a_title_over_two_lines_is_joined() -> None:
    found = described(
        "关于大兴区2022年国民经济和社会发展计划", "上半年执行情况的报告", "来源：区发改委 日期：2022-08-29"
    )
    assert found.title == "关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告"


def test_letterhead_and_document_number_are_not_the_title() -> None:
    found = described("北京市大兴区人民政府文件", "京兴政发〔2022〕3号", "大兴区2022年政府工作报告")
    assert found.title == "大兴区2022年政府工作报告"


def test_what_the_editor_states_is_not_overruled() -> None:
    given = Metadata(title="半年报", region="大兴区", period="2022上半年", issuer="区发改委")
    found = described("大庆市2021年政府工作报告", "发布机构：大庆市 日期：2021-02-03", given=given)
    assert (found.title, found.region, found.period, found.issuer) == ("半年报", "大兴区", "2022上半年", "区发改委")
    assert found.published == "2021-02-03"


def test_nothing_is_guessed_where_the_text_says_nothing() -> None:
    found = described("大庆市上半年全市经济运行情况分析")
    assert (found.issuer, found.published, found.period) == ("", "", "上半年")


@pytest.mark.parametrize(
    ("title", "name", "period", "published"),
    [
        ("大庆市上半年全市经济运行情况分析", "h1_2016_大庆市", "2016上半年", ""),
        ("大庆市1-5月经济运行情况", "2016", "2016年1-5月", ""),
        ("大庆市农村经济稳步发展", "y2014_农村", "2014年", ""),
        ("大庆市政府工作报告", "2026报告", "2025年", "2026"),
        ("大庆市2012年经济运行情况", "2016", "2012年", ""),
    ],
)
def test_the_year_in_the_name_of_the_file_counts_where_nothing_else_says_one(
    title: str, name: str, period: str, published: str
) -> None:
    found = read_front([title, PARAGRAPH], Metadata(), name=name).metadata
    assert (found.period, found.published) == (period, published)


def test_a_period_that_the_editor_states_without_a_year_has_the_one_of_the_file() -> None:
    assert read_front(["半年报", PARAGRAPH], Metadata(period="上半年"), name="2016").metadata.period == "2016上半年"


def test_title_byline_and_repeated_title_are_front_lines_but_the_speaker_is_not() -> None:
    lines = [
        "北京市2026年政府工作报告",
        "2026年北京市政府工作报告",
        "来源：市政府办公厅 日期：2026-02-02",
        "北京市市长 殷勇",
        PARAGRAPH,
    ]
    assert read_front(lines, Metadata()).lines == {0, 1, 2}


def test_a_text_that_begins_with_a_paragraph_has_no_title() -> None:
    front = read_front([PARAGRAPH, "一、工业"], Metadata())
    assert front.metadata.title == ""
    assert not front.lines
