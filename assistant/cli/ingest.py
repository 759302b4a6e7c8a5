"""`wenbao ingest`: make a folder of reports the index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import CommandError, ProgressBar, percentage

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


def _related(result: BuildResult) -> Iterator[str]:
    """Yield what is said of reports that are nearly the same as others."""
    from ingest.versions import Standing, set_aside

    files = {source.report: source.path for source in reversed(result.sources)}
    searched = {report for report, _ in result.reports}
    aside = set_aside(result.relations, kept=searched)
    for relation in result.relations:
        if aside.get(relation.report, relation) != relation:
            continue  # set aside for another one, which is named
        one, other, share = files[relation.report], files[relation.other], percentage(relation.share)
        if relation.standing is Standing.ALIKE:
            numbers = f"数字不同({'、'.join(relation.numbers)})" if relation.numbers else "数字一致"
            yield f"近似  {one} 与 {other} {share} 相同,{numbers};两份都用于回答,请核对"
        elif relation.report in searched:
            yield f"近似  {one} 与 {other} {share} 相同,按编辑决定两份都用于回答"
        elif relation.standing is Standing.COPY:
            yield f"重复  {one}(与 {other} {share} 相同,数字一致;只用后者回答)"
        else:
            yield f"旧版  {one}(与 {other} {share} 相同,已被后者取代,不用于回答)"


def _tell(result: BuildResult) -> None:
    lines = {"新增": result.added, "更新": result.changed, "未变": result.unchanged, "移除": result.removed}
    for label, sources in lines.items():
        for source in sources:
            typer.echo(f"{label}  {source}")
    counts = ",".join(f"{label} {len(sources)} 份" for label, sources in lines.items() if sources) or "没有报告"
    for source, kept in result.duplicates:
        typer.echo(f"重复  {source}(与 {kept} 内容相同)")
    for line in _related(result):
        typer.echo(line)
    for source in result.excluded:
        typer.echo(f"跳过  {source}(已移除;wenbao reports restore {source} 可恢复)")
    for failure in result.failures:
        typer.secho(f"未收录  {failure}", err=True, fg="red")
    refused = f",未收录 {len(result.failures)} 份" if result.failures else ""
    typer.echo(f"{counts}{refused}。" + (f"索引 {result.generation}" if result.generation else "没有建立索引。"))
