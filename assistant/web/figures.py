"""`GET /api/figures` and the page 指标: the figures of all reports, filtered, as JSON, CSV, XLSX and for reading."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse

from assistant.catalogue import Catalogue, Entry
from assistant.desk import Desk, RequestError
from assistant.export import csv_lines, record, write_xlsx
from assistant.selection import NAMES, PERIODS_ALLOWED, Selection, SelectionError
from assistant.web.browse import figures_page
from assistant.web.reader import notice_page
from assistant.web.routes import readable
from ingest.language.aspects import Aspect
from ingest.language.statuses import Status

LIMIT, HIGHEST_LIMIT = 100, 1000
EXPORT_LIMIT = {"csv": 100_000, "xlsx": 10_000}
"""Rows of one file: a workbook of ten thousand takes two seconds of a processor."""
WORKBOOKS = threading.BoundedSemaphore(2)
"""Workbooks that are made at once: they must not take the processor away from the questions."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_JOINED = ("region", "q")
_CONTROLS = ("limit", "offset", "format")
_DESCRIBED = {
    "region": "地区,带不带“省”“市”“区”都可以;多个用顿号分开或重复此参数",
    "indicator": "指标名或别名(GDP 即地区生产总值);没有这个指标时,取名称包含它的全部指标",
    "aspect": f"方面,可取 {'、'.join(Aspect)}",
    "period": PERIODS_ALLOWED,
    "status": f"状态,可取 {'、'.join(Status)}",
    "scope": "地区之内的范围,如 临空区;包含即可",
    "report": "报告编号",
    "q": "原句、指标或地区中的词;多个用空格分开,须全部出现",
}


def figures_router(desk: Desk) -> APIRouter:
    router = APIRouter()

    @readable(router, "/api/figures", summary="报告中的数据", openapi_extra={"parameters": _parameters()})
    def figures(request: Request) -> Response:
        catalogue = desk.catalogue()
        try:
            values = _values(request)
            controls = {name: values.pop(name) for name in _CONTROLS if name in values}
            wanted = Selection.read(values)
            return _answered(catalogue, wanted, controls, str(request.base_url).rstrip("/"))
        except SelectionError as error:
            code = f"invalid_{error.name}" if error.name in _KNOWN else "invalid_request"
            raise RequestError(422, code, str(error)) from error

    @readable(router, "/figures", include_in_schema=False)
    def page(request: Request) -> Response:
        try:
            catalogue = desk.catalogue()
        except RequestError as error:
            return HTMLResponse(notice_page(error.message), error.status)
        try:
            values, problem = _values(request), ""
        except SelectionError as error:
            values, problem = {}, str(error)
        html, sound = figures_page(catalogue, values, problem)
        return HTMLResponse(html, 200 if sound else 422, headers={"Cache-Control": "no-cache"})

    return router


_KNOWN = {*NAMES, *_CONTROLS}


def _values(request: Request) -> dict[str, str]:
    """The parameters that are not empty (a form sends all of its fields)."""
    values: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if not value.strip():
            continue
        if name in values and name not in _JOINED:
            raise SelectionError(name, f"{NAMES.get(name, name)}只能写一个。")
        values[name] = f"{values[name]}、{value}" if name in values else value
    return values


def _answered(catalogue: Catalogue, wanted: Selection, controls: Mapping[str, str], site: str) -> Response:
    kind = controls.get("format", "json")
    if kind != "json" and kind not in EXPORT_LIMIT:
        raise SelectionError("format", f"format 没有“{kind}”。可用的有:json、csv、xlsx。")
    highest = EXPORT_LIMIT.get(kind, HIGHEST_LIMIT)
    offset = _count(controls, "offset", 0, 0, 10**9)
    limit = _count(controls, "limit", EXPORT_LIMIT.get(kind, LIMIT), 1, highest)
    found = catalogue.find(wanted)
    if kind in EXPORT_LIMIT and "limit" not in controls and len(found) - offset > highest:
        raise SelectionError(
            "format",
            f"符合条件的数据有 {len(found)} 个,一个 {kind.upper()} 文件最多 {highest} 个。"
            "请加条件缩小范围,或用 limit 和 offset 分几次下载。",
        )
    part = found[offset : offset + limit]
    if kind == "csv":
        lines = _chunks(csv_lines(part, site))
        return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=_file(kind))
    if kind == "xlsx":
        return Response(_workbook(part, site), media_type=XLSX, headers=_file(kind))
    body = {"index": catalogue.generation, "total": len(found), "figures": [record(entry) for entry in part]}
    return JSONResponse(body, headers={"Cache-Control": "no-cache"})


def _workbook(entries: Iterable[Entry], site: str) -> bytes:
    if not WORKBOOKS.acquire(blocking=False):
        raise RequestError(503, "busy", "正在生成别的 XLSX 文件,请稍后再试,或改用 CSV。")
    try:
        file = io.BytesIO()
        write_xlsx(entries, site, file)
        return file.getvalue()
    finally:
        WORKBOOKS.release()


def _count(controls: Mapping[str, str], name: str, default: int, lowest: int, highest: int) -> int:
    text = controls.get(name, str(default)).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 11 and lowest <= int(text) <= highest):
        raise SelectionError(name, f"{name} 为“{text}”,应为 {lowest} 到 {highest} 之间的整数。")
    return int(text)


def _chunks(lines: Iterable[str]) -> Iterator[bytes]:
    """Some hundred lines at a time: each chunk is a step of the event loop."""
    rest = iter(lines)
    while some := "".join(islice(rest, 500)):
        yield some.encode()


def _file(kind: str) -> dict[str, str]:
    named = f"attachment; filename=\"figures.{kind}\"; filename*=UTF-8''%E6%8C%87%E6%A0%87.{kind}"
    return {"Content-Disposition": named, "Cache-Control": "no-store"}


def _parameters() -> list[dict[str, Any]]:
    """The description of the parameters: they are read by hand, so that errors are sentences."""
    texts = [_parameter(name, {"type": "string"}, meaning) for name, meaning in _DESCRIBED.items()]
    return [
        *texts,
        _parameter("limit", {"type": "integer", "default": LIMIT, "minimum": 1, "maximum": HIGHEST_LIMIT}, "最多几个"),
        _parameter("offset", {"type": "integer", "default": 0, "minimum": 0}, "从第几个起(0 为第一个)"),
        _parameter("format", {"enum": ["json", *EXPORT_LIMIT], "default": "json"}, "csv 和 xlsx 不写 limit 时取全部"),
    ]


def _parameter(name: str, schema: Mapping[str, Any], meaning: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": dict(schema), "description": meaning}
