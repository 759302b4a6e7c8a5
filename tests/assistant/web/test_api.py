from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.answer import Answer, Status, Turn
from assistant.desk import TURNS_KEPT
from assistant.pipeline import Assistant
from assistant.serving import Generations, LiveAssistant
from assistant.web.api import BODY_LIMIT, TURN_LIMIT
from assistant.web.app import create_app
from ingest.versions import Relation, Standing
from tests.assistant.web.conftest import light_page
from tests.assistant.web.fakes import FakeIndex, make_report

QUESTION = "上半年固定资产投资完成多少"
Serve = Callable[..., TestClient]


class Recording(Assistant):
    """Answers with a fixed sentence and remembers what it was asked."""

    seen: list[tuple[str, list[Turn]]]

    def ask(self, question: str, history: Any = (), **_: Any) -> Answer:
        self.__dict__.setdefault("seen", []).append((question, list(history)))
        return Answer(Status.ANSWERED, "好。", question, index=self.index.generation)


class Failing(Assistant):
    def ask(self, question: str, history: Any = (), **_: Any) -> Answer:
        raise RuntimeError("secret detail")


def test_answers_with_the_contract(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": f"  {QUESTION} "})
    assert response.status_code == 200
    body = response.json()
    assert set(body) == {
        *("status", "answer", "understood", "citations", "figures", "calculation", "series", "suggestions"),
        *("answerer", "index", "request_id"),
    }
    assert body["index"] == "g1"
    assert body["request_id"] == response.headers["x-request-id"]
    assert body["citations"][0]["report_id"] == "daxing-2022-h1"


def test_unknown_fields_do_not_matter(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": QUESTION, "model": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 400, "invalid_json"),
        ("{", 400, "invalid_json"),
        ("[" * 30000, 400, "invalid_json"),
        ("[]", 422, "invalid_request"),
        ("{}", 422, "invalid_request"),
        ('{"question": 7}', 422, "invalid_request"),
        ('{"question": null}', 422, "invalid_request"),
        ('{"question": "   "}', 422, "question_empty"),
        ('{"question": "\\ud800投资"}', 422, "question_unreadable"),
        ('{"question": NaN}', 422, "invalid_request"),
        (json.dumps({"question": "问" * 501}), 422, "question_too_long"),
        (json.dumps({"question": QUESTION, "history": [{"role": "system", "content": "x"}]}), 422, "invalid_request"),
        (json.dumps({"question": QUESTION, "history": [{"role": "user"}]}), 422, "invalid_request"),
        (json.dumps({"question": QUESTION, "history": "x"}), 422, "invalid_request"),
        (" " * (BODY_LIMIT + 1), 413, "body_too_large"),
    ],
)
def test_refuses_what_is_not_a_question(client: TestClient, body: str, status: int, code: str) -> None:
    response = client.post("/api/ask", content=body.encode())
    assert response.status_code == status
    error = response.json()["error"]
    assert error["code"] == code
    assert any("\u4e00" <= letter <= "\u9fff" for letter in error["message"])


@pytest.mark.parametrize(
    "question", ["\x00\x01", "‮投资", "投资" + "\u0301" * 50, "🏙️多少", "'; DROP TABLE", "%s%n{}[0]"]
)
def test_strange_questions_are_answered_or_refused_but_never_fail(client: TestClient, question: str) -> None:
    response = client.post("/api/ask", json={"question": question})
    assert response.status_code == 200
    assert response.json()["status"] in ("answered", "refused", "clarify")


