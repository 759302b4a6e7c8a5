"""Evidence -> the words of an answer: the clause that holds what was asked, with the subject it leaves unsaid."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.evidence import Candidate
from assistant.question import Kind, Question
from assistant.reading import Reading
from assistant.scope import is_zone
from assistant.slots import WHY
from ingest.clauses import Clause
from ingest.language.folding import fold
from ingest.language.periods import parse_label
from ingest.language.statuses import Status
from ingest.report import Figure

DIRECT = 80
"""Characters that a direct answer may have; the contract allows 90."""
LONG = 240


_NUMBER = re.compile(r"(?<![\d.])\d+(?:,\d{3})*(?:\.\d+)?(?![\d]|\.\d)")


def numbers(text: str) -> list[str]:
    """Return the numbers of `text`, whole: "150" holds no "50", "1.5" no "5"; thousands separators are dropped."""
    return [m.replace(",", "") for m in _NUMBER.findall(fold(text))]


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of the answer and the stretch of the passage, `start:end`, that proves them."""

    text: str
    candidate: Candidate
    start: int
    end: int


def statement(question: Question, best: Candidate, *, sure: bool = True) -> Statement:
    """Return what the best candidate says in answer to the question; where it is not `sure` which number of a clause is
    meant, the whole clause is said."""
    if best.figure is not None:
        if _EACH.search(question.standalone) and (whole := _all_of_sentence(best)) is not None:
            return whole
        return _figure_statement(question, best, sure and not question.wide)
    return _text_statement(question, best, LONG if question.kind is Kind.LIST or question.wide else DIRECT)


# "每批多少村", "分类型给下数目": all that a sentence counts is asked for
_EACH = re.compile(
    r"每(?:批|期|类|种|项|年|月|级|档)(?!平)|各(?:是|有|为|多少|几|占|自|批|类|项)|分(?:别|开|类型?|项|批)"
    r"|几[笔类种档批](?=.{0,6}(?:额|数|钱|多少|分别))|(?:数字|数目|两个数|三个数)都?[给列报]"
)


def _all_of_sentence(best: Candidate) -> Statement | None:
    """Return the whole sentence of a figure, where it states others of the same kind and is short."""
    same = [c for c in best.reading.clauses if c.sentence == best.clause.sentence and not c.depth]
    figures = [f for c in same for f in best.reading.figures[c.index]]
    alike = [f for f in figures if best.figure and (f.aspect, f.unit) == (best.figure.aspect, best.figure.unit)]
    if len(alike) < 2 or not same:
        return None
    within = [c for c in same if any(f in alike for f in best.reading.figures[c.index])]
    start, end = within[0].start, within[-1].end
    if end - start > _SENTENCE_MOST:
        return None
    return Statement(_trimmed(best.reading.passage.text[start:end]), best, start, end)


_SENTENCE_MOST = 140


def _figure_statement(question: Question, best: Candidate, alone: bool) -> Statement:
    """Return the clause of a figure, its subject put before it where the clause leaves it unsaid."""
    clause, reading = best.clause, best.reading
    first = reading.clauses[clause.subject_clause] if not clause.own_subject else clause
    body = _trimmed(_item(clause, best.figure) if best.figure and alone else clause.text)
    if clause.subject and not clause.own_subject:
        body = _spoken_subject(clause, reading) + body
    elif clause.own_subject and len(body) < 14 and clause.index and not clause.depth:
        body = _with_lead(reading, clause, body)
    zone = best.figure.scope if best.figure is not None else ""
    lead = reading.leads[clause.index]
    if is_zone(zone) and lead == fold(zone).lower() and zone not in body and len(body) + len(zone) < DIRECT:
        body = f"{zone},{body}"
    prefix = _period_prefix(question, best, body)
    if len(prefix + body) > DIRECT + 8:
        prefix = ""
    opening = (
        next((c.index for c in reading.clauses if c.sentence == clause.sentence), clause.index)
        if zone in body and is_zone(zone)
        else clause.index
    )
    return Statement(
        f"{prefix}{body}", best, _quote_start(reading, min(first.index, clause.index, opening)), clause.end
    )


