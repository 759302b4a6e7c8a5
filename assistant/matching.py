"""How well a clause, and what stands around it, holds the words of a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.question import Kind, Question, Term
from assistant.reading import Reading
from ingest.clauses import Clause
from ingest.language.indicators import indicators

# What a term found here is worth, against one found in the clause itself.
_SUBJECT, _SENTENCE, _ELSEWHERE, _HEADING, _PASSAGE, _SECTION, _ABOUT = 0.95, 0.8, 0.65, 0.8, 0.55, 0.5, 0.4
_BESIDE = 0.45
_ALIAS, _NARROWER, _LOOSE, _NEAR, _HINTED = 0.93, 0.85, 0.8, 0.75, 0.5


def match(term: Term, text: str) -> float:
    """Return how well folded, lower-case `text` holds `term`: 1 for the word itself, less for an alias or its parts."""
    if term.indicator:
        return _match_indicator(term, text)
    if _holds(term.forms[0], text):
        return 1.0
    if any(_holds(form, text) for form in term.forms[1:]):
        return _ALIAS
    best = _NEAR if any(_holds(form, text) for form in term.near) else 0.0
    if best < _HINTED and term.hint and term.hint in text:
        best = _HINTED
    return max(best, _match_parts(term, text))


def _match_parts(term: Term, text: str) -> float:
    word = term.forms[0]
    if not _HAN.fullmatch(word) or len(word) < 2:
        return 0.0
    if term.unknown and len(word) < 5 and word[0] in text and word[-1] in text and _abbreviates(word).search(text):
        return _ABBREVIATED
    if len(word) < 3:
        return 0.0
    if _loose(word).search(text):
        return _LOOSE
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    share = sum(pair in text for pair in pairs) / len(pairs)
    return 0.7 * share if share >= 0.5 else 0.3 * share


def _holds(form: str, text: str) -> bool:
    """Whether `text` holds `form`, never as a part of a longer number."""
    if form not in text:
        return False
    if not (form[0].isdigit() or form[-1].isdigit()):
        return True
    return re.search(rf"(?<![\d.]){re.escape(form)}(?!\d|\.\d)", text) is not None


def _match_indicator(term: Term, text: str) -> float:
    """Return how well `text` holds an indicator: by its own name, or by a longer one that narrows it ("城镇登记失业率"
    for 失业率), never by one that turns it into another ("人均地区生产总值" for 地区生产总值)."""
    if not any(form in text for form in term.forms):
        return _match_parts(term, text)
    own = text
    for other in _longer(term.forms):
        own = own.replace(other, " ")
    if term.forms[0] in own:
        return 1.0
    if any(form in own for form in term.forms[1:]):
        return _ALIAS
    for other in _longer(term.forms):
        if all(_TURNS.search(other.replace(form, "")) for form in term.forms if form in other):
            text = text.replace(other, " ")
    return _NARROWER if any(form in text for form in term.forms) else 0.0


# Words that make another indicator of the one that they stand beside.
_TURNS = re.compile(r"人均|单位|每万|万元|能耗|强度|占比|比重|指数|不良")


@lru_cache(maxsize=1024)
def _longer(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the longer names of other indicators that hold one of `forms`, longest first."""
    own = set(forms)
    held = (n for n in indicators().names if n not in own and any(f in n and len(f) > 1 for f in forms))
    return tuple(sorted((n for n in held if not any(n in f for f in forms)), key=len, reverse=True))


_HAN = re.compile(r"[\u4e00-\u9fff]+")


@lru_cache(maxsize=4096)
def _loose(word: str) -> re.Pattern[str]:
    """A pattern that lets two characters come between those of `word`: "隔离房" in "隔离用房"."""
    return re.compile("[^,。]{0,2}".join(map(re.escape, word)))


# How much of a sentence an abbreviation may leave out between two of its characters: "北交所" of 北京证券交易所.
_LEFT_OUT = 3
_ABBREVIATED = 0.7


@lru_cache(maxsize=4096)
def _abbreviates(word: str) -> re.Pattern[str]:
    """A pattern of what `word` may be short for: "拆违" for 拆除违法建设, "腾地" for 腾退土地."""
    return re.compile(f"[\u4e00-\u9fff]{{0,{_LEFT_OUT}}}".join(map(re.escape, word)))


class _Levels(dict[str, float]):
    """How well each text holds a term: what surrounds one clause surrounds its neighbours, and the passages of one
    question are looked at several times."""

    def __init__(self, term: Term) -> None:
        super().__init__()
        self._term = term

    def __missing__(self, text: str) -> float:
        self[text] = level = match(self._term, text)
        return level


