"""Webhooks through the running system: a real receiver that misbehaves, a real log, a real database."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import orjson
import pytest

from contracts.events import VideoRenderedV1
from contracts.webhooks import KIND, Endpoint, WebhookType
from edit_factory.embedded import Embedded
from edit_factory.registry import gateway as build_gateway
from edit_factory.sidecars.postgres import PostgresServer
from kit.bus import Guarded, now
from kit.register import opened
from kit.service import Service, connected
from kit.settings import Settings
from services.gateway.service import Gateway
from services.publish.schedule import Timing
from services.publish.service import wired
from tests import material
from tests.builders import line, requested
from tests.client import Client, Json
from tests.doubles.receiver import Asked, Receiver, answers, endless, hangs, in_turn, receiver

QUICK = Timing(delays=(0.1, 0.2, 0.3), answer_s=1.0, lease_s=3.0, look_every_s=0.05, drain_s=0.1)


def verified(asked: Asked, *secrets: str) -> Json:
    """The body, if it is signed by each of the secrets: written from the specification alone."""
    ident, timestamp = asked.headers["webhook-id"], asked.headers["webhook-timestamp"]
    given = asked.headers["webhook-signature"].split(" ")
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        digest = hmac.digest(key, f"{ident}.{timestamp}.".encode() + asked.body, hashlib.sha256)
        assert "v1," + base64.b64encode(digest).decode() in given
    assert abs(int(timestamp) - now().timestamp()) < 60
    assert asked.headers["content-type"] == "application/json"
    body: Json = orjson.loads(asked.body)
    return body


_MADE_HERE = tuple(each for each in WebhookType if each.value not in {"video.publishable", "video.quality_failed"})


@dataclass
class Hooks:
    """A gateway and a publish service that may call this machine, on a database of their own."""

    settings: Settings
    other: Receiver
    http: httpx.AsyncClient
    database: asyncpg.Connection[Any]
    made: list[str] = field(default_factory=list)

    async def endpoint(self, path: str, *types: str, **more: Any) -> Json:
        """Told of what its test makes: verdicts of the quality gate, which come when they will, only if it says so."""
        asked = {"url": self.other.url(path), "types": list(types or _MADE_HERE)} | more
        answer = await self.http.post("/v1/webhooks", json=asked)
        assert answer.status_code == 201, answer.text
        self.made.append(answer.json()["id"])
        return dict(answer.json())

    async def test(self, hook: Json) -> Json:
        answer = await self.http.post(f"/v1/webhooks/{hook['id']}/test")
        assert answer.status_code == 202, answer.text
        return dict(answer.json())

    async def deliveries(self, hook: Json) -> list[Json]:
        return list((await self.http.get(hook["deliveries_url"])).json()["items"])

    async def until(self, hook: Json, state: str, attempts: int = 0) -> Json:
        """The last delivery, once it is in a state."""
        async with asyncio.timeout(60):
            while True:
                found = await self.deliveries(hook)
                if found and found[0]["state"] == state and len(found[0]["attempts"]) >= attempts:
                    return found[0]
                await asyncio.sleep(0.05)

    @asynccontextmanager
    async def publishing(self, timing: Timing = QUICK) -> AsyncIterator[Service]:
        service = Service("publish", self.settings, wired(timing))
        await service.start()
        try:
            yield service
        finally:
            await service.stop()


@pytest.fixture(scope="module")
async def settings(factory: Embedded, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Settings]:
    """Like the running system's, but with a database of its own and this machine allowed."""
    server = PostgresServer(tmp_path_factory.mktemp("hooks"))
    dsn = (await server.start()).dsn
    made = factory.settings.model_copy(update={"postgres_dsn": dsn, "outbound_allow": "127.0.0.0/8", "port": 0})
    first = Service("publish", made, wired(QUICK))  # it makes its tables
    await first.start()
    await first.stop()
    yield made
    await server.stop()


