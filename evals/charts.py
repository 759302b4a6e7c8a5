"""Small drawings as inline SVG: they need no script, no font and no other file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from evals.intervals import Estimate


def bar(now: Estimate | None, floor: Estimate | None = None, before: float | None = None) -> Markup:
    """Return a share as a bar from 0 to 1 with its interval, a tick for the floor and a dot for the last run."""
    if now is None:
        return Markup("")
    parts = [
        _rect(0, 5, 100, 8, "track"),
        _rect(0, 5, 100 * now.mean, 8, "fill"),
        _line(100 * now.low, 9, 100 * now.high, 9, "whisker"),
    ]
    if floor is not None:
        parts.append(_line(100 * floor.mean, 2, 100 * floor.mean, 16, "floor"))
    if before is not None:
        parts.append(_line(100 * before, 2, 100 * before, 16, "before"))
    label = f"{now.mean:.0%},区间 {now.low:.0%} 到 {now.high:.0%}"
    return Markup(
        f'<svg class="bar" viewBox="0 0 100 18" preserveAspectRatio="none" role="img" aria-label="{label}">'
        f"{''.join(parts)}</svg>"
    )


def histogram(times: Sequence[float], marks: Mapping[str, float]) -> Markup:
    """Return how many questions took how many milliseconds, on a logarithmic scale, with marks such as p95."""
    if not times:
        return Markup("")
    low = math.floor(4 * math.log10(max(1.0, min(times)))) / 4
    high = max(low + 0.5, math.ceil(4 * math.log10(max(1.0, *times, *marks.values()))) / 4)
    bins = [0] * 28
    for time in times:
        at = (math.log10(max(1.0, time)) - low) / (high - low)
        bins[min(len(bins) - 1, max(0, int(at * len(bins))))] += 1
    width, height, base = 640.0, 180.0, 150.0
    step, top = width / len(bins), max(bins)
    parts = [
        _rect(at * step + 1, base - 120 * count / top, step - 2, 120 * count / top, "fill")
        for at, count in enumerate(bins)
        if count
    ]
    parts.append(_line(0, base, width, base, "axis"))
    for exponent in range(math.ceil(low), math.floor(high) + 1):
        x = (exponent - low) / (high - low) * width
        parts.append(_text(x, base + 20, f"{10**exponent:g} 毫秒", _anchor(x, width)))
    for row, (name, value) in enumerate(marks.items()):
        x = (math.log10(max(1.0, value)) - low) / (high - low) * width
        parts.append(_line(x, 8 + 14 * row, x, base, "mark"))
        parts.append(_text(x + 4, 16 + 14 * row, f"{name} {value:.0f}", "end" if x > width - 90 else "start"))
    return Markup(
        f'<svg class="plot" viewBox="0 0 640 {height:g}" role="img" aria-label="耗时分布">{"".join(parts)}</svg>'
    )


def _anchor(x: float, width: float) -> str:
    return "start" if x < 30 else "end" if x > width - 30 else "middle"


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    return f'<rect class="{kind}" x="{x:.2f}" y="{y:.2f}" width="{max(0.0, width):.2f}" height="{height:.2f}"/>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    ends = f'x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
    return f'<line class="{kind}" {ends} vector-effect="non-scaling-stroke"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}">{words}</text>'
