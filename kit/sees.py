"""What a child process sees of the file system: its own folder to write in, what it was given to read, and programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# What programs are made of, on any Linux. Of /etc only what a linker and a clock read, of /proc nothing of others.
_PROGRAMS = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store")
_SYSTEM = (
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives", "/etc/localtime"),
    *("/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"),
    *("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems", "/proc/sys/vm"),
    *("/sys/devices/system", "/sys/fs/cgroup"),
)
_SINK = "/dev/null"
_PACKAGES = frozenset({"site-packages", "dist-packages"})


@dataclass(frozen=True, slots=True)
class Sees:
    """Files and folders (with all below) that a child may read, and those it may write, besides its working folder.
    ``run``: further programs that the one which is started may start.

    Programs, their libraries and this Python with its packages are seen anyway. Symbolic links count for what they
    lead to when the child is started.
    """

    read: tuple[Path, ...] = ()
    write: tuple[Path, ...] = ()
    run: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """All paths a child sees, absolute; what is in ``run`` may be executed."""

    run: tuple[str, ...]
    read: tuple[str, ...]
    write: tuple[str, ...]


def view(sees: Sees, program: Path, folder: Path | None) -> View:
    """Everything one child sees, with ``folder`` as the one it works in."""
    own = [place for start in (program, *sees.run) for place in (start, *_libraries_of(start))]
    write = sees.write if folder is None else (folder, *sees.write)
    return View(
        run=_absolute((*_programs(), *own)),
        read=_absolute((*map(Path, _SYSTEM), *sees.read)),
        write=_absolute((Path(_SINK), *write)),
    )


@cache
def _programs() -> tuple[Path, ...]:
    packages = (Path(place) for place in sys.path if Path(place).name in _PACKAGES)
    return (*map(Path, _PROGRAMS), Path(sys.prefix), Path(sys.base_prefix), *packages)


def _libraries_of(program: Path) -> Iterator[Path]:
    """``lib`` beside the ``bin`` a program lies in, if it is of that kind."""
    home = Path(os.path.realpath(program)).parent
    if home.name == "bin":
        yield from (home.with_name("lib"), home.with_name("lib64"))


def _absolute(paths: tuple[Path, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(os.path.abspath(path) for path in paths))  # noqa: PTH100  (resolves no links)
