"""What commands share: how they fail, how they show progress, and the index that they work on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.serving import Generations
    from assistant.settings import Settings


class CommandError(Exception):
    """A command cannot go on. The message (Chinese, for the user) says why and what to do."""


def percentage(share: float) -> str:
    """Return a share in whole percent, rounded down: what is not wholly the same is never "100%"."""
    return f"{int(share * 100)}%"


def stored_generations(settings: Settings) -> Generations:
    """Return the generations of the data folder; says so when there are none."""
    from assistant.serving import Generations
    from vectorstore.generations import current_generation, open_index

    if current_generation(settings.data) is None:
        raise CommandError(f"{settings.data} 中还没有索引。请先运行 wenbao ingest 收录报告(或改用 make run)。")
    return Generations(
        current=lambda: current_generation(settings.data),
        open=lambda: open_index(settings.data, settings.embedding_model),
    )


class ProgressBar:
    """A progress bar on a terminal; nothing where the output goes to a file."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        self._bar = Progress(*columns, console=console, disable=not console.is_terminal)
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> ProgressBar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)
