"""Result -> a report for people (one HTML file), a summary for continuous integration (Markdown)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evals import charts
from evals.compare import Comparison, Move, compare
from evals.dataset import TYPES
from evals.intervals import Change, Estimate
from evals.metrics import METRICS
from evals.ranking import MEASURES
from evals.results import STATUSES, Result, Row, confusion, figures, latency
from evals.split import Split
from evals.trace import Stage

_TEMPLATES = Path(__file__).parent / "templates"
_HEADLINE = (
    "right",
    "proven",
    "figure",
    "citation_recall",
    "citation_precision",
    "refusal_recall",
    "refusal_precision",
    "clarify",
    "followup",
    "unsupported",
    "misstated",
    "false_quote",
)
FLOOR = "最佳 BM25 句"
STATUS_LABELS = dict(zip(STATUSES, ("回答", "拒答", "澄清", "出错"), strict=True))
EXPECT_LABELS = {"answer": "应回答", "refuse": "应拒答", "clarify": "应澄清"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: some rows of a run beside the simplest assistant and the last run."""

    label: str
    rows: Sequence[Row]
    now: dict[str, Estimate]
    floor: dict[str, Estimate]
    moves: dict[str, Move]

    def half(self, name: str) -> Estimate | None:
        """Return the share of right answers of one half."""
        return figures([row for row in self.rows if row.half == name]).get("right")


def line(label: str, rows: Sequence[Row], before: Result | None) -> Line:
    """Return the line of some rows."""
    moves = compare(before, rows).moves if before else {}
    return Line(label, rows, figures(rows), figures(rows, floor=True), moves)


def parts(result: Result, before: Result | None) -> list[Line]:
    """Return a line for each half of each set, and for all together."""
    sets = dict.fromkeys((row.set, row.half) for row in result.rows)
    lines = [
        line(f"{name} {half}", result.group(set=name, half=half), before)
        for name, half in sorted(sets, key=lambda key: ([r.set for r in result.rows].index(key[0]), key[1]))
    ]
    return [*lines, line("全部", result.rows, before)] if len(lines) > 1 else lines


def types(result: Result, before: Result | None) -> list[Line]:
    """Return a line for each type of question."""
    return [line(f"{label}({key})", rows, before) for key, label in TYPES.items() if (rows := result.group(type=key))]


