"""Charts in the chat, and the page of figures, in a real browser."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import BrowserContext, Page, expect

from assistant.answer import Answer, Citation, Point, Series, Status
from assistant.catalogue import Entry
from assistant.pipeline import Assistant
from assistant.serving import Generations, LiveAssistant
from assistant.web.app import create_app
from tests.assistant.web.fakes import FakeIndex, make_figure, make_report
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.server import free_port

pytestmark = pytest.mark.browser

Open = Callable[..., BrowserContext]
Shoot = Callable[[Page, str], None]

YEARS = {2017: "380.2", 2018: "395.5", 2019: "401", 2021: "420.6", 2022: "442.1"}


def entries() -> list[Entry]:
    """固定资产投资 of five years, one missing, and of one place that has many words for itself."""
    made = []
    for year, value in YEARS.items():
        text = f"{year}年计划执行情况的报告\n\n  一、回顾\n\n  {year}年,固定资产投资完成{value}亿元,增长较快。\n"
        report = make_report(text, f"r{year}", published=f"{year + 1}-01-20")
        figure = make_figure(report, "固定资产投资", written=f"{value}亿元")
        figure = replace(figure, period=f"{year}年", value=Decimal(value))
        made.append(Entry(replace(report, figures=(figure,)), report.passages[0], figure))
    return made


def cited(entry: Entry, n: int) -> Citation:
    report, passage = entry.report, entry.passage
    return Citation(
        *(n, report.id, report.title, report.issuer, report.published, passage.section, passage.paragraph),
        *(entry.quote, entry.start, entry.end, passage.text, entry.link),
    )


class Answering(Assistant):
    """Answers with a series over time and one over places."""

    def ask(self, question: str, history: Any = (), **_: Any) -> Answer:
        found = entries()
        points = [Point(e.figure.period, f"{e.figure.value}", e.figure.text, "完成", n) for n, e in enumerate(found, 1)]
        places = ("甲省", "新疆维吾尔自治区", "乙省")
        bars = [Point(place, str(9 - n), f"{9 - n}%", "完成", n + 1) for n, place in enumerate(places)]
        series = (
            Series("固定资产投资", "时间", "亿元", tuple(points)),
            Series("固定资产投资同比", "地区", "%", tuple(bars)),
        )
        citations = tuple(cited(entry, n) for n, entry in enumerate(found, 1))
        return Answer(Status.ANSWERED, "2017年以来固定资产投资如下。[1]", question, citations, series=series)


@pytest.fixture(scope="module")
def site(browser_path: str) -> Iterator[str]:
    """The address of a server with the whole page, whose assistant is the one above."""
    index = FakeIndex(*(entry.report for entry in entries()))
    live = LiveAssistant(Generations(lambda: index.generation, lambda: index), answerer=Answering)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(create_app(live), port=port, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def watched(context: BrowserContext) -> tuple[Page, list[str], list[str]]:
    """A page, the errors that it reports and the hosts that it asks."""
    errors: list[str] = []
    hosts: list[str] = []
    context.on("request", lambda request: hosts.append(urlsplit(request.url).netloc))
    page = context.pages[0]
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    return page, errors, hosts


@pytest.mark.parametrize(
    ("name", "size", "scheme"),
    [("phone", PHONE, "light"), ("dark", DESKTOP, "dark")],
)
def test_a_series_is_drawn_in_the_chat(
    open_browser: Open, site: str, shoot: Shoot, name: str, size: tuple[int, int], scheme: str
) -> None:
    page, errors, hosts = watched(open_browser(size, color_scheme=scheme))
    page.goto(site, timeout=60_000)
    expect(page.locator("button.wb-chip").first).to_be_visible(timeout=30_000)
    page.get_by_role("textbox").fill("历年固定资产投资")
    page.get_by_role("textbox").press("Enter")
    chart = page.locator(".wb-plot")
    expect(chart).to_be_visible(timeout=30_000)
    expect(page.locator(".wb-text")).to_be_in_viewport()  # a tall answer is read from its beginning
    assert chart.get_attribute("role") == "img"
    assert "固定资产投资" in (chart.get_attribute("title") or "")
    assert page.locator(".wb-lines .wb-dot").count() == len(YEARS)
    assert page.locator(".wb-lines .wb-line").count() == 3  # none to or from the year that is missing

    width = page.locator(".wb-lines").evaluate("e => e.getBoundingClientRect().width")
    centres = page.locator(".wb-lines .wb-dot").evaluate_all(
        "dots => dots.map(dot => dot.getBoundingClientRect()).map(box => box.left + box.width / 2)"
    )
    assert centres == sorted(centres)
    assert centres[-1] - centres[0] > width * 0.7
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    bubble, figure = (page.locator(place).last.bounding_box() for place in (".wb-answer", ".wb-series"))
    assert bubble
    assert figure
    assert figure["x"] + figure["width"] <= bubble["x"] + bubble["width"] <= size[0]

    ink, paper = page.locator(".wb-series td").first.evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e.closest('.wb-series')).backgroundColor]"
        ".map(colour => colour.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0))"
    )
    assert (ink > paper + 300) if scheme == "dark" else (paper > ink + 300)
    shoot(page, f"{name}-series")

    page.locator(".wb-series table a.wb-mark").nth(1).click()
    expect(page.locator(".wb-card:target mark")).to_contain_text("395.5亿元")
    assert errors == []
    assert set(hosts) == {urlsplit(site).netloc}


@pytest.mark.parametrize(
    ("name", "size", "scheme"),
    [("phone", PHONE, "light"), ("dark", DESKTOP, "dark")],
)
def test_the_page_of_figures_needs_no_script(
    open_browser: Open, site: str, shoot: Shoot, name: str, size: tuple[int, int], scheme: str
) -> None:
    page, errors, hosts = watched(open_browser(size, color_scheme=scheme, java_script_enabled=False))
    page.goto(f"{site}/figures")
    page.get_by_label("指标", exact=True).fill("固投")
    page.get_by_label("时期").fill("2017-2022")
    page.get_by_label("时期").press("Enter")
    expect(page.get_by_role("heading", name="5 个数据")).to_be_visible()
    expect(page.locator(".wb-plot")).to_be_visible()
    shoot(page, f"{name}-figures")
    page.locator("summary", has_text="缩小范围").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="2019年 1").click()
    expect(page.get_by_role("heading", name="1 个数据")).to_be_visible()
    page.locator(".list .quote a").click()
    expect(page.locator("p:target mark")).to_have_text("2019年,固定资产投资完成401亿元,增长较快。")
    expect(page.locator("p:target mark")).to_be_in_viewport()
    page.get_by_role("link", name="指标").click()
    expect(page.get_by_role("heading", name="5 个数据")).to_be_visible()
    assert errors == []
    assert set(hosts) == {urlsplit(site).netloc}


def test_nothing_of_the_page_is_wider_than_a_phone(open_browser: Open, site: str) -> None:
    page = open_browser(PHONE).pages[0]
    for query in ("", "?indicator=固投", "?period=近年", "?q=火星"):
        page.goto(f"{site}/figures{query}")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_the_way_from_the_chat_and_back(open_browser: Open, site: str) -> None:
    page = open_browser().pages[0]
    page.goto(site, timeout=60_000)
    page.get_by_role("link", name="指标").click()
    expect(page).to_have_url(f"{site}/figures")
    page.get_by_role("link", name="返回提问").click()
    expect(page).to_have_url(f"{site}/")


def test_a_csv_is_downloaded(open_browser: Open, site: str) -> None:
    page = open_browser().pages[0]
    page.goto(f"{site}/figures?indicator=固投")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    assert waiting.value.suggested_filename == "指标.csv"
    with waiting.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows: Sequence[dict[str, str]] = list(csv.DictReader(file))
    assert [row["数值"] for row in rows] == list(YEARS.values())
    assert rows[0]["链接"].startswith(f"{site}/reports/r2017?start=")
