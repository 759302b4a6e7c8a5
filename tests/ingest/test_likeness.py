"""ingest.likeness"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from ingest.likeness import near_duplicates

LETTERS = "一二三四五六七八九十百千万亿元增长完成投资报告全年同比上半年"


@pytest.fixture
def text() -> str:
    return "".join(random.Random(1).choices(LETTERS, k=5000))


def _with_changes(text: str, count: int) -> str:
    """Return `text` with `count` characters, evenly spread, changed."""
    letters = list(text)
    for at in range(0, len(text), len(text) // count):
        letters[at] = "改"
    return "".join(letters)


def test_spacing_punctuation_and_width_make_no_difference(text: str) -> None:
    spaced = "，".join(text[i : i + 40] + "\n" for i in range(0, len(text), 40))
    (found,) = near_duplicates([text, spaced])
    assert (found.one, found.other, found.share) == (0, 1, 1.0)


@pytest.mark.parametrize(("changes", "found"), [(10, True), (200, True), (400, False)])
def test_how_much_may_differ(text: str, changes: int, found: bool) -> None:
    assert bool(near_duplicates([text, _with_changes(text, changes)])) is found


def test_a_pair_is_found_among_others_and_named_once(text: str) -> None:
    others = ["".join(random.Random(seed).choices(LETTERS, k=3000)) for seed in range(2, 30)]
    found = near_duplicates([*others[:10], text, *others[10:], text + "完"])
    assert [(pair.one, pair.other) for pair in found] == [(10, 29)]


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["短", "短"], ["短", "长"]])
def test_texts_without_a_single_shingle(texts: list[str]) -> None:
    assert all(pair.share == 1.0 for pair in near_duplicates(texts))


def test_reports_of_one_template_are_not_near_and_it_takes_no_time(corpus: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.glob("*.txt"))]
    started = time.perf_counter()
    assert near_duplicates(texts) == []
    assert time.perf_counter() - started < 10  # measured: half a second


def test_pairs_that_are_told_apart_otherwise_are_not_compared(text: str) -> None:
    asked: list[tuple[int, int]] = []

    def comparable(one: int, other: int) -> bool:
        asked.append((one, other))
        return (one, other) != (0, 1)

    assert [(p.one, p.other) for p in near_duplicates([text, text, text], comparable)] == [(0, 2), (1, 2)]
    assert sorted(asked) == [(0, 1), (0, 2), (1, 2)]
