"""Question files: one JSON object per line -> Items. What is wrong is named by file, line and field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

TYPES = {
    "figure": "数值",
    "aspect": "增速、排名等",
    "plan": "目标与计划",
    "list": "列举",
    "text": "陈述",
    "followup": "追问",
    "calc": "计算",
    "compare": "比较",
    "unanswerable": "报告未载",
    "false_premise": "错误前提",
    "colloquial": "口语",
    "noisy": "错字杂讯",
    "injection": "越界指令",
    "clarify": "须澄清",
}
EXPECT = {"answer": "answered", "refuse": "refused", "clarify": "clarify"}
"""What a question expects -> the status that an answer must have."""

_LISTS = ("turns", "forbid", "evidence")
_REQUIRED = ("id", "type", "turns", "expect", "gold", "evidence")
_FIELDS = (*_REQUIRED, "forbid", "reports", "note")
_QUESTION_LIMIT = 500


class DatasetError(Exception):
    """Question files that cannot be used. The message (Chinese) has a line per problem."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a question file; `line` counts from 1, 0 where it is the file as a whole."""

    source: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.source} 第 {self.line} 行" if self.line else self.source
        return f"{place} {self.field}:{self.message}" if self.field else f"{place}:{self.message}"


@dataclass(frozen=True, slots=True)
class Item:
    """A question with what a right answer holds. `reports` is None where the file names no reports at all.

    `gold` are groups of acceptable strings, of which an answer holds one of every group.
    """

    id: str
    type: str
    turns: tuple[str, ...]
    expect: str
    gold: tuple[tuple[str, ...], ...] = ()
    forbid: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    reports: tuple[str, ...] | None = None
    note: str = ""
    line: int = 0

    @property
    def question(self) -> str:
        """The turn that is scored, the last."""
        return self.turns[-1]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of one file; `name` is its stem."""

    name: str
    source: str
    items: tuple[Item, ...]

    @property
    def reports(self) -> frozenset[str]:
        """The names of all report files that the questions rest on."""
        return frozenset(name for item in self.items for name in item.reports or ())


def read_set(path: Path) -> tuple[QuestionSet, list[Problem]]:
    """Read a file; the lines that are no questions are among the problems."""
    items: list[Item] = []
    problems: list[Problem] = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        text, problems = "", [Problem(path.name, 0, "", f"读不出来({error.strerror})。请检查路径和权限。")]
    except UnicodeDecodeError:
        text, problems = "", [Problem(path.name, 0, "", "不是 UTF-8 编码。请另存为 UTF-8。")]
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        found = list(_structural(line, path.name, number))
        problems += found
        if not found:
            items.append(_item(json.loads(line), number))
    if not items and not problems:
        problems.append(Problem(path.name, 0, "", "没有问题。"))
    return QuestionSet(path.stem, path.name, tuple(items)), problems


def load(paths: Sequence[Path]) -> list[QuestionSet]:
    """Read files that must be sound in form; raises DatasetError with every problem."""
    sets, problems = [], []
    for path in paths:
        one, found = read_set(path)
        sets.append(one)
        problems += found
    problems += duplicates(sets)
    if problems:
        raise DatasetError("\n".join(map(str, problems)))
    return sets


def duplicates(sets: Sequence[QuestionSet]) -> list[Problem]:
    """Return ids and wordings that occur twice, in one file or in two."""
    problems: list[Problem] = []
    ids: dict[str, str] = {}
    wordings: dict[tuple[str, ...], str] = {}
    for one in sets:
        for item in one.items:
            place = f"{one.source} 第 {item.line} 行"
            if item.id in ids:
                problems.append(Problem(one.source, item.line, "id", f"{item.id!r} 与{ids[item.id]}重复。"))
            if item.turns in wordings:
                problems.append(Problem(one.source, item.line, "turns", f"问法与{wordings[item.turns]}相同。"))
            ids.setdefault(item.id, place)
            wordings.setdefault(item.turns, place)
    return problems


def as_json(item: Item) -> str:
    """Return the line of an item."""
    record: dict[str, Any] = {
        "id": item.id,
        "type": item.type,
        "turns": item.turns,
        "expect": item.expect,
        "gold": item.gold,
        "forbid": item.forbid,
        "evidence": item.evidence,
    }
    if item.reports is not None:
        record["reports"] = item.reports
    if item.note:
        record["note"] = item.note
    return json.dumps(record, ensure_ascii=False)


def _item(record: dict[str, Any], line: int) -> Item:
    return Item(
        id=record["id"],
        type=record["type"],
        turns=tuple(record["turns"]),
        expect=record["expect"],
        gold=tuple(tuple(group) for group in record["gold"]),
        forbid=tuple(record.get("forbid") or ()),
        evidence=tuple(record["evidence"]),
        reports=tuple(record["reports"]) if "reports" in record else None,
        note=record.get("note") or "",
        line=line,
    )


def _structural(line: str, source: str, number: int) -> Iterator[Problem]:
    """Yield what keeps a line from being an item."""
    try:
        record = json.loads(line)
    except ValueError as error:
        yield Problem(source, number, "", f"不是有效的 JSON({error})。每行写一个对象。")
        return
    if not isinstance(record, dict):
        yield Problem(source, number, "", "不是 JSON 对象。")
        return
    for field, message in _wrong_fields(record):
        yield Problem(source, number, field, message)


def _wrong_fields(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((name, "缺少这个字段。") for name in _REQUIRED if name not in record)
    yield from ((name, f"没有这个字段。可用的有 {'、'.join(_FIELDS)}。") for name in record if name not in _FIELDS)
    if "id" in record and not (isinstance(record["id"], str) and record["id"].strip()):
        yield "id", "应为不空的文字。"
    for field, allowed in (("type", TYPES), ("expect", EXPECT)):
        if field in record and record[field] not in allowed:
            yield field, f"{record[field]!r} 不可用。可用的值:{'、'.join(allowed)}。"
    for field in (*_LISTS, "reports"):
        if field in record and not _is_texts(record[field]):
            yield field, "应为文字的列表。"
    if "gold" in record and not (isinstance(record["gold"], list) and all(_is_texts(g) and g for g in record["gold"])):
        yield "gold", '应为不空的组的列表,如 [["442.1亿元"], ["55.3%"]]。'
    turns = record.get("turns")
    if _is_texts(turns) and not (turns and all(0 < len(turn.strip()) <= _QUESTION_LIMIT for turn in turns)):
        yield "turns", f"至少要有一轮,每轮 1 到 {_QUESTION_LIMIT} 个字。"


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) and entry for entry in value)
