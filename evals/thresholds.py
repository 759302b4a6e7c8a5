"""`--fail-under right=0.9,refusal=0.95,unsupported=0`: what a release must reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.intervals import Estimate
from evals.metrics import METRICS, Metric

NAMES = {metric.threshold: metric for metric in METRICS.values()}


class ThresholdError(Exception):
    """A threshold that cannot be read. The message (Chinese) says what is allowed."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """At least `limit` (a share) of a measure; at most `limit` questions where the measure counts faults."""

    metric: Metric
    limit: float

    def broken(self, summary: Mapping[str, Estimate]) -> str | None:
        """Return what is to be said where the threshold is not met, None where it is."""
        found = summary.get(self.metric.key)
        if found is None:
            return f"{self.metric.label}:没有一个问题可以衡量"
        if self.metric.higher_is_better:
            below = found.mean < self.limit - 1e-9
            return f"{self.metric.label} {found.mean:.1%},应不低于 {self.limit:.1%}" if below else None
        count = round(found.mean * found.n)
        return f"{self.metric.label} {count} 题,应不多于 {self.limit:g} 题" if count > self.limit else None


def read_thresholds(text: str) -> list[Threshold]:
    """Return the thresholds of an option's text; raises ThresholdError naming the part that is wrong."""
    return [_threshold(part.strip()) for part in text.split(",") if part.strip()]


def broken(thresholds: Sequence[Threshold], summary: Mapping[str, Estimate]) -> list[str]:
    """Return what is to be said of each threshold that is not met."""
    return [said for threshold in thresholds if (said := threshold.broken(summary)) is not None]


def _threshold(part: str) -> Threshold:
    name, _, value = part.partition("=")
    metric = NAMES.get(name.strip())
    if metric is None:
        raise ThresholdError(f"--fail-under 的 {part!r}:没有指标 {name!r}。可用的有 {'、'.join(NAMES)}。")
    try:
        limit = float(value)
    except ValueError:
        limit = -1.0
    if not (0 <= limit <= 1 if metric.higher_is_better else limit >= 0):
        kind = "0 到 1 之间的比例" if metric.higher_is_better else "不小于 0 的题数"
        raise ThresholdError(f"--fail-under 的 {part!r}:应写成 {name}=数,数为{kind}。")
    return Threshold(metric, limit)