@pytest.fixture(scope="module")
async def gateway(settings: Settings) -> AsyncIterator[Gateway]:
    made = build_gateway(settings)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def hooks(settings: Settings, gateway: Gateway) -> AsyncIterator[Hooks]:
    database = await asyncpg.connect(settings.postgres_dsn)
    async with receiver() as other, httpx.AsyncClient(base_url=gateway.url, timeout=20) as http:
        made = Hooks(settings, other, http, database)
        yield made
        for ident in made.made:
            await http.delete(f"/v1/webhooks/{ident}")
    await database.close()


async def emitted(settings: Settings, *, owner: str = "local") -> UUID:
    """A finished job's facts, put into the log together, so that no station of the running system steps in."""
    job = uuid4()
    facts = [fact for fact in (requested(job), *line(job=job)) if not isinstance(fact, VideoRenderedV1)]
    async with connected(settings, "test") as bus:
        together = [Guarded(fact.model_copy(update={"owner": owner, "at": now()})) for fact in facts]
        assert await bus.announce_together(together)
    return job


# --- a job, all the way -------------------------------------------------------------------------------------------


async def test_MON_02_a_finished_job_is_told_signed(hooks: Hooks, api: Client):
    hooks.other.on("/told", answers(204))
    async with hooks.publishing():
        hook = await hooks.endpoint("/told", "video.stored", "job.completed", description="content calendar")
        job = await api.made(await api.brief(material.video("hooked.mp4", seconds=6, size=(640, 360))))
        asked = await hooks.other.until("/told", 2)
        bodies = {body["type"]: body for body in (verified(each, hook["secret"]) for each in asked)}
        assert set(bodies) == {"video.stored", "job.completed"}
        assert bodies["job.completed"]["data"]["id"] == job["id"]
        assert bodies["video.stored"]["data"]["job"] == job["id"]
        file = bodies["video.stored"]["data"]["files"][0]
        assert (await api.http.get(file["url"])).status_code == 200
        assert len({each.headers["webhook-id"] for each in asked}) == 2
        delivered = await hooks.until(hook, "delivered", 1)
        assert delivered["attempts"][0]["status"] == 204
        assert delivered["next_attempt_at"] is None


async def test_the_end_of_a_batch_is_told_once_for_each_end(hooks: Hooks, api: Client):
    hooks.other.on("/told", answers(204))
    async with hooks.publishing():
        hook = await hooks.endpoint("/told", "batch.completed")
        rows = [{"values": {"name": "One"}}, {"values": {"name": ""}}]
        template = await api.brief(material.video("hooked.mp4", seconds=6, size=(640, 360)), script="{name}.")
        body = {"title": "Two", "template": template, "rows": {"given": rows}}
        batch = (await api.http.post("/v1/batches", json=body)).raise_for_status().json()
        (asked,) = await hooks.other.until("/told", 1)
        data = verified(asked, hook["secret"])["data"]
        assert (data["id"], data["revision"], data["done"], data["refused"]) == (batch["id"], 1, 1, 1)
        await _closed(api, batch["url"])
        (await api.http.post(f"{batch['url']}/retry")).raise_for_status()
        again = verified((await hooks.other.until("/told", 2))[1], hook["secret"])["data"]
        assert (again["id"], again["revision"], again["done"], again["refused"]) == (batch["id"], 2, 1, 1)
        await asyncio.sleep(0.5)
        assert len(hooks.other.at("/told")) == 2


async def _closed(api: Client, url: str) -> None:
    async with asyncio.timeout(30):
        while (await api.http.get(url)).json()["ended_at"] is None:
            await asyncio.sleep(0.05)


async def told_of(hooks: Hooks, hook: Json, job: str) -> list[Json]:
    """What an endpoint was told of one job, waited for: verdicts on jobs of other tests come meanwhile."""
    async with asyncio.timeout(60):
        while True:
            told = [verified(each, hook["secret"]) for each in hooks.other.at("/told")]
            if found := [one for one in told if one["data"]["job"] == job]:
                return found
            await asyncio.sleep(0.05)


