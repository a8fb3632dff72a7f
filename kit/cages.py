"""The kinds of cage a child process can be put in, and which of them holds on this machine: found out by trying.

========== ================================================================ =======================================
cage       what it is made of                                               keeps out
========== ================================================================ =======================================
landlock   the kernel's Landlock for files; for the network a namespace     files, network
           of its own and no sockets, as far as they can be had
bwrap      bubblewrap: its own view of files, processes and the network     files, network, other processes
netns      a network namespace of its own; no sockets                       network
plain      limits, a clean environment, death with the worker               nothing
========== ================================================================ =======================================

All of them have what ``plain`` has.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from contracts.faults import Fault, LogicalFault
from kit.sees import View

KINDS = ("landlock", "bwrap", "netns", "plain")
"""In the order of preference. Of two that keep out as much, the one whose start costs less comes first."""
AUTO = "auto"
FILES, NETWORK = "files", "network"

_CAGE = Path(__file__).with_name("cage.py")
_NEEDED = {"bwrap": {FILES, NETWORK}, "landlock": {FILES}, "netns": {NETWORK}, "plain": set[str]()}
_WISHED = {"landlock": ("netns", "sockets", "landlock"), "netns": ("netns", "sockets")}
_ELSE = "set EDIT_FACTORY_CAGE to auto for the strongest that holds here"
_SIGNALLED = range(129, 160)  # what a shell, and bubblewrap, makes of a death by signal 1 to 31

# Tries to read a stranger's file, to write beside it, and to reach a server; says what it could do.
_TRIAL = """\
import json, os, socket, sys
def can(step):
    try: step()
    except OSError: return False
    return True
def reach():
    with socket.socket() as door: door.connect(("127.0.0.1", int(sys.argv[2])))
