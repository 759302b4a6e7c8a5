"""ingest.formats.word: .docx"""

from __future__ import annotations

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.formats.document import RawDocument
from ingest.formats.word import read
from tests.ingest import samples

NAMESPACE = nsdecls("w")


def lines(document: RawDocument) -> list[str]:
    return [document.line(i) for i in range(len(document.blocks))]


def test_headings_paragraphs_and_tables_come_in_document_order() -> None:
    found = read(samples.docx())
    assert lines(found) == [
        samples.TITLE,
        samples.BYLINE.replace("  ", " "),
        samples.HEADING,
        samples.SUBHEADING,
        samples.INVESTMENT,
        "指标 | 数值 | 同比",
        "固定资产投资 | 442.1亿元 | 0.6%",
        samples.CONSUMPTION,
    ]
    assert [block.level for block in found.blocks][2:4] == [1, 2]
    assert found.blocks[4].lead == len("项目投资保持高水平。")
    assert found.metadata.title == samples.TITLE


def test_deleted_text_is_left_out_and_inserted_text_kept() -> None:
    document = Document()
    paragraph = document.add_paragraph("投资完成")
    for xml in (
        f'<w:del {NAMESPACE} w:id="1"><w:r><w:delText>800亿元</w:delText></w:r></w:del>',
        f'<w:del {NAMESPACE} w:id="2"><w:r><w:t>900亿元</w:t></w:r></w:del>',
        f'<w:ins {NAMESPACE} w:id="3"><w:r><w:t>442.1亿元。</w:t></w:r></w:ins>',
    ):
        paragraph._p.append(parse_xml(xml))
    assert lines(read(samples.docx_bytes(document))) == ["投资完成442.1亿元。"]


def test_text_in_content_controls_and_links_is_read() -> None:
    document = Document()
    document.add_paragraph("前")
    control = f"<w:sdt {NAMESPACE}><w:sdtContent><w:p><w:r><w:t>控件内</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(1, parse_xml(control))
    link = f"<w:hyperlink {NAMESPACE}><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
    document.paragraphs[0]._p.append(parse_xml(link))
    assert lines(read(samples.docx_bytes(document))) == ["前链接", "控件内"]


def test_manual_breaks_divide_a_paragraph() -> None:
    document = Document()
    document.add_paragraph("第一行\n第二行")
    assert lines(read(samples.docx_bytes(document))) == ["第一行", "第二行"]


def test_an_outline_level_makes_a_heading() -> None:
    document = Document()
    paragraph = document.add_paragraph("概述")
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {NAMESPACE} w:val="1"/>'))
    assert read(samples.docx_bytes(document)).blocks[0].level == 2


def test_merged_cells_are_read_once() -> None:
    document = Document()
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "地区生产总值"
    table.cell(0, 2).text = "4000.5"
    table.cell(1, 0).text = "第一产业"
    assert lines(read(samples.docx_bytes(document))) == ["地区生产总值 | 4000.5", "第一产业 |  |"]
