"""Question -> Finding: statements that passed the gate, or what to say instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant import instead
from assistant.answer import Answer
from assistant.attributes import asks_attribute
from assistant.calculate import DIFFERENCE, Computation, Lacking, Source, between, compute, left, worked
from assistant.calculation.operands import Ask
from assistant.compose import Statement, statement
from assistant.evidence import Candidate
from assistant.items import items
from assistant.manners import MANNERS
from assistant.question import Hole, Kind, Question
from assistant.ranking import asked_rank, of_rank
from assistant.refuse import acceptable, of_part
from assistant.retrieve import Retrieval
from assistant.scope import is_zone
from assistant.select import is_sure, other_readings, other_side, several
from assistant.supposed import decided
from assistant.verify import passes, proven
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.units import unit_dimension
from ingest.places import NATION, short_place
from ingest.report import Figure
from vectorstore.store import Hit

# Things that are answered side by side at most, and passages kept of each.
_ITEMS, _HITS_EACH = 5, 4


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one question: statements that passed the gate, or what to say instead."""

    asked: Question
    statements: tuple[Statement, ...] = ()
    hits: Sequence[Hit] = ()
    instead: Answer | None = None
    computed: Computation | None = None
    others: tuple[Figure, ...] = ()
    """Figures of other indicators that the question may mean as well ("财政收入": the district's, its own level's)."""
    opening: str = ""
    """What the answer begins with: "不是," where the question takes something wrong for granted."""


