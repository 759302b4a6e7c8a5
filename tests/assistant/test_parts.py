from __future__ import annotations

import pytest

from assistant.parts import parts

TEXTS = {
    "one": ("固投多少", ["固投多少"]),
    "one with a full stop": ("固投多少。", ["固投多少"]),
    "two question marks": ("社零额多少?增速呢", ["社零额多少", "增速呢"]),
    "full-width question marks": ("社零额多少？增速呢？", ["社零额多少", "增速呢"]),
    "a semicolon": ("城镇登记失业率是多少;居民收入增长多少", ["城镇登记失业率是多少", "居民收入增长多少"]),
    "two lines": ("固投多少\n失业率多少", ["固投多少", "失业率多少"]),
    "a comma between questions": ("上半年固投多少,全市第几", ["上半年固投多少", "全市第几"]),
    "a comma inside one": ("上半年,固投多少", ["上半年,固投多少"]),
    "a topic before both": ("大兴区:固投多少?社零呢?", ["大兴区固投多少", "大兴区社零呢"]),
    "a story before": ("我家在黄村,想问问老旧小区改造开工几个?", ["我家在黄村,想问问老旧小区改造开工几个"]),
    "a story in a sentence of its own": ("我家在黄村。老旧小区改造开工几个?", ["我家在黄村,老旧小区改造开工几个"]),
    "a remark after": ("固投多少?我急着用", ["固投多少,我急着用"]),
    "no question word": ("固定资产投资", ["固定资产投资"]),
}


@pytest.mark.parametrize(("text", "questions"), TEXTS.values(), ids=TEXTS)
def test_a_text_is_cut_into_its_questions(text: str, questions: list[str]) -> None:
    assert parts(text) == questions


def test_more_than_three_questions_stay_one_text() -> None:
    assert len(parts("固投多少?社零多少?失业率多少?GDP多少?")) == 1


@pytest.mark.parametrize("text", ["?", "", "。。", ":"])
def test_there_is_always_one(text: str) -> None:
    assert len(parts(text)) == 1
