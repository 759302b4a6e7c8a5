"""A run as tables in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Column, Table

from evals.intervals import Change
from evals.metrics import METRICS
from evals.ranking import MEASURES
from evals.report import FLOOR, Line, count, parts, share, types
from evals.results import Result, Retrieval, latency

_COLUMNS = ("right", "proven", "figure", "citation_recall", "refusal_recall", "refusal_precision", "unsupported")
_WIDE = 160
# Shorter than in the report, so that the table fits.
_SHORT = {"proven": "出处齐全", "figure": "数值无误"}
_MARKS = {Change.BETTER: " ↑", Change.WORSE: " ↓", Change.SAME: ""}


def show(result: Result, before: Result | None, console: Console | None = None) -> None:
    """Print the tables by set and by type, what retrieval found, and how long it took."""
    console = console or Console()
    if not console.is_terminal:
        console.width = max(console.width, _WIDE)
    for title, lines in (("数据集", parts(result, before)), ("类型", types(result, before))):
        console.print(_answers(title, lines))
    for name, level in dict.fromkeys((one.set, one.level) for one in result.retrieval):
        same = [one for one in result.retrieval if (one.set, one.level) == (name, level)]
        console.print(_retrieval(f"检索 {name} {level} {same[0].n}题", same))
    times = ",".join(f"{name} {value:.0f}" for name, value in latency(result.rows).items())
    console.print(f"耗时(毫秒){times};全程 {result.seconds:.0f} 秒")
    for name, n in result.skipped.items():
        console.print(f"跳过 {name} {n} 题:找不到它们的报告,请用 --reports 指定文件夹")
    if before:
        console.print(f"↑ ↓ 是与 {before.name} 相比超出误差的变化")


def _answers(title: str, lines: Sequence[Line]) -> Table:
    # Within a type either all or none are to be refused: there this measure says nothing.
    columns = [key for key in _COLUMNS[1:] if title != "类型" or key != "refusal_precision"]
    labels = [_SHORT.get(key, METRICS[key].label) for key in columns]
    first, second = Column(title, no_wrap=True), Column("答对 [95%区间]", no_wrap=True)
    table = Table(first, "题数", second, "dev", "test", *labels, f"{FLOOR}答对")
    for line in lines:
        right = line.now["right"]
        between = f"{share(right)}{_mark(line, 'right')} [{100 * right.low:.0f},{100 * right.high:.0f}]"
        halves = [share(line.half("dev")), share(line.half("test"))]
        cells = [_cell(line, key) for key in columns]
        table.add_row(line.label, str(len(line.rows)), between, *halves, *cells, share(line.floor.get("right")))
    return table


def _cell(line: Line, key: str) -> str:
    found = line.now.get(key)
    return (share(found) if METRICS[key].higher_is_better else count(found)) + _mark(line, key)


def _mark(line: Line, key: str) -> str:
    return _MARKS[line.moves[key].verdict] if key in line.moves else ""


def _retrieval(title: str, rows: Sequence[Retrieval]) -> Table:
    table = Table(title, *MEASURES)
    for row in rows:
        table.add_row(row.system, *(f"{row.measures[measure].mean:.3f}" for measure in MEASURES))
    return table
