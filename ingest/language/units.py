"""Units: what each measures, its size, the scales before it; "亿元" is 1e8 of 元, which measures money."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


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
UNITS: dict[str, tuple[Dimension, str]] = {
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
UNITS |= {unit: (dimension, size) for dimension, size, units in _LATIN for unit in units.split()}
_CURRENCIES = ("美元", "港元", "欧元", "英镑", "日元")
UNITS |= {c: (Dimension.MONEY, "1") for c in _CURRENCIES}

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
UNITS |= {c: (Dimension.COUNT, "1") for c in _COUNTERS if c not in UNITS}
# These count only behind Arabic digits or a numeral with 余/多: "三级""一版""两国" are mostly parts of names.
WEAK = frozenset(
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
STRONG = frozenset(["元", "亩", "吨", "公里", "天", "小时", "倍", "番", "个百分点"])
# What follows a measure word and makes another word of it: "12部门", "三次产业", "七次全会", "5000单位".
OTHER_WORDS = {
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

SCALES = {
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


def split_unit(unit: str) -> tuple[Decimal, str]:
    """Split a unit into its scale and its plain unit: "亿元" -> (1e8, "元")."""
    for scale, size in SCALES.items():
        if unit.startswith(scale) and (_known(unit[len(scale) :]) or unit == scale):
            return size, unit[len(scale) :]
    return Decimal(1), unit


def _known(plain: str) -> str:
    """Return the unit of the table that a plain unit is measured in, "" where it is none: "吨/年" -> "吨"."""
    return plain if plain in UNITS else plain.partition("/")[0] if plain.partition("/")[0] in UNITS else ""


def unit_size(unit: str) -> Decimal:
    """Return how many base units one `unit` is; 1 for an unknown unit."""
    scale, plain = split_unit(unit)
    known = _known(plain)
    return scale * Decimal(UNITS[known][1] if known else "1")


def unit_dimension(unit: str) -> Dimension:
    """Return what `unit` measures; an unknown unit counts things."""
    known = _known(split_unit(unit)[1])
    return UNITS[known][0] if known else Dimension.COUNT
