"""Ending background tasks for sure."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

log = logging.getLogger(__name__)

_ASK_AGAIN_S = 1.0


async def ended(task: asyncio.Task[Any]) -> None:
    """Cancels a task and waits until it is done. A clean-up that raised may have swallowed the first cancellation."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=_ASK_AGAIN_S)
    if not task.cancelled() and (fault := task.exception()) is not None:
        log.warning("a background task ended badly", exc_info=fault)
