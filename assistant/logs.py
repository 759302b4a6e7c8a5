"""Structured logs: one JSON object a line on stderr. Question texts are in them only where the setting says so."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from datetime import datetime
from typing import Any

FIELDS = frozenset(
    ["request_id", "channel", "path", "code", "status", "ms", "generation", "reports", "question", "error"]
)
"""What an `extra` may carry. A field that is not named here does not reach the log, so nothing slips in by accident."""


class JsonLines(logging.Formatter):
    """{"time": "2026-01-05T09:30:00.123+08:00", "level": "info", "event": "ask", "status": "answered", "ms": 12}"""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        if not record.name.startswith("wenbao"):
            line["logger"] = record.name
        line |= {key: value for key, value in vars(record).items() if key in FIELDS}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def _is_defect(record: logging.LogRecord) -> bool:
    """A request that was cut off because the server stops is none."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


def configure(level: str) -> None:
    """Send our own log at `level`, and everybody else's from warnings up, to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    handler.addFilter(_is_defect)
    logging.captureWarnings(True)
    logging.getLogger("wenbao").setLevel(level.upper())
