"""`wenbao ask`: one answer in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import CommandError, stored_generations

if TYPE_CHECKING:
    from assistant.answer import Answer


def ask(question: Annotated[str, typer.Argument(help="问题,1 到 500 个字。")]) -> None:
    """在终端里问一个问题。"""
    from contextlib import closing

    from assistant.desk import RequestError, checked
    from assistant.pipeline import Assistant
    from assistant.settings import load_settings

    try:
        words = checked(question)
    except RequestError as error:
        raise CommandError(error.message) from error
    with closing(stored_generations(load_settings()).open()) as index:
        _show(Assistant(index).ask(words))


def _show(answer: Answer) -> None:
    typer.echo(answer.answer)
    for citation in answer.citations:
        page = f",原文件第{citation.page}页" if citation.page else ""
        place = [citation.issuer, citation.published, " › ".join(citation.section), f"第{citation.paragraph}段{page}"]
        typer.echo(f"\n[{citation.n}] {citation.report_title}")
        typer.echo(f"    {' · '.join(part for part in place if part)}")
        typer.echo(f"    “{citation.quote}”")
    if answer.suggestions:
        typer.echo("\n还可以问:" + ";".join(answer.suggestions))
