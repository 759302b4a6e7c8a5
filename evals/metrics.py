"""The measures of answers: each scores one question, None where it does not apply; a group's figure is the mean.

A new measure is a function and a row in METRICS.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from evals.dataset import Item
from evals.intervals import Estimate, estimate
from evals.judging import Verdict


class Judged(NamedTuple):
    """A question, what became of it, and how long it took."""

    item: Item
    verdict: Verdict
    ms: float
    error: str = ""


def right(row: Judged) -> float:
    """Status, figures, nothing forbidden and directness are as they should be: what the outside judge calls right."""
    return float(row.verdict.right)


def proven(row: Judged) -> float | None:
    """Of questions that have an answer: right, with all evidence cited, nothing unsupported and no false quote."""
    return _maybe(row.verdict.proven)


def figure(row: Judged) -> float | None:
    """Of questions for figures: all are stated with value and unit, of the period asked for."""
    return _maybe(row.verdict.figure)


def citation_recall(row: Judged) -> float | None:
    """Share of the evidence quotes that citations prove, by offsets in the right report."""
    return row.verdict.recall


def citation_precision(row: Judged) -> float | None:
    """Share of the citations that prove an evidence quote."""
    return row.verdict.precision if row.verdict.status == "answered" else None


def unsupported(row: Judged) -> float | None:
    """Of what was answered: some number stands in no cited passage, nor in the question or the calculation."""
    return float(bool(row.verdict.unsupported)) if row.verdict.status == "answered" else None


def misstated(row: Judged) -> float | None:
    """Of what was answered: some quantity is stated nowhere cited as that much in that dimension."""
    return float(bool(row.verdict.misstated)) if row.verdict.status == "answered" else None


def false_quote(row: Judged) -> float:
    """Some citation's quote does not stand where it says."""
    return float(bool(row.verdict.false_quotes))


def refusal_recall(row: Judged) -> float | None:
    """Of what is to be refused: refused."""
    return float(row.verdict.status == "refused") if row.item.expect == "refuse" else None


def refusal_precision(row: Judged) -> float | None:
    """Of what was refused: to be refused."""
    return float(row.item.expect == "refuse") if row.verdict.status == "refused" else None


def clarify(row: Judged) -> float | None:
    """Of what is unclear: asked back."""
    return float(row.verdict.status == "clarify") if row.item.expect == "clarify" else None


def needless_clarify(row: Judged) -> float | None:
    """Of what is clear: asked back all the same."""
    return float(row.verdict.status == "clarify") if row.item.expect != "clarify" else None


def followup(row: Judged) -> float | None:
    """Of last turns that need the turns before: right."""
    return right(row) if len(row.item.turns) > 1 else None


def failed(row: Judged) -> float:
    """No reply at all."""
    return float(bool(row.error))


def _maybe(value: bool | None) -> float | None:
    return None if value is None else float(value)


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure with what a reader sees of it (`label`, `meaning`).

    `threshold` is its name on the command line. Where lower is better a threshold counts questions, else it is a share.
    """

    key: str
    label: str
    meaning: str
    score: Callable[[Judged], float | None]
    higher_is_better: bool = True
    threshold: str = ""


METRICS = {
    metric.key: metric
    for metric in (
        Metric(
            "right", "答对", "状态、数字、简洁都对,没有不该有的内容;与外部评判的“right”一致", right, threshold="right"
        ),
        Metric(
            "proven",
            "答对且出处齐全",
            "应回答的题里,答对、全部依据都被引用、数字都有依据、引文都属实",
            proven,
            threshold="proven",
        ),
        Metric(
            "figure", "数值、单位、期间无误", "问数字的题里,数值和单位都说对,期间不矛盾", figure, threshold="figure"
        ),
        Metric(
            "citation_recall",
            "引文召回",
            "依据被引文覆盖的比例,按报告中的位置计,报告也要对",
            citation_recall,
            threshold="recall",
        ),
        Metric("citation_precision", "引文精确", "引文中确实覆盖依据的比例", citation_precision, threshold="precision"),
        Metric("refusal_recall", "该拒的拒了", "应拒答的题里拒答的比例", refusal_recall, threshold="refusal"),
        Metric(
            "refusal_precision",
            "拒的都该拒",
            "拒答的题里应拒答的比例",
            refusal_precision,
            threshold="refusal_precision",
        ),
        Metric("clarify", "该问的问了", "应澄清的题里反问的比例", clarify, threshold="clarify"),
        Metric("followup", "追问答对", "多轮对话的最后一问答对的比例", followup, threshold="followup"),
        Metric(
            "unsupported", "数字无依据", "回答里有数字不在引文、问题或列明的计算里", unsupported, False, "unsupported"
        ),
        Metric(
            "misstated",
            "数量与引文不符",
            "回答里有数量,引文中没有以同样的单位说过那么多",
            misstated,
            False,
            "misstated",
        ),
        Metric("false_quote", "引文不实", "引文在所指报告的所指位置并不存在", false_quote, False, "false_quote"),
        Metric("needless_clarify", "不该问却问", "问题清楚却反问", needless_clarify, False, "needless_clarify"),
        Metric("failed", "没有应答", "请求失败", failed, False, "failed"),
    )
}


def all_scores(row: Judged) -> dict[str, float]:
    """Return the measures that apply to a question."""
    found = {key: metric.score(row) for key, metric in METRICS.items()}
    return {key: value for key, value in found.items() if value is not None}


def summary(scores: Sequence[dict[str, float]]) -> dict[str, Estimate]:
    """Return the mean of every measure that applies to some question of a group, with its interval."""
    found = {key: estimate([one[key] for one in scores if key in one]) for key in METRICS}
    return {key: value for key, value in found.items() if value is not None}
