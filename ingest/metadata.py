"""Metadata: what is known about a report beside its text, and what an editor may state about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from ingest.report import IngestError


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, issuer and so on as in `Report`; "" where unknown."""

    title: str = ""
    issuer: str = ""
    region: str = ""
    published: str = ""
    period: str = ""
    kind: str = ""
    url: str = ""


KEYS = tuple(field.name for field in fields(Metadata))

# key: what its value must look like, and how to say so. Keys without a row take any text.
_FORMS = {
    # 2022-08-29, 2022-08, 2022
    "published": (re.compile(r"\d{4}(-\d{2}(-\d{2})?)?"), "2022-08-29、2022-08 或 2022"),
    # 2022年, 2022上半年, 2022一季度, 2022前三季度, 2022年1-5月, 2022年6月, 2021-2025年; 上半年 where no year is known
    "period": (
        re.compile(
            r"(\d{4})?([上下]半年|[一二三四]季度|前三季度)|\d{4}年(\d{1,2}(-\d{1,2})?月)?|\d{1,2}(-\d{1,2})?月|\d{4}-\d{4}年"
        ),
        "2022年、2022上半年、2022一季度、2022前三季度、2022年1-5月、2022年6月、2021-2025年；年份不明时写 上半年、1-5月",
    ),
    "url": (re.compile(r"https?://\S+"), "http:// 或 https:// 开头的网址"),
}


def merge(*layers: Metadata) -> Metadata:
    """Return for every key its first value that is not empty."""
    return Metadata(**{key: next((v for layer in layers if (v := getattr(layer, key))), "") for key in KEYS})


def parse_metadata(values: Mapping[str, object], where: str) -> Metadata:
    """Check what an editor wrote; `where` names the file in messages."""
    return Metadata(**{key: _checked(key, value, where) for key, value in values.items()})


def _checked(key: str, value: object, where: str) -> str:
    if key not in KEYS:
        raise IngestError(f"{where}：不认识的键“{key}”。可用的键是：{'、'.join(KEYS)}。")
    if type(value) is date:
        value = value.isoformat()
    if not isinstance(value, str):
        raise IngestError(f"{where}：键“{key}”的值 {value!r} 不是文字。请给它加上引号。")
    form, example = _FORMS.get(key, (None, ""))
    value = " ".join(value.split())
    if value and form and not (form.fullmatch(value) and (key != "published" or _exists(value))):
        raise IngestError(f"{where}：键“{key}”的值“{value}”写法不对。请写成 {example}。")
    return value


def _exists(day: str) -> bool:
    """Tell whether there is such a day: 2022-02-30 is none."""
    try:
        date.fromisoformat(day + "-01-01"[len(day) - 4 :])
    except ValueError:
        return False
    return True
