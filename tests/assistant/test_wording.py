"""The wording of questions: width, script, English, politeness, spoken names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.wording import named, plain, translate, without_padding, written_out

PLAIN = {
    "full width": ("２０２２年上半年ＧＤＰ", "2022年上半年GDP"),
    "traditional": ("社會消費品零售總額", "社会消费品零售总额"),
    "zero width": ("固定资产\u200b投资", "固定资产投资"),
    "direction marks": ("固定\u202e资产", "固定资产"),
    "letter o for zero": ("2o22年", "2022年"),
    "many spaces": ("  固投 \u3000 多少\n", "固投 多少"),
    "full width percent": ("增长５％", "增长5%"),
}


@pytest.mark.parametrize(("text", "expected"), PLAIN.values(), ids=PLAIN)
def test_plain_text_is_half_width_and_simplified(text: str, expected: str) -> None:
    assert plain(text) == expected


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="固投上半年多少 ＧＤＰ２５％。?？總額零售o0Ⅳ①", max_size=30))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


TRANSLATED = {
    "first half": ("fixed asset investment in the first half", "固定资产投资 上半年"),
    "growth of a quarter": ("first quarter GDP growth", "一季度 GDP 同比增长"),
    "target": ("target of fixed asset investment", "目标 固定资产投资"),
    "rank": ("PM2.5 rank", "PM2.5 排名"),
    "no English": ("上半年固投", "上半年固投"),
    "an abbreviation alone": ("GDP多少", "GDP多少"),
}


@pytest.mark.parametrize(("text", "expected"), TRANSLATED.values(), ids=TRANSLATED)
def test_english_words_of_statistics_are_translated(text: str, expected: str) -> None:
    assert translate(text) == expected


PADDED = {
    "greeting": ("您好,想了解一下大兴区上半年留抵退税退了多少钱?", "大兴区上半年留抵退税退了多少钱?"),
    "please": ("请问固投多少", "固投多少"),
    "wish": ("我想知道GDP", "GDP"),
    "English greeting": ("hello, 固投多少", "固投多少"),
    "thanks": ("失业率多少,谢谢", "失业率多少"),
    "nothing but a greeting": ("你好", "你好"),
    "nothing but thanks": ("谢谢", "谢谢"),
}


@pytest.mark.parametrize(("text", "expected"), PADDED.values(), ids=PADDED)
def test_padding_falls_away_unless_it_is_all(text: str, expected: str) -> None:
    assert without_padding(text) == expected


WRITTEN_OUT = {
    "and": ("地方级和区级财政收入", "地方级财政收入和区级财政收入"),
    "enumeration comma": ("地方级、区级财政收入增速", "地方级财政收入、区级财政收入增速"),
    "two whole names": ("固投和社零的增速", "固投和社零的增速"),
    "nothing shared": ("固定资产投资多少", "固定资产投资多少"),
}


@pytest.mark.parametrize(("text", "expected"), WRITTEN_OUT.values(), ids=WRITTEN_OUT)
def test_a_shared_noun_is_said_of_each(text: str, expected: str) -> None:
    assert written_out(text) == expected


SPOKEN = {
    "growth target": ("经济增长目标是多少", "地区生产总值增长目标是多少"),
    "growth rate": ("经济增速", "地区生产总值增速"),
    "words of a measure": ("稳定经济增长措施", "稳定经济增长措施"),
}


@pytest.mark.parametrize(("text", "expected"), SPOKEN.values(), ids=SPOKEN)
def test_spoken_names_become_the_names_of_reports(text: str, expected: str) -> None:
    assert named(text) == expected
