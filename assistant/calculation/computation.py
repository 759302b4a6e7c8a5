"""A calculation that is declared: its result, its formula, the figures that it is made of, each with its citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.calculation.operands import Operand
from assistant.compose import Statement, statement
from assistant.question import Kind, Question
from ingest.language.units import split_unit, unit_size

LONGEST = 130
"""Characters that the words of a calculation may have; with its citation marks the contract allows 140."""


@dataclass(frozen=True, slots=True)
class Computation:
    """A result with its formula; `operands` pair each number as it stands in its report with its statement."""

    text: str
    formula: str
    unit: str
    operands: tuple[tuple[Decimal, str, Statement], ...]


def declared(said: str, more: str, formula: str, unit: str, used: Sequence[Operand]) -> Computation:
    """Return a calculation in words: `said` names the result, `more` the values behind it, if there is room."""
    text = f"{said}({formula})" if len(said) + len(more) + len(formula) > LONGEST else f"{said}{more}({formula})"
    plain = Question("", "", Kind.FIGURE)
    return Computation(
        text, formula, unit, tuple((o.figure.value, o.figure.unit, statement(plain, o.candidate)) for o in used)
    )


def difference(a: Decimal, b: Decimal) -> str:
    """Return the formula of a - b, a >= b, without a number below zero.

    >>> difference(Decimal("2"), Decimal("-3.6")), difference(Decimal("-1"), Decimal("-3"))
    ('2 + 3.6 = 5.6', '3 - 1 = 2')
    """
    if b >= 0:
        return f"{plain(a)} - {plain(b)} = {plain(a - b)}"
    if a >= 0:
        return f"{plain(a)} + {plain(-b)} = {plain(a - b)}"
    return f"{plain(-b)} - {plain(-a)} = {plain(a - b)}"


def quotient(a: Decimal, b: Decimal) -> tuple[Decimal, str]:
    """Return a / b and the sign before it: to two decimals, from ten on to one, so that three digits tell at least.

    >>> quotient(Decimal(486), Decimal(120)), quotient(Decimal(2870), Decimal(158))
    ((Decimal('4.05'), '='), (Decimal('18.2'), '≈'))
    """
    exact = a / b
    short = rounded(exact, Decimal("0.1" if abs(exact) >= 10 else "0.01"))
    return (short.normalize(), "=") if exact == short else (short, "≈")


def rounded(value: Decimal, like: Decimal) -> Decimal:
    """Round to the decimals of `like`."""
    return value.quantize(Decimal(1).scaleb(min(0, int(like.as_tuple().exponent))), ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """Return a Decimal without exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spoken(operand: Operand) -> str:
    """Return the value with its unit as it is said: "442.1亿元"."""
    return f"{plain(operand.figure.value)}{operand.figure.unit}"


def common_unit(used: Sequence[Operand]) -> str:
    """Return the finest unit of the operands: only its scale may differ ("万亩" and "亩")."""
    return min((o.figure.unit for o in used), key=unit_size)


def scaled(operand: Operand, unit: str) -> Decimal:
    """Return the operand's value in `unit`; a value whose unit has the same scale is not worked out again."""
    if unit_size(operand.figure.unit) == unit_size(unit):
        return operand.figure.value
    ratio = unit_size(operand.figure.unit) / unit_size(unit)
    return operand.figure.value * ratio


def scale_of(unit: str) -> str:
    """Return the scale of a unit: "亿" of "亿元", "" of "家"."""
    return unit[: len(unit) - len(split_unit(unit)[1])]


def about(used: Sequence[Operand], sign: str = "=") -> str:
    """Return "约" where the result is rounded or an operand is."""
    return "约" if sign == "≈" or any(o.approximate for o in used) else ""