def test_five_hundred_characters_are_a_question(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": "问" * 500}).status_code == 200


def test_a_body_without_a_length_is_measured_as_it_comes(client: TestClient) -> None:
    chunks = (b" " * 1024 for _ in range(BODY_LIMIT // 1024 + 1))
    assert client.post("/api/ask", content=chunks).status_code == 413


def test_keeps_the_latest_turns_and_cuts_long_ones(serve: Serve) -> None:
    made: list[Recording] = []

    def make(index: Any) -> Recording:
        made.append(Recording(index))
        return made[-1]

    history = [{"role": "user" if n % 2 == 0 else "assistant", "content": f"{n}" * 3000} for n in range(9)]
    history += [{"role": "user", "content": f"第{n}句"} for n in range(15)]
    client = serve(answerer=make)
    assert client.post("/api/ask", json={"question": QUESTION, "history": history}).status_code == 200
    _, turns = made[0].seen[0]
    assert len(turns) == TURNS_KEPT
    assert turns[-1].content == "第14句"
    assert max(len(turn.content) for turn in turns) == TURN_LIMIT


def test_streams_the_same_answer(client: TestClient) -> None:
    plain = client.post("/api/ask", json={"question": QUESTION}).json()
    response = client.post("/api/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    answer, done = response.text.strip().split("\n\n")
    assert done == "event: done\ndata: {}"
    event, data = answer.split("\n")
    assert event == "event: answer"
    assert json.loads(data.removeprefix("data: ")) | {"request_id": ""} == plain | {"request_id": ""}


def test_a_failure_is_a_sentence_with_a_request_id(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    response = serve(answerer=Failing).post("/api/ask", json={"question": QUESTION})
    assert response.status_code == 500
    assert response.json()["error"] == {"code": "internal", "message": "服务出了点问题,请稍后再试。"}
    assert response.json()["request_id"] == response.headers["x-request-id"]
    assert "secret" not in response.text
    assert "secret detail" in caplog.text


def test_a_failure_in_a_stream_is_an_event(serve: Serve) -> None:
    headers = {"Accept": "text/event-stream"}
    response = serve(answerer=Failing).post("/api/ask", json={"question": QUESTION}, headers=headers)
    assert response.text.startswith("event: error\ndata: ")
    assert "secret" not in response.text


def test_is_not_ready_before_an_index_is_open() -> None:
    def never() -> Any:
        raise OSError("no index")

    app = create_app(LiveAssistant(Generations(lambda: None, never)), page=light_page)
    with TestClient(app) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
        response = client.post("/api/ask", json={"question": QUESTION})
        assert response.status_code == 503
        assert response.headers["retry-after"]
        assert response.json()["error"]["code"] == "not_ready"
        assert client.get("/api/reports").status_code == 503
        assert "索引正在准备" in client.get("/reports/daxing-2022-h1").text


def test_says_when_it_is_ready(client: TestClient) -> None:
    assert client.get("/readyz").json() == {"status": "ready", "index": "g1"}


def test_lists_reports(client: TestClient) -> None:
    body = client.get("/api/reports").json()
    assert body["index"] == "g1"
    assert body["reports"][0]["url"] == "/reports/daxing-2022-h1"
    assert body["reports"][0]["place"] == "北京市大兴区"
    assert (body["reports"][0]["reviewed"], body["reports"][0]["planned"]) == (["2022上半年"], ["2022下半年", "2022年"])
    assert body["reports"][0]["source_url"] == "https://www.bjdx.gov.cn/report.html"


def test_gives_a_report_with_its_paragraphs(client: TestClient) -> None:
    report = client.get("/api/reports/daxing-2022-h1").json()
    first = report["paragraphs"][0]
    assert report["text"][first["start"] : first["end"]] == report["title"]
    assert report["sections"][0]["title"] == "一、上半年计划执行情况"


def test_an_older_version_is_still_to_be_read_and_points_to_the_newer(serve: Serve, index: FakeIndex) -> None:
    index.aside = (make_report(report_id="older"),)
    index.relations = (Relation("older", "daxing-2022-h1", Standing.OLDER, 0.99),)
    client = serve()
    assert [report["id"] for report in client.get("/api/reports").json()["reports"]] == ["daxing-2022-h1"]
    older = client.get("/reports/older").text
    assert '本份不再用于回答,请以这份为准:<a href="/reports/daxing-2022-h1">' in older
    assert "不再用于回答" not in client.get("/reports/daxing-2022-h1").text


@pytest.mark.parametrize("path", ["/api/reports/none", "/api/none", "/api/ask/none"])
def test_an_unknown_address_of_the_interface_is_a_sentence_in_json(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["message"].startswith("没有")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/ask", 405),
        ("OPTIONS", "/api/ask", 405),
        ("PUT", "/api/ask", 405),
        ("HEAD", "/healthz", 200),
        ("HEAD", "/api/reports", 200),
        ("HEAD", "/reports/daxing-2022-h1", 200),
        ("HEAD", "/", 405),  # the light page has no HEAD; Gradio's has
        ("GET", "/docs", 404),
        ("GET", "/redoc", 404),
        ("GET", "/openapi.json", 200),
    ],
)
def test_methods_and_addresses(client: TestClient, method: str, path: str, status: int) -> None:
    assert client.request(method, path).status_code == status


def test_the_description_names_the_fields_of_a_question(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/api/ask"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert set(schema["properties"]) == {"question", "history"}


@pytest.mark.parametrize("logged", [False, True])
def test_question_texts_are_logged_only_on_request(
    serve: Serve, caplog: pytest.LogCaptureFixture, logged: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    serve(log_questions=logged).post("/api/ask", json={"question": QUESTION})
    (record,) = [record for record in caplog.records if record.message == "ask"]
    assert record.__dict__["status"] == "answered"
    assert record.__dict__["generation"] == "g1"
    assert (record.__dict__.get("question") == QUESTION) is logged
    assert (QUESTION in str([entry.__dict__ for entry in caplog.records if "httpx" not in entry.name])) is logged
