"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "ingest.clauses",
        "ingest.coverage",
        "ingest.divisions",
        "ingest.figures",
        "ingest.kinds",
        "ingest.nouns",
        "ingest.tables",
        "ingest.language.aspects",
        "ingest.language.folding",
        "ingest.language.indicators",
        "ingest.language.periods",
        "ingest.language.quantities",
        "ingest.language.statuses",
    ],
)
def test_the_examples_of_a_module_are_true(module: str) -> None:
    assert doctest.testmod(import_module(module)).failed == 0
