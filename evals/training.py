"""Fits the weights of assistant/ranker.json to the development questions: `make train-ranker`.

Order: softmax regression over the candidates of a question (the listwise loss of ListNet, Cao et al. 2007, with the
candidates that hold the evidence as the target), drawn towards the weights it starts from, so that few questions
change little. Acceptance: logistic regression on the best candidate of each question; a question whose evidence is
taken away is one more that the reports cannot answer. Only the development half is read (see data/README.md).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import typer
from scipy.optimize import minimize

from assistant.answer import Turn
from assistant.evidence import Candidate
from assistant.pipeline import Assistant
from assistant.question import Kind, Question
from assistant.ranker import FILE, acceptance, family, score
from evals.dataset import Item, load
from evals.judging import evidence_spans
from evals.local import open_bench
from evals.split import Split, chosen
from evals.texts import ReportText, holds, norm, overlap

if TYPE_CHECKING:
    from numpy.typing import NDArray

DATA = Path(__file__).parent / "data"
_SHARPNESS = 8.0
"""How many units of log odds one unit of score is: scores keep the size that the rest of the code knows."""
_RANK_PULL, _ACCEPT_PULL = 0.6, 0.02
_CANDIDATES = 80
_PINNED = "misfits"
"""What a contradicting slot costs is not learnt: it must outweigh any likeness."""
_ASKED = (Kind.FIGURE, Kind.TEXT, Kind.LIST, Kind.WHEN, Kind.YES_NO)


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question, best first, and which of them hold what it asks for."""

    family: str
    question: Question
    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]
    answerable: bool


def examples(assistant: Assistant, items: Sequence[Item]) -> Iterator[Example]:
    """Yield the examples of single questions; those that fall into several are left to the parts they consist of."""
    texts = {r.id: ReportText(r.id, r.source, r.text) for r in assistant.index.reports}
    for item in items:
        history = [Turn("user", turn) for turn in item.turns[:-1]]
        asked = assistant.understanding.understand(item.turns[-1], history)
        if (
            len(asked) > 1
            or asked[0].kind not in _ASKED
            or item.expect == "clarify"
            or item.type in ("calc", "injection")
        ):
            continue
        question = assistant.scope.settled(asked[0])
        spans = {key: [s for own in evidence_spans(item, text) for s in own] for key, text in texts.items()}
        ranked = assistant.rank(question, assistant.search(question))
        right = [_is_right(c, spans, item) for c in ranked]
        kept = [i for i in range(len(ranked)) if i < _CANDIDATES or right[i]]
        yield Example(
            family(question),
            question,
            tuple(ranked[i] for i in kept),
            tuple(right[i] for i in kept),
            item.expect == "answer",
        )


def _is_right(candidate: Candidate, spans: Mapping[str, list[tuple[int, int]]], item: Item) -> bool:
    clause, start = candidate.clause, candidate.reading.passage.start
    own = (start + clause.start, start + clause.end)
    if not any(overlap(own, span) > 2 for span in spans[candidate.reading.report.id]):
        return False
    said = norm(candidate.figure.text if candidate.figure is not None else clause.text)
    golds = [gold for group in item.gold for gold in group]
    return any(holds(said, gold) or (len(said) > 1 and holds(norm(gold), said)) for gold in golds)


def fit_rank(found: Sequence[Example], start: Mapping[str, float]) -> dict[str, float]:
    """Return weights under which the right candidates of the examples come first."""
    names = sorted({name for e in found for c in e.candidates for name in c.features} | set(start))
    names = [name for name in names if name != _PINNED]
    cost = start.get(_PINNED, 0.0)
    first = np.array([start.get(name, 0.0) for name in names]) * _SHARPNESS
    pinned = cost * _SHARPNESS
    tables = [
        (
            _table([c.features for c in e.candidates], names),
            np.array([pinned * c.features.get(_PINNED, 0.0) for c in e.candidates]),
            np.array(e.right),
        )
        for e in found
        if any(e.right) and not all(e.right)
    ]

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total = _RANK_PULL * float(((w - first) ** 2).sum())
        slope = 2 * _RANK_PULL * (w - first)
        for table, offset, right in tables:
            scores = table @ w + offset
            odds = np.exp(scores - scores.max())
            chance, among = odds / odds.sum(), np.where(right, odds, 0)
            target = among / among.sum()
            total -= float(np.log(among.sum() / odds.sum()))
            slope += table.T @ (chance - target)
        return total, slope

    best = minimize(loss, first, jac=True, method="L-BFGS-B").x / _SHARPNESS
    fitted = {name: round(float(w), 4) for name, w in zip(names, best, strict=True) if abs(w) > 5e-4}
    return fitted | ({_PINNED: cost} if cost else {})


