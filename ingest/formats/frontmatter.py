"""Front matter: `key: value` lines between two `---` lines at the top of a text or Markdown file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

from ingest.metadata import Metadata, parse_metadata
from ingest.report import IngestError

_LINES = 50  # the closing line is at most so far down
# title: 关于…的报告, published = "2022-08-29"
_ENTRY = re.compile(r"(?P<key>[A-Za-z_][\w-]*)\s*[:：]\s*(?P<value>.*)")
_WHERE = "文件开头的元数据"


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """Return what the front matter states, and the text below it: YAML-like after `---`, TOML after `+++`."""
    fence, _, rest = text.partition("\n")
    fence = fence.strip()
    if fence not in ("---", "+++"):
        return Metadata(), text
    lines = rest.split("\n", _LINES)
    close = next((i for i, line in enumerate(lines[:_LINES]) if line.strip() == fence), None)
    if close is None or not (entries := [line for line in lines[:close] if line.strip()]):
        return Metadata(), text
    values = _toml(entries) if fence == "+++" else _yaml_like(entries)
    if values is None:  # two rules with text between them
        return Metadata(), text
    return parse_metadata(values, _WHERE), "\n".join(lines[close + 1 :])


def _yaml_like(entries: Sequence[str]) -> dict[str, object] | None:
    values: dict[str, object] = {}
    for entry in entries:
        if entry.lstrip().startswith("#"):
            continue
        match = _ENTRY.fullmatch(entry.strip())
        if not match:
            return None
        value = match["value"].strip()
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        values[match["key"]] = value[1:-1] if quoted else value
    return values


def _toml(entries: Sequence[str]) -> dict[str, object]:
    try:
        return tomllib.loads("\n".join(entries))
    except tomllib.TOMLDecodeError as error:
        raise IngestError(f"{_WHERE}不是有效的 TOML（{error}）。请检查引号和等号。") from error
