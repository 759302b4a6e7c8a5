"""Embedding models behind LangChain's interface: the bundled one, a folder, or a name on the model hub.

    load_embeddings("bundled").embed_query("固定资产投资完成多少")  # 512 numbers, length 1

The bundled model and every other static model are read with model2vec, which needs neither torch nor
sentence-transformers: the server is up seconds earlier.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.store import StoreError

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUNDLED = "bundled"
BUNDLED_FOLDER = Path(__file__).parent / "model"
SETTING = "WENBAO_EMBEDDING_MODEL"
# Seconds to find out whether the model hub can be reached at all.
HUB_PATIENCE = 5.0
_STATIC_MODULES = {"StaticEmbedding", "Normalize"}
# "BAAI/bge-small-zh-v1.5", "all-MiniLM-L6-v2"; "./m" and "a/b/c" are paths.
_HUB_NAME = re.compile(r"[A-Za-z0-9_][\w.-]*(/[A-Za-z0-9_][\w.-]*)?")
# What a model consists of; its card and the like may change without changing a vector.
_CONTENT = ("*.safetensors", "*.bin", "*.json", "*.txt", "*.model", "*.py")


class StaticModelEmbeddings(Embeddings):
    """A static sentence-transformers or model2vec folder: a text is the mean of the vectors of its pieces."""

    def __init__(self, folder: Path) -> None:
        from model2vec import StaticModel
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        # model2vec's own reader imports the hub client for the model card, which takes longer than all of this.
        inner = folder / "0_StaticEmbedding"
        folder = inner if inner.is_dir() else folder
        tensors = load_file(folder / "model.safetensors")
        # The mean of half-precision vectors would be rounded to half precision.
        vectors = tensors["embedding.weight" if "embedding.weight" in tensors else "embeddings"].astype(np.float32)
        weights, mapping = tensors.get("weights"), tensors.get("mapping")
        if weights is not None and mapping is None:
            # Scaled now, once: model2vec would take the texts one by one to scale their pieces.
            vectors *= weights.astype(np.float32)[:, None]
            weights = None
        self._model = StaticModel(
            vectors=vectors,
            tokenizer=Tokenizer.from_file(str(folder / "tokenizer.json")),
            weights=weights,
            token_mapping=mapping,
            normalize=True,
            # Otherwise it cuts off texts at 512 pieces, which sentence-transformers does not.
            max_length=None,
        )

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector of length 1 (0 for a text without known pieces) per text."""
        if not texts:
            return []
        vectors: list[list[float]] = self._model.encode(texts, use_multiprocessing=False).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self.embed_documents([text])[0]


@dataclass(frozen=True, slots=True)
class Embedder:
    """One way to come by a model: `accepts` a name, `load`s it, and knows a `fingerprint` of what it loads."""

    accepts: Callable[[str], bool]
    load: Callable[[str], Embeddings]
    fingerprint: Callable[[str], str]


def load_embeddings(name: str) -> Embeddings:
    """Return the model that `name` means; raises StoreError where it cannot be had."""
    return _embedder(name).load(name)


def embedding_fingerprint(name: str) -> str:
    """Return what identifies the model: the hash of its files, or its name on the hub."""
    return _embedder(name).fingerprint(name)


def embed(model: Embeddings, texts: list[str]) -> NDArray[np.float32]:
    """Return the vectors of `texts`, shape (len(texts), dimension), each of length 1 (or 0)."""
    vectors = np.asarray(model.embed_documents(texts), dtype=np.float32)
    return _unit_length(vectors)


def embed_question(model: Embeddings, question: str) -> NDArray[np.float32]:
    """Return the vector of a question, shape (dimension,), of length 1 (or 0)."""
    vector: NDArray[np.float32] = _unit_length(np.asarray([model.embed_query(question)], dtype=np.float32))[0]
    return vector


