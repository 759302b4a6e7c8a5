"""Several turns taken up together: their things side by side, to be calculated with or compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followup.subjects import shared_slots, subject_text
from assistant.followup.turns import Continued, LaterTurn
from assistant.question import Question
from ingest.language.aspects import Aspect


def together(question: Question, own: str, asked: Sequence[Question]) -> Continued | None:
    """Return a turn that calculates with the things of the last questions `asked`, None where it does not: `own` is
    what it says without its opening."""
    before = asked[-1]
    if not COMPUTES.search(own) or not (len(asked) > 1 or question.places):
        return None
    several = asked[-3:] if THREE.search(own) and len(asked) > 2 else asked[-2:]
    joined = against_place(question, own, before) or side_by_side(question, several)
    return Continued(f"{joined}{PAIRED.sub('', own)}", joined, 1.0, before, pair=True) if joined else None


def compares_its_own(question: Question, own: str) -> bool:
    """Whether a turn names both things that it compares itself: "支出比收入多多少"."""
    sides = _OWN_SIDES.match(own)
    named = [t.text for t in question.terms if len(t.text) > 1]
    return sides is not None and all(any(name in sides[side].lower() for name in named) for side in ("one", "other"))


def of_its_own(turn: LaterTurn) -> Continued | None:
    """Return a turn that names what it compares itself, with the place and the period of the one before."""
    if not compares_its_own(turn.question, turn.own):
        return None
    return Continued(f"{shared_slots(turn.question, turn.before)}{turn.own}", "", 1.0, turn.before)


_OWN_SIDES = re.compile(r"(?P<one>[^,。?比]{2,10})比(?P<other>[^,。?比]{2,10}?)(?:[要还是]?[多少高低快慢大小])")


def side_by_side(question: Question, several: Sequence[Question]) -> str:
    """Return the things of some questions side by side: their subjects, or one subject in several places or periods; ""
    where more than one of these differs."""
    before = several[-1]
    grows = all(Aspect.YEAR_ON_YEAR in q.aspects for q in several) and not question.target
    side = "同比增速" if grows else "目标" if all(q.target for q in several) else ""
    subjects = list(dict.fromkeys(subject_text(q) for q in several))
    places = list(dict.fromkeys(place for q in several for place in q.places))
    times = list(dict.fromkeys(said for q in several for said in q.period_texts))
    if len(subjects) == len(several):
        return f"{shared_slots(question, before)}{_listed(subjects)}{side}"
    if len(subjects) > 1:
        return ""
    if len(places) == len(several):
        return f"{_listed(places)}{''.join(before.period_texts)}{subjects[0]}{side}"
    return f"{''.join(places)}{_listed(times)}{subjects[0]}{side}" if len(times) == len(several) else ""


def against_place(question: Question, own: str, before: Question) -> str:
    """Return the subject before in its place and in the one that this turn sets against it: "跟北京比谁更长"."""
    place = "".join(question.places)
    if len(question.places) != 1 or len(before.places) != 1 or place in before.places or not before.terms:
        return ""
    if not re.match(rf"[跟和与同比]?{place}(?:的)?(?:比|相比|哪|谁|差)", own):
        return ""
    return f"{before.places[0]}和{place}{''.join(before.period_texts)}{subject_text(before)}"


def _listed(names: Sequence[str]) -> str:
    """Return "甲和乙", "甲、乙和丙"."""
    return "和".join(filter(None, ("、".join(names[:-1]), names[-1])))


# "这俩差几个百分点", "一减,差额是多少", "两块加总", "哪个高"
COMPUTES = re.compile(
    r"差了?(?:零点)?(?:多少|几|额|距)|相差|[相一]减|加总|合计|加起来|加(?:在|到)?一(?:起|块)|总共|一共|总和|之和|相比|比(?:较|一下)"
    r"|(?:哪个|哪[项年边]|谁)[^,。?]{0,6}[高多大快低少长慢]|[高多大快低少长慢](?:多少|几)"
)
THREE = re.compile(r"三|仨|几[个者家项]")
# "这俩|差几个百分点", "两块绿地|加总", "这三个里|哪个最高"
PAIRED = re.compile(
    r"^(?:把|那么?)?(?:这|那|它们?|他们|上面|上述|刚才)?[的那这]?"
    r"(?:[跟和与同比][\u4e00-\u9fff]{2,8}?相?比[,]?|(?:两者|二者|三者|俩|仨|[两三几][块项样个家省市地年月])[\u4e00-\u9fff]{0,3}?(?:里面?|中|之间|当中)?[,的]?"
    r"(?=差|相|加|总|一|合|哪|谁|比|之|都|各|分|谁)|(?=[加差相合总]))|^一减[,]?"
)
