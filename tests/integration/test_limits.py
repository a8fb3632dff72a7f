"""How much one user may ask for, however many gateways they ask."""

from __future__ import annotations

import asyncio
import re
from collections import Counter as Tally
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from edit_factory.embedded import Embedded
from kit.database import open_pool
from services.gateway.counter import SCHEMA, SQL, Counter
from services.gateway.leases import LEASE_S, Leases
from services.gateway.limiting import Kind, Windows
from services.gateway.problems import Problem
from services.gateway.service import Gateway
from tests import material
from tests.guarded import ADMIN_KEY, User, calling, gateway, user
from tests.integration.refusing import refused
from tests.limits import SOON_S

DEFAULTS = {
    "limit_reads": 600,
    "limit_writes": 100,
    "limit_uploads": 60,
    "limit_stream_opens": 120,
    "limit_streams": 20,
}


@pytest.fixture(scope="module")
async def pair(factory: Embedded) -> AsyncIterator[tuple[Gateway, Gateway]]:
    """Two gateways with the limits that hold when nothing is set."""
    async with gateway(factory, **DEFAULTS) as one, gateway(factory, **DEFAULTS) as two:
        yield one, two


@pytest.fixture(scope="module")
async def admin(factory: Embedded) -> AsyncIterator[httpx.AsyncClient]:
    """At a gateway without limits: what other tests asked for in the same minute counts for this user too."""
    async with gateway(factory) as unlimited, calling(unlimited.url, ADMIN_KEY) as http:
        yield http


@asynccontextmanager
async def at_both(
    admin: httpx.AsyncClient, pair: tuple[Gateway, Gateway], **asked: Any
) -> AsyncIterator[tuple[User, httpx.AsyncClient, httpx.AsyncClient]]:
    async with (
        user(admin, "limited", **asked) as made,
        calling(pair[0].url, made.key) as here,
        calling(pair[1].url, made.key) as there,
    ):
        yield made, here, there


async def test_row_24_SEC_01_request_101_of_100_a_minute_over_two_gateways_at_once(
    admin: httpx.AsyncClient, pair: tuple[Gateway, Gateway]
):
    async with at_both(admin, pair) as (_, here, there):
        asking = [http.post(f"/v1/jobs/{uuid4()}/cancel") for _ in range(52) for http in (here, there)]
        answers = await asyncio.gather(*asking)
        assert Tally(answer.status_code for answer in answers) == {404: 100, 429: 4}
        for http in (here, there):
            answer = await http.post("/v1/jobs", json={})
            refused(answer, 429, "rate_limited")
            assert 1 <= int(answer.headers["retry-after"]) <= 60
            assert answer.headers["ratelimit-policy"] == '"writes";q=100;w=60'
            assert re.fullmatch(r'"writes";r=0;t=\d+', answer.headers["ratelimit"])
            assert (await http.get("/v1/jobs")).status_code == 200  # reads are counted apart


async def test_SEC_01_every_answer_tells_what_is_left(admin: httpx.AsyncClient, pair: tuple[Gateway, Gateway]):
    async with at_both(admin, pair) as (_, here, there):
        left = [(await http.get("/v1/jobs")).headers["ratelimit"].split(";")[1] for http in (here, there, here)]
        assert left == ["r=599", "r=598", "r=597"]
        missing = await here.get(f"/v1/jobs/{uuid4()}")
        assert (missing.status_code, missing.headers["ratelimit-policy"]) == (404, '"reads";q=600;w=60')
        upload = await here.post("/v1/assets", content=b"")
        assert upload.headers["ratelimit"].startswith('"uploads";r=59;')


