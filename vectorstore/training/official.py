"""The official texts of the training data: public reports, policies and plans, without those kept for testing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from vectorstore.searchtext import normalise
from vectorstore.training.jsonl import read_jsonl

# Texts are compared by what stands in every run of so many letters and digits.
_SHINGLE = 16
# Above this share of runs in common two files are the same document; texts that quote one another stay below .05.
_SAME = 0.3
# The private-use characters and runs of wide spaces that stand for line breaks in the older reports.
_BREAK = re.compile(r"[\ue000-\uf8ff]|[ \u3000]{2,}|\n")
_SIGNS = re.compile(r"\W+")


def official_documents(folder: Path, held_out: Iterable[str] = ()) -> Iterator[list[str]]:
    """Yield the normalised paragraphs of every text under `folder`, each once, but of no text that is in `held_out`.

    Some of the texts are also reports that the project is tested on; whoever trains names those, and they are left out.
    """
    known = {shingle for text in held_out for shingle in _shingles(text, 1)}
    for path in sorted(folder.glob("*.jsonl")):
        for row in read_jsonl(path):
            text = _text(row)
            own = _shingles(text, 5) if known else set()
            if not own or len(own & known) < _SAME * len(own):
                yield list(dict.fromkeys(_paragraphs(text)))


def _text(row: dict[str, Any]) -> str:
    return str(row.get("text") or row.get("content") or "")


def _shingles(text: str, step: int) -> set[str]:
    """Return the runs of `_SHINGLE` letters and digits that begin at every `step`-th one."""
    letters = _SIGNS.sub("", normalise(text))
    return {letters[at : at + _SHINGLE] for at in range(0, len(letters) - _SHINGLE + 1, step)}


def _paragraphs(text: str) -> list[str]:
    parts = (normalise(part).strip() for part in _BREAK.split(text))
    return [part for part in parts if 6 <= len(part) <= 1500]
