"""What a question for a row asks of each cell: the words that are left once axis and ask are taken out."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.question import Question

# "请问", "帮我列一下"
OPENING = re.compile(
    r"^(?:请问|你好|您好|麻烦|请|帮我|帮忙|给我|我想(?:知道|了解|看|问)(?:一下)?|想(?:知道|了解)|[,。!])+"
)
# Words that ask for a row and name nothing in it.
_LOOSE = re.compile(
    r"(?:请|帮我|麻烦)?(?:列(?:一下|出来?|个表)?|(?:对比|比较|汇总|梳理|整理|统计|盘点)(?:一下|一比)?|比(?:一比|一下|比)"
    r"|看一?看|告诉我|做个表|表格)"
    r"|分别|各(?:自|是|为|有)?(?=多少|$|的|[?,])|都(?=是|定|有|多少|$)|有多少|是?多少|多高|多大|情况|数据|名单|一览"
)
# "总理报告里定的", "政府工作报告提出的": what the figures are taken from
_SOURCE = re.compile(
    r"(?:(?:国务院|总理|政府|年度)(?:的)?)*(?:工作)?报告(?:里面?|当?中|上)?(?:所)?(?:提出|确定|定下?|设定|写明?|给出|公布)?的?"
    r"|总理(?:提出|定)的?"
)
_AROUND = re.compile(
    r"^[\s,、。:;?!的是在和与比有里]+"
    r"|(?:[\s,、。:;?!的呢吗啊呀吧了有是在为里中谁和与]|分别|之间|当中|其中|出来|怎么?样?|如何|哪些?|什么|一下|设?定的?)+$"
)
# "增速", "增长目标": of the economy, where nothing else is named
_NAMELESS = re.compile(
    r"(?:(?:20\d\d|今|去|明)年(?:度)?的?)?(?:经济)?(?:发展)?(?:预期)?(?:增长|增速|涨幅)?(?:速度)?的?(?:预期)?(?:目标)?"
)
_YEAR = re.compile(r"(?:20\d\d|今|去|明)年(?:度)?的?")
_GROWTH = re.compile(r"(?:经济)?(?:增长(?:率|速度)?|增速)(?:的?(?:预期)?目标)?")
# "高校毕业生|规模": how many of a thing is no other thing
_HOW_MANY = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?:规模|数量|总数|人数)$")


def bare(text: str, read: Callable[[str], Question]) -> str:
    """Return the words that name what is asked of a cell; growth of nothing else is that of the economy.

    `read` reads a text as one question.
    """
    text = _AROUND.sub("", _LOOSE.sub("", _SOURCE.sub("", text)))
    if _NAMELESS.fullmatch(text) and re.search("增|目标", text):
        year = _YEAR.match(text)
        return f"{year[0] if year else ''}地区生产总值{text[year.end() if year else 0 :]}"
    question = read(text)
    if _GROWTH.search(text) and not any(t.critical for t in question.terms):
        return _GROWTH.sub(lambda m: f"地区生产总值{m[0]}", text, count=1)
    return text if any(t.indicator for t in question.terms) else _HOW_MANY.sub("", text)
