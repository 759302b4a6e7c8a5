"""What a question takes for granted, and whether the report of 大兴区 says so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.premise import as_figure, premise_of, verdict
from assistant.question import Hole, Kind
from ingest.language.aspects import Aspect
from ingest.language.units import Dimension
from tests.assistant.looking import premise_and_figure, read
from tests.assistant.samples import Visitor, bare

Stated = tuple[str, int, bool, int | None]

# what is stated: the amount or rank, the direction, that it is the last, among the first how many
STATED: dict[str, tuple[str, Stated]] = {
    "an amount": ("建安投资达到300亿元了吗", ("300亿元", 0, False, None)),
    "a rank": ("建安投资全市第二,对吗", ("第二", 0, False, None)),
    "the last": ("建安投资是不是全市垫底", ("", 0, True, None)),
    "among the first": ("建安投资进了全市前五名没有", ("", 0, False, 5)),
    "a rise": ("建安投资增加了吗", ("", 1, False, None)),
    "a fall": ("社零额缩水的原因是什么", ("", -1, False, None)),
    "a rise by so much": ("社零额涨了7.5%吗", ("7.5%", 1, False, None)),
    "a fall by so much": ("社零额怎么会暴跌30%", ("30%", -1, False, None)),
    "a fall in a unit of its own": ("优良天数少了9天吗", ("9天", -1, False, None)),
    "negative growth": ("社零额负增长了吗", ("", -1, False, None)),
    "the name of a rate states no direction": ("社零额增长率达到6%了吗", ("6%", 0, False, None)),
    "a level apart from the verb": ("增加的建安投资总共达到300亿元了吗", ("300亿元", 0, False, None)),
}


@pytest.mark.parametrize(("text", "stated"), STATED.values(), ids=STATED)
def test_a_question_states(daxing: Visitor, text: str, stated: Stated) -> None:
    premise = premise_of(read(daxing, text))
    assert premise is not None
    quantity, direction, last, among = stated
    assert (premise.quantity.text if premise.quantity else "") == quantity
    assert (premise.direction, premise.last) == (direction, last)
    assert premise.among == (None if among is None else Decimal(among))


@pytest.mark.parametrize("text", ["建安投资全市第一对吗", "建安投资是全市第一吗"])
def test_a_rank_right_before_the_question_word_is_stated(daxing: Visitor, text: str) -> None:
    assert premise_of(read(daxing, text)) is not None


NOTHING = {
    "a hole": "建安投资完成了多少",
    "both directions": "社零额到底是涨还是跌",
    "whether at all": "建安投资是否有增长",
    "how much it grew": "建安投资增长了多少",
    "a bound says which are meant": "8000万元以上的项目开工了吗",
    "a count says which are meant": "那7家机构都叫什么",
    "a numeral without a unit of its own": "两个新项目开工了吗",
    "the first months are no rank": "前三个月建安投资怎么样",
    "a statement without a number": "口袋公园建好了吗",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_a_question_states_nothing(daxing: Visitor, text: str) -> None:
    assert premise_of(read(daxing, text)) is None


ASPECTS = {
    "rank": ("建安投资全市第二,对吗", Aspect.RANK),
    "last": ("建安投资是不是全市倒数第一", Aspect.RANK),
    "among the first": ("建安投资排进前五了吗", Aspect.RANK),
    "direction": ("建安投资下滑了吗", Aspect.YEAR_ON_YEAR),
    "amount": ("建安投资达到300亿元了吗", None),
}


@pytest.mark.parametrize(("text", "aspect"), ASPECTS.values(), ids=ASPECTS)
def test_the_side_that_a_premise_speaks_of_is_asked_for(daxing: Visitor, text: str, aspect: Aspect | None) -> None:
    question = read(daxing, text)
    premise = premise_of(question)
    assert premise is not None
    assert premise.aspect is aspect
    wanted = as_figure(question, premise)
    assert wanted.kind is Kind.FIGURE
    assert wanted.aspects == ((aspect,) if aspect else question.aspects)
    assert wanted.hole == (Hole() if aspect else Hole(Dimension.MONEY))


VERDICTS = {
    "the rank": ("建安投资全市第三,对吗", True),
    "another rank": ("建安投资全市第二,对吗", False),
    "a rank among the first": ("建安投资排进前五了吗", True),
    "a rank behind the first": ("建安投资排进前二了吗", False),
    "the first is not the last": ("“服务包”企业的收入是不是垫底", False),
    "whether a rank is the last no report says": ("建安投资是不是垫底", None),
    "the amount": ("建安投资完成了161.8亿元,对吗", True),
    "another amount": ("建安投资达到300亿元了吗", False),
    "about the amount": ("建安投资约160亿元,对吗", True),
    "about another amount": ("建安投资约150亿元,对吗", False),
    "a fall that was one": ("规上工业总产值下降51%了吗", True),
    "a rise that was a fall": ("规上工业总产值涨了51%吗", False),
    "a fall that was a rise": ("固定资产投资下滑了吗", False),
    "the right direction alone proves nothing": ("规上工业总产值是不是在下降", None),
    "a fall by another share": ("规上工业总产值下降40%了吗", False),
}


@pytest.mark.parametrize(("text", "holds"), VERDICTS.values(), ids=VERDICTS)
def test_a_figure_confirms_or_contradicts(daxing: Visitor, text: str, holds: bool | None) -> None:
    assert verdict(*premise_and_figure(daxing, text)) is holds


def test_a_figure_of_another_side_decides_nothing(daxing: Visitor) -> None:
    premise, figure = premise_and_figure(daxing, "建安投资全市第二,对吗")
    assert verdict(premise, replace(figure, aspect=Aspect.VALUE.value)) is None


def test_an_amount_in_another_dimension_decides_nothing(daxing: Visitor) -> None:
    premise, figure = premise_and_figure(daxing, "建安投资达到300亿元了吗")
    assert verdict(premise, replace(figure, text="12家", unit="家", value=Decimal(12))) is None


OPENINGS = {
    "so": ("建安投资完成了161.8亿元,对吗", "是的,"),
    "not so": ("建安投资达到300亿元了吗", "不是,"),
    "taken for granted and wrong": ("规上工业总产值涨了51%,什么原因", "与问题所说不同:"),
}


@pytest.mark.parametrize(("text", "opening"), OPENINGS.values(), ids=OPENINGS)
def test_an_answer_opens_with_what_the_premise_is_worth(daxing: Visitor, text: str, opening: str) -> None:
    assert bare(daxing.ask(text).answer).startswith(bare(opening))
