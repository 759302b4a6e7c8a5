from __future__ import annotations

import html
import re

import pytest

from assistant.answer import Answer, Calculation, Citation, Point, Series, Status, Turn
from assistant.pipeline import Assistant
from assistant.web.examples import example_questions
from assistant.web.markup import inert
from assistant.web.view import Exchange, evidence_html, exchange_html, messages, reports_html, suggestions, turns
from tests.assistant.web.fakes import FakeIndex, make_figure, make_report

QUOTE = "固定资产投资完成442.1亿元"
HOSTILE = (
    "<img src=x onerror=alert(1)> ![图](http://evil.example/x.png) [链接](javascript:x) {{7*7}} ${7*7} **粗** `x` <b>"
)


def make_citation(n: int = 1, **changes: object) -> Citation:
    fields: dict[str, object] = {
        "n": n,
        "report_id": "daxing-2022-h1",
        "report_title": "执行情况的报告",
        "issuer": "区发改委",
        "published": "2022-08-29",
        "section": ("一、上半年计划执行情况", "(一)有效投资"),
        "paragraph": 5,
        "quote": QUOTE,
        "start": 100,
        "end": 116,
        "text": f"上半年,{QUOTE},同比增长12.5%。",
        "url": "/reports/daxing-2022-h1#p5",
    }
    return Citation(**fields | changes)  # type: ignore[arg-type]


def make_answer(text: str = "完成442.1亿元。[1]", status: Status = Status.ANSWERED, **changes: object) -> Answer:
    fields: dict[str, object] = {"understood": "问题", "citations": (make_citation(),)}
    return Answer(status, text, **fields | changes)  # type: ignore[arg-type]


