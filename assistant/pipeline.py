"""The flow: question (+ history) -> Question -> Evidence -> Answer -> verified Answer with Citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant import suggest
from assistant.answer import Answer, AnswerFigure, Calculation, Citation, Operand, Status, Turn
from assistant.attributes import asks_attribute
from assistant.calculate import DIFFERENCE, Computation, Lacking, Source, between, compute, left, worked
from assistant.calculation.operands import Ask
from assistant.citations import cite, number_statements
from assistant.compose import Statement, statement
from assistant.contrast import which
from assistant.evidence import Candidate, candidates
from assistant.fitting import ASPECT, PERIOD, STATUS
from assistant.items import items
from assistant.question import Hole, Kind, Question
from assistant.ranking import asked_rank, of_rank
from assistant.reading import Readings
from assistant.refuse import acceptable, likelihood, of_part, reason
from assistant.scope import Scope, is_zone
from assistant.select import is_sure, other_readings, other_side, several
from assistant.series.aligned import aligned
from assistant.series.axes import PAIR
from assistant.series.surveys import Surveyed, Surveys
from assistant.supposed import decided
from assistant.understand import Understanding, spread
from assistant.verify import checked, passes, proven
from assistant.vocabulary import Vocabulary
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.periods import parse_label
from ingest.language.quantities import unit_dimension
from ingest.places import short_place
from ingest.report import Figure, Passage, Report
from vectorstore.store import Hit, Index

_HITS = 32
_SUGGESTIONS = 3
_OPTIONS = 4
# How much less a question is believed that names nothing.
_NAMELESS = 0.3
# Things that are answered side by side at most.
_ITEMS = 5
# How likely a question for things of several turns is, where all of them are answered.
_PAIR, _ACCEPTED = 0.9, 0.3
# Suggestions of which it is remembered whether they are answered.
_REMEMBERED = 4096


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


class Assistant:
    """Answers questions on the reports of one index generation. Safe to use from several threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._readings = Readings()
        self.scope = Scope(tuple(index.reports))
        self.understanding = Understanding(Vocabulary(index.reports), self.scope, self._promise)
        self._answerable: dict[tuple[str, str], bool] = {}

    def ask(self, question: str, history: Sequence[Turn] = (), *, reports: Collection[str] | None = None) -> Answer:
        """Answer `question` (1-500 characters) in the light of `history`; `reports` limits it to these report ids."""
        asked = self.understanding.understand(question, history)
        turns = [turn.content for turn in history if turn.role == "user"]
        surveys = self._surveys(reports)
        if (surveyed := surveys.answer(asked, turns)) is not None:
            return self._of_row(surveyed)
        calculated = self._worked(asked, question if not history else "", reports)
        found: list[Finding] = [calculated] if calculated is not None and calculated.instead is None else []
        for part in asked if not found else ():
            said = next((s.candidate.figure for f in found for s in f.statements if s.candidate.figure), None)
            found.append(self._find(_alike(part, said) if said is not None else part, reports))
        if calculated is not None and not _computes(found):
            found = [calculated]  # what is missing, where no other way to work it out was found
        answer = checked(_together(found), self.index.reports, self._readings)
        if answer.status is not Status.ANSWERED and (pair := surveys.answer(asked, turns, least=PAIR)) is not None:
            return self._of_row(pair)
        suggestions = answer.suggestions or self._suggestions(answer, found)
        return replace(answer, suggestions=suggestions, index=self.index.generation)

    def _of_row(self, surveyed: Surveyed) -> Answer:
        answer = checked(surveyed.answer, self.index.reports, self._readings)
        suggestions = self._suggestions(answer, [Finding(surveyed.asked, hits=surveyed.hits)])
        return replace(answer, suggestions=suggestions, index=self.index.generation)

    def _surveys(self, reports: Collection[str] | None) -> Surveys:
        """Return what answers questions for rows of figures, over `reports`."""
        scope = self.scope if reports is None else Scope(tuple(r for r in self.scope.reports if r.id in reports))
        return Surveys(scope, self.understanding.understand, self.rank, self.search)

    def _worked(self, asked: Sequence[Question], text: str, reports: Collection[str] | None) -> Finding | None:
        """Return what a question asks to be worked out from figures that it names, over several places or years where
        it names them; None where it asks for no calculation that its own words show. `text` are the words of a question
        that nothing came before."""
        alone = list(dict.fromkeys(one.standalone for one in asked))
        text = fold(text if text and len(alone) > 1 else ",".join(alone))
        found = worked(text, self._source(reports))
        if isinstance(found, Computation):
            hits = self.search(asked[0], reports)
            whole = replace(asked[0], standalone=text)
            return Finding(whole, tuple(s for _, _, s in found.operands), hits, computed=found)
        if isinstance(found, Candidate) and (said := proven(statement(asked[0], found))) is not None:
            return Finding(asked[0], (self._placed(asked[0], said),))
        if isinstance(found, Lacking):
            return Finding(asked[0], instead=self._lacking(found, text))
        return None

    def _source(self, reports: Collection[str] | None) -> Source:
        return Source(self.understanding.read, partial(self._ranked, reports), *self._where)

    def _lacking(self, lacking: Lacking, text: str) -> Answer:
        """Say which operand of a calculation is missing, and give one that is there."""
        said = f"报告没有给出计算所需的{lacking.name}。"
        there = proven(statement(lacking.question, lacking.found.candidate))
        if there is None:
            return Answer(Status.REFUSED, said, text)
        there = self._placed(lacking.question, there)
        marks, citations = number_statements([there])
        return Answer(Status.REFUSED, f"{said}报告给出的是:{there.text}[{marks[0]}]", text, citations)

    @property
    def _where(self) -> tuple[Callable[[str], Sequence[str]], Callable[[str], int]]:
        """What names the places of a text, and the year that "今年" means there."""
        places_of = self.scope.places_of
        return places_of, lambda text: self.scope.calendar(places_of(text)).year

    def _ranked(self, reports: Collection[str] | None, asked: Question) -> Sequence[Candidate]:
        """Return the candidates of a question, best first, none where it leaves open which place is meant."""
        asked = self.scope.settled(asked)
        ranked = self.rank(asked, self.search(asked, reports))
        return () if self.scope.rivals(asked, ranked) else ranked

    def _promise(self, asked: Question) -> float:
        """Return how likely the reports answer a question, 0 to 1."""
        if asked.dangling or asked.kind in (Kind.GREETING, Kind.ABOUT, Kind.ATTACK, Kind.UNCLEAR):
            return 0.0
        if asked.pair:
            return _PAIR * self._takes_up(asked)
        if len(asked.places) > 1:
            return min(self._promise(replace(asked, places=(place,), pair=False)) for place in asked.places)
        asked = self.scope.settled(asked)
        hits = self.search(asked)
        ranked = self.rank(asked, hits)
        names = any(t.critical or t.ordinal for t in asked.terms)
        return likelihood(asked, ranked) * (1.0 if names else _NAMELESS)

    def _takes_up(self, asked: Question) -> bool:
        """Whether a question for things of several turns is answered by all of them."""
        apart = spread(asked)
        if isinstance(worked(fold(asked.standalone), self._source(None)), Computation):
            return True
        if len(apart) > 1 and self._surveys(None).answer(apart) is not None:
            return True
        if len(apart) > 1:
            return min(self._promise(replace(one, pair=False)) for one in apart) >= _ACCEPTED
        settled = self.scope.settled(asked)
        if compute(settled, self._asker(settled, self.search(settled), None)) is not None:
            return True
        return self._each_item(settled, None) is not None

    def _find(self, asked: Question, reports: Collection[str] | None) -> Finding:
        """Answer one question: statements that passed the gate, or the reason why there are none."""
        if asked.kind in (Kind.GREETING, Kind.ABOUT):
            return Finding(asked, instead=self._introduce(asked))
        if asked.kind is Kind.ATTACK:
            return Finding(asked, instead=Answer(Status.REFUSED, _OUT_OF_SCOPE, asked.standalone))
        if (rank := asked_rank(asked)) is not None:
            listed = of_rank(asked, self.scope.pool(asked), rank, self._readings)
            said = tuple(s for c in listed if (s := proven(statement(asked, c))) is not None)
            if said:
                return Finding(asked, tuple(self._placed(asked, s) for s in said))
        if asked.kind is Kind.UNCLEAR and asks_attribute(asked) and not asked.dangling:
            return Finding(asked, instead=self._refuse(asked, None, ()))
        if asked.kind is Kind.UNCLEAR or asked.dangling:
            return Finding(asked, instead=_clarify(asked))
        asked = self.scope.settled(asked)
        hits = self.search(asked, reports)
        ranked = self.rank(asked, hits)
        if ranked and _open(asked) and not acceptable(asked, ranked):
            asked = replace(asked, kind=Kind.TEXT)  # no number is there: perhaps a measure or a state is
            ranked = self.rank(asked, hits)
        if regions := self.scope.rivals(asked, ranked):
            return Finding(asked, hits=hits, instead=_which_place(asked, regions))
        return self._premised(asked, hits) or self._answer_from(asked, hits, ranked, reports)

    def _premised(self, asked: Question, hits: Sequence[Hit]) -> Finding | None:
        """Answer a question that states something: whether it is so, and first of all the true fact where it is not."""
        found = decided(asked, lambda wanted: self.rank(wanted, hits), partial(self._is_foreign, asked))
        if found is None:
            return None
        said = [statement(wanted, c, sure=is_sure(c, ranked)) for wanted, c, ranked in found.said]
        if not all(map(passes, said)):
            return None
        return Finding(asked, tuple(self._placed(asked, s) for s in said), hits, opening=found.opening)

    def _is_foreign(self, asked: Question, candidate: Candidate) -> bool:
        """Whether a figure is of another part of the region than the one that a question speaks of."""
        zone = candidate.figure.scope if candidate.figure is not None else ""
        return is_zone(zone) and self._elsewhere(asked, zone)

    def _elsewhere(self, asked: Question, zone: str) -> bool:
        """Whether a question speaks of another part of the region than `zone`."""
        text = asked.standalone
        return zone not in text and any(other in text for other in self.scope.zones)

    def _answer_from(
        self, asked: Question, hits: Sequence[Hit], ranked: Sequence[Candidate], reports: Collection[str] | None
    ) -> Finding:
        """Answer from the ranked evidence: by a calculation, for each thing listed, or by the best statements."""

        ask = self._asker(asked, hits, reports)
        if (computed := compute(asked, ask)) is not None:
            return Finding(asked, tuple(s for _, _, s in computed.operands), hits, computed=computed)
        if (rest := left(asked, ask)) is not None and passes(said := statement(asked, rest)):
            return Finding(asked, (self._placed(asked, said),), hits)
        if asked.kind is Kind.FIGURE and (several_items := self._each_item(asked, reports)) is not None:
            return several_items
        if not acceptable(asked, ranked) or of_part(asked, ranked[0]):
            return Finding(asked, hits=hits, instead=self._refuse(asked, ranked[0] if ranked else None, ranked))
        chosen = several(asked, ranked)
        if len(chosen) == 1:
            chosen += other_side(asked, ranked)
        composed = (statement(asked, c, sure=is_sure(c, ranked)) for c in chosen)
        statements = [s for s in map(proven, composed) if s is not None]
        if not statements:
            return Finding(asked, hits=hits, instead=self._refuse(asked, None, ranked))
        others = other_readings(ranked) if len(statements) == 1 else ()
        return Finding(asked, tuple(self._placed(asked, s) for s in statements), hits, others=others)

    def _asker(self, asked: Question, hits: Sequence[Hit], reports: Collection[str] | None) -> Ask:
        """Return what ranks evidence for a part of a calculation: over the passages found, unless of other years."""

        def ask(other: Question) -> Sequence[Candidate]:
            return self.rank(other, hits if other.period == asked.period else self.search(other, reports))

        return ask

    def _each_item(self, asked: Question, reports: Collection[str] | None) -> Finding | None:
        """Answer for each thing that the question lists, in its order ("固投和社零的增速分别是多少"); None where it
        lists none, or fewer than two of them are answered by figures of their own."""
        listed = [] if asked.both else items(asked)
        if not 2 <= len(listed) <= _ITEMS:
            return None
        found = [self._find(one, reports) for one in listed]
        said = [s for f in found for s in f.statements]
        if len({s.candidate.figure for s in said}) < 2:
            return None
        lacking = next((f.instead for f in found if f.instead is not None), None)
        return Finding(asked, tuple(said), [hit for f in found for hit in f.hits[:4]], lacking)

    def _placed(self, asked: Question, said: Statement) -> Statement:
        """Say which place a statement is about, where the reports are about several."""
        report = said.candidate.reading.report
        if len(self.scope.regions) < 2 or not report.region or short_place(report.region) in said.text:
            return said
        joint = ":" if said.candidate.figure is None or said.text.startswith(("全", "我", "本")) else ""
        return replace(said, text=f"{report.region}{joint}{said.text}")

    def rank(self, asked: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the clauses and figures of `hits` that may answer, best first."""
        return candidates(asked, hits, self._readings)

    def search(self, asked: Question, reports: Collection[str] | None = None) -> list[Hit]:
        """Return the passages that may hold the answer: those of the right reports that are nearest to the question."""
        known = [f for t in asked.terms for f in t.forms[1:] if self.understanding.vocabulary.knows(f)][:12]
        near = [f for t in asked.terms if t.unknown for f in t.near[:4]][:12]
        query = " ".join(dict.fromkeys([asked.standalone, *known, *near]))
        within = self.scope.ids(asked)
        if reports is not None:
            within = frozenset(reports) if within is None else within & frozenset(reports)
        return self.index.search(query, k=_HITS, reports=within)

    def _introduce(self, asked: Question) -> Answer:
        """Say what can be asked, or who published what where that is the question; cite the reports' titles."""
        first = [r for r in self.index.reports if r.text][:5]
        if asked.kind is Kind.GREETING or not first:
            return Answer(
                Status.CLARIFY,
                "您好,我根据政府报告回答问题,并给出数字所在的原句。您可以问指标、任务、项目或措施。",
                asked.standalone,
            )
        lines = [
            f"《{r.title}》{',' + r.issuer if r.issuer else ''}{',' + r.published if r.published else ''}[{n}]"
            for n, r in enumerate(first, 1)
        ]
        more = f"等{len(self.index.reports)}份报告" if len(self.index.reports) > len(first) else ""
        citations = tuple(_cite_head(r, n) for n, r in enumerate(first, 1))
        return Answer(Status.ANSWERED, ";".join(lines) + more + "。", asked.standalone, citations)

    def _refuse(self, asked: Question, best: Candidate | None, ranked: Sequence[Candidate]) -> Answer:
        """Say what is missing and give the nearest figure, where the same indicator has one."""
        said = reason(asked, best)
        nearest = _nearest(asked, ranked)
        if nearest is None:
            return Answer(Status.REFUSED, said, asked.standalone)
        marks, citations = number_statements([nearest])
        return Answer(Status.REFUSED, f"{said}报告给出的是:{nearest.text}[{marks[0]}]", asked.standalone, citations)

    def _suggestions(self, answer: Answer, found: Sequence[Finding]) -> tuple[str, ...]:
        beside = answer.figures[0].indicator if answer.figures else ""
        placed = len(self.scope.regions) > 1
        said = {s.candidate.figure for finding in found for s in finding.statements}
        near = [hit for finding in found for hit in finding.hits[:6]]
        pool: Iterable[tuple[str, Hit | None]] = (
            suggest.near(near, beside, said, placed=placed)
            if near
            else ((question, None) for question in suggest.prominent(self.index.reports, placed=placed))
        )
        others = (suggest.ask_for(f, placed=placed) for finding in found for f in finding.others)
        chosen: list[str] = list(dict.fromkeys(q for q in others if q))[:_SUGGESTIONS]
        if answer.status is Status.CLARIFY and found[0].asked.aspects:
            pool = ((q, None) for q in suggest.of_aspects(self.index.reports, found[0].asked.aspects, placed=placed))
        for question, hit in pool:
            if len(chosen) == _SUGGESTIONS:
                break
            if question not in chosen and question != answer.understood and self._is_answerable(question, hit):
                chosen.append(question)
        return tuple(chosen)

    def _is_answerable(self, question: str, hit: Hit | None) -> bool:
        """Whether a suggestion will be answered; where its passage is known, only that is looked at."""
        key = (question, hit.passage.id if hit is not None else "")
        if key not in self._answerable:
            if len(self._answerable) > _REMEMBERED:
                self._answerable.clear()
            self._answerable[key] = self._answers(question, hit)
        return self._answerable[key]

    def _answers(self, question: str, hit: Hit | None) -> bool:
        asked = self.understanding.understand(question)[0]
        if hit is None:
            return bool(self._find(asked, None).statements)
        ranked = self.rank(asked, [hit])
        return acceptable(asked, ranked) and not self.scope.rivals(asked, ranked)


def _computes(found: Sequence[Finding]) -> bool:
    return _apart(found) is not None or any(f.computed is not None for f in found)


def _in_full(finding: Finding) -> str:
    """Return the question as understood, with the place and the period that it leaves unsaid and the answer has."""
    asked = finding.asked
    figure = finding.statements[0].candidate.figure if finding.statements else None
    if figure is None or finding.computed is not None:
        return asked.standalone
    place = "" if not figure.region or short_place(figure.region) in asked.standalone else figure.region
    if not asked.periods and figure.period and figure.period not in asked.standalone:
        return f"{place}{figure.period}{asked.standalone}"
    if asked.period is not None and not asked.year_stated and (stated := parse_label(figure.period)) and stated.year:
        return f"{place}{stated.year}年{asked.standalone}"
    return f"{place}{asked.standalone}"


def _apart(found: Sequence[Finding]) -> Computation | None:
    """Return how far apart two places are, where that is asked ("上海GDP比北京多多少")."""
    said = [f.statements[0] for f in found if f.statements]
    asks = bool(found) and DIFFERENCE.search(found[0].asked.standalone)
    return between(said[0], said[1]) if asks and len(found) == len(said) == 2 else None


def _alike(asked: Question, said: Figure) -> Question:
    """Return a question for the same of another year, in the side and the dimension that was found for the first."""
    if not asked.alike or asked.aspects or asked.hole.dimension is not None:
        return asked
    if said.aspect == Aspect.YEAR_ON_YEAR.value:
        return replace(asked, aspects=(Aspect.YEAR_ON_YEAR,))
    return replace(asked, hole=Hole(unit_dimension(said.unit)))


_OUT_OF_SCOPE = "我只根据政府报告回答问题,不能按这个要求做。您可以问报告里的指标、任务、项目或措施。"


def _open(asked: Question) -> bool:
    """Whether a question read as one for a number leaves open that it is none ("控规下半年的目标")."""
    loose = asked.hole.dimension is None and not asked.aspects and not any(t.indicator for t in asked.terms)
    return asked.kind is Kind.FIGURE and loose and not asked.hole.noun and not _COUNTS.search(asked.standalone)


# A number is what is wanted, whatever it is of
_COUNTS = re.compile(r"多少|几个|人数|数量|总数|总量")


def _together(found: Sequence[Finding]) -> Answer:
    """Join the findings of the questions of one text: what is answered first, then what the reports lack."""
    statements = [s for f in found for s in f.statements]
    understood = ";".join(dict.fromkeys(_in_full(f) for f in found))
    if not statements:
        return replace(found[0].instead or _clarify(found[0].asked), understood=understood)
    computed = next((f.computed for f in found if f.computed is not None), None) or _apart(found)
    answer = _spoken(found[0].asked, statements) if computed is None else _calculated(found[0].asked, computed)
    opening = next((f.opening for f in found if f.statements), "")
    figures = list(dict.fromkeys(s.candidate.figure for s in statements if s.candidate.figure is not None))
    alone = all(s.candidate.figure is not None for s in statements)
    if not opening and computed is None and alone and len(figures) == 2:
        opening = which(found[0].asked, *figures)
    lacking = [f.instead.answer for f in found if f.instead is not None and f.instead.status is Status.REFUSED]
    plain = [re.sub(r"报告给出的是:.*", "", said) for said in lacking]
    return replace(answer, answer="".join([opening, answer.answer, *dict.fromkeys(plain)]), understood=understood)


def _spoken(asked: Question, statements: Sequence[Statement]) -> Answer:
    statements = list({(s.candidate.figure or s.text, s.start): s for s in statements}.values())
    statements = list({(s.text, s.start): s for s in statements}.values())
    marks, citations = number_statements(statements)
    parts = [f"{s.text.rstrip('。;,')}[{m}]" for s, m in zip(statements, marks, strict=True)]
    text = ";".join(parts) + "。" if len(parts) > 1 else f"{statements[0].text.rstrip('。;,')}。[{marks[0]}]"
    figures, rows = _figures(statements, marks), aligned(statements, marks)
    return Answer(Status.ANSWERED, text, asked.standalone, citations, figures, series=rows)


def _calculated(asked: Question, computed: Computation) -> Answer:
    marks, citations = number_statements([s for _, _, s in computed.operands])
    operands = tuple(Operand(str(v), u, m) for (v, u, _), m in zip(computed.operands, marks, strict=True))
    text = f"{computed.text}。{''.join(f'[{m}]' for m in dict.fromkeys(marks))}"
    calculation = Calculation(computed.formula, computed.unit, operands)
    operated = [s for _, _, s in computed.operands]
    figures, rows = _figures(operated, marks), aligned(operated, marks)
    return Answer(Status.ANSWERED, text, asked.standalone, citations, figures, calculation, rows)


def _figures(statements: Sequence[Statement], marks: Sequence[int]) -> tuple[AnswerFigure, ...]:
    return tuple(
        AnswerFigure(f.indicator, f.aspect, str(f.value), f.unit, f.period, f.region, f.status, m)
        for s, m in zip(statements, marks, strict=True)
        if (f := s.candidate.figure) is not None
    )


def _nearest(asked: Question, ranked: Sequence[Candidate]) -> Statement | None:
    """Return the same indicator in another period or aspect, None where the reports do not have the indicator."""
    for candidate in ranked[:10]:
        soft = set(candidate.misfits) <= {PERIOD, ASPECT, STATUS}
        if candidate.misfits and soft and not candidate.missing and candidate.coverage > 0.7:
            return proven(statement(asked, candidate))
    return None


def _clarify(asked: Question) -> Answer:
    what = "、".join(a.value for a in asked.aspects)
    said = f"请问您想了解哪个指标的{what}?" if what else "请说明您想了解哪个指标、项目或措施。"
    return Answer(Status.CLARIFY, said, asked.standalone)


def _which_place(asked: Question, regions: Sequence[str]) -> Answer:
    shown = "、".join(regions[:6]) + ("等" if len(regions) > 6 else "")
    said = f"请问您想了解哪个地区?现有{shown}{len(regions)}个地区的报告。"
    options = tuple(f"{region}{asked.standalone}" for region in regions[:_OPTIONS])
    return Answer(Status.CLARIFY, said, asked.standalone, suggestions=options)


def _cite_head(report: Report, number: int) -> Citation:
    """Cite the title of a report, where it stands in its text."""
    start = max(0, report.text.find(report.title))
    line_end = report.text.find("\n", start)
    end = line_end if line_end >= 0 else len(report.text)
    head = Passage(f"{report.id}-p1", 1, start, end, report.text[start:end])
    return cite(report, head, 0, len(head.text), number)
