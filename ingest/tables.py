"""Tables: the rows that formats write as "粮食 | 650.0 |  | 17.3", each number with its column and caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.quantities import Quantity, quantities
from ingest.language.units import Dimension, unit_dimension
from ingest.report import Passage, Report


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a row: what it measures, which side of it, and the words that may name its period, nearest first.

    The offsets of `quantity` are into the passage's text; its unit may stand in the column's head or the caption.
    """

    quantity: Quantity
    name: str
    aspect: Aspect
    period: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cells: tuple[Cell, ...] = ()


def row_of(report: Report, passage: Passage) -> Row | None:
    """Return the table row that `passage` is, None where it is none. A head row has no cells."""
    return _rows(report.id, _Keep(report)).get(passage.id) if _is_row(passage.text) else None


@dataclass(frozen=True, slots=True)
class _Keep:
    """Carries the report past the cache, which knows it by its id alone."""

    report: Report = field(compare=False)


_BAR = re.compile(r" \||\| ")


def _is_row(text: str) -> bool:
    return bool(_BAR.search(text)) and "。" not in text and "\n" not in text


@lru_cache(maxsize=64)
def _rows(report_id: str, keep: _Keep) -> dict[str, Row]:
    """Return the rows of a report by the ids of their passages."""
    rows: dict[str, Row] = {}
    caption: list[str] = []
    table: _Table | None = None
    last = -1
    for passage in keep.report.passages:
        text = fold(passage.text)
        if not _is_row(passage.text):
            caption = [*caption, text][-3:] if len(text) < 40 and "。" not in text else []
            table = None
            continue
        if table is None or passage.paragraph > last + 1:
            table = _Table([*caption, *reversed(passage.section)])
            caption = []
        last = passage.paragraph
        rows[passage.id] = table.read(text)
    return rows


@dataclass(frozen=True, slots=True)
class _Column:
    """The head of a column: its words, its measure ("产量"), unit and the aspect of its numbers."""

    text: str
    measure: str
    unit: str
    aspect: Aspect


_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
# Heads that say only that there is a number below.
_PLAIN_HEAD = re.compile(
    r"指标值?|数值|绝对[数量额值]|总量|金额|数量|合计|本[年月期]|年末数|期末数|实际|累计|完成|单位|.*[年月].*|.*季度"
)
_CHANGE_HEAD = re.compile(r"同比|比上年|比去年|较上年|增长|增速|增幅|增减|±|比年初|比上月|环比")
_ASPECTS = (
    (Aspect.MONTH_ON_MONTH, re.compile(r"环比|比上月")),
    (Aspect.YEAR_ON_YEAR, _CHANGE_HEAD),
    (Aspect.SHARE, re.compile(r"比重|占比|构成|份额")),
    (Aspect.COMPLETION, re.compile(r"完成率|完成.*(?:%|比例|进度)|占年?.*计划")),
    (Aspect.RANK, re.compile(r"排名|位次|名次")),
    (Aspect.TARGET, re.compile(r"目标|任务|计划")),
)
_UNIT_LINE = re.compile(r"单位[::]\s*([^\s,;()]+)")


