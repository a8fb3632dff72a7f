"""Whoever leaves the machine goes through one door, and nobody holds up an event loop on the way."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator

import pytest

from tests.architecture.test_house import HERE, sources

BLOCKING = frozenset({"requests", "urllib3", "urllib.request", "http.client", "ftplib", "smtplib"})
# Modules that may make an HTTP client: to services we chose, and to addresses that users name (which are read by the
# same library's rules). The command is a client of our own gateway, not a caller of services outside.
DOORS = {"kit/outside.py", "kit/outbound.py", "kit/addresses.py"}
# Blocking HTTP, processes, files, input and sleep; a path that asks the disk nothing (ASYNC240) may be excused.
SILENCED = re.compile(r"noqa: ASYNC2(1\d|2\d|3\d|5\d)")


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("folder", ["contracts", "kit", "services"])
def test_QUAL_02_nobody_imports_a_blocking_http_library(folder: str):
    for name, tree in sources(folder):
        assert not set(imported(tree)) & BLOCKING, name


def test_STAB_06_QUAL_02_services_outside_are_called_through_one_module():
    found = {name for name, tree in sources("contracts", "kit", "services") if "httpx" in set(imported(tree))}
    assert found == DOORS
    tree = ast.parse((HERE / "kit/outside.py").read_text("utf-8"))
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    used = {node.attr for node in named if ast.unparse(node.value) == "httpx"}
    assert "AsyncClient" in used
    assert not used & {"Client", "get", "post", "put", "request", "stream"}


def test_QUAL_02_nobody_sleeps_on_an_event_loop():
    for name, tree in sources("contracts", "kit", "services"):
        for function in ast.walk(tree):
            if isinstance(function, ast.AsyncFunctionDef):
                calls = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
                assert "time.sleep" not in calls, f"{name}: {function.name}"


def test_QUAL_02_the_linter_s_rules_for_event_loops_are_on_and_not_silenced():
    lint = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert "ASYNC" in lint["select"]
    off = {rule for rules in lint["per-file-ignores"].values() for rule in rules} | set(lint["ignore"])
    assert {rule for rule in off if rule.startswith("ASYNC")} <= {"ASYNC109", "ASYNC110", "ASYNC2"}
    silenced = {path for path, rules in lint["per-file-ignores"].items() if {"ASYNC110", "ASYNC2"} & set(rules)}
    assert silenced <= {"tests/**", "bench/**"}
    for folder in ("contracts", "kit", "services"):
        for path in (HERE / folder).rglob("*.py"):
            assert not SILENCED.search(path.read_text("utf-8")), path.name
