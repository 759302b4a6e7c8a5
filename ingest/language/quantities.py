"""Quantities: a number with its unit, as written and as a Decimal ("1.49万余名", "第三", "33微克/立方米", "两成")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

import cn2an

from ingest.language.folding import fold


class Dimension(StrEnum):
    """What a unit measures; two quantities can be compared or subtracted only within one dimension."""

    MONEY = "金额"
    AREA = "面积"
    LENGTH = "长度"
    MASS = "重量"
    VOLUME = "体积"
    ENERGY = "能量"
    PERCENT = "百分比"
    POINTS = "百分点"
    RANK = "名次"
    TIMES = "倍数"
    DURATION = "时长"
    CONCENTRATION = "浓度"
    COUNT = "数量"


# Unit -> (dimension, size in the dimension's base unit). Counting units are not listed one by one here: see _COUNTERS.
_UNITS: dict[str, tuple[Dimension, str]] = {
    "元": (Dimension.MONEY, "1"),
    "元人民币": (Dimension.MONEY, "1"),
    "块钱": (Dimension.MONEY, "1"),
    "平方米": (Dimension.AREA, "1"),
    "平米": (Dimension.AREA, "1"),
    "㎡": (Dimension.AREA, "1"),
    "公顷": (Dimension.AREA, "10000"),
    "亩": (Dimension.AREA, "666.6666667"),
    "平方公里": (Dimension.AREA, "1000000"),
    "平方千米": (Dimension.AREA, "1000000"),
    "米": (Dimension.LENGTH, "1"),
    "公里": (Dimension.LENGTH, "1000"),
    "千米": (Dimension.LENGTH, "1000"),
    "海里": (Dimension.LENGTH, "1852"),
    "吨": (Dimension.MASS, "1000"),
    "吨标准煤": (Dimension.MASS, "1000"),
    "吨油当量": (Dimension.MASS, "1000"),
    "公斤": (Dimension.MASS, "1"),
    "千克": (Dimension.MASS, "1"),
    "斤": (Dimension.MASS, "0.5"),
    "克": (Dimension.MASS, "0.001"),
    "立方米": (Dimension.VOLUME, "1"),
    "方": (Dimension.VOLUME, "1"),
    "千瓦时": (Dimension.ENERGY, "1"),
    "度": (Dimension.ENERGY, "1"),
    "千瓦": (Dimension.ENERGY, "1"),
    "%": (Dimension.PERCENT, "1"),
    "‰": (Dimension.PERCENT, "0.1"),
    "个百分点": (Dimension.POINTS, "1"),
    "百分点": (Dimension.POINTS, "1"),
    "倍": (Dimension.TIMES, "1"),
    "番": (Dimension.TIMES, "1"),
    "天": (Dimension.DURATION, "1"),
    "小时": (Dimension.DURATION, "0.0416667"),
    "分钟": (Dimension.DURATION, "0.000694444"),
    "秒": (Dimension.DURATION, "0.0000115741"),
    "周岁": (Dimension.DURATION, "365"),
    "岁": (Dimension.DURATION, "365"),
    "个月": (Dimension.DURATION, "30"),
    "周": (Dimension.DURATION, "7"),
    "微克/立方米": (Dimension.CONCENTRATION, "1"),
    "毫克/立方米": (Dimension.CONCENTRATION, "1000"),
    "毫克/升": (Dimension.CONCENTRATION, "1000"),
    "公里/小时": (Dimension.LENGTH, "1"),
    "元/平方米": (Dimension.MONEY, "1"),
    "元/头": (Dimension.MONEY, "1"),
    "元/吨": (Dimension.MONEY, "1"),
}
_CURRENCIES = ("美元", "港元", "欧元", "英镑", "日元")
_UNITS |= {c: (Dimension.MONEY, "1") for c in _CURRENCIES}

# Measure words that count things, longest first where one begins another.
_COUNTERS = [
    "标准箱",
    "车公里",
    "人公里",
    "吨公里",
    "人次",
    "家次",
    "批次",
    "架次",
    "车次",
    "场次",
    "件次",
    "班次",
    "户次",
    "台套",
    "台次",
    "项次",
    "个",
    "家",
    "户",
    "人",
    "名",
    "项",
    "条",
    "宗",
    "套",
    "栋",
    "间",
    "张",
    "件",
    "批",
    "部",
    "处",
    "所",
    "座",
    "场",
    "辆",
    "株",
    "只",
    "头",
    "台",
    "例",
    "起",
    "次",
    "种",
    "类",
    "位",
    "列",
    "艘",
    "架",
    "篇",
    "册",
    "份",
    "款",
    "支",
    "枚",
    "根",
    "棵",
    "羽",
    "匹",
    "口",
    "眼",
    "盏",
    "块",
    "片",
    "顶",
    "幅",
    "期",
    "轮",
    "趟",
    "班",
    "门",
    "本",
    "对",
    "组",
    "队",
    "支队",
    "床",
    "村",
    "镇",
    "街道",
    "社区",
    "县",
    "市",
    "省",
    "区",
    "国",
    "卷",
    "层",
    "度",
    "级",
    "线",
    "园",
    "院",
    "校",
    "户籍",
    "网",
    "站",
    "店",
    "TEU",
    "亩次",
    "周年",
    "岁",
    "分",
    "期",
    "步",
    "招",
    "方面",
]
_UNITS |= {c: (Dimension.COUNT, "1") for c in _COUNTERS if c not in _UNITS}
# These count only behind Arabic digits or a numeral with 余/多: "三级""一版""两国" are mostly parts of names.
_WEAK = frozenset(
    [
        "县",
        "市",
        "省",
        "区",
        "国",
        "卷",
        "层",
        "级",
        "线",
        "园",
        "院",
        "校",
        "网",
        "站",
        "店",
        "分",
        "期",
        "步",
        "招",
        "方面",
        "周年",
        "岁",
        "村",
        "镇",
        "街道",
        "社区",
        "周",
        "度",
        "方",
    ]
)
# Units that make even "一" an amount.
_STRONG = frozenset(["元", "亩", "吨", "公里", "天", "小时"])

_SCALES = {
    "万亿": Decimal("1e12"),
    "千亿": Decimal("1e11"),
    "百亿": Decimal("1e10"),
    "十亿": Decimal("1e9"),
    "亿": Decimal("1e8"),
    "千万": Decimal("1e7"),
    "百万": Decimal("1e6"),
    "十万": Decimal("1e5"),
    "万": Decimal("1e4"),
    "千": Decimal("1e3"),
    "百": Decimal("1e2"),
}

_UNIT = "|".join(sorted((re.escape(u) for u in _UNITS), key=len, reverse=True))
_SCALE = "|".join(_SCALES)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"

# "1.49万余名", "442.1亿元", "70余个", "-1.6%", "33微克/立方米", "5000 多家", "1/3"
_ARABIC = re.compile(
    rf"(?<![\d.A-Za-z])(?P<sign>-(?=\d))?(?P<number>{_DIGITS})\s*(?P<scale>{_SCALE})?(?P<about>[余多来])?\s*(?P<unit>{_UNIT})?"
)
# "三个", "两千余名", "十八项": a numeral with a strong measure word
_CHINESE = re.compile(
    rf"(?<![第零〇一二两三四五六七八九十百千万亿几数])(?P<number>{_NUMERAL}+)(?P<about>[余多来])?(?P<unit>{_UNIT})"
)
# "第三", "第3名", "首位", "榜首" as ranks; not "第三产业", "第一批", "第九版", "第34届", "第二再生水厂"
_RANK = re.compile(
    r"第(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<unit>名|位|大)?(?=[,。;、!?)）和且及的]|$|\s)|(?P<first>首位|榜首|第一位)"
)
# "三分之一", "两成", "百分之五", "一成半", "翻一番", "四分之三"
_FRACTION = re.compile(
    rf"(?P<whole>{_NUMERAL}+)分之(?P<part>{_NUMERAL}+|\d+(?:\.\d+)?)|(?P<tenths>[一二两三四五六七八九1-9])成(?P<half>半)?(?![为功立都效果长员就年人])"
    r"|翻(?P<fold>[一两二三]|\d)番"
)
_SLASHED = re.compile(r"(?<![\d/.])(?P<part>\d{1,2})/(?P<whole>\d{1,3})(?![\d/])")

_BEFORE = re.compile(r"(?:近|约|超过|超|逾|突破|不少于|不低于|至少|达到|大于|高于|低于|不超过|不高于|以内|左右)$")
# A number that is a name or an ordinal, not an amount: PM2.5, 5.0版, T-3, 第34届, 1+12, "12345", A5, 2.0版, 24小时 stays.
_NAME_BEFORE = re.compile(r"(?:[A-Za-z+\-×/]|PM|第|No\.?|“1|[Vv])$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at `start:end` of the text it was found in.

    `value` is in `unit`, which keeps its scale ("亿元", "万平方米"); a rank has the unit "名", an unnamed count "".
    `approximate` says that the text rounds ("余", "近", "超").
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    dimension: Dimension
    approximate: bool = False

    @property
    def base(self) -> Decimal:
        """The value in the dimension's base unit (元, 平方米, 公斤 ...), for comparison.

        >>> next(iter(quantities("1.5万元"))).base == next(iter(quantities("15000元"))).base
        True
        """
        return self.value * unit_size(self.unit)


def split_unit(unit: str) -> tuple[Decimal, str]:
    """Split a unit into its scale and its plain unit: "亿元" -> (1e8, "元")."""
    for scale, size in _SCALES.items():
        if unit.startswith(scale) and (unit[len(scale) :] in _UNITS or unit == scale):
            return size, unit[len(scale) :]
    return Decimal(1), unit


def unit_size(unit: str) -> Decimal:
    """Return how many base units one `unit` is; 1 for an unknown unit."""
    scale, plain = split_unit(unit)
    return scale * Decimal(_UNITS[plain][1] if plain in _UNITS else "1")


def unit_dimension(unit: str) -> Dimension:
    """Return what `unit` measures; an unknown unit counts things."""
    plain = split_unit(unit)[1]
    return _UNITS[plain][0] if plain in _UNITS else Dimension.COUNT


def numeral(text: str) -> Decimal | None:
    """Return the value of a Chinese or Arabic numeral, None where it is none. "十八" -> 18, "两千" -> 2000."""
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        pass
    try:
        return Decimal(str(cn2an.cn2an(text.replace("两", "二").replace("〇", "零"), "smart")))
    except (ValueError, KeyError):  # "千万" and its like make cn2an look up a unit that it does not have
        return None


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of `text` in order, without overlaps. Years and other dates are not quantities."""
    folded = fold(text)
    found: list[Quantity] = []
    taken = 0
    for quantity in sorted(_candidates(folded, text), key=lambda q: (q.start, -q.end)):
        if quantity.start >= taken:
            found.append(quantity)
            taken = quantity.end
    return found


