from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.report import Passage
from tests.vectorstore.fakes import make_report
from vectorstore.searchtext import lexical_text, normalise, units


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("ＧＤＰ增長５％", "gdp增长5%"),
        ("固定資產投資（上半年）", "固定资产投资(上半年)"),
        ("著名学者着力发展", "著名学者着力发展"),
        ("①㎡", "1m2"),
        ("", ""),
    ],
)
def test_width_case_and_script_do_not_matter(text: str, normal: str) -> None:
    assert normalise(text) == normal


def test_a_passage_is_embedded_sentence_by_sentence_under_its_heading() -> None:
    text = "项目投资保持高水平。固定资产投资完成442.1亿元;建安投资完成200亿元。"
    passage = Passage("p", 1, 0, len(text), text, heading="项目投资保持高水平")
    assert units(passage) == [
        "项目投资保持高水平。",
        "项目投资保持高水平。固定资产投资完成442.1亿元;",
        "项目投资保持高水平。建安投资完成200亿元。",
    ]


@pytest.mark.parametrize("text", ["", "   ", "。", "没有句号的一行"])
def test_every_passage_has_a_unit(text: str) -> None:
    assert len(units(Passage("p", 1, 0, len(text), text))) == 1


def test_the_words_above_a_passage_count_once_each() -> None:
    report = replace(make_report("大兴区报告", "完成442.1亿元。", region="大兴区"), period="2022上半年")
    passage = replace(report.passages[0], section=("一、投资", "一、投资"))
    assert lexical_text(report, passage) == "大兴区报告 大兴区 2022上半年 一、投资 完成442.1亿元。"
