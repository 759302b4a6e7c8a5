"""Series -> a chart and a table in HTML. The chart is an SVG of a few kilobytes that we write ourselves.

Why not a plotting library: Gradio's plots load 0.7 MB (Vega) or 4.6 MB (Plotly) of script into a page that weighs
0.5 MB, draw on the client alone, and say nothing to a screen reader; this needs no script, prints, and takes its
colours from the style sheet, so it follows a dark page.

Across, all coordinates are percentages, down they are pixels: a chart is as wide as its bubble while its letters keep
their size, and it needs no `viewBox`, which Gradio's sanitizer removes. The sanitizer leaves no `aria-` attribute
either, but `role` and `title`, which name a picture as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from assistant.answer import Series
from assistant.web.markup import inert
from assistant.web.series import PLACE, Cell, Panel, Statement, panels

Mark = Callable[[int], str]
"""The number of a citation -> the HTML of the link to it."""

LINES = 6
"""How many lines a chart shows: more cannot be told apart. The table has them all."""
LABELLED = 10
"""Up to so many points carry their value; of more only the ends, the highest and the lowest."""
FOLDED = 12
"""A table of more rows is folded away under its chart."""
NARROW = Decimal("0.1")
"""Values that differ by less than this share are drawn on a scale without zero."""
TOP, BOTTOM, HEIGHT = 26, 186, 214


def series_html(series: Iterable[Series], mark: Mark, title: str = "各项对比") -> str:
    """Each group of comparable series as a figure: a chart where there is something to draw, and a table of it all.

    `title` stands over a group of several; a single one has its own name there.
    """
    return "".join(_figure(panel, mark, title) for panel in panels(series) if panel.statements)


def _figure(panel: Panel, mark: Mark, title: str) -> str:
    heading = f"<figcaption>{_caption(panel, title)}</figcaption>"
    if not panel.in_time:
        return f'<figure class="wb-series">{heading}{_bars(panel, mark)}{_notes(panel)}</figure>'
    chart = _legend(panel) + _lines(panel) if panel.drawable else ""
    table = _scrolling(_table(panel, mark))
    if len(panel.labels) > FOLDED and chart:
        table = f"<details><summary>数据表({len(panel.labels)} 行)</summary>{table}</details>"
    return f'<figure class="wb-series">{heading}{chart}{_notes(panel)}{table}</figure>'


def _caption(panel: Panel, title: str) -> str:
    name = panel.series[0].name if len(panel.series) == 1 else title
    unit = f'<span class="wb-unit">单位:{inert(panel.unit)}</span>' if panel.unit and not panel.is_rank else ""
    return f"<strong>{inert(name)}</strong>{unit}"


def _notes(panel: Panel) -> str:
    lines = panel.in_time and panel.drawable
    notes = [
        "纵轴不从零开始" if lines and _scale(panel).cut else "",
        "空心点和虚线为计划或预计数" if lines and _planned(panel) else "",
        "标“说法不一”处,报告中的数字不同,均照原文列出" if _contradictory(panel) else "",
        "“—”处收录的报告中没有数据,图中断开" if any(not c.statements for row in panel.rows for c in row) else "",
        f"图中只画前 {LINES} 项,其余见表" if lines and len(panel.series) > LINES else "",
    ]
    said = [note for note in notes if note]
    return f'<p class="wb-note">{";".join(said)}。</p>' if said else ""


def _planned(panel: Panel) -> bool:
    return any(statement.planned for statement in panel.statements)


def _contradictory(panel: Panel) -> bool:
    return any(cell.contradictory for row in panel.rows for cell in row)


# The chart over time


def _legend(panel: Panel) -> str:
    if len(panel.series) == 1:
        return ""
    keys = "".join(
        f'<li><svg width="26" height="12">{_line("0%", 6, "100%", 6, f"wb-line wb-s{n}")}'
        f"{_marker(n, '50%', 6, '')}</svg>{inert(one.name)}</li>"
        for n, one in enumerate(panel.series[:LINES])
    )
    return f'<ul class="wb-legend">{keys}</ul>'


def _lines(panel: Panel) -> str:
    scale = _scale(panel)
    ticks = [(scale.place(value), _number(value)) for value in scale.ticks]
    gutter = max(len(label) for _, label in ticks) * 7 + 10
    left = "".join(_text(gutter - 6, y + 4, label, "end") for y, label in ticks)
    drawn = [*_grid(panel.labels, [y for y, _ in ticks])]
    for number, row in enumerate(panel.rows[:LINES]):
        drawn += _joined(row, number, scale)
        drawn += _points(row, number, scale, valued=len(panel.rows) == 1)
    title = inert(f"折线图:{'、'.join(one.name for one in panel.series[:LINES])},数据见下表")
    return (
        f'<div class="wb-plot" role="img" title="{title}">'
        f'<svg class="wb-ticks" width="{gutter}" height="{HEIGHT}">{left}</svg>'
        f'<svg class="wb-lines" width="100%" height="{HEIGHT}">{"".join(drawn)}</svg></div>'
    )


def _scale(panel: Panel) -> _Scale:
    return _Scale([statement.value for statement in panel.statements], turned=panel.is_rank)


class _Scale:
    """Values to pixels from the top, by round ticks; of ranks the first is at the top.

    It begins at zero, or a small change would look like a great one; unless the change would not be seen at all: then
    it is `cut`.
    """

    def __init__(self, values: Sequence[Decimal], *, turned: bool = False) -> None:
        low, high = min(values), max(values)
        if (high == low or high - low >= max(abs(low), abs(high)) * NARROW) and not turned:
            low, high = min(low, Decimal(0)), max(high, Decimal(0))
        step = _step(high - low if high > low else abs(high) or Decimal(1))
        self._low = (low / step).to_integral_value(ROUND_FLOOR) * step
        self._high = max((high / step).to_integral_value(ROUND_CEILING) * step, self._low + step)
        count = int((self._high - self._low) / step)
        self.ticks = [self._low + n * step for n in range(count + 1)]
        self._turned = turned
        self.cut = (self._low > 0 or self._high < 0) and not turned

    def place(self, value: Decimal) -> float:
        share = float((value - self._low) / (self._high - self._low))
        return round(TOP + (BOTTOM - TOP) * (share if self._turned else 1 - share), 1)


def _step(extent: Decimal) -> Decimal:
    """The round distance (1, 2, 2.5 or 5 times a power of ten) that cuts `extent` into at most five."""
    rough = extent / 4
    power = Decimal(10) ** rough.adjusted()
    return next(times * power for times in map(Decimal, ("1", "2", "2.5", "5", "10")) if times * power >= rough)


def _grid(labels: Sequence[str], heights: Iterable[float]) -> Iterator[str]:
    yield from (_line("0%", y, "100%", y, "wb-grid") for y in heights)
    bare = all(label.endswith("年") and label[:-1].isdigit() for label in labels)
    every = -(-len(labels) // 13)
    rarely = every * -(-len(labels) // (every * 6))  # where the screen is narrow
    for n, label in enumerate(labels):
        if n % every == 0:
            kind = "" if n % rarely == 0 else "wb-wide"
            yield _text(_across(n, len(labels)), BOTTOM + 20, label[:-1] if bare else label, "middle", kind)


def _across(n: int, count: int) -> str:
    return f"{(n + 0.5) / count * 100:.2f}%"


def _joined(row: Sequence[Cell], number: int, scale: _Scale) -> Iterator[str]:
    """The line: from each place to the next, unless one of them is empty. Where reports differ it goes to both."""
    for n, (here, there) in enumerate(pairwise(row)):
        for start in _preferred(here):
            for end in _preferred(there):
                kind = "wb-line wb-dashed" if start.planned or end.planned else "wb-line"
                yield _line(
                    _across(n, len(row)),
                    scale.place(start.value),
                    _across(n + 1, len(row)),
                    scale.place(end.value),
                    f"{kind} wb-s{number}",
                )


def _preferred(cell: Cell) -> tuple[Statement, ...]:
    """What the line goes through: what came about, before what was planned."""
    done = tuple(statement for statement in cell.statements if not statement.planned)
    return done or cell.statements


def _points(row: Sequence[Cell], number: int, scale: _Scale, *, valued: bool) -> Iterator[str]:
    shown = _labelled(row) if valued else frozenset[int]()
    heights = [[scale.place(s.value) for s in _preferred(cell)] for cell in row]
    for n, cell in enumerate(row):
        x = _across(n, len(row))
        for statement in cell.statements:
            kind = " ".join(k for k in ("wb-plan" * statement.planned, "wb-differs" * cell.contradictory) if k)
            said = f"{cell.label} {statement.text}" + (f"({statement.status})" if statement.planned else "")
            yield _marker(number, x, scale.place(statement.value), kind, said)
        if n in shown and heights[n]:
            beside = [y for near in heights[max(n - 1, 0) : n] + heights[n + 1 : n + 2] for y in near]
            below = bool(beside) and max(beside) < max(heights[n]) < BOTTOM - 20
            y = max(heights[n]) + 20 if below else min(heights[n]) - 10
            yield _text(x, y, " / ".join(_number(s.value) for s in _preferred(cell)), "middle", "wb-value")


def _labelled(row: Sequence[Cell]) -> frozenset[int]:
    places = [n for n, cell in enumerate(row) if cell.statements]
    if len(places) <= LABELLED:
        return frozenset(places)
    by_value = sorted(places, key=lambda n: _preferred(row[n])[0].value)
    return frozenset({places[0], places[-1], by_value[0], by_value[-1]})


# The bars of places: a table, with a bar in every row


def _bars(panel: Panel, mark: Mark) -> str:
    series, row = panel.series[0], panel.rows[0]
    values = [statement.value for statement in panel.statements]
    low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
    barred = panel.drawable and not panel.is_rank
    body = "".join(line for cell in row for line in _bar_rows(cell, (low, high) if barred else None, mark))
    first = "地区" if series.axis == PLACE else inert(series.axis)
    bar = '<th scope="col" class="wb-bar"></th>' if barred else ""
    head = f'<tr><th scope="col">{first}</th>{bar}<th scope="col">数值</th><th scope="col">依据</th></tr>'
    return _scrolling(f'<table class="wb-bars"><thead>{head}</thead><tbody>{body}</tbody></table>')


def _bar_rows(cell: Cell, extent: tuple[Decimal, Decimal] | None, mark: Mark) -> Iterator[str]:
    count = max(len(cell.statements), 1)
    span = f' rowspan="{count}"' if count > 1 else ""
    differ = _DIFFERS if cell.contradictory else ""
    head = f'<th scope="row"{span}>{inert(cell.label)}{differ}</th>'
    if not cell.statements:
        yield f'<tr>{head}{"<td></td>" if extent else ""}<td class="wb-number">—</td><td></td></tr>'
    for n, statement in enumerate(cell.statements):
        bar = f'<td class="wb-bar">{_bar(statement, extent)}</td>' if extent else ""
        yield (
            f'<tr>{head if n == 0 else ""}{bar}<td class="wb-number">{_said(statement)}</td>'
            f"<td>{_marks(statement, mark)}</td></tr>"
        )


def _bar(statement: Statement, extent: tuple[Decimal, Decimal]) -> str:
    low, high = extent
    size = (high - low) or Decimal(1)
    start = float((min(statement.value, Decimal(0)) - low) / size * 100)
    width = float(abs(statement.value) / size * 100)
    kind = "wb-fill wb-s0 wb-plan" if statement.planned else "wb-fill wb-s0"
    rect = f'<rect class="{kind}" x="{start:.2f}%" y="1" width="{width:.2f}%" height="12" rx="2"/>'
    return f'<svg width="100%" height="14">{rect}</svg>'


# The table


def _table(panel: Panel, mark: Mark) -> str:
    names = ["数值"] if len(panel.series) == 1 else [inert(one.name) for one in panel.series]
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{inert(label)}</th>{"".join(_cell(row[n], mark) for row in panel.rows)}</tr>'
        for n, label in enumerate(panel.labels)
    )
    return (
        f'<table><thead><tr><th scope="col">{"时期" if panel.in_time else ""}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _cell(cell: Cell, mark: Mark) -> str:
    if not cell.statements:
        return '<td title="收录的报告中没有">—</td>'
    said = "".join(f"<div>{_said(statement)}{_marks(statement, mark)}</div>" for statement in cell.statements)
    return f"<td>{said}{_DIFFERS if cell.contradictory else ''}</td>"


_DIFFERS = '<span class="wb-differ">说法不一</span>'


def _said(statement: Statement) -> str:
    status = f'<span class="wb-status">{inert(statement.status)}</span>' if statement.planned else ""
    return f"<span>{inert(statement.text)}</span>{status}"


def _marks(statement: Statement, mark: Mark) -> str:
    return "".join(mark(citation) for citation in statement.citations)


def _scrolling(table: str) -> str:
    """A table that is wider than a phone scrolls by itself, with the keyboard too."""
    return f'<div class="wb-scroll" role="region" tabindex="0" title="数据表">{table}</div>'


# Signs


def _number(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def _line(x1: str, y1: float, x2: str, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'


def _text(x: str | int, y: float, words: str, anchor: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x}" y="{y}" text-anchor="{anchor}">{inert(words)}</text>'


def _marker(number: int, x: str, y: float, kind: str, said: str = "") -> str:
    """A dot, a square or a diamond, so that lines can be told apart without their colours."""
    named = f"wb-dot wb-s{number} {kind}".strip()
    title = f"<title>{inert(said)}</title>" if said else ""
    if number % 3 == 0:
        return f'<circle class="{named}" cx="{x}" cy="{y}" r="4">{title}</circle>'
    turned = " wb-turned" if number % 3 == 2 else ""
    box = f'x="{x}" y="{y - 4:.1f}" width="8" height="8" transform="translate(-4 0)"'
    return f'<rect class="{named}{turned}" {box}>{title}</rect>'
