"""Figures for other programs: JSON, CSV and XLSX, each with its source."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from assistant.catalogue import Entry

BOM = "\ufeff"
"""Excel reads a CSV without it as the code page of the machine, not as UTF-8."""
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CELL_LIMIT = 32767


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters on a sheet, what stands in it."""

    heading: str
    width: int
    value: Callable[[Entry], str | int | Decimal]


COLUMNS = (
    Column("指标", 24, lambda entry: entry.figure.indicator),
    Column("方面", 10, lambda entry: entry.figure.aspect),
    Column("数值", 12, lambda entry: entry.figure.value),
    Column("单位", 10, lambda entry: entry.figure.unit),
    Column("原文写法", 14, lambda entry: entry.figure.text),
    Column("时期", 14, lambda entry: entry.figure.period),
    Column("地区", 14, lambda entry: entry.figure.region),
    Column("范围", 12, lambda entry: entry.figure.scope),
    Column("状态", 8, lambda entry: entry.figure.status),
    Column("报告", 36, lambda entry: entry.report.title),
    Column("发布机构", 18, lambda entry: entry.report.issuer),
    Column("发布日期", 12, lambda entry: entry.report.published),
    Column("章节", 30, lambda entry: " › ".join(entry.passage.section)),
    Column("段落", 6, lambda entry: entry.passage.paragraph),
    Column("原句", 60, lambda entry: entry.quote),
    Column("报告编号", 16, lambda entry: entry.report.id),
)
_LINK = "链接"


def record(entry: Entry) -> dict[str, Any]:
    """A figure with its source, as JSON: `start:end` are the half-open offsets of the sentence in the report."""
    figure, report = entry.figure, entry.report
    return {
        "indicator": figure.indicator,
        "aspect": figure.aspect,
        "value": f"{figure.value:f}",
        "unit": figure.unit,
        "text": figure.text,
        "period": figure.period,
        "region": figure.region,
        "scope": figure.scope,
        "status": figure.status,
        "report_id": report.id,
        "report_title": report.title,
        "issuer": report.issuer,
        "published": report.published,
        "section": list(entry.passage.section),
        "paragraph": entry.passage.paragraph,
        "quote": entry.quote,
        "start": entry.start,
        "end": entry.end,
        "url": entry.link,
    }


def csv_lines(entries: Iterable[Entry], site: str) -> Iterator[str]:
    """Yield a CSV, line by line: BOM, headings, a row for each figure. `site` goes before the links: "http://host"."""
    yield BOM + _line([*(column.heading for column in COLUMNS), _LINK])
    for entry in entries:
        cells = [column.value(entry) for column in COLUMNS]
        yield _line([*(guarded(_written(cell)) for cell in cells), site + entry.link])


def _line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def _written(cell: str | int | Decimal) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else _CONTROL.sub("", str(cell))


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: the words of a report are data.

    >>> guarded("=HYPERLINK(1)"), guarded("-4.6"), guarded("固定资产投资")
    ("'=HYPERLINK(1)", '-4.6', '固定资产投资')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def write_xlsx(entries: Iterable[Entry], site: str, file: IO[bytes]) -> None:
    """Write a workbook: one sheet, its headings frozen, numbers as numbers, every text as a text."""
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
    from openpyxl.styles import Font  # type: ignore[import-untyped]
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    book = Workbook(write_only=True)
    sheet = book.create_sheet("指标")
    sheet.freeze_panes = "A2"
    for n, width in enumerate([*(column.width for column in COLUMNS), 40], 1):
        sheet.column_dimensions[get_column_letter(n)].width = width

    def cell(value: str | int | Decimal, *, bold: bool = False) -> object:
        made = WriteOnlyCell(sheet, _CONTROL.sub("", value)[:_CELL_LIMIT] if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"  # or "=1+1" becomes a formula
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(heading, bold=True) for heading in [*(column.heading for column in COLUMNS), _LINK]])
    rows = 1
    for entry in entries:
        sheet.append([*(cell(column.value(entry)) for column in COLUMNS), cell(site + entry.link)])
        rows += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS) + 1)}{rows}"
    book.save(file)
