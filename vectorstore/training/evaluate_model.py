"""Measures an embedding model, BM25 and both together on questions whose passage is known.

    python -m vectorstore.training.evaluate_model --shared ../shared --model bundled

hit@n: the share of questions for which a passage that holds the evidence is among the first n. A question over many
reports is looked for in those that hold its evidence: which report is meant is not the model's to find.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from ingest.report import Passage, Report
from vectorstore.documents import Reading
from vectorstore.embedding import BUNDLED, embed, embed_question, load_embeddings
from vectorstore.generations import build_index
from vectorstore.reader import GenerationIndex, open_index
from vectorstore.searchtext import normalise
from vectorstore.store import Hit
from vectorstore.training.jsonl import read_jsonl
from vectorstore.training.pairs import benchmark

# So many hits are asked for that each of the two searches finds its own first ones among them.
_DEEP = 400
_SAMPLE = "daxing-sample.jsonl"
_SUITE = Path(__file__).parents[2] / "evals" / "data"


@dataclass(frozen=True, slots=True)
class Query:
    """A question, the ids of the passages that hold its evidence, and the reports that are searched (None: all)."""

    text: str
    gold: frozenset[str]
    reports: frozenset[str] | None = None


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

    hits = {query: task.index.search(query.text, k=_DEEP, reports=query.reports) for query in task.queries}

    def by(score: Callable[[Hit], float]) -> Ranking:
        return lambda query: [hit.passage.id for hit in sorted(hits[query], key=score, reverse=True)]

    embeddings = load_embeddings(model)
    passages = [(report.id, passage) for report in task.index.reports for passage in report.passages]
    whole = embed(embeddings, [normalise(passage.text) for _, passage in passages])

    def by_whole(query: Query) -> list[str]:
        scores = whole @ embed_question(embeddings, normalise(query.text))
        ranked = (passages[at] for at in np.argsort(-scores))
        return [passage.id for report, passage in ranked if query.reports is None or report in query.reports][:10]

    return {
        "BM25, character pairs": by(lambda hit: hit.lexical),
        "dense, whole passages": by_whole,
        "dense, best sentence": by(lambda hit: hit.dense),
        "fused": by(lambda hit: hit.score),
    }


def sample_task(shared: Path, data: Path, model: str) -> Task:
    """Return the sample questions on the first report."""
    return _report_task(
        "Daxing sample", shared / "reports" / "daxing-2022-h1.txt", [shared / "questions" / _SAMPLE], data, model
    )


def daxing_task(shared: Path, data: Path, model: str) -> Task:
    """Return the suite's development questions on the first report."""
    files = sorted(_SUITE.glob("daxing*.jsonl"))
    return _report_task("suite, dev, Daxing", shared / "reports" / "daxing-2022-h1.txt", files, data, model)


def corpus_task(shared: Path, data: Path, model: str) -> Task:
    """Return the suite's development questions on reports that look alike."""
    files = sorted(_SUITE.glob("corpus*.jsonl"))
    return _report_task("suite, dev, corpus", shared / "reports" / "corpus", files, data, model)


def _report_task(name: str, reports: Path, files: Sequence[Path], data: Path, model: str) -> Task:
    """Return the single questions that have evidence; of the suite's, those of the development half."""
    build_index([reports], data, model)
    index = open_index(data, model)
    ids = {report.source: report.id for report in index.reports}
    queries = []
    for row in (row for file in files for row in read_jsonl(file)):
        if len(row["turns"]) > 1 or not row["evidence"] or (_SUITE in files[0].parents and not _is_development(row)):
            continue
        within = frozenset(ids[name] for name in row["reports"]) if row.get("reports") else None
        gold = frozenset(
            passage.id
            for report in index.reports
            if within is None or report.id in within
            for passage in report.passages
            if any(quote in passage.text for quote in row["evidence"])
        )
        # Evidence that two passages share is in neither whole.
        queries += [Query(row["turns"][0], gold, within)] if gold else []
    return Task(name, index, queries)


def _is_development(row: dict[str, Any]) -> bool:
    """Say whether a question of the suite may be looked at (evals/data/README.md), and has an answer."""
    return row["expect"] == "answer" and int(sha256(row["id"].encode()).hexdigest(), 16) % 2 == 0


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
        for make in (sample_task, daxing_task, corpus_task, cmrc_task):
            task = make(shared, Path(folder) / make.__name__, model)
            size = sum(len(report.passages) for report in task.index.reports)
            typer.echo(f"\n{task.name}: {len(task.queries)} questions, {size} passages")
            for name, ranking in rankings(task, model).items():
                rates = hit_rates(task.queries, ranking)
                typer.echo(f"  {name:<24}" + "  ".join(f"{rate:.3f}" for rate in rates))
            task.index.close()


if __name__ == "__main__":
    typer.run(main)