@lru_cache(maxsize=64)
def _levels(term: Term) -> _Levels:
    """Return the levels of a term; those of the terms of the latest questions are kept."""
    return _Levels(term)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The weighted share of the question's terms that are held, 0 to 1: `whole` counts all that surrounds the clause,
    `near` only the clause, its subject, topic, sentence and run-in heading. `missing` are found nowhere near."""

    whole: float
    near: float
    missing: tuple[Term, ...]


class PassageMatch:
    """The terms of one question against one passage: what the passage lacks is looked for only once."""

    def __init__(self, question: Question, reading: Reading) -> None:
        self._question, self._reading = question, reading
        self._strict = question.kind is Kind.FIGURE
        self._beside = sum(t.indicator for t in question.terms) > 1
        self._total = sum(t.weight for t in question.terms) or 1.0
        self._levels = [_levels(t) for t in question.terms]
        self._present = [levels[reading.text] for levels in self._levels]
        self._around = [_around(levels, reading, p) for levels, p in zip(self._levels, self._present, strict=True)]

    @property
    def empty(self) -> bool:
        """Whether the passage holds none of the terms."""
        indicators = {f for t in self._question.terms if t.indicator for f in t.forms}
        measured = self._strict and any(f.indicator.lower() in indicators for own in self._reading.figures for f in own)
        return not measured and not any(self._present)

    def of(self, clause: Clause) -> Coverage:
        """Return the coverage of one clause."""
        whole = near = 0.0
        missing = []
        terms = zip(self._question.terms, self._levels, self._present, self._around, strict=True)
        for term, levels, present, around in terms:
            level, close = self._level(term, levels, clause, present, around)
            whole += term.weight * level
            near += term.weight * close
            if level < 0.3:
                missing.append(term)
        return Coverage(whole / self._total, near / self._total, tuple(missing))

    def _level(self, term: Term, levels: _Levels, clause: Clause, present: float, around: float) -> tuple[float, float]:
        if not present and not (self._strict and term.indicator):  # what the passage lacks no clause of it has
            outer = 0.0 if term.ordinal else 0.29 * around if self._strict and term.indicator else around
            return outer, 0.0
        level, close = _level(term, levels, self._reading, clause, around, self._strict)
        if self._beside and term.indicator and level < _BESIDE:
            # "拆违和腾地排第几": a number of the one, the other in its sentence
            level = max(level, _BESIDE * levels[self._reading.sentences[clause.index]])
        return level, close


def _around(levels: _Levels, reading: Reading, present: float) -> float:
    """Return the best level of a term in what surrounds every clause of the passage alike."""
    return max(
        _HEADING * levels[reading.heading],
        _PASSAGE * present,
        _SECTION * levels[reading.section],
        _ABOUT * levels[reading.about],
    )


def _level(
    term: Term, levels: _Levels, reading: Reading, clause: Clause, around: float, strict: bool
) -> tuple[float, float]:
    """Return the level of a term for a clause, with and without what surrounds its sentence.

    Where a number is asked for (`strict`), an indicator named elsewhere in the sentence is another number's:
    "技术合同成交额达158.5亿元,研发费用同比增长70.8%".
    """
    level = levels[reading.own[clause.index]]
    if level < _SUBJECT and not clause.own_subject:
        level = max(level, _SUBJECT * levels[clause.subject.lower()])
        level = max(level, 0.9 * levels[reading.own[clause.subject_clause]])
    if term.ordinal:
        return level, level
    if level < _SUBJECT:
        level = max(level, _SUBJECT * levels[reading.leads[clause.index]])
    heading = _HEADING * levels[reading.heading]
    topic = _SENTENCE * levels[reading.topics[clause.index]]
    if strict and term.indicator:
        measured = any(f.indicator.lower() in term.forms for f in reading.figures[clause.index])
        level = max(level, topic, heading, _ALIAS if measured else _divided(term, reading, clause))
        return max(level, 0.29 * around), level
    if level < _SENTENCE:
        level = max(level, topic, (_ELSEWHERE if strict else _SENTENCE) * levels[reading.sentences[clause.index]])
    level = max(level, heading)
    return max(level, around), level


def _divided(term: Term, reading: Reading, clause: Clause) -> float:
    """Return the level of an indicator whose name the sentence divides: "粮食连续五年增产,总产量10570亿斤"."""
    before = f"{clause.subject} {reading.topics[clause.index]}".lower()
    return _NARROWER if _is_divided(term.forms, before, reading.own[clause.index]) else 0.0


@lru_cache(maxsize=8192)
def _is_divided(forms: tuple[str, ...], before: str, own: str) -> bool:
    for form in forms:
        for k in range(2, len(form) - 1):
            head, tail = form[:k], form[k:]
            if tail in own and ((own.startswith(tail) and head in before) or _shares(head, tail).search(own)):
                return True
    return False


@lru_cache(maxsize=4096)
def _shares(head: str, tail: str) -> re.Pattern[str]:
    """A pattern of a name whose end is said once for several: "大豆、蔬菜播种面积"."""
    return re.compile(rf"{re.escape(head)}[、和][^,。\d]{{1,16}}?{re.escape(tail)}")


def focus(question: Question, reading: Reading, clause: Clause) -> float:
    """Return the share of the clause's character pairs that the question names: 1 where it says nothing else."""
    own = reading.own[clause.index]
    if not clause.own_subject:
        own += "," + reading.own[clause.subject_clause]
    own = re.sub(r"[\d.%]+", "", own)
    pairs = [own[i : i + 2] for i in range(len(own) - 1)]
    if not pairs:
        return 0.0
    asked = "|".join(form for term in question.terms for form in term.forms)
    return sum(pair in asked for pair in pairs) / len(pairs)
