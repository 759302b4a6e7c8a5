"""The chat page and the reader page in a real browser."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.server import ROOT, clean_environment, serving

pytestmark = pytest.mark.browser

QUESTION = "上半年固定资产投资完成多少"
HOSTILE = '<img src=x onerror="window.hit=1"> ![图](http://evil.example/a.png) <script>hit=1</script> {{7*7}} ${7*7}'

Open = Callable[..., BrowserContext]
Shoot = Callable[[Page, str], None]


def visit(page: Page | Frame, server: str) -> None:
    page.goto(server, timeout=60_000)
    expect(page.locator("button.wb-chip").first).to_be_visible(timeout=30_000)


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the answer."""
    answers = page.locator(".wb-answer:not(.wb-waiting)")
    before = answers.count()
    page.get_by_role("textbox").fill(question)
    page.get_by_role("textbox").press("Enter")
    expect(answers).to_have_count(before + 1, timeout=30_000)


def is_in_view(page: Page, selector: str) -> bool:
    box, size = page.locator(selector).first.bounding_box(), page.viewport_size
    assert size
    return box is not None and box["y"] >= 0 and box["y"] + min(box["height"], 40) <= size["height"]


@pytest.mark.parametrize(("name", "size"), [("desktop", DESKTOP), ("phone", PHONE)])
def test_an_answer_with_its_sentence_and_the_way_to_it(
    open_browser: Open, server: str, shoot: Shoot, name: str, size: tuple[int, int]
) -> None:
    context = open_browser(size)
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page = context.pages[0]
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)

    visit(page, server)
    shoot(page, f"{name}-start")
    ask(page, QUESTION)
    expect(page.locator(".wb-answered").last).to_contain_text("442.1亿元")
    expect(page.locator(".wb-evidence mark").first).to_contain_text("442.1亿元")
    assert is_in_view(page, ".wb-answered")
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    shoot(page, f"{name}-answer")

    with context.expect_page() as opened:
        page.locator(".wb-go a").first.click()
    reader = opened.value
    reader.wait_for_load_state()
    marked = reader.locator("p:target mark")
    expect(marked).to_contain_text("442.1亿元")
    expect(marked).to_be_in_viewport()
    assert reader.evaluate("document.documentElement.scrollWidth") == size[0]
    shoot(reader, f"{name}-reader")

    assert errors == []
    assert {urlsplit(url).netloc for url in requests if urlsplit(url).scheme in ("http", "https")} == {
        urlsplit(server).netloc
    }
    assert {urlsplit(url).scheme for url in requests} <= {"http", "data", "blob"}
    assert context.cookies() == []


def test_a_follow_up_a_refusal_and_a_fresh_start(open_browser: Open, server: str, shoot: Shoot) -> None:
    page = open_browser().pages[0]
    visit(page, server)
    ask(page, QUESTION)
    ask(page, "同比增长多少")
    assert page.locator(".wb-earlier").count() == 1
    ask(page, "2019年海淀区的固定资产投资是多少")
    expect(page.locator(".wb-answer").last).to_have_class("wb-answer wb-refused")
    shoot(page, "desktop-refused")

    page.locator(".wb-mark").first.click()
    expect(page.locator(".wb-card:target")).to_be_in_viewport()

    page.get_by_role("button", name="清空对话").click()
    expect(page.locator(".wb-answer")).to_have_count(0)
    expect(page.locator(".wb-card")).to_have_count(0)


def test_a_suggestion_is_asked_with_one_click(open_browser: Open, server: str) -> None:
    page = open_browser().pages[0]
    visit(page, server)
    chip = page.locator("button.wb-chip").first
    question = chip.inner_text()
    chip.click()
    expect(page.locator(".wb-answer:not(.wb-waiting)")).to_have_count(1, timeout=30_000)
    assert page.locator(".wb-question").inner_text() == question


