from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from tests.e2e.server import ROOT, clean_environment, serving, wenbao

SCREENSHOTS = ROOT / "test-output"
DESKTOP = (1280, 800)
PHONE = (390, 844)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The Chromium of the distribution."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("没有找到 Chromium:请用系统的软件包管理器安装 chromium 和 fonts-noto-cjk")
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the project's own reports."""
    folder = tmp_path_factory.mktemp("data")
    result = wenbao(clean_environment(folder, ROOT / "reports"), "ingest")
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture(scope="session")
def server(browser_path: str, data: Path) -> Iterator[str]:
    """The address of a running server."""
    with serving(clean_environment(data, ROOT / "reports")) as (_, url):
        yield url


@pytest.fixture
def open_browser(playwright: Playwright, browser_path: str, tmp_path: Path) -> Iterator[Callable[..., BrowserContext]]:
    """Open a fresh browser of a given size; further options are Playwright's."""
    opened: list[BrowserContext] = []

    def start(size: tuple[int, int] = DESKTOP, **options: Any) -> BrowserContext:
        width, height = size
        context = playwright.chromium.launch_persistent_context(
            tmp_path / f"profile-{len(opened)}",
            executable_path=browser_path,
            args=FLAGS,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            **options,
        )
        opened.append(context)
        return context

    yield start
    for context in opened:
        context.close()


@pytest.fixture
def shoot() -> Callable[[Page, str], None]:
    """Write a screenshot for a person to look at."""

    def take(page: Page, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        page.wait_for_timeout(300)
        page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return take
