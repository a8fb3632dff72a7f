"""Who may come in, and what is whose."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from contracts.accounts import ApiKey
from contracts.faults import Fault
from edit_factory.embedded import Embedded
from kit.register import opened
from kit.service import connected
from services.gateway.keys import new_token
from services.gateway.profiles import KINDS
from services.gateway.service import Gateway
from tests import material
from tests.client import Client
from tests.guarded import ADMIN_KEY, User, calling, gateway, new_key, new_profile, user
from tests.integration.refusing import refused
from tests.limits import SOON_S


@pytest.fixture(scope="module")
async def guarded(factory: Embedded) -> AsyncIterator[Gateway]:
    async with gateway(factory) as running:
        yield running


@pytest.fixture(scope="module")
async def admin(guarded: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(guarded.url, ADMIN_KEY) as http:
        yield http


@pytest.fixture(scope="module")
async def anna(admin: httpx.AsyncClient) -> AsyncIterator[User]:
    async with user(admin, "anna") as made:
        yield made


@pytest.fixture(scope="module")
async def ben(admin: httpx.AsyncClient) -> AsyncIterator[User]:
    async with user(admin, "ben") as made:
        yield made


# --- keys --------------------------------------------------------------------------------------------------------


async def expired_key(factory: Embedded, profile: str) -> str:
    """As a key is after its time; the API makes none that has ended already."""
    token, then = new_token(), datetime.now(UTC) - timedelta(days=2)
    made = {"created_at": then, "expires_at": then + timedelta(days=1)}
    key = ApiKey.model_validate(made | {"id": token.id, "profile": profile, "secret_sha256": token.digest})
    async with connected(factory.settings, "expired") as bus, opened(bus, KINDS) as register:
        await register.put("key", key.id, key)
    return str(token)


async def bad_key(factory: Embedded, admin: httpx.AsyncClient, anna: User, how: str) -> str:
    if how == "unknown":
        return str(new_token())
    if how == "wrong secret":
        return f"ef_{anna.key_id}_{'0' * 64}"
    if how == "expired":
        return await expired_key(factory, anna.profile)
    if how == "revoked":
        made = await new_key(admin, anna.profile)
        assert (await admin.delete(f"/v1/profiles/{anna.profile}/keys/{made['id']}")).json()["good"] is False
        return str(made["key"])
    if how == "disabled profile":
        profile = await new_profile(admin, "gone")
        made = await new_key(admin, profile)
        assert (await admin.patch(f"/v1/profiles/{profile}", json={"disabled": True})).status_code == 200
        return str(made["key"])
    return "not even written like a key"


BAD = ["unknown", "wrong secret", "expired", "revoked", "disabled profile", "malformed"]


@pytest.mark.parametrize("header", ["Authorization", "X-API-Key"])
@pytest.mark.parametrize("how", BAD)
async def test_row_22_SEC_01_a_key_that_is_not_good(
    factory: Embedded, guarded: Gateway, admin: httpx.AsyncClient, anna: User, how: str, header: str
):
    """The answer is the same for every reason."""
    key = await bad_key(factory, admin, anna, how)
    async with httpx.AsyncClient(base_url=guarded.url) as stranger:
        shown = {header: f"Bearer {key}" if header == "Authorization" else key}
        answer = await stranger.get("/v1/jobs", headers=shown)
    problem = refused(answer, 401, "key_invalid")
    assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert problem["detail"] == "This key is not taken (any more)."


async def test_row_22_SEC_01_no_key(guarded: Gateway):
    async with calling(guarded.url, None) as stranger:
        answer = await stranger.get("/v1/jobs")
        refused(answer, 401, "key_missing")
        assert answer.headers["www-authenticate"].startswith("Bearer ")
        refused(await stranger.get("/v1/jobs", headers={"Authorization": "Basic YTpi"}), 401, "key_missing")
        for path in ("/health/live", "/health/ready", "/v1/openapi.json", "/v1/asyncapi.json", "/"):
            assert (await stranger.get(path)).status_code == 200


async def test_SEC_01_every_route_that_is_not_declared_open_asks_for_a_key(guarded: Gateway):
    async with calling(guarded.url, None) as stranger:
        spec = (await stranger.get("/v1/openapi.json")).json()
        assert spec["security"] == [{"bearer": []}, {"header": []}, {"session": []}]
        for path, methods in spec["paths"].items():
            for method, operation in methods.items():
                answer = await stranger.request(method, path.replace("{", "").replace("}", ""))
                told = set(operation["responses"])
                if operation.get("security") == []:
                    signing_in = (method, path) == ("post", "/v1/session")  # what it needs is the key itself
                    assert answer.status_code == 400 if signing_in else answer.is_success, f"{method} {path}"
                    assert ("401" in told) is signing_in
                else:
                    # Paths with parameters that are no ids find no route, and so nobody.
                    assert answer.status_code == (404 if "{" in path and answer.status_code == 404 else 401)
                    assert {"401", "403", "429"} <= told, f"{method} {path}"


async def test_a_refused_upload_is_not_read(guarded: Gateway):
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(200):
            sent += 1 << 20
            yield b"\0" * (1 << 20)
            await asyncio.sleep(0.002)

    async with calling(guarded.url, None) as stranger:
        with suppress(httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):  # hung up on while still sending
            refused(await stranger.post("/v1/assets", content=endless()), 401, "key_missing")
    assert sent < 50 << 20


async def test_SEC_01_a_key_is_shown_once_and_never_kept(factory: Embedded, admin: httpx.AsyncClient, anna: User):
    made = await new_key(admin, anna.profile, title="for a test")
    secret = made["key"].split("_")[2]
    listed = await admin.get(f"/v1/profiles/{anna.profile}/keys")
    assert made["id"] in listed.text
    async with connected(factory.settings, "look") as bus:
        kept = await bus.last_raw(f"ef.reg.key.{made['id']}", "EF_REGISTER")
    assert kept is not None
    for text in (listed.text, str(kept.data), (factory.settings.home / "log.jsonl").read_text()):
        assert secret not in text
    assert "secret" not in listed.text


async def test_SEC_01_a_revoked_key_is_refused_by_every_gateway_at_once(
    factory: Embedded, admin: httpx.AsyncClient, anna: User
):
    made = await new_key(admin, anna.profile)
    async with gateway(factory) as other, calling(other.url, made["key"]) as there:
        assert (await there.get("/v1/jobs")).status_code == 200
        await admin.delete(f"/v1/profiles/{anna.profile}/keys/{made['id']}")
        began = time.monotonic()
        while (answer := await there.get("/v1/jobs")).status_code == 200:
            assert time.monotonic() - began < SOON_S
        refused(answer, 401, "key_invalid")


async def test_SEC_01_the_live_stream_of_a_revoked_key_ends_and_tells_nothing_more(
    factory: Embedded, admin: httpx.AsyncClient, anna: User, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("services.gateway.live.PING_EVERY_S", 0.1)
    made = await new_key(admin, anna.profile)
    brief = await anna.api.brief(material.video("revoked.mp4", seconds=4), quality="final", variants=3)
    job = await anna.api.submit(brief)
    events = f"/v1/jobs/{job['id']}/events"
    async with asyncio.timeout(60), calling(str(admin.base_url), made["key"]) as http, http.stream("GET", events) as it:
        told = it.aiter_text()
        await anext(told)
        await admin.delete(f"/v1/profiles/{anna.profile}/keys/{made['id']}")
        rest = "".join([part async for part in told])
    assert "job.completed" not in rest
    assert (await anna.http.post(f"/v1/jobs/{job['id']}/cancel")).status_code == 202


async def test_a_profile_knows_itself_and_may_give_up_its_key(admin: httpx.AsyncClient):
    async with user(admin, "self", title="Self") as one:
        said = (await one.http.get("/v1/profile")).json()
        assert (said["id"], said["title"], said["key"], said["admin"]) == (one.profile, "Self", one.key_id, False)
        assert [key["id"] for key in (await one.http.get("/v1/profile/keys")).json()["items"]] == [one.key_id]
        changed = await one.http.patch("/v1/profile", json={"title": "Me"})
        assert changed.json()["title"] == "Me"
        refused(await one.http.patch("/v1/profile", json={"limits": {"reads": 9}}), 400, "body_invalid")
        assert (await one.http.post("/v1/profile/key/revoke")).json()["good"] is False
        refused(await one.http.get("/v1/profile"), 401, "key_invalid")


async def test_the_local_profile_can_be_changed_but_not_shut_out(admin: httpx.AsyncClient):
    assert (await admin.get("/v1/profile")).json()["key"] == "environment"
    refused(await admin.patch("/v1/profiles/local", json={"disabled": True}), 409, "profile_needed")
    refused(await admin.post("/v1/profiles", json={"id": "local"}), 409, "profile_exists")
    refused(await admin.post("/v1/profile/key/revoke"), 409, "key_not_kept")
    assert (await admin.patch("/v1/profiles/local", json={"title": "Here"})).json()["title"] == "Here"


async def test_profiles_are_listed_page_by_page(admin: httpx.AsyncClient, anna: User, ben: User):
    found: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        page = (await admin.get("/v1/profiles", params={"limit": 1} | cursor)).json()
        found += [profile["id"] for profile in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert found == sorted(found)
    assert {anna.profile, ben.profile, "local"} <= set(found)


async def test_changes_to_a_profile_at_the_same_time_are_all_kept(admin: httpx.AsyncClient):
    profile = await new_profile(admin, "busy")
    bodies = [{"title": "Busy"}, {"limits": {"reads": 7}}, {"voices": {"Slow": {"speed": 0.8}}}]
    answers = await asyncio.gather(*(admin.patch(f"/v1/profiles/{profile}", json=body) for body in bodies))
    assert {answer.status_code for answer in answers} == {200}
    seen = (await admin.get(f"/v1/profiles/{profile}")).json()
    assert (seen["title"], seen["limits"]["reads"], seen["voices"]["Slow"]["speed"]) == ("Busy", 7, 0.8)


WRONG: list[tuple[str, dict[str, Any], int]] = [
    ("/v1/profiles", {"id": "Not An Id"}, 422),
    ("/v1/profiles", {"id": "x", "limit": {}}, 400),
    ("/v1/profiles/local/keys", {"expires_at": "2001-01-01T00:00:00Z"}, 422),
    ("/v1/profiles/local/keys", {"expires_at": "2101-01-01T00:00:00"}, 422),
    ("/v1/profiles/nobody/keys", {}, 404),
]


@pytest.mark.parametrize(("path", "body", "status"), WRONG, ids=range(len(WRONG)))
async def test_what_is_wrong_about_a_profile_or_key_is_said(
    admin: httpx.AsyncClient, path: str, body: dict[str, Any], status: int
):
    answer = await admin.post(path, json=body)
    assert answer.status_code == status, answer.text
    assert answer.json()["code"] in {"value_invalid", "body_invalid", "not_found"}


# --- what is whose -----------------------------------------------------------------------------------------------


async def test_SEC_01_one_idempotency_key_of_two_users_is_two_jobs(anna: User, ben: User):
    clip, key = material.video("two-users.mp4", seconds=4), uuid4().hex
    first = await anna.api.submit(await anna.api.brief(clip), key)
    second = await ben.api.submit(await ben.api.brief(clip), key)
    assert first["id"] != second["id"]
    for one, job in ((anna, first), (ben, second)):
        assert (await one.http.post(f"/v1/jobs/{job['id']}/cancel")).status_code == 202


async def test_SEC_01_footage_of_another_user_can_not_be_used(anna: User, ben: User):
    brief = await anna.api.brief(material.video("annas.mp4", seconds=4))
    refused(await ben.http.post("/v1/jobs", json=brief), 422, "asset_unusable")


async def test_a_saved_voice_is_spoken_and_is_its_profiles_own(anna: User, ben: User):
    voices = {"Unchiul Ștefan": {"provider": "espeak", "speed": 1.25}}
    assert (await anna.http.patch("/v1/profile", json={"voices": voices})).status_code == 200
    clip = material.video("saved-voice.mp4", seconds=4)
    asked = {"voice": {"saved": "Unchiul Ștefan"}, "subtitles": {"preset": "none"}}
    job = await anna.api.submit(await anna.api.brief(clip) | asked)
    voice = (await anna.api.job(job["id"]))["brief"]["voice"]
    assert (voice["provider"], voice["name"], voice["speed"], "saved" in voice) == ("espeak", None, 1.25, False)
    await anna.http.post(f"/v1/jobs/{job['id']}/cancel")
    problem = refused(await ben.http.post("/v1/jobs", json=await ben.api.brief(clip) | asked), 422, "voice_unknown")
    assert [error["pointer"] for error in problem["errors"]] == ["/voice/saved"]
    both = {"voice": {"saved": "Unchiul Ștefan", "speed": 2.0}}
    refused(await anna.http.post("/v1/jobs", json=await anna.api.brief(clip) | both), 422, "value_invalid")


async def test_a_profiles_brand_stands_where_a_brief_says_nothing(anna: User, ben: User):
    logo = (await anna.api.upload(material.picture("brand-logo.png"), kind="image"))["id"]
    cup = {"kind": "product", "products": [{"name": "Cup", "pictures": [logo]}]}
    brand = {"look": {"background": "#7A1020", "font": "Lato"}, "logo": {"asset": logo, "corner": "top_left"}}
    said = await anna.http.patch("/v1/profile", json={"brand": brand})
    assert said.json()["brand"]["look"]["background"] == "#7A1020", said.text

    async def made(asked: dict[str, Any]) -> dict[str, Any]:
        job = await anna.api.submit(cup | asked)
        await anna.http.post(f"/v1/jobs/{job['id']}/cancel")
        found: dict[str, Any] = (await anna.api.job(job["id"]))["brief"]
        return found

    plain = await made({})
    assert plain["look"]["background"] == "#7A1020"
    assert plain["look"]["font"] == "Lato"
    assert plain["branding"]["logo"]["asset"] == logo
    own = await made({"look": {"accent": "#112233"}, "branding": {"logo": None}})
    assert own["look"]["background"] != "#7A1020"
    assert own["branding"]["logo"] is None

    foreign = refused(await ben.http.patch("/v1/profile", json={"brand": brand}), 422, "asset_unusable")
    assert [error["pointer"] for error in foreign["errors"]] == ["/brand/logo/asset"]
    assert (await anna.http.patch("/v1/profile", json={"brand": {}})).json()["brand"] == {"look": None, "logo": None}
    assert (await made({}))["look"]["background"] != "#7A1020"


# --- where nobody is asked ---------------------------------------------------------------------------------------


async def test_this_machine_needs_no_key_but_a_wrong_one_is_refused(api: Client, factory: Embedded, anna: User):
    said = (await api.http.get("/v1/profile")).json()
    assert (said["id"], said["key"], said["admin"]) == ("local", None, True)
    refused(await api.http.get("/v1/jobs", headers={"X-API-Key": str(new_token())}), 401, "key_invalid")
    own = (await api.http.get("/v1/profile", headers={"X-API-Key": anna.key})).json()
    assert own["id"] == anna.profile
    assert {} in (await api.http.get("/v1/openapi.json")).json()["security"]


FROM_ELSEWHERE = [
    ({"Host": "evil.example:8000"}, 403),
    ({"Host": "127.0.0.1.evil.example"}, 403),
    ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://localhost:1"}, 403),
    ({"X-Forwarded-For": "203.0.113.9"}, 401),
    ({"Host": "localhost"}, 200),
    ({"Host": "[::1]:8000", "Origin": "http://[::1]:8000"}, 200),
]


@pytest.mark.parametrize(("headers", "status"), FROM_ELSEWHERE, ids=range(len(FROM_ELSEWHERE)))
async def test_SEC_01_a_web_page_or_a_proxy_does_not_pass_for_this_machine(
    api: Client, headers: dict[str, str], status: int
):
    answer = await api.http.get("/v1/jobs", headers=headers)
    assert answer.status_code == status, answer.text
    if status == 403:
        refused(answer, 403, "origin_forbidden")


async def test_SEC_01_a_gateway_that_others_reach_does_not_start_without_an_admin(factory: Embedded):
    with pytest.raises(Fault) as said:
        async with gateway(factory, host="0.0.0.0", login="auto", admin_key=None):
            pass
    assert said.value.code == "no_admin_key"
    assert "edit-factory keys create --admin" in said.value.message


async def test_SEC_01_a_gateway_that_others_reach_asks_for_keys(factory: Embedded):
    async with gateway(factory, host="0.0.0.0", login="auto") as other:
        port = other.url.rsplit(":", 1)[1]
        async with calling(f"http://127.0.0.1:{port}", None) as stranger:
            refused(await stranger.get("/v1/jobs"), 401, "key_missing")
