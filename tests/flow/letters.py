"""What tests of dead letters and of the reconciler have in common."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from nats.aio.msg import Msg

from contracts.streams import EVENTS, durable
from edit_factory.embedded import Embedded
from edit_factory.registry import build
from kit.bus import Bus
from tests import material
from tests.client import Client, Json

SCRIPT = "The tide goes out. Then it comes back in."  # the same for all, so that its voice is made once


@asynccontextmanager
async def without(factory: Embedded, name: str) -> AsyncIterator[None]:
    """The running system while one of its services is down."""
    (place,) = (place for place, each in enumerate(factory._services) if getattr(each, "name", "") == name)
    await factory._services[place].stop()
    try:
        yield
    finally:
        factory._services[place] = service = build(name, factory.settings_of(name))
        await service.start()


async def brief(api: Client, **changes: Any) -> Json:
    clip = await api.upload(material.video("tide.mp4", seconds=6, size=(320, 180)))
    return {"script": SCRIPT, "quality": "draft", "footage": [clip["id"]]} | changes


def fresh_project() -> str:
    return f"letters-{uuid4().hex[:8]}"


async def taken_from(bus: Bus, inbox: str, count: int = 1, about: str = "") -> list[Any]:
    """Messages of an inbox, of whatever lane, taken by somebody who is no station; ``about``: those of one job or
    upload, where earlier tests may have left others.
    """
    found: list[Any] = []

    async def look() -> bool:
        for consumer in durable(inbox).consumers:
            if len(found) < count and (message := await taken_now(bus, consumer.name)) is not None:
                if about in message.subject:
                    found.append(message)
                else:
                    await message.nak(delay=2)
        return len(found) == count

    await until(look, 10)
    return found


async def taken_now(bus: Bus, consumer: str) -> Msg | None:
    """A message of one consumer, if it has one."""
    asked = f"$JS.API.CONSUMER.MSG.NEXT.{EVENTS.name}.{consumer}"
    answer = await bus.client.request(asked, b'{"batch": 1, "no_wait": true}', timeout=5, old_style=True)
    return None if "Status" in (answer.headers or {}) else answer


async def until(look: Callable[[], Awaitable[Any]], timeout_s: float = 60) -> Any:
    """What ``look`` finds, as soon as it finds anything."""
    async with asyncio.timeout(timeout_s):
        while not (found := await look()):
            await asyncio.sleep(0.05)
    return found


async def letters_of(api: Client, job: str, **asked: Any) -> list[Json]:
    """The dead letters of a job."""
    answer = await api.http.get("/v1/dead-letters", params={"limit": 100} | asked)
    assert answer.status_code == 200, answer.text
    return [letter for letter in answer.json()["items"] if letter["job"] == job]
