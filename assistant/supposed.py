"""A question that states something -> whether it is so, with the fact that decides it.

Three sorts of statement are checked: that a target has been reached, that something is the first or second of its
kind, and a rank, a direction or an amount (`premise.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.evidence import Candidate
from assistant.premise import as_figure, premise_of, verdict
from assistant.question import Hole, Kind, Question
from assistant.refuse import acceptable
from ingest.language.aspects import Aspect, asked_aspects
from ingest.language.folding import fold
from ingest.language.statuses import Status
from ingest.language.units import unit_dimension, unit_size
from ingest.report import Figure

Rank = Callable[[Question], Sequence[Candidate]]


@dataclass(frozen=True, slots=True)
class Decided:
    """What to say first, and the evidence that decides, each with the question that it answers."""

    opening: str
    said: tuple[tuple[Question, Candidate, Sequence[Candidate]], ...]


def decided(asked: Question, rank: Rank, foreign: Callable[[Candidate], bool]) -> Decided | None:
    """Return whether what `asked` states is so, None where it states nothing that can be checked.

    A question for more than yes or no is decided only where what it takes for granted is wrong. `foreign` says of a
    candidate that it is of another part of the region than the question.
    """
    if asked.kind is Kind.FIGURE and _TAG.search(fold(asked.standalone)):
        asked = replace(asked, kind=Kind.YES_NO)
    if asked.both or asked.kind not in (Kind.YES_NO, Kind.TEXT, Kind.LIST):
        return None
    if asked.kind is Kind.YES_NO:
        return _target_reached(asked, rank) or _of_its_kind(asked, rank) or _as_stated(asked, rank, foreign)
    return _as_stated(asked, rank, foreign)


def _as_stated(asked: Question, rank: Rank, foreign: Callable[[Candidate], bool]) -> Decided | None:
    """Decide a rank, a direction or an amount."""
    every = [_one_stated(one, rank, foreign) for one in _statements(asked)]
    wrong = [d for d in every if d is not None and not d.opening.startswith("是")]
    return wrong[0] if wrong else next((d for d in every if d is not None), None)


def _statements(asked: Question) -> list[Question]:
    """Return a question once for each of its clauses that states something: "排第一,同比增长了54.5%,对吗"."""
    clauses = [c for c in re.split(r"[,。;?]", fold(asked.standalone)) if c]
    stating = [c for c in clauses if premise_of(replace(asked, standalone=f"{c}吗")) is not None]
    if asked.kind is not Kind.YES_NO or len(stating) < 2:
        return [asked]
    return [replace(asked, standalone=f"{c}吗", aspects=asked_aspects(c)) for c in stating]


def _one_stated(asked: Question, rank: Rank, foreign: Callable[[Candidate], bool]) -> Decided | None:
    premise = premise_of(asked)
    if premise is None:
        return None
    if premise.quantity is None and not premise.last and not any(t.indicator for t in asked.terms):
        return None  # "新增了哪些": a verb alone states no change of a figure
    wanted = as_figure(asked, premise)
    ranked = rank(wanted)
    best = ranked[0] if ranked else None
    if best is None or best.figure is None or not acceptable(wanted, ranked):
        return None
    holds = False if foreign(best) else verdict(premise, best.figure)
    if holds is None or (holds and asked.kind is not Kind.YES_NO):
        return None
    wrong = "不是," if asked.kind is Kind.YES_NO else "与问题所说不同:"
    said = [(wanted, best, ranked)]
    if _HOW_MUCH.search(fold(asked.standalone)) and best.figure.aspect != Aspect.VALUE.value:
        amount = replace(wanted, aspects=(), hole=Hole())
        if (values := rank(amount)) and values[0].figure is not None and acceptable(amount, values):
            said.append((amount, values[0], values))
    return Decided("是的," if holds else wrong, tuple(said))


# "全市第一,对吧?具体多少"
_TAG = re.compile(r"(?:对|是|没错)(?:吧|吗|不对|不是)[,?]")
_HOW_MUCH = re.compile(r"(?:具体|到底|究竟|实际)?(?:是|有)?多少[?。]*$")


# "目标已经达成了吧", "完成全年任务了吗"
_REACHED = re.compile(
    r"(?:目标|任务|计划)[^,。?]{0,12}?(?:达成|完成|达到|达标|实现|兑现)了?(?:吧|吗|么|没|对|是不是)"
    r"|(?:达成|完成|达到|实现|兑现)了?[^,。?]{0,10}(?:目标|任务|计划)了?(?:吧|吗|么|没|对|是不是)"
)
# What a number bounds from above: less is better, so nothing is said of what is reached.
# Of these less is better: a rate below the line has reached it.
_LOWER = re.compile(r"失业率|浓度|能耗|排放|死亡|事故|PM|pm")
_BETTER = re.compile(r"(?:好|优)于[^,。]{0,12}(?:目标|任务|计划)|超额完成")
_CEILING = re.compile(r"以[内下]|不超过|控制在|低于|不高于")


def _target_reached(asked: Question, rank: Rank) -> Decided | None:
    """Decide whether a target has been reached: by what is done beside what was planned of the same indicator."""
    if not _REACHED.search(fold(asked.standalone)):
        return None
    open_ = replace(asked, kind=Kind.FIGURE, wide=False, hole=Hole(), status=None, target=False, both=True)
    ranked = rank(open_)
    if not ranked or not acceptable(open_, ranked):
        return None
    best = ranked[0].figure
    same = [c for c in ranked if c.figure is not None and best is not None and _alike(c.figure, best) and not c.misfits]
    done = next((c for c in same if c.figure is not None and c.figure.status == Status.DONE.value), None)
    plan = next((c for c in same if c.figure is not None and c.figure.status != Status.DONE.value), None)
    if done is None or plan is None or done.figure is None or plan.figure is None:
        return None
    bounded = _CEILING.search(plan.clause.text) or _CEILING.search(done.clause.text)
    lower = _LOWER.search(done.figure.indicator) is not None
    apart = _size(done.figure) - _size(plan.figure)
    reached = _BETTER.search(plan.clause.text) or (apart <= 0 if lower else apart >= 0)
    opening = "是的," if reached else "" if bounded and not lower else "没有,"
    return Decided(opening, ((open_, done, ranked), (open_, plan, ranked)))


def _alike(one: Figure, other: Figure) -> bool:
    sides = (Aspect.VALUE.value, Aspect.TARGET.value)
    return (
        one.indicator == other.indicator
        and unit_dimension(one.unit) is unit_dimension(other.unit)
        and (one.aspect == other.aspect or (one.aspect in sides and other.aspect in sides))
    )


def _size(figure: Figure) -> Decimal:
    return figure.value * unit_size(figure.unit)


# "第二个过10万亿的省", "首个"
_NTH = re.compile(r"第[一二三四五六七八九十]+[个家座所条批届期]|首[个家座所条批届期]")


def _of_its_kind(asked: Question, rank: Rank) -> Decided | None:
    """Decide whether something is the first or second of its kind: the report's own words name which it is."""
    stated = next((t for t in asked.terms if t.ordinal and _NTH.fullmatch(t.text)), None)
    if stated is None:
        return None
    rest = replace(asked, terms=tuple(t for t in asked.terms if t is not stated), numeric=False)
    if len(rest.terms) < 2:
        return None
    for candidate in list(rank(rest))[:_LOOKED_AT]:
        told = _NTH.search(fold(candidate.clause.text))
        if candidate.misfits or candidate.coverage < _HELD or told is None or told[0][-1] != stated.text[-1]:
            continue
        same = any(form in fold(candidate.clause.text) for form in stated.forms)
        return Decided("是的," if same else "不是,", ((rest, candidate, [candidate]),))
    return None


_LOOKED_AT, _HELD = 5, 0.4
