"""Text (+ history) -> Question: what is asked for, of what, when and where. No model is needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from assistant.answer import Turn
from assistant.followup import Continued, alternatives, continued, dangles, elaborated, lightened
from assistant.manners import MANNERS, manner_of
from assistant.parts import parts
from assistant.question import Hole, Kind, Question
from assistant.scope import Scope
from assistant.sharing import written_apart
from assistant.slots import WIDE, asks_both, hole_of, kind_of, status_asked
from assistant.terms import TermReader
from assistant.vocabulary import Vocabulary
from assistant.wording import named as spoken
from assistant.wording import plain, provinces_spelt, translate, without_padding, written_out
from ingest.language.aspects import Aspect, asked_aspects, asks_target
from ingest.language.folding import fold
from ingest.language.periods import Calendar, Period, PeriodMention, months, periods
from ingest.language.quantities import quantities
from ingest.language.statuses import Status
from ingest.language.units import Dimension
from ingest.places import NATION, short_place

_HISTORY = 6
_CONVERSATIONS = 1024
# What the first way of reading a follow-up is ahead of the others, and how likely it must be to be taken unasked.
_FIRST, _SURE = 0.15, 0.8
_LIKELY = 0.5


@dataclass(frozen=True)
class Understanding:
    """What the reports bring to a question: their words, their places, their calendar."""

    vocabulary: Vocabulary
    scope: Scope
    promise: Callable[[Question], float] = lambda question: 0.0
    """How likely the reports answer a question, 0 to 1: of several ways to read a follow-up the likeliest is meant."""

    @cached_property
    def _before(self) -> Callable[[tuple[str, ...]], tuple[Question, ...]]:
        """The questions of the turns before: each turn of a conversation is read once."""
        return lru_cache(maxsize=_CONVERSATIONS)(self._read_before)

    @cached_property
    def _reader(self) -> TermReader:
        return TermReader(self.vocabulary)

    def understand(self, text: str, history: Sequence[Turn] = ()) -> list[Question]:
        """Return the questions that `text` asks after the user's earlier turns, at least one."""
        earlier = self._before(tuple(t.content for t in history if t.role == "user")[-_HISTORY:])
        said = "|".join([*(t.content for t in history if t.role == "user"), text])
        return [replace(one, said=said) for question in self._texts(text, earlier) for one in spread(question)]

    def read(self, text: str) -> Question:
        """Return `text` as a question that stands alone, unspread."""
        return self._alone(text, ())

    def _read_before(self, turns: tuple[str, ...]) -> tuple[Question, ...]:
        earlier = self._before(turns[:-1]) if turns else ()
        if not turns:
            return ()
        asked = self._texts(turns[-1], earlier)
        return (*earlier, *(q for q in asked if q.kind not in MANNERS))  # "谢谢" changes no subject

    def _texts(self, text: str, earlier: Sequence[Question]) -> list[Question]:
        if (manner := manner_of(fold(plain(text)), follows=bool(earlier))) is not None:
            return [Question(text.strip(), text.strip(), manner)]
        asked = _without_exclusions(_ASIDE.sub("", without_padding(plain(text))))
        if asks_both(fold(asked)):
            return [self._next(asked, earlier)]
        questions: list[Question] = []
        for part in self._meant(parts(asked)):
            question = self._next(part, [*earlier, *questions])
            questions.append(elaborated(question, questions[-1]) if questions else question)
        return questions

    def _meant(self, pieces: Sequence[str]) -> list[str]:
        """Return the pieces of a text that ask something, those that name nothing joined to the one before:
        "怎么跌得这么惨,背后什么因素"."""
        meant: list[str] = []
        for piece in [p for p in pieces if manner_of(fold(p), follows=True) is None] or pieces:  # "谢谢" aside
            if meant and not (read := self._alone(piece, ())).terms and not (read.aspects or read.target):
                meant[-1] += f",{piece}"
            else:
                meant.append(piece)
        return meant

    def _next(self, text: str, earlier: Sequence[Question]) -> Question:
        """Read one question; what it leaves open it takes from the `earlier` ones."""
        inherited = earlier[-1].places if earlier else ()
        alone = self._alone(text, inherited)
        if not earlier:
            return alone
        others = alternatives(alone, earlier)
        for pair in (o for o in others if o.pair):
            if self.promise(read := self._taken(pair, alone, inherited)) >= _LIKELY:
                return read
        first = continued(alone, earlier, self.scope.calendar(alone.places or inherited))
        question = self._taken(first, alone, inherited) if first is not None else alone
        best = self.promise(question) + _FIRST
        if best >= _SURE:
            return question
        for other in [*(o for o in others if not o.pair), *([None] if first is not None and first.carried else [])]:
            read = self._taken(other, alone, inherited) if other is not None else alone
            likely = self.promise(read)
            if likely > best:
                question, best = read, likely
        return question

    def _taken(self, takes: Continued, alone: Question, inherited: Sequence[str]) -> Question:
        question = lightened(self._alone(takes.text, inherited), alone, takes)
        return replace(question, pair=takes.pair)

    def _alone(self, text: str, inherited: Sequence[str]) -> Question:
        asked = without_padding(self.vocabulary.corrected(written_out(self._localised(spoken(translate(plain(text)))))))
        asked = written_apart(fold(provinces_spelt(asked)), self.vocabulary.names)
        folded = fold(asked)
        places = self.scope.places_of(folded)
        found = periods(folded, self.scope.calendar(places or inherited))
        titles = _reports_named(folded, found)
        if titles:  # "2016年的报告说去年": seen from that report
            found = periods(folded, Calendar(titles[0].period.year))
            titles = _reports_named(folded, found)
            found = [next((t for t in titles if t.start == m.start), m) for m in found]
        mentions = tuple(m for m in found if m not in titles and not _is_base(folded, m))
        if not mentions and titles and (asks_target(folded) or status_asked(folded) is Status.PLANNED):
            mentions = tuple(titles)  # what a report plans it plans for its own year
        both, named = asks_both(folded), asked_aspects(folded)
        if not both:
            mentions = _narrowest(folded, mentions)
        national = NATION in places and not _MEAN.search(folded)  # "全国" is whose figure is asked for
        several = max(len(places), len({m.period for m in found if m not in titles})) > 1
        if national or (several and not _AVERAGE.search(folded)):
            # "清河区和和平区增速差几个百分点": apart from each other
            named = tuple(a for a in named if a is not Aspect.AGAINST_AVERAGE)
        hole = hole_of(folded, named)
        terms = self._reader.read(folded, found, places)
        if hole.dimension is Dimension.COUNT and not hole.unit and any(t.indicator for t in terms):
            hole = Hole()  # "完成额和总数各列一下": a number of an indicator, whatever it is measured in
        aspects = _fitting(folded, _asked_for(folded, named), hole.dimension)
        question = Question(
            text=text.strip(),
            standalone=asked,
            kind=Kind.TEXT,
            terms=terms,
            aspects=aspects,
            hole=hole,
            period=_common_year(mentions) if both else mentions[0].period if mentions else None,
            year_stated=any(m.year_stated for m in mentions) if both else bool(mentions) and mentions[0].year_stated,
            report_year=titles[0].period.year if titles else 0,
            report_text=titles[0].text if titles else "",
            base=next((m.period for m in found if m not in mentions and m not in titles), None),
            periods=tuple(dict.fromkeys((m.period, m.year_stated) for m in mentions)),
            period_texts=tuple(dict.fromkeys(m.text for m in mentions if m not in titles)),
            places=places,
            status=status_asked(folded),
            target=asks_target(folded),
            both=both,
            numeric=bool(aspects or hole.dimension or quantities(folded)),
            wide=WIDE.search(folded) is not None,
        )
        return replace(question, kind=kind_of(folded, question), dangling=dangles(folded, question))

    def _localised(self, text: str) -> str:
        """Return `text` with Latin spellings of the reports' places in Chinese: "Daxing" -> "大兴"."""
        for word in re.findall(r"[A-Za-z]{4,}", text):
            place = self._latin_places.get(word.lower())
            text = text.replace(word, place) if place else text
        return text

    @cached_property
    def _latin_places(self) -> dict[str, str]:
        from pypinyin import lazy_pinyin

        return {"".join(lazy_pinyin(name)): name for name in map(short_place, self.scope.regions)}


