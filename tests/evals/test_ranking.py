from __future__ import annotations

import math
import random

import pytest

from evals.ranking import Ranked, hit_at, ndcg_at, reciprocal_rank, scores
from evals.units import Level, Relevance, Unit, is_relevant

THIRD = Ranked([False, False, True, False], 1)


def test_by_hand() -> None:
    assert [hit_at(THIRD, k) for k in (1, 2, 3, 10)] == [0, 0, 1, 1]
    assert reciprocal_rank(THIRD) == 1 / 3
    assert ndcg_at(THIRD) == pytest.approx(1 / math.log2(4))
    assert ndcg_at(Ranked([True, False, True], 3)) == pytest.approx(1.5 / (1 + 1 / math.log2(3) + 0.5))


def test_beyond_the_cut_nothing_counts() -> None:
    late = Ranked([False] * 10 + [True], 1)
    assert (reciprocal_rank(late), ndcg_at(late), hit_at(late, 10), hit_at(late, 20)) == (0, 0, 0, 1)


def test_nothing_found_and_nothing_to_find() -> None:
    assert set(scores(Ranked([], 2)).values()) == {0.0}
    assert set(scores(Ranked([False], 0)).values()) == {0.0}


def test_ndcg_is_that_of_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    chance = random.Random(7)
    for _ in range(50):
        relevant = [chance.random() < 0.2 for _ in range(30)]
        if not any(relevant):
            continue
        theirs = metrics.ndcg_score([[float(r) for r in relevant]], [list(range(30, 0, -1))], k=10)
        assert ndcg_at(Ranked(relevant, sum(relevant))) == pytest.approx(theirs)


SPANS = {"r": [(10, 30)]}


@pytest.mark.parametrize(
    ("unit", "level", "relevant"),
    [
        (Unit("r", 0, 40), Level.PASSAGE, True),
        (Unit("r", 0, 29), Level.PASSAGE, False),
        (Unit("s", 0, 40), Level.PASSAGE, False),
        (Unit("r", 20, 40), Level.SENTENCE, True),
        (Unit("r", 25, 60), Level.SENTENCE, False),
        (Unit("r", 12, 18), Level.SENTENCE, True),
    ],
)
def test_relevance_is_by_offsets(unit: Unit, level: Level, relevant: bool) -> None:
    assert is_relevant(unit, SPANS, level) is relevant


def test_all_relevant_units_are_counted() -> None:
    units = [Unit("r", 0, 40), Unit("r", 5, 50), Unit("r", 60, 90)]
    assert Relevance.judge(units[2:], units, SPANS, Level.PASSAGE) == Ranked([False], 2)
