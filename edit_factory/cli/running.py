"""One way to run a command's coroutine: uvloop if it is there, and signals that end it cleanly."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class Interrupted(Exception):
    """A signal ended the work, after it had cleaned up."""

    def __init__(self, number: signal.Signals) -> None:
        super().__init__(number.name)
        self.number = number


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Runs to the end. The first SIGINT or SIGTERM cancels ``work``; a second one ends the process at once.

    Raises:
        Interrupted: a signal ended it.
    """
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(_heeding_signals(work))


async def _heeding_signals(work: Coroutine[Any, Any, Result]) -> Result:
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)
    heard: list[signal.Signals] = []

    def stop(number: signal.Signals) -> None:
        if heard:
            os._exit(128 + number)  # children die with us: the kernel tells them
        heard.append(number)
        task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop, number)
    try:
        return await task
    except asyncio.CancelledError:
        if heard:
            raise Interrupted(heard[0]) from None
        raise


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415  (not there on every platform)
    except ImportError:
        return None
    return uvloop.new_event_loop
