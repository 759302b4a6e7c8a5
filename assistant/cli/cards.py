"""How a stored report is shown in the terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.cli.console import percentage

if TYPE_CHECKING:
    from ingest.report import Report
    from ingest.versions import Relation
    from vectorstore.holdings import Holdings

_FIELDS = {
    "title": "标题",
    "issuer": "发布机构",
    "region": "行政区划",
    "kind": "类型",
    "published": "发布日期",
    "period": "报告期",
    "url": "原文网址",
}
"""What an editor may state about a report, and what it is called."""


def entry(holdings: Holdings, report: Report) -> Iterator[str]:
    """Yield the lines of a report in the list."""
    described = record(holdings, report)
    facts = [described[key] for key in ("issuer", "place", "kind", "published")]
    reviewed, planned = "、".join(described["reviewed"]), "、".join(described["planned"])
    facts += [reviewed and f"回顾 {reviewed}", planned and f"计划 {planned}"]
    facts += [f"{described['passages']} 段", f"{described['figures']} 个数据"]
    yield f"{report.id}  {report.title}"
    yield f"    {' · '.join(fact for fact in facts if fact)}"
    yield from (f"    ※ {mark}" for mark in described["marks"])


def card(holdings: Holdings, report: Report) -> Iterator[str]:
    """Yield the lines that tell all about one report."""
    described = record(holdings, report)
    facts = {
        "编号": report.id,
        "发布机构": report.issuer,
        "行政区划": described["place"],
        "类型": report.kind,
        "发布日期": report.published,
        "报告期": report.period,
        "回顾": "、".join(described["reviewed"]),
        "计划": "、".join(described["planned"]),
        "原文网址": report.url,
        "文件": "、".join(described["files"]),
        "内容": f"{len(report.text)} 字,{described['passages']} 段,{described['figures']} 个数据{_counted(report)}",
    }
    yield report.title
    yield from (f"  {name}  {value or '(未知)'}" for name, value in facts.items())
    yield from (f"  ※ {mark}" for mark in described["marks"])
    for key, before in described["corrected"].items():
        yield f"  ※ {_FIELDS[key]}由编辑改定,原为 {before or '(未知)'}"
    if report.sections:
        yield "  目录"
        yield from (f"    {'  ' * (section.level - 1)}{section.title}" for section in report.sections)


def record(holdings: Holdings, report: Report) -> dict[str, Any]:
    """Return what `--json` says of a report."""
    from ingest.coverage import coverage
    from ingest.divisions import full_name

    about = coverage(report)
    before = holdings.original(report.id)
    changed = {key: getattr(before, key) for key in _FIELDS if getattr(before, key) != getattr(report, key)}
    return {
        "id": report.id,
        "title": report.title,
        "issuer": report.issuer,
        "region": report.region,
        "place": full_name(report.region, report.issuer + report.title + report.text),
        "kind": report.kind,
        "published": report.published,
        "period": report.period,
        "reviewed": [period.label for period in about.reviewed],
        "planned": [period.label for period in about.planned],
        "url": report.url,
        "files": list(holdings.files(report.id)),
        "passages": len(report.passages),
        "figures": len(report.figures),
        "searched": report.id not in holdings.manifest.aside,
        "corrected": changed,
        "marks": list(marks(holdings, report)),
    }


def marks(holdings: Holdings, report: Report) -> Iterator[str]:
    """Yield what is to be known of a report beside what it says of itself."""
    from ingest.versions import Standing

    if len(files := holdings.files(report.id)) > 1:
        yield f"文字完全相同的文件还有 {'、'.join(files[1:])},只收录一次"
    stand_in = holdings.stand_in(report.id)
    for relation in holdings.relations(report.id):
        if stand_in is not None and relation != stand_in and relation.standing is not Standing.ALIKE:
            continue  # what it is set aside for says enough
        yield _mark(holdings, relation, report.id)


def changes(before: Report, after: Report) -> Iterator[str]:
    """Yield a line for everything that is known of a report and has changed."""
    for key, name in _FIELDS.items():
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield f"  {name}  {old or '(未知)'} → {new or '(未知)'}"


def _mark(holdings: Holdings, relation: Relation, report: str) -> str:
    """Return how `report` stands to the other one of `relation`."""
    from ingest.versions import Standing

    lesser = relation.report == report
    other = relation.other if lesser else relation.report
    files = holdings.files(other)
    named = f"{files[0] if files else ''}({other})"
    if relation.standing is Standing.ALIKE:
        numbers = f"数字不同:{'、'.join(relation.numbers)}" if relation.numbers else "数字一致"
        return f"与 {named} 近似({percentage(relation.share)} 相同),{numbers};两份都用于回答,请核对"
    copy = relation.standing is Standing.COPY
    if not lesser:
        return f"{named} 是它的副本,不用于回答" if copy else f"取代了旧版 {named}"
    if holdings.is_kept(relation):
        return f"{'内容同' if copy else '新版为'} {named},按编辑决定仍用于回答"
    return f"与 {named} 重复,不用于回答" if copy else f"已被 {named} 取代,不用于回答"


def _counted(report: Report) -> str:
    counts = Counter(figure.status for figure in report.figures if figure.status)
    told = "、".join(f"{status} {count}" for status, count in counts.most_common())
    return f"({told})" if told else ""
