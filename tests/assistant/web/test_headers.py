from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from assistant.web.headers import SecurityHeaders

PATHS = ["/", "/none", "/api/reports", "/api/none", "/reports/daxing-2022-h1", "/site/reader.css", "/healthz"]


def policy(client: TestClient, path: str) -> dict[str, str]:
    header = client.get(path).headers["content-security-policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


@pytest.mark.parametrize("path", PATHS)
def test_every_response_keeps_to_its_own_host(client: TestClient, path: str) -> None:
    rules = policy(client, path)
    assert rules["frame-ancestors"] == "'self'"
    assert rules["object-src"] == "'none'"
    assert not any("http" in rule or "*" in rule for rule in rules.values())
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", PATHS)
def test_configured_sites_may_frame(serve: Callable[..., TestClient], path: str) -> None:
    client = serve(embed_origins=("https://www.bjdx.gov.cn", "http://10.0.0.2:8080"))
    assert policy(client, path)["frame-ancestors"] == "'self' https://www.bjdx.gov.cn http://10.0.0.2:8080"
    assert "x-frame-options" not in client.get(path).headers


def test_the_reader_page_runs_no_script(client: TestClient) -> None:
    rules = policy(client, "/reports/daxing-2022-h1")
    assert rules["default-src"] == "'none'"
    assert "script-src" not in rules


def test_a_crash_carries_the_headers_and_no_trace(client: TestClient) -> None:
    app = client.app
    assert isinstance(app, SecurityHeaders)

    def crash() -> None:
        raise RuntimeError("secret detail")

    routes = app.app.router.routes  # type: ignore[attr-defined]
    routes.insert(0, APIRoute("/reports/x/crash", crash))
    response = client.get("/reports/x/crash")
    assert response.status_code == 500
    assert "服务出了点问题" in response.text
    assert "secret" not in response.text
    assert response.headers["x-request-id"]
    assert "content-security-policy" in response.headers
