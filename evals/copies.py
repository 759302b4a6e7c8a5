"""Synthetic copies of reports: the same sentences with other names and other figures, for measuring how things grow.

A copy is another place's report: every proper name becomes another name of the same kind and length ("青海省" and
"青海" become "永邺省" and "永邺"), every number another of the same shape ("442.1" becomes "718.6"); years, dates and
the numbers of headings stay, because they are what makes look-alikes. The same seed makes the same copies.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from ingest import find_documents, read_report
from ingest.places import NATION, short_place
from ingest.report import IngestError, Report

SEED = 1
# What jieba tags as a proper name: of a person, a place, an organisation, something else.
_NAMES = ("nr", "ns", "nt", "nz")
# What is said of the country becomes said of a city.
_NATIONAL = re.compile("中华人民共和国|国务院|全国|我国|中国")
# "442.1", "12"; not the year 2022, the day of "8月29日", the heading "1.", the "2022-08-29" of a byline
_NUMBER = re.compile(r"(?<![\d.\-/])(?!(?:19|20)\d\d(?!\d|\.\d))\d+(?:\.\d+)?(?![\d\-/]|\s*[年月日号时、.．)）])")
# Characters that names of places are made of.
_CHARACTERS = "安永宁昌康泰德阳清源临武邺郓鄢沅沣泾洮洛汜涪滁淄郯莒邳睢郸鄄鄱岑岫崤嵩峄岚岷峪埠堰塬圩坻垣埭畲畈邕邛郫郧"
_HAN = re.compile(r"[\u4e00-\u9fff]+")
# A name that more reports have than this is none of a place ("城镇", "党中央"), unless it is the region of one.
_SHARED = 3


@dataclass(frozen=True, slots=True)
class Template:
    """A report cut into pieces; those that are proper names are marked."""

    report: Report
    pieces: tuple[tuple[str, bool], ...]

    def copy(self, number: int, seed: int = SEED) -> str:
        """Return the text of copy `number` (from 1)."""
        name = _namer(f"{seed}/{number}")
        digits = Random(f"{seed}/{number}/{self.report.id}")
        text = "".join(name(piece) if is_name else piece for piece, is_name in self.pieces)
        if self.report.region == NATION:
            text = _NATIONAL.sub(f"{name('京')}{name('华')}市", text)
        return _NUMBER.sub(lambda match: _other_number(match[0], digits), text)


def read_templates(folders: Sequence[Path]) -> tuple[list[Template], list[IngestError]]:
    """Return the reports of `folders` as templates, and why other files there are not among them."""
    found, failures = find_documents(folders)
    reports = [read_report(file, root=root) for file, root in found]
    tagged = [_tagged(report) for report in reports]
    spread = Counter(stem for words in tagged for stem in {short_place(word) for word, named in words if named})
    own = {short_place(report.region) for report in reports}
    names = {stem for stem, count in spread.items() if count <= _SHARED or stem in own}
    cut = [tuple((word, named and short_place(word) in names) for word, named in words) for words in tagged]
    return [Template(report, words) for report, words in zip(reports, cut, strict=True)], failures


def write_copies(templates: Sequence[Template], target: Path, times: int, seed: int = SEED) -> int:
    """Write each report and `times - 1` copies of it to the folder `target`; return how many characters that is."""
    target.mkdir(parents=True, exist_ok=True)
    characters = 0
    for template in templates:
        source = Path(template.report.source)
        for number in range(times):
            text = template.copy(number, seed) if number else template.report.text
            name = f"{source.stem}-{number:02d}.txt" if number else f"{source.stem}.txt"
            (target / name).write_text(text, encoding="utf-8")
            characters += len(text)
    return characters


def _tagged(report: Report) -> list[tuple[str, bool]]:
    """Cut a report into words; those that may be proper names are marked, the region's among them always."""
    import jieba.posseg

    region = short_place(report.region) if report.region and report.region != NATION else "\0"
    words: list[tuple[str, bool]] = []
    for part in re.split(f"({re.escape(region)})", report.text):
        if part == region:
            words.append((part, True))
        else:
            tagged = jieba.posseg.lcut(part)
            words += [(word.word, word.flag[:2] in _NAMES and bool(_HAN.fullmatch(word.word))) for word in tagged]
    return words


def _namer(key: str) -> Callable[[str], str]:
    """Return what gives names other names: the same name the same, with or without its rank ("青海省", "青海")."""

    @cache
    def stem(name: str) -> str:
        chance = Random(f"{key}/{name}")
        return "".join(chance.choice(_CHARACTERS) for _ in name)

    def name(piece: str) -> str:
        short = short_place(piece)
        return stem(short) + piece[len(short) :]

    return name


def _other_number(number: str, chance: Random) -> str:
    """Return a number with as many digits, before and after the point; zeros in front stay."""
    return "".join(_digits(number, chance))


def _digits(number: str, chance: Random) -> Iterator[str]:
    leading = True
    for digit in number:
        if digit == "." or (leading and digit == "0"):
            yield digit
        else:
            yield chance.choice("123456789" if leading else "0123456789")
            leading = False
