"""The HTTP interface: questions, reports, health. Its contract is DESIGN.md, section 4."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from pydantic import BaseModel, Field, ValidationError, field_validator

from assistant.answer import ANSWER_JSON, Answer, Turn
from assistant.pipeline import Assistant
from assistant.serving import LiveAssistant, NotReadyError
from assistant.web.markup import blocks, web_address
from assistant.web.reader import notice_page, reader_page
from ingest.report import Report

log = logging.getLogger("wenbao.api")

Handler = TypeVar("Handler", bound=Callable[..., Any])

QUESTION_LIMIT = 500
BODY_LIMIT = 64 * 1024
TURNS_KEPT = 20
TURN_LIMIT = 2000
WORKERS = 4
"""Answering is CPU work: more threads than this only make everybody wait longer."""
KEEP_ALIVE_SECONDS = 10.0


class RequestError(Exception):
    """A request that cannot be served. `message` is a Chinese sentence for the visitor."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


NOT_READY = RequestError(503, "not_ready", "索引正在准备,请稍后再试。")
EMPTY = RequestError(422, "question_empty", "请输入问题。")
TOO_LONG = RequestError(422, "question_too_long", f"问题太长,请控制在{QUESTION_LIMIT}字以内。")
BROKEN = "服务出了点问题,请稍后再试。"


class TurnBody(BaseModel):
    role: str = Field(pattern="^(user|assistant)$")
    content: str

    @field_validator("content")
    @classmethod
    def _cut(cls, value: str) -> str:
        return value[:TURN_LIMIT]


class AskBody(BaseModel):
    question: str = Field(description=f"1 到 {QUESTION_LIMIT} 个字")
    history: list[TurnBody] = Field(default_factory=list, description=f"此前的对话,只用最近 {TURNS_KEPT} 条")


class Desk:
    """Where questions are taken, from the interface and from the page: checked, answered, logged."""

    def __init__(self, live: LiveAssistant, *, log_questions: bool = False) -> None:
        self.live = live
        self._log_questions = log_questions

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
            raise NOT_READY from None

    def report(self, report_id: str) -> Report | None:
        with self.lease() as assistant:
            return next((report for report in assistant.index.reports if report.id == report_id), None)


def checked(question: str) -> str:
    """`question` without the spaces around it, if it has a permitted length."""
    words = question.strip()
    if not words:
        raise EMPTY
    if len(words) > QUESTION_LIMIT:
        raise TOO_LONG
    return words


def api_router(desk: Desk) -> APIRouter:
    """All routes but the chat page."""
    router = APIRouter()
    _add_asking(router, desk)
    _add_reports(router, desk)
    _add_health(router, desk)
    return router


def _add_asking(router: APIRouter, desk: Desk) -> None:
    limiter: list[anyio.CapacityLimiter] = []

    async def answer(body: AskBody, request_id: str) -> bytes:
        if not limiter:  # it belongs to the running event loop
            limiter.append(anyio.CapacityLimiter(WORKERS))
        history = [Turn(turn.role, turn.content) for turn in body.history[-TURNS_KEPT:]]

        def work() -> bytes:
            return ANSWER_JSON.dump_json(desk.ask(body.question, history, request_id=request_id, channel="api"))

        return await run_sync(work, limiter=limiter[0])

    @router.post("/api/ask", openapi_extra=_body_schema(), summary="提问")
    async def ask(request: Request) -> Response:
        body = _read(AskBody, await _body(request))
        checked(body.question)
        if not desk.live.ready:
            raise NOT_READY
        request_id = request.state.request_id
        work = answer(body, request_id)
        if "text/event-stream" in request.headers.get("accept", ""):
            headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
            return StreamingResponse(_events(work, request_id), media_type="text/event-stream", headers=headers)
        return Response(await work, media_type="application/json", headers={"Cache-Control": "no-store"})


