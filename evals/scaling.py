"""How ingest, memory, answering and disk grow with the number of reports. Not a test: it takes minutes and tells times.

Each size is a folder of synthetic copies (copies.py). Ingest, ingest again after one file changed, and answering run
in a process of their own each, so that none is charged with the memory of another. Questions are those of the dev
halves on the original reports: at every size the same, among ever more look-alikes. The processor's time is told beside
the clock's, because on a busy machine it tells more.

    wenbao eval scale --reports DIR --times 1 --times 20
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from evals.copies import SEED, Template, write_copies
from evals.dataset import Item, QuestionSet
from evals.judging import judge
from evals.local import LocalTarget
from evals.split import Split, chosen
from vectorstore import build_index, current_generation, open_index

P = ParamSpec("P")
T = TypeVar("T")
_MEGABYTE = 1024 * 1024
_CHANGE = "另据补充说明,新建口袋公园12个。"


@dataclass(frozen=True, slots=True)
class Ingest:
    """One run of the ingest: seconds by the clock and of the processor, the highest memory in MB."""

    seconds: float
    processor: float
    peak: float


@dataclass(frozen=True, slots=True)
class Service:
    """A served index: seconds to open it, MB before and after the questions, milliseconds of answers, share right.

    `resident` is all memory of the process, `own` what is not a mapped file, which the system may take back.
    `processor` are milliseconds of the processor per question: on a busy machine they tell more than the clock.
    """

    reports: int
    passages: int
    figures: int
    opened: float
    rest: float
    resident: float
    own: float
    p50: float
    p95: float
    processor: float
    right: float


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured at one size; `disk` are MB of one generation."""

    times: int
    characters: int
    first: Ingest
    changed: Ingest
    service: Service
    disk: float


def measure(
    templates: Sequence[Template], times: int, items: Sequence[Item], folder: Path, embedding: str, seed: int = SEED
) -> Size:
    """Measure one size; the copies and their index are written to `folder`, which is made, and removed again."""
    reports, data = folder / "reports", folder / "data"
    try:
        characters = write_copies(templates, reports, times, seed)
        first = _alone(_ingest, reports, data, embedding)
        service = _alone(_serve, data, embedding, list(items))
        generation = data / "generations" / (current_generation(data) or "")
        disk = sum(path.stat().st_size for path in generation.rglob("*") if path.is_file()) / _MEGABYTE
        _change(min(reports.iterdir()))
        changed = _alone(_ingest, reports, data, embedding)
        return Size(times, characters, first, changed, service, disk)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def chosen_items(sets: Iterable[QuestionSet], sources: Iterable[str], most: int) -> list[Item]:
    """Return at most `most` questions of the dev half on these files; where none names files, on whatever there is."""
    files = {Path(source).name for source in sources}
    dev = [item for one in sets for item in chosen(one.items, Split.DEV)]
    own = [item for item in dev if item.reports and set(item.reports) <= files]
    asked = own or [item for item in dev if item.reports is None]
    return asked[:: -(-len(asked) // most)] if asked else []


def told(sizes: Iterable[Size]) -> str:
    """Return the measurements as a table in Markdown, a column per size."""
    made = list(sizes)
    lines = [["", *(f"{size.times} 倍" for size in made)], ["---", *("---:" for _ in made)]]
    lines += [[label, *(shown(size) for size in made)] for label, shown in _ROWS.items()]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


_ROWS: dict[str, Callable[[Size], str]] = {
    "报告(份)": lambda size: f"{size.service.reports}",
    "字(万)": lambda size: f"{size.characters / 10_000:.0f}",
    "段": lambda size: f"{size.service.passages}",
    "数值": lambda size: f"{size.service.figures}",
    "收录(秒,其中处理器)": lambda size: f"{size.first.seconds:.1f} ({size.first.processor:.1f})",
    "改一份再收录(秒,其中处理器)": lambda size: f"{size.changed.seconds:.1f} ({size.changed.processor:.1f})",
    "收录内存峰值(MB)": lambda size: f"{size.first.peak:.0f}",
    "再收录内存峰值(MB)": lambda size: f"{size.changed.peak:.0f}",
    "打开索引(秒)": lambda size: f"{size.service.opened:.1f}",
    "打开后内存(MB)": lambda size: f"{size.service.rest:.0f}",
    "问完后内存(MB,其中自有)": lambda size: f"{size.service.resident:.0f} ({size.service.own:.0f})",
    "一问 p50(毫秒)": lambda size: f"{size.service.p50:.0f}",
    "一问 p95(毫秒)": lambda size: f"{size.service.p95:.0f}",
    "一问处理器(毫秒)": lambda size: f"{size.service.processor:.0f}",
    "答对": lambda size: f"{size.service.right:.1%}",
    "索引(MB)": lambda size: f"{size.disk:.0f}",
}


def _alone(function: Callable[P, T], /, *arguments: P.args, **options: P.kwargs) -> T:
    """Call a function in a new process and return what it returns."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(function, *arguments, **options).result()


def _ingest(reports: Path, data: Path, embedding: str) -> Ingest:
    started, used = time.perf_counter(), time.process_time()
    build_index([reports], data, embedding)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Ingest(time.perf_counter() - started, time.process_time() - used, peak)


def _change(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text.rstrip()}\n{_CHANGE}\n", encoding="utf-8")


def _serve(data: Path, embedding: str, items: Sequence[Item]) -> Service:
    started = time.perf_counter()
    index = open_index(data, embedding)
    target = LocalTarget(index)
    target.warm_up()
    opened = time.perf_counter() - started
    gc.collect()
    rest = _memory()["VmRSS"]
    used = time.process_time()
    replies = [target.ask(item.turns) for item in items]
    used = time.process_time() - used
    gc.collect()
    memory = _memory()
    right = [judge(item, reply, target.text).right for item, (reply, _) in zip(items, replies, strict=True)]
    ms = sorted(ms for _, ms in replies)
    return Service(
        reports=len(index.reports),
        passages=sum(len(report.passages) for report in index.reports),
        figures=sum(len(report.figures) for report in index.reports),
        opened=opened,
        rest=rest,
        resident=memory["VmRSS"],
        own=memory["RssAnon"],
        p50=ms[len(ms) // 2],
        p95=ms[len(ms) * 95 // 100],
        processor=1000 * used / max(1, sum(len(item.turns) for item in items)),
        right=sum(right) / max(1, len(right)),
    )


def _memory() -> dict[str, float]:
    """Return the memory of this process in MB, as Linux tells it."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    parts = [line.split() for line in lines if line.endswith(" kB")]
    return {name.rstrip(":"): int(size) / 1024 for name, size, _ in parts}
