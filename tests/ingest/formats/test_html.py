"""ingest.formats.html: the article of a saved page."""

from __future__ import annotations

import pytest

from ingest.formats.document import RawDocument, ReaderError
from ingest.formats.html import read
from tests.ingest import samples

SENTENCE = "上半年，固定资产投资完成442.1亿元，总量全市排名第三，完成全年任务55.3%。"


def page(body: str, head: str = "") -> RawDocument:
    return read(f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode())


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_only_the_article_of_a_portal_page_is_left(charset: str) -> None:
    found = read(samples.html(charset))
    assert found.text.split("\n") == [
        samples.TITLE,
        "来源:区发改委 日期:2022-08-29 15:11",
        samples.HEADING,
        samples.SUBHEADING,
        samples.INVESTMENT,
        "指标 | 数值",
        "固定资产投资 | 442.1亿元",
        samples.CONSUMPTION,
    ]


def test_source_date_title_and_address_are_found() -> None:
    found = read(samples.html())
    assert (found.source, found.metadata.published) == ("区发改委", "2022-08-29")
    assert found.metadata.title == samples.TITLE
    assert found.metadata.url == "https://www.example.gov.cn/zwgk/202208/t1.html"


def test_the_meta_elements_of_government_sites_come_first() -> None:
    head = """<title>首页</title><meta name="ArticleTitle" content="大兴区2022年政府工作报告">
    <meta name="PubDate" content="2022-01-10 09:00"><meta name="ContentSource" content="区政府办">"""
    found = page(f"<p>{SENTENCE}</p>", head)
    assert (found.metadata.title, found.metadata.published) == ("大兴区2022年政府工作报告", "2022-01-10")
    assert found.source == "区政府办"


def test_a_page_in_a_form_is_not_dropped() -> None:
    assert SENTENCE in page(f"<form><div class='nav'>首页</div><div>{f'<p>{SENTENCE}</p>' * 5}</div></form>").text


def test_a_page_laid_out_by_tables_is_read_as_paragraphs() -> None:
    layout = f"<table><tr><td>导航</td><td>{f'<p>{SENTENCE}</p>' * 6}</td></tr></table>"
    assert page(layout).text.split("\n").count(SENTENCE) == 6


def test_line_breaks_in_the_source_leave_no_spaces_in_chinese() -> None:
    assert page("<p>固定资产\n   投资完成\n442.1亿元</p>").text == "固定资产投资完成 442.1亿元"


def test_breaks_make_lines_and_bold_beginnings_are_measured() -> None:
    found = page(f"<div><strong>投资稳定。</strong>{SENTENCE}<br>　　第二段。</div>")
    assert [found.line(i) for i in range(2)] == ["投资稳定。" + SENTENCE, "第二段。"]
    assert found.blocks[0].lead == 5


def test_headings_keep_their_level() -> None:
    found = page(f"<h2>一、工作</h2><p>{SENTENCE}</p>")
    assert [block.level for block in found.blocks] == [2, None]


def test_a_wrongly_stated_encoding_is_corrected() -> None:
    content = f"<html><head><meta charset='gb2312'></head><body><p>{SENTENCE}</p></body></html>".encode()
    assert read(content).text == SENTENCE


def test_blocks_that_are_named_like_a_frame_stay_where_they_are_the_page() -> None:
    assert page("".join(f"<div class='hot'>{SENTENCE}</div>" for _ in range(10))).text.count(SENTENCE) == 10


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(ReaderError, match="嵌套"):
        page("<div>" * 1000 + SENTENCE)