@dataclass(frozen=True)
class Finder:
    """Answers questions, one by one, from the evidence of `retrieval`; `read` reads a text as a question that stands
    alone."""

    retrieval: Retrieval
    read: Callable[[str], Question]

    def find_all(self, asked: Sequence[Question], text: str) -> list[Finding]:
        """Answer the questions that one text was read as, at least one; `text` are its own words, "" where turns before
        it add to them."""
        calculated = self._worked(asked, text)
        if calculated is not None and calculated.instead is None:
            return [calculated]
        found: list[Finding] = []
        for part in asked:
            said = next((s.candidate.figure for f in found for s in f.statements if s.candidate.figure), None)
            found.append(self.find(_alike(part, said) if said is not None else part))
        computes = apart(found) is not None or any(f.computed is not None for f in found)
        idle = not _APART.search(calculated.asked.standalone) if calculated is not None else False
        answered = bool(found) and all(f.statements for f in found)
        if calculated is not None and not computes and not (idle and answered) and not _told(asked, found):
            return [calculated]  # what is missing, where no other way to work it out was found
        return found

    def _worked(self, asked: Sequence[Question], text: str) -> Finding | None:
        """Return what a question asks to be worked out from figures that it names, over several places or years where
        it names them; None where it asks for no calculation that its own words show. `text` are the words of a question
        that nothing came before."""
        alone = list(dict.fromkeys(one.standalone for one in asked))
        text = fold(text if text and len(alone) > 1 else ",".join(alone))
        found = worked(text, self._source())
        if isinstance(found, Computation):
            whole = replace(asked[0], standalone=text)
            said = tuple(s for _, _, s in found.operands)
            return Finding(whole, said, self.retrieval.search(asked[0]), computed=found)
        if isinstance(found, Candidate) and (told := proven(statement(asked[0], found))) is not None:
            return Finding(asked[0], (self._placed(told),))
        if isinstance(found, Lacking):
            there = proven(statement(found.question, found.found.candidate))
            there = self._placed(there) if there is not None else None
            return Finding(asked[0], instead=instead.lacking(found.name, text, there))
        return None

    def works_out(self, asked: Question) -> bool:
        """Whether the words of a question show a calculation of which every operand is there."""
        return isinstance(worked(fold(asked.standalone), self._source()), Computation)

    def _source(self) -> Source:
        scope = self.retrieval.scope
        return Source(
            self.read, self.retrieval.found, scope.places_of, lambda text: scope.calendar(scope.places_of(text)).year
        )

    def find(self, asked: Question) -> Finding:
        """Answer one question: statements that passed the gate, or the reason why there are none."""
        if (said := self._instead(asked)) is not None:
            return Finding(asked, instead=said)
        if listed := self._of_rank(asked):
            return Finding(asked, listed)
        if asked.kind is Kind.UNCLEAR and asks_attribute(asked) and not asked.dangling:
            return Finding(asked, instead=instead.refused(asked, ()))
        if asked.kind is Kind.UNCLEAR or asked.dangling:
            return Finding(asked, instead=instead.clarified(asked))
        asked = self.retrieval.scope.settled(asked)
        hits = self.retrieval.search(asked)
        ranked = self.retrieval.rank(asked, hits)
        if ranked and _open(asked) and not acceptable(asked, ranked):
            asked = replace(asked, kind=Kind.TEXT)  # no number is there: perhaps a measure or a state is
            ranked = self.retrieval.rank(asked, hits)
        if regions := self.retrieval.scope.rivals(asked, ranked):
            if NATION in regions and (asked.year_stated or asked.report_year):
                return self.find(replace(asked, places=(NATION,)))  # who names a year and no place means the country
            return Finding(asked, hits=hits, instead=instead.which_place(asked, regions))
        return self._premised(asked, hits) or self._answer_from(asked, hits, ranked)

    def _instead(self, asked: Question) -> Answer | None:
        """Return what is said to a text that asks nothing of what the reports say."""
        scope = self.retrieval.scope
        if asked.kind in MANNERS:
            return instead.mannered(asked, scope.reports)
        if asked.kind is Kind.ABOUT:
            named = bool(asked.places or asked.report_year or asked.year_stated)
            return instead.introduced(asked, scope.entitled(asked) if named else scope.reports, named=named)
        return instead.out_of_scope(asked) if asked.kind is Kind.ATTACK else None

    def _of_rank(self, asked: Question) -> tuple[Statement, ...]:
        """Return what has the rank that a question asks for: "哪些指标全市第一"."""
        if (rank := asked_rank(asked)) is None:
            return ()
        listed = of_rank(asked, self.retrieval.scope.pool(asked), rank, self.retrieval.readings)
        return tuple(self._placed(s) for c in listed if (s := proven(statement(asked, c))) is not None)

    def _premised(self, asked: Question, hits: Sequence[Hit]) -> Finding | None:
        """Answer a question that states something: whether it is so, and first of all the true fact where it is not."""
        found = decided(asked, lambda wanted: self.retrieval.rank(wanted, hits), partial(self._is_foreign, asked))
        if found is None:
            return None
        said = [statement(wanted, c, sure=is_sure(c, ranked)) for wanted, c, ranked in found.said]
        if not all(map(passes, said)):
            return None
        return Finding(asked, tuple(map(self._placed, said)), hits, opening=found.opening)

    def _is_foreign(self, asked: Question, candidate: Candidate) -> bool:
        """Whether a figure is of another part of the region than the one that a question speaks of."""
        zone = candidate.figure.scope if candidate.figure is not None else ""
        text = asked.standalone
        return is_zone(zone) and zone not in text and any(other in text for other in self.retrieval.scope.zones)

    def _answer_from(self, asked: Question, hits: Sequence[Hit], ranked: Sequence[Candidate]) -> Finding:
        """Answer from the ranked evidence: by a calculation, for each thing listed, or by the best statements."""
        ask = self.asker(asked, hits)
        if (computed := compute(asked, ask)) is not None:
            return Finding(asked, tuple(s for _, _, s in computed.operands), hits, computed=computed)
        if (rest := left(asked, ask)) is not None and passes(said := statement(asked, rest)):
            return Finding(asked, (self._placed(said),), hits)
        if asked.kind is Kind.FIGURE and (several_items := self.each_item(asked)) is not None:
            return several_items
        if not acceptable(asked, ranked) or of_part(asked, ranked[0]):
            return Finding(asked, hits=hits, instead=instead.refused(asked, ranked, ranked[0] if ranked else None))
        chosen = several(asked, ranked)
        if len(chosen) == 1:
            chosen += other_side(asked, ranked)
        composed = (statement(asked, c, sure=is_sure(c, ranked)) for c in chosen)
        statements = [s for s in map(proven, composed) if s is not None]
        if not statements:
            return Finding(asked, hits=hits, instead=instead.refused(asked, ranked))
        others = other_readings(ranked) if len(statements) == 1 else ()
        return Finding(asked, tuple(map(self._placed, statements)), hits, others=others)

    def asker(self, asked: Question, hits: Sequence[Hit]) -> Ask:
        """Return what ranks evidence for a part of a calculation: over the passages found, unless of other years."""

        def ask(other: Question) -> Sequence[Candidate]:
            return self.retrieval.rank(other, hits if other.period == asked.period else self.retrieval.search(other))

        return ask

    def each_item(self, asked: Question) -> Finding | None:
        """Answer for each thing that the question lists, in its order ("固投和社零的增速分别是多少"); None where it
        lists none, or fewer than two of them are answered by figures of their own."""
        listed = [] if asked.both else items(asked)
        if not 2 <= len(listed) <= _ITEMS:
            return None
        found = [self.find(one) for one in listed]
        said = [s for f in found for s in f.statements]
        if len({s.candidate.figure for s in said}) < 2:
            return None
        lacking = next((f.instead for f in found if f.instead is not None), None)
        return Finding(asked, tuple(said), [hit for f in found for hit in f.hits[:_HITS_EACH]], lacking)

    def _placed(self, said: Statement) -> Statement:
        """Say which place a statement is about, where the reports are about several."""
        report = said.candidate.reading.report
        if len(self.retrieval.scope.regions) < 2 or not report.region or short_place(report.region) in said.text:
            return said
        joint = ":" if said.candidate.figure is None or said.text.startswith(("全", "我", "本")) else ""
        return replace(said, text=f"{report.region}{joint}{said.text}")


