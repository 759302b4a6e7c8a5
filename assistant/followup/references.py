"""Turns that point back: by a pronoun, to the first question or the last but one, to an earlier word, to a year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followup.subjects import entity, segments, shared_slots, subject_text
from assistant.followup.turns import GENERIC, Continued, LaterTurn, asks, naming
from assistant.question import Question
from ingest.language.folding import fold


def pointed_back(turn: LaterTurn) -> Continued | None:
    """Return a turn that asks of the first question or the last but one: "前一个行业的增速"."""
    back = _EARLIER.search(turn.own)
    source = _pointed_at(back, turn.earlier) if back is not None else None
    if back is None or source is None:
        return None
    named = subject_text(source)
    text = f"{shared_slots(turn.question, source, named)}{named}{turn.own[back.end() :]}"
    return Continued(text, named, 1.0, source)


def _pointed_at(back: re.Match[str], earlier: Sequence[Question]) -> Question | None:
    """Return the question that "前一个", "第一个指标" points back at, None where there was one alone."""
    asked = naming(earlier)
    return None if len(asked) < 2 else asked[0] if back["first"] else asked[-2]


def of_another_year(turn: LaterTurn) -> Continued | None:
    """Return a turn that asks of the year before or after the one spoken of: "第二年呢", "次年的目标是多少"."""
    before, year = turn.before, _NEXT_YEAR.search(turn.own)
    if year is None or before.period is None:
        return None
    shifted = f"{before.period.year + (1 if year['next'] else -1)}年"
    if not asks(turn.question, _NEXT_YEAR.sub("", turn.own)):
        text = fold(before.standalone)
        for said in before.period_texts:
            text = text.replace(said, shifted, 1)
        return Continued(text, text, 1.0, before)
    named = subject_text(before)
    place = "".join(p for p in before.places if p not in named)
    return Continued(f"{place}{named}{_NEXT_YEAR.sub(shifted, turn.own)}", named, 1.0, before)


def returned(turn: LaterTurn) -> Continued | None:
    """Return a turn that goes back to an earlier subject by a word of it: "回到就业,2021年完成了多少"."""
    if not _BACK.search(turn.text):
        return None
    word, _, rest = turn.own.partition(",")
    for source in reversed(naming(turn.earlier)[:-1]):
        named = subject_text(source)
        if 2 <= len(word) < len(named) and word in named and rest:
            return Continued(f"{''.join(source.places)}{named}{rest}", named, 1.0, source)
    return None


def referred(turn: LaterTurn) -> Continued | None:
    """Return a turn with what its pronoun points at in the place of it: "它排第几"."""
    pronoun = PRONOUN.search(turn.own)
    antecedent = _antecedent(pronoun, turn) if pronoun is not None else None
    if pronoun is None or antecedent is None:
        return None
    named, source = antecedent
    text = f"{turn.own[: pronoun.start()]}{named}{turn.own[pronoun.end() :]}"
    return Continued(f"{shared_slots(turn.question, source, named)}{text}", named, 0.6 if turn.subject else 1.0, source)


def _antecedent(pronoun: re.Match[str], turn: LaterTurn) -> tuple[str, Question] | None:
    """Return what a pronoun points at and the question that named it: "那个基地" the last thing that is a 基地."""
    before, asked = turn.before, naming(turn.earlier)[::-1]
    back = len(asked) > 1 and _BACK.search(turn.text) is not None
    noun = pronoun["noun"] or ""
    if len(noun) > 1:
        return _called(noun, [*asked[1 if back else 0 :], *asked])
    if pronoun[0] in ("这", "那") and pronoun.start() == 0 and pronoun.end() < len(pronoun.string):
        return None
    if back:
        return subject_text(asked[1]), asked[1]
    if (body := entity(before)) and pronoun[0][0] in "它其那这该":
        return body, before
    items = re.split("[、和与跟及]", subject_text(before))
    if len(items) == 2 and pronoun[0] in ("前者", "后者"):
        return items[0 if pronoun[0] == "前者" else 1], before
    return subject_text(before), before


def _called(noun: str, asked: Sequence[Question]) -> tuple[str, Question] | None:
    """Return the first thing of the questions that `noun` is the name of a sort for, and the question that named it."""
    for q in asked:
        for segment in segments(q):
            if (at := segment.rfind(noun)) >= 0:
                return segment[: at + len(noun)], q
    return None


def dangles(folded: str, question: Question) -> bool:
    """Whether a question points at something and names nothing that would tell what."""
    points = _POINTS.search(folded)
    if points is None:
        return False
    rest = folded[points.end() :].lower()
    loose = _SORT.match(rest) is not None
    named = [t for t in question.terms if not (loose and rest.startswith(t.text) and not t.indicator)]
    return sum(t.weight for t in named if not t.ordinal) < GENERIC


PRONOUN = re.compile(
    r"(?:它们?|他们|她们|前者|后者|上述|两者|(?<![其尤])其(?![中他它实余])|那儿|那里"
    r"|那边|这里|这边|(?:这|那|该)(?:个|家|些|项|处|座|条|种|批|件|份|几[个家项])?"
    r"(?P<noun>[\u4e00-\u9fff]{2,6}?)?(?=的|是|有|排|占|增|完|在|跟|和|与"
    r"|总|一共|呢|,|下|上|今|全|要|能|会|又|也|还|什|多|几|怎|同|[?]|$))"
)
_BACK = re.compile(r"回到|前面|刚才|上面|之前|最开始|一开始")
# "前一个行业", "再回头说第一个指标"
_EARLIER = re.compile(
    r"^(?:那么?|就|再)?(?:说|看|问)?(?:前一个|上一个|前面那个)[\u4e00-\u9fff]{0,3}?的?"
    r"|(?:回头|再|回)?(?:说|看|问)?(?P<first>第一个|最开始(?:问)?的?(?:那个)?"
    r"|最初)(?:指标|问题|项目|行业|那个)[,的]?\s*(?:它|其)?"
)
_NEXT_YEAR = re.compile(r"(?P<next>第二年|下一年|次年|来年|转年)|(?:上一年|前一年|头一年)")
# "那个项目", "它排第几", "刚才那个再说一遍", "那第二个呢"
_POINTS = re.compile(
    r"^(?:那|这)(?:个|些|项|家|边|里|儿|第)|^(?:它|其(?!中)|该|他们|前者|后者)"
    r"|^(?:那么?|还有)?第[一二三四五]个|刚才|上面(?:那|说|提)|再说一遍"
)
# "那个|项目|开工了没有": a sort of things names none of them, though a report counts "项目开工"
_SORT = re.compile("项目|工程|企业|公司|单位|学校|医院|基地|园区|小区|村|任务|活动")
