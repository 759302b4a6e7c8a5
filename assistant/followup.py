"""A question after a question: what carries over and what does not, decided slot by slot."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.question import Kind, Question
from ingest.language.folding import fold

_PRONOUN = re.compile(
    r"^(?:那|那么)?(?:它们?|其|这个|那个|该|这些|那些|这|他们|她们|前者|后者|上述|刚才)|(?:它们?|这个|那个|该)(?:的|是|有|排|占|增|完|在|跟|和|总|一共|呢|,)|回到|前面|刚才|上面"
)
_CONTINUES = re.compile(r"^(?:那么?|还有|另外|再|其中|同期|同样)|呢[?？。!]*$")
# "我问的是6月份", "不是计划,是实际": a correction keeps everything else
_CORRECTS = re.compile(r"^(?:我(?:问|说|指|想问)的是|不是.{1,12}[,，]?\s*是|改成|换成)")


def follow(question: Question, before: Question) -> Question:
    """Return `question` with what it takes over from the question before it; a change of subject takes over nothing."""
    text = fold(question.standalone)
    pronoun, continues, corrects = _PRONOUN.search(text), _CONTINUES.search(text), _CORRECTS.search(text)
    subject = [t for t in question.terms if t.critical]
    if question.kind in (Kind.GREETING, Kind.ABOUT):
        return question
    if before.kind in (Kind.GREETING, Kind.ABOUT) or not before.terms:
        return question
    if not subject:
        return _merged(question, before, keep=1.0)
    if pronoun or corrects:
        return _merged(question, before, keep=0.6 if len(subject) < 2 else 0.3)
    if continues and len(text) <= 16:
        return _swapped(question, before)
    short = len(text) <= 12 and not question.period and not any(t.indicator for t in subject)
    if short and _generic(question):
        return _merged(question, before, keep=0.35)
    return _here(question, before)


def _here(question: Question, before: Question) -> Question:
    """Return a question on another subject, still about the place and the period spoken of unless it names its own."""
    if question.places or not before.places:
        return question
    same = question.period is None and before.year_stated and not question.periods
    return replace(
        question,
        places=before.places,
        period=before.period if same else question.period,
        year_stated=before.year_stated if same else question.year_stated,
        standalone=f"{''.join(before.places)}{question.standalone}",
    )


def elaborated(question: Question, before: Question) -> Question:
    """Return a later question of one text, asked of what the one before it names, unless it names its own:
    "北大医院南院区哪天开诊,有多少张床位" asks for the beds of that hospital."""
    named = [t for t in before.terms if t.critical and not t.indicator]
    if not named or any(t.critical and not t.indicator for t in question.terms) or question.kind is Kind.UNCLEAR:
        return question
    texts = {t.text for t in question.terms}
    return replace(question, terms=(*question.terms, *(t for t in named if t.text not in texts)))


def dangles(folded: str, question: Question) -> bool:
    """Whether a question points at something and names nothing that would tell what."""
    return bool(re.search(r"^(?:那|这)(?:个|些|项|家)|^(?:它|其|该)", folded)) and _generic(question)


def _generic(question: Question) -> bool:
    """Whether a question names nothing of its own that would stand alone ("年度目标是什么水平")."""
    return sum(t.weight for t in question.terms) < 1.2


def _merged(question: Question, before: Question, keep: float) -> Question:
    """Keep the subject before, and what the new question leaves open."""
    named = any(t.critical for t in question.terms)
    old = tuple(
        replace(t, weight=t.weight * keep, critical=t.critical and not named, indicator=t.indicator and not named)
        for t in before.terms
    )
    aspects = question.aspects
    if not aspects and not question.target and question.hole.dimension is None:
        aspects = before.aspects
    merged = replace(
        question,
        dangling=False,
        standalone=f"{before.standalone.rstrip('?？。呢吗')} {question.standalone}",
        terms=(*question.terms, *(t for t in old if t.text not in {x.text for x in question.terms})),
        aspects=aspects,
        period=question.period or before.period,
        year_stated=question.year_stated if question.period else before.year_stated,
        periods=question.periods or before.periods,
        places=question.places or before.places,
        status=question.status or (None if question.target else before.status),
    )
    kind = before.kind if question.kind in (Kind.UNCLEAR, Kind.TEXT) and not question.terms else question.kind
    if question.kind is Kind.UNCLEAR and (merged.aspects or merged.target or merged.hole.dimension):
        kind = Kind.FIGURE
    return replace(merged, kind=kind)


def _swapped(question: Question, before: Question) -> Question:
    """Put the new subject in the place of the old: "建筑业总产值呢" asks of it what was asked before."""
    ordinal = any(t.ordinal for t in question.terms) and not any(t.indicator for t in question.terms)
    old = tuple(t for t in before.terms if not (ordinal and t.ordinal))
    keep = 1.0 if ordinal else 0.3
    kept = tuple(replace(t, weight=t.weight * keep, critical=False) for t in old if not (t.indicator and not ordinal))
    return replace(
        question,
        dangling=False,
        standalone=f"{question.standalone.rstrip('?？。呢')}({before.standalone.rstrip('?？。')})",
        kind=before.kind if question.kind in (Kind.UNCLEAR, Kind.TEXT, Kind.FIGURE) else question.kind,
        terms=(*question.terms, *(t for t in kept if t.text not in {x.text for x in question.terms})),
        aspects=question.aspects or before.aspects,
        hole=before.hole if ordinal and not question.hole.dimension else question.hole,
        period=question.period or before.period,
        year_stated=question.year_stated if question.period else before.year_stated,
        periods=question.periods or before.periods,
        places=question.places or before.places,
        status=question.status or before.status,
        target=question.target or before.target,
    )