def apart(found: Sequence[Finding]) -> Computation | None:
    """Return how far apart two places are, where that is asked ("上海GDP比北京多多少")."""
    said = [f.statements[0] for f in found if f.statements]
    asks = bool(found) and DIFFERENCE.search(found[0].asked.standalone)
    return between(said[0], said[1]) if asks and len(found) == len(said) == 2 else None


# Words that only a calculation answers; "总共", "一共", "占" stand in plain questions as well
_APART = re.compile(r"差|[比较](?![重例])|倍|增加了?多少|[多少高低]出|倒推|折合|平均")


def _told(asked: Sequence[Question], found: Sequence[Finding]) -> bool:
    """Whether the report tells the change that is asked for, so that nothing need be worked out: "比去年多几天"."""
    changes = (Aspect.YEAR_ON_YEAR, Aspect.MONTH_ON_MONTH)
    wanted = {aspect.value for q in asked for aspect in q.aspects if aspect in changes}
    figures = [s.candidate.figure for f in found for s in f.statements]
    return bool(figures) and all(figure is not None and figure.aspect in wanted for figure in figures)


def _alike(asked: Question, said: Figure) -> Question:
    """Return a question for the same of another year, in the side and the dimension that was found for the first."""
    if not asked.alike or asked.aspects or asked.hole.dimension is not None:
        return asked
    if said.aspect == Aspect.YEAR_ON_YEAR.value:
        return replace(asked, aspects=(Aspect.YEAR_ON_YEAR,))
    return replace(asked, hole=Hole(unit_dimension(said.unit)))


def _open(asked: Question) -> bool:
    """Whether a question read as one for a number leaves open that it is none ("控规下半年的目标")."""
    loose = asked.hole.dimension is None and not asked.aspects and not any(t.indicator for t in asked.terms)
    return asked.kind is Kind.FIGURE and loose and not asked.hole.noun and not _COUNTS.search(asked.standalone)


# A number is what is wanted, whatever it is of
_COUNTS = re.compile(r"多少|几个|人数|数量|总数|总量")
