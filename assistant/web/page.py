"""The chat page (the sole import of Gradio; it takes some two seconds, so nothing else may wait for it)."""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

# Before Gradio is imported: it looks up two hosts otherwise.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount

from assistant.desk import BROKEN, QUESTION_LIMIT, Desk, RequestError, checked
from assistant.web import view
from assistant.web.api import WORKERS
from assistant.web.examples import LIMIT, example_questions

FONTS = (
    "system-ui",
    "-apple-system",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "sans-serif",
)
BLUE = gr.themes.Color(
    c50="#f1f5fa", c100="#e2ebf5", c200="#c5d6e9", c300="#9ab8d8", c400="#5f8dbd", c500="#2c659f", c600="#12457c",
    c700="#0f3a69", c800="#0c2f55", c900="#0a2542", c950="#061830",
)  # fmt: skip

PLAIN: dict[str, Any] = {"js_on_load": None, "apply_default_css": False}
"""Options of a `gr.HTML` that only shows: our style sheet dresses it, not Gradio's."""

HEADER = """<header class="wb-header"><div class="wb-brand"><span class="wb-logo" aria-hidden="true"></span>
<h1>问报</h1></div><p>向政府报告提问,答案附原句与出处</p>
<nav aria-label="页面"><a href="/figures">指标</a></nav></header>"""
NOTICE = """<footer class="wb-notice">回答只引用上列报告中的文字与数字,不作推测;正式使用前,请以发布机构的原文为准。
请勿输入个人信息。</footer>"""