def _candidates(folded: str, text: str) -> Iterator[Quantity]:
    yield from _arabic(folded, text)
    yield from _chinese(folded, text)
    yield from _ranks(folded, text)
    yield from _fractions(folded, text)
    yield from _ratios(folded, text)


# "2022年", "6月份", "15日", "1-5月": dates and their parts
_DATE_UNIT = re.compile(
    r"\s*(?:、\d{1,2}月|年(?!均)|月(?!饼)|日(?!均)|号|点\d|时\d|世纪|届|版|路|线|楼|室|周年|年代|级地震)"
)
_RANGE = re.compile(r"\s*[-~至到]\s*\d")


def _arabic(folded: str, text: str) -> Iterator[Quantity]:
    for m in _ARABIC.finditer(folded):
        if _NAME_BEFORE.search(folded[: m.start()]) and not m["sign"]:
            continue
        unit = (m["scale"] or "") + (m["unit"] or "")
        if not m["unit"] and _DATE_UNIT.match(folded, m.end()):
            continue
        if not unit and _is_name(folded, m.start(), m.end(), m["number"]):
            continue
        if m["unit"] in ("版", "代", "线", "届", "级", "国道"):
            continue
        value = Decimal(m["number"].replace(",", "")) * (-1 if m["sign"] else 1)
        about = bool(m["about"]) or bool(_BEFORE.search(folded[: m.start()]))
        dimension = _UNITS[m["unit"]][0] if m["unit"] else Dimension.COUNT
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value, unit, dimension, about)
    for m in _SLASHED.finditer(folded):
        value = Decimal(m["part"]) / Decimal(m["whole"]) if int(m["whole"]) else Decimal(0)
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value, "", Dimension.TIMES)