def _quote_start(reading: Reading, index: int) -> int:
    """Return where the quote of a clause starts: with the period that opens it, "上半年,固定资产投资…"."""
    clause = reading.clauses[index]
    if index:
        before = reading.clauses[index - 1]
        if before.sentence == clause.sentence and not before.quantities and before.mentions and len(before.text) <= 12:
            return before.start
    return clause.start


def _item(clause: Clause, figure: Figure) -> str:
    """Return the item of an enumeration that the figure stands in: "食品价格上涨7.7%、烟酒价格上涨2.7%、…".

    The items of a clause share what follows the last of them ("194个在建工程、300家工业企业…实现复工复产"): such a
    clause is kept whole. Of "粮食、大豆播种面积分别达到12.3万亩、1.24万亩" the number is said of its own noun.
    """
    text = clause.text
    if len(clause.quantities) < 2:
        return text
    if "分别" in text:
        return f"{figure.indicator}{_shared_verb(text)}{figure.text}" if figure.indicator not in text else text
    if len(text) - clause.quantities[-1].end > _TAIL:
        return text
    at = figure.start - figure.clause_start
    start = max(text.rfind("、", 0, at), text.rfind("和", 0, at)) + 1
    stop = min((i for i in (text.find("、", at), text.find("和", at)) if i >= 0), default=len(text))
    item = text[start:stop]
    return item if at - start >= 4 else text


# Characters behind the last number of a clause that are no more than what it counts.
_TAIL = 1


def _shared_verb(text: str) -> str:
    m = re.search(r"分别(?:约|超)?(达到|达|为|增长|下降|是)", fold(text))
    return m[1] if m else ""


def _trimmed(text: str) -> str:
    """Return a clause without the connective it opens with and with its brackets and quotes whole."""
    text = re.sub(
        r"^(?:其中|同时|此外|并且|并|且|而且|也|还|以及|即|[一二三四五六七八九十]是)[,、:]?(?=.{4})",
        "",
        fold(text).strip(" 、,;:"),
    )
    for left, right in ("“”", "()", "《》"):
        if text.count(left) > text.count(right):
            text = text + right if text.rfind(left) < len(text) - 1 else text.rstrip(left)
        elif text.count(right) > text.count(left):
            text = left + text
    return text


def _spoken_subject(clause: Clause, reading: Reading) -> str:
    """Return the subject as the report words it, with what narrows it: "“服务包”企业累计形成地方级财政收入"."""
    first = reading.clauses[clause.subject_clause]
    text = first.text
    at = fold(text).find(clause.subject)
    if at < 0:
        return clause.subject
    stop = at + len(clause.subject)
    begin = max((m.end for m in first.mentions if m.end <= at), default=0)
    narrows = _PREDICATES.sub("", fold(text)[begin:at])
    if len(re.findall(r"[\u4e00-\u9fff]", narrows)) > 1 and stop - begin <= _SUBJECT_MOST:
        return _trimmed(text[begin:stop])
    return text[at:stop]


_SUBJECT_MOST = 30
# Words before a subject that do not narrow it: "其中", "全区", "完成地方级财政收入".
_PREDICATES = re.compile(
    r"其中|同时|全[国省市区县]|我[国省市区县]|完成|实现|达到|累计|预计|力争|确保|新增|共|年|的|和|[、,“”\"]"
)


def _with_lead(reading: Reading, clause: Clause, body: str) -> str:
    """Put a short opening clause of the same sentence before a short clause: "临空区,新增企业532家"."""
    before = reading.clauses[clause.index - 1]
    states = before.quantities or before.mentions or re.search(r"\d", before.text)
    named = reading.leads[clause.index] == reading.own[before.index]
    if before.sentence != clause.sentence or states or not named:
        return body
    return f"{_trimmed(before.text)},{body}"


