from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.lexical import LexicalIndex, tokenize

TEXTS = ["固定资产投资完成442.1亿元", "城镇登记失业率3.2%", "gdp增长5%", "", "!?"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("固定资产", ["固定", "定资", "资产"]),
        ("亿", ["亿"]),
        ("gdp增长5.2%,5g", ["gdp", "增长", "5.2", "5", "g"]),
        ("1.5.2", ["1.5", "2"]),
        ("𠮷祥", ["𠮷祥"]),
        ("。", []),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokenize(text) == tokens


def test_the_text_with_the_words_scores_highest_and_one_without_any_scores_nothing() -> None:
    scores = LexicalIndex.build(TEXTS).scores("固定资产投资")
    assert scores.shape == (5,)
    assert int(scores.argmax()) == 0
    assert scores[1:].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("question", ["", "?", "从未见过", "\0"])
def test_a_question_without_known_words_scores_nothing(question: str) -> None:
    assert LexicalIndex.build(TEXTS).scores(question).tolist() == [0] * 5


def test_a_saved_index_scores_the_same(tmp_path: Path) -> None:
    index = LexicalIndex.build(TEXTS)
    index.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical")
    assert loaded.size == 5
    assert np.array_equal(loaded.scores("失业率"), index.scores("失业率"))


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5), st.text(max_size=20))
def test_any_texts_can_be_indexed_and_asked(texts: list[str], question: str) -> None:
    scores = LexicalIndex.build(texts).scores(question)
    assert scores.shape == (len(texts),)
    assert np.isfinite(scores).all()
