"""Killed around an approval, or while something waits for one, nothing is lost and nothing happens twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from contracts import subjects
from contracts.events import VideoEvent
from kit.service import connected
from kit.settings import Settings
from tests import material
from tests.client import Client, Json
from tests.integration.test_reviews import said, waiting
from tests.processes import ACK_WAIT_S, Processes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Processes]:
    system = Processes(tmp_path_factory.mktemp("reviewed"))
    await system.servers()
    await system.start_all()
    yield system
    await system.stop()


async def submitted(api: Client, *review: str) -> Json:
    clip = material.video("killed.mp4", seconds=6, size=(640, 360))
    words = f"Look at number {uuid4().hex[:6]} first. It goes on once."
    return await api.submit(await api.brief(clip, script=words, review=list(review)))


async def announced(running: Processes, job: str) -> Counter[tuple[str, int]]:
    settings = Settings(nats_url=running.environment["EDIT_FACTORY_NATS_URL"], home=running.home)
    async with connected(settings, "test") as bus:
        return Counter(
            [
                (heard.event.TYPE, heard.event.run)
                async for heard in bus.history(subjects.facts_of(UUID(job)))
                if isinstance(heard.event, VideoEvent)
            ]
        )


async def killed_while_approving(running: Processes, video: str, point: str, key: str, wish: Path) -> None:
    await running.kill("gateway")
    await running.start("gateway", crash=f"@{wish}")
    api = running.client()
    wish.write_text(f"gateway:{point}")
    with pytest.raises(httpx.TransportError):
        await said(api, f"{video}/approve", Idempotency_Key=key)
    await api.http.aclose()
    assert await running.ended("gateway") == -9
    await running.start("gateway")


@pytest.mark.parametrize(("point", "replayed"), [("before-announce", None), ("after-announce", "true")])
async def test_STAB_01_a_gateway_killed_around_an_approval(
    running: Processes, tmp_path: Path, point: str, replayed: str | None
):
    api = running.client()
    job = await submitted(api, "script")
    video = (await waiting(api, job["id"], "script"))["id"]
    await api.http.aclose()
    key = uuid4().hex
    await killed_while_approving(running, video, point, key, tmp_path / "wish")
    api = running.client()
    seen = (await api.http.get(f"/v1/videos/{video}/review")).json()
    assert seen["run"] == (1 if replayed is None else 2)
    answers = await asyncio.gather(*(said(api, f"{video}/approve", Idempotency_Key=key) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {202}
    assert [answer.headers.get("idempotent-replayed") for answer in answers].count(None) == (replayed is None)
    assert (await api.finished(job["id"], ACK_WAIT_S + 40))["state"] == "completed"
    await api.http.aclose()
    assert await announced(running, job["id"]) == Counter(
        [
            *[("script.ready", 1), ("script.ready", 2), ("speech.ready", 2)],
            *[("timeline.ready", 2), ("video.rendered", 2), ("video.stored", 2)],
        ]
    )


async def test_STAB_01_everything_killed_while_a_job_waits_and_a_renderer_while_its_change_is_made(running: Processes):
    api = running.client()
    job = await submitted(api, "plan")
    video = (await waiting(api, job["id"], "plan"))["id"]
    await api.http.aclose()
    await running.kill_everything()
    await running.servers()
    await running.start_all()
    api = running.client()
    assert (await api.job(job["id"]))["state"] == "waiting_for_review"
    assert (await said(api, f"{video}/approve")).status_code == 202
    first = await api.finished(job["id"], ACK_WAIT_S + 40)
    await running.kill("render")
    await running.start("render", crash="render:after-rename")
    assert (await said(api, f"{video}/style", {"subtitles": {"size": 72}})).status_code == 202
    assert await running.ended("render") == -9
    assert (await api.job(job["id"]))["videos"][0]["files"] == first["videos"][0]["files"]
    await running.start("render")
    after = (await api.finished(job["id"], ACK_WAIT_S + 40))["videos"][0]
    assert (after["state"], after["files_run"]) == ("completed", 3)
    await api.http.aclose()
    told = await announced(running, job["id"])
    assert set(told.values()) == {1}
    assert [run for kind, run in sorted(told) if kind == "video.stored"] == [2, 3]
