"""The figure gate: every number of a statement stands, digit for digit and with its unit, in its quote."""

from __future__ import annotations

import re

from assistant.compose import Statement, numbers
from ingest.language.periods import parse_label
from ingest.language.quantities import quantities


def unsupported(spoken: str, quote: str) -> list[str]:
    """Return the numbers and quantities of `spoken` that `quote` does not state in the same unit.

    >>> unsupported("完成50亿元", "完成150亿元"), unsupported("完成442.1亿元", "投资完成442.1亿元")
    (['50', '50亿元'], [])
    """
    stated = set(numbers(quote))
    missing = [n for n in numbers(spoken) if n not in stated]
    amounts = {(q.value, q.unit) for q in quantities(quote)}
    return missing + [q.text for q in quantities(spoken) if (q.value, q.unit) not in amounts]


def passes(statement: Statement) -> bool:
    """Whether a statement says no number that its quote does not, but for the year and month of its own period."""
    reading = statement.candidate.reading
    quote = reading.passage.text[statement.start : statement.end]
    figure = statement.candidate.figure
    spoken = statement.text
    if figure is not None and (period := parse_label(figure.period)) is not None:
        prefix = re.match(r"[^,:]*?(?:年|季度|月|计划)[,:]", spoken)
        allowed = {str(period.year), str(period.last // 12), str(period.first % 12 + 1), str(period.last % 12 + 1)}
        if prefix and set(numbers(prefix[0])) <= allowed:
            spoken = spoken[prefix.end() :]
    return not unsupported(spoken, quote)
