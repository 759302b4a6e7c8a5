from __future__ import annotations

from pathlib import Path

import pytest

from evals.dataset import DatasetError, Item, as_json, read_set
from evals.importing import import_table

ROWS = [
    ["问题", "答案", "证据", "类型", "不应出现"],
    ["上半年投资多少", "442.1亿元|442.1亿", "固定资产投资完成442.1亿元", "", "800亿"],
    ["投资和消费各多少", "442.1亿元;254.3亿元", "投资完成442.1亿元\n零售额254.3亿元", "", ""],
    ["海淀区投资多少", "拒答", "", "", ""],
    ["怎么样", "澄清", "", "", ""],
    ["投资多少\n同比呢", "12.5%", "同比增长12.5%,排名第三", "追问", ""],
]


def check(items: list[Item], stem: str) -> None:
    assert [(i.id, i.type, i.expect) for i in items] == [
        (f"{stem}-001", "figure", "answer"),
        (f"{stem}-002", "list", "answer"),
        (f"{stem}-003", "unanswerable", "refuse"),
        (f"{stem}-004", "clarify", "clarify"),
        (f"{stem}-005", "followup", "answer"),
    ]
    assert items[0].gold == (("442.1亿元", "442.1亿"),)
    assert items[0].forbid == ("800亿",)
    assert items[1].gold == (("442.1亿元",), ("254.3亿元",))
    assert items[1].evidence == ("投资完成442.1亿元", "零售额254.3亿元")
    assert items[4].turns == ("投资多少", "同比呢")
    assert items[0].reports is None


def as_csv(rows: list[list[str]]) -> str:
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_reads_csv_in_the_encodings_that_editors_have(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(as_csv(ROWS).encode(encoding))
    check(import_table(path), "table")


def test_reads_xlsx(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "sheet.xlsx")
    check(import_table(tmp_path / "sheet.xlsx"), "sheet")


def test_english_columns_and_reports(tmp_path: Path) -> None:
    path = tmp_path / "en.csv"
    path.write_text(
        as_csv([["question", "expected answer", "evidence", "reports"], ["多少", "5个", "共有5个项目", "a.txt|b.txt"]])
    )
    assert import_table(path)[0].reports == ("a.txt", "b.txt")


def test_the_imported_file_is_a_question_file(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(as_csv(ROWS), encoding="utf-8")
    made = tmp_path / "table.jsonl"
    made.write_text("".join(as_json(i) + "\n" for i in import_table(table)), encoding="utf-8")
    one, problems = read_set(made)
    assert (len(one.items), problems) == (5, [])


def test_every_cell_that_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = [ROWS[0], ["", "5个", "共有5个项目", "", ""], ["多少", "", "", "", ""], ["多少", "5个", "", "数字", ""]]
    path.write_text(as_csv(rows), encoding="utf-8")
    with pytest.raises(DatasetError) as caught:
        import_table(path)
    said = str(caught.value)
    assert "table.csv 第 2 行 问题:是空的。" in said
    assert "table.csv 第 3 行 答案:是空的。报告里没有的,请写“拒答”。" in said
    assert "table.csv 第 4 行 证据:是空的" in said
    assert "table.csv 第 4 行 类型:'数字' 不可用" in said


def test_a_table_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("问题,答案\n多少,5个\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="表头缺少 证据"):
        import_table(path)
    (tmp_path / "bad.xlsx").write_bytes(b"no workbook")
    with pytest.raises(DatasetError, match="不是能读的 XLSX"):
        import_table(tmp_path / "bad.xlsx")
