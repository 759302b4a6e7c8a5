"""PDF with a text layer: its paragraphs, table rows and the pages they begin on.

A PDF knows only where characters stand. `rows` are printed lines; `layout` joins them into paragraphs.
"""

from __future__ import annotations

import logging
import re
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer import pdftypes
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import PDFStream, resolve1

from ingest.formats.document import RawDocument, ReaderError, compose, table_row
from ingest.formats.layout import Row, paragraphs, without_furniture
from ingest.metadata import Metadata
from ingest.text import tidy

MAX_PAGES = 1500
MAX_SECONDS = 300.0

_HEADER_BYTES = 1024  # %PDF- is within so many bytes
_TRAILER_BYTES = 8192  # %%EOF is within so many of the end
_SCANNED_SHARE = 0.2  # of the pages; more than that without text is a document that lacks pages
_PICTURE_SHARE = 0.4  # of a page: a picture of this size may be the page itself
_CHARACTERS_PER_PAGE = 10  # fewer are stamps and page numbers on a scan
_GARBLED_SHARE = 0.02
_REPAIR = "请重新下载，或用阅读器打开后另存为 PDF"
_OCR = "请用带文字识别（OCR）的软件转成可以选中文字的 PDF 或 Word 文档后重试"

# A page of pdfplumber, which has no types.
_Page = Any


def read(content: bytes) -> RawDocument:
    """Read a .pdf file."""
    _check(content)
    try:
        with _listening() as losses, pdfplumber.open(BytesIO(content)) as document:
            pages = document.pages
            if len(pages) > MAX_PAGES:
                raise ReaderError(f"PDF 有 {len(pages)} 页，上限 {MAX_PAGES} 页", "请拆分成几个文件")
            rows, scanned = _rows(pages)
            stated = tidy(str((document.metadata or {}).get("Title") or ""))
    except ReaderError:
        raise
    except Exception as error:
        raise _unreadable(error) from error
    if losses:  # also of an unseen part: what it was, nobody knows
        raise ReaderError("PDF 的部分内容已损坏，读不全", _REPAIR)
    rows = without_furniture(rows)
    _check_text(rows, scanned, len(pages))
    raw = compose(paragraphs(rows))
    title = stated if stated and stated in "".join(row.text for row in rows[:5]) else ""
    return RawDocument(raw.text, raw.blocks, Metadata(title=title))


def _check(content: bytes) -> None:
    if b"%PDF-" not in content[:_HEADER_BYTES]:
        raise ReaderError("不是 PDF 文件，只是后缀写成了 .pdf", "请核对文件，或按它真实的格式改后缀")
    if b"%%EOF" not in content[-_TRAILER_BYTES:]:
        raise ReaderError("PDF 文件不完整（缺少结尾）", "请重新下载后重试")


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collect what is lost: pdfminer goes on without the end of damaged content, and at most logs that."""
    losses: list[str] = []
    original = pdftypes.decompress_corrupted

    def decompress(data: bytes) -> bytes:
        if not _is_complete(data):
            losses.append("content")
        return original(data)

    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # hundreds of lines on odd fonts say nothing to the user
    pdftypes.decompress_corrupted = decompress
    try:
        yield losses
    finally:
        pdftypes.decompress_corrupted = original
        logger.setLevel(level)


def _is_complete(data: bytes) -> bool:
    """Tell whether compressed data lacks no more than its checksum."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inflater.decompress(data[2:])
    except zlib.error:
        return False
    return inflater.eof


def _unreadable(error: Exception) -> ReaderError:
    """Tell a password from damage; pdfplumber wraps the errors of pdfminer."""
    causes = {type(cause) for cause in (error, *error.args, error.__cause__)}
    if causes & {PDFPasswordIncorrect, PDFEncryptionError}:
        return ReaderError("PDF 有打开密码", "请去掉密码后另存，再重试")
    name = f"{type(error).__name__}: {error}"[:120]
    return ReaderError(f"PDF 已损坏，无法解析（{name}）", _REPAIR)


