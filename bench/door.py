"""What a key and the limits cost a request: the same requests, with and without the door before them.

Run with ``python -m bench.door``. Requests alternate between two gateways of one system, so that whatever else the
machine does falls on both.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from litestar.types import ASGIApp, Receive, Scope, Send

from bench.meter import middle
from contracts.accounts import LOCAL
from edit_factory.embedded import Embedded
from edit_factory.registry import gateway
from kit.settings import Settings
from services.gateway.admission import Admission
from services.gateway.identity import Caller

_REQUESTS = 1_000
_WARM = 100
_MANY = 10_000_000
Handle = Callable[[Any, Scope, Receive, Send, ASGIApp], Awaitable[None]]


async def _no_door(_: Any, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
    scope["state"]["caller"] = Caller(LOCAL, admin=True)
    await next_app(scope, receive, send)


async def _measured(with_door: str, without: str, path: str) -> tuple[float, float]:
    """Medians in milliseconds, one request at a time."""
    took: dict[str, list[float]] = {with_door: [], without: []}
    async with httpx.AsyncClient() as http:
        for number in range(_REQUESTS + _WARM):
            for url, found in took.items():
                began = time.perf_counter()
                (await http.get(url + path)).raise_for_status()
                if number >= _WARM:
                    found.append((time.perf_counter() - began) * 1000)
    return middle(took[with_door]), middle(took[without])


async def main() -> None:
    with TemporaryDirectory() as home:
        system = Embedded(Settings(home=Path(home), port=0, limit_reads=_MANY))
        await system.start()
        own: Handle = Admission.handle
        Admission.handle = _no_door  # type: ignore[assignment,method-assign]
        bare = gateway(system.settings.model_copy(update={"port": 0}))
        await bare.start()
        Admission.handle = own  # type: ignore[assignment,method-assign]
        try:
            for path in ("/v1/jobs", "/v1/profile"):
                door_ms, bare_ms = await _measured(system.url, bare.url, path)
                line = f"{path}: {bare_ms:.2f} ms without, {door_ms:.2f} ms with, ratio {door_ms / bare_ms:.2f}\n"
                sys.stdout.write(line)
        finally:
            await bare.stop()
            await system.stop()


if __name__ == "__main__":
    asyncio.run(main())
