"""Measures an embedding model, BM25 and both together on questions whose passage is known.

    python -m vectorstore.training.evaluate_model --shared ../shared --model bundled

hit@n: the share of questions for which a passage that holds the evidence is among the first n.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from ingest.report import Passage, Report
from vectorstore.documents import Reading
from vectorstore.embedding import BUNDLED, embed, embed_question, load_embeddings
from vectorstore.generations import build_index
from vectorstore.reader import GenerationIndex, open_index
from vectorstore.searchtext import normalise
from vectorstore.store import Hit
from vectorstore.training.pairs import benchmark, read_jsonl

# So many hits are asked for that each of the two searches finds its own first ones among them.
_DEEP = 400


@dataclass(frozen=True, slots=True)
class Query:
    """A question and the ids of the passages that hold its evidence."""

    text: str
    gold: frozenset[str]


@dataclass(frozen=True, slots=True)
class Task:
    """An index, and questions on it."""

    name: str
    index: GenerationIndex
    queries: Sequence[Query]


Ranking = Callable[[Query], list[str]]


def hit_rates(queries: Sequence[Query], ranking: Ranking, depths: Sequence[int] = (1, 5)) -> list[float]:
    """Return hit@n for every n of `depths`; `ranking` gives passage ids, best first."""
    ranks = [ranking(query) for query in queries]
    return [
        float(np.mean([bool(query.gold & set(rank[:depth])) for query, rank in zip(queries, ranks, strict=True)]))
        for depth in depths
    ]


def rankings(task: Task, model: str) -> dict[str, Ranking]:
    """Return the ways to rank that are compared."""

    hits = {query: task.index.search(query.text, k=_DEEP) for query in task.queries}

    def by(score: Callable[[Hit], float]) -> Ranking:
        return lambda query: [hit.passage.id for hit in sorted(hits[query], key=score, reverse=True)]

    embeddings = load_embeddings(model)
    passages = [passage for report in task.index.reports for passage in report.passages]
    whole = embed(embeddings, [normalise(passage.text) for passage in passages])

    def by_whole(query: Query) -> list[str]:
        scores = whole @ embed_question(embeddings, normalise(query.text))
        return [passages[at].id for at in np.argsort(-scores)[:10]]

    return {
        "BM25, character pairs": by(lambda hit: hit.lexical),
        "dense, whole passages": by_whole,
        "dense, best sentence": by(lambda hit: hit.dense),
        "fused": by(lambda hit: hit.score),
    }


def report_task(shared: Path, data: Path, model: str) -> Task:
    """Return the single-turn sample questions with evidence on the first report."""
    build_index([shared / "reports" / "daxing-2022-h1.txt"], data, model)
    index = open_index(data, model)
    passages = [passage for report in index.reports for passage in report.passages]
    queries = []
    for row in read_jsonl(shared / "questions" / "daxing-sample.jsonl"):
        if len(row["turns"]) == 1 and row["evidence"]:
            gold = [passage.id for passage in passages if any(quote in passage.text for quote in row["evidence"])]
            queries.append(Query(row["turns"][0], frozenset(gold)))
    return Task("Daxing sample", index, queries)


def cmrc_task(shared: Path, data: Path, model: str) -> Task:
    """Return the CMRC 2018 development questions, which no training has seen."""
    texts, questions = benchmark(shared / "training")
    report = _joined("cmrc2018", texts.items())
    reading = Reading(
        find=lambda paths: ([(path, path.parent) for path in paths], []),
        hash=lambda path: sha256(report.text.encode()).hexdigest(),
        read=lambda file, root: report,
        version="cmrc2018",
    )
    build_index([shared / "training" / "cmrc2018" / "passages.jsonl"], data, model, reading=reading)
    queries = [Query(question.text, frozenset([question.passage])) for question in questions]
    return Task("CMRC 2018 dev", open_index(data, model), queries)


def _joined(name: str, texts: Iterable[tuple[str, str]]) -> Report:
    """Return a report whose passages are the given (id, text)."""
    passages: list[Passage] = []
    start = 0
    for number, (key, text) in enumerate(texts, 1):
        passages.append(Passage(key, number, start, start + len(text), text))
        start += len(text) + 1
    text = "\n".join(passage.text for passage in passages)
    return Report(name, name, "", "", "", "", "", text, name, name, passages=tuple(passages))


def main(
    shared: Annotated[Path, typer.Option(help="the folder with reports, questions and training")],
    model: Annotated[str, typer.Option(help="as in WENBAO_EMBEDDING_MODEL")] = BUNDLED,
) -> None:
    """Print hit@1 and hit@5 of each way to rank."""
    with tempfile.TemporaryDirectory() as folder:
        for make in (report_task, cmrc_task):
            task = make(shared, Path(folder) / make.__name__, model)
            size = sum(len(report.passages) for report in task.index.reports)
            typer.echo(f"\n{task.name}: {len(task.queries)} questions, {size} passages")
            for name, ranking in rankings(task, model).items():
                rates = hit_rates(task.queries, ranking)
                typer.echo(f"  {name:<24}" + "  ".join(f"{rate:.3f}" for rate in rates))
            task.index.close()


if __name__ == "__main__":
    typer.run(main)
