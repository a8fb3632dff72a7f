"""Work that got lost without a word is found and done again, a bounded number of times; what is only slow is left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts import subjects
from contracts.events import RetryRequestedV1
from edit_factory.embedded import Embedded
from kit.bus import Bus
from kit.database import open_pool
from kit.service import connected
from services.reconciler.looking import Reconciler
from tests import material
from tests.client import Client, Json
from tests.flow.letters import brief, fresh_project, letters_of, taken_from, until, without

STUCK_AFTER_S = 0.2


@asynccontextmanager
async def reconciler(factory: Embedded) -> AsyncIterator[Reconciler]:
    """One that takes a job for stuck very soon."""
    settings = factory.settings.model_copy(update={"stuck_after_s": STUCK_AFTER_S})
    async with connected(settings, "reconciler") as bus, open_pool(settings.postgres_dsn, size=2) as pool:
        yield Reconciler(bus, pool, settings)


async def helped(looking: Reconciler, bus: Bus, whom: str, times: int = 1) -> None:
    """Looks until what a job or an upload waits for was asked for so many times more. Others may stand still, too; and
    while messages of theirs that were put back before its own are out, its own may be.
    """
    await asyncio.sleep(STUCK_AFTER_S + 0.1)

    async def look() -> bool:
        await looking.look_in_turn()
        return len(await retries(bus, whom)) >= times

    await until(look)
    assert len(await retries(bus, whom)) == times


async def given_up(looking: Reconciler, api: Client, job: str) -> Json:
    """Looks until nobody waits for it any more; its letter."""

    async def look() -> list[Json]:
        await looking.look_in_turn()
        return await letters_of(api, job)

    (letter,) = await until(look)
    return dict(letter)


async def lose(bus: Bus, inbox: str, about: str) -> None:
    """What waits there for a job or an upload is acknowledged by somebody who does nothing."""
    for message in await taken_from(bus, inbox, about=about):
        await message.ack_sync()


async def retries(bus: Bus, whom: str) -> list[tuple[str, int]]:
    return [
        (heard.event.inbox, heard.event.run)
        async for heard in bus.history(subjects.facts_of(UUID(whom)))
        if isinstance(heard.event, RetryRequestedV1)
    ]


@pytest.mark.parametrize("inbox", ["script", "storage"])
async def test_STAB_01_work_that_got_lost_is_done_again_in_the_same_run(api: Client, factory: Embedded, inbox: str):
    asked = await brief(api)
    await api.made(asked)
    async with connected(factory.settings, "test") as bus:
        async with without(factory, inbox):
            job = await api.submit(asked)
            await lose(bus, inbox, job["id"])
        async with reconciler(factory) as looking:
            await helped(looking, bus, job["id"])
        done = await api.finished(job["id"])
        assert (done["state"], done["videos"][0]["run"]) == ("completed", 1)
        assert await retries(bus, job["id"]) == [(inbox, 1)]
    assert await letters_of(api, job["id"]) == []


async def test_STAB_01_work_that_is_lost_again_and_again_fails(api: Client, factory: Embedded):
    asked, project = await brief(api), fresh_project()
    async with without(factory, "render"), connected(factory.settings, "test") as bus, reconciler(factory) as looking:
        job = await api.submit(asked | {"project": project})
        for again in range(3):
            await lose(bus, "render", job["id"])
            await helped(looking, bus, job["id"], again + 1)
        await lose(bus, "render", job["id"])
        letter = await given_up(looking, api, job["id"])
        ended = await api.finished(job["id"])
        assert (ended["state"], ended["fault"]["code"]) == ("failed", "work_lost")
        assert (letter["inbox"], letter["reason"]) == ("render", "work_lost")
    assert (await api.http.post(f"{letter['url']}/replay")).status_code == 202
    assert (await api.finished(job["id"]))["state"] == "completed"


async def test_a_check_that_got_lost_is_done_again_and_after_three_times_said_to_be_unknown(
    api: Client, factory: Embedded
):
    asked = await brief(api)
    async with without(factory, "quality"), connected(factory.settings, "test") as bus, reconciler(factory) as looking:
        job = await api.made(asked)
        for again in range(3):
            await lose(bus, "quality", job["id"])
            await helped(looking, bus, job["id"], again + 1)
        await lose(bus, "quality", job["id"])
        letter = await given_up(looking, api, job["id"])

        async def judged() -> Any:
            return (await api.job(job["id"]))["videos"][0]["check"]["findings"]

        (finding,) = await until(judged)
        assert (finding["code"], "4 times" in finding["message"]) == ("check_failed", True)
        assert (letter["inbox"], letter["reason"]) == ("quality", "work_lost")
    assert (await api.http.post(f"{letter['url']}/replay")).status_code == 202

    async def passed() -> bool:
        return bool((await api.job(job["id"]))["videos"][0]["publishable"])

    assert await until(passed)


async def test_what_waits_for_a_worker_or_is_in_its_hands_is_left_alone(api: Client, factory: Embedded):
    asked = await brief(api)
    async with without(factory, "render"), connected(factory.settings, "test") as bus, reconciler(factory) as looking:
        job = await api.submit(asked)
        told = await until(lambda: found(looking, job["id"]))
        assert "no worker for render" in told
        (message,) = await taken_from(bus, "render", about=job["id"])
        await asyncio.sleep(STUCK_AFTER_S)
        told = await until(lambda: found(looking, job["id"]))
        assert "in work at render" in told
        await message.nak()
        assert await retries(bus, job["id"]) == []
    assert (await api.finished(job["id"]))["state"] == "completed"


async def found(looking: Reconciler, job: str) -> str:
    """Why a job stands still, once it stands at its render."""
    look = await looking.look_in_turn()
    told = [stuck.why for stuck in (look.jobs if look else ()) if stuck.job == UUID(job)]
    return next((why for why in told if "render" in why), "")


async def test_an_upload_whose_look_was_lost_is_looked_through_again(api: Client, factory: Embedded):
    async with connected(factory.settings, "test") as bus:
        async with without(factory, "footage"):
            clip = material.video(f"lost-{uuid4().hex[:8]}.mp4", options=("-metadata", f"comment={uuid4().hex}"))
            asset = await api.upload(clip)
            await lose(bus, "footage-assets", asset["id"])
        async with reconciler(factory) as looking:
            await helped(looking, bus, asset["id"])

        async def analysed() -> bool:
            return bool((await api.http.get(f"/v1/assets/{asset['id']}")).json()["state"] == "analysed")

        await until(analysed)
        assert await retries(bus, asset["id"]) == [("footage-assets", 1)]
    assert (await api.http.get(f"/v1/jobs/{asset['id']}")).status_code == 404


async def test_two_at_once_ask_once(api: Client, factory: Embedded):
    asked = await brief(api)
    async with connected(factory.settings, "test") as bus, without(factory, "render"):
        job = await api.submit(asked)
        await lose(bus, "render", job["id"])
        await asyncio.sleep(STUCK_AFTER_S + 0.3)
        async with reconciler(factory) as one, reconciler(factory) as two:

            async def look() -> bool:
                await asyncio.gather(one.look(), two.look())  # without taking turns
                return bool(await retries(bus, job["id"]))

            await until(look)
        assert await retries(bus, job["id"]) == [("render", 1)]
    assert (await api.finished(job["id"]))["state"] == "completed"
