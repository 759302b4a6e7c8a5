"""file -> Report: read, find the front and the outline, cut into passages, extract the figures."""

from __future__ import annotations

import stat
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from ingest.figures import extract_figures
from ingest.formats import READERS, max_bytes, reader
from ingest.formats.document import RawDocument
from ingest.front import read_front
from ingest.metadata import Metadata, merge
from ingest.outline import outline
from ingest.passages import passages
from ingest.report import IngestError, Report
from ingest.sidecar import parse_sidecar, sidecar_bytes, sidecar_path

_MEGABYTE = 1024 * 1024
_REPAIR = "请用原软件打开，另存后重试"


def read_report(path: Path, *, root: Path | None = None) -> Report:
    """Read one document; its `source` is the path relative to `root`, or its name.

    Raises IngestError, whose message names the file, the cause and what to do.
    """
    source = _source(path, root)
    content, stated = _content(path, source), sidecar_bytes(path)
    overrides = parse_sidecar(stated, sidecar_path(path).name) if stated else Metadata()
    document = _document(content, path.suffix.lower(), source)
    report = _assemble(document, merge(overrides, document.metadata), path.stem)
    report = replace(report, source=source, source_hash=_hash(content, stated))
    return replace(report, figures=extract_figures(report))


def source_hash(path: Path) -> str:
    """Return the SHA-256 of a document and its side-car file, without reading what they say."""
    return _hash(_content(path, path.name), sidecar_bytes(path))


def _hash(content: bytes, stated: bytes) -> str:
    return sha256(content + stated).hexdigest()


def _source(path: Path, root: Path | None) -> str:
    """Return the path below `root`; symbolic links are not resolved, so that it reads as the user wrote it."""
    if root is None or not path.is_relative_to(root):
        return path.name
    return path.relative_to(root).as_posix()


def _content(path: Path, source: str) -> bytes:
    """Return the bytes of a document, after its suffix, kind and size are known to be all right."""
    suffix = path.suffix.lower()
    if suffix not in READERS:
        raise IngestError(
            f"{source}：不支持的格式“{suffix or '无后缀'}”。可读的后缀是 {' '.join(READERS)}，请转换后重试。"
        )
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise IngestError(f"{source}：不是普通文件。请给出文档文件或文件夹。")
        if status.st_size > max_bytes(suffix):
            size, limit = status.st_size // _MEGABYTE, max_bytes(suffix) // _MEGABYTE
            raise IngestError(f"{source}：文件太大（{size} MB，上限 {limit} MB）。请拆分成几个文件。")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise IngestError(f"{source}：文件不存在。请检查路径。") from error
    except (OSError, ValueError) as error:
        raise IngestError(f"{source}：无法读取（{error}）。请检查路径和文件权限。") from error
    if not content.strip():
        raise IngestError(f"{source}：文件是空的。请确认文件已完整保存或上传。")
    return content


def _document(content: bytes, suffix: str, source: str) -> RawDocument:
    try:
        document = reader(suffix)(content)
    except IngestError as error:
        raise IngestError(f"{source}：{error}") from error
    except Exception as error:  # the libraries raise whatever they meet in a damaged file
        cause = f"{type(error).__name__}: {error}"[:200]
        raise IngestError(
            f"{source}：文件已损坏或结构不符合 {suffix} 格式（{cause}）。请用原软件打开并另存后重试。"
        ) from error
    if not document.blocks:
        raise IngestError(f"{source}：没有读到文字。请确认文件里有正文。")
    return document


def _assemble(document: RawDocument, given: Metadata, name: str) -> Report:
    lines = [document.line(i) for i in range(len(document.blocks))]
    front = read_front(lines, given, document.source, name)
    tree = outline(document, front.lines)
    report_id = sha256(document.text.encode()).hexdigest()[:12]
    described = merge(front.metadata, Metadata(title=name))
    return Report(
        id=report_id,
        title=described.title,
        issuer=described.issuer,
        region=described.region,
        published=described.published,
        period=described.period,
        kind=described.kind,
        text=document.text,
        source="",
        source_hash="",
        url=described.url,
        sections=tree.sections,
        passages=tuple(passages(document, tree, report_id)),
    )
