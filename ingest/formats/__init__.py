"""The formats that can be read.

To add one, write a module here with `read(content: bytes) -> RawDocument` that raises `ReaderError`, add its
suffixes to READERS, and put a sample into `tests/ingest/formats/`. A module is imported when the first such file is
read, so its libraries cost nothing to the others.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from ingest.formats.document import RawDocument

Reader = Callable[[bytes], RawDocument]

# suffix -> module of this package
READERS = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".docx": "word",
    ".pdf": "pdf",
}

_MEGABYTE = 1024 * 1024
# The largest file of a format, in bytes; a text of 50 MB has some 17 million characters.
MAX_BYTES = {"plain": 50 * _MEGABYTE, "markdown": 20 * _MEGABYTE, "html": 20 * _MEGABYTE}
MAX_BYTES_DEFAULT = 100 * _MEGABYTE


def reader(suffix: str) -> Reader:
    """Return the function that reads files with this suffix."""
    return cast(Reader, import_module(f"{__name__}.{READERS[suffix]}").read)


def max_bytes(suffix: str) -> int:
    """Return the size above which a file with this suffix is refused."""
    return MAX_BYTES.get(READERS[suffix], MAX_BYTES_DEFAULT)
