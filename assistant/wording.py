"""The wording of questions: width, traditional characters, English terms, polite padding."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.vocabulary import sound
from ingest.language.indicators import indicators

if TYPE_CHECKING:
    from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def plain(text: str) -> str:
    """Return `text` in half width, simplified characters and single spaces."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\ufeff]", "", text)
    text = re.sub(r"(?<=\d)[oO](?=\d)", "0", text)
    text = re.sub(r"几何(?=[?!。]*$)", "是多少", re.sub(r"零点几", "几", text))
    return re.sub(r"\s+", " ", _converter().convert(text)).strip()


# The provinces by the letter that stands for each.
_LETTERS = {
    "京": "北京", "津": "天津", "沪": "上海", "渝": "重庆", "冀": "河北", "豫": "河南", "云": "云南", "滇": "云南",
    "辽": "辽宁", "黑": "黑龙江", "湘": "湖南", "皖": "安徽", "鲁": "山东", "新": "新疆", "苏": "江苏", "浙": "浙江",
    "赣": "江西", "鄂": "湖北", "桂": "广西", "甘": "甘肃", "晋": "山西", "蒙": "内蒙古", "陕": "陕西", "吉": "吉林",
    "闽": "福建", "贵": "贵州", "黔": "贵州", "粤": "广东", "青": "青海", "藏": "西藏", "川": "四川", "宁": "宁夏",
    "琼": "海南",
}  # fmt: skip
# "京津沪三个直辖市", "鲁豫两省谁高"; not "京津冀协同发展"
_BY_LETTER = re.compile(
    rf"(?P<letters>[{''.join(_LETTERS)}](?:、?[{''.join(_LETTERS)}])+)"
    r"(?:[两三四五六七]个?(?:直辖市|省区市|省市|省区|省|市|地)(?:的|里|中|之间)?|(?=各|谁|哪[个省市]|分别|的?(?:gdp|GDP)))"
)


def provinces_spelt(text: str) -> str:
    """Return `text` with provinces that are named by their letters written out.

    >>> provinces_spelt("鲁豫两省谁的粮食多")
    '山东、河南谁的粮食多'
    """
    return _BY_LETTER.sub(lambda m: "、".join(_LETTERS[c] for c in m["letters"] if c in _LETTERS), text)


@dataclass(frozen=True)
class _English:
    """English words and phrases, in lower case, with what reports say for them; `capital` are the abbreviations."""

    words: Mapping[str, str]
    capital: frozenset[str]

    @cached_property
    def _entries(self) -> tuple[str, ...]:
        """The entries in the order of the groups of the pattern: by their first letters, the longest first."""
        longest_first = sorted(self.words, key=len, reverse=True)
        return tuple(sorted(longest_first, key=lambda entry: entry[:2], reverse=True))  # "a year ago" before "a"

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Entries are tried only where their first letters stand: a thousand branches at each word would be slow.
        heads = [
            f"(?={re.escape(head)})(?:{'|'.join(f'({_inflected(entry)})' for entry in entries)})"
            for head, entries in groupby(self._entries, key=lambda entry: entry[:2])
        ]
        return re.compile(rf"(?<![a-z])(?:{'|'.join(heads)})(?![a-z])")

    def translated(self, text: str) -> str:
        shouted = text.isupper() and text.isascii() and " " in text  # "HOW MANY ELEVATORS", not "GDP多少"
        done, at = "", 0
        for m in self._pattern.finditer(text.translate(_LOWER)):
            entry = self._entries[(m.lastindex or 1) - 1]
            if text[m.start() : m.end()].isupper() and entry not in self.capital and not shouted:
                continue  # an abbreviation: IT, US
            done += text[at : m.start()] + (self.words[entry] or " ")
            at = m.end()
        return done + text[at:]

    def knows(self, word: str) -> bool:
        return self._pattern.fullmatch(word) is not None


_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def _inflected(entry: str) -> str:
    """Return a pattern of an entry with its words in the plural, -ed and -ing: "old building", "old buildings"."""
    end = r"(?!\d)" if entry[-1].isdigit() else ""
    return r"[\s-]+".join(_forms_of(word) for word in entry.split()) + end


