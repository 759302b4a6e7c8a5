"""The figures of an index, to browse: found by filters, counted, each with the sentence that it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from assistant.links import reader_link
from assistant.selection import NAMES, Selection, SelectionError
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.indicators import indicators
from ingest.language.periods import Period, parse_label
from ingest.places import short_place
from ingest.report import Figure, Passage, Report
from ingest.text import sentences

NEAR_LIMIT = 8
"""How many indicators of similar names are offered."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure with where it stands. `start:end` are the half-open offsets of its sentence in the report's text."""

    report: Report
    passage: Passage
    figure: Figure

    @property
    def start(self) -> int:
        return self._sentence()[0]

    @property
    def end(self) -> int:
        return self._sentence()[1]

    @property
    def quote(self) -> str:
        start, end = self._sentence()
        return self.report.text[start:end]

    @property
    def written(self) -> str:
        return written(self.figure.text, self.figure.value)

    @property
    def link(self) -> str:
        """The reader page with the sentence marked."""
        return reader_link(self.report.id, self.passage.paragraph, self.start, self.end)

    def _sentence(self) -> tuple[int, int]:
        """From the sentence that the figure begins in to the one that it ends in: nearly always one."""
        offset, spans = self.passage.start, _sentences(self.passage.text)
        starts = [start for start, _ in spans]
        first = max(bisect_right(starts, self.figure.start - offset) - 1, 0)
        last = max(bisect_right(starts, self.figure.end - 1 - offset) - 1, first)
        return (offset + spans[first][0], offset + spans[last][1]) if spans else (self.figure.start, self.figure.end)


def written(text: str, value: Decimal) -> str:
    """A figure as the report writes it, with a sign where only the words around it say that it fell.

    >>> written("4.6%", Decimal("-4.6")), written("7.5%左右", Decimal("7.5"))
    ('-4.6%', '7.5%左右')
    """
    text = fold(text.strip()) or f"{value:f}"
    signed = text.startswith("-") or any(word in text for word in ("降", "减", "负", "跌"))
    return f"-{text}" if value < 0 and not signed else text


@lru_cache(maxsize=1024)
def _sentences(text: str) -> list[tuple[int, int]]:
    return sentences(text)


class Catalogue:
    """All figures of some reports, in the order of the reports and of their text.

    It only refers to the reports: 50,000 figures take some 4 MB, and a search over them some hundredths of a second.
    """

    def __init__(self, reports: Iterable[Report], generation: str = "") -> None:
        self.generation = generation
        self.reports = tuple(reports)
        self.entries = tuple(_entries(self.reports))

    def find(self, wanted: Selection) -> Sequence[Entry]:
        """Return the figures that every filter holds for; those of one indicator in the order of time.

        :raises SelectionError: for a report that is not there.
        """
        if wanted == Selection():
            return self.entries
        tests = list(self._tests(wanted))
        found = [entry for entry in self.entries if all(test(entry) for test in tests)]
        return sorted(found, key=self._in_order) if wanted.indicator else found

    def indicators_of(self, words: str) -> frozenset[str]:
        """Return the indicators that `words` mean: the one of that name or alias, else all whose names contain them.

        >>> Catalogue(()).indicators_of("GDP")
        frozenset({'地区生产总值'})
        """
        folded = fold(words).lower()
        name = indicators().names.get(folded, folded)
        if name in self.by_indicator or name in indicators().forms:
            return frozenset({name})
        return frozenset(own for own in self.by_indicator if folded in own.lower())

    def near(self, words: str) -> list[str]:
        """Return other indicators whose names contain `words` or what they are an alias of, the frequent first."""
        folded = fold(words).lower()
        forms = {folded, indicators().names.get(folded, folded)}
        meant = self.indicators_of(words)
        others = (
            own for own, _ in self.by_indicator.most_common() if own not in meant and any(form in own for form in forms)
        )
        return [own for own, _ in zip(others, range(NEAR_LIMIT), strict=False)]

    @cached_property
    def by_indicator(self) -> Counter[str]:
        return Counter(entry.figure.indicator for entry in self.entries if entry.figure.indicator)

    @cached_property
    def by_region(self) -> Counter[str]:
        return Counter(entry.figure.region for entry in self.entries if entry.figure.region)

    @cached_property
    def periods(self) -> dict[str, Period]:
        """The periods of the figures by their labels."""
        labels = {entry.figure.period for entry in self.entries}
        return {label: period for label in labels if (period := parse_label(label))}

    def _tests(self, wanted: Selection) -> Iterator[Callable[[Entry], bool]]:
        """The filters that are set, the quickest first."""
        figures: list[tuple[str, frozenset[str]]] = []
        if wanted.indicator:
            figures.append(("indicator", self.indicators_of(wanted.indicator)))
        if wanted.region:
            figures.append(("region", frozenset(r for r in self.by_region if _is_any(r, wanted.region))))
        if wanted.period:
            figures.append(("period", frozenset(n for n, p in self.periods.items() if wanted.period.holds(p))))
        figures += [(name, frozenset({value})) for name in ("aspect", "status") if (value := getattr(wanted, name))]
        for name, values in figures:
            yield lambda entry, name=name, values=values: getattr(entry.figure, name) in values  # type: ignore[misc]
        if wanted.scope:
            yield lambda entry: wanted.scope in fold(entry.figure.scope)
        if wanted.report:
            if not any(report.id == wanted.report for report in self.reports):
                raise SelectionError("report", f"没有编号为“{wanted.report}”的{NAMES['report']},它可能已经更新或移除。")
            yield lambda entry: entry.report.id == wanted.report
        if wanted.q:
            words = [_pattern(word) for word in wanted.q]
            yield lambda entry: _mentions(entry, words)

    def _in_order(self, entry: Entry) -> tuple[str, int, str, str, int, int, str]:
        figure, period = entry.figure, self.periods.get(entry.figure.period)
        aspect = _ASPECTS.get(figure.aspect, len(_ASPECTS))
        when = (period.last, period.first) if period else (0, 0)
        return figure.indicator, aspect, figure.region, figure.scope, *when, entry.report.published


_ASPECTS = {str(aspect): n for n, aspect in enumerate(Aspect)}


def _entries(reports: Iterable[Report]) -> Iterator[Entry]:
    for report in reports:
        passages = {passage.id: passage for passage in report.passages}
        yield from (Entry(report, passages[figure.passage_id], figure) for figure in report.figures)


def _is_any(region: str, names: Iterable[str]) -> bool:
    """Whether one of `names` is that of a region, with or without its rank."""
    return any(name in (region, short_place(region)) or short_place(name) == region for name in names)


def _pattern(word: str) -> re.Pattern[str]:
    """Return what finds a folded word in a text as it was written: to fold every text would take ten times as long.

    >>> bool(_pattern("gdp").search("ＧＤＰ增长"))
    True
    """
    return re.compile("".join(map(_either_width, word)), re.IGNORECASE)


def _either_width(letter: str) -> str:
    wide = chr(ord(letter) + 0xFEE0)
    return f"[{re.escape(letter)}{wide}]" if "!" <= letter <= "~" else re.escape(letter)


def _mentions(entry: Entry, words: Iterable[re.Pattern[str]]) -> bool:
    """Whether every word stands in the figure's sentence or in what the figure is of."""
    figure = entry.figure
    for word in words:
        if any(map(word.search, (figure.indicator, figure.region, figure.scope))):
            continue
        # The passage rules most out before any sentence is cut.
        if not word.search(entry.passage.text) or not word.search(entry.quote):
            return False
    return True
