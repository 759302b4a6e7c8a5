"""The figure gate: a statement whose number was touched anywhere does not pass, an untouched one does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.compose import Statement, numbers, statement
from assistant.evidence import candidates
from assistant.verify import passes, unsupported
from tests.assistant.samples import Visitor

quickly = settings(max_examples=60, deadline=None, derandomize=True, database=None)

# spoken, quote: what looks alike but is not said
TRAPS = {
    "inside a longer number": ("完成50亿元", "完成150亿元"),
    "the decimals of another": ("完成1亿元", "完成442.1亿元"),
    "one digit": ("完成542.7亿元", "完成442.1亿元"),
    "decimal dropped": ("完成442亿元", "完成442.1亿元"),
    "decimal added": ("增长12.0%", "增长12%"),
    "万 dropped": ("惠及1.49名党员", "1.49万余名党员"),
    "亿 for 万": ("发放1500亿元", "发放1500万元消费券"),
    "元 for 万元": ("发放1500元", "发放1500万元消费券"),
    "万 written out": ("培训15000人次", "培训1.5万人次"),
    "percent for points": ("高54.5%", "高于全市平均水平54.5个百分点"),
    "points for percent": ("增长45.8个百分点", "同比增长45.8%"),
    "another rank": ("排名全市第二", "全市排名第三"),
    "another year": ("2023年完成442.1亿元", "2022年完成442.1亿元"),
    "a range for a number": ("增长5%-6%", "增长5%左右"),
    "two numbers, one right": ("完成442.1亿元,增长0.7%", "完成442.1亿元,增长0.6%"),
    "a number where there is none": ("完成12家", "各项工作进展顺利"),
}


@pytest.mark.parametrize(("spoken", "quote"), TRAPS.values(), ids=TRAPS)
def test_a_number_that_the_quote_does_not_state_is_found(spoken: str, quote: str) -> None:
    assert unsupported(spoken, quote)


SAME = {
    "word for word": ("固定资产投资完成442.1亿元", "上半年,固定资产投资完成442.1亿元,总量全市排名第三"),
    "full width": ("增长0.6%", "同比增长０．６％"),
    "thousands separator": ("完成1164亿元", "完成1,164亿元"),
    "rank": ("全市排名第三", "总量全市排名第三"),
    "no number": ("力争年内开业", "力争新光界年内开业"),
}


@pytest.mark.parametrize(("spoken", "quote"), SAME.values(), ids=SAME)
def test_what_the_quote_states_is_supported(spoken: str, quote: str) -> None:
    assert unsupported(spoken, quote) == []


def test_numbers_are_read_whole() -> None:
    assert numbers("150个、1.5万、1,164亿元、PM2.5、12345") == ["150", "1.5", "1164", "2.5", "12345"]


@dataclass(frozen=True)
class Amount:
    """A number as a report writes it."""

    whole: int
    decimals: str
    unit: str

    @property
    def digits(self) -> str:
        return f"{self.whole}.{self.decimals}" if self.decimals else str(self.whole)

    def __str__(self) -> str:
        return f"{self.digits}{self.unit}"


# Each unit beside those that it must not be taken for.
UNITS = {
    "亿元": ("万元", "元", "亿美元", "%"),
    "万元": ("亿元", "元"),
    "%": ("个百分点", "‰", "倍"),
    "个百分点": ("%",),
    "万平方米": ("平方米", "公顷"),
    "万人": ("人", "万户"),
    "家": ("个", "万家"),
}

amounts = st.builds(
    Amount,
    st.integers(1, 9999),
    st.one_of(st.just(""), st.from_regex(r"[0-9]?[1-9]", fullmatch=True)),
    st.sampled_from(list(UNITS)),
)


def _digit_changed(amount: Amount, draw: Callable[[int], int]) -> str:
    digits = amount.digits
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    at = places[draw(len(places))]
    changed = (int(digits[at]) + 1 + draw(9)) % 10
    return f"{digits[:at]}{changed}{digits[at + 1 :]}{amount.unit}"


def _digit_dropped(amount: Amount, draw: Callable[[int], int]) -> str:
    assume(amount.whole > 9)
    whole = str(amount.whole)
    kept = whole[1:] if draw(2) else whole[:-1]
    assume(not kept.startswith("0"))
    return f"{kept}{amount.digits[len(whole) :]}{amount.unit}"


def _digit_added(amount: Amount, draw: Callable[[int], int]) -> str:
    return f"{1 + draw(9)}{amount}"


def _decimals_dropped(amount: Amount, draw: Callable[[int], int]) -> str:
    assume(amount.decimals)
    return f"{amount.whole}{amount.unit}"


def _decimals_only(amount: Amount, draw: Callable[[int], int]) -> str:
    assume(amount.decimals and not amount.decimals.startswith("0") and amount.decimals != str(amount.whole))
    return f"{amount.decimals}{amount.unit}"


def _zero_added(amount: Amount, draw: Callable[[int], int]) -> str:
    return f"{amount.digits}{'0' if amount.decimals else '.0'}{amount.unit}"


def _unit_swapped(amount: Amount, draw: Callable[[int], int]) -> str:
    others = UNITS[amount.unit]
    return f"{amount.digits}{others[draw(len(others))]}"


MUTATIONS = [
    _digit_changed,
    _digit_dropped,
    _digit_added,
    _decimals_dropped,
    _decimals_only,
    _zero_added,
    _unit_swapped,
]


@quickly
@given(amounts, st.sampled_from(["上半年,固定资产投资完成{}", "新增{},位居全市前列", "其中{}已落实"]))
def test_an_untouched_amount_is_supported(amount: Amount, sentence: str) -> None:
    assert unsupported(sentence.format(amount), "截至6月底," + sentence.format(amount) + ",同比提高") == []


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__.strip("_").replace("_", " "))
@quickly
@given(amount=amounts, data=st.data())
def test_a_touched_amount_is_found(
    mutate: Callable[[Amount, Callable[[int], int]], str], amount: Amount, data: st.DataObject
) -> None:
    touched = mutate(amount, lambda count: data.draw(st.integers(0, count - 1)))
    assume(touched != str(amount))
    assert unsupported(f"固定资产投资完成{touched}", f"固定资产投资完成{amount},位居前列")


SAID = [
    "上半年固定资产投资完成多少",
    "固定资产投资同比增长多少",
    "固定资产投资全年任务是多少",
    "城镇登记失业率是多少",
    "临空区新增企业多少家",
    "12345承办群众来电多少件",
    "6月份规模以上工业总产值是多少",
    "举办了第几届西瓜节",
    "今年计划竣工政策性住房多少套",
]


every_statement = pytest.mark.parametrize("question", SAID, ids=[f"statement {n}" for n, _ in enumerate(SAID, 1)])


def stated(visitor: Visitor, question: str) -> Statement:
    """Return what the best evidence says, as the pipeline composes it."""
    [asked] = visitor.assistant.understanding.understand(question)
    return statement(asked, candidates(asked, visitor.assistant.search(asked))[0])


@every_statement
def test_what_is_composed_passes(daxing: Visitor, question: str) -> None:
    assert passes(stated(daxing, question))


@every_statement
def test_no_digit_of_a_statement_can_be_changed(daxing: Visitor, question: str) -> None:
    said = stated(daxing, question)
    quote = said.candidate.reading.passage.text[said.start : said.end]
    for at in [i for i, letter in enumerate(said.text) if letter.isdigit()]:
        for digit in "0123456789":
            touched = f"{said.text[:at]}{digit}{said.text[at + 1 :]}"
            if touched != said.text and set(numbers(touched)) - set(numbers(quote)):
                assert not passes(replace(said, text=touched)), touched


@pytest.mark.parametrize("prefix", ["2021年上半年,", "2023年,", "今年8月,"])
def test_a_period_that_the_figure_does_not_have_fails(daxing: Visitor, prefix: str) -> None:
    said = stated(daxing, "建安投资完成多少")
    assert not passes(replace(said, text=f"{prefix}建安投资完成161.8亿元"))


def test_the_period_of_the_figure_may_be_said(daxing: Visitor) -> None:
    said = stated(daxing, "建安投资完成多少")
    assert passes(replace(said, text="2022年上半年,建安投资完成161.8亿元"))
