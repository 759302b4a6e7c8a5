"""The side-car file: `report.pdf.toml` beside `report.pdf` states or corrects the report's metadata."""

from __future__ import annotations

import tomllib
from pathlib import Path

from ingest.metadata import Metadata, parse_metadata
from ingest.report import IngestError

SUFFIX = ".toml"
_MAX_BYTES = 64 * 1024


def sidecar_path(path: Path) -> Path:
    """Return where the side-car file of a document is, if there is one."""
    return path.with_name(path.name + SUFFIX)


def sidecar_bytes(path: Path) -> bytes:
    """Return the bytes of a document's side-car file; none if there is no such file."""
    sidecar = sidecar_path(path)
    try:
        if not sidecar.is_file():
            return b""
        if sidecar.stat().st_size > _MAX_BYTES:
            raise IngestError(f"{sidecar.name}：元数据文件超过 {_MAX_BYTES // 1024} KB。请只写标题、发布机构等几行。")
        return sidecar.read_bytes()
    except OSError as error:
        raise IngestError(f"{sidecar.name}：无法读取（{error.strerror}）。请检查文件权限。") from error


def parse_sidecar(content: bytes, name: str) -> Metadata:
    """Return what a side-car file states; `name` is its name, for messages."""
    try:
        values = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise IngestError(f"{name}：不是 UTF-8 编码。请另存为 UTF-8 后重试。") from error
    except tomllib.TOMLDecodeError as error:
        raise IngestError(f'{name}：不是有效的 TOML（{error}）。请按 title = "标题" 的写法逐行填写。') from error
    return parse_metadata(values, name)
