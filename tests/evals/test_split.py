from __future__ import annotations

from hashlib import sha256

from evals.dataset import DATA, load
from evals.split import Split, chosen, half


def test_the_hash_of_the_id_decides() -> None:
    for identity in ("dx-001", "cp-261", "任意"):
        odd = int(sha256(identity.encode()).hexdigest(), 16) % 2
        assert half(identity) is (Split.TEST if odd else Split.DEV)


def test_the_halves_part_the_shipped_questions() -> None:
    items = load([DATA / "daxing.jsonl"])[0].items
    dev, test = chosen(items, Split.DEV), chosen(items, Split.TEST)
    assert (len(dev), len(test)) == (165, 178)
    assert sorted([*dev, *test], key=lambda i: i.id) == chosen(items, Split.ALL)