def _forms_of(word: str) -> str:
    if len(word) < 3 or not word.isalpha():
        return re.escape(word)
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}(?:y|ies|ied|ying)"
    if word.endswith("e"):
        return f"{word[:-1]}(?:e|es|ed|ing)"
    if re.search(r"[^aeiou][aeiou][bdgmnprt]$", word):
        return f"{word}(?:s|{word[-1]}?ed|{word[-1]}?ing)?"
    return f"{word}(?:s|es|ed|ing)?"


@cache
def _english() -> _English:
    """Return the English of english.tsv and of the indicators, which decide where both have a word.

    Raises ValueError naming the line where the file names a word twice.
    """
    words: dict[str, str] = {}
    path = Path(__file__).parent / "english.tsv"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        word, _, chinese = line.partition("\t")
        if not word.strip() or word.startswith("#"):
            continue
        if word in words:
            raise ValueError(f"{path.name} 第{number}行: 英文词重复: {word!r}")
        words[word] = chinese.strip()
    named = {
        form: name for name, forms in indicators().forms.items() for form in forms if _ENGLISH_NAME.fullmatch(form)
    }
    every = {word.replace("-", " "): chinese for word, chinese in (words | named).items()}
    capital = frozenset(word.lower() for word in every if word != word.lower())
    return _English({word.lower(): chinese for word, chinese in every.items()}, capital)


# "gross domestic product", "exports"; not GDP, M2, which reports write so themselves
_ENGLISH_NAME = re.compile(r"(?=.*[a-z]{3})[ -~]+")
# What may be English: a word, or a half or quarter of a year ("H1")
_LATIN = re.compile(r"[A-Za-z]{3}|(?<![A-Za-z])[HhQq][1-4](?![A-Za-z0-9])")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS) + "|sept"
# "January to May", "from Jan-Jun", "between April and June"
_FROM_TO = re.compile(
    rf"\b(?:from\s+|(between)\s+)?({_MONTH})\s*(?:[-–~]|\b(?:to|through|till|until)\b|(?(1)and|(?!)))\s*({_MONTH})\b",
    re.I,
)
# The month, not "may": "May 2022", "in May"; not "May I ask"
_MAY = re.compile(r"\bMay\b(?!\s+[A-Za-z]+\s+(?:ask|know|have|see)\b)")
_PART = r"(?:[上下]半年|[一二三四]季度|前三季度|1?\d(?:-1?\d)?月|年底|全年)"
_SCALE = "万亿|十亿|[百千]?[万亿]|[百千]"
_UNIT = "%|个百分点|美?元|亩|公顷|立?平?方|公里|吨|套|户|家|人|天"
# English word order put right: what is found -> what reports write
_ORDER = {
    r"['’]s(?![A-Za-z])": " ",  # "Daxing's"
    rf"({_PART})(?:\s|,)*((?:19|20)\d\d)(?![\d年])": r"\2年\1",  # "一季度 2022"
    rf"(?<!\d)((?:19|20)\d\d)\s*(?={_PART})": r"\1年",  # "2022 一季度"
    rf"({_PART})\s+([去今明])年(?![上下底])": r"\2年\1",  # "6月 去年"
    r"年底\s+(1?\d月)": r"\1底",  # "end of June"
    r"(\d月)\s*和\s*(?=1?\d月)": r"\1和",
    rf"(?<=\d)\s+(?=(?:{_SCALE})(?![\u4e00-\u9fff])|(?:{_SCALE})?(?:{_UNIT}))": "",  # "5 百万", "3 公里"
    rf"(?<=[万亿千百])\s+(?={_SCALE}|{_UNIT})": "",
}


