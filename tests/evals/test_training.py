"""The weights learned from a few made-up questions, whose candidates stand in real passages."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assistant.evidence import Candidate
from assistant.fitting import PERIOD
from assistant.pipeline import Assistant
from assistant.question import Kind, Question
from assistant.ranker import acceptance, confidence, score
from assistant.reading import Reading, Readings
from evals.local import Bench
from evals.training import Example, examples, fit_accept, fit_rank, told
from ingest import read_report
from tests.evals.samples import TEXT, item

QUESTION = Question("投资多少", "投资多少", Kind.FIGURE)


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> list[Reading]:
    """The passages of a small report."""
    file = tmp_path_factory.mktemp("training") / "small.txt"
    file.write_text(TEXT, encoding="utf-8")
    report = read_report(file)
    return [r for p in report.passages if (r := Readings().of(report, p)).clauses]


def candidate(reading: Reading, features: Mapping[str, float], *, misfit: bool = False) -> Candidate:
    wrong = (PERIOD,) if misfit else ()
    return Candidate(reading, reading.clauses[0], None, 1.0, 1.0, (), 0.5, 1.0, wrong, features)


def example(readings: list[Reading], *rows: tuple[Mapping[str, float], bool], answerable: bool = True) -> Example:
    """A question with a candidate of each row, in passages that take turns."""
    made = [candidate(readings[n % len(readings)], features) for n, (features, _) in enumerate(rows)]
    return Example("figure", QUESTION, tuple(made), tuple(right for _, right in rows), answerable)


GOOD, BAD = {"near": 1.0, "both have it": 1.0}, {"far": 1.0, "both have it": 1.0}


def test_the_right_candidate_comes_first_after_training(readings: list[Reading]) -> None:
    found = [example(readings, (BAD, False), (GOOD, True), (BAD, False)) for _ in range(30)]
    learned = fit_rank(found, {})
    assert learned["near"] > 0 > learned["far"]
    assert score(GOOD, learned) > score(BAD, learned)


def test_what_all_candidates_share_tells_nothing(readings: list[Reading]) -> None:
    found = [example(readings, (BAD, False), (GOOD, True)) for _ in range(30)]
    assert "both have it" not in fit_rank(found, {})


def test_enough_examples_overturn_the_weights_at_the_start(readings: list[Reading]) -> None:
    found = [example(readings, (BAD, False), (GOOD, True)) for _ in range(200)]
    start = {"far": 0.3}
    assert score(BAD, start) > score(GOOD, start)
    learned = fit_rank(found, start)
    assert score(GOOD, learned) > score(BAD, learned)


def test_few_examples_change_little_and_more_change_more(readings: list[Reading]) -> None:
    one = example(readings, (BAD, False), (GOOD, True))
    moved = [fit_rank([one] * n, {"near": 0.2})["near"] - 0.2 for n in (1, 5, 50)]
    assert 0 < moved[0] < moved[1] < moved[2]
    assert moved[0] < 0.1


TEACHES_NOTHING = {
    "no questions": [],
    "evidence nowhere": [((GOOD, False), (BAD, False))],
    "evidence everywhere": [((GOOD, True), (BAD, True))],
}


@pytest.mark.parametrize("rows", TEACHES_NOTHING.values(), ids=TEACHES_NOTHING)
def test_without_a_choice_the_weights_stay(
    readings: list[Reading], rows: list[tuple[tuple[Mapping[str, float], bool], ...]]
) -> None:
    start = {"near": 0.25, "far": -0.5}
    assert fit_rank([example(readings, *row) for row in rows], start) == start


def test_any_of_several_right_candidates_may_come_first(readings: list[Reading]) -> None:
    other = {"elsewhere": 1.0}
    learned = fit_rank([example(readings, (BAD, False), (GOOD, True), (other, True)) for _ in range(30)], {})
    assert min(score(GOOD, learned), score(other, learned)) > score(BAD, learned)


def judged(readings: list[Reading]) -> list[Example]:
    """Questions that the best candidate answers where it is near, and others that nothing answers."""
    answered = [example(readings, (GOOD, True), (BAD, False)) for _ in range(30)]
    return answered + [example(readings, (BAD, False), (BAD, False), answerable=False) for _ in range(30)]


def test_acceptance_tells_answers_from_what_only_looks_like_them(readings: list[Reading]) -> None:
    learned = fit_accept(judged(readings))
    answers = confidence(acceptance(QUESTION, [candidate(readings[0], GOOD)]), learned)
    looks_so = confidence(acceptance(QUESTION, [candidate(readings[0], BAD)]), learned)
    assert answers > 0.7
    assert looks_so < 0.3


def test_the_constant_says_how_often_an_answer_is_right_at_all(readings: list[Reading]) -> None:
    answered = [example(readings, (GOOD, True)) for _ in range(20)]
    refused = [example(readings, (GOOD, False), answerable=False) for _ in range(20)]
    rare, often = fit_accept([*answered[:2], *refused]), fit_accept([*answered, *refused[:2]])
    same = acceptance(QUESTION, [candidate(readings[0], GOOD)])
    assert confidence(same, rare) < 0.5 < confidence(same, often)


def test_what_contradicts_the_question_is_not_learned_from(readings: list[Reading]) -> None:
    wrong = Example("figure", QUESTION, (candidate(readings[0], {"odd": 1.0}, misfit=True),), (False,), False)
    assert fit_accept([*judged(readings), *[wrong] * 50]) == fit_accept(judged(readings))


def test_the_evidence_taken_away_is_a_question_that_nothing_answers(readings: list[Reading]) -> None:
    """Only the right candidate is near: what is left without its passage is learned to be no answer."""
    found = [example(readings, (GOOD, True), (BAD, False)) for _ in range(30)]
    learned = fit_accept(found)
    assert learned["far"] < 0 < learned["near"]


def test_the_summary_counts_the_evidence_that_comes_first(readings: list[Reading]) -> None:
    found = [
        example(readings, (GOOD, True), (BAD, False)),
        example(readings, (BAD, False), (GOOD, True)),
        example(readings, (BAD, False), answerable=False),
    ]
    assert told("figure", found) == "figure:3 题,候选中有依据的 2 题,训练前依据排在第一的 1 题"


BUILDING = item(
    turns=("建安投资做到多少了",), gold=(("161.8亿元",),), evidence=("建安投资完成161.8亿元",), reports=None
)


def test_the_candidates_that_hold_the_evidence_are_right(bench: Bench) -> None:
    [made] = examples(Assistant(bench.index), [BUILDING])
    right = [c for c, holds in zip(made.candidates, made.right, strict=True) if holds]
    assert (made.family, made.answerable) == ("figure", True)
    assert {c.figure.text for c in right if c.figure} == {"161.8亿元"}


LEFT_OUT = {
    "a calculation": {"type": "calc"},
    "an attack": {"type": "injection"},
    "one to ask back": {"expect": "clarify"},
    "two questions in one": {"turns": ("建安投资做到多少了?优良天数有几天?",)},
    "a greeting": {"turns": ("你好",)},
}


@pytest.mark.parametrize("changes", LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_falls_into_parts_or_asks_no_single_fact_is_left_out(bench: Bench, changes: dict[str, object]) -> None:
    assert list(examples(Assistant(bench.index), [item(**changes)])) == []


def test_the_turns_before_are_read_along(bench: Bench) -> None:
    followed = item(turns=("建安投资做到多少了", "全市第几呢"), gold=(("第三",),), evidence=("建安投资完成161.8亿元",))
    [made] = examples(Assistant(bench.index), [followed])
    assert any("建安投资" in t.forms for t in made.question.terms)
