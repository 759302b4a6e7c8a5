"""A run on one screen: question files -> targets -> outcomes -> verdicts, beside the baselines -> Result."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from evals.baselines import (
    Corpus,
    System,
    best_sentence,
    dense_systems,
    langchain_system,
    lexical_systems,
    own_systems,
)
from evals.blackbox import BlackBox
from evals.dataset import Item, QuestionSet
from evals.intervals import estimate
from evals.judging import judge
from evals.local import LocalTarget, open_bench
from evals.metrics import Judged
from evals.ranking import MEASURES, scores
from evals.results import Result, Retrieval, Row, make_row
from evals.runner import Journal, Progress, ask_all
from evals.split import Split, chosen, half
from evals.target import Outcome, Target
from evals.units import Relevance


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run. `default` is the folder of questions that name no reports; `url` means black-box mode."""

    sets: Sequence[QuestionSet]
    default: Path
    folders: Sequence[Path]
    data: Path
    embedding: str
    split: Split = Split.ALL
    url: str | None = None
    answerer: str = "extractive"
    workers: int = 1
    baselines: bool = True
    show_test: bool = False


@dataclass(slots=True)
class _Parts:
    """What has been found so far."""

    rows: list[Row] = field(default_factory=list)
    retrieval: list[Retrieval] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    target: str = ""


def run(plan: Plan, journal: Journal, name: str, progress: Progress) -> Result:
    """Run a plan; what the journal holds is not asked again."""
    started = time.perf_counter()
    parts = _Parts()
    black_box = BlackBox(plan.url) if plan.url else None
    locals_: dict[Path, LocalTarget] = {}
    for one in plan.sets:
        items = chosen(one.items, plan.split)
        if black_box is not None:
            parts.target = black_box.name
            _run_set(plan, one.name, items, black_box, journal, parts, _told(progress, one))
            continue
        folder = folder_of(one, plan.default, plan.folders)
        if folder is None:
            parts.skipped[one.name] = len(items)
            continue
        if folder not in locals_:
            locals_[folder] = _open(plan, folder, parts, progress)
        target = locals_[folder]
        parts.target = target.name
        _run_set(plan, one.name, items, target, journal, parts, _told(progress, one))
    return Result(
        name=name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        target=parts.target,
        split=str(plan.split),
        seconds=round(time.perf_counter() - started, 1),
        rows=tuple(parts.rows),
        retrieval=tuple(parts.retrieval),
        skipped=parts.skipped,
        notes=tuple(parts.notes),
    )


def folder_of(one: QuestionSet, default: Path, folders: Sequence[Path]) -> Path | None:
    """Return the folder that holds most of the reports that a set names, None where none holds any."""
    if not one.reports:
        return default

    def held(folder: Path) -> int:
        return len(one.reports & {path.name for path in folder.rglob("*")})

    best = max([*folders, default], key=held)
    return best if held(best) else None


def _open(plan: Plan, folder: Path, parts: _Parts, progress: Progress) -> LocalTarget:
    bench = open_bench(folder, plan.data, plan.embedding, progress)
    target = LocalTarget(bench.index, plan.answerer)
    target.warm_up()
    reports = bench.index.reports
    passages = sum(len(report.passages) for report in reports)
    parts.notes.append(f"{folder.name}:{len(reports)} 份报告,{passages} 段,索引 {bench.index.generation}")
    parts.notes += [f"未收录:{failure}" for failure in bench.failures]
    return target


def _run_set(
    plan: Plan,
    name: str,
    items: Sequence[Item],
    target: Target,
    journal: Journal,
    parts: _Parts,
    progress: Progress,
) -> None:
    own = [item for item in items if target.has(item)]
    if len(own) < len(items):
        parts.skipped[name] = len(items) - len(own)
    outcomes = ask_all(own, target, journal, workers=plan.workers, progress=progress)
    with ExitStack() as resources:
        floors: dict[str, Judged] = {}
        if plan.baselines and isinstance(target, LocalTarget) and own:
            corpus = Corpus(target.index.reports, plan.embedding)
            floors = _floor(corpus, own, target)
            systems = [*lexical_systems(corpus), *dense_systems(corpus), langchain_system(corpus, resources)]
            systems += own_systems(corpus, target.index, target.tracer)
            parts.retrieval += _retrieval(name, systems, own, Relevance(target.index.reports), progress)
    for item, outcome in zip(own, outcomes, strict=True):
        judged = judge_outcome(item, outcome, target)
        shown = plan.show_test or half(item.id) is Split.DEV
        parts.rows.append(make_row(name, judged, outcome, floors.get(item.id), shown=shown))


def judge_outcome(item: Item, outcome: Outcome, target: Target) -> Judged:
    return Judged(item, judge(item, outcome.reply, target.text), outcome.ms, outcome.error)


def _floor(corpus: Corpus, items: Sequence[Item], target: LocalTarget) -> dict[str, Judged]:
    """Judge the simplest assistant there is."""
    return {i.id: Judged(i, judge(i, best_sentence(corpus, i), target.text), 0.0) for i in items}


def _retrieval(
    name: str, systems: Sequence[System], items: Sequence[Item], relevance: Relevance, progress: Progress
) -> list[Retrieval]:
    """Score every system on the questions that have evidence."""
    asked = [(item, spans) for item in items if item.evidence and (spans := relevance.spans(item))]
    found: list[list[dict[str, float]]] = [[] for _ in systems]
    for done, (item, spans) in enumerate(asked, 1):
        for system, own in zip(systems, found, strict=True):
            own.append(dict(scores(relevance.judge(system.rank(item), system.units, spans, system.level))))
        progress("检索对照", done, len(asked))
    return [
        Retrieval(
            name,
            str(system.level),
            system.name,
            len(asked),
            {key: made for key in MEASURES if (made := estimate([one[key] for one in own])) is not None},
        )
        for system, own in zip(systems, found, strict=True)
        if own
    ]


def _told(progress: Progress, one: QuestionSet) -> Callable[[str, int, int], None]:
    return lambda stage, done, total: progress(f"{one.name} {stage}", done, total)
