"""Tables that editors write (CSV, XLSX) -> question files.

A row is a question. Columns may be named in Chinese or English; 问题, 答案 and 证据 are needed, the rest is optional:

    编号  类型  问题                      答案                 证据                       不应出现   报告   备注
                上半年固定资产投资完成多少    442.1亿元            固定资产投资完成442.1亿元     800亿元

In 答案, `;` (or a new line) separates what must all be there, `|` what may stand for each other; 拒答 and 澄清 say that
the question is to be refused, or asked back. In 证据, 不应出现 and 报告 a new line or `|` separates several. A question
of several lines is a conversation.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.dataset import TYPES, DatasetError, Item, Problem

_COLUMNS = {
    "id": ("编号", "id"),
    "type": ("类型", "type"),
    "turns": ("问题", "question", "turns"),
    "gold": ("答案", "标准答案", "expected answer", "expected", "answer", "gold"),
    "evidence": ("证据", "依据", "evidence"),
    "forbid": ("不应出现", "forbid"),
    "reports": ("报告", "reports", "report"),
    "note": ("备注", "note"),
}
_NEEDED = ("turns", "gold", "evidence")
_TYPE_NAMES = {label: key for key, label in TYPES.items()} | {key: key for key in TYPES}
_REFUSE, _CLARIFY = ("拒答", "refuse"), ("澄清", "clarify")


def import_table(path: Path) -> list[Item]:
    """Read a table; raises DatasetError with every cell that cannot be used."""
    rows = _read_xlsx(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _read_csv(path)
    numbered = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if not numbered:
        raise DatasetError(str(Problem(path.name, 0, "", "表是空的。")))
    columns = _columns(path.name, numbered[0][1])
    items: list[Item] = []
    problems: list[Problem] = []
    for number, row in numbered[1:]:
        cells = {field: row[at].strip() for field, at in columns.items() if at < len(row)}
        found = list(_wrong(path.name, number, cells))
        problems += found
        if not found:
            items.append(_item(cells, f"{path.stem}-{len(items) + 1:03d}", number, "reports" in columns))
    if problems:
        raise DatasetError("\n".join(map(str, problems)))
    return items


def _read_csv(path: Path) -> list[list[str]]:
    """Return the rows of a CSV file in UTF-8 or, as Excel writes it here, GB 18030."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DatasetError(str(Problem(path.name, 0, "", f"读不出来({error.strerror})。"))) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    raise DatasetError(str(Problem(path.name, 0, "", "编码既不是 UTF-8 也不是 GB 18030。")))


def _read_xlsx(path: Path) -> list[list[str]]:
    """Return the rows of the first sheet."""
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped]
    except ImportError as error:
        raise DatasetError("读 XLSX 需要附加组件:请运行 pip install 'wenbao[eval]',或另存为 CSV。") from error
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # zip, XML and key errors of a damaged workbook
        raise DatasetError(str(Problem(path.name, 0, "", f"不是能读的 XLSX({error})。"))) from error
    sheet = book.worksheets[0]
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    book.close()
    return rows


def _columns(source: str, head: Sequence[str]) -> dict[str, int]:
    """Return where each field stands."""
    names = [cell.strip().lower() for cell in head]
    columns = {
        field: next(at for at, name in enumerate(names) if name in known)
        for field, known in _COLUMNS.items()
        if any(name in known for name in names)
    }
    missing = [_COLUMNS[field][0] for field in _NEEDED if field not in columns]
    if missing:
        raise DatasetError(str(Problem(source, 1, "", f"表头缺少 {'、'.join(missing)}。")))
    return columns


def _wrong(source: str, number: int, cells: dict[str, str]) -> Iterator[Problem]:
    if not cells.get("turns"):
        yield Problem(source, number, "问题", "是空的。")
    if not cells.get("gold"):
        yield Problem(source, number, "答案", "是空的。报告里没有的,请写“拒答”。")
    if cells.get("type") and cells["type"] not in _TYPE_NAMES:
        yield Problem(source, number, "类型", f"{cells['type']!r} 不可用。可用的值:{'、'.join(TYPES.values())}。")
    if _expect(cells) == "answer" and not cells.get("evidence"):
        yield Problem(source, number, "证据", "是空的。请从报告中复制能证明答案的原文。")


def _expect(cells: dict[str, str]) -> str:
    said = cells.get("gold", "").lower()
    return "refuse" if said in _REFUSE else "clarify" if said in _CLARIFY else "answer"


def _item(cells: dict[str, str], identity: str, line: int, names_reports: bool) -> Item:
    expect, turns = _expect(cells), _several(cells["turns"], r"\n")
    gold = _several(cells["gold"], r"[;；\n]") if expect == "answer" else ()
    kind = _TYPE_NAMES.get(cells.get("type", "")) or _guessed(expect, turns, gold)
    return Item(
        id=cells.get("id") or identity,
        type=kind,
        turns=turns,
        expect=expect,
        gold=tuple(_several(group, r"\|") for group in gold),
        forbid=_several(cells.get("forbid", ""), r"[|\n]"),
        evidence=_several(cells.get("evidence", ""), r"[|\n]") if expect == "answer" else (),
        reports=_several(cells.get("reports", ""), r"[|\n]") if names_reports else None,
        note=cells.get("note", ""),
        line=line,
    )


def _several(cell: str, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(separator, cell) if part.strip())


def _guessed(expect: str, turns: Sequence[str], gold: Sequence[str]) -> str:
    """Return the type of a row that names none."""
    if expect != "answer":
        return "unanswerable" if expect == "refuse" else "clarify"
    if len(turns) > 1:
        return "followup"
    if len(gold) > 1:
        return "list"
    return "figure" if re.search(r"\d", gold[0]) else "text"
