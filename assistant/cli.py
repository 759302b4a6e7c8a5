"""The command line. Everything heavy is imported by the command that needs it: `wenbao --help` answers at once."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from socket import socket

    from assistant.answer import Answer
    from assistant.serving import Generations
    from assistant.settings import Settings
    from vectorstore.generations import BuildResult

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
    from assistant.settings import SettingsError
    from ingest.report import IngestError
    from vectorstore.store import StoreError

    if isinstance(error, SettingsError):
        return 2
    return 1 if isinstance(error, IngestError | StoreError | CommandError) else None


class CommandError(Exception):
    """A command cannot go on. The message (Chinese, for the user) says why and what to do."""


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


@app.command()
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
    with _Progress() as progress:
        result = build_index(sources, settings.data, settings.embedding_model, progress=progress)
    _tell(result)
    if result.failures:
        raise typer.Exit(1)


@app.command()
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
    with closing(_generations(load_settings()).open()) as index:
        _show(Assistant(index).ask(words))


@app.command()
def reports() -> None:
    """列出索引中的报告。"""
    from contextlib import closing

    from assistant.settings import load_settings

    with closing(_generations(load_settings()).open()) as index:
        for report in index.reports:
            facts = [part for part in (report.issuer, report.published, report.period) if part]
            typer.echo(f"{report.id}  {report.title}")
            typer.echo(f"    {' · '.join([*facts, f'{len(report.passages)} 段', f'{len(report.figures)} 个数据'])}")
        typer.echo(f"共 {len(index.reports)} 份,索引 {index.generation}")


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="监听地址,默认取 WENBAO_HOST。")] = None,
    port: Annotated[int | None, typer.Option(help="监听端口,默认取 WENBAO_PORT。")] = None,
) -> None:
    """启动网页与接口服务,按 Ctrl-C 停止。"""
    from assistant.logs import configure
    from assistant.settings import load_settings

    settings = load_settings(host=host, port=port)
    configure(settings.log_level)
    generations = _generations(settings)
    with _listening(settings.host, settings.port) as listener:
        _run(settings, generations, listener)


@app.command(
    "eval",
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "allow_interspersed_args": False},
)
def evaluate(context: typer.Context) -> None:
    """评测:运行问题集,与上次比较(wenbao eval -h 看用法)。"""
    # The one place that knows of evals, and only when the command is called: evals imports assistant.
    from evals.cli import app as evaluation

    evaluation(args=context.args, prog_name="wenbao eval", standalone_mode=True)


def _generations(settings: Settings) -> Generations:
    """The generations of the data folder; says so when there are none."""
    from assistant.serving import Generations
    from vectorstore.generations import current_generation, open_index

    if current_generation(settings.data) is None:
        raise CommandError(f"{settings.data} 中还没有索引。请先运行 wenbao ingest 收录报告(或改用 make run)。")
    return Generations(
        current=lambda: current_generation(settings.data),
        open=lambda: open_index(settings.data, settings.embedding_model),
    )


def _listening(host: str, port: int) -> socket:
    """A listening socket: taken before anything is loaded, so a port in use is known at once."""
    import errno
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            reason = "已被占用。请停掉占用它的程序,或用 --port(WENBAO_PORT)换一个端口"
        elif error.errno == errno.EACCES:
            reason = "没有权限监听。请用 --port(WENBAO_PORT)换一个 1024 以上的端口"
        else:
            reason = f"无法监听({error.strerror})。请检查 --host(WENBAO_HOST)"
        raise CommandError(f"{host}:{port} {reason}。") from error
    return listener


def _run(settings: Settings, generations: Generations, listener: socket) -> None:
    import uvicorn

    from assistant.serving import LiveAssistant
    from assistant.web.app import create_app

    failures: list[Exception] = []

    def give_up(error: Exception) -> None:
        failures.append(error)
        server.should_exit = True

    live = LiveAssistant(generations, on_failure=give_up)
    application = create_app(live, embed_origins=settings.embed_origins, log_questions=settings.log_questions)

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket] | None = None) -> None:
            application.close()
            await super().shutdown(sockets)

    server = Server(
        uvicorn.Config(application, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1)
    )
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    typer.echo(f"问报:http://{shown}:{settings.port}(按 Ctrl-C 停止)")
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    if failures:
        raise failures[0]
    typer.echo("已停止。")


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


class _Progress:
    """A progress bar on a terminal; nothing where the output goes to a file."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        self._bar = Progress(*columns, console=console, disable=not console.is_terminal)
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> _Progress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)


if __name__ == "__main__":
    main()
