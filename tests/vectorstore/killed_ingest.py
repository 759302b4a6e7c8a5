"""Runs an ingest in a child process that is killed with SIGKILL, as often as it is told to on standard input.

Each line of input is a JSON object {"documents", "data", "after": seconds or null, "at": number or null}: the child is
killed after so many seconds, or at its n-th step. A step is whatever Python does to a file of the data folder (told by
its audit events) and every call of the progress bar, so steps stand before and after each change on disk. Each line of
output is {"steps": how many there were, "killed": bool}.

The process imports everything once and forks, because starting Python anew for each of many moments takes too long.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import chromadb  # noqa: F401 - once, before forking

from tests.vectorstore.fakes import FAKE, FakeReading, register
from vectorstore.generations import build_index


def ingest(order: dict[str, Any], pipe: int) -> None:
    """Build the index, counting steps into `pipe`, one byte each."""
    data, steps = order["data"], 0

    def step() -> None:
        nonlocal steps
        steps += 1
        os.write(pipe, b".")
        if steps == order["at"]:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(("open", "os.", "shutil.")) and any(
            str(argument).startswith(data) for argument in arguments
        ):
            step()

    register()
    sys.addaudithook(audit)
    build_index(
        [Path(order["documents"])],
        Path(data),
        FAKE,
        reading=FakeReading().reading,
        progress=lambda stage, done, total: step(),
    )


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Fork the child, see to it that it dies in time, and tell what became of it."""
    receiver, sender = os.pipe()
    child = os.fork()
    if not child:
        ingest(order, sender)
        os._exit(0)
    os.close(sender)
    if order["after"] is not None:
        time.sleep(order["after"])
        os.kill(child, signal.SIGKILL)
    steps = 0
    while part := os.read(receiver, 65536):
        steps += len(part)
    os.close(receiver)
    _, status = os.waitpid(child, 0)
    return {"steps": steps, "killed": os.WIFSIGNALED(status), "status": status}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)  # noqa: T201
