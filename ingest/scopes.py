"""Scopes: the place, zone or holder inside the region that a number is about, and what it is seen against."""

from __future__ import annotations

import re

from ingest.language.aspects import Aspect
from ingest.language.indicators import indicators
from ingest.nouns import trimmed

# "临空区", "生物医药基地", "大兴经开区", "中日示范区", "黄村镇": places and zones inside a region
_ZONE = (
    r"(?:[\u4e00-\u9fff]{0,8}(?:临空区|自贸区|综保区|经开区|高新区)"
    r"|[\u4e00-\u9fff]{2,8}(?:基地|园区|示范区|开发区|新区|街道|(?<![城乡])镇(?![街级村])|(?<!美丽)乡(?![村镇级亲三])))"
)
_BARE = re.compile(rf"{_ZONE}(?:\([^()]{{1,8}}\))?")
_OPENS = re.compile(rf"(?:其中|在|截至|目前|[|\s、])*(?P<scope>{_ZONE})(?P<aside>\([^()]{{1,8}}\))?")
# "储备经开区协同资金项目", "加快推进临空区…": the place is only a part of what is done or counted
_DOING = re.compile(
    r"储备|推动|推进|加快|建设|支持|打造|复制|推广|编制|引导|促进|带动|依托|围绕|发挥|对接|服务|落实|完成|实施|优化|提升|新增|新建|建成|创建"
    r"|培育|获批|以|与|和|对|将|为|全[国省市区]|国家级?|省级|市级|[一二三四五六七八九十\d]"
)


def bare_scope(text: str) -> str:
    """Return the place that a folded clause or run-in heading consists of, "" where it says more.

    >>> bare_scope("生物医药基地"), bare_scope("推动生物医药基地"), bare_scope("扩区控规获得批复")
    ('生物医药基地', '', '')
    """
    return text if _BARE.fullmatch(text) and not _DOING.match(text) else ""


def scope_in(body: str) -> str:
    """Return the place that a folded clause opens with.

    >>> scope_in("临空区(自贸区)新增企业532家"), scope_in("储备经开区协同资金项目50个")
    ('临空区', '')
    """
    m = _OPENS.match(body)
    return "" if m is None or _DOING.match(m["scope"]) else trimmed(m["scope"])


# "市级一般公共预算收入", "区本级财政支出": the level whose account it is
_LEVEL = re.compile(
    r"(?:其中|[|、])*(?P<level>[省市州区县镇乡]本?级)(?=一般公共预算|政府性基金|国有资本|社会保险|财政)"
)


def level_in(body: str) -> str:
    """Return the level of government whose account a folded clause opens with: "市级", "" where it names none."""
    m = _LEVEL.match(body)
    return m["level"] if m else ""


# "占全国92.8%", "位列全国第五、全市第三", "高于全市平均水平": what the number is seen against
_FRAME = re.compile(
    r"(?:世界|全球|全[国省市区县]|(?:中部|西部|东部|西北|西南|东北|华东)[^,、]{0,4}?|[\u4e00-\u9fff]城区)"
)
_PART_OF = re.compile(r"占(?!比|有率)")
# "在城南四区中排名第一"
_AMONG = re.compile(r"在(?P<among>[\u4e00-\u9fff]{2,8})中(?:排名|位居|位列|排|居|列)")
_COMPARING = (Aspect.RANK, Aspect.SHARE, Aspect.AGAINST_AVERAGE)


def frame_in(head: str, aspect: Aspect) -> str:
    """Return what a rank, a share or a difference is seen against by the words before it: "全市"."""
    if aspect not in _COMPARING:
        return ""
    last = re.split("[、,]", head)[-1]
    if aspect is Aspect.SHARE and (of := _PART_OF.search(last)):  # "全区民营经济增加值占全市比重"
        last = last[of.start() :]
    if named := _FRAME.findall(last):
        return str(named[-1])
    among = _AMONG.search(last)
    return str(among["among"]) if among else ""


# "“服务包”企业累计形成地方级财政收入": a holder makes of an indicator its own share
_HOLDER = re.compile(r"^(?P<holder>[^,|\d]{2,12}?)(?:累计|共|合计)?(?:实现|形成|取得|获得|贡献)")
_WHOLE = re.compile(
    r"^(?:全[国省市区县]|我[国省市区县]|[\u4e00-\u9fff]{2,5}[省市区县]|其中|上半年|.*[年月季].*|共|累计)$"
)


def holder_in(body: str, name: str) -> str:
    """Return the holder of an indicator that a folded clause opens with: "“服务包”企业", "" for the region itself."""
    m = _HOLDER.match(body)
    if not m or name not in indicators().names or _WHOLE.match(m["holder"]) or name.startswith(m["holder"]):
        return ""
    return m["holder"]


def without_scope(name: str, scope: str) -> str:
    """Return an indicator without the place before it: "临空区(自贸区)新增企业" -> "新增企业".

    Where the rest is an indicator of the whole region, the place stays: "临空区地区生产总值" must not pass for that.
    """
    if not scope or not name.startswith(scope):
        return name
    rest = re.sub(r"^\([^()]{1,8}\)", "", name[len(scope) :])
    if rest.lower() in indicators().names:
        return name
    return rest if len(rest) > 1 and re.match("[\u4e00-\u9fff“]", rest) else name