def shown(markup: str) -> str:
    """The text that a browser shows."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def test_a_mark_leads_to_its_card() -> None:
    exchange = Exchange("问题", make_answer())
    assert 'href="#e3-1"' in exchange_html(exchange, 3)
    assert 'id="e1-1"' in evidence_html((exchange,))


def test_a_mark_without_a_citation_stays_text() -> None:
    assert "<a" not in exchange_html(Exchange("问题", make_answer("见[2]。")), 1)


def test_a_card_shows_where_the_sentence_stands() -> None:
    card = evidence_html((Exchange("问题", make_answer(citations=(make_citation(page=3),))),))
    for part in (
        "执行情况的报告",
        "区发改委",
        "2022-08-29",
        "一、上半年计划执行情况 › (一)有效投资",
        "第5段,原文件第3页",
    ):
        assert part in shown(card)
    (marked,) = re.findall("<mark>(.*?)</mark>", card)
    assert html.unescape(marked) == QUOTE
    assert 'href="/reports/daxing-2022-h1?start=100&amp;end=116#p5" target="_blank" rel="noopener"' in card


def test_a_quote_that_is_not_in_the_passage_is_not_marked() -> None:
    card = evidence_html((Exchange("问题", make_answer(citations=(make_citation(text="别的文字。"),))),))
    assert "<mark>" not in card


def test_a_long_passage_is_cut_around_the_quote() -> None:
    text = "前" * 400 + QUOTE + "后" * 400
    card = evidence_html((Exchange("问题", make_answer(citations=(make_citation(text=text),))),))
    assert shown(card).count("前") == 150
    assert QUOTE in shown(card)


def test_earlier_evidence_is_folded() -> None:
    panel = evidence_html((Exchange("甲", make_answer()), Exchange("乙", make_answer())))
    assert panel.index("乙") < panel.index("<details") < panel.index("甲")


@pytest.mark.parametrize(
    ("status", "label"), [(Status.REFUSED, "报告中没有依据"), (Status.CLARIFY, "请补充一点信息"), (Status.ANSWERED, "")]
)
def test_each_status_has_its_look(status: Status, label: str) -> None:
    bubble = exchange_html(Exchange("问题", make_answer(status=status)), 1)
    assert f"wb-{status}" in bubble
    assert ("wb-label" in bubble) is bool(label)
    assert label in bubble


def test_a_calculation_and_the_question_as_understood_are_shown() -> None:
    answer = make_answer(calculation=Calculation("800 - 442.1 = 357.9", "亿元", ()), understood="还差多少亿元")
    bubble = shown(exchange_html(Exchange("还差多少", answer), 1))
    assert "计算过程:800 - 442.1 = 357.9(亿元)" in bubble
    assert "理解为:还差多少亿元" in bubble


def test_a_series_is_shown_with_marks_that_lead_to_its_cards() -> None:
    points = (Point("2021年", "400", "400亿元", "完成", 1), Point("2022年", "442.1", "442.1亿元", "完成", 9))
    bubble = exchange_html(Exchange("问题", make_answer(series=(Series("固定资产投资", "时间", "亿元", points),))), 3)
    table = bubble.partition("<table>")[2]
    assert 'href="#e3-1"' in table
    assert "e3-9" not in table  # no such citation
    assert shown(bubble).index("完成442.1亿元") < shown(bubble).index("固定资产投资单位:亿元")


def test_an_error_is_a_sentence_and_no_part_of_the_history() -> None:
    conversation = (Exchange("甲", make_answer("好。")), Exchange("乙", error="服务出了点问题,请稍后再试。"))
    assert "服务出了点问题" in shown(messages(conversation)[-1]["content"])
    assert turns(conversation) == [Turn("user", "甲"), Turn("assistant", "好。")]


def test_what_others_wrote_is_shown_as_it_is_and_is_never_markup() -> None:
    citation = make_citation(
        report_title=HOSTILE, issuer=HOSTILE, section=(HOSTILE,), text=HOSTILE, quote="<b>", report_id='"><b>'
    )
    answer = make_answer(HOSTILE, understood=HOSTILE + "x", citations=(citation,))
    conversation = (Exchange(HOSTILE, answer),)
    for markup in (
        messages(conversation)[0]["content"],
        messages(conversation)[1]["content"],
        evidence_html(conversation),
    ):
        assert not re.search(r"<img|<b>|\{\{|\$\{|\*\*|!\[|javascript:", markup)
        assert HOSTILE in shown(markup)


def test_inert_text_shows_what_it_was() -> None:
    assert html.unescape(inert(HOSTILE)) == HOSTILE
    assert not re.search(r"[^\w\s&#;\u0080-\uffff]", inert(HOSTILE))


def test_many_reports_are_folded() -> None:
    reports = [make_report(report_id=f"r{n}") for n in range(5)]
    listing = reports_html(reports)
    assert listing.count("<li>") == 5
    assert "其余 2 份" in listing
    assert reports_html([]) == ""


def test_suggestions_follow_the_answer_and_examples_are_not_repeated() -> None:
    assert suggestions((), ["甲", "乙"]) == ("可以这样问", ["甲", "乙"])
    assert suggestions((Exchange("甲", make_answer()),), ["甲", "乙"]) == ("可以这样问", ["乙"])
    assert suggestions((Exchange("甲", make_answer(suggestions=("丙",))),), ["甲"]) == ("您还可以问", ["丙"])


def test_examples_are_made_from_figures() -> None:
    report = make_report()
    figures = (make_figure(report, "固定资产投资"), make_figure(report, "社会消费品零售总额", "同比", "4.6%"))
    examples = example_questions(Assistant(FakeIndex(make_report(figures=figures))))
    assert examples[:2] == ["上半年固定资产投资完成多少", "上半年社会消费品零售总额同比增长多少"]


def test_examples_among_many_reports_name_place_and_period() -> None:
    report = make_report()
    report = make_report(figures=(make_figure(report, "固定资产投资"),))
    examples = example_questions(Assistant(FakeIndex(report, make_report(report_id="other"))))
    assert examples[0] == "大兴区2022上半年固定资产投资完成多少"


def test_examples_of_neighbouring_reports_ask_for_different_things() -> None:
    report = make_report()
    figures = (make_figure(report, "固定资产投资"), make_figure(report, "社会消费品零售总额", "同比", "4.6%"))
    older = make_report(report_id="older", published="2021-08-29", figures=figures)
    examples = example_questions(Assistant(FakeIndex(older, make_report(figures=figures))))
    assert examples[:2] == ["大兴区2022上半年固定资产投资完成多少", "大兴区2022上半年社会消费品零售总额同比增长多少"]


def test_without_figures_headings_make_the_examples() -> None:
    assert "项目投资保持高水平体现在哪些方面" in example_questions(Assistant(FakeIndex()))
