"""Refusals and clarifications: what is missing, the nearest thing the reports have, what can be asked instead."""

from __future__ import annotations

from assistant.evidence import Candidate, tells_time
from assistant.fitting import ASPECT, PERIOD, PLACE, STATUS, UNIT
from assistant.question import Kind, Question
from ingest.language.aspects import Aspect

# Shares of the question that the evidence must hold. Measured on the development questions (evals).
ENOUGH = 0.43
# The share that must stand in the clause itself or right beside it.
NEAR_ENOUGH = 0.25
# Enough on their own, whatever else the question says.
CLEARLY_NEAR, CLEARLY_LIKE = 0.4, 0.45
ENOUGH_WHEN = 0.6
# What the cosine of question and sentence adds, counted from its usual value.
_DENSE_WEIGHT, _DENSE_USUAL = 0.6, 0.33


def acceptable(question: Question, best: Candidate) -> bool:
    """Whether the best candidate answers the question and not one that merely shares its words."""
    if best.misfits:
        return False
    if question.kind in (Kind.FIGURE, Kind.YES_NO) and any(t.indicator for t in best.missing):
        return False
    if sum(t.weight >= 0.3 for t in question.terms) < 2 and best.coverage < ENOUGH_WHEN:
        return False
    if best.near < NEAR_ENOUGH:
        return False
    if question.kind is Kind.WHEN:
        return tells_time(best) and best.coverage >= ENOUGH_WHEN and not any(t.unknown for t in best.missing)
    if question.kind is Kind.FIGURE and (_lacks_counted(question, best) or _lacks_named(question, best)):
        return best.coverage >= ENOUGH_WHEN
    if best.near >= CLEARLY_NEAR and best.dense >= CLEARLY_LIKE:
        return True
    return best.coverage + _DENSE_WEIGHT * (best.dense - _DENSE_USUAL) >= ENOUGH


def _lacks_counted(question: Question, best: Candidate) -> bool:
    """Whether what is to be counted is not there, not even in part ("商户" for "蔬菜销售商")."""
    noun = question.hole.noun
    missing = [t for t in best.missing if len(t.text) > 1 and noun.startswith(t.text)]
    indicator = best.figure.indicator if best.figure is not None else ""
    return bool(missing) and not any(c in indicator for t in missing for c in t.text)


def _lacks_named(question: Question, best: Candidate) -> bool:
    """Whether none of the things that the question names is near."""
    named = [t for t in question.terms if t.critical and not t.indicator and t.weight >= 0.8]
    return bool(named) and all(t in best.missing for t in named)


def reason(question: Question, best: Candidate | None) -> str:
    """Return the sentence that says what the reports lack."""
    subject = _subject(question)
    if best is not None:
        if PLACE in best.misfits:
            return f"现有报告没有“{'、'.join(question.places)}”的相关内容。"
        if PERIOD in best.misfits and question.period is not None:
            return f"报告没有给出{question.period.label}的{subject}。"
        if ASPECT in best.misfits and question.aspects:
            return f"报告没有给出{subject}的{_ASPECTS.get(question.aspects[0], question.aspects[0].value)}。"
        if STATUS in best.misfits:
            return f"报告没有给出{subject}的{'计划或目标数' if question.target else '实际完成数'}。"
        if UNIT in best.misfits and question.hole.dimension is not None:
            return f"报告没有给出{subject}的{question.hole.dimension.value}。"
    return f"报告中没有找到关于“{subject}”的内容。"


_ASPECTS = {Aspect.YEAR_ON_YEAR: "同比变化", Aspect.MONTH_ON_MONTH: "环比变化"}


def _subject(question: Question) -> str:
    named = [t.text for t in question.terms if t.critical][:3] or [t.text for t in question.terms][:3]
    return (
        "".join(named[:1]) if any(t.indicator for t in question.terms[:1]) else "、".join(named) or question.text[:20]
    )
