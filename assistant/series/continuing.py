"""Follow-ups to a question for a row: "哪个最高", "只看5%以上的", "那就业目标呢" ask of the row before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.question import Question
from assistant.series.asks import Ask, asked_of
from assistant.series.axes import Row
from ingest.language.folding import fold

# What may stand in a turn beside what it asks of the row: "那", "哪个省", "按增速", "有几个"
_EMPTY = re.compile(
    r"(?:那么?|这些|它们|其中|里面?|只|就|再|看|要|说|给|我|帮|按照?|增速|高低|大小|数值|一下|呢|的|了|是|有|在|又|都|请|和|吗"
    r"|谁|(?:哪|几|多少)(?:一|些|几)?(?:个|年)?(?:省份?|地区|地方|年份)?|个|省份?|地区|年份?|年|多少|各|分别|[,。?!、\s])+"
)
# "那就业目标呢", "换成CPI"; "社零呢"
_TURNS_TO = re.compile(
    r"^(?:那么?|还有|换成|再看看?|改成|改问)(?P<one>[^,。?!]{2,16}?)(?:呢|怎么样|如何)?[?。!]*$"
    r"|^(?P<other>[^,。?!]{2,16}?)呢[?。!]*$"
)
_SIDES = re.compile(r"目标|增速|增长|增幅|涨幅")
_LEAD = re.compile(r"^(?:20\d\d|今|去|明)年(?:度)?的?")


def ask_alone(turn: str) -> Ask | None:
    """Return what a turn asks of a row that it does not name, None where it names something or asks nothing."""
    ask, rest = asked_of(fold(turn), open_axis=True)
    asks = ask.picks or ask.sort or ask.count
    return ask if asks and _EMPTY.sub("", rest) == "" else None


def subject_of(turn: str) -> str:
    """Return what a turn turns to ("那就业目标呢" -> "就业目标"), "" where it asks anything else."""
    m = _TURNS_TO.match(fold(turn))
    return (m["one"] or m["other"]) if m is not None else ""


def with_subject(subject: str, row: Row, base: Question, read: Callable[[str], Question]) -> Row | None:
    """Return a row with another thing in place of its own, None where `subject` names none, or a place or a year."""
    named = read(subject)
    if not any(t.critical for t in named.terms) or named.places or named.periods:
        return None
    if _SIDES.search(subject):
        lead = _LEAD.match(row.text)
        return replace(row, text=f"{lead[0] if lead else ''}{subject}")
    old = next((t.text for t in base.terms if t.indicator and t.text in row.text.lower()), "")
    at = row.text.lower().find(old) if old else -1
    return replace(row, text=f"{row.text[:at]}{subject}{row.text[at + len(old) :]}") if at >= 0 else None
