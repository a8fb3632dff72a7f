"""Puts a program in a cage and becomes it. Run as a script: standard library only, because it starts with every child.

usage: cage.py key=value... -- program argument...
keys:  parent (pid), address_space, cpu_s, file_size, nice;
       layers (comma separated: ``netns``, ``sockets``, ``landlock``), in that order;
       trying=1: a layer that can't be had is left out, and ``CAGE_LAYERS`` tells the program which ones hold;
       read, run, write (a path; any number of each): with ``landlock`` all that the program sees of the file system.
       A path below ``run`` may also be executed.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import stat
import sys
from collections.abc import Callable, Iterator

CANNOT_START = 127
"""Exit code when the program could not be started, as a shell has it; ``SIGN`` then opens the line on stderr."""
SIGN = "cage: cannot start"
OOM_SCORE = "500"  # if memory runs out, the kernel takes a child before the service

# linux/prctl.h, linux/sched.h, linux/capability.h
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 22, 24, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
CAPABILITIES, CAPABILITIES_KEPT = range(64), {1, 2}  # root may still read and write files that are not root's

_RLIMITS = {
    "address_space": resource.RLIMIT_AS,
    "cpu_s": resource.RLIMIT_CPU,
    "file_size": resource.RLIMIT_FSIZE,
}

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long

Pairs = list[tuple[str, str]]


def main(arguments: list[str]) -> None:
    split = arguments.index("--")
    pairs = [(key, value) for key, _, value in (pair.partition("=") for pair in arguments[:split])]
    keys = dict(pairs)
    _restore_signals()
    os.nice(int(keys.get("nice", "0")))
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:  # noqa: PTH123  (pathlib takes 4 ms to import; not every container lets this be written)
        score.write(OOM_SCORE)
    _limit({key: int(keys[key]) for key in _RLIMITS if key in keys})
    try:
        _close_in(keys, pairs)
    except OSError as why:
        _give_up(why)
    _die_with(int(keys["parent"]))  # last, because a change of credentials undoes it
    _become(arguments[split + 1 :])


def _die_with(parent: int) -> None:
    """Have the kernel kill this process with its parent; leave at once if that one died before it was asked."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
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
        _give_up(why)


def _give_up(why: OSError) -> None:
    print(SIGN, os.strerror(why.errno or 0), file=sys.stderr, flush=True)  # noqa: T201
    os._exit(CANNOT_START)


def _close_in(keys: dict[str, str], pairs: Pairs) -> None:
    layers: dict[str, Callable[[], None]] = {
        "netns": _no_network,
        "sockets": _no_sockets,
        "landlock": lambda: _only_these_paths(pairs),
    }
    asked = [name for name in keys.get("layers", "").split(",") if name]
    if not asked:
        return
    _drop_capabilities()
    held = []
    for name in asked:
        try:
            layers.get(name, _unknown)()
            held.append(name)
        except OSError:
            if "trying" not in keys:
                raise
    if "trying" in keys:
        os.environ["CAGE_LAYERS"] = ",".join(held)


def _unknown() -> None:
    raise OSError(95, "no such layer")  # EOPNOTSUPP


def _drop_capabilities() -> None:
    """Of root's powers a program that is started from here has only those over files. Takes effect with it."""
    _checked(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    if os.geteuid() == 0:
        for capability in CAPABILITIES:
            if capability not in CAPABILITIES_KEPT:
                _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # those the kernel doesn't know it refuses


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result


# --- the network ---------------------------------------------------------------------------------------------------


def _no_network() -> None:
    """A network of its own with nothing in it, not even a loopback that is up."""
    if _libc.unshare(CLONE_NEWNET) == 0:
        return
    user, group = os.geteuid(), os.getegid()
    _checked(_libc.unshare(CLONE_NEWUSER | CLONE_NEWNET))
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        handle = os.open(f"/proc/self/{name}", os.O_WRONLY | os.O_CLOEXEC)
        os.write(handle, text.encode())
        os.close(handle)


class _Instruction(ctypes.Structure):
    """``struct sock_filter`` of linux/filter.h."""

    _fields_ = (("code", ctypes.c_uint16), ("jt", ctypes.c_uint8), ("jf", ctypes.c_uint8), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    """``struct sock_fprog`` of linux/filter.h."""

    _fields_ = (("length", ctypes.c_uint16), ("filter", ctypes.POINTER(_Instruction)))


# AUDIT_ARCH_* of linux/audit.h, and the number of socket(2) there
_SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_IO_URING_SETUP = 425  # on every architecture; a ring can open sockets too
_X32 = 0x40000000  # numbers from here on are x86-64's second way in
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ERRNO with EACCES


def _no_sockets() -> None:
    """No new socket of any family: no TCP or UDP, nor the local ones that a network namespace leaves open."""
    try:
        architecture, socket = _SOCKET_CALL[os.uname().machine]
    except KeyError:
        raise OSError(95, "not known for this processor") from None  # EOPNOTSUPP
    program = (
        (_LOAD, 0, 0, 4),  # the architecture
        (_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_AT_LEAST, 3, 0, _X32),
        (_EQUAL, 2, 0, socket),
        (_EQUAL, 1, 0, _IO_URING_SETUP),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    instructions = (_Instruction * len(program))(*(_Instruction(*words) for words in program))
    _checked(_libc.prctl(PR_SET_SECCOMP, 2, ctypes.byref(_Program(len(program), instructions)), 0, 0))


# --- files (linux/landlock.h) --------------------------------------------------------------------------------------

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_FIRST_RIGHTS, _REFER, _TRUNCATE, _IOCTL_DEV = (1 << 13) - 1, 1 << 13, 1 << 14, 1 << 15
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_TCP = 0b11  # bind and connect
_SCOPES = 0b11  # abstract sockets and signals of others


class _Ruleset(ctypes.Structure):
    """``struct landlock_ruleset_attr``; fields that an older kernel doesn't know must be zero."""

    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    """``struct landlock_path_beneath_attr``."""

    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def _only_these_paths(pairs: Pairs) -> None:
    """Everything on the file system but the named paths is out of reach; for good, and for all its children."""
    version = _checked(_libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1))
    handled = _FIRST_RIGHTS | sum(right for right, since in _LATER_RIGHTS if version >= since)
    rules = _Ruleset(handled, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    ruleset = _checked(_libc.syscall(_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(ctypes.sizeof(rules)), 0))
    for path, rights in _allowed(pairs):
        _allow(ruleset, path, rights & handled)
    _checked(_libc.syscall(_RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)


_LATER_RIGHTS = ((_REFER, 2), (_TRUNCATE, 3), (_IOCTL_DEV, 5))


def _allowed(pairs: Pairs) -> Iterator[tuple[str, int]]:
    reading = _READ_FILE | _READ_DIR
    rights = {
        "read": reading,
        "run": reading | _EXECUTE,
        "write": (_FIRST_RIGHTS | _REFER | _TRUNCATE) & ~_EXECUTE,
    }
    return ((value, rights[key]) for key, value in pairs if key in rights)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return  # what is not there, or hidden from us, need not be let through
    folder = stat.S_ISDIR(os.fstat(place).st_mode)
    rule = _Beneath(rights if folder else rights & _OF_FILES, place)
    _checked(_libc.syscall(_ADD_RULE, ruleset, 1, ctypes.byref(rule), 0))
    os.close(place)


if __name__ == "__main__":
    main(sys.argv[1:])
