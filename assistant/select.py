"""Ranked candidates -> those that are said: one, or several where the question asks for several things."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Candidate
from assistant.fitting import ASPECT
from assistant.question import Kind, Question
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.statuses import Status
from ingest.language.units import unit_dimension
from ingest.report import Figure


def several(question: Question, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates to say, best first."""
    best = ranked[0]
    if question.both:
        return _actual_and_planned(ranked)
    if best.figure is not None and len(question.aspects) > 1:
        return _per_aspect(question, ranked)
    if question.wide:
        return _covering(question, ranked)
    return [best]


def done_first(question: Question, ranked: list[Candidate]) -> list[Candidate]:
    """Return the candidates with what was done first where what was planned for the same time leads: "2012年新增就业是
    多少" asks of a year of which one report plans and the next reviews, "棉花产量多少" of what there is."""
    best = ranked[0].figure if ranked else None
    dated = question.period is not None
    open_ = question.kind is Kind.FIGURE and (question.year_stated or not dated) and question.status is None
    if best is None or not open_ or question.target or question.both or _status(ranked[0]) is Status.DONE:
        return ranked
    for n, candidate in enumerate(ranked[1:_DONE_WITHIN], 1):
        figure = candidate.figure
        if figure is None or candidate.misfits or _status(candidate) is not Status.DONE:
            continue
        same = figure.indicator == best.indicator and (figure.period == best.period or not dated)
        if same and _comparable(candidate, ranked[0]):
            return [candidate, *ranked[:n], *ranked[n + 1 :]]
    return ranked


_DONE_WITHIN = 20
# By how much a number must beat the others of its clause to be said alone.
_LEAD = 0.12


def is_sure(chosen: Candidate, ranked: Sequence[Candidate]) -> bool:
    """Whether the chosen number is clearly the one that is meant among those of its clause."""
    same = (c for c in ranked if c.clause is chosen.clause and c.figure != chosen.figure and not c.misfits)
    return all(chosen.score - c.score >= _LEAD for c in same)


