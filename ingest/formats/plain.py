"""Plain text: the file's text to the letter, a block for every line."""

from __future__ import annotations

from ingest.formats.document import Block, RawDocument
from ingest.formats.encoding import decode
from ingest.formats.frontmatter import split_front_matter
from ingest.text import line_spans


def read(content: bytes) -> RawDocument:
    """Read a .txt file. Only a byte order mark, front matter and the kind of line end are not kept."""
    metadata, text = split_front_matter(decode(content))
    return RawDocument(text, tuple(Block(start, end) for start, end in line_spans(text)), metadata)
