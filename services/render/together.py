"""Several pieces of work at the same time: all are done, or none goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from contracts.faults import Fault


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


def _worst(failed: BaseExceptionGroup[Any]) -> BaseException:
    return min(failed.exceptions, key=lambda each: isinstance(each, Fault) and each.technical)
