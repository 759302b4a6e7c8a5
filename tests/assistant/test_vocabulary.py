from __future__ import annotations

import pytest

from assistant.vocabulary import Vocabulary, pieces, sound
from ingest.report import Report


@pytest.fixture(scope="module")
def vocabulary(report: Report) -> Vocabulary:
    return Vocabulary([report])


CORRECTED = {
    "sounds the same": ("批发和零售业商品消售额", "批发和零售业商品销售额"),
    "in a sentence": ("上半年固订资产投资是多少", "上半年固定资产投资是多少"),
    "retroflex for none": ("地方级才政收入", "地方级财政收入"),
    "right already": ("固定资产投资多少", "固定资产投资多少"),
    "another word, not a misspelt one": ("进出口总额多少", "进出口总额多少"),
    "not Chinese": ("PM2.5 rank", "PM2.5 rank"),
}


@pytest.mark.parametrize(("text", "expected"), CORRECTED.values(), ids=CORRECTED)
def test_a_name_that_sounds_the_same_is_put_right(vocabulary: Vocabulary, text: str, expected: str) -> None:
    assert vocabulary.corrected(text) == expected


def test_a_rare_word_counts_more_than_a_common_one(vocabulary: Vocabulary) -> None:
    assert vocabulary.rarity("西瓜") > vocabulary.rarity("项目")


def test_a_word_that_the_reports_lack_is_the_rarest(vocabulary: Vocabulary) -> None:
    assert vocabulary.rarity("火锅") == vocabulary.highest
    assert not vocabulary.knows("火锅")
    assert vocabulary.knows("西瓜")


def test_nothing_is_not_rare(vocabulary: Vocabulary) -> None:
    assert vocabulary.rarity("") == 0.0


def test_a_vocabulary_of_no_reports_knows_nothing() -> None:
    empty = Vocabulary([])
    assert not empty.knows("投资")
    assert empty.corrected("固定资产投资") == "固定资产投资"


def test_the_pieces_of_a_text() -> None:
    assert list(pieces("固投 PM2.5 多")) == ["固投", "pm2.5", "多"]
    assert list(pieces("投资额")) == ["投资", "资额"]


def test_confused_sounds_are_one() -> None:
    assert sound("零售") == sound("另受")
    assert sound("银") == sound("赢")
