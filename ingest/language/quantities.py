"""Quantities: a number with its unit, as written and as a Decimal ("1.49万余名", "第三", "33微克/立方米", "两成")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import cn2an

from ingest.language.folding import fold
from ingest.language.units import (
    OTHER_WORDS,
    SCALES,
    STRONG,
    UNITS,
    WEAK,
    Dimension,
    split_unit,
    unit_dimension,
    unit_size,
)

_UNIT = "|".join(
    re.escape(u)
    + (f"(?!{OTHER_WORDS[u]})" if u in OTHER_WORDS else "(?![A-Za-z])" if u.isascii() and u.isalpha() else "")
    for u in sorted(UNITS, key=len, reverse=True)
)
# "1459万吨/年", "94.5万元/人": what the unit is counted by
_PER = (
    r"/(?:平方公里|平方米|立方米|小时|公里|公顷|千瓦时|(?:百亿|亿|[万千百])?(?:人|户|元)"
    r"|[年月日天亩升吨斤头次床度]|公斤)"
)
# not 千 of "750千伏", "900千瓦"
_SCALE = "|".join(scale + "(?![伏瓦克米升卡])" * scale.endswith("千") for scale in SCALES)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d|\.\d|,\d{3}(?!\d))"
_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"

# "1.49万余名", "30多万公里", "442.1亿元", "-1.6%", "33微克/立方米", "5000 多家"
_ARABIC = re.compile(
    rf"(?<![\d.A-Za-z])(?P<sign>-)?(?P<number>{_DIGITS})(?: *(?P<rough>[余多来])?(?P<scale>{_SCALE}))?"
    rf"(?: *(?P<about>[余多来])? *(?P<unit>{_UNIT})(?P<per>{_PER})?|(?P<bare>[余多]))?"
)
# "三个", "两千余名", "十八项": a numeral with a measure word; not "三五个", "“四个自信”"
_CHINESE = re.compile(
    rf"(?<![第零〇一二两三四五六七八九十百千万亿几数上“‘])(?P<number>{_NUMERAL}+)(?P<about>[余多来])?(?P<unit>{_UNIT})"
)
_VAGUE = re.compile(r"[一二两三四五六七八九]{2}|^[百千万亿零〇]")
# "第三", "第3名", "首位", "榜首" as ranks; not "第三产业", "第一批", "第九版", "摆在首位", "首位度"
_RANK = re.compile(
    r"(?<!摆在)(?<!放在)第(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?:(?P<unit>名|位)(?!数)|大?(?=[,。;、!?)和且及的]|$|\s)(?![、和及与]?第?[一二三、和及与]{0,4}[一二三]产业))"
    r"|(?<!摆在)(?<!放在)(?<!摆到)(?<!放到)(?P<first>首位(?![度发])|榜首)"
)
# "三分之一", "两成", "百分之五", "一成半", "翻一番", "四分之三"
_FRACTION = re.compile(
    rf"(?P<whole>{_NUMERAL}+)分之(?P<part>{_NUMERAL}+(?:点{_NUMERAL}+)?|\d+(?:\.\d+)?)|(?P<tenths>[一二两三四五六七八九1-9])成(?P<half>半)?(?![为功立都效果长员就年人])"
    r"|翻(?P<fold>[一两二三]|\d)番|(?<=[少减缩降过近超约占])(?P<half_of>一半)"
)
_SLASHED = re.compile(r"(?<![\d/.])(?P<part>\d{1,2})/(?P<whole>\d{1,3})(?![\d/])")

_BEFORE = re.compile(r"(?:近|约|超过|超|逾|突破|不少于|不低于|至少|达到|大于|高于|低于|不超过|不高于|以内|左右)$")
# A number that is a name or an ordinal, not an amount: PM2.5, 5.0版, T-3, 第34届, 1+12, "12345", A5.
_NAME_BEFORE = re.compile(r"(?:[A-Za-z+\-×/·_]|PM|第|No\.?|“1|[Vv])$")


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


def numeral(text: str) -> Decimal | None:
    """Return the value of a Chinese or Arabic numeral, None where it is none.

    >>> numeral("十八"), numeral("两千"), numeral("1,500"), numeral("公里")
    (Decimal('18'), Decimal('2000'), Decimal('1500'), None)
    """
    try:
        value = Decimal(text.replace(",", ""))
        return value if value.is_finite() else None
    except InvalidOperation:
        pass
    try:
        return Decimal(str(cn2an.cn2an(text.replace("两", "二").replace("〇", "零"), "smart")))
    except (ValueError, KeyError):  # "千万" and its like make cn2an look up a unit that it does not have
        return None


# Every quantity has one of these.
_HINT = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿首榜]")
# "地区生产总值[2]386.4亿元"
FOOTNOTE = re.compile(r"\[\d{1,3}\]")


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of `text` in order, without overlaps. Years and other dates are not quantities.

    >>> [(q.text, q.unit) for q in quantities("6月份增长1.7、2.2个百分点,达30多万人")]
    [('1.7', '个百分点'), ('2.2个百分点', '个百分点'), ('30多万人', '万人')]
    """
    folded = fold(text)
    if not _HINT.search(folded):
        return []
    found: list[Quantity] = []
    taken = 0
    notes = [m.span() for m in FOOTNOTE.finditer(folded)]
    for quantity in sorted(_candidates(folded, text), key=lambda q: (q.start, -q.end)):
        if quantity.start >= taken and not any(start < quantity.start < end for start, end in notes):
            found.append(_without_dash(quantity, found))
            taken = quantity.end
    return _share_units(folded, found)


