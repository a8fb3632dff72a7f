"""Becomes a server that dies with its parent. A script of the standard library only: it starts with every server.

usage: launch.py key=value... -- program argument...
keys:  parent (pid), die_by (signal the kernel sends when the parent dies), uid and gid (to run as, if not as we are)
"""

from __future__ import annotations

import ctypes
import os
import sys

CANNOT_START = 127
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(arguments: list[str]) -> None:
    split = arguments.index("--")
    keys = {key: int(value) for key, value in (pair.split("=", 1) for pair in arguments[:split])}
    os.umask(0o077)
    if "uid" in keys:
        _drop_to(keys["uid"], keys["gid"])
    _die_with(keys["parent"], keys["die_by"])  # only now: changing the user makes the kernel forget it
    _become(arguments[split + 1 :])


def _drop_to(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def _die_with(parent: int, signal: int) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(CANNOT_START)


def _become(argv: list[str]) -> None:
    """SIGPIPE stays ignored, as Python has it: a server must not die of its last words to a parent that is gone."""
    try:
        os.execv(argv[0], argv)  # noqa: S606  (no shell is the point)
    except OSError as why:
        print("cannot start:", os.strerror(why.errno or 0), file=sys.stderr, flush=True)  # noqa: T201
        os._exit(CANNOT_START)


if __name__ == "__main__":
    main(sys.argv[1:])
