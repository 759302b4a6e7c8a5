"""Small documents, made when a test needs them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

FONT = "STSong-Light"  # a font that every PDF reader has; no font file is needed

TITLE = "关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告"
BYLINE = "来源:区发改委  日期:2022-08-29 15:11"
HEADING = "一、上半年计划执行情况"
SUBHEADING = "(二)高强度开展经济调度,千方百计稳住经济基本盘"
INVESTMENT = (
    "项目投资保持高水平。统筹好重大活动保障和疫情防控时间差,实行清单制调度。上半年,固定资产投资完成442.1亿元,"
    "总量全市排名第三,完成全年任务55.3%(全年任务800亿元),同比增长0.6%。"
)
CONSUMPTION = "消费市场逐步回暖。上半年,社会消费品零售额完成308.4亿元,同比下降3.6%,增速高于全市平均水平3.6个百分点。"
LINES = (TITLE, BYLINE, HEADING, SUBHEADING, INVESTMENT, CONSUMPTION)
ROWS = (("指标", "数值", "同比"), ("固定资产投资", "442.1亿元", "0.6%"))

TEXT = "\n\n".join(LINES)


def pdf(
    lines: Sequence[str] = LINES,
    *,
    rows: Sequence[Sequence[str]] = (),
    header: str = "",
    footer: str = "",
    indent: float = 24,
    gap: float = 0,
    password: str | None = None,
) -> bytes:
    """Return a PDF: a title and paragraphs. `{page}` in header and footer is filled in."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    title = ParagraphStyle("title", fontName=FONT, fontSize=20, leading=28, alignment=1, wordWrap="CJK")
    body = ParagraphStyle(
        "body", fontName=FONT, fontSize=12, leading=20, firstLineIndent=indent, spaceAfter=gap, wordWrap="CJK"
    )
    story = [Paragraph(lines[0], title), Spacer(1, 20), *(Paragraph(line, body) for line in lines[1:])]
    if rows:
        story.append(Table(rows, style=[("GRID", (0, 0), (-1, -1), 1, "black"), ("FONT", (0, 0), (-1, -1), FONT)]))

    def decorate(canvas: Any, document: Any) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(297, 815, header.format(page=document.page))
        canvas.drawCentredString(297, 30, footer.format(page=document.page))

    buffer = BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, encrypt=password).build(story, onFirstPage=decorate, onLaterPages=decorate)
    return buffer.getvalue()


def scan(pages: int = 2) -> bytes:
    """Return a PDF whose pages are pictures."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    picture = ImageReader(Image.new("RGB", (60, 80), "grey"))
    for _ in range(pages):
        canvas.drawImage(picture, 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx_bytes(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docx() -> bytes:
    """Return a Word document with a title, headings, a paragraph with a bold beginning, and a table."""
    document = Document()
    document.add_heading(TITLE, 0)
    document.add_paragraph(BYLINE)
    document.add_heading(HEADING, 1)
    document.add_heading(SUBHEADING, 2)
    paragraph = document.add_paragraph()
    name, _, rest = INVESTMENT.partition("。")
    paragraph.add_run(f"{name}。").bold = True
    paragraph.add_run(rest)
    table = document.add_table(rows=len(ROWS), cols=len(ROWS[0]))
    for cells, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph(CONSUMPTION)
    return docx_bytes(document)


def html(charset: str = "utf-8") -> bytes:
    """Return a page as a government portal serves it."""
    page = f"""<!-- saved from url=(0042)https://www.example.gov.cn/zwgk/202208/t1.html -->
<html><head><meta charset="{charset}"><title>{TITLE}_北京市大兴区人民政府</title></head><body>
<div class="header"><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">公告</a></div>
<div class="wrap"><h1>{TITLE}</h1>
<div class="info"><span>来源:区发改委</span>&nbsp; <span>日期:2022-08-29 15:11</span> <a>打印</a>
 <span>【字体:<a>大</a> <a>中</a> <a>小</a>】</span></div>
<div class="TRS_Editor"><style>p {{ color: red }}</style><p>　　{HEADING}</p><p>　　{SUBHEADING}</p>
<p>　　<strong>项目投资保持高水平。</strong>{INVESTMENT.partition("。")[2]}</p>
<table><tr><td>指标</td><td>数值</td></tr><tr><td>固定资产投资</td><td>442.1亿元</td></tr></table>
<p>　　{CONSUMPTION}</p></div>
<div class="share">分享到：<a>微信</a></div><p>上一篇：<a href="/1">另一份报告</a></p><p>【关闭窗口】</p></div>
<div class="footer">主办单位：大兴区人民政府办公室。京ICP备12345号。</div><script>var a = "脚本";</script>
</body></html>"""
    return page.encode("gb18030" if charset == "gb2312" else charset)


BY_SUFFIX = {".txt": TEXT.encode(), ".md": TEXT.encode(), ".html": html(), ".docx": docx(), ".pdf": pdf()}
