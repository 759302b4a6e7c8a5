"""ingest.formats.pdf and layout: printed pages -> paragraphs."""

from __future__ import annotations

import re

import pytest

from ingest.formats.document import RawDocument, ReaderError
from ingest.formats.layout import Row, without_furniture
from ingest.formats.pdf import read
from tests.ingest import samples

LONG = (samples.TITLE, samples.HEADING, *(f"第{i}项。{samples.INVESTMENT}{samples.CONSUMPTION}" for i in range(40)))


def lines(document: RawDocument) -> list[str]:
    return [document.line(i) for i in range(len(document.blocks))]


@pytest.mark.parametrize(("indent", "gap"), [(24, 0), (0, 10)])
def test_printed_lines_become_paragraphs_again(indent: float, gap: float) -> None:
    found = lines(read(samples.pdf(LONG[:12], indent=indent, gap=gap)))
    assert found == list(LONG[:12])


def test_running_headers_and_page_numbers_are_dropped_and_paragraphs_cross_pages() -> None:
    document = read(samples.pdf(LONG, header="大兴区发展和改革委员会", footer="- {page} -"))
    assert lines(document) == list(LONG)
    pages = [block.page for block in document.blocks]
    assert pages == sorted(page for page in pages if page)
    assert pages[0] == 1
    assert (pages[-1] or 0) > 3


@pytest.mark.parametrize("footer", ["{page}", "第{page}页", "第 {page} 页 共 6 页", "{page}/6", "— {page} —"])
def test_every_way_of_numbering_pages_is_known(footer: str) -> None:
    assert lines(read(samples.pdf(LONG, footer=footer))) == list(LONG)


def test_tables_become_rows() -> None:
    found = read(samples.pdf(rows=samples.ROWS))
    assert lines(found)[-2:] == ["指标 | 数值 | 同比", "固定资产投资 | 442.1亿元 | 0.6%"]
    assert [block.row for block in found.blocks][-2:] == [True, True]


def test_a_title_over_two_printed_lines_is_one() -> None:
    title = samples.TITLE + "（征求意见稿）"
    assert lines(read(samples.pdf((title, *samples.LINES[2:]))))[0] == title


def test_a_document_with_some_scanned_pages_is_refused() -> None:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for content in (samples.pdf(), samples.scan(1)):
        for page in PdfReader(BytesIO(content)).pages:
            writer.add_page(page)
    buffer = BytesIO()
    writer.write(buffer)
    with pytest.raises(ReaderError, match="第 2 页是图片"):
        read(buffer.getvalue())


def test_damaged_content_is_refused_rather_than_read_in_part() -> None:
    content = samples.pdf(LONG)
    compressed = content.index(b"stream\n") + 300
    with pytest.raises(ReaderError, match="损坏"):
        read(content[:compressed] + b"z" * 200 + content[compressed + 200 :])


def test_a_page_without_its_content_is_refused() -> None:
    content = samples.pdf(LONG)
    with pytest.raises(ReaderError, match="第 1 页的内容已损坏"):
        read(re.sub(rb"/Contents \d+", lambda match: b"/Contents " + b"9" * (len(match[0]) - 10), content, count=1))


def test_a_marked_page_number_is_dropped_even_close_to_the_text() -> None:
    rows = [Row("正文。" * 9, 1, 90, 500, 700 + 20 * i, 712 + 20 * i, 12, 595, 842) for i in range(4)]
    assert without_furniture([*rows, Row("- 3 -", 1, 280, 310, 780, 792, 12, 595, 842)]) == rows


def test_what_stands_once_at_the_edge_of_a_page_is_kept() -> None:
    rows = [Row(f"标题{'甲乙丙'[i]}", i + 1, 90, 300, 50, 62, 12, 595, 842) for i in range(3)]
    assert without_furniture(rows) == rows
