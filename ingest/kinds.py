"""The kind of a report, and the period that it reports on, read from its title."""

from __future__ import annotations

import re

from ingest.dates import find_year

# kind, a pattern of the title, a sample. The first that fits wins.
_KINDS = (
    ("计划执行情况", r"计划.{0,20}执行情况", "关于2021年国民经济和社会发展计划执行情况的报告"),
    ("预算执行情况", r"预算.{0,20}执行情况|[预决]算.{0,10}报告", "关于2021年预算执行情况和2022年预算草案的报告"),
    ("统计公报", r"统计公报|普查.{0,10}公报", "2012年大庆市国民经济和社会发展统计公报"),
    ("政府工作报告", r"政府工作报告", "北京市2026年政府工作报告"),
    ("审计工作报告", r"审计.{0,10}报告", "关于2021年度预算执行和其他财政收支的审计工作报告"),
    ("国务院专项工作报告", r"^国务院关于.*报告$", "国务院关于数字经济发展情况的报告"),
    ("规划纲要", r"规划.{0,15}纲要", "国民经济和社会发展第十四个五年规划和2035年远景目标纲要"),
    ("专项规划", r"规划", "山东省“十四五”教育事业发展规划"),
    ("年度报告", r"年度报告|年报", "2022年政府信息公开工作年度报告"),
    ("工作总结", r"工作总结|总结.{0,15}计划", "2022年工作总结和2023年工作计划"),
    ("工作报告", r"工作报告|工作情况.{0,4}报告", "人民法院工作报告"),
    (
        "经济运行分析",
        r"经济(?:运行|形势)|经济.{0,12}(?:平稳|稳步|良好|较快|健康|回升|增长|分析)",
        "大庆市经济运行开局良好",
    ),
)

# part of a year, how a title writes it, the month after which it can be reported on. Longer names come first.
_PARTS = (
    ("上半年", r"上半年", 6),
    ("下半年", r"下半年", 12),
    ("前三季度", r"前三季度|[1一]\s*[-—–至~]\s*[3三]季度", 9),
    ("一季度", r"(?:第?一|1)季度", 3),
    ("二季度", r"(?:第?二|2)季度", 6),
    ("三季度", r"(?:第?三|3)季度", 9),
    ("四季度", r"(?:第?四|4)季度", 12),
)
# 1-5月, 1—5月份, 1至5月
_MONTHS = re.compile(r"(?<!\d)(\d{1,2})\s*[-—–至~]\s*(\d{1,2})月(?!\d)")
# 6月, 6月份; not 6月20日
_MONTH = re.compile(r"(?<![\d\-—–至~])(\d{1,2})月份?(?!\s*\d)")
# 2021-2025年, 2021—2025年
_YEARS = re.compile(r"([12]\d{3})年?\s*[-—–至~]\s*([12]\d{3})年?")
# “十四五”, 第十四个五年规划
_FIVE_YEARS = re.compile(
    r"(?:(十[一二三四五六七八]?|[一二三四五六七八九])五[”\"]|第(十[一二三四五六七八]?|[一-九])个五年)"
)


def kind_of(title: str) -> str:
    """Return the kind of a report ("统计公报"), or ""."""
    return next((kind for kind, pattern, _ in _KINDS if re.search(pattern, title)), "")


def period_of(title: str, kind: str, published: str = "", head: str = "") -> str:
    """Return the period that a report reports on, or "".

    A government work report of year Y reports on Y-1. A title that names a part of a year without the year takes it
    from the first lines, or from the date of publication if that is later in a year than the part; where neither is
    there, the part alone is the period ("上半年").

    >>> period_of("关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告", "计划执行情况")
    '2022上半年'
    >>> period_of("北京市2026年政府工作报告", "政府工作报告")
    '2025年'
    """
    if several := _several_years(title, kind):
        return several
    year = find_year(title)
    if kind == "政府工作报告":
        year = year or published[:4]
        return f"{int(year) - 1}年" if year else ""
    part = _part(title)
    if part is None:
        return f"{year}年" if year else ""
    name, last_month = part
    year = year or _year_of_part(name, head) or _year_before(published, last_month)
    if not year:
        return "" if published else name.removeprefix("年")
    return f"{year}{name}"


def _several_years(title: str, kind: str) -> str:
    if match := _YEARS.search(title):
        return f"{match[1]}-{match[2]}年"
    if kind not in ("专项规划", "规划纲要"):
        return ""
    return five_year_plan(title)


def five_year_plan(text: str) -> str:
    """Return the years of the five-year plan that `text` names first, or "".

    >>> five_year_plan("第十一个五年规划纲要"), five_year_plan("“十四五”科技创新规划")
    ('2006-2010年', '2021-2025年')
    """
    match = _FIVE_YEARS.search(text)
    if not match:
        return ""
    # The tenth five-year plan began in 2001.
    number = match[1] or match[2]
    ordinal = "一二三四五六七八九十".find(number[-1]) + (11 if len(number) == 2 else 1)
    start = 1951 + 5 * ordinal
    return f"{start}-{start + 4}年"


def _part(title: str) -> tuple[str, int] | None:
    """Return the part of a year that the title names first, and its last month: ("上半年", 6), ("年1-5月", 5)."""
    found = [(match.start(), name, last) for name, form, last in _PARTS if (match := re.search(form, title))]
    if match := _MONTHS.search(title):
        found.append((match.start(), f"年{int(match[1])}-{int(match[2])}月", int(match[2])))
    elif match := _MONTH.search(title):
        found.append((match.start(), f"年{int(match[1])}月", int(match[1])))
    return min(found)[1:] if found else None


def _year_of_part(name: str, head: str) -> str:
    """Return the year that the text itself puts before this part, if it is always the same: "2017年一季度"."""
    years = set(re.findall(rf"(?<!\d)([12]\d{{3}})年?{re.escape(name)}", head))
    return str(years.pop()) if len(years) == 1 else ""


def _year_before(published: str, month: int) -> str:
    return published[:4] if len(published) > 4 and int(published[5:7]) > month else ""
