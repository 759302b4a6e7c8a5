"""A model and a reader that are small, deterministic and need no files of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from zlib import crc32

from langchain_core.embeddings import Embeddings

from ingest.report import IngestError, Passage, Report
from vectorstore.documents import Reading
from vectorstore.embedding import EMBEDDERS, Embedder
from vectorstore.lexical import tokenize

FAKE = "fake:1"
OTHER = "fake:2"


class FakeEmbeddings(Embeddings):
    """Counts tokens into 64 hashed places, so texts that share tokens are near; remembers what it embedded."""

    embedded: list[str]

    def __init__(self) -> None:
        self.embedded = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [self._vector(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self._vector(text)

    def _vector(self, text: str) -> list[float]:
        vector = [0.0] * 64
        for token in tokenize(text):
            vector[crc32(token.encode()) % 64] += 1.0
        return vector


FAKE_MODEL = FakeEmbeddings()


def register() -> None:
    """Make the names FAKE and OTHER known as models."""
    EMBEDDERS["fake"] = Embedder(
        accepts=lambda name: name in (FAKE, OTHER), load=lambda name: FAKE_MODEL, fingerprint=lambda name: name
    )


def make_report(title: str, *paragraphs: str, source: str = "", source_hash: str = "", region: str = "") -> Report:
    """Return a report with one passage per paragraph."""
    text = "\n".join([title, *paragraphs])
    report_id = sha256(text.encode()).hexdigest()[:12]
    passages, start = [], len(title) + 1
    for number, paragraph in enumerate(paragraphs, 2):
        passages.append(Passage(f"{report_id}-p{number}", number, start, start + len(paragraph), paragraph))
        start += len(paragraph) + 1
    return Report(report_id, title, "", region, "", "", "", text, source, source_hash, passages=tuple(passages))


class FakeReading:
    """Reads text files whose first line is the title; remembers which. A file that begins with 坏 cannot be read."""

    def __init__(self, version: str = "1") -> None:
        self.read: list[str] = []
        self.reading = Reading(self._find, self._hash, self._read, version)

    def _find(self, paths: Sequence[Path]) -> tuple[list[tuple[Path, Path]], list[IngestError]]:
        return [(file, path) for path in paths for file in sorted(path.glob("*.txt"))], []

    def _hash(self, file: Path) -> str:
        return sha256(file.read_bytes()).hexdigest()

    def _read(self, file: Path, root: Path) -> Report:
        self.read.append(file.name)
        title, *paragraphs = file.read_text(encoding="utf-8").splitlines()
        if title.startswith("坏"):
            raise IngestError(f"{file.name}：文件已损坏。")
        return make_report(title, *paragraphs, source=file.name, source_hash=self._hash(file))


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    """Make `folder` hold just these files."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
