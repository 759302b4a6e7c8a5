"""The content words of a question: what must be found in the evidence, and how much each word counts."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from assistant.question import Term
from assistant.vocabulary import Vocabulary
from ingest.language.folding import fold
from ingest.language.indicators import indicators, synonym_pattern, synonyms
from ingest.language.periods import PeriodMention
from ingest.language.quantities import quantities
from ingest.language.thesaurus import thesaurus
from ingest.language.units import Dimension
from ingest.places import NATION


@dataclass(frozen=True)
class TermReader:
    """Reads the content words of questions, weighed by how rare they are in the reports."""

    vocabulary: Vocabulary

    def read(self, folded: str, mentions: Sequence[PeriodMention], places: Sequence[str]) -> tuple[Term, ...]:
        """Return the terms of a folded question; its periods and places are slots of their own."""
        return tuple(_sharpened(folded, self._terms(folded, mentions, places)))

    def _terms(self, folded: str, mentions: Sequence[PeriodMention], places: Sequence[str]) -> Iterator[Term]:
        masked = list(folded.lower())
        for start, end in [(m.start, m.end) for m in mentions]:
            masked[start:end] = " " * (end - start)
        text = _without_places("".join(masked), places)
        for m in _ORDINAL.finditer(text):
            yield Term(m[0], (m[0], *_ordinal_forms(m[0])), 1.2, critical=False, ordinal=True)
        text = _ORDINAL.sub(lambda m: " " * len(m[0]), text)
        for m in _BOUND.finditer(text):
            yield Term(m[0], (m[0], m[0].replace("级", "")), 1.0, critical=False)
        text = _BOUND.sub(lambda m: " " * len(m[0]), text)
        for start, end, name in list(indicators().find(text)):
            form = text[start:end]
            if form[0] == "个" and _COUNTING.search(text[:start]):
                continue  # "六个税种" names no 个税
            others = indicators().forms[name] + synonyms().get(form, ())
            if name.endswith("产量"):
                others = (*others, *(name.removesuffix("产量").removesuffix("总") + end for end in ("总产量", "总产")))
            yield Term(form, _forms(form, others), 1.6 * self._weight(name), critical=True, indicator=True)
            text = text[:start] + " " * (end - start) + text[end:]
        for start, end in list(self.vocabulary.names_in(text)):
            name = text[start:end]
            if not SLOT_WORDS.search(name) and not _PLANS.search(name) and name not in _STOP_WORDS:
                yield self._word(name, 1.2, critical=True, flag="n")
                text = text[:start] + " " * len(name) + text[end:]
        text = SLOT_WORDS.sub(lambda m: " " * len(m[0]), text)
        for quantity in quantities(text):
            if quantity.dimension is not Dimension.RANK and re.search(r"\d", quantity.text):
                number = re.match(r"[\d.,]+[万亿千百]*", quantity.text)
                forms = (quantity.text, number[0]) if number else (quantity.text,)
                yield Term(quantity.text, forms, 0.4, critical=False)
                text = text[: quantity.start] + " " * (quantity.end - quantity.start) + text[quantity.end :]
        yield from self._words(text)

    def _words(self, text: str) -> Iterator[Term]:
        """Yield the content words that are left, as jieba cuts them, neighbours that it cut to pieces put together."""
        for start, end in [*((m.start(), m.end()) for m in synonym_pattern().finditer(text)), *thesaurus().find(text)]:
            phrase = text[start:end]
            # Colloquial forms that no dictionary would cut whole.
            if len(phrase) > 2 and phrase.strip() == phrase and not self.vocabulary.knows(phrase):
                yield self._word(phrase, 0.9, critical=True, flag="l")
                text = text[:start] + " " * len(phrase) + text[end:]
        for word, flag in joined(tagged(text), self.vocabulary):
            if word in _STOP_WORDS or not re.search(r"[\w]", word):
                continue
            share = _SHARES.get(flag[:1], 0.2)
            if _CODE.fullmatch(word):
                yield self._word(word, 1.5, critical=True, flag="n")  # "pm10", "5g": no other will do
                continue
            if word.isascii() and not self.vocabulary.knows(word):
                share = 0.2
            if flag[:1] == "v" and not self.vocabulary.knows(word):
                share = 0.25  # people's verbs tell little: "拿出", "砸", "弄到"
            if len(word) == 1:
                share *= 0.35
            if len(word) > 3 and not self.vocabulary.knows(word) and word not in thesaurus().near:
                yield from self._split(word)
                continue
            yield self._word(word, share, critical=flag[:1] in "nje" and len(word) > 1, flag=flag)

    def _word(self, word: str, share: float, *, critical: bool, flag: str) -> Term:
        """Return one content word with all that may stand for it in the reports."""
        others = synonyms().get(word, ())
        near = tuple(w for w in thesaurus().near.get(word, ()) if w not in others and self.vocabulary.knows(w))
        unknown = not self.vocabulary.knows(word)
        met = [w for w in (*others, *near) if self.vocabulary.knows(w)]
        # A word that the reports put otherwise is as telling as their own words for it.
        rarity = sum(map(self._weight, met)) / len(met) if unknown and met else self._weight(word)
        return Term(
            word,
            _forms(word, others),
            share * rarity,
            critical,
            near=near[:_NEAR_FORMS],
            hint=self._hint(word, flag),
            unknown=unknown,
        )

    def _split(self, word: str) -> Iterator[Term]:
        """Yield the parts of a compound that the reports do not have: "大型超市" -> "大型", "超市"."""
        import jieba

        parts: list[str] = []
        at = 0
        for part in sorted((p for p in jieba.cut_for_search(word) if p != word and len(p) > 1), key=word.find):
            if word.find(part) >= at:  # "音乐舞蹈" is 音乐, 舞蹈, no 乐舞
                parts.append(part)
                at = word.find(part) + len(part)
        parts = parts or [word]
        for part in parts:
            yield Term(part, _forms(part, synonyms().get(part, ())), 1.6 * self._weight(part) / len(parts), True)

    def _hint(self, word: str, flag: str) -> str:
        """Return the rarest character of a two-character noun or verb that the reports do not have, if they have it."""
        if len(word) != 2 or flag[:1] not in "nv" or self.vocabulary.knows(word):
            return ""
        known = [c for c in word if c not in _EMPTY_CHARACTERS and 0 < self.vocabulary.share(c) < _TELLING]
        return min(known, key=self.vocabulary.share, default="")

    def _weight(self, word: str) -> float:
        """Return the weight of a word by its rarity in the reports, 0.3 to 1; an unknown one weighs 1."""
        return max(0.3, min(1.0, self.vocabulary.rarity(word) / self.vocabulary.highest + 0.15))


_CODE = re.compile(r"[a-z]+\d+(?:\.\d+)?|\d+[a-z]+")


def is_code(word: str) -> bool:
    """Return whether a word is a name made of letters and digits ("pm10"), for which no other will do."""
    return _CODE.fullmatch(word) is not None


_COUNTING = re.compile(r"[一二两三四五六七八九十几多百千万哪每\d]$")


def _without_places(text: str, places: Sequence[str]) -> str:
    """Blank the places of a question: they choose the reports, and every sentence of those is about them."""
    for place in places:
        text = text.replace(place.lower(), " " * len(place))
    if NATION in places:
        text = _NATIONAL.sub(lambda m: " " * len(m[0]), text)
    return _OWN_REGION.sub(lambda m: " " * len(m[0]), text)


# Who reports for the nation: "总理去年说过", "国务院报告"
_NATIONAL = re.compile(r"国务院|中央政府|总理|两会")
_OWN_REGION = re.compile(
    r"我国|全国|中国|国家(?!级|队|森林|公园|重点|高新|实验|战略|安全"
    r"|标准|储备|统计|发|卫|税)|我[省市区县]|全[省市区县]|本[省市区县]"
)


_INTERROGATIVE = re.compile(r"什么|哪[个些家里种几俩两项]?|多少|几(?!乎)|谁|啥|怎么?样?|如何|何时|吗|没有?$")


def _sharpened(folded: str, terms: Iterable[Term]) -> Iterator[Term]:
    """Give more weight to the words beside the interrogative: "财源建设里要**杜绝**的是什么"."""
    asked = [(m.start(), m.end()) for m in _INTERROGATIVE.finditer(folded)]
    for term in terms:
        at = folded.lower().rfind(term.text)
        stop = at + len(term.text)
        near = at >= 0 and any(0 <= start - stop <= 2 or 0 <= at - end <= 1 for start, end in asked)
        if near and len(term.text) > 1 and not term.ordinal:
            term = replace(term, weight=term.weight * 1.35, head=True)
        yield term


def _forms(word: str, others: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((word, *(fold(o).lower() for o in others))))


# How much a word weighs by its part of speech (jieba's first letter): nouns, verbs, adjectives, abbreviations ...
_SHARES = {
    "n": 1.0,
    "j": 1.0,
    "e": 1.0,
    "v": 0.7,
    "a": 0.5,
    "l": 0.8,
    "i": 0.8,
    "b": 0.6,
    "s": 0.5,
    "t": 0.4,
    "z": 0.4,
    "x": 0.8,
    "g": 0.5,
    "k": 0.3,
    "f": 0.3,
}

# Near-synonyms that are tried for one word.
_NEAR_FORMS = 10
# The share of sentences that a character may stand in to tell anything.
_TELLING = 0.03

# Characters that carry no meaning of their own in a word.
_EMPTY_CHARACTERS = frozenset("子儿头老小大多少好人家的了面里边个有无不可以为中上下出来去到得")

_STOP_WORDS = frozenset(
    word
    for line in (Path(__file__).parent / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
# Words of slots, not of content: they are read by aspects, periods, status and hole.
SLOT_WORDS = re.compile(
    r"(?:几|多少|哪|两|哪几)[个家户项条种套间栋张件处所座场辆台例类层级部名位次批天](?![月])"
    r"|反弹|回升|暴[涨跌]|[大猛狂][涨跌增降]|骤[降减增]|缩水|滑坡|幅度|同比|环比|增长率?"
    r"|增速|增幅|降幅|涨幅|下降|上升|上涨|排名|名次|排第|排在|第几名?|位列|位居|名列"
    r"|完成率|完成进度|完成比例|占比|比重|全市平均(?:水平)?|平均水平|年度|全年|今年|本年|百分点|百分之"
    r"|是多少|有多少|多少|是什么|什么|哪些|哪几[个家项条种类]?|哪[个家里儿]|怎么样?|怎样|如何|咋样?"
    r"|啥时候|什么时候|多[大长高久]|具体|总共|一共|合计|分别|各自|哪一?[年月天日]|目前|现在|情况|吗|呢|啊|吧|呀"
)
# "控制目标", "完成情况": what a report names so is a side of things, not a thing
_PLANS = re.compile(r"目标|任务|指标|进度|完成|实现|情况$|^(?:实际|计划|预期)")
# "亿元级以上项目", "千万级企业"
_BOUND = re.compile(r"[十百千]?[万亿]元?级?及?以上|[十百千][万亿]级")
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+(?:批|期|届|轮|版|个|次|章)|首批|首期|首届")


def _ordinal_forms(word: str) -> tuple[str, ...]:
    return ("第一" + word[1:],) if word.startswith("首") else ("首" + word[2:],) if word.startswith("第一") else ()


def tagged(text: str) -> list[tuple[str, str]]:
    """Return the words of `text` with jieba's part of speech."""
    cut = _cutter()
    return [(w.word, w.flag) for part in text.split() for w in [*cut(part, HMM=False), _GAP]]


