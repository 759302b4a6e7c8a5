"""The web application: interface and reader at once, the chat page as soon as it is loaded."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from assistant.desk import BROKEN, Desk, RequestError
from assistant.serving import LiveAssistant
from assistant.web.api import api_router, error_response
from assistant.web.figures import figures_router
from assistant.web.gate import PageGate
from assistant.web.headers import SecurityHeaders
from assistant.web.reader import notice_page

log = logging.getLogger("wenbao.web")

STATIC = Path(__file__).parent / "static"
READY_POLL_SECONDS = 0.05


class WebApplication(SecurityHeaders):
    """The whole application. `close`, called in its event loop, ends the streams that visitors hold open."""

    def __init__(self, app: FastAPI, gate: PageGate, origins: Sequence[str]) -> None:
        super().__init__(app, origins)
        self.close = gate.close


def create_app(
    live: LiveAssistant,
    *,
    embed_origins: Sequence[str] = (),
    log_questions: bool = False,
    page: Callable[[Desk], FastAPI] | None = None,
) -> WebApplication:
    """Build the application. `page` builds the chat page; the default imports Gradio, after the index is open."""
    desk = Desk(live, log_questions=log_questions)
    gate = PageGate(lambda: (page or _gradio_page)(desk))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        live.start()
        task = asyncio.create_task(_page_after_index(live, gate))
        yield
        gate.close()
        await task
        live.stop()

    # The documentation pages load scripts from another host: only the description itself is served.
    app = FastAPI(title="问报", version=version("wenbao"), lifespan=lifespan, docs_url=None, redoc_url=None)
    app.include_router(api_router(desk))
    app.include_router(figures_router(desk))
    app.mount("/site", StaticFiles(directory=STATIC))
    # Not a mount at "/": that would take the requests with a wrong method away from the routes above.
    app.router.default = gate
    app.add_exception_handler(RequestError, _request_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _crash)
    return WebApplication(app, gate, embed_origins)


def _gradio_page(desk: Desk) -> FastAPI:
    from assistant.web.page import page_app

    return page_app(desk)


async def _page_after_index(live: LiveAssistant, gate: PageGate) -> None:
    """The index goes first: both want the processor, and answers matter more than the page around them."""
    while not live.ready and not gate.closed:
        await asyncio.sleep(READY_POLL_SECONDS)
    if not gate.closed:
        await gate.run()


async def _request_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    log.info("refused", extra={"request_id": request.state.request_id, "path": request.url.path, "code": error.code})
    return error_response(error, request.state.request_id)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentence = {404: "没有这个页面", 405: "这个地址不支持这种请求方式"}.get(error.status_code, "请求无法处理")
    if request.url.path.startswith("/api/"):
        code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "invalid_request")
        response: Response = error_response(
            RequestError(error.status_code, code, sentence + "。"), request.state.request_id
        )
    else:
        response = HTMLResponse(notice_page(sentence), error.status_code)
    response.headers.update(error.headers or {})
    return response


async def _crash(request: Request, error: Exception) -> Response:
    log.error("crash", exc_info=error, extra={"request_id": request.state.request_id, "path": request.url.path})
    if request.url.path.startswith("/api/"):
        return error_response(RequestError(500, "internal", BROKEN), request.state.request_id)
    return HTMLResponse(notice_page("服务出了点问题", "请稍后再试。"), 500)
