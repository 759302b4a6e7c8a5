"""How much of one thing comes on each of another: "平均每家企业注册资本多少", "1元消费券拉动多少元消费"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.calculation.computation import Computation
from assistant.calculation.operands import Operand, Operands, is_ratio, value
from assistant.calculation.relations import each
from assistant.matching import match
from ingest.language.indicators import indicators
from ingest.language.quantities import quantities
from ingest.language.units import Dimension, split_unit

# "平均每家企业", "每户", "平均一个项目", "每1元", "1元消费券"
_PER = re.compile(
    r"(?:平均|均摊|均)(?:下来|到|算)?每?一?(?P<unit>[家户个人名亩套辆件场次项条所处座位])(?P<noun>[\u4e00-\u9fff]{0,8})"
    r"|每(?:一|1)?(?P<each>[家户个人名亩套辆件场次项条所处座位元])(?P<what>[\u4e00-\u9fff]{0,8})"
    r"|(?<!\d)[1一](?P<yuan>[元块])钱?(?P<spent>[\u4e00-\u9fff]{0,8})|(?P<head>人|户)均"
    r"|(?P<one>[一])(?P<counted>[个家户套件项所])[\u4e00-\u9fff]{0,6}平均"
)
_UNITS = ({"家", "户", "个", "所", "座"}, {"人", "名", "位"}, {"元", "块"}, {"个", "项", "条", "件"})
# How much of the question's words the two figures must hold between them.
_ENOUGH = 0.7


def average(operands: Operands) -> Computation | None:
    """The quotient of two figures of one sentence, the lower one counted in the unit that the question names."""
    m = _PER.search(operands.text)
    if m is None or any(start <= m.start() < end for start, end, _ in indicators().find(operands.text)):
        return None  # "人均可支配收入" is an indicator of its own
    unit = m["unit"] or m["each"] or m["yuan"] or m["head"] or m["counted"]
    noun = (m["noun"] or m["what"] or m["spent"] or "")[:2]
    best = max(_ranked(operands, unit, noun), key=lambda found: found[0], default=None)
    return each(*best[1]) if best else None


def _ranked(operands: Operands, unit: str, noun: str) -> Iterator[tuple[tuple[float, ...], tuple[Operand, Operand]]]:
    """Yield the pairs of figures that may be divided, each with how well it holds what is asked."""
    question = operands.question
    terms = operands.terms
    every = [o for o in operands.any_of(terms, question.period, stated=question.year_stated) if value(o)]
    every = [o for o in every if not is_ratio(o) and o.figure.value > 0]
    given = {q.base for q in quantities(operands.text) if q.value > 1}
    total = sum(t.weight for t in terms if not t.unknown) or 1.0
    for below in every:
        if not _counted_in(below, unit):
            continue
        for above in every:
            if not _spread_over(operands, above, below):
                continue
            words = f"{above.window} {below.window} {above.around} {below.around}"
            held = sum(t.weight * match(t, words) for t in terms if not t.unknown) / total
            if held < _ENOUGH or any(t.indicator and match(t, words) < _ENOUGH for t in terms):
                continue
            own = sum(t.weight * match(t, above.window) for t in terms) / total
            of_noun = float(bool(noun) and noun in below.window)
            apart = abs(above.candidate.clause.index - below.candidate.clause.index) / 10
            yield (float(below.base in given), of_noun + own + held - apart), (above, below)


def _counted_in(below: Operand, unit: str) -> bool:
    plain_unit = split_unit(below.figure.unit)[1]
    alike = any({plain_unit, unit} <= group for group in _UNITS)
    return below.figure.value > 1 and (plain_unit == unit or alike)


def _spread_over(operands: Operands, above: Operand, below: Operand) -> bool:
    """Whether `above` may be what comes on each of `below`: another figure of its sentence and time."""
    if above.figure == below.figure or not above.same_sentence(below) or above.figure.period != below.figure.period:
        return False
    asked = operands.question.hole.dimension
    of_money = asked is None and (_MONEY.search(operands.text) or below.dimension is Dimension.MONEY)
    if asked is Dimension.MONEY or of_money:
        return above.dimension is Dimension.MONEY
    if asked is None or asked is Dimension.COUNT:
        return (
            split_unit(above.figure.unit)[1] != split_unit(below.figure.unit)[1]
            or above.dimension is not below.dimension
        )
    return above.dimension is asked


# "投资多少", "注册资本": money, unless a unit says otherwise
_MONEY = re.compile(r"资本|投资|资金|补贴|补助|租金|多少[万亿]|多少元|几个?亿")
