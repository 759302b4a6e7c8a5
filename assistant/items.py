"""Several things asked of in one question: "社零额和批零商品销售额哪个大" asks of each of the two.

The things are what stands on both sides of a conjunction; what follows the last of them behind 的 is said of all
("第一批和第三批的村子数量"), what opens the first may be ("居民垃圾分类参与率和投放率").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.question import Question, Term
from ingest.language.folding import fold

_JOINT = re.compile(r"[、和与及跟或]|还是|以及|对比|对照")
_BREAK = re.compile(r"[,，。?？!;；:：()]")
# What says that several things are asked of.
_SEVERAL = re.compile(
    r"分别|各|哪个|哪项|哪笔|哪边|哪种|谁更|都(?:是|有|给|报|说|列)|一起|两个|俩|两者|两项|两笔"
    r"|两种|三个|三项|三笔|几个?数|数字|给出|列|比|对照|差别|差异|区别|多还是|还是|[每逐][个项批]"
)
_HEADS = 0.7
_OPENS = 0.45


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A stretch between conjunctions with the terms in it; `head` are those behind its last 的."""

    terms: tuple[Term, ...]
    head: tuple[Term, ...]


def items(question: Question) -> list[Question]:
    """Return one question for each thing that a question asks of side by side, [] where it asks of one."""
    text = fold(question.standalone).lower()
    if not _SEVERAL.search(text) and sum(t.indicator for t in question.terms) < 2:
        return []
    for stretch in _stretches(text):
        chunks = list(_chunks(stretch, question.terms))
        if len(chunks) > 1 and all(any(_names(t) for t in c.terms) for c in chunks):
            return _each(question, chunks)
    return []


def _names(term: Term) -> bool:
    return term.critical or term.ordinal or term.indicator


def _stretches(text: str) -> Iterator[str]:
    """Yield the parts of a text that list things, the brackets' and clauses' own first, then all of it."""
    parts = [p for p in _BREAK.split(text) if _JOINT.search(p)]
    yield from sorted(parts, key=lambda p: -len(_JOINT.findall(p)))
    if "还是" in text:
        yield _BREAK.sub("", text)


def _chunks(stretch: str, terms: Sequence[Term]) -> Iterator[_Chunk]:
    """Cut a stretch at the conjunctions that stand between terms, never inside one."""
    placed = sorted(
        ((at, at + len(t.text), t) for t in terms if (at := stretch.find(t.text)) >= 0), key=lambda p: (p[0], -p[1])
    )
    cuts = [
        m for m in _JOINT.finditer(stretch) if not any(start < m.end() and m.start() < end for start, end, _ in placed)
    ]
    edges = [0, *(m.end() for m in cuts), len(stretch) + 1]
    for start, stop in pairwise(edges):
        own = [p for p in placed if start <= p[0] and p[1] <= stop]
        if not own:
            continue
        body = stretch[start:stop]
        of = start + body.rfind("的") if "的" in body else -1
        head = tuple(t for at, _, t in own if 0 <= of < at)
        yield _Chunk(tuple(t for _, _, t in own), head if len(head) < len(own) else ())


def _each(question: Question, chunks: Sequence[_Chunk]) -> list[Question]:
    listed = {t.text for c in chunks for t in c.terms}
    shared = [t for t in question.terms if t.text not in listed]
    last, first = chunks[-1], chunks[0]
    heads = [replace(t, weight=t.weight * _HEADS, critical=False) for t in last.head]
    opening = [replace(t, weight=t.weight * _OPENS, critical=False, indicator=False) for t in first.terms[:-1]]
    found = []
    for n, chunk in enumerate(chunks):
        own = {t.text for t in chunk.terms}
        more = [t for t in (*heads, *(opening if n else ())) if t.text not in own]
        terms = (*chunk.terms, *shared, *more)
        found.append(replace(question, terms=tuple(terms), wide=False, both=False))
    return found