def _add_reports(router: APIRouter, desk: Desk) -> None:
    @_readable(router, "/api/reports", summary="收录的报告")
    def reports() -> dict[str, Any]:
        with desk.lease() as assistant:
            index = assistant.index
            return {"index": index.generation, "reports": [_summary(report) for report in index.reports]}

    @_readable(router, "/api/reports/{report_id}", summary="一份报告的全文")
    def report(report_id: str) -> dict[str, Any]:
        found = desk.report(report_id)
        if found is None:
            raise RequestError(404, "report_not_found", "没有这份报告,可能已经更新或移除。")
        return _whole(found)

    @_readable(router, "/reports/{report_id}", include_in_schema=False)
    def reader(report_id: str, request: Request) -> HTMLResponse:
        try:
            found = desk.report(report_id)
        except RequestError as error:
            return HTMLResponse(notice_page(error.message), error.status)
        if found is None:
            return HTMLResponse(notice_page("没有找到这份报告", "它可能已经更新或移除,请返回后重新提问。"), 404)
        return HTMLResponse(reader_page(found, _offsets(request)), headers={"Cache-Control": "no-cache"})


def _add_health(router: APIRouter, desk: Desk) -> None:
    @_readable(router, "/healthz", summary="进程是否在运行")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @_readable(router, "/readyz", summary="是否可以回答问题")
    async def readyz() -> JSONResponse:
        ready = desk.live.ready
        state = {"status": "ready" if ready else "starting", "index": desk.live.generation}
        return JSONResponse(state, 200 if ready else 503)


def _readable(router: APIRouter, path: str, **options: Any) -> Callable[[Handler], Handler]:
    """Register a handler for GET and, as every GET may be asked, for HEAD."""

    def register(handler: Handler) -> Handler:
        router.head(path, include_in_schema=False)(handler)
        return router.get(path, **options)(handler)

    return register


def error_response(error: RequestError, request_id: str) -> JSONResponse:
    body = {"error": {"code": error.code, "message": error.message}, "request_id": request_id}
    headers = {"Retry-After": "2"} if error.status == 503 else None
    return JSONResponse(body, error.status, headers=headers)


async def _events(work: Any, request_id: str) -> AsyncIterator[str]:
    """`answer` and `done`, or `error`; a comment every few seconds keeps proxies from cutting a long wait."""
    task = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait({task}, timeout=KEEP_ALIVE_SECONDS))[0]:
            yield ": \n\n"
        yield _event("answer", task.result().decode())
        yield _event("done", "{}")
    except RequestError as error:
        body = {"error": {"code": error.code, "message": error.message}, "request_id": request_id}
        yield _event("error", json.dumps(body, ensure_ascii=False))
    finally:
        task.cancel()


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"


async def _body(request: Request) -> bytes:
    too_large = RequestError(413, "body_too_large", "请求太大,请缩短对话记录后再试。")
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > BODY_LIMIT:
        raise too_large
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise too_large
    return body


def _read(model: type[AskBody], body: bytes) -> AskBody:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RequestError(400, "invalid_json", "请求的内容不是有效的 JSON。") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"]) or "body"
        message = (
            f"请求的内容不符合要求:{place}。question 应为文字,history 应为 role(user 或 assistant)和 content 的列表。"
        )
        raise RequestError(422, "invalid_request", message) from error


def _offsets(request: Request) -> tuple[int, int] | None:
    start, end = request.query_params.get("start", ""), request.query_params.get("end", "")
    numbers = all(part.isascii() and part.isdigit() and len(part) < 10 for part in (start, end))
    return (int(start), int(end)) if numbers else None


def _summary(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "title": report.title,
        "issuer": report.issuer,
        "region": report.region,
        "published": report.published,
        "period": report.period,
        "kind": report.kind,
        "source": report.source,
        "source_url": web_address(report.url),
        "url": f"/reports/{report.id}",
        "passages": len(report.passages),
        "figures": len(report.figures),
    }


def _whole(report: Report) -> dict[str, Any]:
    paragraphs = [{"n": part.number, "start": part.start, "end": part.end} for part in blocks(report.text)]
    sections = [dataclasses.asdict(section) for section in report.sections]
    return _summary(report) | {"text": report.text, "sections": sections, "paragraphs": paragraphs}


def _body_schema() -> dict[str, Any]:
    schema = AskBody.model_json_schema(ref_template="#/components/schemas/{model}")
    inline = schema.pop("$defs", {})
    schema["properties"]["history"]["items"] = inline["TurnBody"]
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
