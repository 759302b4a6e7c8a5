"""Two figures side by side -> which of them is more, said before both: "广西壮族自治区更高:…"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import Question
from assistant.series.bounds import Bounds
from assistant.series.keys import side_of
from ingest.language.folding import fold
from ingest.language.statuses import Status
from ingest.language.units import Dimension, unit_dimension, unit_size
from ingest.report import Figure

# "哪个高", "谁增长快", "比去年多还是少", "差距大吗", "一样不一样", "达到没有"
_ASKED = re.compile(
    r"哪(?:一)?[个边家省市区县项笔年种样]|谁|还是|比[^,。?]{1,16}[高低多少大小快慢长短]|[超高低多少大小快慢][过于][^,。?]{1,16}[吗么]|赶[上超]|差(?:距|别|异)|一样|相同|够不够|达到没|达到了?(?:吗|没)|完成了?目标"
)
# greater, less, as the question words it
_PAIRS = (("快", "慢"), ("大", "小"), ("长", "短"), ("多", "少"), ("高", "低"))


def which(question: Question, one: Figure, other: Figure, amounts: Sequence[Bounds] = ()) -> str:
    """Return which of two figures is more, as the words that open the answer; "" where the question does not ask, or
    they cannot be compared; `amounts` are the two as their reports word them, where that is known.

    "5%以上" and "5%左右" are one number, and not the same. A question for the lesser one ("哪个低") is told the lesser.
    """
    text = fold(question.standalone)
    named = _names(one, other)
    sides = {side_of(f.aspect, unit_dimension(f.unit), f.indicator) for f in (one, other)}
    if not _ASKED.search(text) or not named or len(sides) > 1:
        return ""
    if unit_dimension(one.unit) is not unit_dimension(other.unit):
        return ""
    a, b = (f.value * unit_size(f.unit) for f in (one, other))
    if a == b:
        return "两者相同:" if len(set(amounts)) < 2 else "两者数字相同,表述不同:"
    greater, less = _words(text, unit_dimension(one.unit))
    first, second = named
    if set(named) == {"实际", "目标"}:
        return f"实际{greater if (a > b) is (first == '实际') else less}于目标:"
    asks_less = less in text and greater not in text
    winner = first if (a > b) is not asks_less else second
    return f"{winner}更{less if asks_less else greater}:"


def _names(one: Figure, other: Figure) -> tuple[str, str] | None:
    """Return what tells two figures apart: place, status, period or indicator."""
    done = [Status(f.status) is Status.DONE for f in (one, other)]
    if one.region != other.region:
        return one.region, other.region
    if done[0] is not done[1]:
        return ("实际", "目标") if done[0] else ("目标", "实际")
    if one.period != other.period:
        return one.period, other.period
    if one.indicator != other.indicator:
        return one.indicator, other.indicator
    return None


def _words(text: str, dimension: Dimension) -> tuple[str, str]:
    text = text.replace("增长", "")
    for pair in _PAIRS:
        if any(word in text for word in pair):
            return pair
    return ("高", "低") if dimension in (Dimension.PERCENT, Dimension.POINTS) else ("多", "少")
