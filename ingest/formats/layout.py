"""Printed lines -> paragraphs: what a page repeats is dropped, lines are joined by indent, width and punctuation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from ingest.formats.document import Line
from ingest.outline import numbering

_EDGE_LINES = 2  # running headers and footers are among the first or last so many lines of a page
_EDGE_SHARE = 0.15  # and within so much of its height
_REPEATS = 0.2  # on at least so many of the pages, and on two
# - 3 -, 第3页, 第 3 页 共 12 页, 3/12, — 3 —, Ⅲ
_PAGE_NUMBER = re.compile(
    r"[-—–·•\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[,，/]?\s*共?\s*\d{1,4}\s*页?)?|[ivxlcIVXLCⅠ-Ⅻ]{1,6})[-—–·•\s]*"
)
# - 3 -, 第3页: a page number even where nothing sets it off from the text
_MARKED_PAGE_NUMBER = re.compile(r"[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页.{0,12}")
_ENDS = tuple("。！？；：!?;:")
_INDENT = 1.2  # in widths of a character
_INDENTED_SHARE = 0.12  # of the lines; from there on a document marks its paragraphs by indents
_GAP, _WIDE_GAP = 1.25, 1.4  # of the usual distance between lines
_GAPS_SHARE = 0.08  # of the lines; from there on a document without indents marks its paragraphs by gaps
_SHORT, _VERY_SHORT = 2.5, 6.0  # so many characters are missing to the right margin
_TITLE_SIZE = 1.15  # of the body's
# 来源：区发改委  日期：2022-08-29: the spaces part the entries
_LABELLED = re.compile(r"(?:来源|日期|时间|机构|单位|作者|编辑)\s*[:：]")


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line, or the row of a table (`cells`). Lengths are in points, from the left and the top of the page."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    width: float
    height: float
    cells: bool = False

    def is_at_edge(self) -> bool:
        return self.bottom < _EDGE_SHARE * self.height or self.top > (1 - _EDGE_SHARE) * self.height


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in a document: the size of its characters, its margins, the distance of its lines."""

    size: float
    left: float
    right: float
    pitch: float
    indents: bool = False
    gaps: bool = False

    def is_centred(self, row: Row) -> bool:
        left, right = row.x0 - self.left, self.right - row.x1
        return min(left, right) > 2 * row.size and abs(left - right) < 1.5 * row.size

    def is_indented(self, row: Row) -> bool:
        return row.x0 - self.left > _INDENT * row.size

    def missing(self, row: Row) -> float:
        """Return how many characters would still have fitted on the line."""
        return (self.right - row.x1) / max(row.size, 1.0)


def without_furniture(rows: Sequence[Row]) -> list[Row]:
    """Drop page numbers, running headers and running footers."""
    pages = [list(group) for _, group in groupby(rows, key=lambda row: row.page)]
    edges = [_edge_rows(page) for page in pages]
    seen = Counter(mask for page in edges for mask in {_mask(row) for row in page})
    needed = max(2.0, _REPEATS * len(pages))
    dropped = {
        (row.page, row.top, row.text)
        for page in edges
        for row in page
        if _PAGE_NUMBER.fullmatch(row.text) or seen[_mask(row)] >= needed
    }
    return [row for row in rows if (row.page, row.top, row.text) not in dropped]


def paragraphs(rows: Sequence[Row]) -> Iterator[Line]:
    """Join rows into paragraphs. One that runs over a page break is on the page where it begins."""
    measures = _measure(rows)
    block: list[Row] = []
    for row in rows:
        if block and _begins(row, block[-1], measures):
            yield _line(block)
            block = []
        block.append(row)
    if block:
        yield _line(block)


