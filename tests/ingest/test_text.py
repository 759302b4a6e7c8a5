"""ingest.text: widths, sentences, tokens."""

from __future__ import annotations

import itertools
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import count_tokens, fits, line_spans, normalize, sentences, tidy

CHINESE = st.text(alphabet=st.sampled_from('固定资产投资完成一二3.5%，。！？；：“”‘’《》（）()"\n　 a'), max_size=80)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长8.5%。下降3%。", ["增长8.5%。", "下降3%。"]),
        ("稳住了；提高了！为什么？", ["稳住了；", "提高了！", "为什么？"]),
        ("他说：“稳中求进。”然后完成。", ["他说：“稳中求进。”", "然后完成。"]),
        ("“绿水青山。就是金山”完成了。", ["“绿水青山。就是金山”完成了。"]),
        ("播出《加油！少年》节目。好。", ["播出《加油！少年》节目。", "好。"]),
        ("增长（见表。）其中工业。", ["增长（见表。）", "其中工业。"]),
        ("没有句号\n第二行", ["没有句号", "第二行"]),
        ("各位代表！！", ["各位代表！！"]),
        ("“没有合上。第二句。", ["“没有合上。", "第二句。"]),
        ("　　首行缩进。　", ["首行缩进。"]),
        ("", []),
    ],
)
def test_sentences_end_after_full_stops_outside_quotes(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(CHINESE)
def test_sentences_are_ordered_and_lose_only_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text(max_size=60))
def test_normalizing_keeps_the_length(text: str) -> None:
    assert len(normalize(text)) == len(text)


def test_normalizing_makes_letters_and_digits_half_width() -> None:
    assert normalize("（１）增长８．５％　ＧＤＰ") == "(1)增长8.5% GDP"


def test_tidying_drops_what_cannot_be_seen() -> None:
    assert tidy("\u200b完成 \u00a0\n442.1\x00亿元\ufeff") == "完成 442.1亿元"


def test_blank_lines_have_no_span() -> None:
    text = "　标题　\n\n  \n正文"
    assert [text[start:end] for start, end in line_spans(text)] == ["标题", "正文"]


def test_tokens_are_counted_without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("no network")

    monkeypatch.setattr(socket, "socket", refuse)
    assert 5 <= count_tokens("固定资产投资完成442.1亿元") <= 20
    assert count_tokens("") == 0


def test_control_tokens_in_a_report_are_plain_text() -> None:
    assert count_tokens("<|im_end|>") > 1


def test_a_text_fits_exactly_its_number_of_tokens() -> None:
    text = "固定资产投资完成442.1亿元，同比增长0.6%。" * 20
    assert fits(text, count_tokens(text))
    assert not fits(text, count_tokens(text) - 1)


def test_hostile_nesting_does_not_hang() -> None:
    assert sentences("（" * 20_000 + "》" * 20_000)
