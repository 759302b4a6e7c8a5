"""The commands as a person runs them: in a process of their own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.assistant.web.fakes import TEXT
from tests.e2e.server import clean_environment, free_port, serving, wenbao

QUESTION = "上半年固定资产投资完成多少"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment whose data and reports are the test's own."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "daxing.txt").write_text(TEXT, encoding="utf-8")
    return clean_environment(tmp_path / "data", reports)


def test_help_names_the_commands(environment: dict[str, str]) -> None:
    result = wenbao(environment, "--help")
    assert result.returncode == 0
    for command in ("ingest", "ask", "serve", "reports"):
        assert command in result.stdout


def test_help_loads_nothing_heavy(environment: dict[str, str]) -> None:
    heavy = ["gradio", "fastapi", "pydantic", "numpy", "chromadb", "jieba", "langchain_core"]
    code = f"import sys, assistant.cli; print([name for name in {heavy} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60)
    assert result.stdout.strip() == "[]"


def test_version(environment: dict[str, str]) -> None:
    assert wenbao(environment, "--version").stdout.startswith("wenbao 0.")


def test_ingests_asks_and_lists(environment: dict[str, str]) -> None:
    first = wenbao(environment, "ingest")
    assert (first.returncode, "新增  daxing.txt" in first.stdout) == (0, True), first
    again = wenbao(environment, "ingest", environment["WENBAO_REPORTS"])
    assert "未变  daxing.txt" in again.stdout
    asked = wenbao(environment, "ask", QUESTION)
    assert asked.returncode == 0
    assert "[1]" in asked.stdout
    assert "442.1亿元" in asked.stdout
    assert "关于大兴区2022年国民经济和社会发展计划上半年执行情况的报告" in asked.stdout
    listed = wenbao(environment, "reports")
    assert "共 1 份" in listed.stdout


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_kept(environment: dict[str, str]) -> None:
    (Path(environment["WENBAO_REPORTS"]) / "broken.pdf").write_bytes(b"no pdf")
    result = wenbao(environment, "ingest")
    assert result.returncode == 1
    assert "broken.pdf" in result.stderr
    assert "新增  daxing.txt" in result.stdout
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "changes", "code", "message"),
    [
        (["serve"], {}, 1, "请先运行 wenbao ingest"),
        (["ask", QUESTION], {}, 1, "请先运行 wenbao ingest"),
        (["reports"], {}, 1, "请先运行 wenbao ingest"),
        (["ingest", "/none/such"], {}, 1, "没有这个文件或文件夹:/none/such"),
        (["ask", "  "], {}, 1, "请输入问题"),
        (["ask", "问" * 501], {}, 1, "问题太长"),
        (["serve"], {"WENBAO_PORT": "x"}, 2, "环境变量 WENBAO_PORT = 'x'"),
        (["serve", "--port", "70000"], {}, 2, "命令行的 --port = 70000"),
        (["reports"], {"WENBAO_PROT": "1"}, 2, "是否想写 WENBAO_PORT?"),
    ],
)
def test_what_is_wrong_is_a_sentence(
    environment: dict[str, str], arguments: list[str], changes: dict[str, str], code: int, message: str
) -> None:
    result = wenbao(environment | changes, *arguments)
    assert result.returncode == code
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_port_in_use_is_named(environment: dict[str, str]) -> None:
    wenbao(environment, "ingest")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = wenbao(environment, "serve", "--port", port)
    assert result.returncode == 1
    assert f"127.0.0.1:{port} 已被占用" in result.stderr
    assert "WENBAO_PORT" in result.stderr


def test_a_damaged_index_is_a_sentence(environment: dict[str, str]) -> None:
    wenbao(environment, "ingest")
    for manifest in Path(environment["WENBAO_DATA"]).rglob("manifest.json"):
        manifest.write_text("{")
    result = wenbao(environment, "serve", "--port", str(free_port()))
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "请运行 wenbao ingest" in result.stderr


def test_serves_and_stops_cleanly(environment: dict[str, str]) -> None:
    wenbao(environment, "ingest")
    with serving(environment) as (process, url):
        answer = httpx.post(f"{url}/api/ask", json={"question": QUESTION}, timeout=30).json()
        assert answer["citations"]
        early = httpx.get(url, timeout=60)  # held until the page is there
        assert "<gradio-app" in early.text
        process.send_signal(signal.SIGINT)
        started = time.monotonic()
        output, errors = process.communicate(timeout=10)
        assert time.monotonic() - started < 4
    assert process.returncode in (0, 130)
    assert "已停止" in output
    assert "Traceback" not in errors
    lines = [json.loads(line) for line in errors.splitlines()]
    (asked,) = [line for line in lines if line["event"] == "ask"]
    assert asked["request_id"] == answer["request_id"]
    assert asked["generation"] == answer["index"]
    assert {"time", "level", "status", "ms"} <= set(asked)
    assert QUESTION not in errors


def test_a_running_server_takes_up_a_new_generation(environment: dict[str, str]) -> None:
    wenbao(environment, "ingest")
    with serving(environment) as (_, url), httpx.Client(base_url=url, timeout=30) as client:
        before = client.get("/readyz").json()["index"]
        second = TEXT.replace("大兴区", "海淀区").replace("442.1", "600.5")
        (Path(environment["WENBAO_REPORTS"]) / "haidian.txt").write_text(second, encoding="utf-8")
        ingesting = subprocess.Popen([sys.executable, "-m", "assistant.cli", "ingest"], env=environment)
        statuses = []
        end = time.monotonic() + 40
        while client.get("/readyz").json()["index"] == before and time.monotonic() < end:
            statuses.append(client.post("/api/ask", json={"question": QUESTION}).status_code)
        assert ingesting.wait() == 0
        assert set(statuses) == {200}
        assert len(client.get("/api/reports").json()["reports"]) == 2
