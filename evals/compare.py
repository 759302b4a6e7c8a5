"""Two runs over the same questions: what moved, by how much, and which questions flipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evals.intervals import Change, Estimate, difference, sign_test, verdict
from evals.metrics import METRICS
from evals.results import Result, Row
from evals.split import Split


@dataclass(frozen=True, slots=True)
class Move:
    """How a measure moved over the questions that both runs scored."""

    key: str
    before: float
    now: float
    change: Estimate
    verdict: Change


@dataclass(frozen=True, slots=True)
class Comparison:
    """`better` and `worse` are (row before, row now) of the questions that became right or wrong."""

    common: int
    moves: dict[str, Move]
    better: tuple[tuple[Row, Row], ...]
    worse: tuple[tuple[Row, Row], ...]


def compare(before: Result | Sequence[Row], now: Result | Sequence[Row]) -> Comparison:
    """Compare two runs question by question; questions of only one of them do not count."""
    old = {row.id: row for row in _rows(before)}
    pairs = [(old[row.id], row) for row in _rows(now) if row.id in old]
    moves = {key: move for key in METRICS if (move := _move(key, pairs)) is not None}
    return Comparison(
        len(pairs),
        moves,
        tuple(pair for pair in pairs if _right(pair[1]) > _right(pair[0])),
        tuple(pair for pair in pairs if _right(pair[1]) < _right(pair[0])),
    )


def _rows(run: Result | Sequence[Row]) -> Sequence[Row]:
    return run.rows if isinstance(run, Result) else run


def _right(row: Row) -> float:
    return row.scores.get("right", 0.0)


def _move(key: str, pairs: Sequence[tuple[Row, Row]]) -> Move | None:
    """Return the move over the questions that the measure applies to in both runs."""
    both = [(a.scores[key], b.scores[key]) for a, b in pairs if key in a.scores and key in b.scores]
    before, now = [a for a, _ in both], [b for _, b in both]
    change = difference(before, now)
    if change is None:
        return None
    said = verdict(change, sign_test(before, now), higher_is_better=METRICS[key].higher_is_better)
    return Move(key, sum(before) / len(before), sum(now) / len(now), change, said)


def told(comparison: Comparison, *, show_test: bool = False) -> str:
    """Return a comparison as text for a terminal."""
    lines = [f"共同的问题 {comparison.common} 个"]
    for move in comparison.moves.values():
        sign = f"{100 * move.change.mean:+.1f}"
        between = f"[{100 * move.change.low:+.1f}, {100 * move.change.high:+.1f}]"
        label = METRICS[move.key].label
        lines.append(f"{label}  {move.before:.1%} → {move.now:.1%}  {sign} {between}  {move.verdict.value}")
    for title, pairs in (("变对", comparison.better), ("变错", comparison.worse)):
        lines.append(f"\n{title} {len(pairs)} 个")
        hidden = Counter[str]()
        for before, now in pairs:
            if now.half == Split.TEST and not show_test:
                hidden[now.type] += 1
            else:
                lines.append(_flipped(before, now))
        if hidden:
            lines.append("  测试半只计数:" + "、".join(f"{type_} {n}" for type_, n in hidden.most_common()))
    return "\n".join(lines)


def _flipped(before: Row, now: Row) -> str:
    detail = now.detail or before.detail
    question = f" {' / '.join(detail.turns)}" if detail else ""
    both = [(when, row.detail.answer or row.status) for when, row in (("前", before), ("后", now)) if row.detail]
    return f"  {now.id} [{now.type}]{question}" + "".join(f"\n      {when}:{said}" for when, said in both)
