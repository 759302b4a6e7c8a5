"""Declared calculations: the result, the formula with the numbers of the report, a cited operand for each."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from assistant.answer import Answer, Status
from tests.assistant.samples import Visitor, bare, holds

CALCULATIONS = {
    "gap": ("固定资产投资离全年任务还差多少", "357.9亿元", "800 - 442.1 = 357.9", "亿元"),
    "gap of a part": ("建安投资还差多少完成全年任务", "188.2亿元", "350 - 161.8 = 188.2", "亿元"),
    "gap between 万亩 and 亩": ("平原造林还差多少亩完成目标", "522亩", "10000 - 9478 = 522", "亩"),
    "sum": ("地方级财政收入和区级财政收入一共多少", "164.8亿元", "101.7 + 63.1 = 164.8", "亿元"),
    "difference": ("固定资产投资比建安投资多多少", "280.3亿元", "442.1 - 161.8 = 280.3", "亿元"),
    "last year": ("去年同期固定资产投资是多少", "439.5亿元", "442.1 ÷ (1 + 0.6%) ≈ 439.5", "亿元"),
    "share": ("建安投资占固定资产投资的多少", "36.6%", "161.8 ÷ 442.1 × 100% ≈ 36.6%", "%"),
    "completion": ("城南行动计划完成了全年任务的百分之几", "65.6%", "158 ÷ 241 × 100% ≈ 65.6%", "%"),
    "total from a rate": (
        "市级点位销账4779个完成进度82.4%,总数推算是多少",
        "5800个",
        "4779 ÷ 82.4% ≈ 5800",
        "个",
    ),
}


@pytest.mark.parametrize(("question", "result", "formula", "unit"), CALCULATIONS.values(), ids=CALCULATIONS)
def test_a_calculation_declares_its_formula(
    daxing: Visitor, question: str, result: str, formula: str, unit: str
) -> None:
    answer = daxing.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.calculation is not None, answer.answer
    assert (answer.calculation.formula, answer.calculation.unit) == (formula, unit)
    assert holds(answer.answer, result)
    assert formula in answer.answer
    assert len(bare(answer.answer)) <= 140


@pytest.mark.parametrize("question", [row[0] for row in CALCULATIONS.values()], ids=CALCULATIONS)
def test_every_operand_is_cited_where_it_stands(daxing: Visitor, question: str) -> None:
    answer = daxing.ask(question)
    assert answer.calculation is not None
    assert len(answer.calculation.operands) >= 2
    quotes = {c.n: bare(c.quote) for c in answer.citations}
    for operand in answer.calculation.operands:
        assert holds(quotes[operand.citation], f"{operand.value}{operand.unit}"), quotes[operand.citation]


def test_a_sum_of_three_adds_all_of_them(daxing: Visitor) -> None:
    answer = daxing.ask("粮食、大豆、蔬菜播种面积合计多少")
    assert holds(answer.answer, "36.64万亩")
    assert answer.calculation is not None
    assert sorted(operand.value for operand in answer.calculation.operands) == ["1.24", "12.3", "23.1"]


def test_a_value_per_unit_divides_by_the_count(daxing: Visitor) -> None:
    answer = daxing.ask("平均每家企业注册资本多少")
    assert answer.calculation is not None, answer.answer
    assert {operand.value for operand in answer.calculation.operands} == {"714", "208"}
    assert "÷ 208" in answer.calculation.formula


@pytest.mark.parametrize("question", [row[0] for row in CALCULATIONS.values()], ids=CALCULATIONS)
def test_the_formula_is_right(daxing: Visitor, question: str) -> None:
    answer = daxing.ask(question)
    assert answer.calculation is not None
    left, right = re.split(r"[=≈]", answer.calculation.formula)
    stated = Decimal(right.strip(" %"))
    scale = Decimal(100) if right.endswith("%") else Decimal(1)
    difference = abs(_value(left.replace("× 100%", "")) * scale - stated)
    assert difference <= Decimal("0.5").scaleb(int(stated.as_tuple().exponent))


def _value(expression: str) -> Decimal:
    """Work out "442.1 ÷ (1 + 0.6%)", one step at a time."""
    if match := re.fullmatch(r"(.+?) ÷ \(1 ([+-]) ([\d.]+)%\)\s*", expression):
        growth = Decimal(match[3]) / 100
        return Decimal(match[1]) / (1 + growth if match[2] == "+" else 1 - growth)
    parts = re.split(r"\s([+\-÷])\s", expression.strip())
    total = _number(parts[0])
    for sign, part in zip(parts[1::2], parts[2::2], strict=True):
        number = _number(part)
        total = total + number if sign == "+" else total - number if sign == "-" else total / number
    return total


def _number(text: str) -> Decimal:
    return Decimal(text.strip().rstrip("%")) / (100 if text.strip().endswith("%") else 1)


STATED = {
    "completion": ("固定资产投资完成全年任务的百分之几", "55.3%"),
    "completion rate": ("营商环境改革任务完成率是多少", "84%"),
}


@pytest.mark.parametrize(("question", "fragment"), STATED.values(), ids=STATED)
def test_what_the_report_states_is_not_worked_out(daxing: Visitor, question: str, fragment: str) -> None:
    answer = daxing.ask(question)
    assert answer.calculation is None
    assert holds(answer.answer, fragment)


WITHOUT_OPERANDS = ["进出口总额比固定资产投资少多少", "PM2.5浓度和固定资产投资一共多少"]


@pytest.mark.parametrize("question", WITHOUT_OPERANDS)
def test_nothing_is_worked_out_without_fitting_operands(daxing: Visitor, question: str) -> None:
    answer: Answer = daxing.ask(question)
    assert answer.calculation is None