def _without_dash(quantity: Quantity, before: list[Quantity]) -> Quantity:
    """Return the upper end of a range "6%-6.5%" without the dash that looks like a sign."""
    if quantity.value < 0 and before and before[-1].end == quantity.start:
        return replace(quantity, start=quantity.start + 1, text=quantity.text[1:], value=-quantity.value)
    return quantity


# Between numbers that share the unit of the last: "1.7、2.2个百分点", "5至6亿元"
_SHARED = re.compile(r" *[、和及与至到~-] *")


def _share_units(folded: str, found: list[Quantity]) -> list[Quantity]:
    """Give bare numbers before "、" and the like the unit that the last of the row has."""
    for i in range(len(found) - 2, -1, -1):
        one, other = found[i], found[i + 1]
        if one.unit in SCALES and _SHARED.fullmatch(folded, one.end, other.start):  # "1.28万亿、8200亿元"
            plain = split_unit(other.unit)[1]
            found[i] = replace(one, unit=one.unit + plain, dimension=unit_dimension(plain))
            continue
        bare = not one.unit and one.dimension is Dimension.COUNT
        bare = bare or (one.unit == "个" and other.unit == "个百分点")  # "31.1个和26.3个百分点"
        if (
            bare
            and other.unit
            and other.dimension is not Dimension.RANK
            and _SHARED.fullmatch(folded, one.end, other.start)
        ):
            found[i] = replace(one, unit=other.unit, dimension=other.dimension)
    return found


def _candidates(folded: str, text: str) -> Iterator[Quantity]:
    yield from _arabic(folded, text)
    yield from _chinese(folded, text)
    yield from _ranks(folded, text)
    yield from _fractions(folded, text)
    yield from _ratios(folded, text)


# "2022年", "6月份", "15日", "1-5月": dates and their parts
_DATE_UNIT = re.compile(
    r"\s*(?:、\d{1,2}月|年(?!均)|月(?!饼)|日(?!均)|号|点[\d前后钟整到至半]|时\d|世纪|届|版|路|线|楼|室|周年|年代|级地震)"
)
# "30万千瓦级机组", "亿元级": how big a thing of its kind is
_LEVEL = re.compile(r"级(?!别)")
# "9点": a time of the day, not the points of an index
_HOUR = re.compile(r"1?\d|2[0-4]")
_RANGE = re.compile(r"\s*[-~至到]\s*\d")


def _arabic(folded: str, text: str) -> Iterator[Quantity]:
    for m in _ARABIC.finditer(folded):
        head = folded[max(0, m.start() - 4) : m.start()]
        if _NAME_BEFORE.search(head) and not m["sign"]:
            continue
        unit = (m["scale"] or "") + (m["unit"] or "") + (m["per"] or "")
        if not m["unit"] and _DATE_UNIT.match(folded, m.end()):
            continue
        if not unit and _is_name(folded, m.start(), m.end(), m["number"]):
            continue
        if m["unit"] in ("线", "级") or (m["unit"] == "点" and _HOUR.fullmatch(m["number"])):
            continue
        if m["unit"] and _LEVEL.match(folded, m.end()):
            continue
        value = Decimal(m["number"].replace(",", "")) * (-1 if m["sign"] else 1)
        about = bool(m["rough"] or m["about"] or m["bare"]) or bool(_BEFORE.search(head))
        dimension = UNITS[m["unit"]][0] if m["unit"] else Dimension.COUNT
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value, unit, dimension, about)
    for m in _SLASHED.finditer(folded):
        if not int(m["whole"]):
            continue
        value = Decimal(m["part"]) / Decimal(m["whole"])
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value, "", Dimension.TIMES)


