"""The figures that a calculation is made of: those that name what the question names, in the period asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.evidence import Candidate
from assistant.matching import match
from assistant.question import Hole, Kind, Question, Term
from ingest.figures import standard_name
from ingest.language.aspects import Aspect
from ingest.language.folding import fold
from ingest.language.periods import Calendar, Period, parse_label, periods
from ingest.language.quantities import Quantity
from ingest.language.statuses import Status
from ingest.language.units import Dimension, split_unit, unit_dimension, unit_size
from ingest.places import short_place
from ingest.report import Figure

Ask = Callable[[Question], Sequence[Candidate]]
"""Ranks the candidates of a question over the passages that may hold them, best first."""

# How well a word must be held beside the number, and by what stands around it.
_HELD = 0.55
_AROUND, _BEFORE = 0.8, 0.6
# The share of a thing's words that must be held; its indicators all must.
_ENOUGH = 0.7


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure with its candidate. `naming` says how well its words name the thing asked for, 0 to 1."""

    candidate: Candidate
    figure: Figure
    naming: float = 1.0

    @property
    def base(self) -> Decimal:
        return self.figure.value * unit_size(self.figure.unit)

    @property
    def dimension(self) -> Dimension:
        return unit_dimension(self.figure.unit)

    @property
    def done(self) -> bool:
        return self.figure.status == Status.DONE.value

    @property
    def period(self) -> Period | None:
        return parse_label(self.figure.period)

    @property
    def quantity(self) -> Quantity:
        clause = self.candidate.clause
        return clause.quantities[self.candidate.reading.figures[clause.index].index(self.figure)]

    @property
    def approximate(self) -> bool:
        """Whether the report rounds the number: "约29.9亿元", "100余家"; a level that is reached is none."""
        quantity = self.quantity
        return bool(re.search("[余多来]", quantity.text) or _ROUNDED.search(self.clause[: quantity.start]))

    @property
    def name(self) -> str:
        """What the figure is of, as it is said."""
        return self.figure.indicator or self.candidate.clause.subject or "该项"

    @property
    def clause(self) -> str:
        """The folded words of the clause."""
        return self.candidate.reading.own[self.candidate.clause.index]

    @property
    def window(self) -> str:
        """The folded words between the number's neighbours, and its subject where they leave it unsaid."""
        clause, own, quantity = self.candidate.clause, self.clause, self.quantity
        left = max((q.end for q in clause.quantities if q.end <= quantity.start), default=0)
        right = min((q.start for q in clause.quantities if q.start >= quantity.end), default=len(own))
        before = re.split("[、]", own[left : quantity.start])[-1]
        subject = "" if clause.own_subject and before.strip() else clause.subject.lower()
        after = re.split("[、]", own[quantity.end : right])[0]
        return f"{before}|{after}|{self.figure.indicator.lower()}|{subject}"

    @property
    def around(self) -> str:
        """The folded words of the clause and of what leads to it."""
        reading, at = self.candidate.reading, self.candidate.clause.index
        scope = self.candidate.clause.scope.lower()
        return " ".join((reading.own[at], reading.topics[at], reading.leads[at], reading.heading, scope))

    @property
    def before(self) -> str:
        """The folded words of the clause before, in the same sentence: "入市2宗集建地,交易金额约29.9亿元"; what
        counts in the same unit there counts something else, unless this is a part of it ("其中已办结96件")."""
        reading, clause = self.candidate.reading, self.candidate.clause
        previous = reading.clauses[clause.index - 1] if clause.index else clause
        rival = any(q.unit == self.figure.unit for q in previous.quantities) and not self.clause.startswith("其中")
        return "" if rival or previous.sentence != clause.sentence else reading.own[previous.index]

    def same_sentence(self, other: Operand) -> bool:
        one, two = self.candidate, other.candidate
        return one.reading.passage.id == two.reading.passage.id and one.clause.sentence == two.clause.sentence

    def counts_alike(self, other: Operand) -> bool:
        """Whether the two can be added or compared: of one dimension, and counts of things that are counted alike."""
        if self.dimension is not other.dimension:
            return False
        one, two = (split_unit(o.figure.unit)[1] for o in (self, other))
        return self.dimension is not Dimension.COUNT or one == two or any({one, two} <= alike for alike in _ALIKE)


_ROUNDED = re.compile(r"(?:大?约|近|超过?|逾|突破)$")
# "注册资本5000万元及以上企业208家": a bound that says which things are counted
_BOUND = re.compile(r"及?以[上下内](?=[\u4e00-\u9fff])")
# Measure words that count the same things.
_ALIKE = ({"家", "户", "个", "所", "座"}, {"个", "项", "条", "件"}, {"人", "名", "位"}, {"套", "户"}, {"枚", "块"})
VALUES = (Aspect.VALUE.value, Aspect.TARGET.value)


