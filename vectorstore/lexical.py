"""BM25 over Chinese tokens (sole bm25s import)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Runs of one kind: "gdp" | "442.1" | "固定资产投资"
_RUN = re.compile(r"[a-z]+|\d+(?:\.\d+)?|[\u3400-\u9fff\U00020000-\U0003ffff]+")


def tokenize(text: str) -> list[str]:
    """Return the tokens of normalised text: words of letters, numbers, and pairs of neighbouring Chinese characters.

    >>> tokenize("gdp完成442.1亿元")
    ['gdp', '完成', '442.1', '亿元']

    Pairs beat the words of a segmenter on such reports: names of projects and indicators are in no dictionary.
    """
    tokens: list[str] = []
    for run in _RUN.findall(text):
        if run[0].isascii() or len(run) == 1:
            tokens.append(run)
        else:
            tokens += [run[at : at + 2] for at in range(len(run) - 1)]
    return tokens


class LexicalIndex:
    """The BM25 scores of a fixed list of texts. Safe to use from several threads."""

    def __init__(self, scorer: Any, size: int) -> None:
        self._scorer = scorer
        self.size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index normalised texts; their order is the order of the scores."""
        scorer = _bm25()(method="lucene")
        # bm25s cannot index texts that have no token at all: the mark is in no question.
        scorer.index([tokenize(text) or ["\0"] for text in texts], show_progress=False)
        return cls(scorer, len(texts))

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read an index that `save` wrote; its scores are mapped from disk."""
        scorer = _bm25().load(folder, mmap=True)
        return cls(scorer, scorer.scores["num_docs"])

    def save(self, folder: Path) -> None:
        """Write the index into a folder, which is made."""
        self._scorer.save(folder, show_progress=False)

    def scores(self, question: str) -> NDArray[np.float32]:
        """Return the BM25 score of every text for a normalised question, shape (size,); 0 where no token meets."""
        known = [token for token in tokenize(question) if token in self._scorer.vocab_dict]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        scores: NDArray[np.float32] = self._scorer.get_scores(known)
        return scores


def _bm25() -> Any:
    import logging

    import bm25s

    # The library switches its own logger to DEBUG when it is imported.
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s.BM25
