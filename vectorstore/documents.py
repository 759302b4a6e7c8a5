"""The files an index is made of, and the package that reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.report import IngestError, Report

# What of a package's folder decides how files are read.
_CODE = ("*.py", "*.tsv", "*.toml", "*.txt", "*.json")


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be indexed: where it is, the folder it was found in, its path in there, the hash of its content."""

    file: Path
    root: Path
    path: str
    hash: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are found, told apart and read; `version` changes when another report may come of the same file.

    `find` returns (file, the folder it was found in) and what it could not look into; `hash` and `read` raise
    IngestError.
    """

    find: Callable[[Sequence[Path]], tuple[Sequence[tuple[Path, Path]], Sequence[IngestError]]]
    hash: Callable[[Path], str]
    read: Callable[[Path, Path], Report]
    version: str

    @classmethod
    def of_ingest(cls) -> Reading:
        """Return how the package `ingest` does it."""
        import ingest

        return cls(
            find=ingest.find_documents,
            hash=ingest.source_hash,
            read=lambda file, root: ingest.read_report(file, root=root),
            version=_code_hash(Path(ingest.__file__).parent),
        )

    def documents(self, paths: Sequence[Path]) -> tuple[list[Document], list[IngestError]]:
        """Return the files under `paths`, and why others are not among them."""
        found, errors = self.find(paths)
        documents: list[Document] = []
        failures = list(errors)
        for file, root in found:
            path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
            try:
                documents.append(Document(file, root, path, self.hash(file)))
            except (IngestError, OSError) as error:
                failures.append(as_failure(file, error))
        return documents, failures


def as_failure(file: Path, error: Exception) -> IngestError:
    """Return `error` as one that names the file."""
    if isinstance(error, IngestError):
        return error
    failure = IngestError(f"文件 {file} 读不出来({type(error).__name__}:{error})。请检查文件是否完好、是否有权限。")
    failure.__cause__ = error
    return failure


def _code_hash(folder: Path) -> str:
    """Return the hash of a package's code and tables: who changes a rule should not have to remember a version."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in _CODE for path in folder.rglob(pattern)):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