# "2.6:1", "2.6比1": one number to another
_RATIO = re.compile(r"(?<![\d:.])(?P<a>\d+(?:\.\d+)?)\s*[:比]\s*(?P<b>\d+(?:\.\d+)?)(?![\d:.])")


def _ratios(folded: str, text: str) -> Iterator[Quantity]:
    for m in _RATIO.finditer(folded):
        value = Decimal(m["a"]) / Decimal(m["b"]) if Decimal(m["b"]) else Decimal(0)
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value, "", Dimension.TIMES)


def _is_name(folded: str, start: int, end: int, number: str) -> bool:
    """Whether a number without a unit is a name ("12345热线", "1+N", "国道105", "“1010”") rather than a bare value."""
    after, before = folded[end : end + 1], folded[start - 1 : start]
    if after in "+-×*/&年月日号" and after:
        return True
    if before in ("道", "号", "“", '"', "《", "+", "/"):
        return True
    return len(number) >= 4 and number.isdigit() and after not in ",;。|)" and after != ""


def _chinese(folded: str, text: str) -> Iterator[Quantity]:
    for m in _CHINESE.finditer(folded):
        if m["unit"] in _WEAK and len(m["number"]) < 2:
            continue
        # "一批", "一对", "零部件": an article or a part of a word, not a count
        value = None if m["number"] in ("一", "零") and m["unit"] not in _STRONG else numeral(m["number"])
        if value is None:
            continue
        dimension = _UNITS[m["unit"]][0]
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value, m["unit"], dimension, bool(m["about"]))


def _ranks(folded: str, text: str) -> Iterator[Quantity]:
    for m in _RANK.finditer(folded):
        value = Decimal(1) if m["first"] else numeral(m["number"])
        if value is not None:
            yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value, "名", Dimension.RANK)


def _fractions(folded: str, text: str) -> Iterator[Quantity]:
    for m in _FRACTION.finditer(folded):
        span = text[m.start() : m.end()]
        if m["whole"]:
            whole, part = numeral(m["whole"]), numeral(m["part"])
            if not whole or part is None:
                continue
            if whole == 100:
                yield Quantity(m.start(), m.end(), span, part, "%", Dimension.PERCENT)
            else:
                yield Quantity(m.start(), m.end(), span, part / whole, "", Dimension.TIMES)
        elif m["tenths"]:
            tenths = (numeral(m["tenths"]) or Decimal(0)) * 10 + (5 if m["half"] else 0)
            yield Quantity(m.start(), m.end(), span, tenths, "%", Dimension.PERCENT)
        else:
            yield Quantity(m.start(), m.end(), span, numeral(m["fold"]) or Decimal(1), "番", Dimension.TIMES)
