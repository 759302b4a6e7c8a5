"""One answer -> one Verdict: whether it is right, and what it proves.

`right`, `cited` and `unsupported` follow the project's outside judge to the letter, so that nobody can improve a figure
by moving the yardstick; what goes further (offsets, units, periods) has names of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evals.dataset import EXPECT, Item
from evals.texts import ReportText, holds, norm, overlap, spoken
from ingest.language.folding import fold
from ingest.language.periods import Calendar, Period, parse_label, periods
from ingest.language.quantities import Quantity, quantities

LIMIT = dict.fromkeys(("figure", "aspect", "plan", "colloquial", "followup"), 90) | dict.fromkeys(
    ("noisy", "calc", "false_premise"), 140
)
LIMIT_ELSE = 400
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

Reply = Mapping[str, Any]
"""An answer as the public contract has it (DESIGN.md, section 4)."""
Texts = Callable[[str], ReportText | None]
"""The text of the report with an id, None where there is no such report."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one answer; None where a question does not arise.

    right        status, gold, forbid and directness are as they should be
    gold, forbidden, direct   the parts of `right` where an answer is expected
    cited        every evidence quote lies in a cited passage (by text)
    recall       share of the evidence quotes that a citation proves (by offsets, in the right report)
    precision    share of the citations that prove one of them
    figure       the answer states the figure asked for: value, unit and no contradicting period
    unsupported  numbers of an answer that stand in no cited passage, question or declared calculation
    misstated    quantities of an answer that the cited passages state in another unit, if at all
    false_quotes numbers of the citations whose quote does not stand at their offsets in a report that exists
    """

    status: str
    right: bool
    length: int
    gold: bool | None = None
    forbidden: bool | None = None
    direct: bool | None = None
    cited: bool | None = None
    recall: float | None = None
    precision: float | None = None
    figure: bool | None = None
    unsupported: tuple[str, ...] = ()
    misstated: tuple[str, ...] = ()
    false_quotes: tuple[int, ...] = ()

    @property
    def proven(self) -> bool | None:
        """Whether a right answer also proves itself: all evidence cited, nothing unsupported, no false quote."""
        if self.gold is None:
            return None
        return self.right and self.recall in (None, 1.0) and not (self.unsupported or self.false_quotes)


def judge(item: Item, reply: Reply, texts: Texts) -> Verdict:
    """Judge the reply to an item's last turn."""
    status, answer = str(reply.get("status") or ""), spoken(reply.get("answer"))
    citations: Sequence[Mapping[str, Any]] = reply.get("citations") or ()
    forbidden = any(holds(answer, word) for word in item.forbid)
    answered = status == "answered"
    false_quotes = tuple(int(c.get("n") or 0) for c in citations if not stands(c, texts))
    unsupported = _unsupported(item, reply, answer, citations) if answered else ()
    misstated = _misstated(item, reply, answer, citations) if answered else ()
    if item.expect != "answer":
        right = status == EXPECT[item.expect] and not forbidden
        return Verdict(
            status, right, len(answer), unsupported=unsupported, misstated=misstated, false_quotes=false_quotes
        )
    gold = all(any(holds(answer, entry) for entry in group) for group in item.gold)
    direct = len(answer) <= LIMIT.get(item.type, LIMIT_ELSE)
    proofs = [_proves(item, citation, texts) for citation in citations]
    return Verdict(
        status=status,
        right=answered and gold and not forbidden and direct,
        length=len(answer),
        gold=gold,
        forbidden=forbidden,
        direct=direct,
        cited=_cited(item, citations),
        recall=len(set().union(*proofs)) / len(item.evidence) if item.evidence else None,
        precision=sum(map(bool, proofs)) / len(proofs) if proofs and item.evidence else None,
        figure=_states_figure(item, reply, answer) if expected_quantities(item) else None,
        unsupported=unsupported,
        misstated=misstated,
        false_quotes=false_quotes,
    )


def stands(citation: Mapping[str, Any], texts: Texts) -> bool:
    """Tell whether a citation's quote stands, letter for letter, at its offsets in its report."""
    report = texts(str(citation.get("report_id") or ""))
    if report is None:
        return False
    start, end, quote = citation.get("start"), citation.get("end"), citation.get("quote")
    return bool(quote) and isinstance(start, int) and isinstance(end, int) and report.text[start:end] == quote


def evidence_spans(item: Item, report: ReportText) -> list[list[tuple[int, int]]]:
    """Return where each evidence quote stands in a report; nowhere if the item names other reports as its source."""
    if item.reports and report.file and report.file not in item.reports:
        return [[] for _ in item.evidence]
    return [report.find(quote) for quote in item.evidence]