def _period_prefix(question: Question, best: Candidate, body: str) -> str:
    """Return the period of the figure where the clause leaves it unsaid: "上半年,". No year is written that the cited
    passage does not state, unless the question states it."""
    figure = best.figure
    if figure is None or best.clause.mentions:
        return ""
    planned = figure.status == Status.PLANNED.value and best.clause.section_status is Status.PLANNED
    period = parse_label(figure.period)
    stated = numbers(f"{question.said or question.standalone}|{best.reading.text}")
    if period is None or (
        period.year != period.last // 12 and not {str(period.year), str(period.last // 12)} <= set(stated)
    ):
        return "按计划," if planned else ""
    year = f"{period.year}年"
    label = figure.period if figure.period.startswith(year) else figure.period.replace(str(period.year), year, 1)
    if str(period.year) not in stated:
        label = label.removeprefix(year)
    if planned:
        return f"{label}计划:" if label else "全年计划:"
    return f"{label}," if label else ""


def _text_statement(question: Question, best: Candidate, limit: int) -> Statement:
    """Return the clause and as many of its neighbours in the sentence as the answer needs and `limit` allows."""
    reading, clause = best.reading, best.clause
    same = [c for c in reading.clauses if c.sentence == clause.sentence]
    first = last = next(i for i, c in enumerate(same) if c.index == clause.index)
    whole = sum(len(c.text) + 1 for c in same)
    lead = reading.leads[clause.index]
    if lead and lead in fold(question.standalone).lower() and not question.numeric and whole <= LONG:
        limit = max(limit, 2 * whole)  # asked what became of it: all that the sentence says of it
    listing = re.search(r"[、和及]|》《|”“", clause.text) or question.kind is not Kind.LIST
    if whole <= (max(110, limit // 2) if limit > DIRECT and not listing else 48):
        first, last = 0, len(same) - 1
    else:
        first, last = _grown(question, same, first, limit)
    if WHY.search(question.standalone) and whole <= _SENTENCE_MOST + 20:
        first, last = 0, len(same) - 1  # a cause mostly stands in another clause than what it brings about
    start, end = same[first].start, same[last].end
    text = _trimmed(reading.passage.text[start:end])
    subject = same[first]
    opener = reading.leads[clause.index]
    if opener and opener not in fold(text).lower() and opener not in fold(question.standalone).lower():
        led = next(c for c in same if reading.own[c.index] == opener)
        return Statement(f"{led.text}:{text}", best, led.start, end)
    if _joins(text) and subject.subject and subject.subject not in text and len(text) + len(subject.subject) < limit:
        text = _spoken_subject(subject, reading) + text
    return Statement(text, best, start, end)


def _joins(text: str) -> bool:
    return bool(re.match(r"同比|环比|增长|下降|排名|位居|占|达|为|高于|低于", text))


def _grown(question: Question, same: list[Clause], at: int, limit: int) -> tuple[int, int]:
    """Widen from clause `at` to the neighbours that hold more of the question, nearest first."""
    first = last = at
    texts = [fold(c.text).lower() for c in same]
    seen = texts[at]
    size = len(texts[at])
    for step in (1, -1, 2, -2, 3, -3):
        i = at + step
        if not 0 <= i < len(same) or (i not in (first - 1, last + 1)):
            continue
        adds = any(f in texts[i] and not any(g in seen for g in t.forms) for t in question.terms for f in t.forms)
        short = size < 16
        if (adds or short) and size + len(texts[i]) + 1 <= limit:
            first, last = min(first, i), max(last, i)
            seen += texts[i]
            size += len(texts[i]) + 1
    if question.kind in (Kind.TEXT, Kind.LIST):  # what comes next mostly goes on with it, what comes before leads to it
        for i in (last + 1, first - 1):
            if 0 <= i < len(same) and size + len(texts[i]) + 1 <= min(limit, DIRECT):
                first, last = min(first, i), max(last, i)
                size += len(texts[i]) + 1
    return first, last
