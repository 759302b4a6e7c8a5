"""The training pairs of the bundled model: (what is asked, the text that answers it)."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vectorstore.searchtext import normalise, split

# The development split of CMRC 2018 is a benchmark: neither its questions nor its passages are ever trained on.
BENCHMARK_SPLIT = "dev"
# The official texts give more pairs than all questions together; more of them than this teaches nothing new.
OFFICIAL_PAIRS = 30_000
# "一、战略意义" | "(二)健全体系" | "3.打造试验场" and nothing after it: a heading line.
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、]|第[一二三四五六七八九十]+[章节条])\S{2,40}$"
)
# The private-use characters and runs of wide spaces that stand for line breaks in the older reports.
_BREAK = re.compile(r"[\ue000-\uf8ff]|[ \u3000]{2,}|\n")


@dataclass(frozen=True, slots=True)
class Pair:
    """`query` is answered by `text`; both are normalised."""

    query: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A benchmark question: `passage` is the id of the passage that holds `answer`. All texts are normalised."""

    text: str
    passage: str
    answer: str


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def training_pairs(data: Path, *, seed: int) -> list[Pair]:
    """Return all pairs under `data` (folders cmrc2018, drcd, official_texts), without duplicates, in a seeded order."""
    pairs = dict.fromkeys([*_question_pairs(data / "cmrc2018"), *_question_pairs(data / "drcd", benchmark=False)])
    official = list(dict.fromkeys(_official_pairs(data / "official_texts")))
    chooser = random.Random(seed)
    chooser.shuffle(official)
    chosen = [*pairs, *official[:OFFICIAL_PAIRS]]
    chooser.shuffle(chosen)
    return chosen


def benchmark(data: Path) -> tuple[dict[str, str], list[Question]]:
    """Return the CMRC 2018 development passages by id, and the questions on them."""
    asked = [row for row in read_jsonl(data / "cmrc2018" / "questions.jsonl") if row["split"] == BENCHMARK_SPLIT]
    wanted = {row["passage"] for row in asked}
    passages = {
        row["id"]: normalise(row["text"])
        for row in read_jsonl(data / "cmrc2018" / "passages.jsonl")
        if row["id"] in wanted
    }
    return passages, [Question(normalise(row["question"]), row["passage"], normalise(row["answer"])) for row in asked]


def best_sentence(passage: str, answer: str, question: str) -> str:
    """Return the sentence with `answer` that shares most characters with `question`; without one, the passage."""
    holding = [sentence for sentence in split(passage) if answer in sentence]
    return max(holding, key=lambda sentence: len(set(sentence) & set(question)), default=passage)


def _question_pairs(folder: Path, *, benchmark: bool = True) -> Iterator[Pair]:
    passages = {row["id"]: normalise(row["text"]) for row in read_jsonl(folder / "passages.jsonl")}
    rows = list(read_jsonl(folder / "questions.jsonl"))
    held_back = {row["passage"] for row in rows if benchmark and row["split"] == BENCHMARK_SPLIT}
    for row in rows:
        if row["passage"] in held_back:
            continue
        question, passage = normalise(row["question"]), passages[row["passage"]]
        yield Pair(question, best_sentence(passage, normalise(row["answer"]), question))
        yield Pair(question, passage)


def _official_pairs(folder: Path) -> Iterator[Pair]:
    """Yield heading → paragraph and sentence → the rest of its paragraph."""
    for path in sorted(folder.glob("*.jsonl")):
        for row in read_jsonl(path):
            yield from _paragraph_pairs(_paragraphs(row.get("text") or row.get("content") or ""))


def _paragraph_pairs(paragraphs: Iterable[str]) -> Iterator[Pair]:
    heading = ""
    used: defaultdict[str, int] = defaultdict(int)
    for paragraph in paragraphs:
        if _HEADING.match(paragraph):
            heading = paragraph
            continue
        if heading and used[heading] < 3:
            used[heading] += 1
            yield Pair(heading, paragraph)
        parts = split(paragraph)
        for position, sentence in enumerate(parts):
            if 8 <= len(sentence) <= 80 and len(parts) > 1:
                yield Pair(sentence, "".join(parts[:position] + parts[position + 1 :])[:400])


def _paragraphs(text: str) -> list[str]:
    parts = (normalise(part).strip() for part in _BREAK.split(text))
    return [part for part in parts if 6 <= len(part) <= 1500]