async def test_what_passes_the_quality_gate_is_told_to_be_published_and_nothing_else(hooks: Hooks, api: Client):
    hooks.other.on("/told", answers(204))
    async with hooks.publishing():
        hook = await hooks.endpoint("/told", "video.publishable", "video.quality_failed")
        job = await api.made(await api.brief(material.video("hooked.mp4", seconds=6, size=(640, 360))))
        (good,) = await told_of(hooks, hook, job["id"])
        assert good["type"] == "video.publishable"
        assert good["data"]["publishable"] is True
        assert good["data"]["files"]
        gone = await emitted(hooks.settings)  # its files are not there to be looked at
        (bad,) = await told_of(hooks, hook, str(gone))
        await asyncio.sleep(0.3)
        assert len(await told_of(hooks, hook, job["id"])) == len(await told_of(hooks, hook, str(gone))) == 1
        assert (bad["type"], bad["data"]["publishable"]) == ("video.quality_failed", False)
        assert bad["data"]["check"]["findings"][0]["code"] == "check_failed"


async def test_a_failed_and_a_cancelled_job_are_told(hooks: Hooks, api: Client):
    hooks.other.on("/told", answers(200))
    clip = material.video("hooked.mp4", seconds=6, size=(640, 360))
    async with hooks.publishing():
        hook = await hooks.endpoint("/told", "job.failed", "job.cancelled", "video.failed")
        asked = await api.brief(clip, voice={"provider": "piper", "name": "nobody"})
        failed = await api.finished((await api.submit(asked))["id"])
        assert failed["state"] == "failed"
        (first, second) = [verified(each, hook["secret"]) for each in await hooks.other.until("/told", 2)]
        assert {first["type"], second["type"]} == {"video.failed", "job.failed"}
        assert first["data"]["fault"]["code"] == failed["fault"]["code"]
        job = await api.submit(await api.brief(clip, script="Stop me before I am done. " * 20))
        await api.http.post(f"/v1/jobs/{job['id']}/cancel")
        (*_, third) = await hooks.other.until("/told", 3)
        told = verified(third, hook["secret"])
        assert (told["type"], told["data"]["id"]) == ("job.cancelled", job["id"])


# --- once an event, at least once a receiver ----------------------------------------------------------------------


async def test_each_event_makes_one_delivery_whoever_follows_and_restarts(hooks: Hooks):
    hooks.other.on("/told", answers(200))
    async with hooks.publishing(), hooks.publishing():
        hook = await hooks.endpoint("/told", "job.completed")
        jobs = {str(await emitted(hooks.settings)) for _ in range(3)}
        await hooks.other.until("/told", 3)
    jobs |= {str(await emitted(hooks.settings)) for _ in range(2)}  # while nobody follows
    async with hooks.publishing(), hooks.publishing():
        await hooks.other.until("/told", 5)
        await asyncio.sleep(0.3)
    told = [verified(each, hook["secret"])["data"]["id"] for each in hooks.other.at("/told")]
    assert sorted(told) == sorted(jobs)


async def test_the_first_start_tells_nothing_of_the_past(hooks: Hooks, factory: Embedded):
    hooks.other.on("/told", answers(200))
    await hooks.database.execute("DROP SCHEMA IF EXISTS publish CASCADE")
    async with hooks.publishing():
        pass
    await hooks.database.execute("DROP SCHEMA publish CASCADE")
    await hooks.endpoint("/told", "job.completed")
    before = await emitted(hooks.settings)
    async with hooks.publishing():
        after = await emitted(hooks.settings)
        await hooks.other.until("/told", 1)
        await asyncio.sleep(0.2)
    told = [orjson.loads(each.body)["data"]["id"] for each in hooks.other.at("/told")]
    assert told == [str(after)]
    assert str(before) not in told


