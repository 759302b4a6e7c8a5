"""The wording of questions: width, traditional characters, English terms, polite padding."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from ingest.language.indicators import indicators

if TYPE_CHECKING:
    from opencc import OpenCC

# English words of statistics that stand for Chinese ones; indicators have their English names in the lexicon.
_ENGLISH = {
    r"first half(?: year)?(?: of)?|\bh1\b|half[- ]year": "上半年",
    r"second half(?: of)?|\bh2\b": "下半年",
    r"first quarter(?: of)?": "一季度",
    r"second quarter(?: of)?": "二季度",
    r"third quarter(?: of)?": "三季度",
    r"fourth quarter(?: of)?": "四季度",
    r"year[- ]on[- ]year|\byoy\b|growth rate|grew|growth|increase": "同比增长",
    r"how many|how much|what is|what's|what was|tell me|please|could you"
    r"|\bthe\b|\bof\b|\bin\b|\bfor\b|\bis\b|\bwas\b|\bdid\b|\bdo\b|\bare\b|\bwere\b": " ",
    r"target|goal": "目标",
    r"\brank(?:ing|ed|s)?\b": "排名",
    r"unemployment": "失业率",
    r"population": "人口",
    r"hospitals?": "医院",
    r"schools?": "学校",
    r"enterprises?|compan(?:y|ies)": "企业",
    r"\bprojects?\b": "项目",
    r"\bmillion\b": "百万",
}


@cache
def _english_names() -> tuple[str, ...]:
    """Return the English names of indicators, longest first."""
    return tuple(sorted((n for n in indicators().names if n.isascii() and " " in n), key=len, reverse=True))


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def plain(text: str) -> str:
    """Return `text` in half width, simplified characters and single spaces."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\ufeff]", "", text)
    text = re.sub(r"(?<=\d)[oO](?=\d)", "0", text)
    return re.sub(r"\s+", " ", _converter().convert(text)).strip()


def translate(text: str) -> str:
    """Return `text` with English words of statistics in Chinese; a text without Latin letters is returned as it is."""
    if not re.search(r"[A-Za-z]{3}", text):
        return text
    for name in _english_names():
        text = re.sub(rf"(?<![a-z]){re.escape(name)}(?![a-z])", indicators().names[name], text, flags=re.I)
    for pattern, chinese in _ENGLISH.items():
        text = re.sub(pattern, chinese, text, flags=re.I)
    return re.sub(r"\s+", " ", text).strip()


def written_out(text: str) -> str:
    """Return `text` with a shared noun said of each: "地方级和区级财政收入" -> "地方级财政收入和区级财政收入"."""
    for _ in range(_LISTED):
        longer = _once_written_out(text)
        if longer == text:
            break
        text = longer
    return text


# Things that a question lists at most.
_LISTED = 5


def _once_written_out(text: str) -> str:
    names = indicators().names
    for start, end, _ in list(indicators().find(text)):
        m = re.search(r"([\u4e00-\u9fff]{2,5})[和与跟、及]$", text[:start])
        form = text[start:end].lower()
        heads = [m[1][i:] for i in range(len(m[1]) - 1)] if m else []
        after = re.match(r"(?:减去|减掉|和|与|跟|比|、)([\u4e00-\u9fff]{2,5}?)的?(?=[,?差多少增]|$)", text[end:])
        if after and (tail := next((form[k:] for k in range(1, len(form) - 1) if after[1] + form[k:] in names), None)):
            return f"{text[: end + after.end(1)]}{tail}{text[end + after.end(1) :]}"
        for head in heads:
            tail = next((form[k:] for k in range(1, len(form) - 1) if head + form[k:] in names), None)
            if tail is not None:
                return f"{text[: start - 1]}{tail}{text[start - 1 :]}"
    return text


# Ways of naming an indicator that reports use for other things too, so that they are no aliases of it there.
_SPOKEN = {
    r"(?<=\d月)和(?=\d{1,2}月)|(?<=\d月份)和(?=\d{1,2}月)": ",",  # two months, not the span from one to the other
    r"经济增长(?:速度)?(?=目标|预期|多少|几|率|区间|了|是|预计|定)": "地区生产总值增长",
    r"经济(?=增速|涨了)": "地区生产总值",
}


def named(text: str) -> str:
    """Return `text` with spoken names of indicators in the reports' words: "经济增长目标" -> "地区生产总值增长目标"."""
    for pattern, formal in _SPOKEN.items():
        text = re.sub(pattern, formal, text)
    return text


# Said around a question, not asked: "您好,想了解一下", "请问", "麻烦告诉我", "谢谢"
_PADDING = re.compile(
    r"^(?:(?:您好|你好|嗨|哈喽|喂|hi|hello)[啊呀,,!。~\s]*)+(?=\S)|请问一?下?|麻烦(?:您|你)?(?:帮我)?|劳驾|我?(?:就?是?)?想(?:要)?(?:问一?下?|了解一?下?|知道|查一?下?|咨询一?下?)(?:的是)?|帮我(?:查|看|找)一?下?|能不能(?:告诉我|说说?|讲讲?)|可以告诉我|告诉我|跟我说说?"
    r"|谢谢(?:您|你|了)?|多谢|拜托|请(?:您|你)?(?:告知|回答|介绍|说明|提供|列出|列举|简要|简单)?(?:说一下|介绍一下)?",
    re.I,
)


def without_padding(text: str) -> str:
    """Return `text` without greetings, thanks and polite forms, unless nothing else is in it.

    >>> without_padding("您好,想了解一下大兴区上半年留抵退税退了多少钱?")
    '大兴区上半年留抵退税退了多少钱?'
    """
    bare = _PADDING.sub("", text).strip(" ,。!")
    return bare or text