def _rows(pages: list[_Page]) -> tuple[list[Row], list[int]]:
    """Return the printed lines of all pages, and the numbers of the pages that are a picture."""
    rows: list[Row] = []
    scanned: list[int] = []
    stop = time.monotonic() + MAX_SECONDS
    for number, page in enumerate(pages, 1):
        if time.monotonic() > stop:
            raise ReaderError(
                f"PDF 版面过于复杂，{MAX_SECONDS:.0f} 秒没有读完（读到第 {number} 页）", "请拆分成几个文件"
            )
        if any(not isinstance(resolve1(part), PDFStream) for part in page.page_obj.contents):
            raise ReaderError(f"PDF 第 {number} 页的内容已损坏，读不出来", _REPAIR)
        found = list(_page_rows(page, number))
        if sum(len(row.text) for row in found) < _CHARACTERS_PER_PAGE and _is_picture(page):
            scanned.append(number)
        rows += found
        page.close()  # frees the characters of the page
    return rows, scanned


def _is_picture(page: _Page) -> bool:
    return any(
        image["width"] * image["height"] > _PICTURE_SHARE * float(page.width * page.height) for image in page.images
    )


def _page_rows(page: _Page, number: int) -> Iterator[Row]:
    """Yield the lines of a page from top to bottom, the rows of its tables among them."""
    page = page.dedupe_chars()  # some programs print bold as the same character twice
    tables = [table for table in _tables(page)]
    boxes = [table.bbox for table in tables]
    text = page.filter(lambda thing: not any(_is_inside(thing, box) for box in boxes)) if boxes else page
    rows = [_row(line, page, number) for line in text.extract_text_lines(x_tolerance_ratio=0.6)]
    for table in tables:
        rows += _table_rows(table, page, number)
    yield from sorted((row for row in rows if row.text), key=lambda row: row.top)


def _tables(page: _Page) -> list[Any]:
    """Return the ruled tables. One cell is a frame around text, not a table."""
    if len(page.edges) < 6:
        return []
    return [table for table in page.find_tables() if len(table.rows) > 1 and len(table.rows[0].cells) > 1]


def _is_inside(thing: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    if thing.get("object_type") != "char":
        return False
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _row(line: dict[str, Any], page: _Page, number: int) -> Row:
    sizes = sorted(char["size"] for char in line["chars"])
    return Row(
        text=tidy(line["text"]),
        page=number,
        x0=line["x0"],
        x1=line["x1"],
        top=line["top"],
        bottom=line["bottom"],
        size=sizes[len(sizes) // 2],
        width=float(page.width),
        height=float(page.height),
    )


def _table_rows(table: Any, page: _Page, number: int) -> Iterator[Row]:
    for place, cells in zip(table.rows, table.extract(), strict=True):
        texts = [tidy(re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", cell or "")) for cell in cells]
        if any(texts):
            x0, top, x1, bottom = place.bbox
            yield Row(table_row(texts), number, x0, x1, top, bottom, 0.0, float(page.width), float(page.height), True)


def _check_text(rows: list[Row], scanned: list[int], pages: int) -> None:
    text = "".join(row.text for row in rows)
    if len(text) < _CHARACTERS_PER_PAGE * pages and (scanned or not text):
        raise ReaderError("PDF 是扫描件，没有文字层", _OCR)
    if len(scanned) > _SCANNED_SHARE * pages:
        some = "、".join(map(str, scanned[:10])) + ("等" if len(scanned) > 10 else "")
        raise ReaderError(f"PDF 的第 {some} 页是图片，没有文字层", _OCR)
    garbled = text.count("(cid:") * 6 + sum(0xE000 <= ord(char) <= 0xF8FF or char == "\ufffd" for char in text)
    if garbled > _GARBLED_SHARE * len(text):
        raise ReaderError("PDF 的字体没有文字编码，读出来是乱码", _OCR)
