"""Several pieces of work at the same time: all are done, or none goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from contracts.faults import Fault

Result = TypeVar("Result")


async def together(*works: Coroutine[Any, Any, Any]) -> list[Any]:
    """The results, in order. Where one fails the others are ended, and its fault is raised by itself.

    Of several faults one that trying again would not help.
    """
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(work) for work in works]
    except BaseExceptionGroup as failed:
        raise _worst(failed) from None
    return [task.result() for task in tasks]


async def unless(enough: asyncio.Event, work: Coroutine[Any, Any, Result]) -> Result | None:
    """The result of the work, or None if it was ended because the event came first."""
    working, waiting = asyncio.ensure_future(work), asyncio.ensure_future(enough.wait())
    try:
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, waiting):
            task.cancel()
        await asyncio.gather(working, waiting, return_exceptions=True)


def _worst(failed: BaseExceptionGroup[Any]) -> BaseException:
    return min(failed.exceptions, key=lambda each: isinstance(each, Fault) and each.technical)
