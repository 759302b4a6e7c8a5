"""The passages of a report: its paragraphs, the over-long ones cut at sentence ends within a token budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.formats.document import Block, RawDocument
from ingest.outline import Outline, numbering
from ingest.report import Passage
from ingest.text import fits, sentences, strip_span

PASSAGE_TOKENS = 512

_NAME_CHARACTERS = 20  # a run-in heading, e.g. 项目投资保持高水平
_NUMBERED_NAME_CHARACTERS = 45  # with a number before it, e.g. （一）着力稳定宏观经济大盘，保持经济运行在合理区间
_BOLD_NAME_CHARACTERS = 60
# 一是, 二要, ——, ● before a run-in heading
_MARKER = re.compile(r"(?:[一二三四五六七八九十]{1,3}[是要]|[—―\-－]{2,}|[●■◆▲★•·※])\s*")
# Quantities: a sentence that holds one says something, it names nothing.
_QUANTITY = re.compile(r"[\d０-９%％]")
# 今年以来, 我们, 过去一年: a sentence, not a name
_SENTENCE_START = re.compile(r"今年|去年|目前|过去|我们|我国|我[省市区县]|这|同时|其中|此外|各位")


def passages(document: RawDocument, outline: Outline, report_id: str, budget: int = PASSAGE_TOKENS) -> list[Passage]:
    """Return the passages in text order. Every one is a slice of the text, so `text[start:end] == passage.text`."""
    found: list[Passage] = []
    for index in outline.plain:
        block = document.blocks[index]
        heading = run_in_heading(document.line(index), block.lead)
        spans = list(_slices(document.text, block, budget))
        for number, (start, end) in enumerate(spans, 1):
            name = f"{report_id}-p{index + 1}" + (f".{number}" if len(spans) > 1 else "")
            text = document.text[start:end]
            found.append(Passage(name, index + 1, start, end, text, outline.paths[index], heading, block.page))
    return found


def run_in_heading(paragraph: str, lead: int = 0) -> str:
    """Return the short first sentence that names a paragraph, without number and full stop, or "".

    `lead` is the length of the paragraph's bold beginning.

    >>> run_in_heading("项目投资保持高水平。统筹好重大活动保障。")
    '项目投资保持高水平'
    """
    if bold := _bold_heading(paragraph, lead):
        return bold
    end = paragraph.find("。", 0, _NUMBERED_NAME_CHARACTERS + 20) + 1
    if not 0 < end < len(paragraph):
        return ""
    sentence = paragraph[: end - 1]
    name, limit = _without_number(sentence)
    plain = limit > _NAME_CHARACTERS or not re.search(r"[，,：:]", name)
    if len(name) > limit or not plain or _QUANTITY.search(name) or re.search(r"[；;！!？?|]", name):
        return ""
    return "" if _SENTENCE_START.match(name) else name


def _without_number(sentence: str) -> tuple[str, int]:
    """Return the sentence without its number, and how long a heading may then be."""
    if found := numbering(sentence):
        return found[1], _NUMBERED_NAME_CHARACTERS
    marker = _MARKER.match(sentence)
    return (sentence[marker.end() :], _NUMBERED_NAME_CHARACTERS) if marker else (sentence, _NAME_CHARACTERS)


def _bold_heading(paragraph: str, lead: int) -> str:
    """Return the bold beginning if it is a whole clause, other text follows, and it is short."""
    if not 1 < lead < len(paragraph.rstrip()):
        return ""
    bold = paragraph[:lead].strip()
    if bold[-1:] not in "。：:" and paragraph[lead : lead + 1] not in "。：:":
        return ""
    name, _ = _without_number(bold.rstrip("。：: "))
    return name if len(name) <= _BOLD_NAME_CHARACTERS and not re.search(r"[。；]", name) else ""


def _slices(text: str, block: Block, budget: int) -> Iterator[tuple[int, int]]:
    """Yield the block's span, or spans of whole sentences that each fit the budget."""
    if fits(text[block.start : block.end], budget):
        yield block.start, block.end
        return
    start = end = block.start
    for stop in _pieces(text, block, budget):
        # Counted whole: two pieces together may have more tokens than each apart ("33，" and ".a").
        if end > start and not fits(text[start:stop], budget):
            yield strip_span(text, start, end)
            start = end
        end = stop
    yield strip_span(text, start, end)


def _pieces(text: str, block: Block, budget: int) -> Iterator[int]:
    """Yield the ends of adjoining pieces that fit: sentences, else their clauses, else the halves of those."""
    edges = [block.start + end for _, end in sentences(text[block.start : block.end])]
    yield from _cut(text, block.start, [*edges[:-1], block.end], budget)


def _cut(text: str, start: int, edges: Sequence[int], budget: int) -> Iterator[int]:
    for edge in edges:
        piece = text[start:edge]
        # A token is seldom many characters; a piece this long is cut before it is counted.
        if len(piece) <= 20 * budget and fits(piece, budget):
            yield edge
        elif clauses := [match.end() for match in re.finditer("[，,、：:|]", piece[:-1])]:
            yield from _cut(text, start, [*(start + clause for clause in clauses), edge], budget)
        else:
            step = min(budget, max(1, len(piece) // 2))
            yield from _cut(text, start, [*range(start + step, edge, step), edge], budget)
        start = edge
