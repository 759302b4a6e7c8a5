"""What every reader returns: a text, its blocks, and what the file itself says about the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.metadata import Metadata
from ingest.report import IngestError


class ReaderError(IngestError):
    """A reader gives up. `cause` and `remedy` are Chinese clauses; the file's name is put before them."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(f"{cause}。{remedy}")
        self.cause = cause
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the document that is not blank: a heading, a paragraph or a table row.

    `start:end` are offsets into the document's text, without white space at the ends. `level` is the heading level
    that the format states (from 1), `page` the page it starts on (from 1), `lead` the length of its bold beginning.
    """

    start: int
    end: int
    level: int | None = None
    page: int | None = None
    lead: int = 0
    row: bool = False


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document as its reader leaves it. `source` is who the page around it says it is from (来源), or ""."""

    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata
    source: str = ""

    def line(self, index: int) -> str:
        """Return the text of one block."""
        block = self.blocks[index]
        return self.text[block.start : block.end]


@dataclass(frozen=True, slots=True)
class Line:
    """A block whose place in the text is not known yet; `compose` gives it one."""

    text: str
    level: int | None = None
    page: int | None = None
    lead: int = 0
    row: bool = False


def compose(lines: Iterable[Line], metadata: Metadata | None = None, source: str = "") -> RawDocument:
    """Put one line under the other."""
    parts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        blocks.append(Block(position, position + len(text), line.level, line.page, min(line.lead, len(text)), line.row))
        parts.append(text)
        position += len(text) + 1
    return RawDocument("\n".join(parts), tuple(blocks), metadata or Metadata(), source)


def table_row(cells: Iterable[str]) -> str:
    """Return a table row as one line: "粮食 | 650.0 |  | 17.3"."""
    return " | ".join(cells)
