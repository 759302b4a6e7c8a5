"""What each package offers: a short `__all__`, true in both directions."""

from __future__ import annotations

import importlib
import types

import pytest

PACKAGES = ["ingest", "vectorstore", "prompts", "assistant", "evals"]
MOST = 16
"""A reader learns a package by its names: more than these belong into its modules."""


def offered(package: types.ModuleType) -> list[str]:
    """Return the public names of a package that are no modules, its own or those it was built with."""
    return [
        name
        for name, value in vars(package).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType) and name != "annotations"
    ]


@pytest.mark.parametrize("name", PACKAGES)
def test_all_is_what_a_package_exports(name: str) -> None:
    package = importlib.import_module(name)
    assert sorted(offered(package)) == sorted(getattr(package, "__all__", []))


@pytest.mark.parametrize("name", PACKAGES)
def test_all_is_short_and_sorted(name: str) -> None:
    names: list[str] = getattr(importlib.import_module(name), "__all__", [])
    assert len(names) == len(set(names)) <= MOST
    constants = [n for n in names if n.isupper()]
    classes = [n for n in names if n[0].isupper() and not n.isupper()]
    functions = [n for n in names if n[0].islower()]
    assert names == sorted(constants) + sorted(classes) + sorted(functions)


@pytest.mark.parametrize("name", ["ingest", "vectorstore"])
def test_an_exported_name_has_a_docstring(name: str) -> None:
    package = importlib.import_module(name)
    exported = [getattr(package, n) for n in package.__all__]
    assert all(value.__doc__ for value in exported if isinstance(value, type | types.FunctionType))
