from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vectorstore.embedding import embed, load_embeddings
from vectorstore.searchtext import normalise
from vectorstore.training.evaluate_model import Query, hit_rates
from vectorstore.training.jsonl import read_jsonl
from vectorstore.training.official import official_documents
from vectorstore.training.pairs import Lesson, Pair, benchmark, best_sentence, lesson
from vectorstore.training.sayings import paraphrases, sayings
from vectorstore.training.storage import quantise
from vectorstore.training.train_model import Recipe, first_vectors, save, train, train_tokenizer

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
    taught = lesson(data, seed=1)
    pairs = set(taught.pairs)
    assert Pair("甲何时任主教?", "甲于1963年任主教。") in pairs
    assert Pair("甲何时任主教?", "甲于1963年任主教。乙于1970年去世。") in pairs
    assert Pair("梵语起源于哪里?", "梵语起源于印度。") in pairs
    assert Pair("一、战略意义", "传感器是产业的源头。发展传感器有利于工业转型升级。") in pairs
    assert Pair("传感器是产业的源头。", "发展传感器有利于工业转型升级。") in pairs
    assert "甲于1963年任主教。" in taught.texts
    assert not any("考题" in text for pair in pairs for text in (pair.query, pair.text, *taught.texts))


def test_the_pairs_depend_on_the_seed_only(data: Path) -> None:
    assert lesson(data, seed=1) == lesson(data, seed=1) != lesson(data, seed=2)


def test_an_official_text_that_is_a_report_to_test_on_is_left_out(tmp_path: Path) -> None:
    report = "".join(f"第{number}个项目落在{number}号街区,{number}月开工。" for number in range(40))
    other = "".join(f"第{number}项改革交给{number}组负责,年底完成。" for number in range(40))
    _write(tmp_path / "texts.jsonl", {"text": report}, {"text": other + report[:60]})
    assert len(list(official_documents(tmp_path))) == 2
    kept = list(official_documents(tmp_path, [report.replace("，", ",\n")]))
    assert [document[0][:3] for document in kept] == ["第0项"]


def test_a_paraphrase_says_a_word_of_the_report_otherwise() -> None:
    sentences = ["截至年底,城镇新增就业276万人,同比增长。"]
    made = [pair for seed in range(30) for pair in paraphrases(sentences, [("就业", "找工作")], 5, random.Random(seed))]
    assert {text for _, text in made} == set(sentences)
    assert all("找工作" in question and "276" not in question for question, _ in made)


def test_every_saying_asks_for_its_word() -> None:
    made = sayings([("养老机构", "敬老院", "养老院")], random.Random(1))
    assert [text for _, text in made] == ["养老机构"] * 2
    assert "敬老院" in made[0][0]
    assert "养老院" in made[1][0]


def test_the_best_sentence_holds_the_answer_and_is_nearest_to_the_question() -> None:
    passage = "1963年甲出生。1963年乙任主教。"
    assert best_sentence(passage, "1963年", "乙何时任主教") == "1963年乙任主教。"
    assert best_sentence(passage, "2000年", "丙何时出生") == passage


def test_the_real_data_keeps_the_benchmark_apart() -> None:
    if not DATA.exists():
        pytest.skip(f"the training data is not at {DATA}")
    passages, questions = benchmark(DATA)
    taught = lesson(DATA, seed=1)
    trained = {text for pair in taught.pairs for text in (pair.query, pair.text)} | set(taught.texts)
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
    library = pytest.importorskip("sentence_transformers", reason="needs the extras `models` and `train`")
    pytest.importorskip("datasets", reason="needs the extras `models` and `train`")
    pairs = [Pair(f"第{number}个项目在哪里", f"第{number}个项目在{number}号街区。" * 8) for number in range(40)]
    recipe = replace(Recipe(), vocabulary=120, dimension=8, batch=8, epochs=1)
    model = train(Lesson([pair.text for pair in pairs], pairs), recipe, tmp_path / "work")
    save(model, tmp_path / "model", recipe, len(pairs))
    texts = ["第7个项目", "龘", "", "latin"]
    ours = embed(load_embeddings(str(tmp_path / "model")), texts)
    assert np.abs(ours - model.encode(texts)).max() < 1e-5
    theirs = library.SentenceTransformer(str(tmp_path / "model"), device="cpu")
    assert np.abs(ours - theirs.encode(texts)).max() < 1e-5
    assert "| pairs | 40 |" in (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    weights = (tmp_path / "model" / "model.safetensors").stat()
    assert weights.st_mode & 0o777 == 0o644
    assert weights.st_size < 120 * (8 + 4) + 500, "a byte per number"


def test_a_rounded_vector_points_where_it_did() -> None:
    vectors = np.random.default_rng(1).standard_normal((50, 256)).astype(np.float32)
    vectors[0] = 0
    vectors[1] *= 1000
    rows, scales = quantise(vectors)
    rounded = rows * scales[:, None]
    assert rows.dtype == np.int8
    assert not rounded[0].any()
    lengths = np.linalg.norm(rounded[1:], axis=1) * np.linalg.norm(vectors[1:], axis=1)
    assert ((rounded[1:] * vectors[1:]).sum(axis=1) / lengths).min() > 0.999


def test_rare_pieces_begin_with_long_vectors() -> None:
    texts = [f"增长{number}" for number in range(9)] + ["传感器"]
    tokenizer = train_tokenizer(texts * 3, replace(Recipe(), vocabulary=40))
    vectors = first_vectors(tokenizer, texts, replace(Recipe(), dimension=64))
    lengths = {piece: np.linalg.norm(vectors[at]) for piece, at in tokenizer.get_vocab().items()}
    common, rare = tokenizer.encode("增长").tokens, tokenizer.encode("传感器").tokens
    assert max(lengths[piece] for piece in common) < min(lengths[piece] for piece in rare)


def test_digits_are_pieces_of_their_own() -> None:
    tokenizer = train_tokenizer(["固定资产投资完成442.1亿元,增长5.2%。" * 10], replace(Recipe(), vocabulary=60))
    tokens = tokenizer.encode("完成442.1亿元").tokens
    assert [token for token in tokens if token.isdigit()] == ["4", "4", "2", "1"]
