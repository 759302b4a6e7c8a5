"""What others would have found: BM25 alone, the dense vectors alone, the plain LangChain recipe; and our own stages.

All see the same reports, the same words of the question (every turn of a conversation, joined) and the same embedding
model; only ours understands the question first.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.evidence import Candidate, candidates
from assistant.reading import Reading
from evals.dataset import Item
from evals.ranking import DEPTH
from evals.target import TargetError
from evals.trace import Tracer
from evals.units import Level, Unit, passage_units, sentence_units, sentences_of
from ingest.report import Report
from vectorstore.embedding import embed, embed_question, load_embeddings
from vectorstore.lexical import LexicalIndex
from vectorstore.searchtext import normalise
from vectorstore.store import Hit, Index

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The recipe as tutorials have it.
CHUNK, CHUNK_OVERLAP = 500, 50
# Chroma takes at most 5,461 texts at once and langchain_chroma does not split them.
_BATCH = 5_000

Rank = Callable[[Item], Sequence[Unit]]


@dataclass(frozen=True, slots=True)
class System:
    """Something that ranks units for a question; `units` are all that it ranks."""

    name: str
    level: Level
    rank: Rank
    units: Sequence[Unit]


class Corpus:
    """The reports of an index, cut into units that every baseline shares."""

    def __init__(self, reports: Sequence[Report], embedding: str) -> None:
        self.reports = {report.id: report for report in reports}
        self.embedding = embedding
        self.passages = passage_units(reports)
        self.sentences = sentence_units(reports)

    @cached_property
    def model(self) -> Embeddings:
        return load_embeddings(self.embedding)

    def text(self, unit: Unit) -> str:
        return self.reports[unit.report].text[unit.start : unit.end]

    @cached_property
    def passage_words(self) -> LexicalIndex:
        """BM25 over title and text of the passages, the stronger of the two plain ways."""
        return LexicalIndex.build([self._titled(unit) for unit in self.passages])

    @cached_property
    def sentence_words(self) -> LexicalIndex:
        return LexicalIndex.build([self._titled(unit) for unit in self.sentences])

    @cached_property
    def sentence_vectors(self) -> NDArray[np.float32]:
        """The vectors of the sentences, shape (sentences, dimension)."""
        return embed(self.model, [normalise(self.text(unit)) for unit in self.sentences])

    @cached_property
    def passage_of(self) -> NDArray[np.int64]:
        """The passage of each sentence, shape (sentences,)."""
        starts = {(unit.report, unit.start): at for at, unit in enumerate(self.passages)}
        found, current = [], 0
        for sentence in self.sentences:
            current = starts.get((sentence.report, sentence.start), current)
            found.append(current)
        return np.array(found, dtype=np.int64)

    def question_vector(self, item: Item) -> NDArray[np.float32]:
        return embed_question(self.model, normalise(words(item)))

    def _titled(self, unit: Unit) -> str:
        return normalise(f"{self.reports[unit.report].title} {self.text(unit)}")


def words(item: Item) -> str:
    """Return what a system that knows no conversation is asked."""
    return " ".join(item.turns)


def lexical_systems(corpus: Corpus) -> list[System]:
    """Return BM25 alone."""

    def by(index: LexicalIndex, units: Sequence[Unit]) -> Rank:
        return lambda item: _best(index.scores(normalise(words(item))), units)

    return [
        System("BM25", Level.PASSAGE, by(corpus.passage_words, corpus.passages), corpus.passages),
        System("BM25", Level.SENTENCE, by(corpus.sentence_words, corpus.sentences), corpus.sentences),
    ]


def dense_systems(corpus: Corpus) -> list[System]:
    """Return the dense vectors alone; a passage is as near as its nearest sentence."""

    def sentences(item: Item) -> Sequence[Unit]:
        return _best(corpus.sentence_vectors @ corpus.question_vector(item), corpus.sentences)

    def passages(item: Item) -> Sequence[Unit]:
        nearest = np.full(len(corpus.passages), -np.inf, dtype=np.float32)
        np.maximum.at(nearest, corpus.passage_of, corpus.sentence_vectors @ corpus.question_vector(item))
        return _best(nearest, corpus.passages)

    return [
        System("向量", Level.PASSAGE, passages, corpus.passages),
        System("向量", Level.SENTENCE, sentences, corpus.sentences),
    ]


def langchain_system(corpus: Corpus, resources: ExitStack) -> System:
    """Return the plain recipe: recursive character splitter, Chroma, top k, with our embedding model."""
    try:
        from langchain_chroma import Chroma
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        raise TargetError("LangChain 对照需要附加组件:pip install 'wenbao[eval]',或加 --no-baselines。") from error
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=CHUNK_OVERLAP, add_start_index=True)
    chunks: list[Any] = []
    for report in corpus.reports.values():
        chunks += splitter.create_documents([report.text], [{"report": report.id}])
    store = Chroma(f"recipe-{uuid.uuid4().hex}", corpus.model)
    resources.callback(store.delete_collection)
    for start in range(0, len(chunks), _BATCH):
        store.add_documents(chunks[start : start + _BATCH])

    def unit(chunk: Any) -> Unit:
        start = chunk.metadata["start_index"]
        return Unit(chunk.metadata["report"], start, start + len(chunk.page_content))

    def rank(item: Item) -> Sequence[Unit]:
        return [unit(chunk) for chunk in store.similarity_search(words(item), k=DEPTH)]

    return System("LangChain 通用做法", Level.PASSAGE, rank, [unit(chunk) for chunk in chunks])


def own_systems(corpus: Corpus, index: Index, tracer: Tracer) -> list[System]:
    """Return our own stages: hybrid search of the bare question, search after understanding, matching."""

    @lru_cache(maxsize=2)  # the three stages of one question are asked for one after the other
    def found(item: Item) -> list[tuple[list[Hit], list[Candidate]]]:
        hits = [(asked, tracer.hits(asked)) for asked in tracer.questions(item.turns)]
        return [(one, candidates(asked, one)) for asked, one in hits]

    def hybrid(item: Item) -> Sequence[Unit]:
        return _passages(index.search(words(item), k=DEPTH))

    def search(item: Item) -> Sequence[Unit]:
        return _merged([_passages(hits) for hits, _ in found(item)])

    def matched(item: Item) -> Sequence[Unit]:
        return _merged([[_passage(c.reading) for c in ranked] for _, ranked in found(item)])

    def matched_sentences(item: Item) -> Sequence[Unit]:
        return _merged([[_sentence(c) for c in ranked] for _, ranked in found(item)])

    return [
        System("混合检索", Level.PASSAGE, hybrid, corpus.passages),
        System("问报:理解后检索", Level.PASSAGE, search, corpus.passages),
        System("问报:匹配后", Level.PASSAGE, matched, corpus.passages),
        System("问报:匹配后", Level.SENTENCE, matched_sentences, corpus.sentences),
    ]


def best_sentence(corpus: Corpus, item: Item) -> dict[str, Any]:
    """Return the simplest assistant's reply: the best BM25 sentence is the answer, and nothing is ever refused."""
    found = _best(corpus.sentence_words.scores(normalise(words(item))), corpus.sentences, 1)
    if not found:
        return {"status": "refused", "answer": "没有找到。", "citations": []}
    unit, text = found[0], corpus.text(found[0])
    citation = {"n": 1, "report_id": unit.report, "start": unit.start, "end": unit.end, "quote": text, "text": text}
    return {"status": "answered", "answer": f"{text}[1]", "citations": [citation]}


def _best(scores: NDArray[np.float32], units: Sequence[Unit], k: int = DEPTH) -> list[Unit]:
    order = np.argsort(-scores, kind="stable")[:k]
    return [units[at] for at in order.tolist() if scores[at] != 0]


def _passages(hits: Sequence[Hit]) -> list[Unit]:
    return [Unit(hit.report.id, hit.passage.start, hit.passage.end) for hit in hits]


def _passage(reading: Reading) -> Unit:
    return Unit(reading.report.id, reading.passage.start, reading.passage.end)


def _sentence(candidate: Candidate) -> Unit:
    """Return the sentence of the passage that a candidate's clause begins in."""
    reading = candidate.reading
    at = reading.passage.start + candidate.clause.start
    own = sentences_of(reading.report, reading.passage)
    return next((unit for unit in own if unit.start <= at < unit.end), _passage(reading))


def _merged(lists: Sequence[Sequence[Unit]]) -> list[Unit]:
    """Return the units of several lists in turns, each unit once."""
    own = [list(dict.fromkeys(one))[:DEPTH] for one in lists]
    in_turns = (unit for rank in zip_longest(*own) for unit in rank if unit is not None)
    return list(dict.fromkeys(in_turns))[:DEPTH]