def html(result: Result, before: Result | None, *, show_test: bool = False) -> str:
    """Return the report: one file that asks nothing of any other."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"share": share, "count": count, "shift": shift}
    times = [row.ms for row in result.rows if row.status]
    marks = latency(result.rows)
    return environment.get_template("report.html").render(
        result=result,
        before=before,
        headline=[(METRICS[key], line("", result.rows, before)) for key in _HEADLINE],
        parts=parts(result, before),
        types=types(result, before),
        metrics=METRICS,
        confusion=confusion(result.rows),
        expect_labels=EXPECT_LABELS,
        status_labels=STATUS_LABELS,
        marks=marks,
        histogram=charts.histogram(times, marks),
        bar=charts.bar,
        retrieval=_tables(result),
        measures=MEASURES,
        stages=stages(result.rows),
        failures=failures(result.rows, show_test),
        hidden=hidden(result.rows) if not show_test else {},
        comparison=_flips(result, before, show_test),
        type_labels=TYPES,
        floor=FLOOR,
        change=Change,
    )


def markdown(result: Result, before: Result | None, broken: Sequence[str] = ()) -> str:
    """Return the summary."""
    lines = [f"## 评测 {result.name}", "", f"{result.target},{len(result.rows)} 题,用时 {result.seconds:.0f} 秒。"]
    if result.skipped:
        lines.append(f"跳过(找不到报告):{'、'.join(f'{name} {n} 题' for name, n in result.skipped.items())}。")
    columns = ("right", "proven", "figure", "citation_recall", "refusal_recall", "refusal_precision", "unsupported")
    head = ["", "题数", "dev 答对", "test 答对", *(METRICS[key].label for key in columns), f"{FLOOR}答对"]
    for title, group in (("数据集", parts(result, before)), ("类型", types(result, before))):
        lines += ["", "| " + " | ".join([title, *head[1:]]) + " |", "|" + "---|" * len(head)]
        for one in group:
            cells = [share(one.half("dev")), share(one.half("test")), *(_cell(one, key) for key in columns)]
            cells.append(share(one.floor.get("right")))
            lines.append(f"| {one.label} | {len(one.rows)} | " + " | ".join(cells) + " |")
    for (name, level), table in _tables(result).items():
        lines += ["", f"| 检索 {name} {level} | " + " | ".join(MEASURES) + " |", "|" + "---|" * (len(MEASURES) + 1)]
        lines += [f"| {r.system} | " + " | ".join(f"{r.measures[m].mean:.3f}" for m in MEASURES) + " |" for r in table]
    lines += ["", "耗时(毫秒):" + ",".join(f"{name} {value:.0f}" for name, value in latency(result.rows).items())]
    lines += ["", "**未达标**", *(f"- {said}" for said in broken)] if broken else []
    return "\n".join(lines) + "\n"


def share(value: Estimate | float | None) -> str:
    """Return a share for people: "95.2%", "–" for none."""
    if value is None:
        return "–"
    return f"{100 * (value.mean if isinstance(value, Estimate) else value):.1f}%"


def count(value: Estimate | None) -> str:
    """Return how many questions a share of faults is: "2 / 134"."""
    return "–" if value is None else f"{round(value.mean * value.n)} / {value.n}"


def shift(move: Move | None) -> str:
    """Return a change for people: "+1.2"."""
    return "" if move is None else f"{100 * move.change.mean:+.1f}"


def _cell(one: Line, key: str) -> str:
    metric, found = METRICS[key], one.now.get(key)
    said = share(found) if metric.higher_is_better else count(found)
    move = one.moves.get(key)
    return f"{said} {move.verdict.value}" if move and move.verdict is not Change.SAME else said


def _tables(result: Result) -> dict[tuple[str, str], list[Any]]:
    """Return what was retrieved, by set and level."""
    tables: dict[tuple[str, str], list[Any]] = {}
    for one in result.retrieval:
        tables.setdefault((one.set, one.level), []).append(one)
    return tables


def stages(rows: Iterable[Row]) -> list[tuple[Stage, int, int]]:
    """Return how many wrong answers of dev and of test went wrong at each stage."""
    counted = Counter((row.stage, row.half) for row in rows if row.stage)
    found = [(stage, counted[stage.value, Split.DEV.value], counted[stage.value, Split.TEST.value]) for stage in Stage]
    return [one for one in found if one[1] or one[2]]


def failures(rows: Iterable[Row], show_test: bool) -> dict[str, list[Row]]:
    """Return the rows to show with their texts, by type: what is wrong, or right and unproven."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        faulty = not row.scores["right"] or row.scores.get("proven") == 0 or row.scores.get("unsupported")
        if faulty and row.detail is not None and (show_test or row.half == Split.DEV):
            found.setdefault(row.type, []).append(row)
    return {key: found[key] for key in TYPES if key in found}


def hidden(rows: Iterable[Row]) -> dict[str, Counter[str]]:
    """Return, by type, at which stages the test half went wrong: counts, no texts."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        if row.half == Split.TEST and row.stage:
            found.setdefault(row.type, Counter())[row.stage] += 1
    return {key: found[key] for key in TYPES if key in found}


@dataclass(frozen=True, slots=True)
class Flips:
    """What became right or wrong since the last run; of the test half only how many."""

    comparison: Comparison
    better: list[tuple[Row, Row]]
    worse: list[tuple[Row, Row]]
    hidden: int


def _flips(result: Result, before: Result | None, show_test: bool) -> Flips | None:
    if before is None:
        return None
    found = compare(before, result)

    def shown(pairs: Iterable[tuple[Row, Row]]) -> list[tuple[Row, Row]]:
        return [(a, b) for a, b in pairs if b.detail is not None and (show_test or b.half == Split.DEV)]

    better, worse = shown(found.better), shown(found.worse)
    unseen = len(found.better) + len(found.worse) - len(better) - len(worse)
    return Flips(found, better, worse, unseen)