def translate(text: str) -> str:
    """Return `text` with English words in the Chinese of reports; a text without Latin words is returned as it is.

    >>> translate("forest coverage target in H2")
    '森林覆盖率 目标 下半年'
    """
    if not _LATIN.search(text):
        return text
    months = _FROM_TO.sub(lambda m: f"{_month(m[2])}-{_month(m[3])}月", text)
    chinese = _english().translated(_MAY.sub("5月", months))
    if chinese == text:
        return re.sub(r"\s+", " ", text).strip()
    for pattern, ordered in _ORDER.items():
        chinese = re.sub(pattern, ordered, chinese)
    return re.sub(r"\s+", " ", re.sub(r"\s+(?=[,?!.;])", "", chinese)).strip(" ,")


def _month(name: str) -> int:
    return 1 + next(i for i, month in enumerate(_MONTHS) if month.startswith(name[:3].lower()))


def latin_to_sound(word: str) -> tuple[str, ...] | None:
    """Return the sound of Chinese that is typed in pinyin, as `sound` has it; None where `word` is English or none.

    Of several cuts the one without inner vowels at the head of a syllable is meant ("fangan": fan gan; 方案 would be
    "fang'an"), then the one of the fewest syllables.

    >>> latin_to_sound("shangpinfang") == sound("商品房")
    True
    """
    word = word.lower().replace("ü", "v")
    if not re.fullmatch(r"[a-z]+(?:['’][a-z]+)*", word) or _english().knows(word):
        return None
    syllables: list[str] = []
    for part in re.split(r"['’]", word):
        cut = _cut(part)
        if cut is None:
            return None
        syllables += cut
    return tuple(_syllables()[s] for s in syllables)


def _cut(letters: str) -> tuple[str, ...] | None:
    """Return the syllables of a stretch of pinyin, None where it is none."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(letters) + 1):
        cuts = [
            (*before, letters[start:end])
            for start in range(max(0, end - _LONGEST_SYLLABLE), end)
            if (before := best[start]) is not None and letters[start:end] in _syllables()
        ]
        best.append(min(cuts, key=_oddness, default=None))
    return best[-1]


_LONGEST_SYLLABLE = 6


def _oddness(syllables: tuple[str, ...]) -> tuple[int, int]:
    return sum(s[0] in "aoe" for s in syllables[1:]), len(syllables)


@cache
def _syllables() -> Mapping[str, str]:
    """Return syllable of pinyin without tones -> its sound, as the common characters (GB 2312, level 1) have them."""
    from pypinyin import lazy_pinyin

    common = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    table = {lazy_pinyin(c)[0]: sound(c)[0] for c in common if c}
    return table | {"lue": table["lve"], "nue": table["nve"]}


def written_out(text: str) -> str:
    """Return `text` with a shared noun said of each: "地方级和区级财政收入" -> "地方级财政收入和区级财政收入"."""
    text = _INDUSTRIES.sub(_each_industry, text)
    for _ in range(_LISTED):
        longer = _once_written_out(text)
        if longer == text:
            break
        text = longer
    return text


# "一二三产增加值", "一、二、三产业投资"
_INDUSTRIES = re.compile(
    r"(?:第?一[、和]?二[、和]?三|三次)(?:次)?产(?:业)?(?P<side>各自的|的|分别的)?(?P<tail>增加值|投资|比重|占比|用电量)?"
)


def _each_industry(m: re.Match[str]) -> str:
    """Write "一二三产增加值" out as three."""
    return "、".join(f"第{n}产业{m['tail'] or '增加值'}" for n in "一二三")


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
            rest = text[end + after.end(1) :]
            if not rest.startswith(tail):
                return f"{text[: end + after.end(1)]}{tail}{rest}"
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
    (
        r"(?:^|(?<=年)|(?<=季度)|(?<=月份)|(?<=月))投资"
        r"(?=怎么样|情况|增速|增长了?多少|完成了?多少|多少|排第)"
    ): "固定资产投资",
    r"(?:房子|新房|楼市)(?!租)[^,。?]{0,6}?卖(?:得|了|出去)?": "商品房销售面积",
    r"(?<=[\u4e00-\u9fff])这?[两二三四五六]项(?=[\u4e00-\u9fff]{2,8}(?:合计|一共|总共|加起来|之和))": "",
    r"几何(?=[?。]|$)": "多少",
    r"排?(?<![\u4e00-\u9fff]家)(?:老大|头名|头一名|头把交椅|冠军)(?!哥)": "第一",
    r"(?:老二|亚军)": "第二",
    r"(?:老三|季军)": "第三",
    (
        r"(?<=[一二三四五六七八九十]月)[、跟与](?=[一二三四五六七八九十]{1,2}月)"
        r"|(?<=[一二三四五六七八九十]月份)[、和跟与](?=[一二三四五六七八九十]{1,2}月)"
        r"|(?<=\d月)[、跟与](?=\d{1,2}月)"
    ): ",",
}


def named(text: str) -> str:
    """Return `text` with spoken names of indicators in the reports' words: "经济增长目标" -> "地区生产总值增长目标"."""
    for pattern, formal in _SPOKEN.items():
        text = re.sub(pattern, formal, text)
    return text


