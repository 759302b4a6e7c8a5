from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vectorstore.embedding import embed, load_embeddings
from vectorstore.searchtext import normalise
from vectorstore.training.evaluate_model import Query, hit_rates
from vectorstore.training.pairs import Pair, benchmark, best_sentence, read_jsonl, training_pairs
from vectorstore.training.train_model import Recipe, save, train, train_tokenizer

DATA = Path(__file__).parents[3] / "shared" / "training"


def _write(path: Path, *rows: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Data of the three kinds, one or two rows each."""
    _write(
        tmp_path / "cmrc2018" / "passages.jsonl",
        {"id": "c1", "text": "甲于1963年任主教。乙于1970年去世。"},
        {"id": "c2", "text": "丙是考题。"},
    )
    _write(
        tmp_path / "cmrc2018" / "questions.jsonl",
        {"question": "甲何时任主教?", "passage": "c1", "answer": "1963年", "split": "train"},
        {"question": "丙是什么?", "passage": "c2", "answer": "考题", "split": "dev"},
        {"question": "谁是考题?", "passage": "c2", "answer": "丙", "split": "trial"},
    )
    _write(tmp_path / "drcd" / "passages.jsonl", {"id": "d1", "text": "梵語起源於印度。"})
    _write(
        tmp_path / "drcd" / "questions.jsonl",
        {"question": "梵語起源於哪裡?", "passage": "d1", "answer": "印度", "split": "dev"},
    )
    _write(
        tmp_path / "official_texts" / "policies.jsonl",
        {"title": None, "text": "一、战略意义\n传感器是产业的源头。发展传感器有利于工业转型升级。"},
    )
    return tmp_path


def test_pairs_come_from_all_data_but_never_from_a_benchmark_passage(data: Path) -> None:
    pairs = set(training_pairs(data, seed=1))
    assert Pair("甲何时任主教?", "甲于1963年任主教。") in pairs
    assert Pair("甲何时任主教?", "甲于1963年任主教。乙于1970年去世。") in pairs
    assert Pair("梵语起源于哪里?", "梵语起源于印度。") in pairs
    assert Pair("一、战略意义", "传感器是产业的源头。发展传感器有利于工业转型升级。") in pairs
    assert Pair("传感器是产业的源头。", "发展传感器有利于工业转型升级。") in pairs
    assert not any("考题" in pair.query + pair.text for pair in pairs)


def test_the_order_of_the_pairs_depends_on_the_seed_only(data: Path) -> None:
    assert training_pairs(data, seed=1) == training_pairs(data, seed=1) != training_pairs(data, seed=2)


def test_the_best_sentence_holds_the_answer_and_is_nearest_to_the_question() -> None:
    passage = "1963年甲出生。1963年乙任主教。"
    assert best_sentence(passage, "1963年", "乙何时任主教") == "1963年乙任主教。"
    assert best_sentence(passage, "2000年", "丙何时出生") == passage


def test_the_real_data_keeps_the_benchmark_apart() -> None:
    if not DATA.exists():
        pytest.skip(f"the training data is not at {DATA}")
    passages, questions = benchmark(DATA)
    trained = {text for pair in training_pairs(DATA, seed=1) for text in (pair.query, pair.text)}
    assert len(questions) == 3219
    assert trained.isdisjoint(passages.values())
    asked_elsewhere = {
        normalise(row["question"])
        for folder in ("cmrc2018", "drcd")
        for row in read_jsonl(DATA / folder / "questions.jsonl")
        if folder == "drcd" or row["split"] != "dev"
    }
    assert trained.isdisjoint({question.text for question in questions} - asked_elsewhere)


def test_hit_rates_count_questions_with_a_gold_passage_among_the_first() -> None:
    queries = [Query("a", frozenset({"1"})), Query("b", frozenset({"2", "9"}))]
    assert hit_rates(queries, lambda query: ["1", "2", "3"], depths=(1, 2)) == [0.5, 1.0]


def test_a_trained_model_is_a_bundled_model(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extras `models` and `train`")
    pytest.importorskip("datasets", reason="needs the extras `models` and `train`")
    pairs = [Pair(f"第{number}个项目在哪里", f"第{number}个项目在{number}号街区。" * 8) for number in range(40)]
    recipe = replace(Recipe(), vocabulary=120, dimension=8, batch=8, epochs=1)
    model = train(pairs, recipe, tmp_path / "work")
    save(model, tmp_path / "model", recipe, len(pairs))
    texts = ["第7个项目", "龘", "", "latin"]
    ours = embed(load_embeddings(str(tmp_path / "model")), texts)
    assert np.abs(ours - model.encode(texts)).max() < 1e-5
    assert "| pairs | 40 |" in (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert (tmp_path / "model" / "model.safetensors").stat().st_mode & 0o777 == 0o644


def test_digits_are_pieces_of_their_own() -> None:
    pairs = [Pair("完成442.1亿元", "固定资产投资完成442.1亿元,增长5.2%。" * 10)]
    tokens = train_tokenizer(pairs, replace(Recipe(), vocabulary=60)).encode("完成442.1亿元").tokens
    assert [token for token in tokens if token.isdigit()] == ["4", "4", "2", "1"]
