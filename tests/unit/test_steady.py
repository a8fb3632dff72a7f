"""What an unwatched run makes of failures: real runs of pytest over a few small tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.steady import MOST

ROOT = Path(__file__).parents[2]
ONCE = """
from pathlib import Path
def test_well(): ...
def test_once(tmp_path_factory):
    seen = Path(__file__).with_name("seen")
    if not seen.exists():
        seen.touch()
        raise AssertionError("not yet")
"""
NEVER = """
def test_well(): ...
def test_never(): raise AssertionError("never")
"""
MANY = f"""
import pytest
from pathlib import Path
@pytest.mark.parametrize("number", range({MOST + 1}))
def test_once(number):
    seen = Path(__file__).with_name(str(number))
    if not seen.exists():
        seen.touch()
        raise AssertionError("not yet")
"""


def checked(folder: Path, test: str) -> tuple[int, str, str]:
    """The exit code, what was printed, and the names that were kept for the end of the log."""
    (folder / "test_it.py").write_text(test)
    (folder / "pytest.ini").write_text("[pytest]\n")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "UNSTEADY": str(folder / "unsteady")}
    plain = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "-p xdist"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.steady", "-q", "--rootdir", folder, folder],
        cwd=folder,
        env=environment | plain,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    kept = folder / "unsteady"
    return done.returncode, done.stdout + done.stderr, kept.read_text() if kept.exists() else ""


def test_what_passes_when_it_is_run_once_more_is_named_and_let_through(tmp_path: Path):
    code, told, kept = checked(tmp_path, ONCE)
    assert code == 0, told
    assert "1 failed, 1 passed in" in told
    assert "1 passed in" in told.split("once more")[1]
    assert told.endswith("unsteady: test_it.py::test_once\n")
    assert kept == "unsteady: test_it.py::test_once\n"


@pytest.mark.parametrize(
    ("test", "words", "runs"),
    [
        (NEVER, "1 failed, 1 passed in", 2),
        (MANY, f"{MOST + 1} failed in", 1),
        ("import no_such_thing", "1 error in", 1),
        ("", "no tests ran in", 1),
    ],
    ids=["it fails again", "too many", "unreadable", "none"],
)
def test_all_else_is_red_and_named_nowhere(tmp_path: Path, test: str, words: str, runs: int):
    code, told, kept = checked(tmp_path, test)
    assert code != 0
    assert words in told
    assert len(re.findall(r" in \d+\.\d+s", told)) == runs, told
    assert ("once more" in told) == (runs == 2)
    assert "unsteady" not in told
    assert kept == ""
