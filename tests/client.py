"""A client of the HTTP API as an outside program would write it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson

Json = dict[str, Any]

SCRIPT = "The sea was calm that morning. Nobody knew what the tide would bring."


@dataclass
class ServerSent:
    """One server-sent event."""

    event: str = "message"
    id: str | None = None
    data: Json = field(default_factory=dict)


async def server_sent(answer: httpx.Response) -> AsyncIterator[ServerSent]:
    """Each event of a stream that carries data."""
    sent = ServerSent()
    async for text in answer.aiter_lines():
        name, _, value = text.partition(": ")
        if name == "event":
            sent.event = value
        elif name == "id":
            sent.id = value
        elif name == "data":
            sent.data = orjson.loads(value)
        elif not text and sent.data:
            yield sent
            sent = ServerSent()


class Client:
    """What most tests ask of the API."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def upload(self, path: Path, kind: str = "footage", name: str | None = None) -> Json:
        answer = await self.http.post(
            "/v1/assets", params={"kind": kind, "name": name or path.name}, content=path.read_bytes()
        )
        assert answer.status_code in {200, 201}, answer.text
        return dict(answer.json())

    async def brief(self, *clips: Path, **changes: Any) -> Json:
        """A short draft over the clips."""
        footage = [(await self.upload(clip))["id"] for clip in clips]
        return {"script": SCRIPT, "quality": "draft", "footage": footage} | changes

    async def submit(self, brief: Json, key: str | None = None) -> Json:
        headers = {"Idempotency-Key": key} if key else {}
        answer = await self.http.post("/v1/jobs", json=brief, headers=headers)
        assert answer.status_code == 202, answer.text
        return dict(answer.json())

    async def job(self, job: str) -> Json:
        answer = await self.http.get(f"/v1/jobs/{job}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def events(self, job: str, last: str | None = None) -> AsyncIterator[ServerSent]:
        headers = {"Last-Event-ID": last} if last else {}
        async with self.http.stream("GET", f"/v1/jobs/{job}/events", headers=headers) as answer:
            assert answer.status_code == 200
            async for sent in server_sent(answer):
                yield sent

    async def finished(self, job: str, timeout_s: float = 90) -> Json:
        """The job once it has ended, by following its events."""

        async def follow() -> None:
            async for _ in self.events(job):
                pass

        await asyncio.wait_for(follow(), timeout_s)
        seen = await self.job(job)  # what the events told, the next answer knows
        assert seen["state"] in {"completed", "failed", "cancelled"}, seen
        return seen

    async def made(self, brief: Json) -> Json:
        """Submits and waits; the job must complete."""
        job = await self.finished((await self.submit(brief))["id"])
        assert job["state"] == "completed", job
        return job

    async def download(self, job: Json, folder: Path, video: int = 0, file: int = 0) -> Path:
        found = job["videos"][video]["files"][file]
        answer = await self.http.get(found["url"])
        assert answer.status_code == 200
        target = folder / f"{job['id']}-{video}-{file}.mp4"
        target.write_bytes(answer.content)
        return target
