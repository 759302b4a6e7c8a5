"""Markdown: its words without its syntax; headings keep their level, table rows become "a | b"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.formats.document import Line, RawDocument, compose, table_row
from ingest.formats.encoding import decode
from ingest.formats.frontmatter import split_front_matter
from ingest.text import tidy

_HEADING = re.compile(r"(#{1,6})\s+(.*)")  # ## 一、上半年计划执行情况
_UNDERLINE = re.compile(r"=+|-{2,}")  # a line of = or - under a heading
_RULE = re.compile(r"(?:[-*_]\s*){3,}")  # * * *
_FENCE = re.compile(r"(?:```|~~~).*")
_ROW = re.compile(r"\|.*\||[^|]+(?:\|[^|]*){1,}")  # | 粮食 | 650.0 |
_DELIMITER = re.compile(r"[|:\-\s]+")  # |---|:--:|
_BULLET = re.compile(r"(?:[-*+]\s+|>\s?)+")
_STRONG = re.compile(r"\*\*(?=\S)(.{1,500}?)(?<=\S)\*\*|__(?=\S)(.{1,500}?)(?<=\S)__")
_EMPHASIS = re.compile(
    r"(?<![*A-Za-z0-9])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![*A-Za-z0-9])|(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)"
)
# Every repetition has an upper bound: unbounded ones take quadratic time on hostile lines.
_INLINE = (
    (re.compile(r"!\[[^\]\[]{0,500}\]\([^)]{0,2000}\)"), ""),  # ![图](a.png)
    (re.compile(r"\[([^\]\[]{1,500})\]\([^)]{0,2000}\)"), r"\1"),  # [北京市](https://…)
    (re.compile(r"<(https?://[^>\s]{1,2000})>"), r"\1"),
    (re.compile(r"<br\s*/?>", re.I), " "),
    (re.compile(r"</?[A-Za-z][^>\n]{0,200}>"), ""),
    (re.compile(r"`+([^`\n]+)`+"), r"\1"),
    (re.compile(r"~~(.{1,500}?)~~"), r"\1"),
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.S)
_ENDS = "。！？；：!?;:"


def read(content: bytes) -> RawDocument:
    """Read a .md file: headings without #, no emphasis, no link targets."""
    metadata, text = split_front_matter(decode(content))
    return compose(_lines(_COMMENT.sub("", text).split("\n")), metadata)


def _lines(source: list[str]) -> Iterator[Line]:
    """Group the source lines into blocks. A line that ends a sentence ends its paragraph, as Chinese authors expect."""
    paragraph: list[str] = []
    for raw in source:
        line = raw.strip()
        if paragraph and _UNDERLINE.fullmatch(line):
            yield _inline(_joined(paragraph), 1 if line[0] == "=" else 2)
            paragraph = []
            continue
        block = _block(line)
        if block is not None or not line or _BULLET.match(line) or _RULE.fullmatch(line) or _FENCE.fullmatch(line):
            yield _inline(_joined(paragraph))
            paragraph = []
        if block is not None:
            yield block
        elif line and not (_RULE.fullmatch(line) or _FENCE.fullmatch(line)):
            bullet = _BULLET.match(line)
            paragraph.append(line[bullet.end() :] if bullet else line)
            if paragraph[-1].endswith(tuple(_ENDS)):
                yield _inline(_joined(paragraph))
                paragraph = []
    yield _inline(_joined(paragraph))


def _block(line: str) -> Line | None:
    """Read a line that is a block of its own: a heading or a table row; an empty one for a table's delimiter."""
    if match := _HEADING.fullmatch(line):
        return _inline(match[2].rstrip(" #"), len(match[1]))
    if "|" in line and _DELIMITER.fullmatch(line):
        return Line("")
    if _ROW.fullmatch(line) and "|" in line and not line.endswith("。"):
        cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
        return Line(table_row(_inline(cell.strip()).text for cell in cells), row=True)
    return None


def _joined(lines: list[str]) -> str:
    """Join the lines of a paragraph; Chinese ones without a space."""
    joined = ""
    for line in lines:
        latin = joined[-1:].isascii() and line[:1].isascii() and joined
        joined += (" " if latin else "") + line
    return joined


def _inline(text: str, level: int | None = None) -> Line:
    """Remove the syntax inside a block, and find out how long its bold beginning is."""
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    strong = _STRONG.match(text)
    lead = len(tidy(strong[1] or strong[2])) if strong else 0
    text = _STRONG.sub(lambda match: match[1] or match[2], text)
    text = _EMPHASIS.sub(lambda match: match[1] or match[2], text)
    return Line(tidy(_ESCAPE.sub(r"\1", text)), level, lead=lead)
