from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi import FastAPI
from starlette.responses import HTMLResponse
from starlette.testclient import TestClient

from assistant.desk import Desk
from assistant.pipeline import Assistant
from assistant.serving import Generations, LiveAssistant
from assistant.web.app import create_app
from tests.assistant.web.fakes import FakeIndex
from vectorstore.store import Index


def light_page(desk: Desk) -> FastAPI:
    """A page without Gradio: most tests are not about it, and it takes seconds."""
    page = FastAPI()
    page.get("/")(lambda: HTMLResponse('<html lang="en"><body><gradio-app eager="true"></gradio-app></body></html>'))
    return page


@pytest.fixture
def index() -> FakeIndex:
    return FakeIndex()


@pytest.fixture
def serve(index: FakeIndex) -> Iterator[Callable[..., TestClient]]:
    """Serve an index, ready, with the options of `create_app`; `answerer` replaces the assistant."""
    with ExitStack() as stack:

        def start(*, answerer: Callable[[Index], Assistant] = Assistant, **options: object) -> TestClient:
            generations = Generations(current=lambda: index.generation, open=lambda: index)
            live = LiveAssistant(generations, answerer=answerer)
            app = create_app(live, **{"page": light_page} | options)  # type: ignore[arg-type]
            client = stack.enter_context(TestClient(app))
            live.wait(5)
            return client

        yield start


@pytest.fixture
def client(serve: Callable[..., TestClient]) -> TestClient:
    return serve()
