"""Figures as CSV and XLSX."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]

from assistant.catalogue import Entry
from assistant.export import BOM, COLUMNS, csv_lines, guarded, write_xlsx
from ingest.report import Figure
from tests.assistant.web.fakes import make_figure, make_report

SITE = "https://wenbao.example"
FORMULAS = (
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("x")',
)


def entry(**changes: object) -> Entry:
    """A figure whose report or whose own fields are changed."""
    own = {name: changes.pop(name) for name in list(changes) if name in Figure.__dataclass_fields__}
    report = make_report(**changes)  # type: ignore[arg-type]
    return Entry(report, report.passages[0], replace(make_figure(report, "固定资产投资"), **own))  # type: ignore[arg-type]


def read_csv(*entries: Entry) -> list[dict[str, str]]:
    text = "".join(csv_lines(entries, SITE))
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline="")))


def test_a_row_has_the_figure_and_its_source() -> None:
    (row,) = read_csv(entry())
    assert row == {
        "指标": "固定资产投资",
        "方面": "数值",
        "数值": "442.1",
        "单位": "亿元",
        "原文写法": "442.1亿元",
        "时期": "2022上半年",
        "地区": "大兴区",
        "范围": "",
        "状态": "完成",
        "报告": "关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告",
        "发布机构": "区发改委",
        "发布日期": "2022-08-29",
        "章节": "一、上半年计划执行情况 › (一)有效投资持续扩大",
        "段落": "5",
        "原句": "上半年,固定资产投资完成442.1亿元,同比增长12.5%,排名全市第三。",
        "报告编号": "daxing-2022-h1",
        "链接": SITE + entry().link,
    }


def test_begins_with_a_mark_that_excel_knows_utf_8_by() -> None:
    assert "".join(csv_lines([], SITE)).encode().startswith(b"\xef\xbb\xbf\xe6\x8c\x87")


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_a_report_is_a_text(formula: str) -> None:
    (row,) = read_csv(entry(indicator=formula))
    assert row["指标"] == f"'{formula}"


def test_a_negative_value_stays_a_number() -> None:
    (row,) = read_csv(entry(value=Decimal("-4.60"), text="-4.60%"))
    assert row["数值"] == "-4.60"
    assert row["原文写法"] == "'-4.60%"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("=+-@＝＋－＠\t\r\n 　'\"1.a数") | st.characters(), max_size=12))
def test_no_cell_is_ever_taken_for_a_formula(text: str) -> None:
    cell = guarded(text)
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == text
    opening = cell.lstrip()[:1]
    assert opening not in tuple("=+@＝＋－＠") or not opening
    if opening == "-":
        Decimal(cell)  # a number and nothing else
    assert not cell.startswith(("\t", "\r", "\n"))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20))
def test_every_text_survives_as_one_cell(text: str) -> None:
    made = entry(scope=text.encode(errors="ignore").decode())
    (row,) = read_csv(made)
    kept = "".join(letter for letter in made.figure.scope if letter.isprintable() or letter in "\t\r\n")
    shown = "".join(letter for letter in row["范围"] if letter.isprintable() or letter in "\t\r\n")
    assert shown.removeprefix("'") == kept.removeprefix("'")


def test_a_workbook_has_numbers_texts_and_frozen_headings() -> None:
    file = io.BytesIO()
    write_xlsx([entry(value=Decimal("-4.6"), scope="=1+1", indicator="a\x00b\x1fc")], SITE, file)
    sheet = load_workbook(file).active
    assert [cell.value for cell in sheet[1]] == [*(column.heading for column in COLUMNS), "链接"]
    row = {heading.value: cell for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert row["数值"].value == -4.6
    assert (row["范围"].value, row["范围"].data_type) == ("=1+1", "s")
    assert row["指标"].value == "abc"
    assert row["原句"].value == entry().quote
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:Q2"
