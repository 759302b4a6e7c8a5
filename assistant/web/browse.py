"""The page 指标: figures in a table, filtered by a plain form, drawn where they form a series. It needs no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.catalogue import Catalogue, Entry
from assistant.selection import NAMES, Selection, SelectionError
from assistant.web.chart import series_html
from assistant.web.curves import Plot, plot_of
from ingest.language.aspects import Aspect
from ingest.language.statuses import Status

ROWS = 50
"""Figures on a page."""
CONTEXT = 56
"""Characters of a sentence before and after its figure; the whole of it is one click away."""
FACETS = {"aspect": 8, "period": 10, "region": 10, "indicator": 10, "status": 3}
"""By what a result may be narrowed further, and how many values of it are offered."""
SUGGESTED = 150
"""Indicators that the form offers while one types."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as the table shows it: its sentence in three parts, the figure in the middle."""

    entry: Entry
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Facet:
    """What a filter may be narrowed to: (value, how many figures, the address of the page then)."""

    title: str
    values: tuple[tuple[str, int, str], ...]


def figures_page(catalogue: Catalogue, values: Mapping[str, str], problem: str = "") -> tuple[str, bool]:
    """Return the page for filters as they came (`page` among them), and whether they made sense."""
    given = dict(values)
    try:
        number = _page(given.pop("page", "1"))
        wanted = Selection.read(given)
        found = catalogue.find(wanted)
    except SelectionError as error:
        problem, number, found = str(error), 1, ()
    pages = max(-(-len(found) // ROWS), 1)
    number = min(number, pages)
    plot = plot_of(found)
    html = _template().render(
        problem=problem,
        given=given,
        filters=[(name, NAMES[name], value, _address(given, **{name: ""})) for name, value in _set(given)],
        total=len(found),
        everything=len(catalogue.entries),
        rows=[_row(entry) for entry in found[(number - 1) * ROWS : number * ROWS]],
        first=(number - 1) * ROWS + 1,
        chart=_chart(plot) if plot else "",
        plot=plot,
        facets=_facets(found, given) if found else [],
        near=_near(catalogue, given),
        number=number,
        pages=pages,
        previous=_address(given, page=str(number - 1)) if number > 1 else "",
        following=_address(given, page=str(number + 1)) if number < pages else "",
        exports=[
            (kind, f"/api/figures?{urlencode({**dict(_set(given)), 'format': kind})}") for kind in ("csv", "xlsx")
        ],
        aspects=list(Aspect),
        statuses=list(Status),
        regions=[region for region, _ in catalogue.by_region.most_common()],
        indicators=[name for name, _ in catalogue.by_indicator.most_common(SUGGESTED)],
        reports=sorted(((report.title, report.id) for report in catalogue.reports), reverse=True),
    )
    return html, not problem


@cache
def _template() -> Any:
    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("figures.html")


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) > 0):
        raise SelectionError("page", f"页码“{text}”应为正整数。")
    return int(text)


def _set(given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((name, given[name]) for name in NAMES if given.get(name))


def _address(given: Mapping[str, str], **changes: str) -> str:
    """The page with some filters changed; it begins with the first figures again unless `page` is among them."""
    values = {name: value for name, value in {**dict(_set(given)), **changes}.items() if value}
    return f"/figures?{urlencode(values)}" if values else "/figures"


def _row(entry: Entry) -> Row:
    figure, text = entry.figure, entry.report.text
    start, end = max(entry.start, figure.start - CONTEXT), min(entry.end, figure.end + CONTEXT)
    before = ("…" if start > entry.start else "") + text[start : figure.start]
    after = text[figure.end : end] + ("…" if end < entry.end else "")
    return Row(entry, before, after)


def _facets(found: Sequence[Entry], given: Mapping[str, str]) -> list[Facet]:
    facets = []
    for name, most in FACETS.items():
        counts = Counter(getattr(entry.figure, name) for entry in found)
        values = [(value, count) for value, count in counts.most_common(most + 1) if value][:most]
        if len(values) > 1:
            links = tuple((value, count, _address(given, **{name: value})) for value, count in values)
            facets.append(Facet(NAMES[name], links))
    return facets


def _near(catalogue: Catalogue, given: Mapping[str, str]) -> list[tuple[str, str]]:
    words = given.get("indicator", "")
    return [(name, _address(given, indicator=name)) for name in catalogue.near(words)] if words else []


def _chart(plot: Plot) -> Markup:
    def mark(n: int) -> str:
        entry = plot.entries[n - 1]
        place = escape(f"{entry.report.title},第{entry.passage.paragraph}段")
        return f'<a class="wb-source" href="{escape(entry.link)}" title="原句:{place}">原句</a>'

    return Markup(series_html(plot.series, mark, plot.title))