def test_what_a_visitor_writes_is_never_markup(open_browser: Open, server: str, shoot: Shoot) -> None:
    context = open_browser()
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page = context.pages[0]
    visit(page, server)
    ask(page, HOSTILE)
    assert page.locator(".wb-question").inner_text() == HOSTILE
    assert page.locator(".message-wrap img, .message-wrap script, .wb-evidence img").count() == 0
    assert page.evaluate("window.hit") is None
    assert not [url for url in requests if "evil" in urlsplit(url).netloc or url.endswith("/x")]
    bubble, chat = page.locator(".wb-question").bounding_box(), page.locator(".wb-chat").bounding_box()
    assert bubble
    assert chat
    assert bubble["x"] > chat["x"]
    shoot(page, "desktop-hostile")


def test_an_empty_question_gets_a_hint(open_browser: Open, server: str) -> None:
    page = open_browser().pages[0]
    visit(page, server)
    page.get_by_role("button", name="提问", exact=True).click()
    expect(page.get_by_text("请输入问题。")).to_be_visible()
    expect(page.locator(".wb-answer")).to_have_count(0)


def test_the_page_speaks_chinese_to_a_screen_reader(open_browser: Open, server: str) -> None:
    page = open_browser().pages[0]
    visit(page, server)
    ask(page, QUESTION)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    labels = page.evaluate("[...document.querySelectorAll('[aria-label]')].map(e => e.getAttribute('aria-label'))")
    assert not [label for label in labels if "<" in label or "chatbot" in label]
    assert "Gradio" not in page.content().split("window.gradio_config")[0]


def test_a_report_that_is_gone_is_a_sentence(open_browser: Open, server: str) -> None:
    page = open_browser(PHONE).pages[0]
    response = page.goto(f"{server}/reports/none")
    assert response
    assert response.status == 404
    expect(page.get_by_role("heading")).to_have_text("没有找到这份报告")


def test_a_server_that_stops_with_visitors_stops_at_once_and_the_page_says_so(
    open_browser: Open, data: Path, shoot: Shoot
) -> None:
    page = open_browser().pages[0]
    with serving(clean_environment(data, ROOT / "reports")) as (process, url):
        visit(page, url)
        ask(page, QUESTION)
        process.send_signal(signal.SIGINT)
        started = time.monotonic()
        _, log = process.communicate(timeout=20)
        assert time.monotonic() - started < 4
        assert "Traceback" not in log
    page.get_by_role("textbox").fill("同比增长多少")
    page.get_by_role("textbox").press("Enter")
    expect(page.get_by_text("与服务器的连接断开了")).to_be_visible(timeout=20_000)
    shoot(page, "desktop-disconnected")


@contextmanager
def portal() -> Iterator[tuple[str, list[str]]]:
    """Another site; it frames the address that is put into the list."""
    framed: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            frame = f'<iframe src="{framed[-1]}" style="width:760px;height:600px;border:1px solid #999"></iframe>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><body><p>门户网站</p>{frame}".encode())

        def log_message(self, *_: object) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{site.server_port}", framed
    finally:
        site.shutdown()


def test_another_site_may_frame_the_page_only_when_it_is_named(
    open_browser: Open, server: str, data: Path, shoot: Shoot
) -> None:
    page = open_browser((820, 700)).pages[0]
    environment = clean_environment(data, ROOT / "reports")
    with portal() as (site, framed):
        framed.append(server)
        page.goto(site)
        page.wait_for_timeout(1500)
        assert page.frame_locator("iframe").locator("gradio-app").count() == 0

        with serving(environment | {"WENBAO_EMBED_ORIGINS": site}) as (_, url):
            framed.append(url)
            page.goto(site)
            frame = page.frame_locator("iframe")
            expect(frame.locator("button.wb-chip").first).to_be_visible(timeout=60_000)
            frame.get_by_role("textbox").fill(QUESTION)
            frame.get_by_role("textbox").press("Enter")
            expect(frame.locator(".wb-answered")).to_contain_text("442.1亿元", timeout=30_000)
            shoot(page, "iframe")
