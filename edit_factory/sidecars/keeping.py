"""What a server keeps between starts in its folder: secrets, ports, the mark of who runs it. All of it blocks."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import signal
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from contracts.faults import Unavailable

# Below the ports the kernel hands out by itself, so that no outgoing connection sits on a server's port.
_PORTS = range(20_000, 32_768)
_PORT_TRIES = 200
_GRACE_S = 5.0


@dataclass(frozen=True)
class Account:
    """Whom a server runs as when we are root."""

    uid: int
    gid: int


def private_folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_private(path: Path, text: str, *, scratch: Path | None = None, owner: Account | None = None) -> None:
    """Whole or not at all, readable by its owner alone. The rename also replaces a link somebody put there."""
    part = (scratch or path.parent) / f".{path.name}.{secrets.token_hex(4)}"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        if owner is not None:
            os.fchown(descriptor, owner.uid, owner.gid)
        file.flush()
        os.fsync(descriptor)
    part.rename(path)


def secret(path: Path) -> str:
    """The password kept in this file, made at the first start."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        write_private(path, secrets.token_urlsafe(24))
        return path.read_text(encoding="utf-8")


def claim(folder: Path) -> IO[str]:
    """Mark the folder as run by this process, until the file is closed or the process is gone.

    Raises:
        Unavailable: another process that is alive runs a server on it.
    """
    file = (folder / "lock").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        file.close()
        raise Unavailable(f"another process already runs the {folder.name} server of this home") from taken
    return file


def ports(path: Path, *names: str) -> dict[str, int]:
    """A free port of 127.0.0.1 for each name: the one of the last start if nobody took it."""
    before = _remembered(path)
    chosen: dict[str, int] = {}
    for name in names:
        last = before.get(name)
        chosen[name] = last if last and is_free(last) else _free_port(chosen.values())
    if chosen != before:
        write_private(path, json.dumps(chosen))
    return chosen


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def stop_stale(belongs: Callable[[int], bool], is_main: Callable[[int], bool], how: signal.Signals) -> None:
    """End what a parent that crashed may have left on our data: asked first, killed after 5 s.

    Raises:
        Unavailable: some of it does not end, or is not ours to end.
    """
    for sent in (how, signal.SIGKILL):
        left = _alive(belongs)
        for pid in left:
            if sent == signal.SIGKILL or is_main(pid):
                _send(pid, sent)
                _send(pid, signal.SIGCONT)  # one that was halted would not hear it
        if _gone(belongs):
            return
    raise Unavailable("a server left by an earlier start still holds the data")


def arguments(pid: int) -> list[str]:
    """The command line of a process; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")[:-1]
    except OSError:
        return []


def works_in(pid: int, folders: Iterable[Path]) -> bool:
    """Whether that is the process's working folder. Not of a process that is gone, or another user's."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() in folders
    except OSError:
        return False


def _remembered(path: Path) -> dict[str, int]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return {name: port for name, port in kept.items() if isinstance(port, int)} if isinstance(kept, dict) else {}


def _free_port(taken: Iterable[int]) -> int:
    for _ in range(_PORT_TRIES):
        port = secrets.choice(_PORTS)
        if port not in taken and is_free(port):
            return port
    raise Unavailable("no free port on 127.0.0.1")


def _alive(belongs: Callable[[int], bool]) -> list[int]:
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())
    return [pid for pid in pids if pid != os.getpid() and belongs(pid) and not _is_zombie(pid)]


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _gone(belongs: Callable[[int], bool]) -> bool:
    until = time.monotonic() + _GRACE_S
    while _alive(belongs):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _send(pid: int, sent: signal.Signals) -> None:
    try:
        os.kill(pid, sent)
    except ProcessLookupError:
        return
    except PermissionError as theirs:
        raise Unavailable("another user already runs a server on this data") from theirs
