"""The command line, a module per command. Everything heavy is imported by the command that needs it, when it is called:
`wenbao --help` answers at once.

A new command is a module with a function, and a line at the end of this one.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.cli import ask, evaluate, figures, ingest, reports, serve

app = typer.Typer(
    name="wenbao",
    help="问报:向政府报告提问,答案附原句与出处。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run a command. What the user can put right is one sentence, never a traceback."""
    try:
        app()
    except Exception as error:
        code = _exit_code(error)
        if code is None:
            raise
        typer.secho(str(error), err=True, fg="red")
        sys.exit(code)


def _exit_code(error: Exception) -> int | None:
    """2 for a wrong setting, 1 for a failure that has a message of its own, None for a defect of ours."""
    from assistant.cli.console import CommandError
    from assistant.settings import SettingsError
    from ingest.report import IngestError
    from vectorstore.store import StoreError

    if isinstance(error, SettingsError):
        return 2
    return 1 if isinstance(error, IngestError | StoreError | CommandError) else None


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"wenbao {version('wenbao')}")
        raise typer.Exit


@app.callback()
def wenbao(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本号。")] = False,
) -> None:
    """问报:向政府报告提问,答案附原句与出处。"""


app.command("ingest")(ingest.ingest)
app.command("ask")(ask.ask)
app.add_typer(reports.app, name="reports")
app.command("figures")(figures.figures)
app.command("serve")(serve.serve)
app.command("eval", add_help_option=False, context_settings=evaluate.PASSED_ON)(evaluate.evaluate)
