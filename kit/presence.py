"""Each process says that it lives, and how many of its workers do; whoever does not say so for long is taken for dead.

A process that runs while its workers have died is thereby told from one that works: a worker counts for as long as its
task asks for messages or works on one.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from uuid import uuid4

import nats.errors

from contracts import streams, subjects
from contracts.faults import Unavailable
from contracts.health import Presence
from kit.bus import Bus, now
from kit.letters import WORKER
from kit.tasks import ended

log = logging.getLogger(__name__)

# A quarter of what the stream keeps: three words may be lost on the way.
_EVERY_S = streams.ALIVE.max_age_s / 4
_PROCESSES_MAX = 10_000


@asynccontextmanager
async def present(bus: Bus, service: str) -> AsyncIterator[None]:
    """Says every two seconds that a process of this service lives, and at the end that it does not any more."""
    instance = uuid4().hex[:12]
    told = Presence(service=service, instance=instance, worker=WORKER, version=own_version(), started_at=now())
    await _tell(bus, told)
    telling = asyncio.create_task(_keep_telling(bus, told), name="presence")
    try:
        yield
    finally:
        await ended(telling)
        with suppress(nats.errors.Error, Unavailable, OSError):
            await bus.client.publish(subjects.alive(service, instance), b"")


async def _keep_telling(bus: Bus, told: Presence) -> None:
    while True:
        await asyncio.sleep(_EVERY_S)
        await _tell(bus, told)


async def _tell(bus: Bus, told: Presence) -> None:
    """Nothing waits for it: word that gets lost is made good by the next."""
    message = told.model_copy(update={"slots": workers(bus)})
    try:
        if bus.client.is_connected:
            await bus.client.publish(subjects.alive(told.service, told.instance), message.model_dump_json().encode())
    except (nats.errors.Error, Unavailable, OSError) as away:
        log.debug("could not say that this process lives", extra={"reason": repr(away)})


def workers(bus: Bus) -> dict[str, int]:
    """Live workers of this process, by the inbox they take from."""
    found: Counter[str] = Counter()
    for subscriber in bus.broker.subscribers:
        inbox = getattr(getattr(subscriber, "config", None), "durable_name", None)
        if inbox:
            found[inbox] += sum(not task.done() for task in getattr(subscriber, "tasks", ()))
    return dict(found)


async def presences(bus: Bus) -> tuple[Presence, ...]:
    """Every process that lives.

    Raises:
        Unavailable: the server is away.
    """
    messages = await bus.between(streams.ALIVE, subjects.ALIVE, 1, _PROCESSES_MAX)
    found = []
    for message in messages:
        if message.data:
            with suppress(ValueError):  # of a version that says it another way
                found.append(Presence.model_validate_json(message.data))
    return tuple(found)


def own_version() -> str:
    try:
        return version("edit-factory")
    except PackageNotFoundError:
        return "unknown"
