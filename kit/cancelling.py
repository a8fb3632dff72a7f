"""Hears which jobs are cancelled, and stops the work that is being done for them in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from contracts import subjects
from contracts.events import JobCancelRequestedV1
from kit.bus import Bus


class CancelWatch:
    """Live word of cancellations for running work, and the log's word for work about to begin."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._running: dict[UUID, set[asyncio.Task[object]]] = {}
        self._subscription: Subscription | None = None

    async def start(self) -> None:
        self._subscription = await self._bus.client.subscribe(subjects.heard(JobCancelRequestedV1), cb=self._heard)

    async def stop(self) -> None:
        if self._subscription is not None and not self._bus.client.is_closed:
            await self._subscription.unsubscribe()
        self._subscription = None

    async def _heard(self, message: Msg) -> None:
        # The job's id stands in the subject, so a body this version can't read still cancels.
        job = UUID(message.subject.split(".")[6])
        for task in self._running.get(job, ()):
            task.cancel()

    @contextmanager
    def watching(self, job: UUID, task: asyncio.Task[object]) -> Iterator[None]:
        """While inside, a cancellation of the job cancels the task."""
        self._running.setdefault(job, set()).add(task)
        try:
            yield
        finally:
            tasks = self._running[job]
            tasks.discard(task)
            if not tasks:
                del self._running[job]

    async def is_cancelled(self, job: UUID) -> bool:
        return await self._bus.last_raw(subjects.last_of(JobCancelRequestedV1, job)) is not None
