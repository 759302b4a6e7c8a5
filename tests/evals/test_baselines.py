from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from evals.baselines import (
    CHUNK,
    Corpus,
    System,
    best_sentence,
    dense_systems,
    langchain_system,
    lexical_systems,
    own_systems,
)
from evals.judging import judge
from evals.local import LocalTarget
from evals.ranking import DEPTH
from evals.units import Relevance
from tests.evals.samples import item

QUESTION = item(evidence=("固定资产投资完成442.1亿元",))


@pytest.fixture(scope="module")
def corpus(target: LocalTarget) -> Corpus:
    return Corpus(target.index.reports, "bundled")


@pytest.fixture(scope="module")
def systems(corpus: Corpus, target: LocalTarget) -> Iterator[list[System]]:
    pytest.importorskip("langchain_chroma")
    with ExitStack() as resources:
        yield [
            *lexical_systems(corpus),
            *dense_systems(corpus),
            langchain_system(corpus, resources),
            *own_systems(corpus, target.index, target.tracer),
        ]


def test_every_system_ranks_units_of_the_report(systems: list[System], corpus: Corpus, target: LocalTarget) -> None:
    spans = Relevance(target.index.reports).spans(QUESTION)
    for system in systems:
        ranked = system.rank(QUESTION)
        assert 0 < len(ranked) <= DEPTH
        assert len(set(ranked)) == len(ranked)
        assert any(Relevance.judge(ranked, system.units, spans, system.level).relevant), system.name


def test_ours_ranks_the_evidence_first(systems: list[System], target: LocalTarget) -> None:
    spans = Relevance(target.index.reports).spans(QUESTION)
    for system in systems:
        if system.name == "问报:匹配后":
            assert Relevance.judge(system.rank(QUESTION), system.units, spans, system.level).relevant[0]


def test_the_recipe_is_the_recipe(systems: list[System], corpus: Corpus) -> None:
    recipe = next(system for system in systems if system.name.startswith("LangChain"))
    assert all(0 < unit.end - unit.start <= CHUNK for unit in recipe.units)
    stated = {unit.report for unit in recipe.units}
    assert stated == set(corpus.reports)
    assert corpus.text(recipe.units[0]).strip() == corpus.text(recipe.units[0])


def test_the_sentences_lie_in_their_passages(corpus: Corpus) -> None:
    for sentence, at in zip(corpus.sentences, corpus.passage_of.tolist(), strict=True):
        passage = corpus.passages[at]
        assert (sentence.report, True) == (
            passage.report,
            passage.start <= sentence.start < sentence.end <= passage.end,
        )


def test_the_best_sentence_is_an_answer_with_a_true_citation(corpus: Corpus, target: LocalTarget) -> None:
    said = best_sentence(corpus, QUESTION)
    assert said["status"] == "answered"
    assert judge(QUESTION, said, target.text).false_quotes == ()
    assert best_sentence(corpus, item(turns=("xyzzy",)))["status"] == "refused"