# Last characters of nouns, among words that the dictionary does not have: 经开区, 养老院
_NOUN_ENDS = frozenset("区园场院站厅馆所业品费额率量款金房地车人员户村镇路桥网厂库店证卡券险税债粮")


@cache
def _cutter() -> Any:
    """Return jieba's tagger, which knows the words of the thesaurus too."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    # The dictionary and the table of its tags each hold all words: kept once, and the tags too, they take 34 MB less.
    words, tagger = {word: word for word in jieba.dt.FREQ}, jieba.posseg.dt
    tagger.word_tag_tab = {words.get(word, word): sys.intern(tag) for word, tag in tagger.word_tag_tab.items()}
    for word in thesaurus().near:
        if not jieba.dt.FREQ.get(word) and _HAN_WORD.fullmatch(word):
            jieba.add_word(word, tag="n" if word[-1] in _NOUN_ENDS else "l")
    return jieba.posseg.lcut


@dataclass(frozen=True)
class _Gap:
    word: str = " "
    flag: str = "x"


_GAP = _Gap()


def joined(found: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Join the characters of a name that the dictionary cut to pieces, where the reports join them: 临|空区, 厨|余."""
    word, flag = "", ""
    for at, (part, tag) in enumerate(found):
        following = found[at + 1][0] if at + 1 < len(found) else ""
        inner = len(part) == 1 == len(following) and vocabulary.knows(part + following)  # 疏|整|促
        inner = inner and not _FUNCTION & {word, part, following}
        empty = any(w in _STOP_WORDS and w not in _SIZES for w in ([word] if inner else [part, word]))
        single = not empty and _may_join(word) and _may_join(part) and (len(part) == 1 or len(word) == 1)
        whole = single and len(word) < 5 and _HAN_WORD.fullmatch(word + part) is not None
        if word and whole and vocabulary.knows(word[-1:] + part[:1]):
            word, flag = word + part, "joined"
            continue
        if word:
            yield word, "n" if flag == "joined" else flag
        word, flag = part, tag
    if word:
        yield word, "n" if flag == "joined" else flag


# Characters that are words of grammar beside others: "算力|有|多大"
_FUNCTION = frozenset("有是的了多少在和与为要能会把被给到就都还也又再吗呢吧几哪什怎")


def _may_join(part: str) -> bool:
    """Whether a part may be a piece of a name: a character, or a word too rare to stand for itself (空区, not 粮食)."""
    import jieba

    return len(part) == 1 or jieba.dt.FREQ.get(part, 0) < _RARE


_RARE = 60
# Stop words that also begin names: 小|微企业, 高|标准农田
_SIZES = frozenset("小大高低新")
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
