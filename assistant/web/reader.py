"""The reader page: a report as it was read, every paragraph with its anchor, the quoted words marked. No script."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from html import escape

from assistant.web.markup import Block, blocks, web_address
from ingest.report import Report, Section

PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - 问报</title>
<link rel="icon" href="/site/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/site/reader.css">
</head>
<body>
<header class="bar"><div>
<a class="name" href="/">问报</a><a class="go" href="/figures">指标</a><a class="back" href="/">返回提问</a>
</div></header>
{body}
</body>
</html>
"""


def reader_page(report: Report, mark: tuple[int, int] | None = None, newer: Report | None = None) -> str:
    """The whole report as HTML; `mark` is the half-open range of offsets to put into <mark>, `newer` the report that
    stands in for this one."""
    parts = list(blocks(report.text))
    outline = list(_outline(report.sections, parts))
    levels = {part.number: section.level for section, part in outline if _is_line(section, part)}
    marked = mark if mark and 0 <= mark[0] < mark[1] <= len(report.text) else None
    title, rest = "", parts
    if parts and parts[0].text == report.title:
        title, rest = _block(parts[0], "h1", marked), parts[1:]
    body = [
        "<main>",
        title or f"<h1>{escape(report.title)}</h1>",
        _pointer(newer) if newer else "",
        _facts(report),
        _contents(outline),
        *(
            _block(part, f"h{min(levels[part.number] + 1, 6)}" if part.number in levels else "p", marked)
            for part in rest
        ),
        "</main>",
        FOOTER,
    ]
    return PAGE.format(title=escape(report.title), body="\n".join(body))


FOOTER = "<footer>本页文字由原文件转换而来,段落编号由本系统添加。引用时请以发布机构的原文为准。</footer>"


def notice_page(sentence: str, hint: str = "") -> str:
    """A page that says one sentence: what went wrong, and what to do."""
    more = f"<p>{escape(hint)}</p>" if hint else ""
    body = f'<main class="notice"><h1>{escape(sentence)}</h1>{more}<p><a href="/">返回提问</a></p></main>'
    return PAGE.format(title=escape(sentence), body=body)


def _outline(sections: Iterable[Section], parts: list[Block]) -> Iterator[tuple[Section, Block]]:
    """Each section with the block that its heading stands in."""
    ends = [part.end for part in parts]
    for section in sections:
        place = bisect_right(ends, section.start)
        if place < len(parts):
            yield section, parts[place]


def _is_line(section: Section, part: Block) -> bool:
    """Whether the heading is the whole block, not the first words of a paragraph."""
    return section.start <= part.start and part.end <= section.end


def _block(part: Block, tag: str, mark: tuple[int, int] | None) -> str:
    anchor = f'<a class="number" href="#p{part.number}" aria-label="第{part.number}段">{part.number}</a>'
    return f'<{tag} class="block" id="p{part.number}">{anchor}{_marked(part, mark)}</{tag}>'


def _marked(part: Block, mark: tuple[int, int] | None) -> str:
    if not mark or mark[1] <= part.start or part.end <= mark[0]:
        return escape(part.text)
    start, end = max(mark[0] - part.start, 0), min(mark[1] - part.start, len(part.text))
    before, quote, after = part.text[:start], part.text[start:end], part.text[end:]
    return f"{escape(before)}<mark>{escape(quote)}</mark>{escape(after)}"


def _pointer(newer: Report) -> str:
    published = f"({escape(newer.published)})" if newer.published else ""
    link = f'<a href="/reports/{escape(newer.id)}">{escape(newer.title)}</a>{published}'
    return f'<p class="replaced" role="note">本份不再用于回答,请以这份为准:{link}</p>'


def _facts(report: Report) -> str:
    official = web_address(report.url)
    link = (
        f'<a href="{escape(official)}" target="_blank" rel="noopener noreferrer">查看官方原文</a>' if official else ""
    )
    facts = [
        f"发布机构:{escape(report.issuer)}" if report.issuer else "",
        f"发布日期:{escape(report.published)}" if report.published else "",
        f"报告期:{escape(report.period)}" if report.period else "",
        link,
    ]
    return f'<p class="facts">{"　".join(fact for fact in facts if fact)}</p>'


def _contents(outline: list[tuple[Section, Block]]) -> str:
    entries = "".join(
        f'<li class="level-{min(section.level, 6)}"><a href="#p{part.number}">{escape(section.title)}</a></li>'
        for section, part in outline
    )
    if not entries:
        return ""
    return f'<nav aria-label="目录"><details class="toc"><summary>目录</summary><ol>{entries}</ol></details></nav>'