class _Table:
    """Reads the rows below one another: the head first, then names with numbers."""

    def __init__(self, caption: Sequence[str]) -> None:
        self._caption = tuple(caption)
        self._unit = next((m[1] for line in caption if (m := _UNIT_LINE.search(line))), "")
        self._columns: list[_Column] | None = None
        self._group = ""
        self._row_unit = ""

    @property
    def _measure(self) -> str:
        """What the rows measure where a column does not say it itself: the values' head, else the group's heading."""
        return next((c.measure for c in (self._columns or ())[1:] if c.measure), "") or _measure_of(self._group)

    def read(self, text: str) -> Row:
        cells = list(_cells(text))
        name, unit = _name(cells[0][1])
        numbers = [cell for cell in cells[1:] if _number(cell[1])]
        if self._columns is None and not numbers:
            self._columns = [_column(cell) for _, cell in cells]
            return Row("")
        if not numbers:
            self._group, self._row_unit = name, unit
            return Row(name)
        if unit or not cells[0][1].startswith("#"):
            self._row_unit = unit or ("" if not self._sub_unit() else self._row_unit)
        return Row(name, tuple(self._read(cells, cell, name) for cell in numbers))

    def _sub_unit(self) -> bool:
        """Whether rows without a unit of their own take that of the row before them: no head or caption states one."""
        return not self._unit and not any(c.unit for c in self._columns or () if c.aspect is Aspect.VALUE)

    def _read(self, cells: Sequence[tuple[int, str]], cell: tuple[int, str], name: str) -> Cell:
        start, text = cell
        column = self._column_of(cells, cell)
        stated = next((c for (_, c), head in zip(cells, self._columns or (), strict=False) if head.text == "单位"), "")
        quantity = quantities(text)[0]
        unit = quantity.unit or column.unit
        if not unit and column.aspect in (Aspect.VALUE, Aspect.TARGET):
            unit = stated or self._row_unit or self._unit
        if not unit and "额" in column.text:
            unit = self._unit
        dimension = unit_dimension(unit) if unit else quantity.dimension
        if column.aspect is Aspect.RANK:
            unit, dimension = "名", Dimension.RANK
        offset = start + quantity.start
        return Cell(
            replace(quantity, start=offset, end=offset + len(quantity.text), unit=unit, dimension=dimension),
            _joined(name, column.measure or self._measure),
            column.aspect,
            (column.text, *self._caption),
        )

    def _column_of(self, cells: Sequence[tuple[int, str]], cell: tuple[int, str]) -> _Column:
        """Return the head of a cell: the one above it, or with as many filled cells before it."""
        columns = self._columns or []
        filled = [c for c in cells if c[1]]
        heads = [c for c in columns if c.text]
        if len(filled) == len(heads):
            return heads[filled.index(cell)]
        at = cells.index(cell)
        return columns[at] if at < len(columns) else _Column("", "", "", Aspect.VALUE)


def _cells(text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, text) of the cells of a folded row, stripped."""
    at = 0
    for part in text.split("|"):
        yield at + len(part) - len(part.lstrip()), part.strip()
        at += len(part) + 1


def _number(text: str) -> bool:
    """Whether a cell is one number, with its unit or without."""
    if not text or not (text[0] in "-+" or text[0].isdigit()):
        return False
    found = quantities(text)
    return len(found) == 1 and found[0].start == 0 and found[0].end == len(text)


def _name(cell: str) -> tuple[str, str]:
    """Return the name in a row's first cell and the unit in its brackets: "猪(万头)" -> ("猪", "万头")."""
    bracket = _IN_BRACKETS.search(cell)
    unit = bracket[1] if bracket and _is_unit(bracket[1]) else ""
    name = cell.replace(bracket[0], "") if bracket and unit else cell
    return re.sub(
        r"^(?:[#*\s]|其中[::]?|[一二三四五六七八九十]+、|\d+[.、]|\([一二三四五六七八九十\d]+\))+", "", name
    ).strip(), unit


def _is_unit(text: str) -> bool:
    """Whether bracketed words are a unit: a number before them reads as one quantity."""
    found = quantities(f"2{text}") if text else []
    return text in ("%", "±%") or (len(found) == 1 and found[0].end == len(text) + 1 and bool(found[0].unit))


def _column(head: str) -> _Column:
    bracket = _IN_BRACKETS.search(head)
    unit = bracket[1].lstrip("±") if bracket and _is_unit(bracket[1]) else ""
    words = _IN_BRACKETS.sub("", head).strip()
    aspect = next((aspect for aspect, cue in _ASPECTS if cue.search(head)), Aspect.VALUE)
    if not unit and aspect in (Aspect.YEAR_ON_YEAR, Aspect.MONTH_ON_MONTH, Aspect.SHARE) and "额" not in head:
        unit = "%"
    plain = aspect is not Aspect.VALUE or _PLAIN_HEAD.fullmatch(words)
    return _Column(words, "" if plain else words, unit, aspect)


def _measure_of(group: str) -> str:
    """Return the measure that a group's heading ends in: "期末畜禽存栏" -> "存栏"."""
    m = re.search(r"(?:存栏|出栏|产量|产值|增加值|投资|销售额|零售额)$", group)
    return m[0] if m else ""


def _joined(name: str, measure: str) -> str:
    """Return name and measure as one indicator: 粮食 + 产量 -> 粮食产量."""
    return name if not measure or measure in name or _MEASURED.search(name) else f"{name}{measure}"


_MEASURED = re.compile(r"(?:[量额数率值]|面积|收入|支出|人口|余额)$")
