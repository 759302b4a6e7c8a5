"""The words of the index: how rare each is, and the right spelling of those that a question misspells."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.language.thesaurus import thesaurus
from ingest.report import Report

_SENTENCE = re.compile(r"[^。!?;\n]+")


class Vocabulary:
    """Statistics of the sentences of some reports.

    `rarity` follows the inverse document frequency of Spärck Jones (1972), over sentences instead of documents.
    """

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self._frequency: Counter[str] = Counter()
        self._sentences = 0
        self._characters: Counter[str] = Counter()
        for report in reports:
            for sentence in _SENTENCE.findall(fold(report.text).lower()):
                self._sentences += 1
                self._frequency.update(set(pieces(sentence)))
                self._characters.update(set(sentence))

    def rarity(self, word: str) -> float:
        """Return the inverse document frequency of `word`: that of its rarest character pair; a single character
        counts by itself. A word that the reports lack is as rare as can be."""
        return max((self._idf(piece) for piece in pieces(word)), default=0.0)

    def knows(self, word: str) -> bool:
        """Whether every character pair of `word` stands somewhere in the reports."""
        return all(self._frequency[piece] for piece in pieces(word))

    def share(self, character: str) -> float:
        """Return the share of sentences that a character stands in, 0 to 1."""
        return self._characters[character] / max(1, self._sentences)

    @property
    def highest(self) -> float:
        return self._idf("")

    def _idf(self, piece: str) -> float:
        return math.log((self._sentences + 1) / (self._frequency[piece] + 0.5))

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], str]:
        """Pinyin without tones -> the name that sounds so, for names of three characters and more."""
        names: Counter[str] = Counter()
        for report in self._reports:
            names.update(
                f.indicator for f in report.figures if 3 <= len(f.indicator) <= 14 and _HAN.fullmatch(f.indicator)
            )
        names.update(
            {
                form: 50
                for forms in indicators().forms.values()
                for form in forms
                if len(form) >= 3 and _HAN.fullmatch(form)
            }
        )
        for start in self._names.values():
            names.update({name: 1 for name in start if _HAN.fullmatch(name)})
        names.update({w: 1 for w in thesaurus().near if len(w) >= 3 and _HAN.fullmatch(w) and self.knows(w)})
        return {sound(name): name for name, _ in sorted(names.items(), key=lambda item: item[1])}

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        """First two characters -> the names of the reports that begin so, longest first."""
        names: set[str] = set()
        for report in self._reports:
            text = fold(report.text).lower()
            names.update(m[1] for m in _QUOTED.finditer(text))
            names.update(fold(name).lower() for f in report.figures for name in (f.indicator, f.scope))
            names.update(fold(p.heading).lower() for p in report.passages if _HAN.fullmatch(p.heading or " "))
        table: dict[str, list[str]] = {}
        for name in names:
            if _LEAST_NAME <= len(name) <= _MOST_NAME and _NAME.fullmatch(name):
                table.setdefault(name[:2], []).append(name)
        return {start: tuple(sorted(own, key=len, reverse=True)) for start, own in table.items()}

    def names(self, name: str) -> bool:
        """Whether `name` is a name of the reports, quoted or what a figure measures, or an indicator's."""
        return name in self._names.get(name[:2], ()) or name in indicators().names

    def names_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of the names of the reports in folded, lower-case `text`: quoted words, what their figures
        measure, places; longest first, without overlaps."""
        at = 0
        while at < len(text) - 1:
            name = next((n for n in self._names.get(text[at : at + 2], ()) if text.startswith(n, at)), "")
            if name:
                yield at, at + len(name)
            at += len(name) or 1

    def corrected(self, question: str) -> str:
        """Return `question` with misspelt names put right where a name of the reports sounds the same.

        Only a stretch that the reports do not have is changed: "消售额" -> "销售额".
        """
        corrected = question
        for stretch in re.findall(r"[\u4e00-\u9fff]{3,}", question):
            fixed = self._fix(stretch)
            corrected = corrected.replace(stretch, fixed)
        return corrected

    def _unknown(self, stretch: str) -> list[int]:
        """Return where in `stretch` the character pairs begin that the reports do not have."""
        return [i for i in range(len(stretch) - 1) if not self._frequency[stretch[i : i + 2]]]

    def _fix(self, stretch: str) -> str:
        unknown = self._unknown(stretch)
        if not unknown:
            return stretch
        sounds = sound(stretch)
        for length in range(min(len(stretch), 12), 2, -1):
            for start in range(len(stretch) - length + 1):
                window = stretch[start : start + length]
                name = self._by_sound.get(sounds[start : start + length])
                if name and name != window and any(start <= i < start + length - 1 for i in unknown):
                    fixed = stretch[:start] + name + stretch[start + length :]
                    if len(self._unknown(fixed)) < len(unknown):  # "国家计|划" is no misspelt "国家级"
                        return stretch[:start] + name + self._fix(stretch[start + length :])
        return stretch


# "“接诉即办”", "《爱在大兴》"
_QUOTED = re.compile(r"[“‘《]([^“”‘’《》]{2,14})[”’》]")
_NAME = re.compile(r"[\u4e00-\u9fffa-z][\u4e00-\u9fffa-z0-9+.]*")
_LEAST_NAME, _MOST_NAME = 3, 14
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def pieces(text: str) -> Iterator[str]:
    """Yield the character pairs of the Chinese stretches of `text` and its Latin words and numbers; a Chinese
    character that stands alone is a piece of its own."""
    for m in re.finditer(r"[\u4e00-\u9fff]+|[a-z0-9.]+", text.lower()):
        word = m[0]
        if len(word) == 1 or word.isascii():
            yield word
        else:
            yield from (word[i : i + 2] for i in range(len(word) - 1))


def sound(text: str) -> tuple[str, ...]:
    """Return the pinyin of each character, without tones; retroflex and nasal endings that are often confused fold."""
    return tuple(map(_sound_of, text))


@cache
def _sound_of(character: str) -> str:
    from pypinyin import lazy_pinyin

    syllable = re.sub(r"^(z|c|s)h", r"\1", lazy_pinyin([character])[0])
    return re.sub(r"([ei])ng$", r"\1n", syllable)
