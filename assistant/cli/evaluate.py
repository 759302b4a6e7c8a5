"""`wenbao eval`: hands everything to the suite."""

from __future__ import annotations

import typer

# The suite reads its own options, `-h` among them.
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "allow_interspersed_args": False}


def evaluate(context: typer.Context) -> None:
    """评测:运行问题集,与上次比较(wenbao eval -h 看用法)。"""
    # The one place that knows of evals, and only when the command is called: evals imports assistant.
    from evals.cli import app as evaluation

    evaluation(args=context.args, prog_name="wenbao eval", standalone_mode=True)
