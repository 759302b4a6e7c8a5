"""The training pairs of the bundled model: (what is asked, the text that answers it)."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vectorstore.searchtext import normalise, split
from vectorstore.training.jsonl import read_jsonl
from vectorstore.training.official import official_documents
from vectorstore.training.sayings import families, paraphrases, sayings

# The development split of CMRC 2018 is a benchmark: neither its questions nor its passages are ever trained on.
BENCHMARK_SPLIT = "dev"
# How many pairs of each kind; the questions of people, about 18,000, are all taken.
OFFICIAL_PAIRS = 12_000
PARAPHRASES = 24_000
# Sentences are what is embedded later: a longer passage is not paired with its question, a longer rest is cut.
LONGEST = 200
_LONGEST_REST = 160
# "一、战略意义" | "(二)健全体系" | "3.打造试验场" and nothing after it: a heading line.
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、]|第[一二三四五六七八九十]+[章节条])\S{2,40}$"
)


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


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a model learns from: `texts` show which pieces there are and how rare, `pairs` what answers what."""

    texts: list[str]
    pairs: list[Pair]


def lesson(data: Path, *, seed: int, held_out: Iterable[str] = ()) -> Lesson:
    """Read `data` (folders cmrc2018, drcd, official_texts) and make the pairs, without duplicates, in a seeded order.

    No pair and no text comes from a document whose text is in `held_out`.
    """
    chooser = random.Random(seed)
    asked = dict.fromkeys([*_question_pairs(data / "cmrc2018"), *_question_pairs(data / "drcd", benchmark=False)])
    documents = list(official_documents(data / "official_texts", held_out))
    sentences = list(dict.fromkeys(s for document in documents for paragraph in document for s in split(paragraph)))
    words = families()
    official = list(dict.fromkeys(pair for document in documents for pair in _paragraph_pairs(document)))
    said = [*paraphrases(sentences, words, PARAPHRASES, chooser), *sayings(words, chooser)]
    pairs = [
        *(pair for pair in asked if len(pair.text) <= LONGEST),
        *chooser.sample(official, min(len(official), OFFICIAL_PAIRS)),
        *(Pair(question, text) for question, text in said),
    ]
    chooser.shuffle(pairs)
    parts = (part for pair in asked for text in (pair.query, pair.text) for part in split(text))
    forms = (form for row in words for form in row)
    return Lesson(list(dict.fromkeys([*parts, *sentences, *forms])), list(dict.fromkeys(pairs)))


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


def _paragraph_pairs(paragraphs: Iterable[str]) -> Iterator[Pair]:
    """Yield heading → paragraph and sentence → the rest of its paragraph."""
    heading = ""
    used: defaultdict[str, int] = defaultdict(int)
    for paragraph in paragraphs:
        if _HEADING.match(paragraph):
            heading = paragraph
            continue
        if heading and used[heading] < 3:
            used[heading] += 1
            yield Pair(heading, paragraph[:_LONGEST_REST])
        parts = split(paragraph)
        for position, sentence in enumerate(parts):
            if 8 <= len(sentence) <= 80 and len(parts) > 1:
                yield Pair(sentence, "".join(parts[:position] + parts[position + 1 :])[:_LONGEST_REST])
