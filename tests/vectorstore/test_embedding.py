from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vectorstore import BUNDLED, StoreError, embedding_fingerprint, load_embeddings
from vectorstore.embedding import BUNDLED_FOLDER, embed, embed_question

ROOT = Path(__file__).parents[2]
TEXTS = [
    "",
    " ",
    "。",
    "固定资产投资完成442.1亿元,同比增长5.2%。",
    "ＧＤＰ増長５％",
    "The quick brown fox, 3rd quarter 2022 — naïve café",
    "龘靐齉爩𠮷𪚥",
    "😀👍🏽",
    "\u200b\ufeff\0\ue000",
    "[UNK] [PAD] <s>",
    "甲\n乙\t丙　丁",
    "固投" * 300,
    "国民经济和社会发展计划上半年执行情况," * 300,
]


def test_the_bundled_model_gives_the_vectors_of_sentence_transformers() -> None:
    library = pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    theirs = library.SentenceTransformer(str(BUNDLED_FOLDER), device="cpu").encode(TEXTS, normalize_embeddings=True)
    ours = embed(load_embeddings(BUNDLED), TEXTS)
    assert ours.dtype == np.float32
    assert np.abs(ours - theirs).max() < 1e-5
    ours_alone = np.stack([embed_question(load_embeddings(BUNDLED), text) for text in TEXTS])
    assert np.abs(ours_alone - theirs).max() < 1e-5


def test_vectors_have_length_one_or_are_zero() -> None:
    lengths = np.linalg.norm(embed(load_embeddings(BUNDLED), TEXTS), axis=1)
    assert all(abs(length - 1) < 1e-5 or length == 0 for length in lengths)
    assert lengths[3] > 0


def test_no_texts_give_no_vectors() -> None:
    assert load_embeddings(BUNDLED).embed_documents([]) == []


def test_the_bundled_model_needs_neither_torch_nor_a_network() -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*args): raise AssertionError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from vectorstore import load_embeddings\n"
        "load_embeddings('bundled').embed_query('失业率')\n"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_bundled_model_is_small_and_readable_by_everybody() -> None:
    files = [path for path in BUNDLED_FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 32_000_000
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in files)
    assert (BUNDLED_FOLDER / "README.md").read_text(encoding="utf-8").startswith("---\n")


def test_a_copy_of_a_static_model_is_the_same_model(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(BUNDLED_FOLDER, copy)
    (copy / "README.md").write_text("another card")
    assert embedding_fingerprint(str(copy)) == embedding_fingerprint(BUNDLED)
    assert load_embeddings(str(copy)).embed_query("失业率") == load_embeddings(BUNDLED).embed_query("失业率")


def test_a_changed_model_has_another_fingerprint(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(BUNDLED_FOLDER, copy)
    before = embedding_fingerprint(str(copy))
    with (copy / "tokenizer.json").open("a") as file:
        file.write(" ")
    assert embedding_fingerprint(str(copy)) != before


def test_a_static_model_in_the_format_of_model2vec_is_read(tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    tensors = load_file(BUNDLED_FOLDER / "model.safetensors")
    vectors = tensors["embeddings"] * tensors["weights"][:, None]
    save_file({"embeddings": vectors.astype(np.float16)}, tmp_path / "model.safetensors")
    shutil.copy(BUNDLED_FOLDER / "tokenizer.json", tmp_path)
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "model2vec"}))
    halved = embed_question(load_embeddings(str(tmp_path)), "固定资产投资")
    assert halved @ embed_question(load_embeddings(BUNDLED), "固定资产投资") > 0.9999


@pytest.mark.parametrize("name", ["./no-such-folder", "/no/such/folder", "models/zh/small", "", "有汉字的名字"])
def test_a_name_that_means_nothing_is_refused_with_the_setting(name: str) -> None:
    for function in (load_embeddings, embedding_fingerprint):
        with pytest.raises(StoreError, match="WENBAO_EMBEDDING_MODEL"):
            function(name)


def _raise(error: Exception) -> Any:
    def raiser(*arguments: Any, **options: Any) -> Any:
        raise error

    return raiser


def test_a_model_that_cannot_be_downloaded_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.HfApi.model_info", _raise(ConnectionError("no route")))
    with pytest.raises(StoreError, match=r"'nobody/nothing'.*无法下载.*no route.*WENBAO_EMBEDDING_MODEL"):
        load_embeddings("nobody/nothing")
    assert embedding_fingerprint("nobody/nothing") == "hub:nobody/nothing"


def test_a_missing_component_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(StoreError, match=r"pip install 'wenbao\[models\]'"):
        load_embeddings(str(tmp_path))


@pytest.mark.parametrize("file", ["tokenizer.json", "model.safetensors"])
def test_a_damaged_static_model_is_a_store_error(tmp_path: Path, file: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(BUNDLED_FOLDER, copy)
    (copy / file).write_bytes(b"{}")
    with pytest.raises(StoreError, match="读不出来"):
        load_embeddings(str(copy))
    (copy / "modules.json").write_text("{")
    with pytest.raises(StoreError, match=r"modules\.json"):
        load_embeddings(str(copy))


def test_any_other_folder_is_read_with_sentence_transformers(tmp_path: Path) -> None:
    library = pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    # A dense layer after the static one: no longer a static model.
    modules = pytest.importorskip("sentence_transformers.sentence_transformer.modules")
    static = modules.StaticEmbedding.load(str(BUNDLED_FOLDER))
    model = library.SentenceTransformer(
        modules=[static, modules.Dense(static.get_embedding_dimension(), 16)], device="cpu", prompts={"query": "问:"}
    )
    model.save(str(tmp_path / "dense"), create_model_card=False)
    embeddings = load_embeddings(str(tmp_path / "dense"))
    document, question = embed(embeddings, ["问:失业率"])[0], embed_question(embeddings, "失业率")
    assert document.shape == (16,)
    assert abs(float(document @ document) - 1) < 1e-5
    assert np.allclose(document, question, atol=1e-6), "a question is embedded under the model's own prompt"
