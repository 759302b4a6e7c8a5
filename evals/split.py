"""The fixed halves: `dev` is looked at while answers are improved, `test` is run and not read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from evals.dataset import Item


class Split(StrEnum):
    DEV = "dev"
    TEST = "test"
    ALL = "all"


def half(identity: str) -> Split:
    """Return the half of the question with this id: a hash decides, so no one can move a question.

    >>> str(half("dx-001"))
    'test'
    """
    odd = int(hashlib.sha256(identity.encode()).hexdigest(), 16) % 2 == 1
    return Split.TEST if odd else Split.DEV


def chosen(items: Iterable[Item], split: Split) -> list[Item]:
    """Return the items of a half, or all."""
    return [item for item in items if split is Split.ALL or half(item.id) is split]
