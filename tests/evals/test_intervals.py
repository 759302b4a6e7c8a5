from __future__ import annotations

import pytest

from evals.intervals import Change, difference, estimate, sign_test, verdict


def test_the_interval_is_about_as_wide_as_theory_says() -> None:
    found = estimate([1.0] * 80 + [0.0] * 20)
    assert found is not None
    assert found.mean == 0.8
    assert found.low == pytest.approx(0.8 - 1.96 * 0.04, abs=0.015)
    assert found.high == pytest.approx(0.8 + 1.96 * 0.04, abs=0.015)
    assert estimate([1.0] * 80 + [0.0] * 20) == found


def test_seven_of_seven_is_not_certainty() -> None:
    found = estimate([1.0] * 7)
    assert found is not None
    assert (found.mean, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(7 / (7 + 1.96**2), abs=1e-3)


def test_nothing_has_no_estimate() -> None:
    assert estimate([]) is None
    assert difference([], []) is None


def test_differences_are_of_the_same_questions() -> None:
    with pytest.raises(ValueError, match="1 values before, 2 now"):
        difference([1.0], [1.0, 0.0])


def said(before: list[float], now: list[float], better: bool = True) -> Change:
    return verdict(difference(before, now), sign_test(before, now), higher_is_better=better)


def test_four_flips_are_noise_and_forty_are_not() -> None:
    assert said([0.0] * 4 + [1.0] * 96, [1.0] * 100) is Change.SAME
    assert said([0.0] * 40 + [1.0] * 60, [1.0] * 100) is Change.BETTER
    assert said([1.0] * 100, [0.0] * 40 + [1.0] * 60) is Change.WORSE
    assert said([0.0] * 40 + [1.0] * 60, [1.0] * 100, better=False) is Change.WORSE
    assert said([0.0] * 20 + [1.0] * 20, [1.0] * 20 + [0.0] * 20) is Change.SAME


def test_sign_test_by_hand() -> None:
    assert sign_test([0, 0, 0, 0, 0, 0], [1] * 6) == 2 / 64
    assert sign_test([0, 0, 1], [1, 1, 0]) == 1.0
    assert sign_test([1.0], [1.0]) == 1.0
