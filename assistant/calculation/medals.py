"""The medals of a clause that counts them by metal: "9金、5银、6铜"."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.calculation.computation import Computation, declared, plain
from assistant.calculation.operands import Operand, Operands, named


def medals(operands: Operands) -> Computation | None:
    """Return how many medals were won in all, None where no clause counts them by metal."""
    found = _row(operands)
    if len(found) < 2:
        return None
    unit = _asked_unit(operands)
    values = [o.figure.value for o in found]
    formula = f"{' + '.join(map(plain, values))} = {plain(sum(values, Decimal(0)))}"
    return declared(f"合计{plain(sum(values, Decimal(0)))}{unit}", "", formula, unit, found)


# "9金、5银": a number and the one or two words of what it counts
_ROW = re.compile(r"\d+(?:枚|块)?[\u4e00-\u9fff]{1,2}(?:(?:、|和)\d+(?:枚|块)?[\u4e00-\u9fff]{1,2})+")
_MEDALS = re.compile(r"奖牌|几块牌|多少牌")


def _row(operands: Operands) -> list[Operand]:
    """Return the numbers of one clause that together are what is asked for: gold, silver and bronze of the medals."""
    terms = tuple(t for t in operands.terms if not _MEDALS.search(t.text))
    for operand in operands.any_of(operands.terms, operands.question.period, stated=operands.question.year_stated):
        if not _ROW.search(operand.clause) or not re.search("金.*银|银.*铜", operand.clause):
            continue
        if any(t.critical and not t.unknown for t in terms) and named(terms, (), operand) is None:
            continue
        figures = operand.candidate.reading.figures[operand.candidate.clause.index]
        return [
            o for f in figures if re.match("[金银铜]", (o := Operand(operand.candidate, f)).clause[o.quantity.end :])
        ]
    return []


def _asked_unit(operands: Operands) -> str:
    m = re.search(r"多少(枚|块|个)|几(枚|块|个)", operands.text)
    return (m[1] or m[2]) if m else "枚"
