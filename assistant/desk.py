"""The desk where questions are taken, from the interface and from the page alike: checked, answered, logged."""

from __future__ import annotations

import dataclasses
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from assistant.answer import Answer, Turn
from assistant.catalogue import Catalogue
from assistant.pipeline import Assistant
from assistant.serving import LiveAssistant, NotReadyError
from ingest.report import Report
from ingest.versions import set_aside
from vectorstore.store import Index

log = logging.getLogger("wenbao.desk")

QUESTION_LIMIT = 500
TURNS_KEPT = 20
"""Turns of the conversation that are looked at, the latest."""


class RequestError(Exception):
    """A request that cannot be served. `message` is a Chinese sentence for the visitor."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def not_ready() -> RequestError:
    return RequestError(503, "not_ready", "索引正在准备,请稍后再试。")


BROKEN = "服务出了点问题,请稍后再试。"


class Desk:
    """Where questions are taken, from the interface and from the page: checked, answered, logged."""

    def __init__(self, live: LiveAssistant, *, log_questions: bool = False) -> None:
        self.live = live
        self._log_questions = log_questions
        self._catalogues: WeakKeyDictionary[Index, Catalogue] = WeakKeyDictionary()
        self._gathering = threading.Lock()

    def ask(self, question: str, history: list[Turn], *, request_id: str, channel: str) -> Answer:
        """Answer, or raise `RequestError`; anything else that goes wrong is logged here and raised as such an error."""
        started = time.perf_counter()
        note: dict[str, Any] = {"request_id": request_id, "channel": channel}
        if self._log_questions:
            note["question"] = question
        try:
            with self.lease() as assistant:
                answer = assistant.ask(checked(question), history[-TURNS_KEPT:])
        except RequestError:
            raise
        except Exception as error:
            log.exception("ask_failed", extra=note)
            raise RequestError(500, "internal", BROKEN) from error
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        log.info("ask", extra=note | {"status": str(answer.status), "ms": milliseconds, "generation": answer.index})
        return dataclasses.replace(answer, request_id=request_id)

    @contextmanager
    def lease(self) -> Iterator[Assistant]:
        """The live assistant; `RequestError` while there is none."""
        try:
            with self.live.lease() as assistant:
                yield assistant
        except NotReadyError:
            raise not_ready() from None

    def catalogue(self) -> Catalogue:
        """The figures of the live index: gathered when first asked for, kept as long as the index."""
        with self.lease() as assistant, self._gathering:
            index = assistant.index
            if index not in self._catalogues:
                self._catalogues[index] = Catalogue(index.reports, index.generation)
            return self._catalogues[index]

    def report(self, report_id: str) -> Report | None:
        with self.lease() as assistant:
            return _find(assistant.index, report_id)

    def stand_in(self, report_id: str) -> Report | None:
        """The report that is answered from in place of this one, a copy or an older version; None for all others."""
        with self.lease() as assistant:
            index = assistant.index
            relation = set_aside(index.relations, kept=[report.id for report in index.reports]).get(report_id)
            return _find(index, relation.other) if relation else None


def _find(index: Index, report_id: str) -> Report | None:
    return next((report for report in index.reports + index.aside if report.id == report_id), None)


def checked(question: str) -> str:
    """`question` without the spaces around it, if it has a permitted length."""
    words = question.strip()
    if not words:
        raise RequestError(422, "question_empty", "请输入问题。")
    if len(words) > QUESTION_LIMIT:
        raise RequestError(422, "question_too_long", f"问题太长,请控制在{QUESTION_LIMIT}字以内。")
    if any(
        "\ud800" <= letter <= "\udfff" for letter in words
    ):  # half a character: JSON lets it through, UTF-8 does not
        raise RequestError(422, "question_unreadable", "问题中有无法识别的字符,请重新输入。")
    return words