def _proves(item: Item, citation: Mapping[str, Any], texts: Texts) -> set[int]:
    """Return the numbers of the evidence quotes that a citation proves.

    It does where it shares half of the quote's characters with it, or a stretch in which a gold string stands.
    """
    report = texts(str(citation.get("report_id") or ""))
    if report is None or not stands(citation, texts):
        return set()
    own = (int(citation["start"]), int(citation["end"]))
    gold = [entry for group in item.gold for entry in group]
    proven = set()
    for number, spans in enumerate(evidence_spans(item, report)):
        for span in spans:
            shared = norm(report.text[max(own[0], span[0]) : min(own[1], span[1])])
            if 2 * overlap(own, span) >= span[1] - span[0] or any(holds(shared, entry) for entry in gold):
                proven.add(number)
    return proven


def _cited(item: Item, citations: Sequence[Mapping[str, Any]]) -> bool | None:
    texts = _cited_texts(citations)
    return all(any(norm(quote) in text for text in texts) for quote in item.evidence) if item.evidence else None


def _cited_texts(citations: Sequence[Mapping[str, Any]]) -> list[str]:
    return [norm(f"{c.get('text') or ''}|{c.get('quote') or ''}") for c in citations]


def _unsupported(item: Item, reply: Reply, answer: str, citations: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    calculation = norm(json.dumps(reply.get("calculation") or "", ensure_ascii=False))
    pool = set(_NUMBER.findall("|".join(_cited_texts(citations)) + calculation + norm("".join(item.turns))))
    pool |= {str(c[key]) for c in citations for key in ("n", "paragraph") if c.get(key)}
    return tuple(number for number in _NUMBER.findall(answer) if number not in pool)


def _misstated(item: Item, reply: Reply, answer: str, citations: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the answer's quantities that no cited passage states as that much of that: 442.1万元 for 442.1亿元."""
    calculation = reply.get("calculation") or {}
    stated = {_amount(q) for text in _cited_texts(citations) for q in quantities(text)}
    stated |= {_amount(q) for turn in item.turns for q in quantities(norm(turn))}
    results = {Decimal(n) for n in _NUMBER.findall(norm(str(calculation.get("formula") or "")))}
    said = [q for q in quantities(answer) if q.unit]
    return tuple(q.text for q in said if _amount(q) not in stated and abs(q.value) not in results)


def _amount(quantity: Quantity) -> tuple[Decimal, str]:
    return abs(quantity.base), str(quantity.dimension)


def expected_quantities(item: Item) -> list[list[Quantity]]:
    """Return, where every gold group is a quantity, what may be said; the evidence gives a bare number its unit."""
    stated = [q for quote in item.evidence for q in quantities(norm(quote))]
    groups = []
    for group in item.gold:
        accepted: list[Quantity] = []
        for entry in group:
            said = quantities(norm(entry))
            if len(said) == 1:
                accepted += [q for q in stated if q.value == said[0].value and q.unit.startswith(said[0].unit)]
                accepted += said if said[0].unit.strip("万亿千百") else []
        groups.append(accepted)
    return groups if all(groups) else []


def _states_figure(item: Item, reply: Reply, answer: str) -> bool:
    """Tell whether every figure asked for is said with its value and unit, and of no other period."""
    if reply.get("status") != "answered":
        return False
    said = {(abs(q.value), q.unit) for q in quantities(answer)}
    stated = all(any((abs(q.value), q.unit) in said for q in group) for group in expected_quantities(item))
    return stated and not _contradicts_period(item, reply)


def _contradicts_period(item: Item, reply: Reply) -> bool:
    """Tell whether the question names a period that none of the answer's figures touches."""
    labels = [parse_label(str(figure.get("period") or "")) for figure in reply.get("figures") or ()]
    given = [label for label in labels if label is not None]
    dates = [str(c.get("published") or "") for c in reply.get("citations") or ()]
    years = [int(date[:4]) for date in dates if date[:4].isdigit()]
    asked = fold(item.question)
    named = [m for m in periods(asked, Calendar(max(years, default=0))) if not _is_base(asked, m.start, m.end)]
    if not given or len(named) != 1:
        return False
    return not any(label.overlaps(_in_year(named[0].period, label, named[0].year_stated)) for label in given)


def _is_base(asked: str, start: int, end: int) -> bool:
    """Tell whether a period is only compared with: "比去年上半年", "上年同期"."""
    return asked[:start].endswith(("比", "较", "于")) or asked[end:].startswith("同期")


def _in_year(asked: Period, stated: Period, year_stated: bool) -> Period:
    return asked if year_stated else asked.in_year(stated.year)
