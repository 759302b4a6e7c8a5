"""Questions in other words than the reports': the project's own word lists, put into sentences of the official texts.

城镇新增就业276万人 → 请问新增岗位多少 (the sentence answers it)
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import ingest.language
from ingest.language.indicators import read_lexicon
from vectorstore.searchtext import normalise

Family = tuple[str, ...]
"""A word of reports and what people say for it, normalised."""

_TABLES = ("indicators.tsv", "synonyms.tsv", "thesaurus.tsv")
# What people put around the thing they ask for; mostly nothing.
_BEFORE = (
    *("", "", "", "", "请问", "请问一下", "想知道", "那", "一共"),
    *("今年", "去年", "上半年", "全年", "全国", "全市", "本区"),
)
_BEHIND = (
    *("", "", "", "多少", "是多少", "有多少", "达到多少", "多少呢", "完成多少", "要做到多少", "做到了多少"),
    *("增长多少", "涨了多少", "降了多少", "占多少", "比例多少", "多少钱", "几个"),
    *("怎么样", "情况如何", "有哪些", "是什么", "有什么", "怎么做", "吗"),
)
# "比上年增长5.2%,达到60亿元" → 比上年增长5.2% | 达到60亿元
_CLAUSE = re.compile(r"[,;:。!?、…—\"“”()《》\s]+")
# "1,234.5" | "5.2%" | "3个百分点" | "60余"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\s*(?:%|‰|个百分点)?[多余]?")
# How often a word is said otherwise, a number is asked for with 多少, and a short clause takes the next one along.
_SWAPPED, _ASKED_FOR, _JOINED = 0.7, 0.5, 0.7


def families() -> list[Family]:
    """Return the words of the lexicon, the synonyms and the thesaurus of `ingest.language`."""
    folder = Path(ingest.language.__file__).parent
    rows = (row for table in _TABLES for row in read_lexicon(folder / table).forms.values())
    return [tuple(dict.fromkeys(normalise(form) for form in row)) for row in rows]


def sayings(words: Iterable[Family], chooser: random.Random) -> list[tuple[str, str]]:
    """Return (a question with the saying, the word of reports) for every saying."""
    return [(_question(saying, chooser), row[0]) for row in words for saying in row[1:]]


def paraphrases(
    sentences: Sequence[str], words: Iterable[Family], count: int, chooser: random.Random
) -> list[tuple[str, str]]:
    """Return at most `count` of (a question made of a clause by saying its words otherwise, its sentence)."""
    swap = _Swap(words)
    found: list[tuple[str, str]] = []
    for sentence in chooser.sample(sentences, len(sentences)):
        if len(found) == count:
            break
        clauses = [clause for clause in _CLAUSE.split(sentence) if len(clause) >= 5]
        if not clauses or not 10 <= len(sentence) <= 160:
            continue
        at = chooser.randrange(len(clauses))
        clause = clauses[at]
        if len(clause) < 9 and at + 1 < len(clauses) and chooser.random() < _JOINED:
            clause += clauses[at + 1]
        said, swapped = swap(clause, chooser)
        if swapped:
            asked = "多少" if chooser.random() < _ASKED_FOR else ""
            found.append((_question(_NUMBER.sub(asked, said, count=1), chooser), sentence))
    return found


def _question(text: str, chooser: random.Random) -> str:
    return chooser.choice(_BEFORE) + text + chooser.choice(_BEHIND)


class _Swap:
    """Says the words of a text otherwise, the longest that it finds first."""

    def __init__(self, words: Iterable[Family]) -> None:
        others: defaultdict[str, list[str]] = defaultdict(list)
        for row in words:
            for form in row:
                if len(form) >= 2:
                    others[form] += [other for other in row if other != form]
        self._others = {form: said for form, said in others.items() if said}
        self._by_start: defaultdict[str, list[str]] = defaultdict(list)
        for form in sorted(self._others, key=len, reverse=True):
            self._by_start[form[:2]].append(form)

    def __call__(self, text: str, chooser: random.Random) -> tuple[str, int]:
        """Return the text and how many of its words were exchanged."""
        parts: list[str] = []
        at = swapped = 0
        while at < len(text):
            form = next((f for f in self._by_start.get(text[at : at + 2], ()) if text.startswith(f, at)), "")
            exchanged = bool(form) and chooser.random() < _SWAPPED
            parts.append(chooser.choice(self._others[form]) if exchanged else form or text[at])
            swapped += exchanged
            at += len(form) or 1
        return "".join(parts), swapped
