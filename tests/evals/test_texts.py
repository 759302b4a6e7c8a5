from __future__ import annotations

from evals.texts import ReportText, holds, norm, overlap, spoken


def test_norm_folds_width_spaces_quotes_and_separators() -> None:
    assert norm("投资 １,２００ 亿元“高”") == "投资1200亿元高"


def test_spoken_drops_marks_and_numbering() -> None:
    assert spoken("1. 甲增长5%[1]\n2. 乙增长6%。[2]") == "甲增长5%乙增长6%。"


def test_a_number_is_no_part_of_a_longer_one() -> None:
    assert not holds("150亿元。", "50亿元")
    assert not holds("1.5%。", "5%")
    assert not holds("442.15亿。", "442.1")
    assert not holds("增长62.8%。", "2%")
    assert holds("完成442.1亿元。", "442.1亿")


def test_quotes_are_found_by_offsets_of_the_original() -> None:
    text = "前言。投资“完成”1,200 亿元,同比增长５％。投资完成1200亿元。"
    spans = ReportText("r", "a/b.txt", text).find("投资完成1200亿元")
    assert [text[start:end] for start, end in spans] == ["投资“完成”1,200 亿元", "投资完成1200亿元"]
    assert ReportText("r", "a/b.txt", text).file == "b.txt"


def test_overlap() -> None:
    assert (overlap((0, 5), (3, 9)), overlap((0, 3), (3, 9))) == (2, 0)
