"""``python -m tests.steady ARGUMENTS``: pytest with these arguments, for a machine that nobody watches.

A test that fails once and then passes, alone, is unsteady: it does not throw away the whole run, and is not hidden
either. Its name is printed, and appended to the file that the environment variable ``UNSTEADY`` names. At most five
failures are tried again; more of them, or one that fails again, and the run has failed as it would have with pytest.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

MOST = 5
FAILED = 1  # pytest's exit code for tests that failed; all others mean that there was no proper run


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="steady-") as cache:
        first = _pytest(cache, *arguments)
        failed = _last_failed(cache)
        if first != FAILED or not 0 < len(failed) <= MOST:
            return first
        print(f"\n{len(failed)} failed and are run once more, alone.", flush=True)
        again = _pytest(cache, *arguments, "-n", "0", "--last-failed", "--last-failed-no-failures", "none")
        if again != 0 or _last_failed(cache):
            return first
    _tell(failed)
    return 0


def _pytest(cache: str, *arguments: str) -> int:
    """With a cache of its own, so that what failed is what failed here."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-o", f"cache_dir={cache}", *arguments], check=False
    ).returncode


def _last_failed(cache: str) -> list[str]:
    """Names of the tests, or of whole files that could not be read."""
    kept = Path(cache) / "v/cache/lastfailed"
    return sorted(json.loads(kept.read_text("utf-8"))) if kept.exists() else []


def _tell(names: list[str]) -> None:
    lines = "".join(f"unsteady: {name}\n" for name in names)
    print(lines, end="", flush=True)
    if kept := os.environ.get("UNSTEADY"):
        with Path(kept).open("a", encoding="utf-8") as file:
            file.write(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
