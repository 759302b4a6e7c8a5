"""The front of a report: its title, the byline under it, and the metadata that they and the last lines hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.dates import find_date, find_year, is_date_line, year_in_name
from ingest.kinds import kind_of, period_of
from ingest.language.quantities import FOOTNOTE
from ingest.metadata import Metadata, merge
from ingest.outline import numbering
from ingest.places import NATION, find_region, frequent_region, is_national

_FRONT_LINES = 15
_TITLE_LINES = 5  # the title begins within so many lines
_HEAD_LINES, _HEAD_CHARACTERS = 60, 3000

# 来源:区发改委  日期:2022-08-29 15:11
_LABEL = re.compile(
    r"(?P<label>(?:信息|稿件|文章|内容)?来\s*源|发布(?:机构|单位|部门)|发文(?:机关|单位|机构)|主办单位|作\s*者|责任编辑|编辑"
    r"|(?:发布|发文|成文|印发|公开|更新|生成)?(?:日期|时间)|浏览(?:次数|量)|点击(?:数|率)|访问次数|索引号|文号|发文字号|字号|字体|【字体|主题分类)"
    r"\s*[:：]\s*(?P<value>[^\s　】]*)"
)
_SOURCE_LABELS = re.compile(r"来\s*源|发布(?:机构|单位|部门)|发文(?:机关|单位|机构)|主办单位")
# 新华社, 北京日报, 本站, 大兴区政府网: who reprints, not who issues
_MEDIA = re.compile(r"新华|日报|晚报|时报|商报|电视|广播|客户端|公众号|本站|本网|网站|网$|网讯|互联网|微信|央视|原创")
# 打印 【字体: 大 中 小】 分享到 关闭窗口
_CONTROLS = re.compile(r"^[\s【\[]*(?:打印|字体|字号|关闭|分享|收藏|返回)[^。]{0,40}$")
# 北京市大兴区人民政府文件
_LETTERHEAD = re.compile(r"^[一-鿿]{4,30}文件$")
# 京政发〔2022〕3号
_DOCUMENT_NUMBER = re.compile(r"^[一-鿿]{2,12}[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*第?\d+号$")
# 大庆市统计局, 国家统计局大庆调查队, 陕西省人民政府
_OFFICE = re.compile(
    r"^[一-鿿]{2,22}(?:局|委员会|委|厅|部|办公厅|办公室|人民政府|政府|调查队|总队|国务院|法院|检察院)$"
)
# 关于…的报告; a title that begins with 关于 is not complete before
_ABOUT = re.compile(r"^关于.*的(?:报告|通知|意见|公告|决定|批复|说明|函|通报|方案|公报)(?:[（(].{1,20}[）)])?$")
# ——2026年1月25日在北京市第十六届人民代表大会第四次会议上
_DELIVERED = re.compile(r"^[\s—―\-－－（(]*.{6,14}日\s*在.{4,}")
# …执行情况的报告, …稳步发展（2014年）
_COMPLETE = re.compile(
    r"(?:报告|公报|规划|纲要|意见|通知|方案|计划|分析|情况|总结|要点|办法|条例|决定|公告|简报|综述|解读|年报|汇报|说明|讲话)"
    r"(?:[（(].{1,20}[）)])?$"
)
# 各位代表：
_SALUTATION = re.compile(r"^(?:各位|同志们|全国人民代表大会|主任|委员长).{0,40}[:：!！]$")


@dataclass(frozen=True, slots=True)
class Front:
    """What the front says, and which blocks say only that: `lines` are numbers of blocks, from 0."""

    metadata: Metadata
    lines: frozenset[int]


def read_front(lines: Sequence[str], given: Metadata, source: str = "", name: str = "") -> Front:
    """Read the front of a report from its blocks.

    `given` is what the file or the editor states already, `source` who the page around it says it is from, `name` the
    name of the file: its year counts where nothing else says one.
    """
    front = lines[: _front_length(lines)]
    first, last = _title_lines(front)
    title = given.title or FOOTNOTE.sub("", "".join(front[first:last]))
    taken = {i for i, line in enumerate(front) if first <= i < last or _is_byline(line) or _repeats(line, title)}
    found = _describe(merge(given, Metadata(title=title)), [f"来源：{source}", *front] if source else front, lines)
    return Front(_with_year(found, year_in_name(name)), frozenset(taken))


def _describe(given: Metadata, front: Sequence[str], lines: Sequence[str]) -> Metadata:
    """Fill in, one after the other, what later fields need from earlier ones."""
    kind = given.kind or kind_of(given.title)
    delivered = _delivered(front)
    source, stated = _issuer_lines(front, lines)
    head = "".join(line[:_HEAD_CHARACTERS] for line in lines[:_HEAD_LINES])[:_HEAD_CHARACTERS]
    region = given.region or find_region(given.title, delivered, given.issuer, source) or frequent_region(head)
    issuer = given.issuer or _issuer(given.title, kind, region, source, stated)
    published = given.published or _published(front, lines, delivered) or _year_of_delivery(given.title, kind)
    period = given.period or period_of(given.title, kind, published, head)
    return merge(given, Metadata("", issuer, region, published, period, kind))


def _with_year(found: Metadata, year: str) -> Metadata:
    """Return metadata that know no year with the one of the file's name: "上半年" and "2016" -> "2016上半年"."""
    if not year or found.published or re.search(r"\d{4}", found.period):
        return found
    if found.period:
        return replace(found, period=f"{year}{'年' if found.period[0].isdigit() else ''}{found.period}")
    period = period_of(f"{year}年{found.title}", found.kind)
    return replace(found, published=_year_of_delivery(f"{year}年", found.kind), period=period)


