"""Dates as documents write them -> ISO dates."""

from __future__ import annotations

import re
from datetime import date

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")

# 2022-08-29, 2022/8/29, 2022.8.29, 2022年8月29日, 2022 年 8 月 29 日
_ARABIC = r"(?<!\d)(?P<year>[12]\d{3})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)\s*日?"
# 二〇二六年一月二十七日
_NUMERAL = "[一二三四五六七八九十]"
_CHINESE = (
    rf"(?P<year>[一二][〇○零一二三四五六七八九]{{3}})年(?P<month>{_NUMERAL}{{1,2}})月(?P<day>{_NUMERAL}{{1,3}})日"
)
_PATTERNS = (re.compile(_ARABIC), re.compile(_CHINESE))
# 2022年, 二〇二二年
_YEAR = re.compile(r"(?<![\d第])(?:([12]\d{3})|([一二][〇○零一二三四五六七八九]{3}))\s*年(?![初内])")


def find_date(text: str) -> tuple[str, int, int] | None:
    """Return the first date of `text` as ISO date, with its span.

    >>> find_date("（2013年3月20日）")
    ('2013-03-20', 1, 11)
    """
    found = [match for pattern in _PATTERNS if (match := pattern.search(text))]
    for match in sorted(found, key=lambda match: match.start()):
        parts = (_number(match["year"]), _number(match["month"]), _number(match["day"]))
        try:
            return date(*parts).isoformat(), match.start(), match.end()
        except ValueError:
            continue
    return None


def is_date_line(text: str) -> bool:
    """Tell whether a line is a date and nothing else: "（2013年3月20日）", "日期 2013-03-20 15:11"."""
    found = find_date(text)
    if found is None:
        return False
    _, start, end = found
    rest = re.sub(r"\d{1,2}[:：]\d{2}([:：]\d{2})?|[（()）\[\]\s]", "", text[:start] + text[end:])
    return not rest


def find_year(text: str) -> str:
    """Return the first year of `text` ("2022"), or ""."""
    match = _YEAR.search(text)
    return (match[1] or match[2].translate(_DIGITS)) if match else ""


# "h1_2016_大庆市", "y2014"; not "20160829"
_NAME_YEAR = re.compile(r"(?<!\d)(?:19[5-9]|20[0-4])\d(?!\d)")


def year_in_name(name: str) -> str:
    """Return the year in the name of a file, "" unless it has exactly one.

    >>> year_in_name("h1_2016_大庆市上半年经济运行情况分析"), year_in_name("2021-2022年报告")
    ('2016', '')
    """
    years = set(_NAME_YEAR.findall(name))
    return years.pop() if len(years) == 1 else ""


def _number(text: str) -> int:
    """Read 29, 二〇二六, 十, 十二, 二十七."""
    if text.isdecimal():
        return int(text)
    if "十" not in text:
        return int(text.translate(_DIGITS))
    tens, _, ones = text.partition("十")
    return 10 * int((tens or "一").translate(_DIGITS)) + int((ones or "零").translate(_DIGITS))