def _edge_rows(page: Sequence[Row]) -> list[Row]:
    """Return the lines at the top and at the bottom that are set off from the text, by a gap or by their size."""
    printed = [row for row in page if not row.cells]
    pitches = [b.top - a.top for a, b in pairwise(printed)]
    usual = median(pitches) if pitches else 0.0
    apart = [
        i
        for i, (a, b) in enumerate(pairwise(printed), 1)
        if b.top - a.top > _GAP * usual or abs(a.size - b.size) > 0.08 * a.size
    ]
    top = max((i for i in apart if i <= _EDGE_LINES), default=0)
    bottom = min((i for i in apart if i >= len(printed) - _EDGE_LINES), default=len(printed))
    if len(printed) == 1 or (printed and not top and _MARKED_PAGE_NUMBER.fullmatch(printed[0].text)):
        top = 1
    if printed and _MARKED_PAGE_NUMBER.fullmatch(printed[-1].text):
        bottom = min(bottom, len(printed) - 1)
    return [row for row in [*printed[:top], *printed[max(top, bottom) :]] if row.is_at_edge()]


def _mask(row: Row) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", row.text))


def _measure(rows: Sequence[Row]) -> _Measures:
    printed = [row for row in rows if not row.cells]
    if not printed:
        return _Measures(12.0, 0.0, 0.0, 0.0)
    sizes: Counter[float] = Counter()
    for row in printed:
        sizes[round(row.size, 1)] += len(row.text)
    size = sizes.most_common(1)[0][0]
    body = [row for row in printed if abs(row.size - size) < 0.15 * size]
    left = _common_edge([row.x0 for row in body], smallest=True)
    right = _common_edge([row.x1 for row in body], smallest=False)
    pitches = [b.top - a.top for a, b in pairwise(body) if a.page == b.page and b.top > a.top]
    plain = _Measures(size, left, right, median(pitches) if pitches else 2 * size)
    indented = sum(plain.is_indented(row) and not plain.is_centred(row) for row in body)
    wide = sum(pitch > _GAP * plain.pitch for pitch in pitches)
    indents = indented > _INDENTED_SHARE * len(body)
    return replace(plain, indents=indents, gaps=not indents and wide > _GAPS_SHARE * len(body))


def _common_edge(values: list[float], *, smallest: bool) -> float:
    """Return the outermost edge that is not a single stray line's."""
    counts = Counter(round(value / 4) for value in values)
    needed = max(1, min(3, len(values) // 10))
    common = [value for value in values if counts[round(value / 4)] >= needed] or values
    return min(common) if smallest else max(common)


def _begins(row: Row, last: Row, usual: _Measures) -> bool:
    """Tell whether a row begins a paragraph, rather than going on with that of the last row."""
    if row.cells or last.cells or abs(row.size - last.size) > 0.15 * max(row.size, last.size):
        return True
    if row.size > _TITLE_SIZE * usual.size:
        return row.page != last.page or row.top - last.top > 2 * row.size or numbering(row.text) is not None
    if usual.is_centred(row) or usual.is_centred(last):
        return True
    if row.page == last.page and (usual.gaps or row.top - last.top > _WIDE_GAP * usual.pitch):
        return row.top - last.top > _GAP * usual.pitch
    ended, missing = last.text.endswith(_ENDS), usual.missing(last)
    if missing > _VERY_SHORT or (ended and numbering(row.text) is not None):
        return True
    if usual.indents:
        # An indented block goes on at its indent; a heading that fills its line has a paragraph below it.
        aligned = abs(row.x0 - last.x0) < 0.5 * row.size and not ended and missing < _SHORT and not numbering(last.text)
        return usual.is_indented(row) and not aligned
    return ended and missing > 1


def _line(block: Sequence[Row]) -> Line:
    first = block[0]
    text = first.text
    for row in block[1:]:
        text = _glued(text, row.text)
    return Line(text if first.cells else _closed_up(text), page=first.page, row=first.cells)


def _glued(text: str, more: str) -> str:
    """Join two printed lines: words with a space, Chinese and the two parts of a number without."""
    return text + (" " if text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() else "") + more


def _closed_up(text: str) -> str:
    """Remove the spaces that typesetting leaves beside Chinese characters and punctuation."""
    if _LABELLED.search(text) and len(text) < 100:
        return text
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text)