# "(已完成的不用说)": what is not asked
_ASIDE = re.compile(r"\([^()]*(?:不用|不要|不算|除外|不含|不说)[^()]*\)")


# "(不是一季度)": a period that is not meant
_NOT_THEN = re.compile(r"[(,]\s*(?:不是|不要|不含|除了|别拿)[^,。()]{1,8}(?:季度|半年|月份?|年)(?:的|数据|数)?[)]?")
# "PM2.5不问了,问森林覆盖率": only what follows is asked
_DROPPED = re.compile(
    r"^[^,。;!?]{1,24}(?:不问了?|就不说了|先不管"
    r"|不用说了?)[,。;!]?\s*(?:我?(?:想|要|就)?问(?:一下|下)?的?(?:是)?)?(?=.{4})"
)
# "(不是目标)", "不是目标数": the other status is asked
_NOT_THE_GOAL = re.compile(
    r"[(,。?]?\s*(?:不是|不要|别给我?|不问|并非|而不是)(?:目标|计划|任务|预期|规划)[数值]?的?[)]?"
)
_NOT_THE_RESULT = re.compile(
    r"[(,。?]?\s*(?:不是|不要|别给我?|不问|并非|而不是)(?:实际|完成|现在的?)(?:完成)?[数值]?的?[)]?"
)