@dataclass(frozen=True)
class Operands:
    """The figures that may enter the calculation that `question` asks for."""

    question: Question
    text: str
    """The question, folded."""
    ask: Ask
    _asked: dict[tuple[tuple[Term, ...], Period | None, bool], list[Operand]] = field(default_factory=dict)

    def any_of(self, terms: Sequence[Term], period: Period | None, *, stated: bool = True) -> list[Operand]:
        """Return every figure that is ranked for `terms` in `period`, best first."""
        key = (tuple(terms), period, stated)
        if key not in self._asked:
            asked = replace(
                self.question,
                kind=Kind.FIGURE,
                terms=tuple(terms),
                aspects=(),
                hole=Hole(),
                period=period,
                periods=() if period is None else ((period, True),),
                year_stated=period is not None and stated,
                base=None,
                status=None,
                target=False,
                both=False,
                wide=False,
            )
            found = (Operand(c, c.figure) for c in self.ask(asked) if c.figure is not None and not c.misfits)
            self._asked[key] = list(found)
        return self._asked[key]

    def of(
        self,
        terms: Sequence[Term],
        fits: Callable[[Operand], bool],
        *,
        beside: Sequence[Term] = (),
        period: Period | None = None,
        stated: bool = True,
    ) -> list[Operand]:
        """Return the figures that name `terms` and `fits`, best first; `beside` are words that they may also name."""
        every = (*terms, *(t for t in beside if t not in terms))
        found = []
        for operand in self.any_of(every, period, stated=stated):
            if fits(operand) and (naming := named(terms, beside, operand)) is not None:
                found.append(replace(operand, naming=naming))
        return sorted(found, key=lambda o: (not is_of(every, o), -round(o.naming, 1), -o.candidate.score))

    def asked(self, terms: Sequence[Term], fits: Callable[[Operand], bool]) -> list[Operand]:
        """Return the figures of the very period asked for."""
        return self.of(terms, fits, period=self.question.period, stated=self.question.year_stated)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The words that name what is asked of, without amounts that the question gives and units it counts by."""
        return tuple(t for t in self.question.terms if not _OPERATION.fullmatch(t.text) and t not in self.undone)

    @property
    def years(self) -> list[Period]:
        """The periods whose years the question states, the earliest first."""
        return sorted({m.period for m in periods(self.text, Calendar(0)) if m.period.year > 0})

    @property
    def undone(self) -> tuple[Term, ...]:
        """The words of what is not done yet: 落地 in "还剩几项没落地"."""
        m = re.search(r"(?:没有?|未|尚未)(?P<act>[\u4e00-\u9fff]{1,4})[?？了呢]*$", self.text)
        return tuple(t for t in self.question.terms if m and t.text in m["act"] and not t.indicator)


# Words of a calculation, of amounts given and of what things are counted by: they name nothing.
_OPERATION = re.compile(
    r"\d.*|[百千]?[万亿].{0,4}(?<![级上下])|每.{0,2}|平均.{0,2}|距离|超额.*|超出"
    r"|增加了?|减少了?|增产|多出|共计|合计|相差|差距|差额|之差|缺口|剩余?|剩下"
    r"|现有|离|还差|全部|所有|总数|总量|整个|总额度|数量|倍数?|倒[推算]|推算|反推|折算|占|贡献|幅度|两[项者]|三[项者]"
)


def named(terms: Iterable[Term], beside: Iterable[Term], operand: Operand) -> float | None:
    """Return how well the words of a figure name `terms`, 0 to 1; None where they name something else."""
    close, around, before = operand.window, operand.around, operand.before
    total = held = own = 0.0
    for term in terms:
        here = match(term, close)
        level = max(here, _AROUND * match(term, around), _BEFORE * match(term, before))
        own = max(own, here)
        if (term.indicator and here < _HELD) or (term.ordinal and max(here, match(term, around)) < _HELD):
            return None
        weight = term.weight if term.critical or term.ordinal else 0.35 * term.weight
        total += weight
        held += weight * level
    if not total or own < _HELD or held < _ENOUGH * total:
        return None
    for term in beside:
        total += 0.5 * term.weight
        held += 0.5 * term.weight * match(term, close)
    return held / total


def is_of(terms: Sequence[Term], operand: Operand) -> bool:
    """Whether the figure is of the very thing: "出口总额" for 出口, not "进出口总额"."""
    name = operand.figure.indicator
    return any(name.lower() in t.forms or standard_name(t.text) == name for t in terms)


# "增产3877万吨": a change that is told by its verb alone
_CHANGED = re.compile(r"(?:增产|增收|增支|减产|减收|净增|多收)$")


def is_change(operand: Operand) -> bool:
    """Whether a figure tells how much something changed on the year before."""
    told = operand.figure.aspect == Aspect.YEAR_ON_YEAR.value
    return told or bool(_CHANGED.search(operand.clause[: operand.quantity.start]))


def value(operand: Operand) -> bool:
    return operand.figure.aspect in VALUES and not _BOUND.match(operand.clause[operand.quantity.end :])


def done(operand: Operand) -> bool:
    return value(operand) and operand.figure.aspect == Aspect.VALUE.value and operand.done


def planned(operand: Operand) -> bool:
    return value(operand) and not operand.done


def has_aspect(*aspects: Aspect) -> Callable[[Operand], bool]:
    return lambda operand: operand.figure.aspect in {a.value for a in aspects}


def in_place(operand: Operand) -> bool:
    """Whether the clause names the report's own place: "大兴区上榜129个"."""
    place = short_place(operand.figure.region)
    return bool(place) and place in operand.clause


def shorten(name: str) -> str:
    """Return a name without what leads to it: "其中", "全市", "力争"."""
    return re.sub(r"^(?:(?:其中|全[市省区县国]|同时|力争|确保|预计)[,:]?(?=.{2}))+", "", fold(name))


def is_ratio(operand: Operand) -> bool:
    return operand.dimension in (Dimension.PERCENT, Dimension.POINTS, Dimension.TIMES, Dimension.RANK)
