"""The lexicon of indicators, the synonyms, and width folding."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.folding import fold
from ingest.language.indicators import indicators, read_lexicon, synonym_pattern, synonyms

# Words that any sentence of a report may hold: as indicators they would be found everywhere.
GENERIC = frozenset(
    ["企业", "项目", "目标", "任务", "指标", "计划", "工作", "建设", "发展", "经济", "投资", "收入", "支出", "增长",
     "资金", "工程", "措施", "政策", "方案", "服务", "改革", "产业", "面积", "数量", "总量", "规模", "比重",
     "人口", "价格"]
)  # fmt: skip
# Opposites, stages and different measures: no question for one may find the other.
APART = [
    ("开工", "竣工"), ("增长", "下降"), ("收入", "支出"), ("出口", "进口"), ("存款", "贷款"), ("计划", "完成"),
    ("总产值", "增加值"), ("销售额", "销售面积"), ("常住人口", "户籍人口"), ("城镇", "农村"), ("供电", "用电"),
]  # fmt: skip


def test_a_form_belongs_to_one_indicator() -> None:
    forms = Counter(fold(form).lower() for forms in indicators().forms.values() for form in set(forms))
    assert [form for form, count in forms.items() if count > 1] == []


def test_there_are_many_indicators_and_none_is_a_generic_word() -> None:
    assert len(indicators().forms) >= 400
    assert GENERIC.isdisjoint(indicators().names)
    assert all(len(form) > 1 for form in indicators().names)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("GDP", "地区生产总值"), ("固投", "固定资产投资"), ("社零", "社会消费品零售额"),
        ("房价", "新建商品住宅销售价格"),
        ("老百姓收入", "居民人均可支配收入"), ("规上工业增加值", "规模以上工业增加值"),
        ("三公经费", "“三公”经费"), ("总人口", "总人口"),
    ],
)  # fmt: skip
def test_people_and_reports_name_the_same_indicator(form: str, name: str) -> None:
    assert indicators().names[form.lower()] == name


def test_the_longest_form_is_found_where_it_stands() -> None:
    text = "上半年ＧＤＰ与人均GDP"
    assert [(text[a:b], name) for a, b, name in indicators().find(text)] == [
        ("ＧＤＰ", "地区生产总值"),
        ("人均GDP", "人均地区生产总值"),
    ]


def test_a_latin_form_is_a_word_of_its_own() -> None:
    assert [name for _, _, name in indicators().find("PM2.5")] == ["PM2.5浓度"]


@pytest.mark.parametrize("pair", APART)
def test_opposites_are_no_synonyms(pair: tuple[str, str]) -> None:
    one, other = pair
    assert other not in synonyms().get(one, ())
    assert one not in synonyms().get(other, ())


def test_synonyms_go_both_ways_and_a_word_is_not_its_own() -> None:
    for word, others in synonyms().items():
        assert word not in others
        assert all(word in synonyms()[other] for other in others)


def test_the_longest_synonym_is_found_first() -> None:
    found = synonym_pattern().search("安装了充电设施")
    assert found is not None
    assert len(found[0]) > 1


@pytest.mark.parametrize(("content", "line"), [("甲\t乙\n甲\t丙\n", "第2行"), ("\t乙\n", "第1行")])
def test_a_name_twice_or_none_is_refused_with_its_line(tmp_path: Path, content: str, line: str) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=line):
        read_lexicon(path)


@given(st.text())
def test_folding_keeps_the_length_and_folds_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
