"""Signing in as a browser does: a cookie that stands for a key, at every gateway, until that key is good no more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from contracts.accounts import Session
from edit_factory.embedded import Embedded
from kit.bus import now
from kit.register import opened
from kit.service import connected
from services.gateway.keys import new_token
from services.gateway.profiles import KINDS
from services.gateway.service import Gateway
from services.gateway.sessions import COOKIE, LIFE, SESSIONS_MAX
from tests import material
from tests.client import Client
from tests.guarded import ADMIN_KEY, User, calling, gateway, new_key, user
from tests.integration.refusing import refused

PAGE = {"Sec-Fetch-Site": "same-origin"}  # what a browser says of a request of our own page


@pytest.fixture(scope="module")
async def guarded(factory: Embedded) -> AsyncIterator[Gateway]:
    async with gateway(factory) as running:
        yield running


@pytest.fixture(scope="module")
async def admin(guarded: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(guarded.url, ADMIN_KEY) as http:
        yield http


@pytest.fixture
async def anna(admin: httpx.AsyncClient) -> AsyncIterator[User]:
    async with user(admin, "anna") as made:
        yield made


@pytest.fixture
async def browser(guarded: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(guarded.url, None) as http:
        yield http


async def sign_in(browser: httpx.AsyncClient, key: str) -> httpx.Response:
    return await browser.post("/v1/session", json={"key": key}, headers=PAGE)


async def test_a_browser_signs_in_and_out(browser: httpx.AsyncClient, anna: User):
    nobody = {"signed_in": False, "needs_key": True, "profile": None}
    assert (await browser.get("/v1/session")).json() == nobody
    answer = await sign_in(browser, anna.key)
    assert answer.status_code == 200, answer.text
    profile = {"id": anna.profile, "name": anna.profile, "admin": False}
    assert answer.json() == {"signed_in": True, "needs_key": False, "profile": profile}
    assert answer.headers["cache-control"] == "no-store"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert (await browser.get("/v1/session")).json() == answer.json()
    assert (await browser.get("/v1/profile")).json()["key"] == anna.key_id
    kept = dict(browser.cookies)
    assert (await browser.delete("/v1/session", headers=PAGE)).status_code == 204
    assert not browser.cookies
    stolen = {"Cookie": f"{COOKIE}={kept[COOKIE]}"}
    refused(await browser.get("/v1/jobs", headers=stolen), 401, "session_over")  # it is over, not only forgotten
    assert (await browser.get("/v1/session", headers=stolen)).json() == nobody
    assert (await browser.delete("/v1/session", headers=PAGE)).status_code == 204


async def test_media_and_live_events_come_by_the_cookie_alone(browser: httpx.AsyncClient, anna: User):
    clip = await anna.api.upload(material.video("session.mp4", seconds=2, size=(320, 180)))
    await sign_in(browser, anna.key)
    assert (await browser.get(f"/v1/assets/{clip['id']}/file", headers={"Range": "bytes=0-9"})).status_code == 206
    assert (await browser.get(f"/v1/assets/{clip['id']}")).json()["id"] == clip["id"]
    upload = await browser.post("/v1/assets", content=b"no clip", headers=PAGE)
    refused(upload, 415, "unsupported_media_type")  # it came as far as being looked at


async def test_SEC_01_a_session_is_good_at_every_gateway_and_ends_with_its_key(
    factory: Embedded, admin: httpx.AsyncClient, anna: User, browser: httpx.AsyncClient
):
    made = await new_key(admin, anna.profile)
    await sign_in(browser, made["key"])
    async with gateway(factory) as other, calling(other.url, None) as elsewhere:
        elsewhere.cookies = browser.cookies
        assert (await elsewhere.get("/v1/profile")).json()["id"] == anna.profile
        await admin.delete(f"/v1/profiles/{anna.profile}/keys/{made['id']}")
        refused(await browser.get("/v1/jobs"), 401, "session_over")
        for _ in range(100):  # the other gateway hears of it a moment later
            if (await elsewhere.get("/v1/jobs")).status_code == 401:
                break
            await asyncio.sleep(0.05)
        refused(await elsewhere.get("/v1/jobs"), 401, "session_over")


async def test_SEC_01_pages_of_elsewhere_change_nothing_with_the_cookie(browser: httpx.AsyncClient, anna: User):
    await sign_in(browser, anna.key)
    for headers in (
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ):
        refused(await browser.patch("/v1/profile", json={"title": "x"}, headers=headers), 403, "cross_site")
        refused(await browser.delete("/v1/session", headers=headers), 403, "cross_site")
    own = {"Origin": str(browser.base_url).rstrip("/")}
    assert (await browser.patch("/v1/profile", json={"title": "Anna"}, headers=own)).status_code == 200
    assert (await browser.get("/v1/session")).json()["profile"]["name"] == "Anna"
    keyed = {"Authorization": f"Bearer {anna.key}", "Sec-Fetch-Site": "cross-site"}
    assert (
        await browser.patch("/v1/profile", json={"title": "A"}, headers=keyed)
    ).status_code == 200  # no cookie's work
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        answer = await browser.post("/v1/session", json={"key": anna.key}, headers=headers)
        refused(answer, 403, "cross_site")


async def test_SEC_01_wrong_keys_are_refused_and_counted(factory: Embedded, anna: User):
    async with gateway(factory, limit_failed_keys=3) as running, calling(running.url, None) as browser:
        for wrong in (str(new_token()), "nonsense", f"ef_{anna.key_id}_{'0' * 64}"):
            answer = await sign_in(browser, wrong)
            assert answer.status_code in {401, 429}  # others of this address were counted before
        for _ in range(3):
            answer = await sign_in(browser, "once more")
        refused(answer, 429, "rate_limited")
        assert (await sign_in(browser, anna.key)).status_code == 200  # nobody is locked out by them


async def test_a_wrong_key_is_told_as_such(browser: httpx.AsyncClient):
    problem = refused(await sign_in(browser, str(new_token())), 401, "key_unknown")
    assert problem["detail"] == "This key is not taken (any more)."
    refused(await browser.post("/v1/session", json={"key": 3}, headers=PAGE), 400, "body_invalid")
    refused(await browser.post("/v1/session", json={"key": ""}, headers=PAGE), 422, "value_invalid")


async def test_an_admin_of_the_environment_signs_in(browser: httpx.AsyncClient):
    answer = await sign_in(browser, f" {ADMIN_KEY} ")
    assert answer.json()["profile"]["admin"] is True
    assert (await browser.get("/v1/profiles")).status_code == 200


async def test_where_nobody_is_asked_everybody_is_signed_in(api: Client):
    said = (await api.http.get("/v1/session")).json()
    assert said == {
        "signed_in": True,
        "needs_key": False,
        "profile": {"id": "local", "name": "This machine", "admin": True},
    }
    elsewhere = await api.http.get("/v1/session", headers={"Host": "evil.example"})
    assert elsewhere.json() == {"signed_in": False, "needs_key": True, "profile": None}


async def test_a_profile_has_so_many_sessions_and_the_oldest_makes_room(browser: httpx.AsyncClient, anna: User):
    shown = []
    for _ in range(SESSIONS_MAX + 1):
        answer = await sign_in(browser, anna.key)
        shown.append({"Cookie": f"{COOKIE}={answer.cookies[COOKIE]}"})
        browser.cookies.clear()
    refused(await browser.get("/v1/jobs", headers=shown[0]), 401, "session_over")
    for headers in (shown[1], shown[-1]):
        assert (await browser.get("/v1/jobs", headers=headers)).status_code == 200


async def test_several_sign_in_at_the_same_moment(guarded: Gateway, anna: User):
    async with calling(guarded.url, None) as browser:
        answers = await asyncio.gather(*(sign_in(browser, anna.key) for _ in range(4)))
        assert [answer.status_code for answer in answers] == [200] * 4
        for value in {answer.cookies[COOKIE] for answer in answers}:
            headers = {"Cookie": f"{COOKIE}={value}"}
            assert (await browser.get("/v1/jobs", headers=headers)).status_code == 200


async def test_a_session_in_use_lasts_longer(factory: Embedded, browser: httpx.AsyncClient, anna: User):
    value = (await sign_in(browser, anna.key)).cookies[COOKIE]
    assert "set-cookie" not in (await browser.get("/v1/jobs")).headers  # not each time: once a day
    place = value.partition("_")[0]
    async with connected(factory.settings, "older") as bus, opened(bus, KINDS) as register:
        shelf = register.shelf("session", Session)
        entry = shelf.entry(place)
        assert entry is not None
        older = entry.value.model_copy(update={"expires_at": now() + timedelta(days=2)})
        await register.put("session", place, older, after=entry.seq)
        for _ in range(100):  # the gateway hears of it a moment later
            answer = await browser.get("/v1/jobs")
            if "set-cookie" in answer.headers:
                break
            await asyncio.sleep(0.05)
        assert answer.cookies[COOKIE] == value
        await register._until(1)
        for _ in range(100):
            entry = shelf.entry(place)
            if entry is not None and entry.value.expires_at > now() + LIFE - timedelta(hours=1):
                break
            await asyncio.sleep(0.05)
        else:
            pytest.fail("it does not last longer")


async def test_a_live_stream_ends_with_its_session(browser: httpx.AsyncClient, anna: User):
    brief = await anna.api.brief(material.video("session.mp4", seconds=2, size=(320, 180)), review=["script"])
    job = await anna.api.submit(brief)
    await sign_in(browser, anna.key)
    async with asyncio.timeout(60), browser.stream("GET", f"/v1/jobs/{job['id']}/events") as stream:
        assert stream.status_code == 200
        await browser.delete("/v1/session", headers=PAGE)
        await anna.http.post(f"/v1/jobs/{job['id']}/cancel")
        told = "".join([text async for text in stream.aiter_text()])
    assert "job.completed" not in told
