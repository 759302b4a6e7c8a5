"""`GET /api/figures` and the page of figures, on a real index."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html import unescape
from urllib.parse import quote

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from starlette.testclient import TestClient

from assistant.catalogue import Catalogue, Entry
from assistant.serving import Generations, LiveAssistant
from assistant.web import figures
from assistant.web.app import create_app
from assistant.web.browse import ROWS, figures_page
from assistant.web.curves import plot_of
from tests.assistant.conftest import DAXING
from tests.assistant.samples import Visitor
from tests.assistant.web.conftest import light_page
from tests.assistant.web.fakes import FakeIndex, make_figure, make_report

HOSTILE = '"><script>alert(1)</script>{{7*7}}'


@pytest.fixture(scope="module")
def served(daxing: Visitor) -> Iterator[TestClient]:
    """A server of the report of 大兴区."""
    index = FakeIndex(*daxing.assistant.index.reports)
    live = LiveAssistant(Generations(lambda: index.generation, lambda: index))
    with TestClient(create_app(live, page=light_page)) as client:
        live.wait(10)
        yield client


def ask(client: TestClient, **parameters: str) -> list[dict[str, str]]:
    response = client.get("/api/figures", params=parameters)
    assert response.status_code == 200, response.text
    found: list[dict[str, str]] = response.json()["figures"]
    return found


def test_a_figure_with_its_sentence_and_the_way_to_it(served: TestClient) -> None:
    text = DAXING.read_text(encoding="utf-8")
    (figure,) = ask(served, indicator="固投", aspect="数值", status="完成", period="2022上半年", q="固定资产投资完成")
    assert (figure["value"], figure["unit"], figure["text"]) == ("442.1", "亿元", "442.1亿元")
    assert (figure["indicator"], figure["region"], figure["period"]) == ("固定资产投资", "大兴区", "2022上半年")
    assert figure["quote"] in text
    assert figure["text"] in figure["quote"]
    assert set(figure) == {
        *("indicator", "aspect", "value", "unit", "text", "period", "region", "scope", "status"),
        *("report_id", "report_title", "issuer", "published", "section", "paragraph"),
        *("quote", "start", "end", "url"),
    }
    reader = served.get(figure["url"]).text
    marked = unescape("".join(re.findall("<mark>(.*?)</mark>", reader)))
    assert marked == figure["quote"]
    assert f'id="{figure["url"].partition("#")[2]}"' in reader


def test_pages_of_figures_join_without_a_gap(served: TestClient) -> None:
    whole = served.get("/api/figures", params={"limit": "1000"}).json()
    assert whole["total"] == len(whole["figures"]) > 2 * figures.LIMIT
    first, second = ask(served), ask(served, offset=str(figures.LIMIT))
    assert first + second == whole["figures"][: 2 * figures.LIMIT]
    assert ask(served, offset=str(whole["total"])) == []


def test_empty_fields_of_a_form_do_not_matter(served: TestClient) -> None:
    assert served.get("/api/figures?region=&aspect=&q=+&limit=").json()["total"] > 100


def test_repeated_regions_are_several(served: TestClient) -> None:
    assert served.get("/api/figures?region=海淀&region=大兴").json()["total"] > 100


@pytest.mark.parametrize(
    ("query", "code", "said"),
    [
        ("period=近年", "invalid_period", "近年"),
        ("aspect=增速", "invalid_aspect", "可用的有:数值、同比"),
        ("status=done", "invalid_status", "可用的有:完成、计划、预计"),
        ("report=none", "invalid_report", "none"),
        ("limit=0", "invalid_limit", "1 到 1000"),
        ("limit=1001", "invalid_limit", "1 到 1000"),
        ("limit=１０", "invalid_limit", "1 到 1000"),
        ("offset=-1", "invalid_offset", "-1"),
        ("offset=99999999999999", "invalid_offset", "999"),
        ("format=pdf", "invalid_format", "json、csv、xlsx"),
        ("limit=20000&format=xlsx", "invalid_limit", "1 到 10000"),
        ("period=2017&period=2018", "invalid_period", "只能写一个"),
        ("regoin=大兴", "invalid_request", "regoin"),
        ("q=" + "问" * 201, "invalid_q", "200"),
    ],
)
def test_what_has_no_meaning_is_named(served: TestClient, query: str, code: str, said: str) -> None:
    response = served.get(f"/api/figures?{query}")
    assert response.status_code == 422
    error = response.json()["error"]
    assert error["code"] == code
    assert said in error["message"]


def test_a_csv_has_every_figure_and_whole_links(served: TestClient) -> None:
    response = served.get("/api/figures", params={"aspect": "同比", "format": "csv"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert "filename*=UTF-8''%E6%8C%87%E6%A0%87.csv" in response.headers["content-disposition"]
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    expected = ask(served, aspect="同比", limit="1000")
    assert [row["原句"] for row in rows] == [figure["quote"] for figure in expected]
    assert rows[0]["链接"] == "http://testserver" + expected[0]["url"]


def test_a_workbook_has_every_figure(served: TestClient) -> None:
    response = served.get("/api/figures", params={"aspect": "同比", "format": "xlsx"})
    assert response.headers["content-type"] == figures.XLSX
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet.max_row == 1 + len(ask(served, aspect="同比", limit="1000"))


def test_a_file_is_never_cut_without_a_word(served: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(figures.EXPORT_LIMIT, "xlsx", 10)
    response = served.get("/api/figures?format=xlsx")
    assert response.status_code == 422
    assert "最多 10 个" in response.json()["error"]["message"]
    assert served.get("/api/figures?format=xlsx&limit=10").status_code == 200


def test_workbooks_do_not_take_the_whole_processor(served: TestClient) -> None:
    with figures.WORKBOOKS, figures.WORKBOOKS:
        response = served.get("/api/figures?format=xlsx&limit=1")
        assert response.status_code == 503
        assert response.headers["retry-after"]
        assert served.get("/api/figures?format=csv&limit=1").status_code == 200
    assert served.get("/api/figures?format=xlsx&limit=1").status_code == 200


def test_is_described_and_answers_head(served: TestClient) -> None:
    assert served.head("/api/figures").status_code == 200
    described = served.get("/openapi.json").json()["paths"]["/api/figures"]["get"]["parameters"]
    for parameter in described:
        query = {"limit": "1", "offset": "0", "format": "json", "period": "2022", "aspect": "同比", "status": "完成"}
        query |= {"report": ask(served, limit="1")[0]["report_id"]}
        value = query.get(parameter["name"], "x")
        assert served.get("/api/figures", params={parameter["name"]: value}).status_code == 200


# The page


def page(client: TestClient, **parameters: str) -> str:
    response = client.get("/figures", params=parameters)
    assert response.status_code == 200
    return response.text


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_the_page_lists_figures_with_the_way_to_their_sentences(served: TestClient) -> None:
    html = page(served, indicator="固定资产投资")
    (total,) = re.findall(r"<h2>([\d,]+) 个数据</h2>", html)
    rows = re.findall(r'<td class="quote">.*?<a href="([^"]+)"', html, re.DOTALL)
    assert len(rows) == min(int(total), ROWS)
    assert served.get(unescape(rows[0])).text.count("<mark>") == 1
    assert "<script" not in html
    assert "style=" not in html


def test_pages_follow_each_other(served: TestClient) -> None:
    first = page(served)
    assert 'rel="prev"' not in first
    (following,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = served.get(unescape(following)).text
    assert f"第 {ROWS + 1}-" in second
    assert 'rel="prev"' in second
    assert 'rel="next"' not in page(served, page="9999")


def test_the_form_keeps_what_was_chosen_and_each_choice_can_be_undone(served: TestClient) -> None:
    html = page(served, indicator="GDP", aspect="同比", q="增长")
    assert 'name="indicator" list="indicators" value="GDP"' in html
    assert "<option selected>同比</option>" in html
    undone = [unescape(address) for address in re.findall(r'<li><a href="([^"]+)" title="去掉', html)]
    assert f"/figures?aspect={quote('同比')}&q={quote('增长')}" in undone


def test_exports_carry_the_filters(served: TestClient) -> None:
    html = page(served, aspect="同比", page="2")
    (address,) = [unescape(a) for a in re.findall(r'href="(/api/figures[^"]+)"', html) if "csv" in a]
    assert address == f"/api/figures?aspect={quote('同比')}&format=csv"
    assert served.get(address).status_code == 200


def test_a_filter_without_meaning_is_said_and_the_form_stays(served: TestClient) -> None:
    response = served.get("/figures", params={"period": "近年", "indicator": "GDP"})
    assert response.status_code == 422
    assert 'role="alert">时期“近年”无法识别' in response.text
    assert 'value="GDP"' in response.text


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999", "regoin=1", "period=2017&period=2018"])
def test_other_nonsense_is_said_too(served: TestClient, query: str) -> None:
    response = served.get(f"/figures?{query}")
    assert response.status_code == 422
    assert 'role="alert"' in response.text


def test_nothing_found_is_said(served: TestClient) -> None:
    assert "没有符合条件的数据" in page(served, q="火星")


def test_what_a_visitor_writes_is_never_markup(served: TestClient) -> None:
    html = page(served, indicator=HOSTILE, region=HOSTILE, q=HOSTILE, scope=HOSTILE)
    assert "<script" not in html
    assert "49" not in re.findall(r'name="indicator"[^>]*', html)[0]


def test_what_a_report_says_is_never_markup() -> None:
    report = make_report(title=HOSTILE)
    figure = make_figure(report, HOSTILE)
    catalogue = Catalogue([make_report(title=HOSTILE, figures=(figure,))])
    html, _ = figures_page(catalogue, {})
    assert "<script" not in html
    assert HOSTILE in words(html)


def test_the_page_has_the_strict_policy(served: TestClient) -> None:
    assert "default-src 'none'" in served.get("/figures").headers["content-security-policy"]


# What is drawn


def entries(*rows: tuple[str, str, str, str]) -> list[Entry]:
    """Figures of 地区生产总值, as (region, period, value with its unit, status)."""
    report = make_report()
    made = []
    for region, period, written, status in rows:
        number, unit = re.fullmatch(r"(-?[\d.]+)(.*)", written).groups()  # type: ignore[union-attr]
        figure = make_figure(report, "地区生产总值")
        changes = {"region": region, "period": period, "value": Decimal(number), "unit": unit, "text": written}
        made.append(Entry(report, report.passages[0], replace(figure, status=status, **changes)))  # type: ignore[arg-type]
    return made


def test_years_of_one_place_are_a_series_in_one_unit() -> None:
    plot = plot_of(
        entries(
            *(("甲市", f"{y}年", v, "完成") for y, v in ((2020, "9000亿元"), (2021, "1.1万亿元"), (2022, "1.2万亿元")))
        )
    )
    assert plot
    (series,) = plot.series
    assert (series.name, series.axis, series.unit) == ("甲市地区生产总值", "时间", "万亿元")
    assert [(p.label, p.value, p.text) for p in series.points] == [
        ("2020年", "0.9", "9000亿元"),
        ("2021年", "1.1", "1.1万亿元"),
        ("2022年", "1.2", "1.2万亿元"),
    ]
    assert [plot.entries[p.citation - 1].figure.text for p in series.points] == [p.text for p in series.points]


def test_places_in_one_year_are_bars() -> None:
    plot = plot_of(entries(("甲市", "2022年", "5亿元", "完成"), ("乙市", "2022年", "6亿元", "完成")))
    assert plot
    assert [(s.name, s.axis, len(s.points)) for s in plot.series] == [("2022年地区生产总值", "地区", 2)]


def test_places_over_years_are_lines_with_their_names() -> None:
    plot = plot_of(entries(*((p, f"{y}年", "5亿元", "完成") for p in ("甲市", "乙市") for y in (2021, 2022))))
    assert plot
    assert [(s.name, s.axis) for s in plot.series] == [("甲市", "时间"), ("乙市", "时间")]
    assert plot.title == "地区生产总值"


def test_many_places_are_compared_in_the_year_that_has_most_of_them() -> None:
    many = [(f"{n}市", "2022年", "5亿元", "完成") for n in range(8)]
    plot = plot_of(entries(*many, ("1市", "2021年", "5亿元", "完成")))
    assert plot
    assert (plot.series[0].name, plot.left_out) == ("2022年地区生产总值", 1)


def test_what_cannot_be_compared_is_left_out_and_counted() -> None:
    years = [("甲市", f"{y}年", "5%", "完成") for y in (2020, 2021, 2022)]
    plot = plot_of(entries(*years, ("甲市", "2022年", "0.3个百分点", "完成"), ("甲市", "2022上半年", "6%", "完成")))
    assert plot
    assert (len(plot.entries), plot.left_out) == (3, 2)


def test_one_figure_is_no_series() -> None:
    assert plot_of(entries(("甲市", "2022年", "5亿元", "完成"))) is None
    assert plot_of([]) is None
    assert plot_of(entries(("甲市", "", "5亿元", "完成"), ("乙市", "", "5亿元", "完成"))) is None
