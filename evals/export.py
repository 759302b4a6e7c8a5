"""A run in the form that Ragas reads: question, answer, contexts, ground truth."""

from __future__ import annotations

import json
from collections.abc import Iterator

from evals.results import Result

NAMES = {
    "current": ("user_input", "response", "retrieved_contexts", "reference", "reference_contexts"),
    "classic": ("question", "answer", "contexts", "ground_truth", "reference_contexts"),
}
"""The column names of Ragas since 0.2, and those before."""


def ragas(result: Result, names: str = "current") -> Iterator[str]:
    """Yield a JSON line for each question whose texts the run kept.

    The contexts are the cited passages, or the quotes where a deployment gives no passages. A conversation is one
    text, its turns on lines of their own.
    """
    columns = NAMES[names]
    for row in result.rows:
        if (detail := row.detail) is None:
            continue
        contexts = [str(c.get("text") or c.get("quote") or "") for c in detail.citations]
        values = ("\n".join(detail.turns), detail.answer, contexts, detail.expected, list(detail.evidence))
        yield json.dumps(dict(zip(columns, values, strict=True)) | {"id": row.id}, ensure_ascii=False)
