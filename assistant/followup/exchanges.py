"""Turns that ask the question before again, with something else in the place of a part of it."""

from __future__ import annotations

import re

from assistant.followup.contrasts import without_contrasts
from assistant.followup.subjects import carried_subject, head, shared_slots, spans, subject_text
from assistant.followup.turns import SHORT, TAIL, Continued, LaterTurn, asks, without_opening
from assistant.question import Question
from ingest.language.folding import fold
from ingest.language.periods import Calendar, periods
from ingest.language.statuses import Status


def named_at_last(question: Question, before: Question) -> Continued | None:
    """Return a question that named nothing with what this turn names: "增速是多少" and then "区级财政收入"."""
    wants = before.aspects or before.target or before.hole.dimension is not None
    own = TAIL.sub("", without_opening(fold(question.standalone)))
    if not wants or not any(t.critical for t in question.terms) or asks(question, own):
        return None
    return Continued(f"{own}{fold(before.standalone)}", "", 1.0, before)


def of_the_same(turn: LaterTurn) -> Continued | None:
    """Return a turn that names no subject: another side, period, place or item of the one before."""
    question, own, before = turn.question, turn.own, turn.before
    if turn.subject:
        return None
    if (counted := _another_in_order(question, before)) is not None:
        return counted
    if not turn.asks:
        text = fold(before.standalone)
        if question.periods or question.places:
            text = _with_slots(question, TAIL.sub("", own), before, turn.calendar)
        elif question.status is not None or not before.terms:
            text = f"{shared_slots(question, before)}{subject_text(before)}{own}"
        return Continued(text, text, 1.0, before)
    carried = carried_subject(before, question, own)
    return Continued(f"{shared_slots(question, before)}{carried}{TAIL.sub('', own)}", carried, 1.0, before)


def _another_in_order(question: Question, before: Question) -> Continued | None:
    """Return the question before with another number in a row: "第二批呢"."""
    new = next((t.text for t in question.terms if t.ordinal), None)
    old = next((t.text for t in before.terms if t.ordinal), None)
    if new is None or old is None:
        return None
    text = fold(before.standalone).replace(old, new)
    return Continued(text, text.replace(new, ""), 1.0, before)


def _with_slots(question: Question, own: str, before: Question, calendar: Calendar) -> str:
    """Return the question before with the period or the place of this one in place of its own."""
    text = fold(before.standalone)
    if question.places:
        for place in before.places:
            text = text.replace(place, question.places[0])
        if not before.places:
            text = f"{question.places[0]}{text}"
        own = own.replace(question.places[0], "")
    text = _in_status(question, text)
    if question.periods:
        named = periods(text, calendar)
        for mention in reversed(named):
            text = text[: mention.start] + text[mention.end :]
        text = f"{own}{text}" if named or own else text
    return text


def _in_status(question: Question, text: str) -> str:
    """Return the question before without its words for a plan where this turn asks for what is done."""
    if question.status is Status.DONE and not question.target:
        return _PLANNED.sub("", text)
    return text


_PLANNED = re.compile(r"(?:年度|全年|预期|计划)?的?(?:目标|任务(?!清单)|预期)(?:数|值|量)?|计划|打算|准备")


def with_subject(turn: LaterTurn) -> Continued | None:
    """Return what was asked before, asked of another subject: "那建安投资呢"."""
    fragment = turn.opening or turn.corrects or len(turn.own) <= SHORT or turn.text.rstrip("?？。").endswith("呢")
    if turn.asks or not fragment:
        return None
    before = turn.before
    old, asked = _taken_apart(turn)
    kind_of_same = re.search(r"的(?:呢)?[?。]*$", turn.own)
    own = TAIL.sub("", turn.own).removesuffix("的")
    if kind_of_same and not any(t.indicator for t in turn.question.terms):  # "区级的呢": another kind of the same
        return Continued(_spoken(own + head(before, old), asked), "", 1.0, before)
    if turn.narrows:
        return Continued(_spoken(f"{old}中{own}", asked), old, 0.4, before)
    if all(t.ordinal or not t.critical for t in turn.question.terms):
        return Continued(_spoken(f"{old}{own}", asked), old, 0.6, before)
    return Continued(_spoken(own, asked), without_contrasts(old, own), 0.3, before)


def _taken_apart(turn: LaterTurn) -> tuple[str, str]:
    """Return the subject of the question before and what it asks of it, without the slots that the turn fills."""
    before, question = turn.before, turn.question
    asked = text = fold(before.standalone)
    stretches = list(spans(before, text))
    for start, end in reversed(stretches):
        asked = asked[:start] + asked[end:]
    if question.periods or question.places:
        for mention in reversed(periods(asked, turn.calendar)):
            asked = asked[: mention.start] + asked[mention.end :]
    if question.places:
        for place in before.places:
            asked = asked.replace(place, "")
    return "".join(text[a:b] for a, b in stretches), asked


def _spoken(subject: str, asked: str) -> str:
    """Put a subject where the question before had its own: behind the period and the place, before what is asked."""
    head = re.match(r"^(?:请问|[^,。?]*?(?:年|半年|季度|月份?|省|市|区|县|全国)(?:的)?)?", asked)
    at = head.end() if head else 0
    return f"{asked[:at]}{subject}{asked[at:]}"


def of_its_part(turn: LaterTurn) -> Continued | None:
    """Return a turn that names something that could be of anything, of the subject before: "面积有多大"."""
    if not (turn.generic or turn.narrows) or len(turn.own) > SHORT + 4 or any(t.indicator for t in turn.subject):
        return None
    carried = carried_subject(turn.before, turn.question, turn.own)
    text = f"{shared_slots(turn.question, turn.before)}{carried}{turn.own}"
    return Continued(text, carried, 0.4, turn.before)


def in_its_place(turn: LaterTurn) -> Continued | None:
    """Return a turn with a subject of its own that leaves the place and the period unsaid."""
    if not turn.before.places or turn.question.places:
        return None
    return Continued(f"{shared_slots(turn.question, turn.before)}{turn.own}", "", 1.0, turn.before)
