"""TLS on the wires to NATS and PostgreSQL, with real servers and certificates: encrypted, or not at all."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
import trustme

from contracts.faults import Unavailable
from contracts.streams import FEED
from edit_factory.cli.doctor import FAIL, OK, WARN, wires
from edit_factory.sidecars import PostgresServer
from edit_factory.sidecars.accounts import USERS, variable
from edit_factory.sidecars.nats import find_nats_server, keep_feed
from kit import service
from kit.database import open_pool
from kit.service import connected
from kit.settings import Settings
from kit.topology import laid_out

pytestmark = pytest.mark.slow

CONF = Path(__file__).parents[2] / "deploy/nats.conf"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture(scope="module")
def port(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server with the product's own file, and what the documentation adds to it for TLS."""
    folder = tmp_path_factory.mktemp("tls")
    certificate = authority.issue_cert("localhost")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    command = [str(find_nats_server()), "--config", str(CONF), "--store_dir", str(folder), "--addr", "127.0.0.1"]
    command += ["--port", str(free), "--http_port", "-1", "--tls"]
    command += ["--tlscert", str(folder / "cert.pem"), "--tlskey", str(folder / "key.pem")]
    environment = {variable(user): f"p{user}" for user in USERS}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            yield free
        finally:
            process.terminate()


def settings(port: int, home: Path, ca: Path | None, scheme: str = "tls") -> Settings:
    return Settings(nats_url=f"{scheme}://projection:pprojection@localhost:{port}", nats_ca=ca, home=home)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_PATIENCE_S", 1.0)


async def test_services_and_the_feed_work_by_tls(port: int, ca: Path, tmp_path: Path):
    given = settings(port, tmp_path, ca)
    async with connected(given, "projection") as bus:
        await laid_out(bus, given, "projection")
        assert (await bus.ping())["messages"] == 0
        assert bus.client._transport is not None
        assert bus.client._server_info["tls_required"] is True
    await asyncio.wait_for(keep_feed(f"tls://feeder:pfeeder@localhost:{port}", FEED, ca), 60)


async def test_a_server_that_proves_nothing_is_not_told_the_password(port: int, tmp_path: Path, hurried: None):
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(other)
    for wrong in (None, other):
        with pytest.raises(Unavailable):
            async with connected(settings(port, tmp_path, wrong), "projection"):
                pass
    missing = settings(port, tmp_path, tmp_path / "missing.pem")
    with pytest.raises(Unavailable, match="EDIT_FACTORY_NATS_CA"):
        async with connected(missing, "projection"):
            pass


async def test_a_wire_that_hides_tls_is_not_told_the_password(ca: Path, tmp_path: Path, hurried: None):
    """Somebody in between answers as a server without TLS would; the client library alone would go on in the open."""
    heard = bytearray()

    async def pretend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'INFO {"server_id":"x","version":"2.15.1","headers":true,"max_payload":1048576}\r\n')
        heard.extend(await reader.read())
        writer.close()

    async with await asyncio.start_server(pretend, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(Unavailable):
            async with connected(settings(port, tmp_path, ca), "projection"):
                pass
    assert b"pprojection" not in heard


# --- PostgreSQL ----------------------------------------------------------------------------------------------------


@pytest.fixture
async def sealed(tmp_path: Path, authority: trustme.CA) -> AsyncIterator[str]:
    """An embedded server behind a door that speaks PostgreSQL's way into TLS: its own build can't."""
    server = PostgresServer(tmp_path)
    address = await server.start()
    inner = urlsplit(address.dsns["gateway"]).port
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)

    async def door(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(8) == struct.pack("!ii", 8, 80877103)  # SSLRequest
        writer.write(b"S")
        try:
            await writer.start_tls(context)
        except (ssl.SSLError, ConnectionError):  # who asks does not believe us
            writer.close()
            return
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", inner)
        await asyncio.gather(_passed_on(reader, server_writer), _passed_on(server_reader, writer))

    async with await asyncio.start_server(door, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        yield address.dsns["gateway"].partition("?")[0].replace(f"127.0.0.1:{inner}", f"localhost:{port}")
    await server.stop()


async def _passed_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


async def test_postgresql_is_reached_by_verified_tls(sealed: str, ca: Path, tmp_path: Path):
    async with open_pool(f"{sealed}?sslmode=verify-full&sslrootcert={ca}") as pool, pool.acquire() as connection:
        assert await connection.fetchval("SELECT current_user") == "gateway"
        assert connection._transport.get_extra_info("ssl_object").version() in {"TLSv1.2", "TLSv1.3"}
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(other)
    with pytest.raises(OSError, match="certificate verify failed"):
        await asyncpg.connect(f"{sealed}?sslmode=verify-full&sslrootcert={other}")


# --- the doctor ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nats_url", "dsn", "states"),
    [
        ("nats://render:x@127.0.0.1:4222", "postgresql://gateway:x@localhost/db", [OK, OK]),
        ("tls://render:x@nats.example:4222", "postgresql://g:x@db.example/db?sslmode=verify-full", [OK, OK]),
        ("nats://render:x@nats:4222", "postgresql://gateway:x@postgres:5432/db", [WARN, WARN]),
        ("tls://a:x@one:4222, nats://a:x@two:4222", "", [OK, WARN]),
        ("nats://a:x@[::1]:4222", "postgresql://g:x@db.example/db?sslmode=require", [OK, WARN]),
    ],
)
def test_the_doctor_warns_of_an_open_wire_and_shows_no_password(nats_url: str, dsn: str, states: list[str]):
    found = wires(Settings(nats_url=nats_url, postgres_dsn=dsn))
    assert [check.state for check in found] == states
    assert FAIL not in states
    assert not any(":x@" in f"{check.detail} {check.advice}" for check in found)
