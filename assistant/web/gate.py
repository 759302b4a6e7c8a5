"""The way to the chat page: it lets through what the page needs, and holds early visitors until it is there."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import time
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse
from starlette.types import Message, Receive, Scope, Send

from assistant.web.reader import notice_page

log = logging.getLogger("wenbao.page")

OPEN = {
    "GET": re.compile(
        r"/|/config/?|/theme\.css|/(assets|static|svelte)/.+"
        r"|/gradio_api/(queue/data|heartbeat/\w+|startup-events|app_id)"
    ),
    "POST": re.compile(r"/gradio_api/(queue/join|cancel|reset)/?"),
}
"""All that the page asks for. Uploads, files, proxying, editing and the rest of Gradio's routes do not exist here."""

BODY_LIMIT = 256 * 1024

HEAD = """<link rel="icon" href="/site/icon.svg" type="image/svg+xml" />
<link rel="stylesheet" href="/site/page.css" />
<link rel="stylesheet" href="/site/chart.css" />
<script src="/site/page.js" defer></script>"""

REWRITES = (
    (re.compile(r'<html\s+lang="en"'), '<html lang="zh-CN"'),
    # They name Gradio and its hosts; nothing of this is about the page.
    (re.compile(r'<meta\s+(property|name)="(og|twitter):[^>]*>'), ""),
    (re.compile(r'<link rel="manifest"[^>]*>'), HEAD),
    # With a base, a link to "#e1-2" would load the page again wherever its address carries a query.
    (re.compile(r"<base\s[^>]*>"), ""),
    (re.compile(r"<gradio-app\s"), '<gradio-app theme_mode="light" '),
    (
        re.compile(r"(<body[^>]*>)"),
        r"\1<noscript><p>提问需要启用 JavaScript;报告全文可以直接查看。</p></noscript>",
    ),
)


class PageGate:
    """An ASGI application that stands where the page will be: `load` imports and builds it, in a thread of its own."""

    def __init__(self, load: Callable[[], FastAPI]) -> None:
        self._load = load
        self._page: FastAPI | None = None
        self._settled = asyncio.Event()
        self._closing = asyncio.Event()

    async def run(self) -> None:
        """Load the page and keep it until `close` is called."""
        started = time.perf_counter()
        try:
            page = await self._loaded()
            if page is None:
                return
            async with page.router.lifespan_context(page):
                self._page = page
                self._settled.set()
                log.info("page_ready", extra={"ms": round((time.perf_counter() - started) * 1000)})
                await self._closing.wait()
        except Exception:
            log.exception("page_failed")
        finally:
            self._page = None
            self._settled.set()

    @property
    def closed(self) -> bool:
        return self._closing.is_set()

    def close(self) -> None:
        self._closing.set()

    async def _loaded(self) -> FastAPI | None:
        """Load in a daemon thread: a server that is told to stop does not wait for an import."""
        loop = asyncio.get_running_loop()
        result: asyncio.Future[FastAPI] = loop.create_future()

        def deliver(page: FastAPI | None, error: Exception | None) -> None:
            if result.done():
                return
            if page is not None:
                result.set_result(page)
            else:
                result.set_exception(error or RuntimeError("no page"))

        def work() -> None:
            try:
                page, error = self._load(), None
            except Exception as problem:
                page, error = None, problem
            if not loop.is_closed():
                loop.call_soon_threadsafe(deliver, page, error)

        threading.Thread(target=work, name="wenbao-page", daemon=True).start()
        closing: asyncio.Future[bool] = asyncio.ensure_future(self._closing.wait())
        either: set[asyncio.Future[Any]] = {result, closing}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            closing.cancel()
        return result.result() if result.done() else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        _admit(scope)
        await self._settled.wait()
        page = self._page
        if page is None:
            notice = notice_page("页面暂时打不开", "报告可以照常查看,请稍后再来提问。")
            await HTMLResponse(notice, 503, headers={"Retry-After": "10"})(scope, receive, send)
        elif scope["path"] == "/" and scope["method"] == "GET":
            await _rewritten(page, scope, receive, send)
        else:
            await page(scope, receive, send)


def _admit(scope: Scope) -> None:
    """Raise the error that a request gets for what the page never asks for."""
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    if not any(paths.fullmatch(scope["path"]) for paths in OPEN.values()):
        raise HTTPException(404)
    if method not in OPEN or not OPEN[method].fullmatch(scope["path"]):
        raise HTTPException(405)
    length = Headers(scope=scope).get("content-length", "")
    if method == "POST" and not (length.isdecimal() and int(length) <= BODY_LIMIT):
        raise HTTPException(413)


async def _rewritten(page: FastAPI, scope: Scope, receive: Receive, send: Send) -> None:
    """Put the page's frame into Chinese: Gradio's template has no settings for it."""
    plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    start: list[Message] = []
    chunks: list[bytes] = []

    async def gather(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.append(message)
        if message["type"] != "http.response.body":
            return
        chunks.append(message.get("body", b""))
        if message.get("more_body"):
            return
        html = b"".join(chunks).decode()
        for pattern, replacement in REWRITES:
            html = pattern.sub(replacement, html, count=0)
        body = html.encode()
        headers = MutableHeaders(scope=start[0])
        headers["Content-Length"] = str(len(body))
        headers["Cache-Control"] = "no-cache"
        await send(start[0])
        await send({"type": "http.response.body", "body": body})

    await page({**scope, "headers": plain}, receive, gather)
