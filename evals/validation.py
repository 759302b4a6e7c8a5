"""Whether the questions rest on their reports: evidence is a verbatim quote, gold stands in the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.dataset import Item, Problem, QuestionSet
from evals.texts import ReportText, holds, norm

SHORTEST, LONGEST = 8, 80
# The result of a calculation stands in no report.
_COMPUTED = frozenset({"calc"})


def validate(one: QuestionSet, reports: Sequence[ReportText]) -> list[Problem]:
    """Return what is wrong in the questions of a file, in the order of its lines. `reports` are those of its folder."""
    return [
        Problem(one.source, item.line, field, message)
        for item in one.items
        for field, message in (*_contents(item), *_quotes(item, reports))
    ]


def _contents(item: Item) -> Iterator[tuple[str, str]]:
    if item.expect == "answer":
        yield from ((f, "要求回答的问题,这里不能为空。") for f in ("gold", "evidence") if not getattr(item, f))
    else:
        yield from ((f, "要求拒答或澄清的问题,这里应为空。") for f in ("gold", "evidence") if getattr(item, f))
    for quote in item.evidence:
        if not SHORTEST <= len(quote) <= LONGEST:
            yield "evidence", f"应为 {SHORTEST} 到 {LONGEST} 个字,“{quote[:20]}…”有 {len(quote)} 个字。"
    joined = norm("|".join(item.evidence))
    for group in item.gold if item.type not in _COMPUTED and item.evidence else ():
        if not any(holds(joined, gold) for gold in group):
            yield "gold", f"{'、'.join(group)} 不在 evidence 的引文里。"
    gold = norm("|".join(entry for group in item.gold for entry in group))
    for word in item.forbid:
        if holds(gold, word):
            yield "forbid", f"“{word}”本身就在 gold 里,没有答案能算对。"


def _quotes(item: Item, reports: Sequence[ReportText]) -> Iterator[tuple[str, str]]:
    files = {report.file for report in reports}
    for name in item.reports or ():
        if name not in files:
            yield "reports", f"没有找到报告文件 {name}。请用 --reports 指定它所在的文件夹。"
    own = [report for report in reports if not item.reports or report.file in item.reports]
    if not own:
        return
    for quote in item.evidence:
        if not any(quote in report.text for report in own):
            known = "只有去掉空格、引号或全半角差别后才找得到" if any(r.find(quote) for r in own) else "不在报告里"
            yield "evidence", f"“{quote}”{known},应为报告的原文。"
        elif not any(quote in line for report in own for line in report.text.split("\n")):
            yield "evidence", f"“{quote}”跨了段落。"
    for report in own if item.reports else ():
        if not any(report.find(quote) for quote in item.evidence):
            yield "reports", f"没有一条引文出自 {report.file}。"
