"""A gateway killed in the middle of a request: what it had put away is there for the next one, which goes on."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from services.gateway.partials import HELD_S
from services.gateway.resuming import PART_BYTES
from tests import material
from tests.processes import Processes

pytestmark = pytest.mark.slow

TUS = {"Tus-Resumable": "1.0.0"}
PART = TUS | {"Content-Type": "application/offset+octet-stream"}


def large_clip() -> bytes:
    """A video of some 20 MiB: behind it lies a box that players leave alone."""
    padding = uuid4().bytes * (20 << 16)
    return material.video("kill.mp4").read_bytes() + (len(padding) + 8).to_bytes(4, "big") + b"free" + padding


async def offset_of(http: httpx.AsyncClient, url: str) -> int:
    return int((await http.head(url, headers=TUS)).headers["upload-offset"])


async def test_STAB_01_an_upload_survives_its_gateway(tmp_path: Path):
    content = large_clip()
    system = Processes(tmp_path)
    try:
        await system.servers()
        await system.start("projection")
        await system.start("gateway")
        url = await _killed_in_the_middle(system, content)
        await system.start("gateway")
        async with system.client().http as http:
            at = await offset_of(http, url)
            assert PART_BYTES * 2 <= at < len(content)
            answer = await _gone_on_with(http, url, at, content)
            assert answer.status_code == 204, answer.text
            told = (await http.get(url)).json()
        assert (told["state"], told["asset"]["sha256"]) == ("done", hashlib.sha256(content).hexdigest())
    finally:
        await system.stop()


async def _killed_in_the_middle(system: Processes, content: bytes) -> str:
    """Two parts are put away, the third is under way: then nothing is said any more."""

    async def endless() -> AsyncIterator[bytes]:
        yield content[: 2 * PART_BYTES + 100_000]
        await asyncio.sleep(60)

    async with system.client().http as http:
        begun = await http.post("/v1/uploads", headers=TUS | {"Upload-Length": str(len(content))})
        url = str(begun.headers["location"])
        sending = asyncio.create_task(http.patch(url, content=endless(), headers=PART | {"Upload-Offset": "0"}))
        async with asyncio.timeout(60):
            while await offset_of(http, url) < 2 * PART_BYTES:
                await asyncio.sleep(0.1)
        await system.kill("gateway")
        sending.cancel()
        with suppress(asyncio.CancelledError, httpx.HTTPError):
            await sending
    return url


async def _gone_on_with(http: httpx.AsyncClient, url: str, at: int, content: bytes) -> httpx.Response:
    """As soon as the dead gateway's hold has run out."""
    headers = PART | {"Upload-Offset": str(at)}
    async with asyncio.timeout(4 * HELD_S):
        while (await http.patch(url, content=b"", headers=headers)).status_code == 423:
            await asyncio.sleep(0.5)
    return await http.patch(url, content=content[at:], headers=headers)
