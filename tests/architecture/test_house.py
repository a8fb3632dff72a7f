"""The house rules that are not a single module's own: what is written once, and where it may stand."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
import yaml
from pydantic_core import PydanticUndefined

from contracts.asyncapi import document
from contracts.events import ALL_EVENTS
from contracts.flow import FLOW, STATIONS, Leg
from contracts.streams import DURABLES
from edit_factory.registry import SERVICES
from kit.settings import Settings

HERE = Path(__file__).parents[2]
LIBRARY = ("contracts", "kit", "services", "edit_factory")
# What outsiders are shown: how subjects look is what it is about.
TELLS_SUBJECTS = ("docs/", "tests/", "bench/", "contracts/schemas/", "deploy/nats.conf")


@cache
def tracked() -> tuple[str, ...]:
    """Files of the repository, those not added yet among them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return tuple(name for name in listed.stdout.splitlines() if (HERE / name).is_file())


def sources(*folders: str) -> Iterable[tuple[str, ast.Module]]:
    for name in tracked():
        if name.endswith(".py") and name.split("/")[0] in folders:
            yield name, ast.parse((HERE / name).read_text("utf-8"), name)


def between(document: str, name: str) -> list[str]:
    """The lines of a table that stands between two marks."""
    text = (HERE / "docs" / document).read_text("utf-8")
    found = re.search(rf"<!-- {name}\b.*?-->\n(.*?)\n<!-- /{name} -->", text, re.DOTALL)
    assert found, f"{document} has no marks of {name}"
    return found[1].splitlines()


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split(" | ")]


# --- imports -----------------------------------------------------------------------------------------------------


def test_imports_only_go_down():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=HERE, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


# --- subjects ----------------------------------------------------------------------------------------------------


