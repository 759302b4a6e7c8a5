"""A later turn: how it opens, how it ends, whether it asks something itself, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.manners import MANNERS
from assistant.question import Kind, Question, Term
from ingest.language.folding import fold
from ingest.language.periods import Calendar


@dataclass(frozen=True, slots=True)
class Continued:
    """The stand-alone `text` of a follow-up; `carried` is what of it the turns before gave, which weighs `keep`.

    `before` is the question that it continues.
    """

    text: str
    carried: str
    keep: float
    before: Question
    pair: bool = False
    """Takes up the things of the last two questions side by side, to be calculated with."""


@dataclass(frozen=True, slots=True)
class LaterTurn:
    """A turn of a conversation that has a subject already.

    `earlier` are the questions of the turns before, oldest first; `before` is the last of them that names something.
    `text` is the turn, folded; `own` is what it says without the words that it opens with.
    """

    question: Question
    earlier: Sequence[Question]
    before: Question
    calendar: Calendar
    text: str
    own: str
    opening: str
    """"那么", "其中", "" where it begins with what it asks."""
    corrects: bool
    """Puts the turn before right: "我问的是6月份"."""

    @property
    def subject(self) -> list[Term]:
        """What the turn names itself."""
        return [t for t in self.question.terms if t.critical]

    @property
    def asks(self) -> bool:
        return asks(self.question, self.own)

    @property
    def narrows(self) -> bool:
        """Whether it asks of a part of the subject before: "其中住宅呢"."""
        return "其中" in self.opening

    @property
    def generic(self) -> bool:
        """Whether what it names could be of anything: "面积", "个数"."""
        return sum(t.weight for t in self.question.terms) < GENERIC


def later_turn(question: Question, earlier: Sequence[Question], before: Question, calendar: Calendar) -> LaterTurn:
    """Return `question` as a turn after the `earlier` ones; the year that was spoken of is written out in it."""
    text = fold(question.standalone)
    opening = OPENS.match(text)
    own = without_opening(text)
    if before.period is not None:
        own = _THAT_YEAR.sub(f"{before.period.year}年", own)
    corrects = CORRECTS.match(text) is not None
    return LaterTurn(question, earlier, before, calendar, text, own, opening[0] if opening else "", corrects)


def naming(earlier: Sequence[Question]) -> list[Question]:
    """Return the questions that name something, oldest first: what a later turn can take up."""
    return [q for q in earlier if q.terms and q.kind not in SOCIAL]


def without_opening(text: str) -> str:
    """Return a folded turn without the words that it opens with or puts an earlier one right with."""
    spoken = CORRECTS.match(text) or OPENS.match(text)
    return text[spoken.end() if spoken else 0 :].strip(" ,。")


def asks(question: Question, own: str) -> bool:
    """Whether a turn says itself what it wants to know, so that it takes over no more than the subject."""
    hole = question.hole.dimension is not None
    return bool(
        question.aspects or question.target or hole or _INTERROGATIVE.search(own) or question.kind is Kind.YES_NO
    )


SOCIAL = (*MANNERS, Kind.ABOUT)
# Characters that a turn has at most that is taken for a fragment.
SHORT = 14
# Terms that weigh less than this together name nothing.
GENERIC = 1.2
OPENS = re.compile(
    r"^(?:那么|那(?![个家些项处座条种批件份儿里边])|还有|另外|再(?:问|说|看|来)?(?:一下|个)?|其中|同期|同样|换成?"
    r"|改成|改问|回到(?:前面|刚才|上面)?|前面|刚才|上面|然后|接着|顺便|至于|嗯|哦|好的?|谢谢|ok)+[,,、的说提到过]*",
    re.I,
)
TAIL = re.compile(r"(?:的?(?:情况|数据|数)?(?:呢|嘞|咧))?[?。!~呢啊呀]*$")
# "我问的是6月份", "不是计划,是实际": a correction keeps everything else
# "哦不是这个,我要增速", "不好意思没讲清楚,我问的是区级的"
_MISTAKEN = (
    r"(?:哦|噢|喔|啊|呃|嗯|哎|唉|等等|等一下|不好意思|抱歉|对不起|(?:我)?(?:刚才|刚刚)?(?:说|问|讲|搞|弄|打)错了?"
    r"|(?:我)?没(?:讲|说|问)清楚?|不对|不是(?:这个|那个|它|这|那)|错了)[,，、。!~ ]*"
)
CORRECTS = re.compile(
    rf"^(?:{_MISTAKEN})*(?:不对?[,，]?)?(?:我(?:要)?(?:问|说|指|想问|想知道|要)的?是"
    rf"|我是(?:问|说|指)|不是.{{1,12}}?[,，]?\s*(?:我?问?的?是|而是))"
    rf"|^(?:{_MISTAKEN})+(?:我(?:要|想)?(?:问|说|指|看|知道)?的?(?:是)?)?"
)
# "当年定的任务是多少来着": the year that was spoken of
_THAT_YEAR = re.compile(r"当年|那一?年|同一?年(?!级)")
_INTERROGATIVE = re.compile(
    r"多少|几(?!乎)|什么|哪|怎|如何|为何|啥|咋|谁|第几|吗[?。]*$|是不是|有没有|是否|何时|多[大长高久]"
)
