"""A small fixed part of the development questions at every test run, with thresholds: the smoke detector."""

from __future__ import annotations

from pathlib import Path

from evals.dataset import DATA, load
from evals.local import LocalTarget
from evals.metrics import all_scores, summary
from evals.runner import Journal, ask_all
from evals.split import Split, half
from evals.suite import judge_outcome
from evals.thresholds import broken, read_thresholds

# Every type of question, drawn once, evenly over the file.
SUBSET = [
    f"dx-{n:03d}"
    for n in (
        4,
        14,
        25,
        41,
        64,
        81,
        94,
        109,
        119,
        133,
        140,
        158,
        182,
        197,
        216,
        221,
        244,
        251,
        262,
        273,
        288,
        299,
        305,
        311,
        331,
        337,
    )
]
THRESHOLDS = "right=0.8,unsupported=0,misstated=0,false_quote=0,failed=0"


def test_the_fixed_subset_reaches_its_thresholds(target: LocalTarget, tmp_path: Path) -> None:
    items = [item for item in load([DATA / "daxing.jsonl"])[0].items if item.id in SUBSET]
    assert len(items) == len(SUBSET)
    assert {half(item.id) for item in items} == {Split.DEV}
    outcomes = ask_all(items, target, Journal(tmp_path / "journal"))
    scores = [all_scores(judge_outcome(i, o, target)) for i, o in zip(items, outcomes, strict=True)]
    wrong = [item.id for item, score in zip(items, scores, strict=True) if not score["right"]]
    assert broken(read_thresholds(THRESHOLDS), summary(scores)) == [], wrong
    assert all(outcome.trace is not None and not outcome.trace.error for outcome in outcomes)