class Page:
    """The components of the page and what happens between them; the state of a visit is in the visit's session only."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._examples: tuple[str, list[str]] = ("", [])

    def build(self) -> Any:
        with gr.Blocks(title="问报 · 政府报告问答", analytics_enabled=False, fill_width=True) as blocks:
            gr.HTML(HEADER, **PLAIN)
            with gr.Row(elem_classes="wb-main"):
                with gr.Column(scale=7, min_width=320, elem_classes="wb-left"):
                    chat, heading, buttons, box, send, again = self._conversation()
                with gr.Column(scale=5, min_width=320, elem_classes="wb-right"):
                    evidence = gr.HTML(view.evidence_html(()), **PLAIN, elem_classes="wb-panel")
                    reports = gr.HTML(**PLAIN, elem_classes="wb-panel")
            gr.HTML(NOTICE, **PLAIN)
            state = gr.State(())

            outputs = [state, chat, evidence, box, send, again, heading, *buttons]
            options: dict[str, Any] = {
                "outputs": outputs,
                "show_progress": "hidden",
                "api_visibility": "private",
                "concurrency_limit": WORKERS,
                "concurrency_id": "ask",
            }
            for trigger in (box.submit, send.click):
                trigger(self.answer, [box, state], **options)
            for button in buttons:
                button.click(self.answer, [button, state], **options)
            again.click(self.start, None, **options | {"concurrency_id": "start"})
            blocks.load(
                self.welcome, None, [reports, heading, *buttons], show_progress="hidden", api_visibility="private"
            )
        return blocks

    def _conversation(self) -> tuple[Any, ...]:
        chat = gr.Chatbot(
            label="对话",
            show_label=False,
            height="100%",
            layout="bubble",
            buttons=[],
            autoscroll=False,
            feedback_options=None,
            latex_delimiters=[],
            allow_tags=False,
            allow_file_downloads=False,
            placeholder=view.INTRODUCTION,
            elem_classes="wb-chat",
        )
        with gr.Column(elem_classes="wb-next"):
            with gr.Row(elem_classes="wb-next-head"):
                heading = gr.HTML(**PLAIN, elem_classes="wb-hint")
                again = gr.Button("清空对话", size="sm", visible=False, elem_classes="wb-again")
            with gr.Row(elem_classes="wb-chips"):
                buttons = [gr.Button(visible=False, size="sm", elem_classes="wb-chip") for _ in range(LIMIT)]
        with gr.Row(elem_classes="wb-ask"):
            box = gr.Textbox(
                label="问题",
                show_label=False,
                container=False,
                placeholder="请输入问题",
                max_length=QUESTION_LIMIT,
                lines=1,
                max_lines=4,
                scale=1,
                autofocus=False,
                html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
                elem_classes="wb-box",
            )
            send = gr.Button("提问", variant="primary", scale=0, min_width=84, elem_classes="wb-send")
        return chat, heading, buttons, box, send, again

    def answer(self, question: str, conversation: view.Conversation) -> Iterator[list[Any]]:
        """First the question with a sign that it is being worked on, then the answer."""
        try:
            asked = checked(question or "")
        except RequestError as error:
            hint = f'<p role="alert">{error.message}</p>'
            yield [*[gr.skip()] * 6, hint, *[gr.skip()] * LIMIT]
            return
        busy = gr.Button("查阅中", interactive=False)
        waiting = view.messages(conversation, waiting=asked)
        yield [gr.skip(), waiting, gr.skip(), "", busy, gr.skip(), "", *self._chips([])]
        done = (*conversation, self._exchange(asked, conversation))[-view.EXCHANGES_KEPT :]
        yield self._shown(done, gr.skip())

    def start(self) -> list[Any]:
        """An empty conversation."""
        return self._shown((), "")

    def welcome(self) -> list[Any]:
        """What depends on the index: asked for at every visit, so a new generation shows without a restart."""
        heading, questions = view.suggestions((), self._current_examples())
        return [self._reports(), _hint(heading, questions), *self._chips(questions)]

    def _exchange(self, asked: str, conversation: view.Conversation) -> view.Exchange:
        try:
            history = view.turns(conversation)
            answer = self.desk.ask(asked, history, request_id=uuid.uuid4().hex, channel="page")
        except RequestError as error:
            return view.Exchange(asked, error=error.message)
        except Exception:  # whatever it is, the visitor reads a sentence; the desk has logged it
            return view.Exchange(asked, error=BROKEN)
        return view.Exchange(asked, answer)

    def _shown(self, conversation: view.Conversation, box: Any) -> list[Any]:
        heading, questions = view.suggestions(conversation, self._current_examples())
        return [
            conversation,
            view.messages(conversation),
            view.evidence_html(conversation),
            box,
            gr.Button("提问", interactive=True),
            gr.Button(visible=bool(conversation)),
            _hint(heading, questions),
            *self._chips(questions),
        ]

    def _chips(self, questions: list[str]) -> list[Any]:
        shown = [gr.Button(question, visible=True) for question in questions[:LIMIT]]
        return shown + [gr.Button(visible=False)] * (LIMIT - len(shown))

    def _reports(self) -> str:
        try:
            with self.desk.lease() as assistant:
                return view.reports_html(assistant.index.reports)
        except RequestError:
            return ""

    def _current_examples(self) -> list[str]:
        try:
            with self.desk.lease() as assistant:
                if self._examples[0] != assistant.index.generation:
                    self._examples = assistant.index.generation, example_questions(assistant)
        except Exception:  # a page without examples is still a page
            return []
        return self._examples[1]


def _hint(heading: str, questions: list[str]) -> str:
    return f"<p>{heading}</p>" if questions else ""


def page_app(desk: Desk) -> FastAPI:
    """The page as an application of its own, to be mounted at the root."""
    app = FastAPI(lifespan=_ending_streams, docs_url=None, redoc_url=None, openapi_url=None)
    # Gradio answers every origin, credentials included, unless the application decides for itself: nobody.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    blocks = Page(desk).build()
    blocks.queue(max_size=100, default_concurrency_limit=WORKERS, api_open=False)
    theme = gr.themes.Base(
        primary_hue=BLUE,
        secondary_hue=BLUE,
        neutral_hue="slate",
        font=FONTS,
        font_mono=("ui-monospace", "monospace"),
        text_size="lg",
        radius_size="sm",
    )
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=theme,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        max_file_size=1,
        blocked_paths=["/"],
    )
    return app


@asynccontextmanager
async def _ending_streams(app: FastAPI) -> AsyncIterator[None]:
    """Every open page holds a stream; end them when the page goes, or the server waits for visitors to leave."""
    yield
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, gr.routes.App):
            route.app.stop_event.set()


__all__ = ["Page", "page_app"]
