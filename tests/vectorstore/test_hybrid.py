from __future__ import annotations

import numpy as np
import pytest

from vectorstore.hybrid import DENSE_WEIGHT, fuse


def _float32(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(values, dtype=np.float32)


def test_scores_are_standardised_before_they_are_added() -> None:
    dense, lexical = _float32(0.1, 0.3), _float32(10, 30)
    assert fuse(dense, lexical) == pytest.approx([-1 - DENSE_WEIGHT, 1 + DENSE_WEIGHT], abs=1e-5)


def test_a_search_that_cannot_tell_passages_apart_leaves_it_to_the_other() -> None:
    assert fuse(_float32(0.5, 0.5, 0.5), _float32(0, 3, 0)).argmax() == 1
    assert fuse(_float32(0.1, 0.5, 0.1), _float32(0, 0, 0)).argmax() == 1


def test_a_clear_winner_of_words_stays_ahead_of_a_slight_winner_of_meaning() -> None:
    assert fuse(_float32(0.30, 0.31, 0.29, 0.30), _float32(25, 2, 1, 1)).argmax() == 0


def test_nothing_proposed_is_nothing_found() -> None:
    assert fuse(_float32(), _float32()).shape == (0,)
