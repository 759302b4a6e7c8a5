"""Comparing texts the way a reader does: width, spaces, quotes and thousands separators do not count."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3})")
_IGNORED = re.compile(r"[\s\"'“”‘’*_`]+")
_MARK = re.compile(r"\[\d+\]")
_LISTING = re.compile(r"(?m)^\s*(\d{1,2}[.、)）]\s|[-*•]\s)")


def norm(text: str | None) -> str:
    """Return `text` in one width, without spaces, quotation marks and thousands separators.

    >>> norm("投资 １，２００亿元")
    '投资1200亿元'
    """
    folded = unicodedata.normalize("NFKC", text or "")
    return _IGNORED.sub("", _SEPARATOR.sub("", folded))


def spoken(answer: str | None) -> str:
    """Return an answer as it is judged: without citation marks and list numbering, closed by one full stop.

    >>> spoken("完成442.1亿元。[1]")
    '完成442.1亿元。'
    """
    return norm(_LISTING.sub("", _MARK.sub("", answer or ""))).rstrip("。") + "。"


def holds(answer: str, gold: str) -> bool:
    """Tell whether `gold` stands in a normalised answer, never as a part of a longer number.

    >>> holds("增长62.8%。", "2.8%"), holds("增长2.8%。", "2.8%")
    (False, True)
    """
    wanted = norm(gold)
    left = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    right = r"(?!\d|\.\d)" if wanted[-1:].isdigit() else ""
    return re.search(left + re.escape(wanted) + right, answer) is not None


@dataclass(frozen=True)
class ReportText:
    """The text of a report, to be searched for quotes. `source` is its file's path where it is known, else ""."""

    id: str
    source: str
    text: str

    @property
    def file(self) -> str:
        """The name of its file."""
        return self.source.rpartition("/")[2]

    def find(self, quote: str) -> list[tuple[int, int]]:
        """Return the half-open spans of a quote in `text`; both are compared normalised."""
        wanted = norm(quote)
        folded, places = self._folded
        found, start = [], folded.find(wanted) if wanted else -1
        while start >= 0:
            found.append((places[start], places[start + len(wanted) - 1] + 1))
            start = folded.find(wanted, start + 1)
        return found

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        """The normalised text and where each of its characters stands in `text`."""
        letters: list[str] = []
        places: list[int] = []
        for at, letter in enumerate(self.text):
            for part in unicodedata.normalize("NFKC", letter):
                letters.append(part)
                places.append(at)
        dropped = {match.start() for match in _SEPARATOR.finditer("".join(letters))}
        kept = [at for at, letter in enumerate(letters) if at not in dropped and not _IGNORED.match(letter)]
        return "".join(letters[at] for at in kept), [places[at] for at in kept]


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many characters two half-open spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
