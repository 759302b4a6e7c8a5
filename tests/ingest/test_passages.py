"""ingest.passages: paragraphs, their run-in headings, and their slices."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.formats.document import Line, RawDocument, compose
from ingest.outline import outline
from ingest.passages import passages, run_in_heading
from ingest.report import Passage
from ingest.text import count_tokens

SENTENCE = "上半年，固定资产投资完成442.1亿元，总量全市排名第三。"


def sliced(document: RawDocument, budget: int = 512) -> list[Passage]:
    return passages(document, outline(document, ()), "abc", budget)


@pytest.mark.parametrize(
    ("paragraph", "heading"),
    [
        ("项目投资保持高水平。统筹好重大活动。", "项目投资保持高水平"),
        ("“两区”建设稳步推进。完成方案。", "“两区”建设稳步推进"),
        (
            "（一）着力稳定宏观经济大盘，保持经济运行在合理区间。今年赤字率2.8%。",
            "着力稳定宏观经济大盘，保持经济运行在合理区间",
        ),
        ("1.海洋科学。重点研究海洋资源。", "海洋科学"),
        ("一是粮食生产稳步推进。目前，长势良好。", "粮食生产稳步推进"),
        ("——经济保持恢复发展。国内生产总值增长8.1%。", "经济保持恢复发展"),
        ("完成投资442.1亿元。增长0.6%。", ""),
        ("消费增长较快，投资平稳。其他。", ""),
        ("今年工作很重要。我们要努力。", ""),
        ("项目投资保持高水平。", ""),
        ("没有句号的一行", ""),
        ("这一句话特别特别长长长长长长长长长长长长长长。后文。", ""),
    ],
)
def test_a_short_first_sentence_names_its_paragraph(paragraph: str, heading: str) -> None:
    assert run_in_heading(paragraph) == heading


def test_a_bold_beginning_names_its_paragraph() -> None:
    assert run_in_heading("着力扩大内需，促进消费：发放消费券580万元。", lead=12) == "着力扩大内需，促进消费"
    assert run_in_heading("全部，都是粗体。没有正文。", lead=13) == ""


def test_passages_are_numbered_with_the_headings() -> None:
    found = sliced(compose(map(Line, ("一、工作", SENTENCE, "二、任务", SENTENCE))))
    assert [(passage.id, passage.paragraph, passage.section) for passage in found] == [
        ("abc-p2", 2, ("一、工作",)),
        ("abc-p4", 4, ("二、任务",)),
    ]


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    found = sliced(compose([Line("项目投资保持高水平。" + SENTENCE * 20)]), budget=100)
    assert len(found) > 3
    assert all(passage.text.endswith("。") for passage in found)
    assert all(count_tokens(passage.text) <= 100 for passage in found)
    assert {(passage.paragraph, passage.heading) for passage in found} == {(1, "项目投资保持高水平")}
    assert [passage.id for passage in found][:2] == ["abc-p1.1", "abc-p1.2"]
    assert "".join(passage.text for passage in found) == "项目投资保持高水平。" + SENTENCE * 20


def test_a_sentence_that_is_too_long_is_cut_at_clauses() -> None:
    found = sliced(compose([Line("投资完成442.1亿元，" * 60 + "完成。")]), budget=50)
    assert all(passage.text[-1] in "，。" for passage in found)


@settings(max_examples=60, deadline=None)
@example("33，.a333𠀀", 5)  # "33，.a" has more tokens than "33，" and ".a" apart
@given(st.text(alphabet=st.sampled_from("固定资产投资𠀀3.5%，。；：“”《》\n　 abc—"), max_size=400), st.integers(4, 60))
def test_every_passage_is_a_slice_of_the_text_within_the_budget(text: str, budget: int) -> None:
    document = compose(map(Line, text.split("\n")))
    found = sliced(document, budget)
    assert all(document.text[passage.start : passage.end] == passage.text for passage in found)
    assert all(passage.text and passage.text == passage.text.strip() for passage in found)
    assert all(count_tokens(passage.text) <= budget for passage in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
