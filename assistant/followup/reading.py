"""How a later turn reads in the light of the ones before it, surely (`continued`) or perhaps (`alternatives`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.followup.contrasts import contrasted
from assistant.followup.exchanges import in_its_place, named_at_last, of_its_part, of_the_same, with_subject
from assistant.followup.joined import compares_its_own, of_its_own, together
from assistant.followup.references import PRONOUN, of_another_year, pointed_back, referred, returned
from assistant.followup.subjects import carried_subject, entity, shared_slots
from assistant.followup.turns import OPENS, SOCIAL, TAIL, Continued, LaterTurn, asks, later_turn, naming
from assistant.question import Kind, Question, Term
from ingest.language.folding import fold
from ingest.language.periods import Calendar

# The first that reads a turn has it.
_READERS: tuple[Callable[[LaterTurn], Continued | None], ...] = (
    pointed_back,
    of_its_own,
    of_another_year,
    returned,
    contrasted,
    referred,
    of_the_same,
    with_subject,
    of_its_part,
    in_its_place,
)


def continued(question: Question, earlier: Sequence[Question], calendar: Calendar) -> Continued | None:
    """Return how `question` reads in the light of the `earlier` ones, None where it stands alone."""
    asked = naming(earlier)
    if not asked:
        return named_at_last(question, earlier[-1]) if earlier else None
    if question.kind in _UNCONNECTED or _EVERY_PLACE.search(question.standalone):
        return None
    turn = later_turn(question, earlier, asked[-1], calendar)
    return next((found for read in _READERS if (found := read(turn)) is not None), None)


def alternatives(question: Question, earlier: Sequence[Question]) -> list[Continued]:
    """Return other ways in which `question` may take up the `earlier` ones, likeliest first: which of them is meant the
    reports tell."""
    asked = naming(earlier)
    if not asked or question.kind in _UNCONNECTED or _EVERY_PLACE.search(question.standalone):
        return []
    text = fold(question.standalone)
    opening = OPENS.match(text)
    own = text[opening.end() if opening else 0 :].strip(" ,，。")
    if compares_its_own(question, own):
        return []
    ways = (together(question, own, asked), _of_the_part(question, own, asked[-1]))
    return [*(way for way in ways if way is not None), *_of_what_was_named(question, own, asked[-1])]


def _of_the_part(question: Question, own: str, before: Question) -> Continued | None:
    """Return a turn for a share as one for the part itself, where no share is told: "里面地方占多少"."""
    part = _PART.search(own)
    if part is None:
        return None
    spoken = own.replace(part[0], "是多少")
    carried = carried_subject(before, question, spoken)
    return Continued(f"{shared_slots(question, before)}{carried}{spoken}", carried, 0.6, before)


def _of_what_was_named(question: Question, own: str, before: Question) -> list[Continued]:
    """Return a turn that asks without an indicator, asked of the subject before, or of the body that it opens with."""
    if any(t.indicator for t in question.terms) or not asks(question, own):
        return []
    found: list[Continued] = []
    pronoun = PRONOUN.match(own)
    rest = TAIL.sub("", own[pronoun.end() if pronoun and not pronoun["noun"] else 0 :])
    carried = carried_subject(before, question, own)
    if carried and carried not in own:
        found.append(Continued(f"{shared_slots(question, before, carried)}{carried}{rest}", carried, 0.6, before))
    body = entity(before)
    if body and body not in own and body != carried:
        found.append(Continued(f"{shared_slots(question, before, body)}{body}{rest}", body, 0.8, before))
    return found


def lightened(question: Question, alone: Question, continued: Continued) -> Question:
    """Return the question read from the stand-alone text, what it took over weighing less than what it says itself."""
    own = {t.text for t in alone.terms}
    names_own = any(t.critical for t in alone.terms)
    indicates = any(t.indicator for t in alone.terms)
    kept: list[Term] = []
    for t in question.terms:
        if t.text in own or t.text not in continued.carried.lower():
            kept.append(t)
            continue
        loses = names_own and (indicates or continued.keep < 1)
        kept.append(
            replace(
                t,
                weight=t.weight * continued.keep,
                critical=t.critical and not names_own,
                indicator=t.indicator and not loses,
            )
        )
    old = [
        t
        for t in continued.before.terms
        if t.text not in {k.text for k in kept} and t.text in continued.carried.lower()
    ]
    kept += [replace(t, weight=t.weight * continued.keep, critical=False, indicator=False) for t in old]
    return replace(question, text=alone.text, terms=tuple(kept), dangling=False)


def elaborated(question: Question, before: Question) -> Question:
    """Return a later question of one text, asked of what the one before it names, unless it names its own:
    "北大医院南院区哪天开诊,有多少张床位" asks for the beds of that hospital."""
    named = [t for t in before.terms if t.critical and not t.indicator]
    if not named or any(t.critical and not t.indicator for t in question.terms) or question.kind is Kind.UNCLEAR:
        return question
    texts = {t.text for t in question.terms}
    return replace(question, terms=(*question.terms, *(t for t in named if t.text not in texts)))


# What neither continues a conversation nor is continued.
_UNCONNECTED = (*SOCIAL, Kind.ATTACK)
# "哪些省2026年增长目标在5%以上", "各省增速排名": asked of all places, whatever was spoken of
_EVERY_PLACE = re.compile(r"各(?:个)?(?:省|地|市)|哪(?:些|几个|个)省|(?:每个?|所有|全国各)省?")
_PART = re.compile(r"占了?(?:多少|几)(?!成|分)")
