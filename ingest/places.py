"""The region that a report is about, found in its title, its issuer or its first lines."""

from __future__ import annotations

import re
from collections import Counter

NATION = "全国"

PROVINCES = {
    name[: 3 if name.startswith(("内蒙", "黑龙")) else 2]: name
    for name in [
        "北京市",
        "天津市",
        "上海市",
        "重庆市",
        "河北省",
        "山西省",
        "辽宁省",
        "吉林省",
        "黑龙江省",
        "江苏省",
        "浙江省",
        "安徽省",
        "福建省",
        "江西省",
        "山东省",
        "河南省",
        "湖北省",
        "湖南省",
        "广东省",
        "海南省",
        "四川省",
        "贵州省",
        "云南省",
        "陕西省",
        "甘肃省",
        "青海省",
        "台湾省",
        "内蒙古自治区",
        "广西壮族自治区",
        "西藏自治区",
        "宁夏回族自治区",
        "新疆维吾尔自治区",
        "香港特别行政区",
        "澳门特别行政区",
    ]
}

# "关于大兴区2022年" -> 关于大兴区, "黑龙江省大庆市" -> 黑龙江省 and 大庆市; not 北京市场, 成都市区, 大兴区域
_PLACE = re.compile(
    r"[一-鿿]{2,9}?(?:特别行政区|自治区|自治州|自治县|自治旗|新区|省|市(?![场民值直容级内外辖区])|区(?![域间别块位分划])|县(?!域)|盟|旗)"
)
# What runs into a name from the left: "关于|大兴区", "二十七日|在|甘肃省", "上半年|大庆市"
_LEAD_IN = re.compile(
    r"^(?:[一二三四五六七八九十〇零○]*年度?|[一二三四五六七八九十]+[月日]|[年月日](?=在)|关于|印发|发布|下达|调整|审议|批准|代表|作为|根据|按照"
    r"|[上下]半年|[前第]?[一二三四]季度|在|对|为|我(?=.{3})|的|第)"
)
# Words that only look like names: 全市, 示范区, 城区, 超市, 贫困县
_NO_NAME = re.compile(
    r"(?:[全我本各该外]|城|园|社|景|片|校|厂|山|林|牧|库|郊|灾|老|街|辖|示范|开发|保护|自贸|贸易|试验|高新|功能|核心|合作|中心|产业|工业"
    r"|物流|保税|集聚|集中|先行|管理|都市|大湾|一体化|贫困|革命老|行政|协作|先导|引领|临空)区$"
    r"|(?:[全我本各该外]|城|超|股|上|门|楼|都|夜|菜|集|县级|地级|直辖|省辖|国|国内|入|稳|跨)市$"
    r"|[全我本各该外邻跨他两]省$|(?:[全我本各该外邻]|贫困|强|百|市|区)县$|(?:同|联|结)盟$|(?:红|国|旌|升)旗$"
)
# 国务院, 全国人民代表大会, 国家统计局
_NATIONAL = re.compile(r"国务院|全国|我国|中国|中华人民共和国|国家(?:统计局|发展|财政|税务)")


def find_region(*texts: str) -> str:
    """Return the region that the first of `texts` names: "大兴区", "北京市", "全国"; "" where none does.

    Of "黑龙江省大庆市" it is the last, the most exact.
    """
    return next((region for text in texts if (region := _region(text))), "")


def frequent_region(text: str) -> str:
    """Return the region that `text` names most often, at least twice."""
    ranked = Counter(name for name, _, _ in _names(text)).most_common(1)
    return ranked[0][0] if ranked and ranked[0][1] > 1 else ""


def is_national(text: str) -> bool:
    """Tell whether a title or an issuer speaks for the whole country."""
    return bool(_NATIONAL.search(text))


def _region(text: str) -> str:
    names = _names(text)
    if not names:
        return _town(text) or (NATION if is_national(text) else _short_province(text))
    name, _, end = names[0]
    for following, start, stop in names[1:]:
        if start != end:
            break
        name, end = following, stop
    return _town(text[end:]) or name


def _names(text: str) -> list[tuple[str, int, int]]:
    found = []
    for match in _PLACE.finditer(text):
        name = match[0]
        while lead := _LEAD_IN.match(name):
            name = name[lead.end() :]
        if len(name) > 2 and not _NO_NAME.search(name):
            found.append((name, match.end() - len(name), match.end()))
    return found


# "柳溪镇2025年度工作总结", "关于安宁街道2025年工作情况的报告": only where it opens a title
_TOWN = re.compile(
    r"(?:中共|关于)?(?P<name>(?![全各我本该这两建集城乡村])[一-鿿]{2,5}(?<![城乡集小制村名重])(?:街道|镇|乡))"
    r"(?=\d{4}|[二三]〇|[一-鿿]{0,2}(?:政府|党委|党工委|委员会|办事处))"
)


def _town(text: str) -> str:
    """Return the town or sub-district that `text` opens with, "" where it does not."""
    match = _TOWN.match(text)
    return match["name"] if match else ""


def _short_province(text: str) -> str:
    """Read a province without its suffix: "2026年云南政府工作报告"."""
    match = re.search(r"(?:^|年|关于)(" + "|".join(PROVINCES) + ")", text)
    return PROVINCES[match[1]] if match else ""


_RANK = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|自治县|街道|省|市|区|县|盟|旗|镇|乡)$")


def short_place(name: str) -> str:
    """Return a place without its rank: "大兴区" -> "大兴", "内蒙古自治区" -> "内蒙古"; "单县" stays."""
    short = _RANK.sub("", name)
    return short if len(short) > 1 else name


def is_name(text: str) -> bool:
    """Return whether `text` may be the name of a place of rank, not 全市, 示范区 or 小区."""
    return not _NO_NAME.search(text)
