"""A real index in small: two reports in memory, found by shared characters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from assistant.web.markup import blocks
from ingest.report import Figure, Passage, Report, Section
from ingest.versions import Relation
from vectorstore.store import Hit

TEXT = """关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告

来源:区发改委  日期:2022-08-29

  一、上半年计划执行情况

  (一)有效投资持续扩大

  项目投资保持高水平。上半年,固定资产投资完成442.1亿元,同比增长12.5%,排名全市第三。其中,建安投资完成200.3亿元。

  消费市场逐步恢复。上半年,社会消费品零售总额完成254.3亿元,同比下降4.6%。

  二、下半年工作安排

  力争全年固定资产投资完成800亿元。
"""


def make_report(text: str = TEXT, report_id: str = "daxing-2022-h1", **changes: object) -> Report:
    """A report whose passages are the blocks of `text` that end in a full stop."""
    parts = list(blocks(text))
    headings = [part for part in parts if part.text.startswith(("一、", "二、", "("))]
    sections = tuple(
        Section(2 if part.text.startswith("(") else 1, part.text, part.start, part.end, len(text)) for part in headings
    )
    passages = tuple(
        Passage(
            id=f"{report_id}-p{part.number}",
            paragraph=part.number,
            start=part.start,
            end=part.end,
            text=part.text,
            section=tuple(heading.text for heading in headings if heading.start < part.start),
            heading=part.text.partition("。")[0],
        )
        for part in parts
        if part.text.endswith("。")
    )
    report = Report(
        id=report_id,
        title=parts[0].text,
        issuer="区发改委",
        region="大兴区",
        published="2022-08-29",
        period="2022上半年",
        kind="计划报告",
        text=text,
        source=f"{report_id}.txt",
        source_hash="0" * 64,
        url="https://www.bjdx.gov.cn/report.html",
        sections=sections,
        passages=passages,
    )
    return replace(report, **changes)  # type: ignore[arg-type]


def make_figure(report: Report, indicator: str, aspect: str = "数值", written: str = "442.1亿元") -> Figure:
    """A figure as `report` writes it."""
    passage = next(passage for passage in report.passages if written in passage.text)
    start = report.text.index(written)
    number = written.rstrip("亿元%")
    unit = written[len(number) :]
    return Figure(
        passage_id=passage.id,
        indicator=indicator,
        aspect=aspect,
        value=Decimal(number),
        unit=unit,
        period="2022上半年",
        region="大兴区",
        scope="",
        status="完成",
        text=written,
        start=start,
        end=start + len(written),
        clause_start=passage.start,
        clause_end=passage.end,
    )


class FakeIndex:
    """Finds the passages that share the most characters with the query; says how often it was closed."""

    def __init__(self, *reports: Report, generation: str = "g1") -> None:
        self.generation = generation
        self.reports = reports or (make_report(),)
        self.aside: tuple[Report, ...] = ()
        self.relations: tuple[Relation, ...] = ()
        self.closed = 0

    def search(self, query: str, *, k: int = 20, reports: Collection[str] | None = None) -> list[Hit]:
        assert not self.closed, "searched after it was closed"
        hits = [
            Hit(report, passage, len(set(query) & set(passage.text)), 0.0, 0.0)
            for report in self.reports
            if reports is None or report.id in reports
            for passage in report.passages
        ]
        return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: -hit.score)[:k]

    def close(self) -> None:
        self.closed += 1
