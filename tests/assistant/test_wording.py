"""The wording of questions: width, script, English, politeness, spoken names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.vocabulary import sound
from assistant.wording import latin_to_sound, named, plain, provinces_spelt, translate, without_padding, written_out
from ingest.language.indicators import indicators

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
    "the longest phrase": ("forest coverage rate target", "森林覆盖率 目标"),
    "a name of an indicator": ("Retail sales, exports and inflation", "社会消费品零售额, 出口总额 和 居民消费价格"),
    "a name longer than one": ("policy housing completion target", "政策性住房 竣工 目标"),
    "a whole word": ("Daxing history", "Daxing history"),
    "plural": ("hospitals, companies", "医院, 企业"),
    "past and progressive": ("planned, demolished, demolishing, introduced", "计划, 拆除, 拆除, 引入"),
    "a word of its own in -ing": ("housing", "住房"),
    "hyphens": ("high-standard farmland", "高标准农田"),
    "possessive": ("Daxing's rank", "Daxing 排名"),
    "beside Chinese": ("hydrogen示范区 引入多少家企业", "氢能示范区 引入多少家企业"),
    "counted nouns": ("how many elevators will be installed this year", "多少部电梯 将 加装 今年"),
    "any case": ("What Is The GDP Target", "GDP 目标"),
    "all in capitals": ("HOW MANY ELEVATORS", "多少部电梯"),
    "a longer phrase with an article": ("GDP a year ago", "GDP 去年同期"),
    "against the average": ("compared with the municipal average", "与全市平均相比"),
}


@pytest.mark.parametrize(("text", "expected"), TRANSLATED.values(), ids=TRANSLATED)
def test_english_words_stand_for_those_of_reports(text: str, expected: str) -> None:
    assert translate(text) == expected


PERIODS = {
    "quarter": ("Q1 2022 GDP", "2022年一季度 GDP"),
    "quarter in lower case": ("GDP q3", "GDP 三季度"),
    "half": ("H2", "下半年"),
    "half of a year": ("first half of 2022", "2022年上半年"),
    "half after its year": ("2022 H1", "2022年上半年"),
    "half beside Chinese": ("2022H1固投", "2022年上半年固投"),
    "half of last year": ("the first half of last year", "去年上半年"),
    "three quarters": ("first three quarters of 2021", "2021年前三季度"),
    "month": ("in June 2022", "2022年6月"),
    "months": ("GDP from January to May", "GDP 1-5月"),
    "short months": ("Jan-Jun 2022", "2022年1-6月"),
    "two months": ("April and May", "4月和5月"),
    "May": ("retail sales May 2022", "社会消费品零售额 2022年5月"),
    "may": ("GDP may grow", "GDP 同比增长"),
    "end of a month": ("by the end of June", "6月底"),
    "end of the year": ("by the end of the year", "年底"),
    "plan": ("during the 14th Five-Year Plan period", "“十四五”时期"),
    "same period": ("the same period last year", "去年同期"),
    "hours": ("hotline 12h", "热线 12h"),
}


@pytest.mark.parametrize(("text", "expected"), PERIODS.values(), ids=PERIODS)
def test_english_periods_are_read(text: str, expected: str) -> None:
    assert translate(text) == expected


UNITS = {
    "million": ("15 million yuan", "15百万元"),
    "billion": ("1.2 billion yuan", "1.2十亿元"),
    "trillion": ("3 trillion", "3万亿"),
    "hundred million": ("5 hundred million yuan", "5亿元"),
    "percent": ("5 percent", "5%"),
    "points": ("1.6 percentage points", "1.6个百分点"),
    "area": ("20 square meters", "20平方米"),
    "scale alone": ("how many million yuan", "多少 百万元"),
}


@pytest.mark.parametrize(("text", "expected"), UNITS.values(), ids=UNITS)
def test_english_units_join_their_numbers(text: str, expected: str) -> None:
    assert translate(text) == expected


UNTOUCHED = {
    "no English": "上半年固投",
    "an abbreviation alone": "GDP多少",
    "abbreviations": "APP、5G、VOCs、RCEP、M2、PPI、CPI、PM2.5、R&D、LNG、REITs、CDMO、T-EDGE",
    "words in capitals": "IT产业和MALL、PARK、FAST",
    "a name": "SpaceX",
    "a strain": "H1N1",
}


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_abbreviations_and_names_stay(text: str) -> None:
    assert translate(text) == text


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="固投上半年多少2022GDPMA5 %,?", max_size=30))
def test_text_without_english_words_is_not_changed(text: str) -> None:
    assert translate(plain(text)) == plain(text)


def test_every_english_name_of_an_indicator_is_translated() -> None:
    names = {f: name for name, forms in indicators().forms.items() for f in forms if f.isascii() and f.islower()}
    assert len(names) > 80
    assert {form: translate(form) for form in names} == names


PINYIN = {
    "商品房": "shangpinfang",
    "固定资产": "gudingzichan",
    "投资": "Touzi",
    "现": "xian",
    "西安": "xi'an",
    "能源": "nengyuan",
    "旧电": "jiudian",
    "绿色": "lvse",
    "策略": "celue",
    "女": "nü",
    "违法建设": "weifajianshe",
    "大兴": "daxing",
}


@pytest.mark.parametrize(("chinese", "word"), PINYIN.items(), ids=PINYIN.values())
def test_pinyin_sounds_as_its_characters(chinese: str, word: str) -> None:
    assert latin_to_sound(word) == sound(chinese)


@pytest.mark.parametrize("word", ["housing", "change", "SpaceX", "xyz", "gdp", "shangpinf", "5G", "固投", "", "'"])
def test_other_words_are_no_pinyin(word: str) -> None:
    assert latin_to_sound(word) is None


PADDED = {
    "greeting": ("您好,想了解一下大兴区上半年留抵退税退了多少钱?", "大兴区上半年留抵退税退了多少钱?"),
    "please": ("请问固投多少", "固投多少"),
    "wish": ("我想知道GDP", "GDP"),
    "English greeting": ("hello, 固投多少", "固投多少"),
    "thanks": ("失业率多少,谢谢", "失业率多少"),
    "English greeting before a word": ("Hi there, GDP?", "GDP?"),
    "a word that begins like a greeting": ("history of Daxing", "history of Daxing"),
    "English thanks": ("GDP多少 thx", "GDP多少"),
    "more thanks": ("GDP target, thank you very much!", "GDP target"),
    "English request": ("Could you please tell me the GDP target", "the GDP target"),
    "English wish": ("I'd like to know the GDP target, please", "the GDP target"),
    "English story": ("Good morning, sorry to bother you, quick question: GDP多少", "GDP多少"),
    "help that is asked about": ("measures to help companies", "measures to help companies"),
    "nothing but English thanks": ("thanks", "thanks"),
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


LETTERS = {
    "京津沪三个直辖市2026年就业目标": "北京、天津、上海2026年就业目标",
    "鲁豫两省谁的增速高": "山东、河南谁的增速高",
    "京津冀协同发展": "京津冀协同发展",
}


@pytest.mark.parametrize(("text", "expected"), LETTERS.items(), ids=LETTERS)
def test_provinces_named_by_their_letters_are_spelt_out(text: str, expected: str) -> None:
    assert provinces_spelt(text) == expected
