"""Every route there is, asked for another user's things: they don't exist."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from contracts.faults import FaultReport
from contracts.letters import DeadLetter
from edit_factory.embedded import Embedded
from kit.bus import now
from kit.letters import bury
from kit.service import connected
from services.gateway.service import Gateway
from tests import material
from tests.flow.test_batches import created, until
from tests.guarded import ADMIN_KEY, User, calling, gateway, user
from tests.integration.test_feeds import added, ended
from tests.material.feeds import table

# What a route needs beside its path, so that it is not refused for that. By "method path".
BODIES: dict[str, Any] = {
    "PATCH /v1/videos/{video}": {"name": "Not theirs to name."},
    "PATCH /v1/videos/{video}/script": {"script": "Not theirs to say."},
    "PATCH /v1/videos/{video}/style": {"subtitles": {"size": 60}},
    "PATCH /v1/videos/{video}/matches/{phrase}": {"runner_up": 0},
}
QUERIES = {"/v1/feeds/{feed}/picture": "?product=1"}
UNREACHABLE = {"/v1/feeds/{feed}/picture"}  # what its owner asks for lies at a shop that does not exist
# Values of path parameters that are nobody's own.
EVERYBODYS = ("/v1/voices/",)
SHARED = {"preset": "tiktok", "part": "proxy", "phrase": "0", "voice": "en-us"}


@dataclass(frozen=True)
class Owned:
    """A user and the ids of what is theirs, by the name of the path parameter that takes them."""

    owner: User
    ids: dict[str, str]

    def fill(self, path: str) -> str:
        """A route's path with this user's ids. A parameter nobody has taught this test makes it fail."""
        return path.format(**SHARED | self.ids) + QUERIES.get(path, "")


@pytest.fixture(scope="module")
async def guarded(factory: Embedded) -> AsyncIterator[Gateway]:
    async with gateway(factory) as running:
        yield running


@pytest.fixture(scope="module")
async def admin(guarded: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(guarded.url, ADMIN_KEY) as http:
        yield http


@pytest.fixture(scope="module")
async def owned(factory: Embedded, admin: httpx.AsyncClient) -> AsyncIterator[Owned]:
    """One of everything that a user can have, finished."""
    async with user(admin, "owner") as owner:
        brief = await owner.api.brief(material.video("owned.mp4", seconds=6, size=(640, 360)))
        job = await owner.api.made(brief | {"script": "This is mine, and nobody else's."})
        hook = await hooked(owner)
        feed = await fed(owner)
        yield Owned(
            owner,
            {
                "job": job["id"],
                "video": job["videos"][0]["id"],
                "asset": brief["footage"][0],
                "profile": owner.profile,
                "key": owner.key_id,
                "webhook": hook,
                "delivery": await told(owner, hook),
                "letter": await buried(factory, owner, job),
                "upload": await begun(owner),
                "feed": feed["id"],
                "feed_import": feed["last_import"]["id"],
                "batch": await batched(owner, brief["footage"][0]),
            },
        )


async def hooked(owner: User) -> str:
    """A webhook; its address leads nowhere."""
    made = await owner.http.post("/v1/webhooks", json={"url": "https://192.0.43.7/hook", "types": ["job.completed"]})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def begun(owner: User) -> str:
    """An upload that is not whole yet."""
    made = await owner.http.post("/v1/uploads", headers={"Tus-Resumable": "1.0.0", "Upload-Length": "1000"})
    assert made.status_code == 201, made.text
    return str(made.headers["location"]).rpartition("/")[2]


async def fed(owner: User) -> dict[str, Any]:
    """A product feed with an import."""
    feed = await added(owner.api, table([1, 2]))
    await ended(owner.api, feed["last_import"])
    return feed


async def batched(owner: User, clip: str) -> str:
    """A batch of one row that makes nothing, so that it has ended."""
    template = {"script": "{name}", "footage": [clip]}
    rows = {"given": [{"key": "a", "values": {"name": ""}}]}
    made = await created(owner.api, template, rows)
    await until(owner.api, made["id"], "completed")
    return str(made["id"])


async def told(owner: User, hook: str) -> str:
    """A delivery of it."""
    await owner.http.post(f"/v1/webhooks/{hook}/test")
    page = (await owner.http.get(f"/v1/webhooks/{hook}/deliveries")).json()
    return str(page["items"][0]["id"])


async def buried(factory: Embedded, owner: User, job: dict[str, Any]) -> str:
    """A dead letter of the job."""
    letter = DeadLetter(
        inbox="render",
        seq=900_000_000_001,
        subject=f"ef.evt.timeline.ready.v1.s1.{job['id']}.{job['videos'][0]['id']}.1",
        reason="failed",
        fault=FaultReport(code="internal", message="for a test"),
        at=now(),
        owner=owner.profile,
        job=job["id"],
        video=job["videos"][0]["id"],
    )
    async with connected(factory.settings, "test") as bus:
        await bury(bus, letter)
    return letter.id


@pytest.fixture(scope="module")
async def stranger(admin: httpx.AsyncClient) -> AsyncIterator[User]:
    async with user(admin, "stranger") as made:
        yield made


async def routes(http: httpx.AsyncClient) -> list[tuple[str, str]]:
    """Every method of every path that belongs to somebody."""
    spec = (await http.get("/v1/openapi.json")).json()
    return [
        (method.upper(), path)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
        if operation.get("security") != []
    ]


STREAMS = {"/v1/events"}  # which end when their client does


async def read(http: httpx.AsyncClient, path: str) -> tuple[int, str]:
    """An answer; of a stream that does not end by itself, its first event."""
    if path not in STREAMS:
        answer = await http.get(path)
        return answer.status_code, answer.text
    async with http.stream("GET", path) as live:
        said = ""
        async for text in live.aiter_text():
            said += text
            if "event: open" in said:
                break
        return live.status_code, said


async def asked(http: httpx.AsyncClient, method: str, path: str, route: str) -> httpx.Response:
    body = BODIES.get(route, {}) if method in {"POST", "PUT", "PATCH"} else None
    return await http.request(method, path, json=body)


async def test_row_23_SEC_01_another_users_ids_on_every_route(owned: Owned, stranger: User):
    refused = 0
    for method, path in await routes(stranger.http):
        if "{" not in path or path.startswith(EVERYBODYS):
            continue
        answer = await asked(stranger.http, method, owned.fill(path), f"{method} {path}")
        allowed = {404} if not path.startswith("/v1/profiles/") else {403}
        assert answer.status_code in allowed, f"{method} {path}: {answer.status_code} {answer.text}"
        if method != "HEAD":
            assert answer.json()["code"] == ("admin_only" if 403 in allowed else "not_found"), f"{method} {path}"
        refused += 1
    assert refused >= 14
    assert (await owned.owner.api.job(owned.ids["job"]))["state"] == "completed"  # and nothing was done to it


async def test_the_same_routes_do_answer_their_owner(owned: Owned):
    """Else the ids above would prove nothing."""
    for method, path in await routes(owned.owner.http):
        if method != "GET" or path.startswith("/v1/profiles"):
            continue
        status, text = await read(owned.owner.http, owned.fill(path))
        assert status == (422 if path in UNREACHABLE else 200), f"{path}: {text}"


async def test_row_23_SEC_01_lists_hold_nothing_of_other_users(owned: Owned, stranger: User):
    seen = 0
    for method, path in await routes(stranger.http):
        if method != "GET" or "{" in path:
            continue
        status, text = await read(stranger.http, path)
        assert status == (403 if path.startswith("/v1/profiles") else 200), path
        for kind, ident in owned.ids.items():
            assert ident not in text, f"{path} shows another user's {kind}"
        seen += 1
    assert seen >= 4
    everything = (await owned.owner.http.get("/v1/jobs")).text + (await owned.owner.http.get("/v1/assets")).text
    assert owned.ids["job"] in everything
    assert owned.ids["asset"] in everything


async def test_SEC_01_only_admins_make_profiles_and_keys(stranger: User):
    for method, path in await routes(stranger.http):
        if path.startswith("/v1/profiles"):
            answer = await stranger.http.request(method, path.format(profile=stranger.profile, key=stranger.key_id))
            assert (answer.status_code, answer.json()["code"]) == (403, "admin_only"), f"{method} {path}"
