"""Trains the bundled embedding model.

    python -m vectorstore.training.train_model --data ../shared/training --out vectorstore/model

A static model: one vector per piece of text, a text is the mean of its pieces. It needs the extras `models` and `train`
to be trained, and neither to be used. The seed decides the first vectors and the order of the pairs.
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
from typing import Annotated, Any

import typer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

from vectorstore.training.pairs import Pair, training_pairs

log = logging.getLogger(__name__)
CARD = Path(__file__).parent / "card.md"
UNKNOWN = "[UNK]"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the model, besides the data."""

    vocabulary: int = 30_000
    piece: int = 6
    dimension: int = 256
    batch: int = 1024
    epochs: int = 2
    rate: float = 0.2
    scale: float = 20.0
    seed: int = 7


def train_tokenizer(pairs: list[Pair], recipe: Recipe) -> Tokenizer:
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
        show_progress=False,
    )
    texts = dict.fromkeys(text for pair in pairs for text in (pair.query, pair.text))
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def train(pairs: list[Pair], recipe: Recipe, work: Path) -> Any:
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
    static = StaticEmbedding(train_tokenizer(pairs, recipe), embedding_dim=recipe.dimension)
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
    dataset = Dataset.from_dict({"anchor": [pair.query for pair in pairs], "positive": [pair.text for pair in pairs]})
    loss = MultipleNegativesRankingLoss(model, scale=recipe.scale)
    SentenceTransformerTrainer(model=model, args=arguments, train_dataset=dataset, loss=loss).train()
    _silence_unknown(static)
    return model


def save(model: Any, out: Path, recipe: Recipe, pairs: int) -> None:
    """Replace the folder `out` by the model and its card."""
    fresh = out.with_name(f".{out.name}-new")
    shutil.rmtree(fresh, ignore_errors=True)
    model.save(str(fresh), create_model_card=False)
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
    import numpy as np
    import torch

    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def main(
    data: Annotated[Path, typer.Option(help="the folder with cmrc2018, drcd and official_texts")],
    out: Annotated[Path, typer.Option(help="the folder to write, replaced")],
    settings: Annotated[str, typer.Option(help="changes to the recipe, as JSON")] = "{}",
) -> None:
    """Train the bundled model and write it to a folder in sentence-transformers format."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    recipe = Recipe(**json.loads(settings))
    started = time.monotonic()
    pairs = training_pairs(data, seed=recipe.seed)
    log.info("%d pairs after %.0f s", len(pairs), time.monotonic() - started)
    with tempfile.TemporaryDirectory() as work:
        model = train(pairs, recipe, Path(work))
    save(model, out, recipe, len(pairs))
    log.info("written to %s after %.0f s", out, time.monotonic() - started)


if __name__ == "__main__":
    typer.run(main)
