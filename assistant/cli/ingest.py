"""`wenbao ingest`: make a folder of reports the index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import CommandError, ProgressBar

if TYPE_CHECKING:
    from vectorstore.generations import BuildResult


def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="报告文件或文件夹;不写则用 WENBAO_REPORTS。")] = None,
) -> None:
    """读取报告,建立新一代索引。"""
    from assistant.settings import load_settings
    from vectorstore.generations import build_index

    settings = load_settings()
    sources = paths or [settings.reports]
    missing = [str(path) for path in sources if not path.exists()]
    if missing:
        raise CommandError(f"没有这个文件或文件夹:{'、'.join(missing)}")
    with ProgressBar() as progress:
        result = build_index(sources, settings.data, settings.embedding_model, progress=progress)
    _tell(result)
    if result.failures:
        raise typer.Exit(1)


def _tell(result: BuildResult) -> None:
    lines = {"新增": result.added, "更新": result.changed, "未变": result.unchanged, "移除": result.removed}
    for label, sources in lines.items():
        for source in sources:
            typer.echo(f"{label}  {source}")
    counts = ",".join(f"{label} {len(sources)} 份" for label, sources in lines.items() if sources) or "没有报告"
    for source, kept in result.duplicates:
        typer.echo(f"重复  {source}(与 {kept} 内容相同)")
    for failure in result.failures:
        typer.secho(f"未收录  {failure}", err=True, fg="red")
    refused = f",未收录 {len(result.failures)} 份" if result.failures else ""
    typer.echo(f"{counts}{refused}。" + (f"索引 {result.generation}" if result.generation else "没有建立索引。"))