def _without_exclusions(text: str) -> str:
    """Return a question without what it says it does not ask.

    >>> _without_exclusions("森林覆盖率现在多少(不是目标)")
    '森林覆盖率现在多少,实际'
    """
    text = _NOT_THEN.sub("", _DROPPED.sub("", text))
    return _NOT_THE_RESULT.sub(",目标", _NOT_THE_GOAL.sub(",实际", text))


def _common_year(mentions: Sequence[PeriodMention]) -> Period | None:
    """Return the year that the actual and the planned are asked of, None where none is stated."""
    stated = next((m.period for m in mentions if m.year_stated), None)
    return months(stated.year, 1, 12) if stated is not None else None


def _beside(folded: str, one: PeriodMention, other: PeriodMention) -> bool:
    """Whether two periods are listed side by side: "一季度和上半年"."""
    between = folded[min(one.end, other.end) : max(one.start, other.start)]
    return bool(re.fullmatch(r"份?的?[和与跟、及]", between))


def _narrowest(folded: str, mentions: Sequence[PeriodMention]) -> tuple[PeriodMention, ...]:
    """Return the periods without those that only say in what longer one another lies: "上半年社零6月环比"."""
    return tuple(
        m
        for m in mentions
        if not any(o is not m and o.period != m.period and m.period.contains(o.period) for o in mentions)
    )


def spread(question: Question) -> list[Question]:
    """Return one question for each place, else for each period, that a question asks of side by side."""
    if len(question.places) > 1 and not question.both:
        if question.kind is Kind.YES_NO and _sets_apart(question):
            question = replace(question, kind=Kind.FIGURE)  # "上海增速超过北京了吗": a figure of each tells it
        return [replace(question, places=(place,), spread=short_place(place)) for place in question.places]
    if len(question.periods) > 1 and len({p.year for p, _ in question.periods}) > 1 and not question.base:
        return _each_year(question)
    if len(question.periods) > 1 and not question.both and (question.wide or question.base is None):
        return [
            replace(question, period=p, year_stated=stated, periods=((p, stated),)) for p, stated in question.periods
        ]
    return [question]


_THAN = r"(?:比|超过?了?|[高低快慢多少大小]于|赶[上超]了?|追上了?)"


def _sets_apart(question: Question) -> bool:
    """Whether the figures of two places are set against each other: "增速超过北京了吗", "目标比北京高吗"."""
    if not (question.aspects or question.target) or not any(t.indicator for t in question.terms):
        return False
    return re.search(f"{_THAN}(?:{'|'.join(map(re.escape, question.places))})", fold(question.standalone)) is not None


_AVERAGE = re.compile(r"平均|均值|全[国省市区县]")
_MEAN = re.compile(r"平均|均值")


