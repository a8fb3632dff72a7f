"""What every refusal must be, whatever was sent: told as problem details, soon, and leaving nothing behind."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil

from edit_factory.embedded import Embedded
from tests.limits import SOON_S

MEMORY = 50 * 1000 * 1000  # bytes that the process may grow by
PROBES = ("probe_child.py", "image_child.py")
_TELLTALE = ("/tmp", "/home/", "/root", "/work", "Traceback", 'File "', ".py")


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem details of a refusal that is as every refusal must be."""
    assert answer.status_code == status, answer.text
    assert answer.elapsed.total_seconds() < SOON_S
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem: dict[str, Any] = answer.json()
    assert problem["code"] == code, problem
    assert problem["status"] == status
    assert problem["type"].endswith(code)
    assert problem["title"]
    assert problem["detail"]
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert not [word for word in _TELLTALE if word in answer.text], answer.text
    return problem


def pointers(problem: dict[str, Any]) -> list[str]:
    return [error["pointer"] for error in problem["errors"]]


def left_over(home: Path) -> list[str]:
    """What an upload leaves while it is under way: scratch folders, half-stored blobs, probing children."""
    folders = [path.name for path in (home / "scratch").glob("*/upload-*")]
    halves = [path.name for path in (home / "blobs" / "incoming").glob("*")]
    return folders + halves + [command for command in children() if command.endswith(PROBES)]


def children() -> Iterator[str]:
    """The script, or else the program, of every child process of ours."""
    for child in psutil.Process().children(recursive=True):
        try:
            yield next((part for part in child.cmdline() if part.endswith(".py")), child.name())
        except psutil.Error:
            continue  # it ended while we looked


@asynccontextmanager
async def nothing_left(factory: Embedded) -> AsyncIterator[None]:
    """Afterwards no file, no child, and hardly more memory than before, not even for a moment."""
    with peak(lambda: psutil.Process().memory_info().rss) as most:
        before = most()
        yield
        grown = most() - before
    for _ in range(int(SOON_S / 0.05)):
        if not left_over(factory.settings.home):
            break
        await asyncio.sleep(0.05)
    assert left_over(factory.settings.home) == []
    assert grown < MEMORY, f"{grown / 1e6:.0f} MB more"


def not_stored(factory: Embedded, content: bytes) -> bool:
    name = hashlib.sha256(content).hexdigest()
    return not list((factory.settings.home / "blobs").rglob(name))


@contextmanager
def peak(measure: Callable[[], int], every_s: float = 0.01) -> Iterator[Callable[[], int]]:
    """The largest value seen so far, looked at from another thread."""
    seen = [measure()]
    over = threading.Event()

    def watch() -> None:
        while not over.wait(every_s):
            seen.append(measure())
            seen[:] = [max(seen)]

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield lambda: max([*seen, measure()])
    finally:
        over.set()
        watching.join()


def probes_rss() -> int:
    """Bytes of memory that children which look into uploads hold at this moment."""
    total = 0
    for child in psutil.Process().children(recursive=True):
        try:
            if any(part.endswith(PROBES) for part in child.cmdline()):
                total += child.memory_info().rss
        except psutil.Error:
            continue
    return total


async def timed(asking: Any) -> Any:
    began = time.monotonic()
    answer = await asking
    assert time.monotonic() - began < SOON_S
    return answer