async def test_the_schedule_goes_on_after_a_restart_with_the_same_id(hooks: Hooks):
    hooks.other.on("/told", in_turn(answers(500, b"not now"), answers(503), answers(200)))
    async with hooks.publishing():
        pass
    hook = await hooks.endpoint("/told")
    await hooks.test(hook)
    slow = replace(QUICK, delays=(0.1, 60.0, 0.3))
    async with hooks.publishing(slow):
        await hooks.other.until("/told", 2)
        waiting = await hooks.until(hook, "pending", 2)
    assert [attempt["status"] for attempt in waiting["attempts"]] == [503, 500]
    assert waiting["attempts"][1]["answer"] == "not now"
    assert waiting["next_attempt_at"] is not None
    async with hooks.publishing(slow):
        await asyncio.sleep(0.3)
        assert len(hooks.other.at("/told")) == 2  # not before it is due
        await hooks.database.execute("UPDATE publish.deliveries SET due_at = now()")  # a minute goes by
        await hooks.other.until("/told", 3)
        done = await hooks.until(hook, "delivered", 3)
    asked = hooks.other.at("/told")
    assert {each.headers["webhook-id"] for each in asked} == {done["message_id"]}
    assert len({each.body for each in asked}) == 1
    for each in asked:
        assert verified(each, hook["secret"])["type"] == "webhook.test"


