"""Each service's own users of NATS and PostgreSQL, as they can't be used. That they do for its work, the flow shows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import nats
import nats.errors
import nats.js.errors
import pytest
from nats.aio.client import Client as Connection

from contracts.access import LAYS_OUT, SERVICES
from contracts.faults import Unavailable
from contracts.streams import EVENTS, REGISTER, STREAMS
from edit_factory.embedded import Embedded
from edit_factory.sidecars import NatsServer, PostgresServer
from edit_factory.sidecars.postgres import ROLES
from kit.service import connected
from kit.settings import Settings
from kit.topology import laid_out
from services.projection.service import rebuild
from tests.client import Client
from tests.limits import SOON_S

FORGED = "ef.evt.job.requested.v1.fast.forged.-.0"


@asynccontextmanager
async def user(url: str) -> AsyncIterator[tuple[Connection, list[str]]]:
    """A connection, and what the server refused it."""
    refused: list[str] = []

    async def note(error: Exception) -> None:
        refused.append(str(error).lower())

    connection = await nats.connect(url, allow_reconnect=False, error_cb=note)
    try:
        yield connection, refused
    finally:
        await connection.close()


async def log_has(factory: Embedded, subject: str, stream: str = EVENTS.name) -> bool:
    async with user(factory.settings.nats_url) as (operator, _):
        try:
            await operator.jetstream().get_last_msg(stream, subject, direct=True)
        except nats.js.errors.NotFoundError:
            return False
        return True


@pytest.mark.parametrize(
    ("service", "subject"),
    [
        ("render", FORGED),
        ("render", "ef.evt.speech.ready.v1.fast.forged.forged.1"),
        ("render", "ef.step.tts.forged"),
        ("render", "ef.reg.key.forged"),
        ("projection", "ef.reg.key.forged"),
        ("tts", "$JS.API.DIRECT.GET.EF_REGISTER.ef.reg.key.forged"),
        ("tts", "$JS.API.STREAM.MSG.GET.EF_EVENTS"),
        ("tts", "$JS.API.CONSUMER.CREATE.EF_EVENTS.forged.ef.evt.>"),
        ("tts", "$JS.API.CONSUMER.MSG.NEXT.EF_EVENTS.render-fast"),
        ("tts", "$JS.ACK.EF_EVENTS.render-fast.1.1.1.1.1"),
        ("tts", "ef.work.render.forged.0"),
        ("tts", "ef.help.render.forged"),
        ("tts", "$JS.API.CONSUMER.MSG.NEXT.EF_OFFERS.render-help"),
        ("gateway", "$JS.API.CONSUMER.MSG.NEXT.EF_EVENTS.render-fast"),
        ("gateway", "$JS.API.CONSUMER.DELETE.EF_EVENTS.render-s0"),
        ("gateway", "$JS.API.STREAM.UPDATE.EF_EVENTS"),
        ("gateway", "$JS.API.STREAM.PURGE.EF_REGISTER"),
        ("footage", "$JS.API.STREAM.PURGE.EF_EVENTS"),
        ("storage", "$JS.API.STREAM.DELETE.EF_EVENTS"),
        ("projection", "$JS.API.STREAM.DELETE.EF_EVENTS"),
        ("script", "$JS.API.STREAM.INFO.EF_FEED"),
        ("script", "$JS.API.CONSUMER.CREATE.EF_FEED"),
        ("reconciler", "$JS.API.STREAM.PURGE.EF_EVENTS"),
        ("publish", "ef.evt.video.stored.v1.fast.forged.forged.1"),
    ],
)
async def test_a_service_may_not_send(factory: Embedded, service: str, subject: str):
    async with user(url_of(factory, service)) as (connection, refused):
        with pytest.raises((nats.errors.TimeoutError, nats.errors.NoRespondersError)):
            await connection.request(subject, b"{}", 0.1)
        async with asyncio.timeout(SOON_S):
            while not any("permissions violation for publish" in told for told in refused):
                await asyncio.sleep(0.01)
    if subject.startswith("ef."):
        assert not await log_has(factory, subject, REGISTER.name if ".reg." in subject else EVENTS.name)


@pytest.mark.parametrize(
    ("service", "subject"), [("render", "ef.evt.>"), ("render", "ef.prg.>"), ("render", ">"), ("gateway", "ef.reg.>")]
)
async def test_a_service_may_not_listen_to(factory: Embedded, service: str, subject: str):
    async with user(url_of(factory, service)) as (connection, refused):
        await connection.subscribe(subject)
        async with asyncio.timeout(SOON_S):
            while not any("permissions violation for subscription" in told for told in refused):
                await asyncio.sleep(0.01)


async def test_a_station_can_not_have_the_server_write_for_it(factory: Embedded):
    """Whoever asks also says where the answer goes, and a kept result says whatever its station likes."""
    subject = "ef.step.render.forged"
    async with user(url_of(factory, "render")) as (render, refused):
        await render.jetstream().publish(subject, b'{"forged": true}')
        for reply in (FORGED, "ef.reg.key.forged", "$JS.API.STREAM.PURGE.EF_EVENTS"):
            await render.publish(f"$JS.API.DIRECT.GET.EF_STEPS.{subject}", b"", reply=reply)
            await render.publish("$JS.API.STREAM.INFO.EF_EVENTS", b"", reply=reply)
            await render.publish("$JS.API.CONSUMER.MSG.NEXT.EF_EVENTS.render-fast", b'{"no_wait": true}', reply=reply)
        await render.flush()
        # The server has answered all of that before it answers this.
        assert (await render.jetstream().get_last_msg("EF_STEPS", subject, direct=True)).data == b'{"forged": true}'
    assert refused == []
    await asyncio.sleep(0.1)
    assert not await log_has(factory, FORGED)
    assert not await log_has(factory, "ef.reg.key.forged", REGISTER.name)
    async with user(factory.settings.nats_url) as (operator, _):
        assert (await operator.jetstream().stream_info(EVENTS.name)).state.first_seq in {0, 1}


def url_of(factory: Embedded, service: str) -> str:
    """Of services that are to come too."""
    password = (factory.settings.home / "nats" / f"{service}.password").read_text()
    return f"nats://{service}:{password}@{factory.settings.nats_url.rpartition('@')[2]}"


async def test_each_is_handed_its_own_users_alone(factory: Embedded):
    handed = {name: factory.settings_of(name) for name in ("gateway", "projection", "render", "storage")}
    assert [settings.nats_url.partition("://")[2].partition(":")[0] for settings in handed.values()] == list(handed)
    assert [bool(settings.postgres_dsn) for settings in handed.values()] == [True, True, False, False]


async def test_without_streams_a_service_waits_and_then_says_for_whom(tmp_path: Path):
    server = NatsServer(tmp_path)
    address = await server.start()
    try:
        settings = {name: Settings(nats_url=address.urls[name], home=tmp_path) for name in SERVICES}
        async with connected(settings["render"], "render") as render:
            with pytest.raises(Unavailable, match=f"is the service {LAYS_OUT} running") as refused:
                await laid_out(render, settings["render"], "render", patience_s=0.2)
            assert refused.value.code == "not_laid_out"
            waiting = asyncio.create_task(laid_out(render, settings["render"], "render", patience_s=60))
            async with connected(settings[LAYS_OUT], LAYS_OUT) as keeper:
                await laid_out(keeper, settings[LAYS_OUT], LAYS_OUT)
                await asyncio.wait_for(waiting, 60)
                # Again, with a stream in memory and an inbox gone: as after a restart of the server.
                async with user(address.url) as (operator, _):
                    await operator.jetstream().delete_stream("EF_PROGRESS")
                    await operator.jetstream().delete_consumer(EVENTS.name, "render-s3")
                await laid_out(keeper, settings[LAYS_OUT], LAYS_OUT)
            async with user(address.url) as (operator, _):
                named = {stream.config.name for stream in await operator.jetstream().streams_info()}
                assert named == {stream.name for stream in STREAMS}
                assert await operator.jetstream().consumer_info(EVENTS.name, "render-s3")
    finally:
        await server.stop()


async def test_a_wrong_password_is_told_at_once(factory: Embedded):
    wrong = factory.settings.model_copy(
        update={"nats_url": f"nats://render:wrong@{factory.settings.nats_url.rpartition('@')[2]}"}
    )
    with pytest.raises(Unavailable, match="does not let us in"):
        async with asyncio.timeout(SOON_S), connected(wrong, "render"):
            pass


# --- PostgreSQL ----------------------------------------------------------------------------------------------------


async def query(dsn: str, sql: str) -> object:
    connection = await asyncpg.connect(dsn, timeout=5)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close(timeout=5)


def dsn_of(factory: Embedded, role: str) -> str:
    password = (factory.settings.home / "postgres" / f"{role}.password").read_text()
    return f"postgresql://{role}:{password}@{factory.settings.postgres_dsn.rpartition('@')[2]}"


@pytest.mark.parametrize(
    ("role", "sql"),
    [
        ("gateway", "INSERT INTO factory.position (stream, seq) VALUES ('x', 1)"),
        ("gateway", "DELETE FROM factory.jobs"),
        ("gateway", "DROP SCHEMA factory CASCADE"),
        ("gateway", "CREATE TABLE factory.mine (id int)"),
        ("gateway", "CREATE TABLE publish.mine (id int)"),
        ("gateway", "CREATE SCHEMA mine"),
        ("gateway", "SET ROLE projection"),
        ("gateway", "SELECT pg_read_file('postgresql.conf')"),
        ("reconciler", "UPDATE factory.jobs SET state = 'completed'"),
        ("reconciler", "CREATE TABLE gateway.mine (id int)"),
        ("reconciler", "CREATE TABLE public.mine (id int)"),
        ("publish", "SELECT count(*) FROM factory.jobs"),
        ("publish", "CREATE TEMP TABLE mine (id int)"),
        ("projection", "CREATE TABLE gateway.mine (id int)"),
        ("projection", "DROP SCHEMA publish CASCADE"),
        ("projection", "SET ROLE edit_factory"),
    ],
)
async def test_a_role_may_not(factory: Embedded, role: str, sql: str):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await query(dsn_of(factory, role), sql)


async def test_a_role_may_do_its_work_and_none_is_a_superuser(factory: Embedded):
    for role in ROLES:
        sql = "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
        assert await query(dsn_of(factory, role), sql) is False
    for role in ("gateway", "publish"):
        for sql in (f"CREATE TABLE {role}.own (id int)", f"DROP TABLE {role}.own"):
            await query(dsn_of(factory, role), sql)
    for database in ("postgres", "template1"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await query(dsn_of(factory, "gateway").replace("/edit_factory", f"/{database}"), "SELECT 1")


@pytest.mark.parametrize("by", ["edit_factory", "projection"])
async def test_readers_can_read_what_was_rebuilt(api: Client, factory: Embedded, by: str):
    async with connected(factory.settings, "rebuild") as bus:
        await rebuild(bus, factory.settings.postgres_dsn if by == "edit_factory" else dsn_of(factory, by))
    owner = "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'factory'"
    assert await query(factory.settings.postgres_dsn, owner) == "projection"
    for reader in ("gateway", "reconciler"):
        assert isinstance(await query(dsn_of(factory, reader), "SELECT count(*) FROM factory.jobs"), int)
    assert (await api.http.get("/v1/jobs")).status_code == 200


async def test_a_home_of_before_goes_over_to_the_new_users(tmp_path: Path):
    """Then the database's owner owned the tables, and there was nobody else."""
    server = PostgresServer(tmp_path)
    owner = (await server.start()).dsn
    for sql in ("CREATE SCHEMA factory", "CREATE TABLE factory.jobs AS SELECT 42 AS answer"):
        await query(owner, sql)
    await server.stop()
    for role in ROLES:
        (tmp_path / "postgres" / f"{role}.password").unlink()
    dsns = (await server.start()).dsns
    try:
        assert await query(dsns["gateway"], "SELECT answer FROM factory.jobs") == 42
        assert await query(owner, "SELECT answer FROM factory.jobs") == 42
        await query(dsns["projection"], "INSERT INTO factory.jobs VALUES (43)")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await query(dsns["gateway"], "DELETE FROM factory.jobs")
    finally:
        await server.stop()
