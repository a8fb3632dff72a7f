"""Puts a program in a cage and becomes it. Run as a script: standard library only, because it starts with every child.

usage: cage.py key=value... -- program argument...
keys:  parent (pid), address_space, cpu_s, file_size, nice
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

CANNOT_START = 127
"""Exit code when the program could not be started, as a shell has it; ``SIGN`` then opens the line on stderr."""
SIGN = "cage: cannot start"
PR_SET_PDEATHSIG = 1  # linux/prctl.h
OOM_SCORE = "500"  # if memory runs out, the kernel takes a child before the service

_RLIMITS = {
    "address_space": resource.RLIMIT_AS,
    "cpu_s": resource.RLIMIT_CPU,
    "file_size": resource.RLIMIT_FSIZE,
}


def main(arguments: list[str]) -> None:
    split = arguments.index("--")
    keys = dict(pair.split("=", 1) for pair in arguments[:split])
    _die_with(int(keys.pop("parent")))
    _restore_signals()
    os.nice(int(keys.pop("nice", "0")))
    with contextlib.suppress(OSError):  # not every container lets it be written
        Path("/proc/self/oom_score_adj").write_text(OOM_SCORE, encoding="ascii")
    _limit({key: int(value) for key, value in keys.items()})
    _become(arguments[split + 1 :])


def _die_with(parent: int) -> None:
    """Have the kernel kill this process with its parent; leave at once if that one died before it was asked."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(CANNOT_START)


def _restore_signals() -> None:
    """Python ignores these two, and a program would inherit that."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def _limit(limits: dict[str, int]) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for key, value in limits.items():
        _, hard = resource.getrlimit(_RLIMITS[key])
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(_RLIMITS[key], (most, most))


def _become(argv: list[str]) -> None:
    try:
        os.execv(argv[0], argv)  # noqa: S606  (no shell is the point)
    except OSError as why:
        print(SIGN, os.strerror(why.errno or 0), file=sys.stderr, flush=True)  # noqa: T201
        os._exit(CANNOT_START)


if __name__ == "__main__":
    main(sys.argv[1:])
