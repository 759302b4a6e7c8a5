"""Near-synonyms: what people say for the words of reports ("敬老院" for 养老机构, "晚交" for 缓缴)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.language.folding import fold

FILE = Path(__file__).parent / "thesaurus.tsv"
_SHORTEST_PHRASE = 3
"""Characters from which on a saying is looked for in running text; shorter ones would be found across words."""


@dataclass(frozen=True)
class Thesaurus:
    """Any word -> the words that may stand for it: those it is a saying of, its own sayings, their other sayings."""

    near: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    """First two characters -> the sayings of three characters and more that begin so, longest first."""

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of the longest sayings in folded `text`, left to right, without overlaps."""
        at = 0
        while at < len(text) - 1:
            phrase = next((p for p in self.phrases.get(text[at : at + 2], ()) if text.startswith(p, at)), "")
            if phrase:
                yield at, at + len(phrase)
            at += len(phrase) or 1


def read_thesaurus(path: Path) -> Thesaurus:
    """Read a thesaurus file: report word <TAB> sayings separated by commas; "#" begins a comment line.

    Raises ValueError naming the line where one has no word or no saying.
    """
    near: dict[str, dict[str, None]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        word, _, rest = line.partition("\t")
        sayings = [fold(s.strip()).lower() for s in rest.split(",") if s.strip()]
        if not word.strip() or not sayings:
            raise ValueError(f"{path.name} 第{number}行: 应为“报告词<TAB>说法,说法”: {line!r}")
        word = fold(word.strip()).lower()
        near.setdefault(word, {}).update(dict.fromkeys(sayings))
        for saying in sayings:
            # The report's word first, then what else is said for it.
            near.setdefault(saying, {}).update(dict.fromkeys((word, *(s for s in sayings if s != saying))))
    phrases: dict[str, list[str]] = {}
    for form in near:
        if len(form) >= _SHORTEST_PHRASE:
            phrases.setdefault(form[:2], []).append(form)
    return Thesaurus(
        {word: tuple(others) for word, others in near.items()},
        {start: tuple(sorted(forms, key=len, reverse=True)) for start, forms in phrases.items()},
    )


@cache
def thesaurus() -> Thesaurus:
    return read_thesaurus(FILE)
