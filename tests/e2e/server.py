"""`wenbao` as a process of its own, as a person runs it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]


def clean_environment(data: Path, reports: Path) -> dict[str, str]:
    """The environment without our settings, but for the folders of a test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WENBAO_")}
    ours = {"WENBAO_DATA": str(data), "WENBAO_REPORTS": str(reports)}
    return kept | ours | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def wenbao(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`wenbao serve` on a free port, ready to answer; its process and its address."""
    port = free_port()
    command = [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True, process_group=0)
    url = f"http://127.0.0.1:{port}"
    try:
        _until_ready(process, url)
        yield process, url
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _until_ready(process: subprocess.Popen[str], url: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, process.communicate()
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    pytest.fail("the server did not become ready")
