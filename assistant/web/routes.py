"""Registering routes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter

Handler = TypeVar("Handler", bound=Callable[..., Any])


def readable(router: APIRouter, path: str, **options: Any) -> Callable[[Handler], Handler]:
    """Register a handler for GET and, as every GET may be asked, for HEAD."""

    def register(handler: Handler) -> Handler:
        router.head(path, include_in_schema=False)(handler)
        return router.get(path, **options)(handler)

    return register
