"""A running deployment, spoken to by the public contract and nothing else."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from evals.dataset import Item
from evals.target import AskError, TargetError
from evals.texts import ReportText
from evals.trace import Trace

_TRIES = 6
_LONGEST_WAIT = 30.0
_BUSY = (429, 503)


class BlackBox:
    """The deployment at `url`. It is asked what reports it has, so that questions on others can be left out."""

    def __init__(self, url: str, timeout: float = 60.0) -> None:
        self.url = url.rstrip("/")
        self.name = self.url
        self._timeout = timeout
        self._texts: dict[str, ReportText | None] = {}
        self._lock = threading.Lock()
        try:
            listed = self._request("/api/reports")
        except AskError as error:
            raise TargetError(f"{self.url} 没有应答:{error}。请检查地址,以及服务是否已经启动。") from error
        self._files = {str(report.get("source") or "").rpartition("/")[2] for report in listed.get("reports") or ()}
        self.identity = f"url:{self.url}:{listed.get('index') or ''}"

    def ask(self, turns: Sequence[str]) -> tuple[dict[str, Any], float]:
        history: list[dict[str, str]] = []
        reply: dict[str, Any] = {}
        ms = 0.0
        for turn in turns:
            reply, ms = self._timed({"question": turn, "history": history})
            history += [{"role": "user", "content": turn}, {"role": "assistant", "content": reply.get("answer") or ""}]
        return reply, ms

    def has(self, item: Item) -> bool:
        return set(item.reports or ()) <= self._files

    def text(self, report: str) -> ReportText | None:
        """Return a report's text, asked for once. Raises TargetError where the server fails to say: a citation that
        could not be looked up is not a false one."""
        with self._lock:
            if report not in self._texts:
                try:
                    self._texts[report] = self._read(report)
                except AskError as error:
                    raise TargetError(f"{self.url} 的报告 {report} 取不到,无法核对引文:{error}") from error
            return self._texts[report]

    def trace(self, item: Item) -> Trace | None:
        return None

    def _read(self, report: str) -> ReportText | None:
        try:
            whole = self._request(f"/api/reports/{quote(report, safe='')}")
        except _NotFoundError:
            return None
        return ReportText(report, str(whole.get("source") or ""), str(whole.get("text") or ""))

    def _timed(self, body: dict[str, Any]) -> tuple[dict[str, Any], float]:
        """Ask until there is a reply that is not "later"; what is timed is the try that succeeded."""
        for attempt in range(_TRIES):
            started = time.perf_counter()
            try:
                return self._request("/api/ask", body), (time.perf_counter() - started) * 1000
            except _BusyError as busy:
                if attempt == _TRIES - 1:
                    raise
                time.sleep(min(busy.seconds, _LONGEST_WAIT))
        raise AssertionError("unreachable")

    def _request(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:
                found = json.loads(response.read())
        except urllib.error.HTTPError as error:
            raise _told(error) from error
        except (OSError, ValueError) as error:
            raise AskError(f"{path}:{error}") from error
        if not isinstance(found, dict):
            raise AskError(f"{path}:应答不是 JSON 对象")
        return found


class _NotFoundError(AskError):
    """404: the server has no such thing."""


class _BusyError(AskError):
    """The server asks to come back after some seconds."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


def _told(error: urllib.error.HTTPError) -> AskError:
    message = f"HTTP {error.code} {error.read(300).decode(errors='replace')}"
    if error.code == 404:
        return _NotFoundError(message)
    after = error.headers.get("Retry-After") or ""
    if error.code in _BUSY and after.isdigit():
        return _BusyError(message, float(after))
    return AskError(message)
