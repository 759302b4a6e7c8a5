"""What is said instead of an answer: what the reports lack, what is left open, what can be asked at all."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Citation, Status
from assistant.citations import cite, number_statements
from assistant.compose import Statement, statement
from assistant.evidence import Candidate
from assistant.fitting import ASPECT, PERIOD, STATUS
from assistant.manners import reply_to
from assistant.question import Kind, Question
from assistant.recency import newest_first
from assistant.refuse import reason
from assistant.verify import proven
from ingest.places import short_place
from ingest.report import Passage, Report

_OUT_OF_SCOPE = "我只根据政府报告回答问题,不能按这个要求做。您可以问报告里的指标、任务、项目或措施。"
# Reports that are introduced by name, places that are offered.
_INTRODUCED, _OPTIONS = 5, 4
_NAMED_PLACES = 6
_NAMED_REPORTS = 3
# The share of a question that the nearest figure must hold, and how many candidates are looked at.
_NEAR, _LOOKED_AT = 0.7, 10

NEAREST = "报告给出的是:"
"""What comes before the nearest figure that the reports have."""


def mannered(asked: Question, reports: Sequence[Report]) -> Answer:
    """Reply to what asks nothing of the reports; who asks what this is hears which reports there are."""
    said = reply_to(asked.kind, asked.standalone)
    if asked.kind in (Kind.SERVICE, Kind.ERRAND):
        return Answer(Status.REFUSED, said, asked.standalone)
    if asked.kind is Kind.SELF and reports:
        named = "、".join(dict.fromkeys(_called(r) for r in newest_first(reports)[:_NAMED_REPORTS]))
        said += f"现有{len(reports)}份报告,如{named}。" if len(reports) > 1 else f"现有的报告是{named}。"
    return Answer(Status.CLARIFY, said, asked.standalone)


def introduced(asked: Question, reports: Sequence[Report], *, named: bool = False) -> Answer:
    """Say who published what, the newest first; cite the reports' titles. The reports are all, or those `named`."""
    first = [r for r in newest_first(reports) if r.text][:_INTRODUCED]
    if not first:
        return Answer(
            Status.REFUSED, f"报告中没有找到关于“{asked.standalone.rstrip('?。!')}”的内容。", asked.standalone
        )
    lines = [
        f"《{r.title}》{',' + r.issuer if r.issuer else ''}{',' + r.published if r.published else ''}[{n}]"
        for n, r in enumerate(first, 1)
    ]
    more = ("等" if named else f"等{len(reports)}份报告") if len(reports) > len(first) else ""
    citations = tuple(_cite_head(r, n) for n, r in enumerate(first, 1))
    return Answer(Status.ANSWERED, ";".join(lines) + more + "。", asked.standalone, citations)


def _called(report: Report) -> str:
    """Return the title of a report, with its place or its year where it lacks them: "《政府工作报告》(大庆市,2025)"."""
    known = (report.region, report.published[:4])
    lacking = [fact for fact in known if fact and short_place(fact) not in report.title]
    return f"《{report.title}》{'(' + ','.join(lacking) + ')' if lacking else ''}"


def _cite_head(report: Report, number: int) -> Citation:
    """Cite the title of a report, where it stands in its text."""
    start = max(0, report.text.find(report.title))
    line_end = report.text.find("\n", start)
    end = line_end if line_end >= 0 else len(report.text)
    head = Passage(f"{report.id}-p1", 1, start, end, report.text[start:end])
    return cite(report, head, 0, len(head.text), number)


def out_of_scope(asked: Question) -> Answer:
    return Answer(Status.REFUSED, _OUT_OF_SCOPE, asked.standalone)


def clarified(asked: Question) -> Answer:
    """Ask back what is meant, where a question names nothing."""
    what = "、".join(a.value for a in asked.aspects)
    said = f"请问您想了解哪个指标的{what}?" if what else "请说明您想了解哪个指标、项目或措施。"
    return Answer(Status.CLARIFY, said, asked.standalone)


def which_place(asked: Question, regions: Sequence[str]) -> Answer:
    """Ask back which of `regions` is meant; the question of some of them is suggested."""
    shown = "、".join(regions[:_NAMED_PLACES]) + ("等" if len(regions) > _NAMED_PLACES else "")
    said = f"请问您想了解哪个地区?现有{shown}{len(regions)}个地区的报告。"
    options = tuple(f"{region}{asked.standalone}" for region in regions[:_OPTIONS])
    return Answer(Status.CLARIFY, said, asked.standalone, suggestions=options)


def refused(asked: Question, ranked: Sequence[Candidate], best: Candidate | None = None) -> Answer:
    """Say what is missing, seen from the `best` candidate, and give the nearest figure, where the same indicator has
    one."""
    return _beside(reason(asked, best), asked.standalone, _nearest(asked, ranked))


def lacking(name: str, text: str, there: Statement | None) -> Answer:
    """Say which operand of the calculation asked for in `text` is missing, and give the one that is there."""
    return _beside(f"报告没有给出计算所需的{name}。", text, there)


def _beside(said: str, text: str, there: Statement | None) -> Answer:
    if there is None:
        return Answer(Status.REFUSED, said, text)
    marks, citations = number_statements([there])
    return Answer(Status.REFUSED, f"{said}{NEAREST}{there.text}[{marks[0]}]", text, citations)


def _nearest(asked: Question, ranked: Sequence[Candidate]) -> Statement | None:
    """Return the same indicator in another period or aspect, None where the reports do not have the indicator."""
    for candidate in ranked[:_LOOKED_AT]:
        soft = set(candidate.misfits) <= {PERIOD, ASPECT, STATUS}
        if candidate.misfits and soft and not candidate.missing and candidate.coverage > _NEAR:
            return proven(statement(asked, candidate))
    return None
