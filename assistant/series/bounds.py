"""How a report words an amount that is no single number: "7.5%左右", "6%-6.5%", "1100万人以上", "下降3.4%以上".

Such an amount is compared by its bounds and shown as it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.language.folding import fold
from ingest.language.quantities import Quantity, quantities
from ingest.language.units import Dimension, split_unit, unit_size
from ingest.report import Figure

_BEFORE = r"(?:约为?|大约|近|接近|超过?|突破|逾|不低于|不少于|不超过|不高于|低于|高于|不到|不足|至少|大于|小于"
_BEFORE = rf"{_BEFORE}|跨[过上]|迈[上过]|跃上|站上)"
_AFTER = r"(?:左右|上下|及?以[上下内])"
_TO = r"\s*[-~至到]{1,2}\s*"
_FALL = re.compile(r"(?:下降|降低|减少|回落|下滑|下跌|降|减)")
# what stands before a number and belongs to it: "下降", "超过"
_LEAD = re.compile(rf"(?:{_FALL.pattern}了?)?{_BEFORE}?\s*$")
_TAIL = re.compile(rf"\s*{_AFTER}")
_LEAST = re.compile(r"不低于|不少于|至少|以上|跨[过上]|迈[上过]|跃上|站上")
_ABOVE = re.compile(r"超|突破|逾|高于|大于")
_MOST = re.compile(r"不超过|不高于|以内|以下")
_BELOW = re.compile(r"(?<!不)低于|不到|不足|(?<!不)小于")
_ROUGH = re.compile(r"左右|上下|约|近")


@dataclass(frozen=True, slots=True)
class Bounds:
    """An amount in base units: not below `low`, not above `high`, None where that is left open.

    `main` is the number that is written, the lower one of a range. `strict` says that an open side leaves the number
    itself out ("超过30万亿元"); `rough` that it is only about the number.
    """

    main: Decimal
    low: Decimal | None
    high: Decimal | None
    dimension: Dimension
    strict: bool = False
    rough: bool = False

    @property
    def order(self) -> tuple[Decimal, Decimal, int]:
        """What bounds are ranked by: the number written, the end of a range, and then "以上" before a plain number."""
        end = self.high if self.high is not None and self.low is not None else self.main
        return self.main, end, (self.high is None) - (self.low is None)


def bounds_of(text: str, *, falls: bool = False) -> Bounds | None:
    """Return the bounds that folded `text` words, None where it holds no amount; `falls` says that it is a decrease.

    >>> bounds_of("6%-6.5%").high, bounds_of("1100万人以上").low == 11000000, bounds_of("下降3%左右").main
    (Decimal('6.5'), True, Decimal('-3'))
    """
    found = quantities(text)
    if not found:
        return None
    sign = -1 if falls or _FALL.match(text) else 1
    first, dimension = sign * found[0].base, found[0].dimension
    if len(found) == 2 and re.fullmatch(_TO, text[found[0].end : found[1].start]):
        low, high = sorted((first, sign * found[1].base))
        return Bounds(low, low, high, dimension)
    if _LEAST.search(text) or _ABOVE.search(text):
        return replace(_open(first, dimension, upward=sign > 0), strict=not _LEAST.search(text))
    if _MOST.search(text) or _BELOW.search(text):
        return replace(_open(first, dimension, upward=sign < 0), strict=not _MOST.search(text))
    return Bounds(first, first, first, dimension, rough=bool(_ROUGH.search(text)))


def _open(main: Decimal, dimension: Dimension, *, upward: bool) -> Bounds:
    return Bounds(main, main if upward else None, None if upward else main, dimension)


@dataclass(frozen=True, slots=True)
class Written:
    """An amount as a passage words it, at `start:end` of its clause."""

    text: str
    start: int
    end: int
    bounds: Bounds


def written(clause: str, quantity: Quantity, others: tuple[Quantity, ...], figure: Figure) -> Written:
    """Return the amount that `quantity` of a folded clause belongs to, with the other end of a range and the words that
    bound it; `others` are all the quantities of the clause."""
    start, end = quantity.start, quantity.end
    for other in others:
        if re.fullmatch(_TO, clause[end : other.start]):
            end = other.end
        elif re.fullmatch(_TO, clause[other.end : start]):
            start = other.start
    if m := _LEAD.search(clause[:start]):
        start = m.start()
    if m := _TAIL.match(clause[end:]):
        end += m.end()
    text = re.sub(r"\s", "", clause[start:end])
    falls = figure.value < 0
    found = bounds_of(text, falls=falls)
    if falls and not _FALL.match(text):
        text = f"下降{text}"
    if found is None:
        base = quantity.base * (-1 if falls else 1)
        found = Bounds(base, base, base, quantity.dimension)
    return Written(text, start, end, found)


def shared_dimension(figure: Figure, dimension: Dimension) -> str:
    """Return what figures must share to be compared: the dimension, the currency, what is counted."""
    plain = split_unit(figure.unit)[1]
    if dimension in (Dimension.COUNT, Dimension.MONEY, Dimension.ENERGY):
        return f"{dimension.value}{plain.removesuffix('人民币')}"
    return dimension.value


def in_unit(value: Decimal, unit: str) -> str:
    """Return an amount in base units as a plain decimal of `unit`: 6.75E10 in 亿斤 -> "1350"."""
    return f"{(value / unit_size(unit)).quantize(Decimal('0.0001')).normalize():f}"


def folded(text: str) -> str:
    """Return `text` folded and without spaces, as amounts are compared."""
    return re.sub(r"\s", "", fold(text))