def reordered(example: Example, rank: Mapping[str, float]) -> Example:
    """Return an example with its candidates scored and ordered by other weights."""
    scored = [replace(c, score=score(c.features, rank)) for c in example.candidates]
    order = sorted(range(len(scored)), key=lambda i: -scored[i].score)
    return replace(
        example,
        candidates=tuple(scored[i] for i in order),
        right=tuple(example.right[i] for i in order),
    )


def fit_accept(found: Sequence[Example]) -> dict[str, float]:
    """Return weights of the chance that the best candidate answers."""
    rows: list[Mapping[str, float]] = []
    wanted: list[float] = []
    weight: list[float] = []
    for e in found:
        for candidates, right, counts in _with_and_without(e):
            if candidates and not candidates[0].misfits:
                rows.append(acceptance(e.question, candidates))
                wanted.append(float(right[0]))
                weight.append(counts)
    names = sorted({name for row in rows for name in row})
    table = np.hstack([_table(rows, names), np.ones((len(rows), 1))])
    y, by = np.array(wanted), np.array(weight)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = table @ w
        total = float((by * (np.logaddexp(0, z) - y * z)).sum()) + _ACCEPT_PULL * len(rows) / 10 * float((w**2).sum())
        chance = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        return total, table.T @ (by * (chance - y)) + 2 * _ACCEPT_PULL * len(rows) / 10 * w

    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    return {name: round(float(w), 4) for name, w in zip([*names, "bias"], best, strict=True) if abs(w) > 5e-4}


def _with_and_without(e: Example) -> Iterator[tuple[list[Candidate], list[bool], float]]:
    """Yield an example as it is, and once more without its evidence: then nothing that is left answers it."""
    yield list(e.candidates), list(e.right), 1.0 if e.answerable else 2.0
    if not (e.answerable and any(e.right)):
        return
    told = {c.reading.passage.id for c, right in zip(e.candidates, e.right, strict=True) if right}
    rest = [c for c in e.candidates if c.reading.passage.id not in told]
    yield rest, [False] * len(rest), 0.5


def _table(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows])


def told(name: str, found: Sequence[Example]) -> str:
    """Return what the examples of a family show of the order before it is fitted, as a line for the terminal."""
    held = [e for e in found if any(e.right)]
    first = sum(e.right[0] for e in held)
    return f"{name}:{len(found)} 题,候选中有依据的 {len(held)} 题,训练前依据排在第一的 {first} 题"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, required=True, help="folder of the reports of the corpus questions")
    parser.add_argument("--own", type=Path, default=Path("reports"), help="folder of the project's own reports")
    parser.add_argument("--data", type=Path, default=Path("data/eval"), help="where the indexes are kept")
    parser.add_argument("--from-file", type=Path, default=FILE, help="the weights to start from")
    parser.add_argument("--out", type=Path, default=FILE)
    arguments = parser.parse_args()
    found: list[Example] = []
    for pattern, folder in (("daxing*.jsonl", arguments.own), ("corpus*.jsonl", arguments.reports)):
        assistant = Assistant(open_bench(folder, arguments.data, "bundled").index)
        for questions in load(sorted(DATA.glob(pattern))):
            found += examples(assistant, chosen(questions.items, Split.DEV))
    start = json.loads(arguments.from_file.read_text(encoding="utf-8"))
    table = {}
    for name in ("figure", "text"):
        own = [e for e in found if e.family == name]
        rank = fit_rank(own, start[name]["rank"])
        table[name] = {"rank": rank, "accept": fit_accept([reordered(e, rank) for e in own])}
        typer.echo(told(name, own))
    arguments.out.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