async def test_killed_while_it_sends_it_sends_again_with_the_same_id(hooks: Hooks):
    hooks.other.on("/told", in_turn(hangs, answers(200)))
    async with hooks.publishing():
        pass
    hook = await hooks.endpoint("/told")
    await hooks.test(hook)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "edit_factory", "service", "publish"),
        env=environment(hooks.settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    await hooks.other.until("/told", 1)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    row = await hooks.database.fetchrow(
        "SELECT leased_until > now() AS held FROM publish.deliveries WHERE lease IS NOT NULL"
    )
    assert row is not None
    assert row["held"]
    async with hooks.publishing():
        await asyncio.sleep(0.3)
        assert len(hooks.other.at("/told")) == 1  # somebody else's, for all it can know
        await hooks.database.execute("UPDATE publish.deliveries SET leased_until = now()")  # a minute goes by
        await hooks.until(hook, "delivered", 1)
    first, second = hooks.other.at("/told")
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


async def test_asked_to_end_it_gives_back_what_it_has_in_hand(hooks: Hooks):
    hooks.other.on("/told", in_turn(hangs, answers(200)))
    patient = replace(QUICK, answer_s=30.0, lease_s=60.0)
    async with hooks.publishing(patient):
        hook = await hooks.endpoint("/told")
        await hooks.test(hook)
        await hooks.other.until("/told", 1)
    async with hooks.publishing(patient):
        await hooks.until(hook, "delivered", 1)


def environment(settings: Settings) -> dict[str, str]:
    """What a process of its own is told."""
    assert settings.secret_key is not None
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return kept | {
        "EDIT_FACTORY_HOME": str(settings.home / "process"),
        "EDIT_FACTORY_NATS_URL": settings.nats_url,
        "EDIT_FACTORY_POSTGRES_DSN": settings.postgres_dsn,
        "EDIT_FACTORY_OUTBOUND_ALLOW": settings.outbound_allow,
        "EDIT_FACTORY_SECRET_KEY": settings.secret_key.get_secret_value(),
    }


# --- endpoints that misbehave -------------------------------------------------------------------------------------


async def test_what_answers_badly_is_written_down_and_given_up_after_the_last_try(hooks: Hooks):
    away = hooks.other.on("/away", answers(302, location=hooks.other.url("/secret")))
    hooks.other.on("/hangs", hangs)
    assert away
    async with hooks.publishing(replace(QUICK, delays=(0.05,), answer_s=0.3)):
        redirects, silent = await hooks.endpoint("/away"), await hooks.endpoint("/hangs")
        for hook in (redirects, silent):
            await hooks.test(hook)
        assert [a["status"] for a in (await hooks.until(redirects, "failed", 2))["attempts"]] == [302, 302]
        given_up = await hooks.until(silent, "failed", 2)
        assert [attempt["status"] for attempt in given_up["attempts"]] == [None, None]
        assert "No answer" in given_up["attempts"][0]["fault"]
        assert hooks.other.at("/secret") == []


async def test_an_endless_answer_counts_by_its_status_and_little_of_it_is_kept(hooks: Hooks):
    hooks.other.on("/endless", endless)
    async with hooks.publishing():
        hook = await hooks.endpoint("/endless")
        await hooks.test(hook)
        (attempt,) = (await hooks.until(hook, "delivered", 1))["attempts"]
        assert attempt["answer"] == "x" * 1024


async def test_gone_disables_the_endpoint_and_says_so(hooks: Hooks):
    hooks.other.on("/gone", answers(410))
    async with hooks.publishing():
        hook = await hooks.endpoint("/gone")
        await hooks.test(hook)
        assert len((await hooks.until(hook, "failed", 1))["attempts"]) == 1
        async with asyncio.timeout(30):
            while (seen := (await hooks.http.get(f"/v1/webhooks/{hook['id']}")).json())["enabled"]:
                await asyncio.sleep(0.02)
        assert "410" in seen["disabled_reason"]
        assert (await hooks.http.post(f"/v1/webhooks/{hook['id']}/test")).json()["code"] == "webhook_disabled"
        on = await hooks.http.patch(f"/v1/webhooks/{hook['id']}", json={"enabled": True})
        assert (on.json()["enabled"], on.json()["disabled_reason"]) == (True, "")


async def test_an_endpoint_that_only_fails_for_five_days_is_disabled(hooks: Hooks):
    hooks.other.on("/fails", answers(500))
    async with hooks.publishing(replace(QUICK, delays=())):
        hook = await hooks.endpoint("/fails")
        await hooks.test(hook)
        await hooks.until(hook, "failed", 1)
        assert (await hooks.http.get(f"/v1/webhooks/{hook['id']}")).json()["enabled"]
        await hooks.database.execute("UPDATE publish.failing SET since = now() - interval '121 hours'")
        await _switched_on(hooks, hook["id"], hours_ago=200)
        await hooks.test(hook)
        async with asyncio.timeout(30):
            while (seen := (await hooks.http.get(f"/v1/webhooks/{hook['id']}")).json())["enabled"]:
                await asyncio.sleep(0.02)
        assert "5 days" in seen["disabled_reason"]


async def _switched_on(hooks: Hooks, ident: str, *, hours_ago: int) -> None:
    async with connected(hooks.settings, "test") as bus, opened(bus, {KIND: Endpoint}) as register:
        entry = register.shelf(KIND, Endpoint).entry(ident)
        assert entry is not None
        then = entry.value.model_copy(update={"enabled_at": now() - timedelta(hours=hours_ago)})
        await register.put(KIND, ident, then, after=entry.seq)


async def test_a_slow_endpoint_delays_nobody_elses(hooks: Hooks):
    hooks.other.on("/slow", hangs)
    hooks.other.on("/fast", answers(200))
    async with hooks.publishing(replace(QUICK, answer_s=10.0, lease_s=30.0)):
        slow, fast = await hooks.endpoint("/slow"), await hooks.endpoint("/fast")
        for _ in range(20):
            await hooks.test(slow)
        await hooks.other.until("/slow", 4)
        for _ in range(10):
            await hooks.test(fast)
        await hooks.other.until("/fast", 10, 3)
        assert len(hooks.other.at("/slow")) == 4  # no more than a few in hand


async def test_what_is_disabled_or_removed_gets_nothing(hooks: Hooks):
    hooks.other.on("/told", answers(200))
    async with hooks.publishing():
        off = await hooks.endpoint("/told", "job.completed", enabled=False)
        other = await hooks.endpoint("/told", "job.failed")
        gone = await hooks.endpoint("/told", "job.completed")
        assert (await hooks.http.delete(f"/v1/webhooks/{gone['id']}")).status_code == 204
        on = await hooks.endpoint("/on", "job.completed")
        hooks.other.on("/on", answers(200))
        await emitted(hooks.settings)
        await emitted(hooks.settings, owner="somebody-else")
        await hooks.until(on, "delivered", 1)
        assert hooks.other.at("/told") == []
        assert len(hooks.other.at("/on")) == 1
        assert await hooks.deliveries(off) == []
        assert await hooks.deliveries(other) == []


# --- what a user can do -------------------------------------------------------------------------------------------


async def test_redelivered_it_comes_again_the_same(hooks: Hooks):
    hooks.other.on("/told", in_turn(answers(500), answers(200)))
    async with hooks.publishing(replace(QUICK, delays=())):
        hook = await hooks.endpoint("/told")
        await hooks.test(hook)
        failed = await hooks.until(hook, "failed", 1)
        again = await hooks.http.post(f"{hook['deliveries_url']}/{failed['id']}/redeliver")
        assert (again.status_code, again.json()["state"]) == (202, "pending")
        done = await hooks.until(hook, "delivered", 2)
        assert [attempt["number"] for attempt in done["attempts"]] == [2, 1]
        first, second = hooks.other.at("/told")
        assert first.headers["webhook-id"] == second.headers["webhook-id"] == done["message_id"]
        assert first.body == second.body


async def test_a_replaced_secret_signs_beside_the_new_one(hooks: Hooks):
    hooks.other.on("/told", answers(200))
    async with hooks.publishing():
        hook = await hooks.endpoint("/told")
        rotated = (await hooks.http.post(f"/v1/webhooks/{hook['id']}/rotate")).json()
        assert rotated["secret"] != hook["secret"]
        await hooks.test(hook)
        (asked,) = await hooks.other.until("/told", 1)
        verified(asked, rotated["secret"], hook["secret"])
        assert len(asked.headers["webhook-signature"].split(" ")) == 2


async def test_the_log_is_paged(hooks: Hooks):
    hooks.other.on("/told", answers(200))
    async with hooks.publishing():
        hook = await hooks.endpoint("/told")
        sent = [(await hooks.test(hook))["id"] for _ in range(5)]
        pages, cursor = [], None
        while True:
            page = (
                await hooks.http.get(
                    hook["deliveries_url"], params={"limit": 2, **({"cursor": cursor} if cursor else {})}
                )
            ).json()
            pages.append([item["id"] for item in page["items"]])
            if (cursor := page["next_cursor"]) is None:
                break
        assert [len(page) for page in pages] == [2, 2, 1]
        assert [ident for page in pages for ident in page] == sent[::-1]


async def test_the_secret_is_shown_once_and_lies_nowhere_in_plain_text(hooks: Hooks):
    hook = await hooks.endpoint("/told")
    key = base64.b64decode(hook["secret"].removeprefix("whsec_"))
    assert len(key) == 24
    for shown in (await hooks.http.get("/v1/webhooks"), await hooks.http.get(f"/v1/webhooks/{hook['id']}")):
        assert "whsec_" not in shown.text
        assert "sealed" not in shown.text
    async with connected(hooks.settings, "test") as bus, opened(bus, {KIND: Endpoint}) as register:
        kept = register.shelf(KIND, Endpoint).get(hook["id"])
    assert kept is not None
    assert hook["secret"] not in kept.model_dump_json()
    assert base64.b64encode(key).decode() not in kept.model_dump_json()
    assert hook["secret"] not in (hooks.settings.home / "log.jsonl").read_text()
    assert (hooks.settings.home / "secret.key").stat().st_mode & 0o777 == 0o600


async def test_changes_and_limits(hooks: Hooks):
    hook = await hooks.endpoint("/told", "job.completed", "job.completed")
    assert hook["types"] == ["job.completed"]
    changed = await hooks.http.patch(
        f"/v1/webhooks/{hook['id']}", json={"types": ["video.stored"], "description": "other"}
    )
    assert (changed.json()["types"], changed.json()["description"]) == (["video.stored"], "other")
    assert (await hooks.http.get(f"/v1/webhooks/{hook['id']}")).json() == changed.json()
    assert hook["id"] in [item["id"] for item in (await hooks.http.get("/v1/webhooks")).json()["items"]]
    for body, status, code in (
        ({"url": hook["url"], "types": ["no.such"]}, 422, "value_invalid"),
        ({"url": hook["url"], "types": []}, 422, "value_invalid"),
        ({"url": hook["url"], "tipes": ["job.failed"]}, 400, "body_invalid"),
        ({}, 400, "body_invalid"),
        ([], 400, "body_invalid"),
    ):
        answer = await hooks.http.post("/v1/webhooks", json=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    while len((await hooks.http.get("/v1/webhooks")).json()["items"]) < 20:
        await hooks.endpoint("/told")
    assert (await hooks.http.post("/v1/webhooks", json={"url": hook["url"]})).json()["code"] == "too_many_webhooks"


async def test_a_strangers_webhook_is_not_found(hooks: Hooks, settings: Settings):
    hook = await hooks.endpoint("/told")
    ident, delivery = uuid4(), uuid4()
    async with connected(settings, "test") as bus, opened(bus, {KIND: Endpoint}) as register:
        mine = register.shelf(KIND, Endpoint).get(hook["id"])
        assert mine is not None
        await register.put(KIND, str(ident), mine.model_copy(update={"id": ident, "owner": "somebody-else"}))
        for stranger in (ident, uuid4()):
            path = f"/v1/webhooks/{stranger}"
            for answer in (
                await hooks.http.get(path),
                await hooks.http.patch(path, json={"enabled": False}),
                await hooks.http.delete(path),
                await hooks.http.post(f"{path}/rotate"),
                await hooks.http.post(f"{path}/test"),
                await hooks.http.get(f"{path}/deliveries"),
                await hooks.http.post(f"{path}/deliveries/{delivery}/redeliver"),
            ):
                assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert str(ident) not in (await hooks.http.get("/v1/webhooks")).text
        entry = register.shelf(KIND, Endpoint).entry(str(ident))
        assert entry is not None
        await register.remove(KIND, str(ident), after=entry.seq)
    other = await hooks.http.post(f"/v1/webhooks/{hook['id']}/deliveries/{delivery}/redeliver")
    assert other.status_code == 404


async def test_without_a_key_no_webhook_is_taken(settings: Settings):
    bare = build_gateway(settings.model_copy(update={"secret_key": None}))
    await bare.start()
    try:
        async with httpx.AsyncClient(base_url=bare.url) as http:
            answer = await http.post("/v1/webhooks", json={"url": "https://example.com/"})
            assert (answer.status_code, answer.json()["code"]) == (503, "secret_key_missing")
            assert "EDIT_FACTORY_SECRET_KEY" in answer.json()["detail"]
    finally:
        await bare.stop()


# --- row 27 -------------------------------------------------------------------------------------------------------

FORBIDDEN = [
    "http://127.0.0.1/",
    "https://127.0.0.1/",
    "https://127.0.0.1:8443/x",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::1]/",
    "https://[::]/",
    "https://0.0.0.0/",
    "https://0/",
    "https://2130706433/",
    "https://017700000001/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://127.1/",
    "https://127。0。0。1/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1%25lo]/",
    "https://10.0.0.8/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://hooks.localhost/",
    "http://example.com/",
    "https://user:secret@example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "//example.com/",
    "example.com",
]


@pytest.mark.parametrize("url", FORBIDDEN)
async def test_row_27_a_url_that_leads_inside(api: Client, url: str):
    for path in ("/v1/webhooks", "/v1/assets/fetch"):
        answer = await api.http.post(path, json={"url": url})
        assert (answer.status_code, answer.json()["code"]) == (422, "url_forbidden"), answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert "127.0.0.1" not in answer.json()["detail"]
    assert (await api.http.get("/v1/webhooks")).json()["items"] == []


async def test_row_27_a_webhook_is_not_changed_to_lead_inside(hooks: Hooks):
    hook = await hooks.endpoint("/told")
    answer = await hooks.http.patch(f"/v1/webhooks/{hook['id']}", json={"url": "https://169.254.169.254/"})
    assert (answer.status_code, answer.json()["code"]) == (422, "url_forbidden")
    assert (await hooks.http.get(f"/v1/webhooks/{hook['id']}")).json()["url"] == hook["url"]


async def test_row_27_a_name_that_resolves_to_loopback(api: Client, monkeypatch: pytest.MonkeyPatch):
    resolve = socket.getaddrinfo

    def resolved(host: str, *arguments: Any, **more: Any) -> Any:
        return resolve("127.0.0.1" if host.endswith(".example") else host, *arguments, **more)

    monkeypatch.setattr("kit.outbound.socket.getaddrinfo", resolved)
    for path in ("/v1/webhooks", "/v1/assets/fetch"):
        answer = await api.http.post(path, json={"url": "https://inside.example/"})
        assert (answer.status_code, answer.json()["code"]) == (422, "url_forbidden"), answer.text