def _front_length(lines: Sequence[str]) -> int:
    """Count the lines before the first heading or paragraph."""
    for index, line in enumerate(lines[:_FRONT_LINES]):
        if index and (numbering(line) or _SALUTATION.match(line) or _is_paragraph(line)):
            return index
    return min(len(lines), _FRONT_LINES)


def _is_paragraph(line: str) -> bool:
    return not _is_byline(line) and (len(line) > 70 or (len(line) > 20 and line.endswith(("。", "；"))))


def _is_byline(line: str) -> bool:
    if len(line) > 200:
        return False
    labelled = _LABEL.match(line.lstrip(" 【[（(")) or len(_LABEL.findall(line)) > 1
    patterns = (_CONTROLS, _LETTERHEAD, _DOCUMENT_NUMBER, _OFFICE)
    return bool(labelled or is_date_line(line) or any(pattern.match(line) for pattern in patterns))


def _title_lines(front: Sequence[str]) -> tuple[int, int]:
    """Return the range of the lines that are the title; an empty one if there is none."""
    for first, line in enumerate(front[:_TITLE_LINES]):
        if not _is_title(line):
            continue
        last, title = first + 1, line
        while last < len(front) and _goes_on(title, front[last]):
            title += front[last]
            last += 1
        return first, last
    return 0, 0


def _is_title(line: str) -> bool:
    if len(line) > 80 or " | " in line:
        return False
    plain = not (_is_byline(line) or _DELIVERED.match(line) or numbering(line) or _SALUTATION.match(line))
    return plain and not line.endswith(("。", "；", "，", "："))


def _goes_on(title: str, line: str) -> bool:
    """Tell whether a title that does not end like one is completed by the next line."""
    complete = (_ABOUT if title.startswith("关于") else _COMPLETE).search(title)
    return not complete and bool(_COMPLETE.search(line)) and _is_title(line) and len(title + line) <= 90


def _repeats(line: str, title: str) -> bool:
    """Tell whether a line says the title again, whole or in part: "政府工作报告"."""
    if len(line) > 2 * len(title) or not _COMPLETE.search(line):
        return False
    pairs = {line[i : i + 2] for i in range(len(line) - 1)}
    known = {title[i : i + 2] for i in range(len(title) - 1)}
    return len(pairs & known) >= 0.7 * len(pairs)


def _delivered(front: Sequence[str]) -> str:
    return next((line for line in front if _DELIVERED.match(line) and find_date(line)), "")


def _labelled(front: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return label, value and the rest of the line for every label of the byline."""
    return [
        (match["label"], match["value"], line[match.start("value") :])
        for line in front
        if len(line) <= 200
        for match in _LABEL.finditer(line)
    ]


def _issuer_lines(front: Sequence[str], lines: Sequence[str]) -> tuple[str, bool]:
    """Return the issuer that the front or the signature names, and whether a label says that it issued the report."""
    for label, value, _ in _labelled(front):
        if value and _SOURCE_LABELS.match(label) and not _MEDIA.search(value):
            return value, "源" not in label
    signature = lines[-2:-1] if lines and is_date_line(lines[-1]) else ()
    return next((line for line in (*front, *signature) if _OFFICE.match(line)), ""), False


def _issuer(title: str, kind: str, region: str, source: str, stated: bool) -> str:
    """Choose the issuer. A government work report is the government's, whoever put it on the page."""
    if stated:
        return _with_region(source, region)
    if kind == "政府工作报告" and region:
        return "国务院" if region == NATION else f"{region}人民政府"
    if title.startswith("国务院"):
        return "国务院"
    if source or kind != "统计公报" or not region:
        return _with_region(source, region)
    return "国家统计局" if region == NATION else f"{region}统计局"


def _with_region(office: str, region: str) -> str:
    """Return "大兴区发改委" for the "区发改委" of a report about 大兴区."""
    short = region and not is_national(office) and office[:1] == region[-1:] and not office.startswith(region)
    return region + office[1:] if short else office


def _published(front: Sequence[str], lines: Sequence[str], delivered: str) -> str:
    labelled = [
        (label.startswith("成文"), found[0])
        for label, _, rest in _labelled(front)
        if label.endswith(("日期", "时间")) and (found := find_date(rest[:20]))
    ]
    if labelled:
        return min(labelled)[1]
    alone = [line for line in (*front, *lines[-3:]) if is_date_line(line)]
    found = next((found for line in (*alone[:1], delivered) if (found := find_date(line))), None)
    return found[0] if found else ""


def _year_of_delivery(title: str, kind: str) -> str:
    """A work report is read out in the year of its title; other reports appear later than the year they name."""
    return find_year(title) if kind == "政府工作报告" else ""
