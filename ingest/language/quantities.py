"""Quantities: a number with its unit, as written and as a Decimal ("1.49万余名", "第三", "33微克/立方米", "两成")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    "厘米": (Dimension.LENGTH, "0.01"),
    "毫米": (Dimension.LENGTH, "0.001"),
    "吨": (Dimension.MASS, "1000"),
    "吨标准煤": (Dimension.MASS, "1000"),
    "吨标煤": (Dimension.MASS, "1000"),
    "吨油当量": (Dimension.MASS, "1000"),
    "公斤": (Dimension.MASS, "1"),
    "千克": (Dimension.MASS, "1"),
    "斤": (Dimension.MASS, "0.5"),
    "克": (Dimension.MASS, "0.001"),
    "立方米": (Dimension.VOLUME, "1"),
    "千伏安": (Dimension.ENERGY, "1"),
    "兆瓦": (Dimension.ENERGY, "1000"),
    "千伏": (Dimension.COUNT, "1"),
    "立方": (Dimension.VOLUME, "1"),
    "方": (Dimension.VOLUME, "1"),
    "千升": (Dimension.VOLUME, "1"),
    "升": (Dimension.VOLUME, "0.001"),
    "千瓦时": (Dimension.ENERGY, "1"),
    "度": (Dimension.ENERGY, "1"),
    "千瓦": (Dimension.ENERGY, "1"),
    "吉瓦": (Dimension.ENERGY, "1000000"),
    "吉瓦时": (Dimension.ENERGY, "1000000"),
    "兆瓦时": (Dimension.ENERGY, "1000"),
    "英寸": (Dimension.LENGTH, "0.0254"),
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
    "微克": (Dimension.MASS, "1e-9"),
    "微克/立方米": (Dimension.CONCENTRATION, "1"),
    "毫克/立方米": (Dimension.CONCENTRATION, "1000"),
    "毫克/升": (Dimension.CONCENTRATION, "1000"),
    "公里/小时": (Dimension.LENGTH, "1"),
}
# Latin units as reports write them: "55GWh", "160Eflops".
_LATIN = (
    (Dimension.ENERGY, "1", "kWh KWh kW KW kVA"),
    (Dimension.ENERGY, "1000", "MWh MW MVA"),
    (Dimension.ENERGY, "1000000", "GWh GW"),
    (Dimension.LENGTH, "1000", "km"),
    (Dimension.LENGTH, "0.01", "cm"),
    (Dimension.LENGTH, "0.001", "mm"),
    (Dimension.LENGTH, "1e-9", "nm"),
    (Dimension.MASS, "1", "kg"),
    (Dimension.COUNT, "1", "kV KV EFLOPS Eflops EFlops PFLOPS Pflops PFlops P PF EF TB PB EB GB Mbps Gbps MPa mg"),
)
_UNITS |= {unit: (dimension, size) for dimension, size, units in _LATIN for unit in units.split()}
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
    "步",
    "招",
    "方面",
    "标箱",
    "笔",
    "颗",
    "单",
    "股",
    "幢",
    "点",
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
        "点",
    ]
)
# Units that make even "一" an amount.
_STRONG = frozenset(["元", "亩", "吨", "公里", "天", "小时", "倍", "番", "个百分点"])
# What follows a measure word and makes another word of it: "12部门", "三次产业", "七次全会", "5000单位".
_OTHER_WORDS = {
    "次": "产业|全会|全体|会议|党代|代表|人代|常委|常务|修|方|生",
    "部": "门|委|分|长|属|署|队|级",
    "单": "位|元|体|独|项|一|个|边|产",
    "分": "别|之|钟|析|类|级|布|公司|中心|支|工|散|层|批|步|期",
    "家": "庭|长|电|具|居|政|园|禽|畜|装|乡|校",
    "国": "家|有|企|内|债|道|际|防|资|税|网|标|产|集团",
    "市": "场|值|民|级|县|政|区|州",
    "省": "级|市|份|道|会|内|外",
    "区": "域|间|县|块|级|划",
    "县": "域|区|级|乡|城",
    "级": "别|以|联",
    "网": "点|络|格|上|民",
    "站": "点|位",
    "店": "铺",
    "院": "校|士|区",
    "园": "区|林|艺",
    "校": "园|企|舍",
    "所": "有|得|属|以|在|需",
    "条": "件|例|块",
    "例": "如|外|行",
    "方": "面|案|式|向|舱|针|位|便",
    "度": "过|假",
    "门": "诊|店|类|槛|户",
    "对": "接|外|口|于|标|象|照|应|全",
    "本": "地|市|区|省|级|科|土|报|年|轮|届|次|外",
    "口": "岸|径",
    "片": "区",
    "组": "织|建|成|合",
    "队": "伍|员",
    "班": "列|车|轮|子|线",
    "列": "入|车|为",
    "起": "步|点|草|降|重|来|诉|到|实施|施行|执行|共",
    "种": "植|子|质|业|养|苗|粮",
    "支": "持|撑|付|出|线|部|行",
    "期": "间|末|货|限|满|望|盼",
    "轮": "胎|换|驻|训|作|候",
    "份": "额",
    "层": "级|面|次",
    "招": "商|聘|生|投|标|引",
    "步": "伐|行|入",
    "镇": "街|村|域|区|海",
    "村": "庄|民|级|集体|镇|居",
    "个": "人所得|人卫生|体工商|体户|字",
    "头": "部|雁|条",
    "件": "套|均",
    "位": "于|居|列|置|数",
    "只": "有|能|要|需|增|减",
    "项": "规定",
    "周": "期|边|转|年",
    "克": "服|拉",
    "岁": "月",
    "天": "然|津|府|河|山|线|气",
    "名": "单|优|录|牌|列",
    "处": "置|理|于|方|罚",
    "户": "籍|口|外",
    "点": "前|后|左|半|钟|整|到|至|以|开|多|上|下|击|位|数|面|线|对|赞|评|[0-9]",
    "张": "家|贴",
    "元": "旦",
    "股": "份|权|东|票|市",
    "笔": "试",
}

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

_UNIT = "|".join(
    re.escape(u)
    + (f"(?!{_OTHER_WORDS[u]})" if u in _OTHER_WORDS else "(?![A-Za-z])" if u.isascii() and u.isalpha() else "")
    for u in sorted(_UNITS, key=len, reverse=True)
)
# "1459万吨/年", "94.5万元/人": what the unit is counted by
_PER = (
    r"/(?:平方公里|平方米|立方米|小时|公里|公顷|千瓦时|(?:百亿|亿|[万千百])?(?:人|户|元)"
    r"|[年月日天亩升吨斤头次床度]|公斤)"
)
# not 千 of "750千伏", "900千瓦"
_SCALE = "|".join(scale + "(?![伏瓦克米升卡])" * scale.endswith("千") for scale in _SCALES)
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


def split_unit(unit: str) -> tuple[Decimal, str]:
    """Split a unit into its scale and its plain unit: "亿元" -> (1e8, "元")."""
    for scale, size in _SCALES.items():
        if unit.startswith(scale) and (_known(unit[len(scale) :]) or unit == scale):
            return size, unit[len(scale) :]
    return Decimal(1), unit


def _known(plain: str) -> str:
    """Return the unit of the table that a plain unit is measured in, "" where it is none: "吨/年" -> "吨"."""
    return plain if plain in _UNITS else plain.partition("/")[0] if plain.partition("/")[0] in _UNITS else ""


def unit_size(unit: str) -> Decimal:
    """Return how many base units one `unit` is; 1 for an unknown unit."""
    scale, plain = split_unit(unit)
    known = _known(plain)
    return scale * Decimal(_UNITS[known][1] if known else "1")


def unit_dimension(unit: str) -> Dimension:
    """Return what `unit` measures; an unknown unit counts things."""
    known = _known(split_unit(unit)[1])
    return _UNITS[known][0] if known else Dimension.COUNT


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
        if one.unit in _SCALES and _SHARED.fullmatch(folded, one.end, other.start):  # "1.28万亿、8200亿元"
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
        dimension = _UNITS[m["unit"]][0] if m["unit"] else Dimension.COUNT
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
        if m["unit"] in _WEAK and len(m["number"]) < 2:
            continue
        if (m["number"] == "一" and not _is_one(folded, m)) or _VAGUE.search(m["number"]):
            continue
        value = numeral(m["number"])
        if value is None:
            continue
        dimension = _UNITS[m["unit"]][0]
        yield Quantity(m.start(), m.end(), text[m.start() : m.end()], value, m["unit"], dimension, bool(m["about"]))


# "至少建成一所", "每个县建设一个": an amount, not an article
_EACH = re.compile(r"(?:至少|不少于|每个?(?:乡|镇|街|县|市|区|省|村|校|社区|设区的市)[^,。;]{0,12})[^,。;\d每]{0,6}$")


def _is_one(folded: str, m: re.Match[str]) -> bool:
    """Whether "一" with a measure word counts; "一批", "一对" are articles or parts of words."""
    return m["unit"] in _STRONG or (
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
