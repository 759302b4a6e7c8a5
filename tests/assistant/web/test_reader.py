from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from assistant.web.markup import blocks
from assistant.web.reader import reader_page
from tests.assistant.web.fakes import TEXT, make_report

QUOTE = "固定资产投资完成442.1亿元"


def marks(html: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", html)


def test_every_block_has_its_number_and_passages_agree() -> None:
    report = make_report()
    html = reader_page(report)
    numbers = [int(number) for number in re.findall(r' id="p(\d+)"', html)]
    assert numbers == list(range(1, len(list(blocks(TEXT))) + 1))
    passage = report.passages[0]
    (block,) = [block for block in blocks(TEXT) if block.number == passage.paragraph]
    assert report.text[block.start : block.end] == passage.text


def test_marks_the_quote() -> None:
    start = TEXT.index(QUOTE)
    assert marks(reader_page(make_report(), (start, start + len(QUOTE)))) == [QUOTE]


def test_marks_across_paragraphs_stay_inside_each() -> None:
    start = TEXT.index("建安投资")
    end = TEXT.index("逐步恢复")
    assert marks(reader_page(make_report(), (start, end))) == ["建安投资完成200.3亿元。", "消费市场"]


@pytest.mark.parametrize(
    "query", ["", "?start=5", "?start=9&end=5", "?start=-1&end=5", "?start=a&end=b", "?start=0&end=99999999"]
)
def test_wrong_offsets_mark_nothing(client: TestClient, query: str) -> None:
    response = client.get(f"/reports/daxing-2022-h1{query}")
    assert response.status_code == 200
    assert marks(response.text) == []


def test_headings_stand_in_the_contents() -> None:
    html = reader_page(make_report())
    assert '<h2 class="block" id="p3">' in html
    assert '<h3 class="block" id="p4">' in html
    assert '<li class="level-2"><a href="#p4">(一)有效投资持续扩大</a></li>' in html


def test_says_who_published_it_and_when() -> None:
    html = reader_page(make_report())
    assert "发布机构:区发改委" in html
    assert "发布日期:2022-08-29" in html
    assert 'href="https://www.bjdx.gov.cn/report.html"' in html


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x/y"])
def test_links_only_to_web_addresses(url: str) -> None:
    assert "查看官方原文" not in reader_page(make_report(url=url))


def test_the_words_of_a_report_are_never_markup() -> None:
    hostile = '<script>alert(1)</script>报告\n"><img src=x onerror=alert(1)>\n<b>完成1亿元</b>。'
    report = make_report(hostile, issuer="<i>局</i>", url='https://x.example/"onclick="alert(1)')
    start = hostile.index("完成")
    html = reader_page(report, (start, start + 4))
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert '"onclick' not in html
    assert "&lt;b&gt;<mark>完成1亿</mark>元&lt;/b&gt;" in html


def test_a_title_that_is_not_in_the_text_is_shown_all_the_same() -> None:
    assert "<h1>另一个题目</h1>" in reader_page(make_report(title="另一个题目"))


def test_an_unknown_report_is_a_sentence(client: TestClient) -> None:
    response = client.get("/reports/none")
    assert response.status_code == 404
    assert "没有找到这份报告" in response.text
