"""`wenbao serve`: the page and the interface."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import CommandError, stored_generations

if TYPE_CHECKING:
    from socket import socket

    from assistant.serving import Generations
    from assistant.settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(help="监听地址,默认取 WENBAO_HOST。")] = None,
    port: Annotated[int | None, typer.Option(help="监听端口,默认取 WENBAO_PORT。")] = None,
) -> None:
    """启动网页与接口服务,按 Ctrl-C 停止。"""
    from assistant.logs import configure
    from assistant.settings import load_settings

    settings = load_settings(host=host, port=port)
    configure(settings.log_level)
    generations = stored_generations(settings)
    with _listening(settings.host, settings.port) as listener:
        _run(settings, generations, listener)


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