# "2.6:1", "2.6比1": one number to another
_RATIO = re.compile(r"(?<![\d:.])(?P<a>\d+(?:\.\d+)?)\s*[:比]\s*(?P<b>\d+(?:\.\d+)?)(?![\d:.])")


def _ratios(folded: str, text: str) -> Iterator[Quantity]:
    for m in _RATIO.finditer(folded):
        if not Decimal(m["b"]) or _is_time(m["a"], m["b"]):
            continue
        value = Decimal(m["a"]) / Decimal(m["b"])
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value, "", Dimension.TIMES)


def _is_time(hour: str, minute: str) -> bool:
    """Whether "a:b" is a time of the day: 8:30, 15:11."""
    return len(minute) == 2 and hour.isdigit() and minute.isdigit() and int(hour) < 25 and int(minute) < 60


def _is_name(folded: str, start: int, end: int, number: str) -> bool:
    """Whether a number without a unit is a name or a mark ("12345热线", "1+N", "国道105", "“1010”", "5G", "2、") rather
    than a bare value."""
    after, before = folded[end : end + 1], folded[max(0, start - 1) : start]
    if after.isascii() and after.isalpha():
        return True
    if (after == ":" and _TIME.match(folded, start)) or (before == ":" and _TIME.match(folded, start - 2)):
        return True
    if (not before or before in "。;:!?\n( ") and _ENUMERATED.match(folded, end) and number.isdigit():
        return True
    if folded.startswith(("连增", "连丰", "连冠", "连涨"), end):
        return True
    if after in "+-×*/&·年月日号" and after:
        return True
    if before in ("道", "号", "“", '"', "《", "+", "/"):
        return True
    return len(number) >= 4 and number.isdigit() and after not in ",;。|)" and after != ""


# "8:30", "15:11"
_TIME = re.compile(r"\d{1,2}:[0-5]\d(?![\d:.])")
# "1、", "(2)", "3." before a heading or an item
_ENUMERATED = re.compile(r"[、.)](?!\d)")


def _chinese(folded: str, text: str) -> Iterator[Quantity]:
    for m in _CHINESE.finditer(folded):
        if m["unit"] in WEAK and len(m["number"]) < 2:
            continue
        if (m["number"] == "一" and not _is_one(folded, m)) or _VAGUE.search(m["number"]):
            continue
        value = numeral(m["number"])
        if value is None:
            continue
        dimension = UNITS[m["unit"]][0]
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value, m["unit"], dimension, bool(m["about"]))


# "至少建成一所", "每个县建设一个": an amount, not an article
_EACH = re.compile(r"(?:至少|不少于|每个?(?:乡|镇|街|县|市|区|省|村|校|社区|设区的市)[^,。;]{0,12})[^,。;\d每]{0,6}$")


def _is_one(folded: str, m: re.Match[str]) -> bool:
    """Whether "一" with a measure word counts; "一批", "一对" are articles or parts of words."""
    return m["unit"] in STRONG or (
        m["unit"] in ("个", "所", "家", "名", "处", "座")
        and bool(_EACH.search(folded[max(0, m.start() - 28) : m.start()]))
    )


def _ranks(folded: str, text: str) -> Iterator[Quantity]:
    for m in _RANK.finditer(folded):
        value = Decimal(1) if m["first"] else numeral(m["number"])
        if value is not None:
            yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value, "名", Dimension.RANK)


_PARTS = {"百": "%", "千": "‰"}


def _fractions(folded: str, text: str) -> Iterator[Quantity]:
    for m in _FRACTION.finditer(folded):
        span = text[m.start() : m.end()]
        if m["whole"]:
            whole, part = numeral(m["whole"]), numeral(m["part"])
            if m["whole"] in _PARTS and part is not None:
                yield Quantity(m.start(), m.end(), span, part, _PARTS[m["whole"]], Dimension.PERCENT)
                continue
            if not whole or part is None:
                continue
            if whole == 100:
                yield Quantity(m.start(), m.end(), span, part, "%", Dimension.PERCENT)
            else:
                yield Quantity(m.start(), m.end(), span, part / whole, "", Dimension.TIMES)
        elif m["half_of"]:
            yield Quantity(m.start(), m.end(), span, Decimal(50), "%", Dimension.PERCENT)
        elif m["tenths"]:
            tenths = (numeral(m["tenths"]) or Decimal(0)) * 10 + (5 if m["half"] else 0)
            yield Quantity(m.start(), m.end(), span, tenths, "%", Dimension.PERCENT)
        else:
            yield Quantity(m.start(), m.end(), span, numeral(m["fold"]) or Decimal(1), "番", Dimension.TIMES)
