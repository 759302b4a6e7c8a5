"""The weights of the evidence: what is in the file, and what is made of it."""

from __future__ import annotations

import ast
import json
import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

import assistant
from assistant.fitting import ASPECT, PERIOD, PLACE, STATUS, UNIT
from assistant.question import Kind, Question
from assistant.ranker import FILE, acceptance, confidence, family, score, weights
from tests.assistant.looking import found, read
from tests.assistant.samples import Visitor

FAMILIES = ("figure", "text")
TABLE = json.loads(FILE.read_text(encoding="utf-8"))
# The modules that name features; those of the kinds and of the slots are put together from their names.
SOURCES = ("evidence.py", "fitting.py", "ranker.py")
DERIVED = {
    *(f"kind_{kind.name.lower()}" for kind in Kind),
    *(f"misfit_{slot}" for slot in (ASPECT, PERIOD, PLACE, STATUS, UNIT)),
}


def named_in_code() -> set[str]:
    folder = Path(str(assistant.__file__)).parent
    trees = [ast.parse((folder / name).read_text(encoding="utf-8")) for name in SOURCES]
    constants = (n.value for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant))
    return {value for value in constants if isinstance(value, str)} | DERIVED


def test_the_file_has_both_families_with_both_models() -> None:
    assert {name: set(models) for name, models in TABLE.items()} == {name: {"rank", "accept"} for name in FAMILIES}


@pytest.mark.parametrize("name", FAMILIES)
def test_the_weights_load_and_are_numbers(name: str) -> None:
    loaded = weights(name)
    assert loaded.rank == TABLE[name]["rank"]
    assert loaded.accept == TABLE[name]["accept"]
    assert all(math.isfinite(w) for w in (*loaded.rank.values(), *loaded.accept.values()))


@pytest.mark.parametrize("name", FAMILIES)
def test_every_weight_is_of_a_feature_that_the_code_produces(name: str) -> None:
    assert {*TABLE[name]["rank"], *TABLE[name]["accept"]} - named_in_code() == set()


@pytest.mark.parametrize("name", FAMILIES)
def test_only_acceptance_has_a_constant(name: str) -> None:
    assert "bias" in TABLE[name]["accept"]
    assert "bias" not in TABLE[name]["rank"]


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_numbers_are_judged_by_other_weights_than_statements(kind: Kind) -> None:
    assert family(Question("", "", kind)) == ("figure" if kind is Kind.FIGURE else "text")


SCORES: dict[str, tuple[dict[str, float], dict[str, float], float]] = {
    "nothing speaks for it": ({}, {"near": 2.0}, 0.0),
    "by its weight": ({"near": 0.5}, {"near": 2.0}, 1.0),
    "for and against": ({"near": 1.0, "lacks": 0.5}, {"near": 2.0, "lacks": -1.0}, 1.5),
    "an unknown feature weighs nothing": ({"near": 0.5, "never heard of": 9.0}, {"near": 2.0}, 1.0),
    "the constant is no feature": ({"near": 0.5}, {"near": 2.0, "bias": 9.0}, 1.0),
}


@pytest.mark.parametrize(("features", "by", "expected"), SCORES.values(), ids=SCORES)
def test_a_score_is_the_weighted_sum(features: dict[str, float], by: dict[str, float], expected: float) -> None:
    assert score(features, by) == pytest.approx(expected)


def test_confidence_rises_with_the_constant() -> None:
    chances = [confidence({"near": 0.5}, {"near": 1.0, "bias": bias}) for bias in (-4, -1, -0.5, 0, 2, 6)]
    assert all(low < high for low, high in pairwise(chances))
    assert chances[2] == 0.5


@pytest.mark.parametrize("bias", [-1e9, -31.0, 0.0, 31.0, 1e9])
def test_confidence_is_a_chance_however_far_the_odds(bias: float) -> None:
    assert 0 < confidence({}, {"bias": bias}) < 1


ASKED = ["建安投资完成了多少", "建安投资全市第几", "综保区什么时候封关", "要发展哪三个商圈"]


@pytest.mark.parametrize("text", ASKED)
def test_candidates_come_in_the_order_of_their_weighted_features(daxing: Visitor, text: str) -> None:
    question = read(daxing, text)
    ranked = found(daxing, question)
    by = weights(family(question)).rank
    assert all(c.score == pytest.approx(score(c.features, by)) for c in ranked)
    assert all(one.score >= other.score for one, other in pairwise(ranked))


@pytest.mark.parametrize("text", ASKED)
def test_every_feature_of_a_candidate_is_named_in_the_code(daxing: Visitor, text: str) -> None:
    question = read(daxing, text)
    ranked = found(daxing, question)
    assert {name for c in ranked for name in c.features} - named_in_code() == set()
    assert set(acceptance(question, ranked)) - named_in_code() == set()


def test_the_lead_is_over_another_passage(daxing: Visitor) -> None:
    question = read(daxing, "建安投资完成了多少")
    best, *others = found(daxing, question)
    same = [c for c in others if c.reading.passage.id == best.reading.passage.id]
    rival = next(c for c in others if c.reading.passage.id != best.reading.passage.id)
    assert acceptance(question, [best, *same])["lead"] == 1.0
    assert acceptance(question, [best, *same, rival])["lead"] == pytest.approx(min(1.0, best.score - rival.score))


def test_acceptance_knows_that_the_word_asked_about_is_missing(daxing: Visitor) -> None:
    question = read(daxing, "建安投资完成了多少")
    best = found(daxing, question)[0]
    head = replace(question.terms[0], head=True)
    asked = replace(question, terms=(head, *question.terms[1:]))
    assert acceptance(asked, [best])["asks_attribute"] == 0.0
    assert acceptance(asked, [replace(best, missing=(head,))])["asks_attribute"] == 1.0