def _per_aspect(question: Question, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the best candidate of each aspect asked for, of the subject of the best one; a clause that holds two
    aspects is said once. "增速全市第几" names the growth only to say whose rank it wants: there the rank is all."""
    best = ranked[0]
    if question.aspects[0] in (Aspect.RANK, Aspect.AGAINST_AVERAGE, Aspect.AGAINST_TARGET):
        return [best]
    chosen = [best]
    for aspect in question.aspects[1:]:
        other = next((c for c in ranked if c.figure and c.figure.aspect == aspect.value and _same(c, best)), None)
        if other is not None and other.clause is not best.clause:
            chosen.append(other)
    return chosen


def _same(one: Candidate, other: Candidate) -> bool:
    return (
        one.reading.passage.id == other.reading.passage.id
        and one.clause.subject == other.clause.subject
        and not one.misfits
    )


def _actual_and_planned(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the best candidate of what is done and the best of what is planned, in this order; of numbers only such
    as measure the same."""
    best = ranked[0]
    chosen = [best]
    for candidate in ranked[1:]:
        if (_status(candidate) is Status.DONE) is not (_status(best) is Status.DONE) and _rivals(candidate, best):
            chosen.append(candidate)
            break
    return sorted(chosen, key=lambda c: _status(c) is not Status.DONE)


# "对照", "比一比", "差距大吗", "够不够": something is set beside something
_BESIDE = re.compile(
    r"对照|对比|相比|比(?:较|一下|一比|比看)|差(?:别|异|距|多少|在哪)|区别|分别|各(?:是|有|为|多少|几)"
    r"|哪[个项笔边](?:更)?[高大多快]|谁(?:更)?[高大多快]|够不够|一样|一起|vs|还是"
)
_PLAN = re.compile(r"目标|任务|计划|预期|规划|全年|年底|年内|控制线|红线|下半年")


_YEARS = re.compile(r"(?:19|20)\d\d")


def other_side(question: Question, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return what else a comparison needs beside the best figure: the plan beside what is done, or the other way
    round; [] where the question compares nothing or nothing is there to compare with."""
    best = ranked[0]
    text = fold(question.standalone)
    if best.figure is not None and _asks_value_too(question, text):
        return [c for c in ranked[1:80] if _is_value_of(c, best)][:1]
    years = len(set(_YEARS.findall(text))) > 1  # "2014年目标比2013年高还是低": years are compared, each asked by itself
    if best.figure is None or years or not _BESIDE.search(text) or not _PLAN.search(text) or question.alike:
        return []
    done = _status(best) is Status.DONE
    for candidate in ranked[1:80]:
        same = candidate.figure is not None and candidate.figure.indicator == best.figure.indicator
        if same and (_status(candidate) is Status.DONE) is not done and _comparable(candidate, best):
            return [candidate]
    return []


# "商品房销售面积和增速", "固投多少、同比增幅": the amount is asked for with one of its sides
_AND_SIDE = re.compile(
    r"(?:是|为|有)?(?:多少)?[、和及与,](?:以及|它的|其)?(?:同比)?(?:增速|增幅|增长|涨幅|排名|名次|占比|完成率)"
)


def _asks_value_too(question: Question, text: str) -> bool:
    names = [t.text for t in question.terms if t.indicator]
    lowered = text.lower()
    return (
        len(names) == 1
        and len(question.aspects) == 1
        and bool(_AND_SIDE.match(lowered, lowered.find(names[0]) + len(names[0])))
    )


def _is_value_of(candidate: Candidate, best: Candidate) -> bool:
    figure = candidate.figure
    return (
        figure is not None
        and best.figure is not None
        and figure.aspect == Aspect.VALUE.value
        and figure.indicator == best.figure.indicator
        and figure.period == best.figure.period
        and set(candidate.misfits) <= {ASPECT}
    )


# How close another indicator's figure must come to be another way to read the question, and how many are told.
_READING, _READINGS = 0.15, 2


def other_readings(ranked: Sequence[Candidate]) -> tuple[Figure, ...]:
    """Return figures of other indicators that the question may mean as well as the best one's: "财政收入" is that of
    the local level or of the district."""
    best = ranked[0]
    found: dict[str, Figure] = {}
    for candidate in ranked[1:20]:
        figure = candidate.figure
        if best.figure is None or figure is None or candidate.misfits or candidate.score < best.score - _READING:
            continue
        if figure.aspect == best.figure.aspect and figure.indicator != best.figure.indicator:
            found.setdefault(figure.indicator, figure)
    return tuple(found.values())[:_READINGS]


def _comparable(one: Candidate, other: Candidate) -> bool:
    alike = one.figure is not None and other.figure is not None
    return alike and unit_dimension(one.figure.unit) is unit_dimension(other.figure.unit)  # type: ignore[union-attr]


def _status(candidate: Candidate) -> Status:
    return Status(candidate.figure.status) if candidate.figure is not None else candidate.clause.status


def _rivals(candidate: Candidate, best: Candidate) -> bool:
    alike = (candidate.figure is None) == (best.figure is None)
    if candidate.figure is not None and best.figure is not None:
        alike = unit_dimension(candidate.figure.unit) is unit_dimension(best.figure.unit)
    return alike and not candidate.misfits and candidate.coverage > 0.55 * best.coverage


def _covering(question: Question, ranked: Sequence[Candidate], most: int = 4) -> list[Candidate]:
    """Return candidates until they hold every term of the question between them, each adding some."""
    chosen = [ranked[0]]
    held = _held(question, ranked[0])
    for candidate in ranked[1:60]:
        if len(chosen) == most or candidate.misfits:
            break
        adds = _held(question, candidate) - held
        if sum(t.weight for t in question.terms if t.text in adds) >= 0.6 and candidate.coverage > 0.3:
            chosen.append(candidate)
            held |= adds
    return chosen


def _held(question: Question, candidate: Candidate) -> set[str]:
    """Return the terms that the candidate's own sentence holds."""
    sentence = candidate.reading.sentences[candidate.clause.index]
    if question.kind is Kind.FIGURE:
        sentence = candidate.reading.own[candidate.clause.index] + candidate.clause.subject.lower()
    return {t.text for t in question.terms if any(f in sentence for f in t.forms)}
