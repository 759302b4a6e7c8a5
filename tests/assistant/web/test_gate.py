from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.desk import Desk
from assistant.pipeline import Assistant
from assistant.serving import Generations, LiveAssistant
from assistant.web.app import create_app
from tests.assistant.web.conftest import light_page
from tests.assistant.web.fakes import FakeIndex

Serve = Callable[..., TestClient]


@pytest.fixture(scope="module")
def gradio_client() -> Iterator[TestClient]:
    """The application with its real page."""
    live = LiveAssistant(Generations(lambda: "g1", FakeIndex), answerer=Assistant)
    with TestClient(create_app(live)) as client:
        yield client


def test_an_early_visitor_waits_for_the_page(serve: Serve) -> None:
    loaded = threading.Event()

    def slow_page(desk: Desk) -> FastAPI:
        loaded.wait(10)
        return light_page(desk)

    client = serve(page=slow_page)
    assert client.get("/api/reports").status_code == 200
    threading.Timer(0.3, loaded.set).start()
    started = time.monotonic()
    assert client.get("/").status_code == 200
    assert time.monotonic() - started > 0.2


def test_a_page_that_cannot_be_loaded_is_a_sentence(serve: Serve) -> None:
    def broken_page(desk: Desk) -> FastAPI:
        raise ImportError("secret detail")

    client = serve(page=broken_page)
    response = client.get("/")
    assert response.status_code == 503
    assert "页面暂时打不开" in response.text
    assert "secret" not in response.text
    assert client.get("/api/reports").status_code == 200


def test_the_page_is_in_chinese_and_names_no_other_host(gradio_client: TestClient) -> None:
    html = gradio_client.get("/").text
    assert '<html lang="zh-CN"' in re.sub(r"\s+", " ", html)
    assert 'theme_mode="light"' in html
    assert "/site/page.css" in html
    assert "请求" not in html
    assert not re.findall(r'(?:src|href|content)="https?://(?!testserver)[^"]*"', html)


@pytest.mark.parametrize("path", ["/", "/theme.css", "/config"])
def test_what_the_page_needs_is_there(gradio_client: TestClient, path: str) -> None:
    response = gradio_client.get(path)
    assert response.status_code == 200
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file=pyproject.toml"),
        ("GET", "/gradio_api/proxy=https://example.com/"),
        ("GET", "/gradio_api/info"),
        ("GET", "/gradio_api/runs"),
        ("POST", "/gradio_api/call/answer"),
        ("POST", "/gradio_api/run/answer"),
        ("POST", "/gradio_api/component_server"),
        ("POST", "/gradio_api/vibe-code"),
        ("GET", "/monitoring"),
        ("GET", "/login"),
        ("GET", "/static/../../../../etc/passwd"),
    ],
)
def test_what_the_page_does_not_need_is_not_there(gradio_client: TestClient, method: str, path: str) -> None:
    response = gradio_client.request(method, path)
    assert response.status_code in (403, 404)
    assert "Traceback" not in response.text


def test_a_large_event_is_refused(gradio_client: TestClient) -> None:
    response = gradio_client.post("/gradio_api/queue/join", content=b"x" * 300_000)
    assert response.status_code == 413


def test_no_other_site_may_read_the_page(gradio_client: TestClient) -> None:
    response = gradio_client.get("/config", headers={"Origin": "https://evil.example"})
    assert not [name for name in response.headers if name.startswith("access-control-allow")]