done = {"read": can(lambda: open(sys.argv[1]).read()), "write": can(lambda: open(sys.argv[1] + ".new", "w").close())}
print(json.dumps({**done, "reach": can(reach), "layers": os.environ.get("CAGE_LAYERS", "")}))
"""


class CageUnavailable(LogicalFault):
    """The cage that is asked for does not hold on this machine."""

    code = "cage_unavailable"


@dataclass(frozen=True, slots=True)
class Cage:
    """A kind of cage with the layers it is made of here. ``keeps_out`` was found by trying, not by its name."""

    kind: str
    layers: tuple[str, ...] = ()
    trying: bool = False
    keeps_out: frozenset[str] = frozenset()

    def command(
        self, keys: Sequence[str], program: Path, arguments: Sequence[str], seen: View, folder: Path
    ) -> list[str]:
        """The command that runs a program in this cage, ``folder`` being its home; ``keys`` are for ``cage.py``."""
        asked = [*keys, *self._keys(seen)]
        inner = [str(program), *arguments]
        if self.kind == "bwrap":
            inner = [*_bubblewrap(seen, folder), "--", *inner]
        return [sys.executable, "-I", "-S", str(_CAGE), *asked, "--", *inner]

    def _keys(self, seen: View) -> Iterator[str]:
        if self.layers:
            yield f"layers={','.join(self.layers)}"
        if self.trying:
            yield "trying=1"
        if "landlock" in self.layers:
            for key in ("run", "read", "write"):
                yield from (f"{key}={path}" for path in getattr(seen, key))

    def returncode(self, code: int) -> int:
        """How the program ended, by how the command did: a negative number is the signal that killed it."""
        return 128 - code if self.kind == "bwrap" and code in _SIGNALLED else code

    def could_not_start(self, code: int, last_words: str) -> bool:
        """Whether it was the cage that gave up, not the program."""
        return self.kind == "bwrap" and code == 1 and last_words.startswith("bwrap: ")


PLAIN = Cage("plain")


def _bubblewrap(seen: View, folder: Path) -> Iterator[str]:
    """Namespaces of its own for everything; processes end with it (``--die-with-parent``) and with their group."""
    yield from (str(shutil.which("bwrap")), "--die-with-parent", "--unshare-pid", "--unshare-net", "--unshare-ipc")
    yield from ("--unshare-uts", "--unshare-cgroup-try", "--cap-drop", "ALL")
    if os.geteuid() == 0:
        yield from ("--cap-add", "CAP_DAC_OVERRIDE")
    yield from ("--proc", "/proc", "--dev", "/dev")
    yield from _mounts("--ro-bind-try", (*seen.run, *seen.read))
    yield from _mounts("--bind-try", seen.write)
    # The folders made for all these to lie in are in memory; they are no place to fill.
    yield from ("--remount-ro", "/", "--chdir", os.path.realpath(folder))


def _mounts(how: str, paths: Sequence[str]) -> Iterator[str]:
    """Each path at its real place; one that leads there by a link is a link in the cage as well."""
    shown = sorted(path for path in paths if not path.startswith(("/proc/", "/dev/")))
    real = {path: os.path.realpath(path) for path in shown}
    for place in sorted(set(real.values())):  # folders before what is in them
        if not _is_below(place, real.values()):
            yield from (how, place, place)
    for path, place in real.items():
        if path != place and not _is_below(path, real.values()):
            yield from ("--symlink", place, path)


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(f"{folder}/") for folder in folders)


# --- choosing --------------------------------------------------------------------------------------------------------

Try = Callable[[Cage, Sequence[str], Path], Awaitable[bytes]]
"""Runs this Python with arguments in a cage, in a folder of its own; what it printed."""


class Chooser:
    """Finds the cage for all children of this process, once."""

    def __init__(self, attempt: Try) -> None:
        self._attempt = attempt
        self._chosen: dict[str, Cage] = {}
        self._wanted = AUTO
        self._turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()

    async def choose(self, wanted: str) -> Cage:
        """Decide for a kind, or for the strongest that holds (``auto``), from now on.

        Raises:
            CageUnavailable: there is no such kind, or it does not hold on this machine.
        """
        cage = await self._found(wanted)
        self._wanted = wanted
        return cage

    async def current(self) -> Cage:
        """The cage that was decided for, or ``auto``'s if none was."""
        return self._chosen.get(self._wanted) or await self._found(self._wanted)

    async def _found(self, wanted: str) -> Cage:
        if wanted not in {AUTO, *KINDS}:
            raise CageUnavailable(f"there is no cage {wanted!r}: take one of {', '.join((AUTO, *KINDS))}")
        async with self._turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
            if wanted not in self._chosen:
                self._chosen[wanted] = await self._strongest() if wanted == AUTO else await self._held(wanted)
            return self._chosen[wanted]

    async def _strongest(self) -> Cage:
        best = PLAIN
        for kind in KINDS[:-1]:
            try:
                cage = await self._held(kind)
            except CageUnavailable:
                continue
            if len(cage.keeps_out) > len(best.keeps_out):
                best = cage
            if best.keeps_out == {FILES, NETWORK}:
                break
        return best

    async def _held(self, kind: str) -> Cage:
        if kind == "plain":
            return PLAIN
        if kind == "bwrap" and shutil.which("bwrap") is None:
            raise CageUnavailable(f"the cage bwrap needs the program bwrap (package bubblewrap); {_ELSE}")
        try:
            done = await self._tried(Cage(kind, _WISHED.get(kind, ()), trying=True))
            keeps_out = {FILES} if not (done["read"] or done["write"]) else set()
            keeps_out |= {NETWORK} if not done["reach"] else set()
        except (Fault, ValueError, KeyError, OSError) as fault:
            raise CageUnavailable(f"the cage {kind} cannot be made on this machine; {_ELSE}") from fault
        if missing := _NEEDED[kind] - keeps_out:
            out = " and ".join(sorted(missing))
            raise CageUnavailable(f"the cage {kind} does not keep out {out} on this machine; {_ELSE}")
        layers = tuple(name for name in done["layers"].split(",") if name)
        return Cage(kind, layers, keeps_out=frozenset(keeps_out))

    async def _tried(self, cage: Cage) -> dict[str, str]:
        """What a program in it can still do, with a file of ours and a server that listens."""
        with (
            tempfile.TemporaryDirectory(prefix="edit-factory-cage-") as ours,
            socket.create_server(("127.0.0.1", 0)) as door,
        ):
            stranger, inside = Path(ours) / "stranger", Path(ours) / "inside"
            stranger.touch()
            inside.mkdir()
            said = await self._attempt(cage, ["-c", _TRIAL, str(stranger), str(door.getsockname()[1])], inside)
            done: dict[str, str] = json.loads(said)
            return done
