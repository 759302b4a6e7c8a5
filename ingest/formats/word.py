"""Word documents (.docx): paragraphs, headings and tables in document order, as they read with all changes accepted."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from ingest.formats.document import Line, RawDocument, ReaderError, compose, table_row
from ingest.metadata import Metadata
from ingest.text import tidy

_MEGABYTE = 1024 * 1024
MAX_UNPACKED = 300 * _MEGABYTE
MAX_PART = 100 * _MEGABYTE  # one XML part
MAX_RATIO = 200  # of unpacked to packed size; text seldom passes 20
MAX_ENTRIES = 10_000
_RATIO_FROM = 10 * _MEGABYTE  # small parts may pack as well as they like

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# heading 1, 标题 1
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_TITLE_STYLE = re.compile(r"title|标题|大标题|文件标题", re.I)
# Not seen: deleted and moved-away text, field codes, the second copy of a text box.
_UNSEEN = frozenset(map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:rPr", "w:pPr"))) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_TEXT, _TAB, _TEXT_BOX = qn("w:t"), qn("w:tab"), qn("w:txbxContent")
_BREAKS = frozenset(map(qn, ("w:br", "w:cr")))
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")

# An XML element of python-docx, which has no types.
_Element = Any


def read(content: bytes) -> RawDocument:
    """Read a .docx file."""
    _check(content)
    try:
        document = Document(BytesIO(content))
    except (OpcError, KeyError, ValueError) as error:
        raise ReaderError("不是有效的 Word 文档（缺少正文部分）", "请用 Word 打开，另存为 .docx 后重试") from error
    styles = _Styles(document)
    lines = list(_body(document.element.body, styles))
    return compose(lines, Metadata(title=_title(document, lines, styles)))


def _check(content: bytes) -> None:
    """Refuse what is no .docx, and what would fill the memory, before anything is unpacked."""
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise ReaderError("Word 文档有打开密码", "请去掉密码，另存为 .docx 后重试")
        raise ReaderError("是旧版 Word 文档（.doc），只是后缀写成了 .docx", "请用 Word 打开，另存为 .docx 后重试")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise ReaderError(
            "不是有效的 .docx 文件，或者文件不完整", "请重新下载，或用 Word 另存为 .docx 后重试"
        ) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReaderError("压缩内容有密码", "请去掉密码，另存为 .docx 后重试")
    if _is_bomb(entries):
        raise ReaderError("解压后的内容异常庞大（疑似压缩炸弹）", "请确认文件来源，用 Word 打开后另存为 .docx 再试")


def _is_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    dense = any(e.file_size > _RATIO_FROM and e.file_size > MAX_RATIO * max(e.compress_size, 1) for e in entries)
    parts = [e.file_size for e in entries if e.filename.endswith((".xml", ".rels"))]
    return (
        dense
        or len(entries) > MAX_ENTRIES
        or sum(e.file_size for e in entries) > MAX_UNPACKED
        or max(parts, default=0) > MAX_PART
    )


class _Styles:
    """The outline level of every paragraph style; a style inherits it from the one that it is based on."""

    def __init__(self, document: Any) -> None:
        self._elements = {style.style_id: style.element for style in document.styles}
        self._names = {style.style_id: style.name or "" for style in document.styles}

    def level(self, paragraph: _Element) -> int | None:
        """Return the heading level of a paragraph, from 1, or None."""
        own = _outline_level(paragraph)
        return own if own is not None else self._style_level(_value(paragraph, "w:pPr", "w:pStyle"))

    def is_title(self, paragraph: _Element) -> bool:
        name = self._names.get(_value(paragraph, "w:pPr", "w:pStyle") or "", "")
        return _TITLE_STYLE.fullmatch(name) is not None

    def _style_level(self, style: str | None) -> int | None:
        seen: set[str] = set()
        while style and style in self._elements and style not in seen:
            seen.add(style)
            if match := _HEADING_STYLE.fullmatch(self._names[style]):
                return int(match[1])
            level = _outline_level(self._elements[style])
            if level is not None:
                return level
            style = _value(self._elements[style], "w:basedOn")
        return None


def _outline_level(element: _Element) -> int | None:
    value = _value(element, "w:pPr", "w:outlineLvl")
    return int(value) + 1 if value and value.isdecimal() and int(value) < 9 else None


def _value(element: _Element, *path: str) -> str | None:
    """Return the w:val of the element at the end of a path of children."""
    for name in path:
        element = element.find(qn(name))
        if element is None:
            return None
    value = element.get(qn("w:val"))
    return None if value is None else str(value)


def _body(container: _Element, styles: _Styles) -> Iterator[Line]:
    """Yield the lines of a container in document order; content controls and the like are looked into."""
    for child in container:
        if child.tag == _PARAGRAPH:
            yield from _paragraph(child, styles)
        elif child.tag == _TABLE:
            yield from _table(child)
        elif child.tag not in _UNSEEN and isinstance(child.tag, str):
            yield from _body(child, styles)


def _paragraph(paragraph: _Element, styles: _Styles) -> Iterator[Line]:
    """Yield the lines of a paragraph, which a manual break may divide, then those of its text boxes."""
    pieces = [(text, _is_bold(run)) for text, run in _pieces(paragraph)]
    level = styles.level(paragraph)
    for text, lead in _split(pieces):
        yield Line(text, level, lead=0 if level else lead)
    for box in paragraph.iter(_TEXT_BOX):
        if not any(parent.tag in _UNSEEN or parent.tag == _TEXT_BOX for parent in box.iterancestors()):
            yield from _body(box, styles)


def _pieces(element: _Element) -> Iterator[tuple[str, _Element]]:
    """Yield every piece of seen text with the element it stands in; text boxes are left to the caller."""
    for child in element:
        if child.tag == _TEXT:
            yield child.text or "", element
        elif child.tag == _TAB:
            yield " ", element
        elif child.tag in _BREAKS:
            yield "\n", element
        elif child.tag not in _UNSEEN and child.tag not in (_TEXT_BOX, _PARAGRAPH):
            yield from _pieces(child)


def _is_bold(run: _Element) -> bool:
    properties = run.find(qn("w:rPr"))
    bold = None if properties is None else properties.find(qn("w:b"))
    return bold is not None and bold.get(qn("w:val")) not in ("0", "false", "off")


def _split(pieces: list[tuple[str, bool]]) -> Iterator[tuple[str, int]]:
    """Yield the lines, each with the length of its bold beginning."""
    line, bold, bolding = "", "", True
    for text, is_bold in [*pieces, ("\n", False)]:
        for i, part in enumerate(text.split("\n")):
            if i:
                tidied = tidy(line)
                yield tidied, len(tidy(bold)) if bold.strip() else 0
                line, bold, bolding = "", "", True
            bolding = bolding and (is_bold or not part.strip())
            line, bold = line + part, bold + part if bolding else bold


def _table(table: _Element) -> Iterator[Line]:
    for row in table.iter(_ROW):
        owner = next(parent for parent in row.iterancestors() if parent.tag == _TABLE)
        changes = row.find(qn("w:trPr"))
        if owner is not table or (changes is not None and changes.find(qn("w:del")) is not None):
            continue
        cells = [_cell(cell) for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row]
        if any(cells):
            yield Line(table_row(cells), row=True) if len(cells) > 1 else Line(cells[0])


def _cell(cell: _Element) -> str:
    """Return the text of a cell, of nested tables too, as one line."""
    return tidy(" ".join("".join(text for text, _ in _pieces(paragraph)) for paragraph in cell.iter(_PARAGRAPH)))


def _title(document: Any, lines: list[Line], styles: _Styles) -> str:
    """Return the paragraphs in the style Title; else the title of the file's properties if the text begins with it."""
    titled = [
        tidy("".join(text for text, _ in _pieces(paragraph)))
        for paragraph in document.element.body.iter(_PARAGRAPH)
        if styles.is_title(paragraph)
    ]
    if titled:
        return "".join(titled[:2])
    stated = tidy(document.core_properties.title or "")
    head = "".join(line.text for line in lines[:5]).replace(" ", "")
    return stated if stated and stated.replace(" ", "") in head else ""
