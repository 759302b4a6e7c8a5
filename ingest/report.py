"""The records of a report that has been read. All offsets are half-open character offsets into `Report.text`."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from pydantic import TypeAdapter


class IngestError(Exception):
    """A document cannot be read. The message (Chinese, for the user) names the file, the cause and what to do."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what lies under it, up to the next heading of the same or a higher level.

    `level` counts from 1; `start:end` is the heading line itself, `stop` the end of what lies under it.
    """

    level: int
    title: str
    start: int
    end: int
    stop: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a slice of one that is over the token budget.

    `paragraph` is the number of its block in the report, from 1, headings counted (anchor `#p17` of the reader page);
    the slices of one paragraph share it. `heading` is the run-in heading ("项目投资保持高水平。" without its full
    stop) or "". `page` is the page of the source file, from 1, where it has pages.
    """

    id: str
    paragraph: int
    start: int
    end: int
    text: str
    section: tuple[str, ...] = ()
    heading: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its meaning: indicator, aspect, value, unit, period, region, status.

    `start:end` is the number as written with its unit ("442.1亿元", "第三"); `clause_start:clause_end` the clause it
    stands in. `value` is in `unit`; `scope` is a place or project inside the region ("临空区") or "". `side` says of a
    rank what it ranks where its clause does: "同比" the growth ("增速全市排名第一"), "数值" the value ("总量").
    """

    passage_id: str
    indicator: str
    aspect: str
    value: Decimal
    unit: str
    period: str
    region: str
    scope: str
    status: str
    text: str
    start: int
    end: int
    clause_start: int
    clause_end: int
    side: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One document.

    `id` derives from the text, so a link to a report never shows another text. `published` is an ISO date, or a part
    of one ("2022-03", "2022"), or "". `period` is what it reports on ("2022上半年"), or "". `source` is the file's
    path relative to the ingested folder, `source_hash` the SHA-256 of its bytes (and of its side-car file), `url` the
    official page where it is known, else "".
    """

    id: str
    title: str
    issuer: str
    region: str
    published: str
    period: str
    kind: str
    text: str
    source: str
    source_hash: str
    url: str = ""
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    figures: tuple[Figure, ...] = field(default=())


REPORT_JSON: TypeAdapter[Report] = TypeAdapter(Report)
