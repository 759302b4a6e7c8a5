"""The HTTP interface: questions, reports, health. Its contract is DESIGN.md, section 4."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator
from typing import Any

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from pydantic import BaseModel, Field, ValidationError, field_validator

from assistant.answer import ANSWER_JSON, Turn
from assistant.desk import QUESTION_LIMIT, TURNS_KEPT, Desk, RequestError, checked, not_ready
from assistant.web.markup import blocks, web_address
from assistant.web.reader import notice_page, reader_page
from assistant.web.routes import readable
from ingest.coverage import coverage
from ingest.divisions import full_name
from ingest.report import Report

BODY_LIMIT = 64 * 1024
TURN_LIMIT = 2000
WORKERS = 4
"""Answering is CPU work: more threads than this only make everybody wait longer."""
KEEP_ALIVE_SECONDS = 10.0


class TurnBody(BaseModel):
    role: str = Field(pattern="^(user|assistant)$")
    content: str

    @field_validator("content")
    @classmethod
    def _cut(cls, value: str) -> str:
        return value[:TURN_LIMIT].encode(errors="replace").decode()


class AskBody(BaseModel):
    question: str = Field(description=f"1 到 {QUESTION_LIMIT} 个字")
    history: list[TurnBody] = Field(default_factory=list, description=f"此前的对话,只用最近 {TURNS_KEPT} 条")


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
            raise not_ready()
        request_id = request.state.request_id
        work = answer(body, request_id)
        if "text/event-stream" in request.headers.get("accept", ""):
            headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
            return StreamingResponse(_events(work, request_id), media_type="text/event-stream", headers=headers)
        return Response(await work, media_type="application/json", headers={"Cache-Control": "no-store"})


def _add_reports(router: APIRouter, desk: Desk) -> None:
    @readable(router, "/api/reports", summary="收录的报告")
    def reports() -> dict[str, Any]:
        with desk.lease() as assistant:
            index = assistant.index
            return {"index": index.generation, "reports": [_summary(report) for report in index.reports]}

    @readable(router, "/api/reports/{report_id}", summary="一份报告的全文")
    def report(report_id: str) -> dict[str, Any]:
        found = desk.report(report_id)
        if found is None:
            raise RequestError(404, "report_not_found", "没有这份报告,可能已经更新或移除。")
        return _whole(found)

    @readable(router, "/reports/{report_id}", include_in_schema=False)
    def reader(report_id: str, request: Request) -> HTMLResponse:
        try:
            found, newer = desk.report(report_id), desk.stand_in(report_id)
        except RequestError as error:
            return HTMLResponse(notice_page(error.message), error.status)
        if found is None:
            return HTMLResponse(notice_page("没有找到这份报告", "它可能已经更新或移除,请返回后重新提问。"), 404)
        return HTMLResponse(reader_page(found, _offsets(request), newer), headers={"Cache-Control": "no-cache"})


def _add_health(router: APIRouter, desk: Desk) -> None:
    @readable(router, "/healthz", summary="进程是否在运行")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @readable(router, "/readyz", summary="是否可以回答问题")
    async def readyz() -> JSONResponse:
        ready = desk.live.ready
        state = {"status": "ready" if ready else "starting", "index": desk.live.generation}
        return JSONResponse(state, 200 if ready else 503)


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
    if length.isdecimal() and int(length) > BODY_LIMIT:
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
    about = coverage(report)
    return {
        "id": report.id,
        "title": report.title,
        "issuer": report.issuer,
        "region": report.region,
        "place": full_name(report.region, report.issuer + report.title + report.text),
        "published": report.published,
        "period": report.period,
        "reviewed": [period.label for period in about.reviewed],
        "planned": [period.label for period in about.planned],
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
