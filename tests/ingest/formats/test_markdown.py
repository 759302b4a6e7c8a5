"""ingest.formats.markdown"""

from __future__ import annotations

import pytest

from ingest.formats.document import RawDocument
from ingest.formats.markdown import read


def lines(text: str) -> list[str]:
    document = read(text.encode())
    return [document.line(i) for i in range(len(document.blocks))]


def document(text: str) -> RawDocument:
    return read(text.encode())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 一、工作 #", ["一、工作"]),
        ("**投资**完成*442.1*亿元", ["投资完成442.1亿元"]),
        ("见[北京市](https://a.cn/b)和<https://c.cn>", ["见北京市和https://c.cn"]),
        ("![图](a.png)正文", ["正文"]),
        ("- 甲\n- 乙", ["甲", "乙"]),
        ("> 引文", ["引文"]),
        ("5*6*7、a_b_c、`x*y`", ["5*6*7、a_b_c、x*y"]),
        ("第一行\n续行", ["第一行续行"]),
        ("GDP grew\nby 5%", ["GDP grew by 5%"]),
        ("第一段。\n第二段。", ["第一段。", "第二段。"]),
        ("甲\n\n---\n\n乙", ["甲", "乙"]),
        ("甲<!-- 注 -->乙<br>丙", ["甲乙 丙"]),
        (r"1\.5亿元\*", ["1.5亿元*"]),
        ("| 指标 | 值 |\n|---|--:|\n| 粮食 | 650.0 |", ["指标 | 值", "粮食 | 650.0"]),
        ("```\n代码\n```", ["代码"]),
    ],
)
def test_words_stay_and_syntax_goes(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


def test_headings_keep_their_level() -> None:
    found = document("# 题\n\n## 一\n\n甲\n===\n乙\n---\n")
    assert [block.level for block in found.blocks] == [1, 2, 1, 2]


def test_the_length_of_a_bold_beginning_is_known() -> None:
    assert [block.lead for block in document("**投资稳定。**完成442.1亿元。").blocks] == [5]


def test_front_matter_is_metadata() -> None:
    found = document("---\nregion: 大兴区\n---\n# 题")
    assert (found.metadata.region, found.text) == ("大兴区", "题")
