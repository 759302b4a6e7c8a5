"""What every response carries: a request id and the headers that keep the page to its own host."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("wenbao.web")

SHARED = (
    "base-uri 'self'",
    "form-action 'self'",
    "object-src 'none'",
)
PAGE_POLICY = (
    "default-src 'self'",
    # Gradio evaluates templates and sets styles inline; it does not run without these two.
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    # An image in an answer is the classic way out for data: no other host.
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    *SHARED,
)
READER_POLICY = ("default-src 'none'", "style-src 'self'", "img-src 'self'", *SHARED)

READER_PATHS = ("/reports/", "/figures", "/api/", "/healthz", "/readyz", "/openapi.json", "/site/")

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """ASGI middleware. `origins` may frame the pages; without any, only this host itself may."""

    def __init__(self, app: ASGIApp, origins: Sequence[str] = ()) -> None:
        self.app = app
        ancestors = " ".join(["frame-ancestors 'self'", *origins])
        self.page = "; ".join([*PAGE_POLICY, ancestors])
        self.reader = "; ".join([*READER_POLICY, ancestors])
        self.fixed = FIXED | ({} if origins else {"X-Frame-Options": "SAMEORIGIN"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        policy = self.reader if scope["path"].startswith(READER_PATHS) else self.page

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                headers["X-Request-ID"] = request_id
                for name, value in self.fixed.items():
                    headers[name] = value
                del headers["Server"]
            await send(message)

        try:
            await self.app(scope, receive, dressed)
        except Exception:
            # Answered and logged inside; raised once more for servers that want to see it. Ours does not.
            log.debug("raised", exc_info=True, extra={"request_id": request_id, "path": scope["path"]})
