"""What the chat page shows, as HTML and plain values: no Gradio here, so that it can be read and tested without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from assistant.answer import Answer, Citation, Status, Turn
from assistant.links import reader_link
from assistant.recency import newest_first
from assistant.web.chart import series_html
from assistant.web.markup import MARK, byline, inert, quoted
from ingest.report import Report

EXCHANGES_KEPT = 30
LISTED = 3
"""How many reports the page names before it folds the rest away."""
CONTEXT = 150
"""Characters of the passage around a quote; the whole passage is one click away, in the reader."""

LABELS = {Status.REFUSED: "报告中没有依据", Status.CLARIFY: "请补充一点信息"}
WAITING = '<div class="wb-answer wb-waiting" role="status">正在查阅报告<span class="wb-dots"></span></div>'

INTRODUCTION = """<div class="wb-welcome"><p class="wb-welcome-title">请用一句话提问</p>
<p>答案只取自收录的报告,并附上原句和出处。<br>报告没有写的,会直接告诉您没有。</p></div>"""

NO_EVIDENCE = '<p class="wb-empty">每条回答所依据的原句会列在这里,可以逐条打开报告核对。</p>'


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer, or with the sentence that says what went wrong."""

    question: str
    answer: Answer | None = None
    error: str = ""


Conversation = tuple[Exchange, ...]


def turns(conversation: Conversation) -> list[Turn]:
    """The conversation as the assistant takes it; what failed is left out."""
    answered = [(exchange.question, exchange.answer.answer) for exchange in conversation if exchange.answer]
    return [turn for asked, said in answered for turn in (Turn("user", asked), Turn("assistant", said))]


def messages(conversation: Conversation, waiting: str = "") -> list[dict[str, str]]:
    """The messages of the chat; `waiting` is a question that is being answered."""
    shown = []
    for number, exchange in enumerate(conversation, 1):
        shown.append({"role": "user", "content": question_html(exchange.question)})
        shown.append({"role": "assistant", "content": exchange_html(exchange, number)})
    if waiting:
        shown.append({"role": "user", "content": question_html(waiting)})
        shown.append({"role": "assistant", "content": WAITING})
    return shown


def question_html(question: str) -> str:
    return f'<div class="wb-question">{_lines(question)}</div>'


def exchange_html(exchange: Exchange, number: int) -> str:
    """The bubble of an answer; `number` ties its marks to the cards of the evidence panel."""
    answer = exchange.answer
    if answer is None:
        return f'<div class="wb-answer wb-error" role="alert">{inert(exchange.error)}</div>'
    label = LABELS.get(answer.status, "")
    parts = [
        f'<p class="wb-label">{label}</p>' if label else "",
        f'<p class="wb-text">{_with_marks(answer, number)}</p>',
        _calculation(answer),
        series_html(answer.series, partial(_mark, _cited(answer), number)),
        f'<p class="wb-understood">理解为:{inert(answer.understood)}</p>' if _reworded(exchange, answer) else "",
    ]
    return f'<div class="wb-answer wb-{answer.status}">{"".join(parts)}</div>'


def evidence_html(conversation: Conversation) -> str:
    """The evidence panel: the cards of the last answer, those of the earlier ones folded below."""
    groups = [
        _group(exchange, number, folded=number < len(conversation))
        for number, exchange in enumerate(conversation, 1)
        if number == len(conversation) or (exchange.answer and exchange.answer.citations)
    ]
    return _panel("".join(reversed(groups)) or NO_EVIDENCE)


def reports_html(reports: Sequence[Report]) -> str:
    """Which reports answer, the newest first, each with a link to its reader page."""
    if not reports:
        return ""
    items = [_report_item(report) for report in newest_first(reports)]
    shown = f"<ul>{''.join(items[:LISTED])}</ul>"
    if len(items) > LISTED:
        shown += (
            f"<details><summary>其余 {len(items) - LISTED} 份</summary><ul>{''.join(items[LISTED:])}</ul></details>"
        )
    return f'<section class="wb-reports" aria-label="收录的报告"><h2>收录的报告</h2>{shown}</section>'


