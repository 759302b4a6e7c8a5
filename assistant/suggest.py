"""Questions that can be answered: made from the figures of the reports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from assistant.answer import Answer, Status
from assistant.finding import Finder, Finding
from assistant.question import Question
from assistant.recency import newest_first
from assistant.refuse import acceptable
from ingest.divisions import within
from ingest.language.aspects import Aspect
from ingest.language.indicators import indicators
from ingest.language.periods import parse_label
from ingest.language.statuses import Status as Stage
from ingest.places import NATION
from ingest.report import Figure, Report
from vectorstore.store import Hit

_SUGGESTIONS = 3
# Questions on other places that are looked at, whether they are answered.
_TRIED = 8
# Passages of a finding that suggestions are made from.
_NEAR = 6
# Suggestions of which it is remembered whether they are answered.
_REMEMBERED = 4096
_ASKS = {
    Aspect.VALUE: "{0}是多少",
    Aspect.YEAR_ON_YEAR: "{0}同比增长多少",
    Aspect.MONTH_ON_MONTH: "{0}环比增长多少",
    Aspect.RANK: "{0}排名第几",
    Aspect.TARGET: "{0}的全年任务是多少",
    Aspect.COMPLETION: "{0}完成了全年任务的百分之多少",
}


def ask_for(figure: Figure, *, placed: bool = False) -> str:
    """Return the question that `figure` answers, with its place and year where the reports are `placed` in several;
    "" where its indicator is not one that people ask for by name."""
    pattern = _ASKS.get(Aspect(figure.aspect))
    if pattern is None or figure.indicator not in indicators().forms:
        return ""
    if placed:
        return figure.region + figure.period + pattern.format(figure.indicator)
    period = parse_label(figure.period)
    spoken = figure.period.removeprefix(f"{period.year}年").removeprefix(str(period.year)) if period else ""
    done = figure.status == Stage.DONE.value and Aspect(figure.aspect) is not Aspect.TARGET
    return (spoken if done else "") + pattern.format(figure.indicator)


def near(
    hits: Sequence[Hit], beside: str, said: Collection[Figure | None], *, placed: bool
) -> Iterator[tuple[str, Hit]]:
    """Yield questions on the figures of the passages found, each with its passage, those on the indicator `beside`
    first, without what was said."""
    figures = [(f, hit) for hit in hits for f in hit.report.figures if f.passage_id == hit.passage.id and f not in said]
    for figure, hit in sorted(figures, key=lambda pair: pair[0].indicator != beside):
        if question := ask_for(figure, placed=placed):
            yield question, hit


def of_aspects(reports: Sequence[Report], aspects: Collection[Aspect], *, placed: bool) -> Iterator[str]:
    """Yield questions on the figures of the reports that tell one of these sides of their indicator."""
    seen: set[str] = set()
    for figure in (f for report in newest_first(reports) for f in report.figures if Aspect(f.aspect) in aspects):
        if (question := ask_for(figure, placed=placed)) and question not in seen:
            seen.add(question)
            yield question


def prominent(reports: Sequence[Report], *, placed: bool) -> Iterator[str]:
    """Yield questions on the chief figures of the reports, the newest first, one an indicator, for a first screen."""
    for report in newest_first(reports):
        seen: set[str] = set()
        for figure in report.figures:
            if figure.indicator not in seen and (question := ask_for(figure, placed=placed)):
                seen.add(figure.indicator)
                yield question


def elsewhere(reports: Sequence[Report], named: Collection[str]) -> Iterator[str]:
    """Yield a question on an indicator `named`, by any of its forms, for each place that has it, the newest report's
    first."""
    ends = tuple(named)
    seen: set[str] = set()
    for report in newest_first(reports):
        for figure in report.figures:
            own = figure.region not in seen and figure.status == Stage.DONE.value and not figure.scope
            if own and figure.indicator.endswith(ends) and (question := ask_for(figure, placed=True)):
                seen.add(figure.region)
                yield question
                break


def _related(reports: Sequence[Report], places: Sequence[str]) -> tuple[Report, ...]:
    """Return the reports of what `places` lie in, or of what lies in them."""
    return tuple(
        r
        for r in reports
        if r.region
        and r.region != NATION
        and any(within(place, r.region) or within(r.region, place, r.issuer) for place in places)
    )


@dataclass(frozen=True)
class Suggestions:
    """Suggests what to ask next: only what will be answered. `understand` reads a suggestion as it would be asked."""

    finder: Finder
    understand: Callable[[str], Sequence[Question]]
    _answerable: dict[tuple[str, str], bool] = field(default_factory=dict)

    def after(self, answer: Answer, found: Sequence[Finding]) -> tuple[str, ...]:
        """Return at most three questions after an answer that was made of the findings `found`, at least one."""
        others = (ask_for(f, placed=self._placed) for finding in found for f in finding.others)
        chosen = list(dict.fromkeys(q for q in others if q))[:_SUGGESTIONS]
        for question, hit in self._pool(answer, found):
            if len(chosen) == _SUGGESTIONS:
                break
            if question not in chosen and question != answer.understood and self._is_answerable(question, hit):
                chosen.append(question)
        return tuple(chosen)

    @property
    def _placed(self) -> bool:
        return len(self.finder.retrieval.scope.regions) > 1

    def _pool(self, answer: Answer, found: Sequence[Finding]) -> Iterable[tuple[str, Hit | None]]:
        """Return what may be suggested, each with the passage that it comes from, where that is near the answer."""
        reports, placed = self.finder.retrieval.index.reports, self._placed
        if answer.status is Status.CLARIFY and found[0].asked.aspects:
            return ((q, None) for q in of_aspects(reports, found[0].asked.aspects, placed=placed))
        asked = found[0].asked
        if answer.status is Status.REFUSED and asked.places and not self.finder.retrieval.scope.holds(asked.places):
            named = {form for term in asked.terms if term.indicator for form in term.forms}
            reports = _related(reports, asked.places) or reports
            others = chain(elsewhere(reports, named), prominent(reports, placed=placed))
            return ((question, None) for question in islice(others, _TRIED))
        hits = [hit for finding in found for hit in finding.hits[:_NEAR]]
        if not hits:
            return ((question, None) for question in prominent(reports, placed=placed))
        said = {s.candidate.figure for finding in found for s in finding.statements}
        return near(hits, answer.figures[0].indicator if answer.figures else "", said, placed=placed)

    def _is_answerable(self, question: str, hit: Hit | None) -> bool:
        """Whether a suggestion will be answered; where its passage is known, only that is looked at."""
        key = (question, hit.passage.id if hit is not None else "")
        if key not in self._answerable:
            if len(self._answerable) > _REMEMBERED:
                self._answerable.clear()
            self._answerable[key] = self._answers(question, hit)
        return self._answerable[key]

    def _answers(self, question: str, hit: Hit | None) -> bool:
        asked = self.understand(question)[0]
        if hit is None:
            return bool(self.finder.find(asked).statements)
        ranked = self.finder.retrieval.rank(asked, [hit])
        return acceptable(asked, ranked) and not self.finder.retrieval.scope.rivals(asked, ranked)
