from __future__ import annotations

import pytest

from evals.judging import judge
from evals.metrics import METRICS, Judged, all_scores, summary
from tests.evals.samples import REPORTS, RIGHT, item, reply

REFUSED = reply("报告中没有。", status="refused")
ASKED_BACK = reply("请问哪个指标?", status="clarify")
REFUSE = item(expect="refuse", gold=(), evidence=())
UNCLEAR = item(expect="clarify", gold=(), evidence=())


def scores(*pairs: tuple[object, dict[str, object]]) -> dict[str, float]:
    rows = [Judged(one, judge(one, said, REPORTS.get), 1.0) for one, said in pairs]  # type: ignore[arg-type]
    return {key: found.mean for key, found in summary([all_scores(row) for row in rows]).items()}


def test_refusals_by_hand() -> None:
    """Refused 3, of which 2 rightly; to be refused 4."""
    found = scores((REFUSE, REFUSED), (REFUSE, REFUSED), (REFUSE, RIGHT), (REFUSE, ASKED_BACK), (item(), REFUSED))
    assert found["refusal_recall"] == 2 / 4
    assert found["refusal_precision"] == pytest.approx(2 / 3)
    assert found["right"] == 2 / 5


def test_clarifications_by_hand() -> None:
    found = scores((UNCLEAR, ASKED_BACK), (UNCLEAR, RIGHT), (item(), ASKED_BACK), (item(), RIGHT), (item(), RIGHT))
    assert found["clarify"] == 1 / 2
    assert found["needless_clarify"] == pytest.approx(1 / 3)


def test_followups_count_conversations_only() -> None:
    second = item(turns=("固定资产投资多少", "上半年呢"))
    assert scores((second, RIGHT), (second, REFUSED), (item(), REFUSED))["followup"] == 1 / 2


def test_unsupported_counts_answers_only() -> None:
    assert scores((item(), RIGHT), (item(), REFUSED), (item(), reply("999亿元。")))["unsupported"] == 1 / 2


def test_measures_that_do_not_apply_are_absent() -> None:
    assert set(scores((REFUSE, REFUSED))) == {
        "right",
        "refusal_recall",
        "refusal_precision",
        "false_quote",
        "needless_clarify",
        "failed",
    }


def test_every_measure_says_what_it_means() -> None:
    assert all(metric.meaning and metric.label and metric.score.__doc__ for metric in METRICS.values())
    assert len({metric.threshold for metric in METRICS.values()}) == len(METRICS)
