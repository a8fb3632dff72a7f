"""Each requirement has a test that is named after it, so that `pytest -k STAB_03` shows what holds it."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import asyncpg
import psutil

from edit_factory.embedded import Embedded
from kit.ffmpeg import find_ffmpeg
from kit.process import Limits, run

HERE = Path(__file__).parents[2]
IDS = (
    *(f"STAB_{number:02}" for number in range(1, 7)),
    *(f"SEC_{number:02}" for number in range(1, 5)),
    *(f"QUAL_{number:02}" for number in range(1, 5)),
    *(f"TEST_{number:02}" for number in range(1, 5)),
)
ROWS = range(1, 29)  # of inputs that every door must withstand
# The module all connections come from; the embedded server's own set-up, which runs before there is a database; a pool
# for printing the API's document, which is never opened.
CONNECTS = {"kit/database.py", "edit_factory/sidecars/postgres.py", "edit_factory/cli/upkeep.py"}


def named_tests() -> set[str]:
    found = set()
    for path in (HERE / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                found.add(node.name)
    return found


def test_every_requirement_is_named_by_a_test():
    names = named_tests()
    assert not [ident for ident in IDS if not any(ident in name for name in names)]


def test_every_row_of_bad_inputs_is_named_by_a_test():
    names = named_tests()
    assert not [row for row in ROWS if not any(f"test_row_{row:02}" in name for name in names)]


def test_QUAL_01_one_place_makes_database_connections():
    found = set()
    for folder in ("contracts", "kit", "services", "edit_factory"):
        for path in (HERE / folder).rglob("*.py"):
            if re.search(r"asyncpg\.(connect|create_pool)\(", path.read_text("utf-8")):
                found.add(str(path.relative_to(HERE)))
    assert found == CONNECTS


def test_TEST_01_every_pure_core_has_a_unit_test():
    contracts = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (pure,) = (entry["source_modules"] for entry in contracts if entry["name"] == "pure cores know no I/O")
    folders = ("unit", "contracts", "fuzz")
    tests = "\n".join(path.read_text("utf-8") for name in folders for path in (HERE / "tests" / name).rglob("*.py"))
    assert not [module for module in pure if not _is_tested(module, tests)]


def _is_tested(module: str, tests: str) -> bool:
    """By a unit test, or through a neighbour in its folder that uses it and has one."""
    if _is_imported(module, tests):
        return True
    neighbours = (HERE / module.replace(".", "/")).parent.glob("*.py")
    users = (path for path in neighbours if _is_imported(module, path.read_text("utf-8")))
    package = module.rpartition(".")[0]
    return any(_is_imported(f"{package}.{path.stem}", tests) for path in users)


def _is_imported(module: str, tests: str) -> bool:
    package, _, name = module.rpartition(".")
    direct = rf"(from|import) {re.escape(module)}\b"
    return re.search(rf"{direct}|from {re.escape(package)} import [^\n]*\b{name}\b", tests) is not None


async def test_TEST_02_the_tests_run_on_real_servers_and_real_media(factory: Embedded):
    assert "nats-server" in psutil.Process(factory.servers["nats"].pid).name()
    connection = await asyncpg.connect(factory.settings.postgres_dsn)
    try:
        assert str(await connection.fetchval("SELECT version()")).startswith("PostgreSQL 1")
    finally:
        await connection.close()
    said = await run([find_ffmpeg(), "-version"], limits=Limits(wall_s=60))
    assert said.stdout.startswith(b"ffmpeg version")
