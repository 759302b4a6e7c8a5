"""Reports made of a few paragraphs, for the tests of what is read from them."""

from __future__ import annotations

from hashlib import sha256

from ingest.report import Passage, Report


def report_of(
    *paragraphs: str,
    period: str = "2022上半年",
    published: str = "2022-08-29",
    section: tuple[str, ...] = (),
    kind: str = "计划执行情况",
) -> Report:
    """Return a report on 大兴区 whose passages are `paragraphs`, all under `section`."""
    text = "\n".join(paragraphs)
    report_id = sha256(text.encode()).hexdigest()[:12]
    passages, at = [], 0
    for number, paragraph in enumerate(paragraphs, 1):
        if paragraph:
            passage = Passage(
                f"{report_id}-p{number}", number, at, at + len(paragraph), paragraph, section, heading="", page=None
            )
            passages.append(passage)
        at += len(paragraph) + 1
    return Report(
        id=report_id,
        title="关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告",
        issuer="大兴区发展和改革委员会",
        region="大兴区",
        published=published,
        period=period,
        kind=kind,
        text=text,
        source="report.txt",
        source_hash="",
        passages=tuple(passages),
    )
