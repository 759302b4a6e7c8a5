"""Refusals and clarifications: what is missing, the nearest thing the reports have, what can be asked instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.attributes import lacking
from assistant.evidence import Candidate, tells_time
from assistant.fitting import ASPECT, PERIOD, PLACE, SEEN_AGAINST, STATUS, UNIT
from assistant.question import Kind, Question
from assistant.ranker import acceptance, confidence, family, weights
from assistant.scope import is_above, is_kin
from assistant.terms import is_code
from ingest.divisions import meant_by, spoken_of
from ingest.language.aspects import Aspect
from ingest.language.indicators import indicators

# From which chance on the best candidate is said. Measured on the development questions (evals/training.py).
ENOUGH = {"figure": 0.34, "text": 0.25}
# A wrong name in "… 吧" is no reason to refuse: what the report has is said instead.
_ENOUGH_YES_NO = 0.15
# When a date is asked for, the share of the question that must stand near it.
_ENOUGH_WHEN = 0.5


def acceptable(question: Question, ranked: Sequence[Candidate]) -> bool:
    """Whether the best of `ranked` answers the question and does not merely share its words."""
    if not ranked or ranked[0].misfits:
        return False
    best, name = ranked[0], family(question)
    if lacking(question, best) or any(is_code(t.text) for t in best.missing) or _of_another(question, best):
        return False
    if question.kind is Kind.WHEN and not (tells_time(best) and best.coverage >= _ENOUGH_WHEN):
        return False
    if question.kind is Kind.FIGURE and _lacks_names(question, best):
        return False
    enough = _ENOUGH_YES_NO if question.kind is Kind.YES_NO else ENOUGH[name]
    return confidence(acceptance(question, ranked), weights(name).accept) >= enough


def _lacks_names(question: Question, best: Candidate) -> bool:
    """Whether none of the things is near that a question for a number names and the reports have."""
    named = [t for t in question.terms if t.critical and not t.indicator and not t.unknown and t.weight >= _NAME]
    return len(named) > 1 and all(t in best.missing for t in named)


_NAME = 0.8


def _of_another(question: Question, best: Candidate) -> bool:
    """Whether the figure is of another indicator of the lexicon than the one asked for, which its own clause does not
    name: an income for "CPI涨幅", though the heading above speaks of prices."""
    absent = [t for t in best.missing if t.indicator]
    named = [t for t in question.terms if t.indicator]
    if not absent and len(named) == 1 and best.features.get("indicator_other"):
        own = f"{best.reading.own[best.clause.index]}{best.clause.subject.lower()}"
        absent = [t for t in named if not any(form in own for form in t.forms)]
    if not absent or best.figure is None or best.figure.indicator not in indicators().forms:
        return False
    return not any(_alike(form, best.figure.indicator) for t in absent for form in t.forms)


def _alike(form: str, indicator: str) -> bool:
    """Whether more than half of a form's character pairs stand in an indicator."""
    pairs = [form[i : i + 2] for i in range(len(form) - 1)]
    return sum(pair in indicator for pair in pairs) * 2 > len(pairs)


def likelihood(question: Question, ranked: Sequence[Candidate]) -> float:
    """Return how likely the best of `ranked` answers, 0 to 1; what contradicts or lacks the attribute asked for does
    not."""
    if not ranked or ranked[0].misfits or lacking(question, ranked[0]):
        return 0.0
    return confidence(acceptance(question, ranked), weights(family(question)).accept)


def reason(question: Question, best: Candidate | None) -> str:
    """Return the sentence that says what the reports lack."""
    subject = _subject(question)
    if best is not None:
        if (place := of_part(question, best)) and not best.misfits:
            return f"报告没有给出{place}的{subject},只有其中{best.reading.report.region}的。"
        if (attribute := lacking(question, best)) and not best.misfits:
            return f"报告提到了“{subject}”,但没有说明{attribute}。"
        if question.kind is Kind.WHEN and not (best.misfits or tells_time(best)) and best.coverage >= _ENOUGH_WHEN:
            return f"报告提到了“{subject}”,但没有说明时间。"
        if PLACE in best.misfits:
            return f"现有报告没有“{'、'.join(question.places)}”的相关内容{_kin(question.places, best)}。"
        if PERIOD in best.misfits and question.period is not None:
            return f"报告没有给出{question.period.label}的{subject}。"
        if ASPECT in best.misfits:
            asked = question.aspects[0] if question.aspects else Aspect.VALUE
            return f"报告没有给出{subject}的{_ASPECTS.get(asked, asked.value)}。"
        if STATUS in best.misfits:
            return f"报告没有给出{subject}的{'计划或目标数' if question.target else '实际完成数'}。"
        if UNIT in best.misfits and question.hole.dimension is not None:
            return f"报告没有给出{subject}的{question.hole.dimension.value}。"
    return f"报告中没有找到关于“{subject}”的内容。"


def of_part(question: Question, candidate: Candidate) -> str:
    """Return the place that a question for a number means by 全市 or 全省, where the candidate speaks of only a part of
    it: of the district that reports; "" where it does not."""
    report, word = candidate.reading.report, spoken_of(question.standalone)
    meant = meant_by(word, report.region, report.issuer)
    if question.places or question.kind is not Kind.FIGURE or meant in ("", report.region):
        return ""
    against = set(question.aspects) & SEEN_AGAINST
    return "" if against or spoken_of(candidate.reading.sentences[candidate.clause.index]) == word else meant


def _kin(places: Sequence[str], best: Candidate) -> str:
    """Return the clause that names a report on a part of the place asked for, or on what it is a part of."""
    report = best.reading.report
    for place in places:
        if is_above(place, report):
            return f",只有其中{report.region}的报告"
        if is_kin(place, report):
            return f",只有它所在的{report.region}的报告"
    return ""


_ASPECTS = {Aspect.YEAR_ON_YEAR: "同比变化", Aspect.MONTH_ON_MONTH: "环比变化"}


def _subject(question: Question) -> str:
    named = [t.text for t in question.terms if t.critical][:3] or [t.text for t in question.terms][:3]
    named = [_as_written(name, question) for name in named]
    return (
        "".join(named[:1]) if any(t.indicator for t in question.terms[:1]) else "、".join(named) or question.text[:20]
    )


def _as_written(name: str, question: Question) -> str:
    """Return the word of a term as the question writes it: "GDP", which is read as "gdp"."""
    written = re.search(re.escape(name), question.standalone, re.IGNORECASE)
    return written[0] if written else name
