"""`wenbao reports`: the reports of the index."""

from __future__ import annotations

import typer

from assistant.cli.console import stored_generations


def reports() -> None:
    """列出索引中的报告。"""
    from contextlib import closing

    from assistant.settings import load_settings

    with closing(stored_generations(load_settings()).open()) as index:
        for report in index.reports:
            facts = [part for part in (report.issuer, report.published, report.period) if part]
            typer.echo(f"{report.id}  {report.title}")
            typer.echo(f"    {' · '.join([*facts, f'{len(report.passages)} 段', f'{len(report.figures)} 个数据'])}")
        typer.echo(f"共 {len(index.reports)} 份,索引 {index.generation}")
