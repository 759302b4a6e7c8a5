"""Black-box mode against a real server that speaks the public contract and nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from evals.blackbox import BlackBox
from evals.judging import judge
from evals.target import AskError, TargetError
from tests.evals.samples import REPORTS, RIGHT, item


class Deployment(BaseHTTPRequestHandler):
    """Answers every question rightly; is busy once where the question asks for it; fails where it says so."""

    asked: list[dict[str, Any]]
    busy: int

    def do_GET(self) -> None:
        if self.path == "/api/reports":
            listed = [{"id": r.id, "source": r.source} for r in REPORTS.values()]
            self._send(200, {"index": "g1", "reports": listed})
        elif (report := REPORTS.get(self.path.rpartition("/")[2])) is not None:
            self._send(200, {"id": report.id, "source": report.source, "text": report.text})
        else:
            self._send(404, {"error": {"code": "report_not_found", "message": "没有这份报告"}})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).asked.append(body)
        if body["question"] == "坏":
            self._send(500, {"error": {"code": "internal", "message": "出错"}})
        elif body["question"] == "忙" and type(self).busy > 0:
            type(self).busy -= 1
            self._send(429, {"error": {"code": "busy", "message": "稍后"}}, {"Retry-After": "0"})
        else:
            self._send(200, RIGHT)

    def _send(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def deployment() -> Iterator[tuple[str, type[Deployment]]]:
    handler = type("Fresh", (Deployment,), {"asked": [], "busy": 2})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", handler
    server.shutdown()
    server.server_close()


def test_a_conversation_is_sent_turn_by_turn(deployment: tuple[str, type[Deployment]]) -> None:
    url, handler = deployment
    reply, ms = BlackBox(url).ask(("投资多少", "同比呢"))
    assert reply["status"] == "answered"
    assert ms > 0
    assert handler.asked[0] == {"question": "投资多少", "history": []}
    assert handler.asked[1]["history"] == [
        {"role": "user", "content": "投资多少"},
        {"role": "assistant", "content": RIGHT["answer"]},
    ]


def test_citations_are_checked_against_the_texts_that_the_server_shows(
    deployment: tuple[str, type[Deployment]],
) -> None:
    target = BlackBox(deployment[0])
    assert judge(item(), target.ask(("问",))[0], target.text).proven
    assert target.text("r9") is None
    assert target.trace(item()) is None


def test_questions_on_reports_that_are_not_there_are_known(deployment: tuple[str, type[Deployment]]) -> None:
    target = BlackBox(deployment[0])
    assert target.has(item(reports=("daxing.txt",)))
    assert target.has(item())
    assert not target.has(item(reports=("daxing.txt", "haidian.txt")))
    assert target.identity.endswith(":g1")


def test_a_busy_server_is_asked_again_and_a_failure_is_told(deployment: tuple[str, type[Deployment]]) -> None:
    url, handler = deployment
    assert BlackBox(url).ask(("忙",))[0]["status"] == "answered"
    assert len(handler.asked) == 3
    with pytest.raises(AskError, match="HTTP 500"):
        BlackBox(url).ask(("坏",))


def test_nobody_there() -> None:
    with pytest.raises(TargetError, match="没有应答"):
        BlackBox("http://127.0.0.1:9", timeout=1)
