"""Trains the bundled embedding model.

    python -m vectorstore.training.train_model --data ../shared/training --held-out ../shared/reports \
        --out vectorstore/model

A static model: one vector per piece of text, a text is the mean of its pieces. It needs the extras `models` and `train`
to be trained, and neither to be used. The seed decides the pairs, their order and the first vectors.

The first vectors are random and as long as their piece is rare: before any training the model finds texts that share
rare pieces, as BM25 does, and training only has to bring near what means the same.
"""

from __future__ import annotations

import json
import logging
import os
import random
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import typer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

from vectorstore.training.pairs import Lesson, lesson
from vectorstore.training.storage import compress, write

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger(__name__)
CARD = Path(__file__).parent / "card.md"
UNKNOWN = "[UNK]"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the model, besides the data. `first` is the size of the first vectors: what is larger keeps more of
    the likeness of letters, what is smaller learns more of meaning."""

    vocabulary: int = 30_000
    piece: int = 6
    dimension: int = 512
    batch: int = 2048
    epochs: int = 2
    rate: float = 0.4
    scale: float = 20.0
    first: float = 0.6
    seed: int = 7


def train_tokenizer(texts: list[str], recipe: Recipe) -> Tokenizer:
    """Learn a unigram vocabulary of pieces of at most `recipe.piece` characters, digits one by one."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Punctuation(),
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.UnicodeScripts(),
        ]
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=recipe.vocabulary,
        special_tokens=[UNKNOWN],
        unk_token=UNKNOWN,
        max_piece_length=recipe.piece,
        # Far less time than with the defaults, for a vocabulary that is as good.
        shrinking_factor=0.5,
        seed_size=10 * recipe.vocabulary,  # type: ignore[call-arg]  # missing in the library's stubs
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def first_vectors(tokenizer: Tokenizer, texts: list[str], recipe: Recipe) -> NDArray[np.float32]:
    """Return random vectors, shape (pieces, dimension), as long as the inverse document frequency of their pieces."""
    holding = np.ones(tokenizer.get_vocab_size())
    for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False):
        holding[list(set(encoding.ids))] += 1
    rarity = np.log((1 + len(texts)) / holding).clip(min=0)
    directions = np.random.default_rng(recipe.seed).standard_normal((len(holding), recipe.dimension))
    vectors: NDArray[np.float32] = (recipe.first * directions * rarity[:, None]).astype(np.float32)
    return vectors


def train(taught: Lesson, recipe: Recipe, work: Path) -> Any:
    """Return the trained SentenceTransformer."""
    from datasets import Dataset
    from sentence_transformers import (
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    _seed(recipe.seed)
    tokenizer = train_tokenizer(taught.texts, recipe)
    static = StaticEmbedding(tokenizer, embedding_weights=first_vectors(tokenizer, taught.texts, recipe))
    model = SentenceTransformer(modules=[static, Normalize()], device="cpu")
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(work),
        num_train_epochs=recipe.epochs,
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.rate,
        warmup_steps=0.1,
        seed=recipe.seed,
        save_strategy="no",
        report_to=[],
        use_cpu=True,
        disable_tqdm=True,
        logging_steps=20,
        dataloader_drop_last=True,
    )
    dataset = Dataset.from_dict(
        {"anchor": [pair.query for pair in taught.pairs], "positive": [pair.text for pair in taught.pairs]}
    )
    loss = MultipleNegativesRankingLoss(model, scale=recipe.scale)
    SentenceTransformerTrainer(model=model, args=arguments, train_dataset=dataset, loss=loss).train()
    _silence_unknown(static)
    compress(static)
    return model


def save(model: Any, out: Path, recipe: Recipe, pairs: int) -> None:
    """Replace the folder `out` by the model, a byte per number, and its card."""
    fresh = out.with_name(f".{out.name}-new")
    shutil.rmtree(fresh, ignore_errors=True)
    model.save(str(fresh), create_model_card=False)
    write(model[0], fresh / "model.safetensors")
    settings = {name: getattr(recipe, name) for name in recipe.__slots__} | {"pairs": pairs}
    rows = "\n".join(f"| {name} | {value} |" for name, value in settings.items())
    (fresh / "README.md").write_text(CARD.read_text(encoding="utf-8").replace("{{settings}}", rows), encoding="utf-8")
    for path in fresh.rglob("*"):
        # The weights are written readable by their owner only, which a container under another user cannot open.
        path.chmod(0o755 if path.is_dir() else 0o644)
    shutil.rmtree(out, ignore_errors=True)
    fresh.replace(out)


def _silence_unknown(static: Any) -> None:
    """Give the unknown piece a zero vector.

    model2vec leaves unknown pieces out of the mean, sentence-transformers counts them in. With a zero vector both
    means point the same way, and only the direction is used.
    """
    import torch

    with torch.no_grad():
        static.embedding.weight[static.tokenizer.token_to_id(UNKNOWN)] = 0.0


def _seed(seed: int) -> None:
    import torch

    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def main(
    data: Annotated[Path, typer.Option(help="the folder with cmrc2018, drcd and official_texts")],
    out: Annotated[Path, typer.Option(help="the folder to write, replaced")],
    held_out: Annotated[Path, typer.Option(help="the folder with the reports to test on: none of them is trained on")],
    settings: Annotated[str, typer.Option(help="changes to the recipe, as JSON")] = "{}",
) -> None:
    """Train the bundled model and write it to a folder in sentence-transformers format."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    recipe = Recipe(**json.loads(settings))
    started = time.monotonic()
    reports = [path.read_text(encoding="utf-8") for path in sorted(held_out.rglob("*.txt"))]
    if not reports:
        raise typer.BadParameter(f"没有找到报告:{held_out} 中没有 .txt 文件。", param_hint="--held-out")
    taught = lesson(data, seed=recipe.seed, held_out=reports)
    log.info("%d pairs after %.0f s", len(taught.pairs), time.monotonic() - started)
    with tempfile.TemporaryDirectory() as work:
        model = train(taught, recipe, Path(work))
    save(model, out, recipe, len(taught.pairs))
    log.info("written to %s after %.0f s", out, time.monotonic() - started)


if __name__ == "__main__":
    typer.run(main)