def strings(tree: ast.Module) -> Iterable[str]:
    """Every string of a module but for its docstrings, pieces of f-strings among them."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_subjects_are_written_in_one_file_only():
    prefix = "ef."
    found = {
        name for name, tree in sources(*LIBRARY, "deploy") if any(text.startswith(prefix) for text in strings(tree))
    }
    assert found == {"contracts/subjects.py"}


def test_no_other_kind_of_file_has_subjects_either():
    subject = re.compile(r"\bef\.(evt|prg|step)\b")
    for name in tracked():
        if name.endswith((".py", ".lock")) or name.startswith(TELLS_SUBJECTS) or not is_text(name):
            continue
        assert not subject.search((HERE / name).read_text("utf-8")), name


def is_text(name: str) -> bool:
    with (HERE / name).open("rb") as file:
        return b"\0" not in file.read(8192)


# --- events ------------------------------------------------------------------------------------------------------


def fact_row(leg: Leg) -> str:
    lines = (leg.fact.__doc__ or "").strip().split("\n\n")[0].split()
    story = " ".join(lines).replace("``", "`")
    return (
        f"| `{leg.fact.TYPE}.v{leg.fact.VERSION}` | {', '.join(leg.emitted_by)} | {', '.join(leg.heard_by)} | {story} |"
    )


def test_every_event_is_in_the_flow_and_in_the_documentation():
    legs = {leg.fact: leg for leg in FLOW}
    assert set(legs) == set(ALL_EVENTS)
    assert len(FLOW) == len(ALL_EVENTS)
    _, _, *rows = between("events.md", "facts")
    expected = [fact_row(legs[event]) for event in ALL_EVENTS]
    assert rows == expected, "\n".join(["docs/events.md should have:", *expected])


@pytest.mark.parametrize("event", ALL_EVENTS, ids=lambda event: event.TYPE)
def test_every_event_has_a_schema_a_channel_and_an_example_of_old(event):
    name = f"{event.TYPE}.v{event.VERSION}"
    assert (HERE / "contracts/schemas" / f"{name}.json").is_file()
    assert (HERE / "tests/contracts/golden" / f"{name}.json").is_file()
    assert name in document("0")["channels"]


def test_emitters_and_hearers_are_services():
    for leg in FLOW:
        assert {*leg.emitted_by, *leg.heard_by} <= set(SERVICES), leg.fact.TYPE
        assert "projection" in leg.heard_by, leg.fact.TYPE


# --- settings ----------------------------------------------------------------------------------------------------


def test_every_setting_is_in_the_documentation_with_its_default():
    _, _, *rows = between("operating.md", "settings")
    told = {name.strip("`"): (default, meaning) for name, default, meaning in map(cells, rows)}
    assert list(told) == [f"EDIT_FACTORY_{name.upper()}" for name in Settings.model_fields]
    for name, field in Settings.model_fields.items():
        default, meaning = told[f"EDIT_FACTORY_{name.upper()}"]
        assert len(meaning) > 10, name
        if field.default not in {PydanticUndefined, None, ""}:
            assert default == f"`{field.default}`", name
        else:
            assert default == "`$XDG_DATA_HOME/edit-factory`" or default.startswith(("(", "`blobs`")), name


def test_no_other_setting_is_spoken_of():
    known = {f"EDIT_FACTORY_{name.upper()}" for name in Settings.model_fields} | {
        "EDIT_FACTORY_FFMPEG",
        "EDIT_FACTORY_URL",
        "EDIT_FACTORY_KEY",
    }
    for name in tracked():
        if name.endswith((".md", ".yaml", ".yml", "Dockerfile", "Makefile")):
            spoken = set(re.findall(r"EDIT_FACTORY_[A-Z_]*[A-Z]", (HERE / name).read_text("utf-8")))
            assert spoken <= known, name


# --- services ----------------------------------------------------------------------------------------------------


def test_folder_durable_prefix_and_compose_service_are_one_name():
    folders = {path.parent.name for path in (HERE / "services").glob("*/service.py")}
    assert {path.parent.name for path in (HERE / "services").glob("*/__init__.py")} == folders
    assert folders == set(SERVICES)
    assert set(STATIONS) == set(SERVICES) - {"gateway", "projection", "publish", "catalog", "reconciler"}
    assert {durable.service for durable in DURABLES} == set(STATIONS)
    for durable in DURABLES:
        assert durable.name == durable.service or durable.name.startswith(f"{durable.service}-")
    assert set(SERVICES) <= set(yaml.safe_load((HERE / "compose.yaml").read_text("utf-8"))["services"])


def test_every_service_can_be_told_how_much_to_do_at_once():
    assert {f"{station}_slots" for station in STATIONS} <= set(Settings.model_fields)


# --- files -------------------------------------------------------------------------------------------------------


def test_no_file_names_a_package_registry():
    """Whoever builds this says where packages come from; files that do would go around it."""
    hosts = [
        ".".join(parts).encode()
        for parts in (
            ("pypi", "org"),
            ("files", "pythonhosted", "org"),
            ("registry", "npmjs", "org"),
            ("registry", "npmjs", "com"),
            ("registry", "yarnpkg", "com"),
            ("index", "docker", "io"),
            ("proxy", "golang", "org"),
        )
    ]
    for name in tracked():
        content = (HERE / name).read_bytes()
        assert [host for host in hosts if host in content] == [], name


def test_QUAL_03_library_code_does_not_print():
    """But for programs of their own, whose standard output is their answer."""
    for name, tree in sources(*LIBRARY):
        if is_program(tree):
            continue
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"), (
                f"{name}:{node.lineno}"
            )


def is_program(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'" for node in tree.body)


def test_every_provider_has_a_test_and_every_such_test_a_provider():
    modules = {
        path.stem
        for path in (HERE / "services/tts/providers").glob("*.py")
        if path.stem != "__init__" and not path.stem.endswith("_child")
    }
    tests = {path.stem.removeprefix("test_") for path in (HERE / "tests/providers").glob("test_*.py")}
    assert modules <= tests
    around = {path.stem for path in (HERE / "services/tts").glob("*.py")}
    assert tests <= modules | around


def test_links_between_documents_lead_somewhere():
    for name in tracked():
        if not name.endswith(".md"):
            continue
        for target in re.findall(r"\]\((?!https?://|mailto:)([^)#\s]+)", (HERE / name).read_text("utf-8")):
            assert (HERE / name).parent.joinpath(target).exists(), f"{name}: {target}"


def test_continuous_integration_goes_through_the_same_door():
    """Every supported Python, by commands that are there; nothing secret."""
    text = (HERE / ".github/workflows/ci.yml").read_text("utf-8")
    matrix = yaml.safe_load(text)["jobs"]["check"]["strategy"]["matrix"]["include"]
    project = (HERE / "pyproject.toml").read_text("utf-8")
    assert [row["python"] for row in matrix] == re.findall(r"Python :: (3\.\d+)", project)
    targets = set(re.findall(r"^([a-z-]+):", (HERE / "Makefile").read_text("utf-8"), re.MULTILINE))
    for row in matrix:
        program, *target = row["command"].split()
        assert (program, set(target) <= targets) == ("make", True) or (HERE / program).stat().st_mode & 0o111
    assert "secrets." not in text