def _unit_length(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _embedder(name: str) -> Embedder:
    for embedder in EMBEDDERS.values():
        if name and embedder.accepts(name):
            return embedder
    raise StoreError(
        f"嵌入模型 {name!r} 不存在:没有这个文件夹。请把 {SETTING} 设为 {BUNDLED}(自带模型)、"
        "一个模型文件夹,或模型库中的模型名。"
    )


def _folder(name: str) -> Path:
    return BUNDLED_FOLDER if name == BUNDLED else Path(name).expanduser()


def _is_static(name: str) -> bool:
    folder = _folder(name)
    if not folder.is_dir():
        return False
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return {module["type"].rpartition(".")[2] for module in modules} <= _STATIC_MODULES
    except FileNotFoundError:
        return _is_model2vec(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"嵌入模型文件夹 {folder} 的 modules.json 读不出来:{error}。请检查 {SETTING}。") from error


def _is_model2vec(folder: Path) -> bool:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(config, dict) and config.get("model_type") == "model2vec"


def _load_static(name: str) -> Embeddings:
    folder = _folder(name)
    try:
        return StaticModelEmbeddings(folder)
    except Exception as error:  # the tokenizers library raises bare Exception for a damaged file
        raise StoreError(f"嵌入模型 {folder} 读不出来:{error}。请检查 {SETTING},或重新安装问报。") from error


def _load_folder(name: str) -> Embeddings:
    return _sentence_transformer(str(_folder(name)), local_files_only=True)


def _load_from_hub(name: str) -> Embeddings:
    cached = _is_cached(name)
    if not cached:
        _require_hub(name)
    return _sentence_transformer(name, local_files_only=cached)


def _sentence_transformer(name: str, **options: Any) -> Embeddings:
    try:
        import sentence_transformers  # noqa: F401 - langchain_huggingface asks for it only later
        from langchain_huggingface import HuggingFaceEmbeddings
    except ImportError as error:
        raise StoreError(
            f"嵌入模型 {name!r} 需要附加组件:请运行 pip install 'wenbao[models]',或把 {SETTING} 设为 {BUNDLED}。"
        ) from error
    try:
        model: Any = HuggingFaceEmbeddings(model_name=name, model_kwargs=options)
    except Exception as error:  # network, file and configuration errors of four libraries
        raise StoreError(f"嵌入模型 {name!r} 加载失败:{error}。请检查 {SETTING}。") from error
    # Models such as Qwen3-Embedding want questions marked as such, and say so in their configuration.
    if model._client.prompts.get("query"):
        model.query_encode_kwargs = {"prompt_name": "query"}
    loaded: Embeddings = model
    return loaded


def _is_cached(name: str) -> bool:
    from huggingface_hub import try_to_load_from_cache

    return any(isinstance(try_to_load_from_cache(name, file), str) for file in ("modules.json", "config.json"))


def _require_hub(name: str) -> None:
    """Raise StoreError within seconds where a download would be tried in vain for minutes."""
    from huggingface_hub import HfApi

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        HfApi().model_info(repository, timeout=HUB_PATIENCE)
    except Exception as error:  # offline mode, no network, no such model: each from another library
        reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        raise StoreError(
            f"嵌入模型 {name!r} 既不是文件夹,也无法下载({reason})。没有网络时,请把模型文件夹复制到本机,"
            f"并把 {SETTING} 设为该文件夹;或设为 {BUNDLED}(自带模型)。"
        ) from error


def _folder_fingerprint(name: str) -> str:
    folder = _folder(name)
    files = sorted({path for pattern in _CONTENT for path in folder.rglob(pattern) if path.is_file()})
    try:
        states = [(path, path.stat()) for path in files]
        return _hash_files(folder, tuple((path, state.st_size, state.st_mtime_ns) for path, state in states))
    except OSError as error:
        raise StoreError(f"嵌入模型文件夹 {folder} 读不出来:{error}。请检查 {SETTING}。") from error


@lru_cache(maxsize=8)
def _hash_files(folder: Path, files: Iterable[tuple[Path, int, int]]) -> str:
    """Return the SHA-256 over names and contents; size and time are there to notice a change of a cached result."""
    digest = hashlib.sha256()
    for path, _, _ in files:
        with path.open("rb") as opened:
            content = hashlib.file_digest(opened, "sha256").hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return f"sha256:{digest.hexdigest()[:32]}"


EMBEDDERS: dict[str, Embedder] = {
    "static": Embedder(accepts=_is_static, load=_load_static, fingerprint=_folder_fingerprint),
    "folder": Embedder(accepts=lambda name: _folder(name).is_dir(), load=_load_folder, fingerprint=_folder_fingerprint),
    "hub": Embedder(
        accepts=lambda name: name != BUNDLED and _HUB_NAME.fullmatch(name) is not None,
        load=_load_from_hub,
        fingerprint=lambda name: f"hub:{name}",
    ),
}