async def test_SEC_01_users_are_counted_apart_and_may_have_limits_of_their_own(
    admin: httpx.AsyncClient, pair: tuple[Gateway, Gateway]
):
    async with at_both(admin, pair, limits={"reads": 2}) as (small, here, there):
        assert [(await http.get("/v1/profile")).status_code for http in (here, there, here)] == [200, 200, 429]
        async with user(admin, "neighbour") as other:
            assert (await other.http.get("/v1/profile")).status_code == 200
        await admin.patch(f"/v1/profiles/{small.profile}", json={"limits": {"reads": 50}})
        assert (await here.get("/v1/profile")).status_code == 200  # at once, in the window that runs


async def test_health_is_never_limited_and_documents_by_address(factory: Embedded):
    changes: dict[str, Any] = {"limit_reads": 3, "trusted_proxies": "127.0.0.0/8"}
    net = f"2001:db8:{uuid4().hex[:4]}"
    async with gateway(factory, **changes) as strict, calling(strict.url, None) as http:
        for address, expected in ((f"{net}:1::5", [200, 200, 200, 429]), (f"{net}:2::5", [200])):
            asked = {"X-Forwarded-For": f"198.51.100.9, {address}"}
            found = [(await http.get("/v1/asyncapi.json", headers=asked)).status_code for _ in expected]
            assert found == expected
        assert {(await http.get("/health/live")).status_code for _ in range(10)} == {200}


async def test_SEC_01_failed_keys_are_limited_by_address_and_lock_nobody_else_out(factory: Embedded):
    async with gateway(factory, limit_failed_keys=3, trusted_proxies="127.0.0.1") as strict:
        address = {"X-Forwarded-For": f"2001:db8:{uuid4().hex[:4]}::1"}
        async with calling(strict.url, "ef_wrong") as guesser, calling(strict.url, ADMIN_KEY) as admin:
            tried = [await guesser.get("/v1/jobs", headers=address) for _ in range(5)]
            assert [answer.status_code for answer in tried] == [401, 401, 401, 429, 429]
            assert (await admin.get("/v1/jobs", headers=address)).status_code == 200


