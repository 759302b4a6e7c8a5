"""One text -> the questions in it: "A是多少?B呢?" are two, and a story around a question is none."""

from __future__ import annotations

import re

_ASKS = re.compile(r"多少|几(?!乎|个月|年来)|什么|哪|吗|怎|如何|咋|啥|谁|是不是|有没有|何时|多大|第几|呢[?？]?$")
_TOPIC = re.compile(r"^(?P<topic>[^:：,，?？]{2,20})[:：](?P<rest>.+)$")


def parts(text: str) -> list[str]:
    """Return the questions of `text`, at least one; what asks nothing stays with the question after it.

    >>> parts("社零额多少?增速呢?")
    ['社零额多少', '增速呢']
    """
    topic = ""
    if (m := _TOPIC.match(text)) and not _ASKS.search(m["topic"]):
        topic, text = m["topic"], m["rest"]
    pieces = [p for p in re.split(r"[?？;；。!！\n]+", text) if p.strip()]
    if len(pieces) == 1 and len([c for c in re.split(r"[,，]", text) if _ASKS.search(c)]) > 1:
        pieces = re.split(r"[,，]", pieces[0])
    questions: list[str] = []
    story = ""
    for piece in pieces:
        story = f"{story},{piece}" if story else piece
        if _ASKS.search(piece):
            questions.append(f"{topic}{story}" if topic else story)
            story = ""
    if not questions:
        return [topic + text if topic else text]
    if story:
        questions[-1] += f",{story}"
    return questions if len(questions) <= 3 else [topic + text]