_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAID = 1


def _each_year(question: Question) -> list[Question]:
    """Return what is asked of each of several years: what is planned where a year is named with a plan ("2025年实际、
    2026年目标"), else what was asked of all."""
    text = fold(question.standalone)
    at = [text.find(said) for said in question.period_texts]
    stops = [*at[1:], len(text)]
    named = [text[a:b] for a, b in zip(at, stops, strict=True)] if sorted(at) == at and -1 not in at else []
    plans = [bool(asks_target(part) or status_asked(part) is Status.PLANNED) for part in named]
    said = [_HAN.findall(part) for part in named]  # "2017、2022两年的目标": the first says nothing of its own
    spoken = all(plan or len(words) > _SAID for plan, words in zip(plans, said, strict=True))
    mixed = len(plans) == len(question.periods) and len(set(plans)) == 2 and spoken
    found = []
    for n, (period, stated) in enumerate(question.periods):
        one = replace(
            question,
            both=False,
            wide=False,
            period=period,
            year_stated=stated,
            periods=((period, stated),),
            alike=n > 0,
        )
        if mixed:
            one = replace(one, target=plans[n], status=Status.PLANNED if plans[n] else Status.DONE)
        found.append(one)
    return found


def _reports_named(folded: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """Return the years that name a report, not a period asked for, with the words that do: "2003年总理报告"."""
    whole = (m for m in mentions if m.period.last - m.period.first == 11)
    named = ((m, _REPORT.match(folded, m.end)) for m in whole)
    return [replace(m, end=r.end(), text=folded[m.start : r.end()]) for m, r in named if r is not None]


# Not "年度报告", "2016年经济运行的报告"
_REPORT = re.compile(
    r"(?:的|那[份个]|度)?(?:[\u4e00-\u9fff]{0,4}(?:政府工作|总理|国务院|两会|人大|中央|政府))?(?:工作)?(?:报告|公报)(?:里面?|中|上)?"
)


def _is_base(folded: str, mention: PeriodMention) -> bool:
    """Whether a period is only compared with: "去年同期", "比5月份"."""
    if re.match(r"同期|相?比(?!\s*(?:19|20)\d\d)", folded[mention.end :]):
        return True
    if mention.year_stated and _YEAR_BEFORE.search(folded[: mention.start]):
        return False  # "2014年比2013年高还是低" asks of both
    planned = re.match(r"的?(?:目标|任务|计划|预期)", folded[mention.end :])  # "比今年的目标多": asked of as well
    return not planned and bool(re.search(r"[比较于](?:的)?$", folded[: mention.start]))


_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d年[^,。?]{0,8}[比较]$")
# "比去年多几天": the change itself is asked for, in the unit of what changed
_AGAINST_LAST_YEAR = re.compile(r"[比较](?:去年|上年)(?:同期)?(?:[多少增减]|高|低|延长|缩短)|同比")
_QUALIFIED = (Aspect.RANK, Aspect.AGAINST_AVERAGE, Aspect.AGAINST_TARGET)


def _asked_for(folded: str, aspects: tuple[Aspect, ...]) -> tuple[Aspect, ...]:
    """Return the aspects without a growth that only says whose rank or lead is meant: "增速全市第几"."""
    if not set(aspects) & set(_QUALIFIED) or re.search(
        r"(?:增速|增长|同比)[^,。]{0,6}[和、,及]|[和、,及][^,。]{0,8}(?:增速|增长|同比)", folded
    ):
        return aspects
    return tuple(a for a in aspects if a is not Aspect.YEAR_ON_YEAR)


def _fitting(folded: str, aspects: tuple[Aspect, ...], dimension: Dimension | None) -> tuple[Aspect, ...]:
    """Return the aspects that a number of the dimension asked for can have: "增加了多少个学位" asks for no rate."""
    if dimension in (None, Dimension.PERCENT, Dimension.POINTS, Dimension.RANK) or _AGAINST_LAST_YEAR.search(folded):
        return aspects
    return tuple(a for a in aspects if a not in (Aspect.YEAR_ON_YEAR, Aspect.MONTH_ON_MONTH))
