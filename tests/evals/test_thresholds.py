from __future__ import annotations

import pytest

from evals.intervals import Estimate
from evals.thresholds import ThresholdError, broken, read_thresholds

SUMMARY = {
    "right": Estimate(0.9, 0.8, 1.0, 100),
    "refusal_recall": Estimate(0.8, 0.7, 0.9, 20),
    "unsupported": Estimate(0.02, 0.0, 0.05, 100),
}


def test_what_is_reached_is_not_said() -> None:
    assert broken(read_thresholds("right=0.9,refusal=0.8,unsupported=2"), SUMMARY) == []
    assert broken(read_thresholds(""), SUMMARY) == []


def test_what_is_missed_is_said() -> None:
    assert broken(read_thresholds("right=0.91, refusal=0.95, unsupported=0, clarify=1"), SUMMARY) == [
        "答对 90.0%,应不低于 91.0%",
        "该拒的拒了 80.0%,应不低于 95.0%",
        "数字无依据 2 题,应不多于 0 题",
        "该问的问了:没有一个问题可以衡量",
    ]


@pytest.mark.parametrize("text", ["rihgt=0.9", "right=90", "right", "right=x", "unsupported=-1"])
def test_thresholds_that_cannot_be_read(text: str) -> None:
    with pytest.raises(ThresholdError, match="--fail-under"):
        read_thresholds(text)
