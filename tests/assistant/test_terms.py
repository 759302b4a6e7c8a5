"""Terms: the content words of a question and what each weighs."""

from __future__ import annotations

from tests.assistant.looking import read
from tests.assistant.samples import Visitor


def test_a_name_of_letters_and_digits_tells_twice_what_the_noun_beside_it_does(daxing: Visitor) -> None:
    weights = {term.text: term.weight for term in read(daxing, "有几家4A公园").terms}
    assert weights["4a"] > 2 * weights["公园"]