# "能告诉我么", "能说说吗" behind a question
_ASKED_KINDLY = re.compile(
    r"[,。]?(?:能不能|可不可以|可否|能否|能|可以)(?:告诉|告知|说|讲|介绍|查|给)(?:一?下|给|说|讲|到)?(?:我|咱|俺|大家)?(?:一?[下声]|听听|知道)?(?:吗|么|嘛|不|吧|呗)?[?。]*$"
)
# Said around a question, not asked: "您好,想了解一下", "请问", "麻烦告诉我", "谢谢"
_PADDING = re.compile(
    r"^(?:(?:您好|你好|嗨|哈喽|喂|(?:hi|hello|hey)(?![a-z])(?:\s+there\b)?)[啊呀,,!。~\s]*)+(?=\S)|请问一?下?|麻烦(?:您|你)?(?:帮我)?|劳驾|我?(?:就?是?)?想(?:要)?(?:问一?下?|了解一?下?|知道|查一?下?|咨询一?下?)(?:的是)?|帮我(?:查|看|找)一?下?|能不能(?:告诉我|说说?|讲讲?)|可以告诉我|告诉我|跟我说说?"
    r"|谢谢(?:您|你|了)?|多谢|拜托|请(?:您|你)?(?:告知|回答|介绍|说明|提供|列出|列举|简要|简单)?(?:说一下|介绍一下)?",
    re.I,
)
# "could you please tell me", "I'd like to know", "thank you very much", "quick question:"
_ENGLISH_PADDING = re.compile(
    "(?<![a-z])(?:"
    + "|".join(
        (
            r"(?:could|can|would|will) you(?: please| kindly)?(?: help me)?(?: tell| show| give| let)? me(?: know)?",
            r"(?:could|can|would) you(?: please| kindly)?(?: (?:check|find|look up))?",
            r"do you (?:happen to )?know|(?:may|can|could) i (?:ask|know)|would you mind telling me",
            r"i(?:['’]?d| would) like to (?:know|ask|check)(?: about)?",
            r"i (?:want|need|wanted) to (?:know|ask|check)(?: about)?",
            r"i(?:['’]m| am) (?:just )?(?:wondering|curious|looking for)(?: about| if)?",
            r"just wondering|i wonder|just curious|(?:a )?quick question|help me (?:find|check)(?: out)?",
            r"(?:tell|show|give) me|let me know|sorry to (?:bother|trouble)(?: you)?|excuse me",
            r"good (?:morning|afternoon|evening)|dear (?:sir|madam|all|friends?)(?: or (?:sir|madam))?",
            r"thank(?:s| you)(?: (?:so|very) much| a lot| in advance)?|many thanks|thx|tks|cheers",
            r"please|pls|plz|kindly",
        )
    )
    + r")(?![a-z'’])[\s,.:!~]*",
    re.I,
)


def without_padding(text: str) -> str:
    """Return `text` without greetings, thanks and polite forms, unless nothing else is in it.

    >>> without_padding("您好,想了解一下大兴区上半年留抵退税退了多少钱?")
    '大兴区上半年留抵退税退了多少钱?'
    """
    asked = _ASKED_KINDLY.sub("", text) or text
    return _PADDING.sub("", _ENGLISH_PADDING.sub(" ", asked).strip()).strip(" ,。!") or text
