"""Formulas of declared calculations, worked out again: "442.1 ÷ 800 × 100% ≈ 55.3%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

from ingest.language.folding import fold

_SCALES = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "": Decimal(1)}
# "442.1", "1.5万", "55.3%", "÷", "(": the pieces of a formula
_PIECE = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?P<scale>万亿|亿|万)?(?P<percent>%)?|(?P<sign>[-+×*÷/()]))")


class FormulaError(ValueError):
    """A formula that cannot be read."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a formula. `amount` is what it counts for: 0.553 for "55.3%", 15000 for "1.5万"."""

    text: str
    amount: Decimal
    step: Decimal
    percent: bool

    @property
    def decimals(self) -> int:
        return len(self.text.partition(".")[2])


@dataclass(frozen=True, slots=True)
class Formula:
    """`numbers` stand left of the equals sign, each with the sign before it; `computed` is what they come to."""

    numbers: tuple[tuple[str, Number], ...]
    computed: Decimal
    shown: Number
    rounded: bool

    @property
    def holds(self) -> bool:
        """Whether the result shown is the one computed; behind "≈" it may be rounded to one or two decimals, or to as
        many as the first number has.

        >>> parse("800 - 442.1 = 357.9").holds, parse("442.1 ÷ 800 × 100% ≈ 55.4%").holds
        (True, False)
        """
        if not self.rounded:
            return self.computed == self.shown.amount
        exact, said = self.computed / self.shown.step, self.shown.amount / self.shown.step
        places = (1, 2, self.numbers[0][1].decimals)
        return said in {exact.quantize(Decimal(1).scaleb(-n), ROUND_HALF_UP) for n in places}


def parse(text: str) -> Formula:
    """Read a formula with one "=" or "≈". Raises FormulaError where it is none."""
    sides = re.split(r"([=≈])", fold(text))
    if len(sides) != 3:
        raise FormulaError(text)
    pieces, result = list(_pieces(sides[0])), list(_pieces(sides[2]))
    if len(result) != 1 or not isinstance(shown := result[0], Number):
        raise FormulaError(text)
    try:
        computed = _Reader(pieces).whole()
    except (DivisionByZero, InvalidOperation, IndexError) as error:
        raise FormulaError(text) from error
    signs = ["+", *(p for p in pieces)]
    numbers = tuple((_sign(before), p) for before, p in zip(signs, pieces, strict=False) if isinstance(p, Number))
    return Formula(numbers, computed, shown, sides[1] == "≈")


def _sign(piece: str | Number) -> str:
    return piece if isinstance(piece, str) and piece in "+-×÷" else "+"


def _pieces(text: str) -> Iterator[str | Number]:
    at = 0
    while at < len(text.rstrip()):
        m = _PIECE.match(text, at)
        if m is None:
            raise FormulaError(text)
        at = m.end()
        if m["sign"]:
            yield {"*": "×", "/": "÷"}.get(m["sign"], m["sign"])
            continue
        step = _SCALES[m["scale"] or ""] * (Decimal("0.01") if m["percent"] else 1)
        yield Number(m["number"], Decimal(m["number"]) * step, step, bool(m["percent"]))


class _Reader:
    """Works out a formula from left to right: sums of products of numbers and brackets."""

    def __init__(self, pieces: list[str | Number]) -> None:
        self._pieces, self._at = pieces, 0

    def whole(self) -> Decimal:
        value = self._sum()
        if self._at != len(self._pieces):
            raise FormulaError("trailing pieces")
        return value

    def _sum(self) -> Decimal:
        value = self._product()
        while self._next() in ("+", "-"):
            sign = self._take()
            other = self._product()
            value = value + other if sign == "+" else value - other
        return value

    def _product(self) -> Decimal:
        value = self._atom()
        while self._next() in ("×", "÷"):
            sign = self._take()
            other = self._atom()
            value = value * other if sign == "×" else value / other
        return value

    def _atom(self) -> Decimal:
        piece = self._take()
        if isinstance(piece, Number):
            return piece.amount
        if piece != "(":
            raise FormulaError(piece)
        value = self._sum()
        if self._take() != ")":
            raise FormulaError("unclosed bracket")
        return value

    def _next(self) -> str | Number:
        return self._pieces[self._at] if self._at < len(self._pieces) else ""

    def _take(self) -> str | Number:
        self._at += 1
        return self._pieces[self._at - 1]