def suggestions(conversation: Conversation, examples: Sequence[str]) -> tuple[str, list[str]]:
    """The heading over the question buttons, and the questions."""
    answer = conversation[-1].answer if conversation else None
    if answer and answer.suggestions:
        return "您还可以问", list(answer.suggestions)
    asked = {exchange.question for exchange in conversation}
    return "可以这样问", [question for question in examples if question not in asked]


def _lines(text: str) -> str:
    return "<br>".join(inert(line) for line in text.splitlines())


def _with_marks(answer: Answer, number: int) -> str:
    """The answer's text; a mark [n] that has a citation leads to its card."""
    cited = _cited(answer)
    shown, end = "", 0
    for mark in MARK.finditer(answer.answer):
        if link := _mark(cited, number, int(mark.group(1))):
            shown += _lines(answer.answer[end : mark.start()]) + link
            end = mark.end()
    return shown + _lines(answer.answer[end:])


def _cited(answer: Answer) -> frozenset[int]:
    return frozenset(citation.n for citation in answer.citations)


def _mark(cited: frozenset[int], number: int, n: int) -> str:
    """The link from a mark of exchange `number` to its card; "" where there is no citation `n`."""
    return f'<a class="wb-mark" href="#e{number}-{n}" title="查看依据 {n}">{n}</a>' if n in cited else ""


def _calculation(answer: Answer) -> str:
    if answer.calculation is None:
        return ""
    unit = f"({inert(answer.calculation.unit)})" if answer.calculation.unit else ""
    return f'<p class="wb-formula">计算过程:{inert(answer.calculation.formula)}{unit}</p>'


def _reworded(exchange: Exchange, answer: Answer) -> bool:
    """Whether the question was completed from what was said before; full stops and spaces do not count."""
    return bool(answer.understood) and answer.understood.strip(" ?？。") != exchange.question.strip(" ?？。")


def _panel(content: str) -> str:
    return f'<section class="wb-evidence" aria-label="依据"><h2>依据</h2>{content}</section>'


def _group(exchange: Exchange, number: int, *, folded: bool) -> str:
    asked = f"“{inert(exchange.question)}”"
    citations = exchange.answer.citations if exchange.answer else ()
    cards = "".join(_card(citation, number) for citation in citations)
    if folded:
        return f'<details class="wb-earlier"><summary>{asked}</summary>{cards}</details>'
    return f'<p class="wb-asked">{asked}</p>' + (cards or '<p class="wb-empty">这条回答没有引用报告。</p>')


def _card(citation: Citation, number: int) -> str:
    place = " · ".join(inert(part) for part in (citation.issuer, citation.published) if part)
    page = f",原文件第{citation.page}页" if citation.page else ""
    section = '<span class="wb-step"> › </span>'.join(inert(title) for title in citation.section)
    link = escape(reader_link(citation.report_id, citation.paragraph, citation.start, citation.end))
    return (
        f'<article class="wb-card" id="e{number}-{citation.n}">'
        f'<h3><span class="wb-n">{citation.n}</span>{inert(citation.report_title)}</h3>'
        f'<p class="wb-place">{place}</p>'
        + (f'<p class="wb-section">{section}</p>' if section else "")
        + f"<blockquote>{quoted(*_excerpt(citation))}</blockquote>"
        f'<p class="wb-go"><span>第{citation.paragraph}段{page}</span>'
        f'<a href="{link}" target="_blank" rel="noopener">在报告中查看</a></p></article>'
    )


def _excerpt(citation: Citation) -> tuple[str, str]:
    """The passage, cut to what stands around the quote where it is long, and the quote."""
    text, quote = citation.text, citation.quote
    at = text.find(quote)
    if at < 0:
        return text, ""
    start, end = max(at - CONTEXT, 0), min(at + len(quote) + CONTEXT, len(text))
    return ("……" if start else "") + text[start:end] + ("……" if end < len(text) else ""), quote


def _report_item(report: Report) -> str:
    facts = byline(report)
    return (
        f'<li><a href="/reports/{escape(report.id)}" target="_blank" rel="noopener">{inert(report.title)}</a>'
        + (f"<span>{facts}</span>" if facts else "")
        + "</li>"
    )