async def test_SEC_01_a_forged_address_behind_no_trusted_proxy_is_not_believed(factory: Embedded):
    async with gateway(factory, limit_failed_keys=1) as strict, calling(strict.url, "ef_wrong") as guesser:
        tried = [await guesser.get("/v1/jobs", headers={"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(4)]
        assert 429 in {answer.status_code for answer in tried[1:]}


# --- live streams ------------------------------------------------------------------------------------------------


async def test_SEC_01_live_streams_are_capped_over_all_gateways_and_do_not_eat_the_reads(
    admin: httpx.AsyncClient, pair: tuple[Gateway, Gateway]
):
    async with at_both(admin, pair, limits={"streams": 3}) as (one, here, there):
        brief = await one.api.brief(material.video("streams.mp4", seconds=4), quality="final", variants=3)
        job = (await one.api.submit(brief))["id"]
        before = reads_left(await here.get("/v1/profile"))
        async with AsyncExitStack() as stack:
            opening = [opened(stack, http, job) for http in (here, there) for _ in range(4)]
            answers = await asyncio.gather(*opening)
            assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 5
            full = next(answer for answer in answers if answer.status_code == 429)
            await full.aread()
            refused(full, 429, "too_many_streams")
            assert full.headers["retry-after"]
        assert before - reads_left(await here.get("/v1/profile")) == 1
        async with AsyncExitStack() as stack, asyncio.timeout(60):
            while (await opened(stack, there, job)).status_code != 200:  # closed ones make room
                await asyncio.sleep(0.05)
        await here.post(f"/v1/jobs/{job}/cancel")


def reads_left(answer: httpx.Response) -> int:
    found = re.fullmatch(r'"reads";r=(\d+);t=\d+', answer.headers["ratelimit"])
    assert found
    return int(found[1])


async def opened(stack: AsyncExitStack, http: httpx.AsyncClient, job: str) -> httpx.Response:
    return await stack.enter_async_context(http.stream("GET", f"/v1/jobs/{job}/events"))


@pytest.fixture
async def counter(factory: Embedded, pair: tuple[Gateway, Gateway]) -> AsyncIterator[Counter]:
    async with open_pool(factory.settings_of("gateway").postgres_dsn, schema=SCHEMA, size=3) as pool:
        yield Counter(pool)


async def held(leases: Leases, who: str, most: int, stack: AsyncExitStack) -> bool:
    try:
        await stack.enter_async_context(leases.held(who, most))
    except Problem:
        return False
    return True


async def test_the_streams_of_a_gateway_that_died_are_given_back(counter: Counter):
    who = uuid4().hex
    async with AsyncExitStack() as stack:
        dead, alive = Leases(counter, lease_s=0.3), Leases(counter)
        assert await held(dead, who, 1, stack)
        assert not await held(alive, who, 1, stack)
        await dead.renew()
        assert not await held(alive, who, 1, stack)
        await asyncio.sleep(0.4)  # nobody renews it
        assert await held(alive, who, 1, stack)


async def test_leases_that_the_database_forgot_are_put_down_again(counter: Counter):
    who = uuid4().hex
    async with AsyncExitStack() as stack:
        one, two = Leases(counter), Leases(counter)
        assert await held(one, who, 1, stack)
        await counter.ask(lambda link: link.execute("DELETE FROM streams WHERE who = $1", who))
        await one.renew()
        assert not await held(two, who, 1, stack)
    assert timedelta(seconds=LEASE_S) > timedelta(seconds=10)


async def test_twenty_at_once_for_one_place(counter: Counter):
    who = uuid4().hex
    async with AsyncExitStack() as stack:
        taken = await asyncio.gather(*(held(Leases(counter), who, 1, stack) for _ in range(20)))
        assert sum(taken) == 1


# --- without PostgreSQL ------------------------------------------------------------------------------------------


async def test_SEC_01_without_postgres_each_gateway_counts_by_itself():
    """Nobody listens there; requests are neither let through without bound nor broken."""
    pool = asyncpg.create_pool("postgresql://nobody@127.0.0.1:9/none", min_size=0, max_size=1, timeout=0.5)
    windows = Windows(Counter(await pool))
    used = [(await windows.hit("anna", Kind.WRITE, 5)).is_over for _ in range(8)]
    assert used == [False] * 5 + [True] * 3
    assert not (await windows.hit("ben", Kind.WRITE, 5)).is_over
    async with AsyncExitStack() as stack:
        leases = Leases(Counter(pool))
        assert [await held(leases, "anna", 2, stack) for _ in range(3)] == [True, True, False]
    pool.terminate()


async def test_a_database_that_hangs_holds_requests_up_once_and_briefly():
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    pool = asyncpg.create_pool(f"postgresql://nobody@127.0.0.1:{port}/none", min_size=0, max_size=1, timeout=30)
    windows = Windows(Counter(await pool))
    loop = asyncio.get_running_loop()
    began = loop.time()
    for _ in range(20):
        assert not (await windows.hit("anna", Kind.READ, 100)).is_over
    assert loop.time() - began < SOON_S
    pool.terminate()
    server.close()


async def test_ended_windows_are_forgotten_and_lost_tables_made_again(factory: Embedded, counter: Counter):
    who = uuid4().hex

    async def rows(link: Any) -> int:
        return int(await link.fetchval("SELECT count(*) FROM windows WHERE who = $1", who))

    await counter.ask(lambda link: link.execute(SQL["hit"], who, "reads", timedelta(seconds=-1), 5))
    assert await counter.ask(rows) == 1
    await counter.tidy()
    assert await counter.ask(rows) == 0
    await counter.ask(lambda link: link.execute("DROP TABLE windows, streams, migrations"))
    assert (await Windows(counter).hit(who, Kind.READ, 5)).used == 1
    await counter.tidy()
    await asyncio.sleep(1.1)  # PostgreSQL is asked again a second later
    assert await counter.ask(rows) == 0
