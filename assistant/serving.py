"""The live index: one assistant answers while the next generation is opened behind it.

A lease holds a generation open for the length of one request, so a swap never pulls an index away from under a reader.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from assistant.pipeline import Assistant
from vectorstore.store import Index

log = logging.getLogger("wenbao.serving")

RETRY_SECONDS = 30.0
"""How long a generation that could not be opened is left alone: it is reported again, not every second."""


class NotReadyError(Exception):
    """No index is open yet."""


class OpenIndex(Index, Protocol):
    """An index that can be closed."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Generations:
    """Where indexes come from: the id of the current generation (None when there is none), and that one, opened."""

    current: Callable[[], str | None]
    open: Callable[[], OpenIndex]


@dataclass(slots=True)
class _Tenure:
    """One open generation: how many leases it has, and whether a newer one has replaced it."""

    index: OpenIndex
    assistant: Assistant
    leases: int = 0
    retired: bool = False


class LiveAssistant:
    """The assistant of the current generation; a daemon thread watches for the next one.

    >>> with live.lease() as assistant:          # doctest: +SKIP
    ...     assistant.ask("上半年固定资产投资完成多少")
    """

    def __init__(
        self,
        generations: Generations,
        *,
        answerer: Callable[[Index], Assistant] = Assistant,
        on_failure: Callable[[Exception], None] = lambda error: None,
        poll: float = 1.0,
    ) -> None:
        """`on_failure` hears of an error at the first opening, when there is nothing older to fall back on."""
        self._generations = generations
        self._answerer = answerer
        self._on_failure = on_failure
        self._poll = poll
        self._lock = threading.Lock()
        self._tenure: _Tenure | None = None
        self._failed: tuple[str, float] | None = None
        self._stop = threading.Event()
        self._opened = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="wenbao-generations", daemon=True)

    @property
    def ready(self) -> bool:
        return self._tenure is not None

    @property
    def generation(self) -> str:
        """The generation that answers now, or ""."""
        tenure = self._tenure
        return tenure.index.generation if tenure else ""

    def start(self) -> None:
        """Open the current generation, in the background."""
        self._thread.start()

    def wait(self, timeout: float) -> bool:
        """Wait until the first opening is over; return whether there is an index."""
        self._opened.wait(timeout)
        return self.ready

    def stop(self) -> None:
        self._stop.set()
        self._opened.set()
        if self._thread.is_alive():
            self._thread.join(timeout=1)
        self._replace(None)

    @contextmanager
    def lease(self) -> Iterator[Assistant]:
        """Lend the current assistant; its index stays open until the lease ends.

        :raises NotReadyError: when no index is open.
        """
        with self._lock:
            tenure = self._tenure
            if tenure is None:
                raise NotReadyError
            tenure.leases += 1
        try:
            yield tenure.assistant
        finally:
            with self._lock:
                tenure.leases -= 1
                over = tenure.retired and tenure.leases == 0
            if over:
                _close(tenure)

    def refresh(self) -> bool:
        """Take up the current generation if it is another one; return whether it was. The old one serves meanwhile."""
        current = self._generations.current()
        if current is None or current == self.generation or self._failed_lately(current):
            return False
        started = time.perf_counter()
        try:
            index = self._generations.open()
            tenure = _Tenure(index, self._answerer(index))
        except Exception as error:
            self._failed = current, time.monotonic()
            log.error("generation_failed", extra={"generation": current, "error": str(error)})
            if not self.ready:
                raise
            return False
        self._failed = None
        self._replace(tenure)
        milliseconds = round((time.perf_counter() - started) * 1000)
        log.info(
            "generation_opened",
            extra={"generation": index.generation, "reports": len(index.reports), "ms": milliseconds},
        )
        return True

    def _failed_lately(self, generation: str) -> bool:
        if self._failed is None or self._failed[0] != generation:
            return False
        return time.monotonic() - self._failed[1] < RETRY_SECONDS

    def _replace(self, tenure: _Tenure | None) -> None:
        with self._lock:
            old, self._tenure = self._tenure, tenure
            idle = old is not None and old.leases == 0
            if old is not None:
                old.retired = True
        if old is not None and idle:
            _close(old)

    def _watch(self) -> None:
        try:
            self.refresh()
        except Exception as error:
            self._on_failure(error)
        finally:
            self._opened.set()
        while not self._stop.wait(self._poll):
            try:
                self.refresh()
            except Exception as error:
                log.warning("refresh_failed", extra={"error": str(error)})


def _close(tenure: _Tenure) -> None:
    try:
        tenure.index.close()
    except Exception as error:
        log.warning("close_failed", extra={"generation": tenure.index.generation, "error": str(error)})
    else:
        log.info("generation_closed", extra={"generation": tenure.index.generation})
