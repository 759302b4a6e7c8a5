"""What the two searches see of a passage and of a question: normalised text, units, the names above a passage."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from ingest.report import Passage, Report
from ingest.text import sentences

if TYPE_CHECKING:
    from opencc import OpenCC


def normalise(text: str) -> str:
    """Return `text` in one width, case and script: "ＧＤＰ增長５%" → "gdp增长5%". Offsets are not kept.

    Documents and questions pass through here alike, so a character that is converted wrongly is so on both sides and
    still meets.
    """
    simplified: str = _simplifier().convert(unicodedata.normalize("NFKC", text).lower())
    return simplified


def split(text: str) -> list[str]:
    """Return the sentences of `text`."""
    return [text[start:end] for start, end in sentences(text)]


def units(passage: Passage) -> list[str]:
    """Return what is embedded of a passage, at least one text: its sentences, each under the run-in heading.

    A static model takes the mean of a text's pieces; over a whole paragraph of ten figures that says nothing of any
    of them. The passage scores as its best sentence. Measured: training/evaluate_model.py.
    """
    heading = normalise(passage.heading)
    parts = split(normalise(passage.text)) or [normalise(passage.text)]
    return [part if part.startswith(heading) else f"{heading}。{part}" for part in parts]


def sentence_ends(passage: Passage) -> list[int]:
    """Return where each unit of a passage ends in its text. Normalising a character very rarely gives two: then a
    sentence ends a little late."""
    return [end for _, end in sentences(normalise(passage.text))] or [len(passage.text)]


def lexical_text(report: Report, passage: Passage) -> str:
    """Return what BM25 sees of a passage: whose report and which period it is, the sections above it, its text."""
    names = (report.title, report.issuer, report.region, report.period, *passage.section, passage.heading)
    return normalise(" ".join([*dict.fromkeys(name for name in names if name), passage.text]))


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
