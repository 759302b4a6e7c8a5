"""What a question is about, in its own words, and what of it a later turn takes over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.followup.contrasts import without_contrasts
from assistant.question import Question
from assistant.terms import SLOT_WORDS
from ingest.language.folding import fold
from ingest.language.quantities import quantities
from ingest.language.statuses import Status


def segments(question: Question) -> list[str]:
    """Return the stretches of a question that name what it is about, without period, place and interrogatives.

    "临空区新增企业多少家" -> ["临空区新增企业"]
    """
    text = fold(question.standalone)
    return [text[a:b] for a, b in spans(question, text)]


def subject_text(question: Question) -> str:
    return "".join(segments(question))


def spans(question: Question, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the segments stand in `text`, half-open; `text` is the question, folded."""
    named = [t.text for t in question.terms if t.critical or t.ordinal] or [t.text for t in question.terms]
    masked = text.lower()
    for slot in filter(None, (question.report_text, *question.period_texts, *question.places)):
        masked = re.sub(rf"{re.escape(slot.lower())}{_OPENS_NAME}", "\0" * len(slot), masked)
    for words in (SLOT_WORDS, _ASKING):
        masked = words.sub(lambda m: "\0" * len(m[0]), masked)
    for q in quantities(text):
        if not any(q.text in n for n in named):
            masked = masked[: q.start] + "\0" * (q.end - q.start) + masked[q.end :]
    for m in re.finditer(r"[^\0,,。?？!;;:()\s]+", masked):
        stretch = _EDGES_RIGHT.sub("", m[0])
        left = len(stretch) - len(_EDGES_LEFT.sub("", stretch))
        stretch = stretch[left:]
        if any(n in stretch for n in named):
            yield m.start() + left, m.start() + left + len(stretch)


# "大兴|经开区": a place that opens a longer name is a part of it
_OPENS_NAME = r"(?!(?:国际)?(?:经开|开发|高新|临空|新城|机场|示范|经济))"
# What asks and does not name: "国家定的CPI|目标|", "CPI|涨了|多少", "|引进|多少企业"
_ASKING = re.compile(
    r"(?:排|在)?全[市国省区县](?=\0|$)|(?:年度|全年|预期|今年)?(?:的)?(?:目标|任务(?!清单)|指标(?!体系)|预期)(?:数|值"
    r"|量)?|(?:国家|中央|政府|总理)?(?:定下?|安排|制定|提出|下达)的|[涨跌降升]了?"
    r"|(?:新增|新建|引进|落地|投运|完成|实现|达到|建成|办理|发放|销账|储备|培育|改造了|开工了|引入)了?(?=[\0多几]|$)"
)
_EDGES_RIGHT = re.compile(
    r"(?:完成|实现|达到?|有|是|为|共|大概|大约|约|的|了|要|到|得|在"
    r"|和|与|跟|做|能|会|又|多|呢|吗|一共|总共|计划|打算|准备)+$"
)
_EDGES_LEFT = re.compile(r"^(?:的|了|在|请问|那么?|还有|要|是|有|其中|咱们?|我们?|区里|市里|省里|个|家|项)+")


def head(before: Question, old: str) -> str:
    """Return the noun that a subject ends with: "财政收入" of "地方级财政收入"."""
    indicator = next((t for t in before.terms if t.indicator), None)
    if indicator is not None and (m := re.search(r"(?:财政)?(?:收入|支出|投资|增加值|产值|余额|额)$", indicator.text)):
        return m[0]
    nouns = [t.text for t in before.terms if t.critical]
    return nouns[-1] if nouns else old


def entity(before: Question) -> str:
    """Return the place or body that a subject opens with, where it has more parts than that: "大兴经开区"."""
    found = segments(before)
    m = _ENTITY.match(found[0]) if found else None
    place = "".join(p for p in before.places if m and not m[0].startswith(p) and p + m[0] in fold(before.standalone))
    return place + m[0] if m and (len(found) > 1 or m.end() < len(found[0])) else ""


# "大兴经开区", "商业航天基地", "首都医科大学"
_ENTITY = re.compile(
    r"[^,。]{0,12}?(?:经开区|高新区|自贸区|综保区|临空区)"
    r"|[^,。]{2,12}?(?:开发区|示范区|度假区|新区|基地|园区|产业园|医院|学校|大学|公司|集团|中心|街道|机场)"
)


def carried_subject(before: Question, question: Question, own: str) -> str:
    """Return the subject before, without what the new turn puts something of the same sort in the place of: 金融业
    where it names 建筑业."""
    subject = without_contrasts(subject_text(before), own)
    named = [t.text for t in question.terms if t.critical and len(t.text) > 1]
    for old in (t.text for t in before.terms if t.critical and len(t.text) > 1):
        if any(new[-1] == old[-1] and new not in old and old not in new for new in named):
            subject = subject.lower().replace(old, "")
    return subject


def shared_slots(question: Question, before: Question, named: str = "") -> str:
    """Return the place and the period that a turn leaves open and the question before named, as they were worded;
    without a place that what is `named` opens with."""
    text = fold(before.standalone)
    place = "" if question.places else "".join(p for p in before.places if p in text and not named.startswith(p))
    said = "" if question.periods else "".join(before.period_texts)
    report = "" if question.report_year or (question.periods and before.places) else before.report_text
    if report and before.target and question.status is Status.DONE:
        report = f"{before.report_year}年"  # what was done in the year whose report set the target
    return f"{report}{place}{said}"
