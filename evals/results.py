"""The record of a run: what is written as JSON, shown in the report and compared with the next run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter, ValidationError

from evals.dataset import EXPECT
from evals.intervals import Estimate
from evals.metrics import Judged, all_scores, summary
from evals.split import half
from evals.target import Outcome, TargetError
from evals.trace import Trace, stage_of

RESULT = "result.json"
HTML = "report.html"
MARKDOWN = "summary.md"


@dataclass(frozen=True, slots=True)
class Detail:
    """A question with its answer. Questions of the test half have one only where somebody asked to see them."""

    turns: tuple[str, ...]
    expected: str
    evidence: tuple[str, ...]
    note: str
    answer: str
    citations: tuple[dict[str, Any], ...]
    faults: tuple[str, ...]
    trace: Trace | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A question of a run. `scores` and `floor` (the simplest assistant's) hold the measures that apply."""

    id: str
    set: str
    half: str
    type: str
    expect: str
    status: str
    stage: str | None
    ms: float
    scores: dict[str, float]
    floor: dict[str, float] = field(default_factory=dict)
    detail: Detail | None = None


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What one way of searching found, over the questions of a set that have evidence."""

    set: str
    level: str
    system: str
    n: int
    measures: dict[str, Estimate]


@dataclass(frozen=True, slots=True)
class Result:
    """A run. `skipped` counts, by set, the questions whose reports were not there."""

    name: str
    created: str
    target: str
    split: str
    seconds: float
    rows: tuple[Row, ...]
    retrieval: tuple[Retrieval, ...] = ()
    skipped: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    version: int = 1

    def group(self, **wanted: str) -> list[Row]:
        """Return the rows with these values: group(set="daxing", half="dev")."""
        return [row for row in self.rows if all(getattr(row, name) == value for name, value in wanted.items())]


RESULT_JSON: TypeAdapter[Result] = TypeAdapter(Result)


def figures(rows: Sequence[Row], *, floor: bool = False) -> dict[str, Estimate]:
    """Return every measure over some rows, or what the simplest assistant has."""
    return summary([row.floor if floor else row.scores for row in rows])


def make_row(set_name: str, judged: Judged, outcome: Outcome, floor: Judged | None, *, shown: bool) -> Row:
    """Return the row of a question; only what is shown carries texts."""
    item, verdict = judged.item, judged.verdict
    stage = stage_of(item, verdict, outcome.trace, outcome.error)
    return Row(
        id=item.id,
        set=set_name,
        half=str(half(item.id)),
        type=item.type,
        expect=item.expect,
        status=verdict.status,
        stage=stage.value if stage else None,
        ms=round(outcome.ms, 1),
        scores=all_scores(judged),
        floor=all_scores(floor) if floor else {},
        detail=_detail(judged, outcome) if shown else None,
    )


def _detail(judged: Judged, outcome: Outcome) -> Detail:
    item = judged.item
    right = bool(judged.verdict.right)
    return Detail(
        turns=item.turns,
        expected=";".join(" / ".join(group) for group in item.gold) or _WANTED[item.expect],
        evidence=item.evidence,
        note=item.note,
        answer=str(outcome.reply.get("answer") or ""),
        citations=tuple(_shown_citation(c) for c in outcome.reply.get("citations") or ()),
        faults=tuple(faults(judged)),
        trace=None if right else outcome.trace,
        error=outcome.error,
    )


def _shown_citation(citation: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("n", "report_title", "paragraph", "quote", "start", "end", "text")
    return {key: citation[key] for key in kept if key in citation}


_SAID = {"answered": "回答", "refused": "拒答", "clarify": "反问"}
_WANTED = {"answer": "应回答", "refuse": "应拒答", "clarify": "应反问"}


def faults(judged: Judged) -> list[str]:
    """Say what is wrong with an answer, each in a few words."""
    item, verdict = judged.item, judged.verdict
    wanted = EXPECT[item.expect]
    answered = verdict.status == "answered"
    found = [
        ("没有应答", bool(judged.error)),
        (
            f"{_SAID.get(verdict.status, '没有状态')}了,{_WANTED[item.expect]}",
            not judged.error and verdict.status != wanted,
        ),
        ("缺少应有的内容", answered and verdict.gold is False),
        ("含有不该有的内容", bool(verdict.forbidden)),
        (f"太长({verdict.length}字)", answered and verdict.direct is False),
        ("数值、单位或期间不符", answered and verdict.figure is False and bool(verdict.gold)),
        ("引文没有覆盖全部依据", answered and verdict.recall is not None and verdict.recall < 1),
        (f"数字无依据:{'、'.join(verdict.unsupported)}", bool(verdict.unsupported)),
        (f"数量与引文不符:{'、'.join(verdict.misstated)}", bool(verdict.misstated)),
        (f"引文不实:{'、'.join(f'[{n}]' for n in verdict.false_quotes)}", bool(verdict.false_quotes)),
    ]
    return [said for said, true in found if true]


def confusion(rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    """Return, by what a question expects, how often each status came."""
    counts = {expect: dict.fromkeys(STATUSES, 0) for expect in ("answer", "refuse", "clarify")}
    for row in rows:
        counts[row.expect][row.status if row.status in STATUSES else "error"] += 1
    return counts


STATUSES = ("answered", "refused", "clarify", "error")


def latency(rows: Sequence[Row]) -> dict[str, float]:
    """Return the milliseconds within which half, 95% and 99% of the questions were answered."""
    times = [row.ms for row in rows if row.status]
    return {f"p{q}": float(np.percentile(times, q)) for q in (50, 95, 99)} if times else {}


def write_result(result: Result, folder: Path) -> None:
    (folder / RESULT).write_bytes(RESULT_JSON.dump_json(result, indent=1))


def read_result(path: Path) -> Result:
    """Read a run, given its folder or its result.json; raises TargetError where it is none."""
    file = path / RESULT if path.is_dir() else path
    try:
        return RESULT_JSON.validate_json(file.read_bytes())
    except OSError as error:
        raise TargetError(f"{file} 读不出来({error.strerror})。请给出一次评测的文件夹。") from error
    except ValidationError as error:
        raise TargetError(f"{file} 不是评测结果,或由别的版本写成。") from error


def previous(folder: Path, now: Path, like: Result) -> Result | None:
    """Return the last finished run of a folder, but for `now`, of the same target and with questions of `like`."""
    ids = {row.id for row in like.rows}
    others = (path for path in folder.glob(f"*/{RESULT}") if path.parent != now)
    for path in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True):
        try:
            found = read_result(path)
        except TargetError:
            continue
        if found.target == like.target and ids & {row.id for row in found.rows}:
            return found
    return None
