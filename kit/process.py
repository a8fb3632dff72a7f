"""Child processes: bounded, killed as a group, never left behind.

Every child runs in a session of its own (so that its whole group can be killed), dies with this process, and sees no
variable of ours; it reaches no network and sees only the files it was given, as far as this machine's cage holds
(``cages.py``). It can fill neither our memory nor its own pipes.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from contracts.faults import TechnicalFault, TimedOut, Unavailable
from kit.cage import CANNOT_START, SIGN
from kit.cages import Cage, Chooser
from kit.sees import Sees, view
from kit.trace import traceparent

STDERR_KEPT = 8 << 10  # bytes; the last words say what went wrong
LONGEST_LINE = 64 << 10  # bytes handed to on_line; the rest of a longer line is dropped
LONGEST_ANSWER = 16 << 20  # bytes of one JSON answer in a dialogue
DRAIN_S = 0.1  # a dead child's pipes are read at once, unless a process that left its group still holds them
REAP_S = 2.0  # a killed group is gone in milliseconds; only a disk that hangs makes it longer

log = logging.getLogger(__name__)

_NOTHING_MORE = Sees()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take. ``None`` is no limit of ours.

    ``wall_s``: seconds for the whole run. ``idle_s``: longest silence on stdout, in seconds (in a dialogue: while a
    question is open). ``address_space`` and ``file_size``: bytes. ``cpu_s``: seconds of CPU. ``nice``: 0 to 19.
    """

    wall_s: float
    idle_s: float | None = None
    address_space: int | None = None
    cpu_s: int | None = None
    file_size: int | None = None
    nice: int = 0


@dataclass(frozen=True, slots=True)
class Completed:
    """How a child ended. A negative ``returncode`` is the signal that killed it; ``stderr`` its last 8 KiB."""

    returncode: int
    stdout: bytes
    stderr: str


class ProcessFailed(TechnicalFault):
    """A child process ended badly. ``stderr`` is for the log: it may name paths."""

    code = "process_failed"

    def __init__(self, message: str, *, returncode: int, stderr: str) -> None:
        super().__init__(message)
        self.returncode = returncode
        self.stderr = stderr


class ProcessTimedOut(TimedOut):
    """A child process took too long, or said nothing for too long, and was killed."""

    code = "process_timed_out"

    def __init__(self, message: str, *, stderr: str = "") -> None:
        super().__init__(message)
        self.stderr = stderr


async def run(
    argv: Sequence[str | Path],
    *,
    limits: Limits,
    cwd: Path | None = None,
    sees: Sees = _NOTHING_MORE,
    variables: Mapping[str, str] | None = None,
    stdin: bytes | None = None,
    on_line: Callable[[str], None] | None = None,
    check: bool = True,
    max_stdout: int = 1 << 20,
    cage: Cage | None = None,
) -> Completed:
    """Run a program to its end.

    It may write below ``cwd``, and read and write what it ``sees``. ``variables`` are put into its environment, which
    else holds only where programs are and the trace it belongs to. ``on_line`` gets each line of stdout, at most
    64 KiB of it, on the event loop; stdout is then not kept. ``cage``: another one than this process's.

    Raises:
        ProcessFailed: it ended with another code than 0 (only if ``check``), or wrote more than ``max_stdout`` bytes.
        ProcessTimedOut: it passed ``limits.wall_s`` or ``limits.idle_s``.
        Unavailable: there is no such program, or it could not be started.
    """
    out = _Kept(max_stdout) if on_line is None else _Lines(on_line, LONGEST_LINE)
    given = {"TRACEPARENT": traceparent(), **(variables or {})}
    start = _Start(argv, limits, cwd, sees, given, cage or await cages.current())
    async with _child(start, out, stdin=stdin is not None) as child:
        if stdin is not None:
            child.write(stdin)
            child.end_input()
        await _until_the_end(child, limits)
        child.raise_if_unavailable()
        if check and child.returncode != 0:
            raise child.failed(_how_it_ended(child.name, child.returncode))
        kept = bytes(out.data) if isinstance(out, _Kept) else b""
        return Completed(child.returncode, kept, child.last_words)


@asynccontextmanager
async def dialogue(
    argv: Sequence[str | Path], *, limits: Limits, cwd: Path | None = None, sees: Sees = _NOTHING_MORE
) -> AsyncIterator[Dialogue]:
    """Start a child that answers one JSON line for each JSON line; it is killed when the context is left.

    ``limits.wall_s`` is the life of the child (``math.inf`` for no end). It may serve many requests, so its environment
    names no trace.
    """
    answers = _Answers()
    start = _Start(argv, limits, cwd, sees, {}, await cages.current())
    async with _child(start, answers, stdin=True) as child:
        talk = Dialogue(child, answers, limits)
        end_of_life = None
        if math.isfinite(limits.wall_s):
            end_of_life = asyncio.get_running_loop().call_later(limits.wall_s, child.time_out, limits.wall_s)
        try:
            yield talk
        finally:
            if end_of_life is not None:
                end_of_life.cancel()


class Dialogue:
    """A long-lived child. One question at a time; others wait for their turn."""

    def __init__(self, child: _Child, answers: _Answers, limits: Limits) -> None:
        self._child = child
        self._answers = answers
        self._limits = limits
        self._turn = asyncio.Lock()

    @property
    def alive(self) -> bool:
        return not self._child.ended.done()

    async def ask(self, question: Mapping[str, Any], timeout_s: float) -> dict[str, Any]:
        """The child's answer. After any fault, and after a cancel, the child is dead: it would be out of step.

        Raises:
            ProcessTimedOut: no answer in ``timeout_s`` seconds, or the child's life was over.
            ProcessFailed: the child died, or answered with something else than one JSON object.
            Unavailable: the child could not be started.
        """
        async with self._turn:
            try:
                return await self._answered(question, timeout_s)
            except BaseException:
                self._child.kill()
                raise

    async def _answered(self, question: Mapping[str, Any], timeout_s: float) -> dict[str, Any]:
        patience = timeout_s if self._limits.idle_s is None else min(timeout_s, self._limits.idle_s)
        answer = self._answers.expect()
        if self.alive:
            self._child.write(json.dumps(question).encode() + b"\n")
        either: set[asyncio.Future[Any]] = {answer, self._child.ended}
        await asyncio.wait(either, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return self._understood(answer.result())
        if not self.alive:
            self._child.raise_if_broken()
            self._child.raise_if_unavailable()
            raise self._child.failed(_how_it_ended(self._child.name, self._child.returncode))
        raise ProcessTimedOut(f"{self._child.name} gave no answer in {patience:g} s", stderr=self._child.last_words)

    def _understood(self, line: bytes) -> dict[str, Any]:
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise self._child.failed(f"{self._child.name} answered with something that is not a JSON object")
        return answer


@dataclass(frozen=True, slots=True)
class _Start:
    """All that a child is started with."""

    argv: Sequence[str | Path]
    limits: Limits
    folder: Path | None
    sees: Sees
    variables: Mapping[str, str]
    cage: Cage


class _TooMuch(Exception):
    """The child said more than it may."""


class _Kept:
    """Stdout as bytes, up to ``most``."""

    def __init__(self, most: int) -> None:
        self.data = bytearray()
        self._most = most

    def feed(self, data: bytes) -> None:
        if len(self.data) + len(data) > self._most:
            raise _TooMuch(f"wrote more than {self._most} bytes")
        self.data += data

    def end(self) -> None:
        """Nothing is held back."""


class _Lines:
    """Stdout as lines of at most ``longest`` bytes; what a longer one has beyond that is dropped."""

    def __init__(self, on_line: Callable[[str], None], longest: int) -> None:
        self._on_line = on_line
        self._longest = longest
        self._line = bytearray()

    def feed(self, data: bytes) -> None:
        *whole, rest = data.split(b"\n")
        for part in whole:
            self._grow(part)
            self._say()
        self._grow(rest)

    def end(self) -> None:
        if self._line:
            self._say()

    def _grow(self, part: bytes) -> None:
        self._line += part[: self._longest - len(self._line)]

    def _say(self) -> None:
        line = self._line.decode("utf-8", "replace").removesuffix("\r")
        self._line.clear()
        self._on_line(line)


class _Answers:
    """Stdout as one line for each that is expected; a line nobody asked for is a fault."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._expected: asyncio.Future[bytes] | None = None

    def expect(self) -> asyncio.Future[bytes]:
        self._expected = asyncio.get_running_loop().create_future()
        return self._expected

    def feed(self, data: bytes) -> None:
        *whole, rest = data.split(b"\n")
        for part in whole:
            self._answer(bytes(self._line) + part)
            self._line.clear()
        self._line += rest
        if len(self._line) > LONGEST_ANSWER:
            raise _TooMuch(f"answered with more than {LONGEST_ANSWER} bytes")

    def end(self) -> None:
        """Half an answer is none."""

    def _answer(self, line: bytes) -> None:
        if self._expected is None or self._expected.done():
            raise _TooMuch("spoke without being asked")
        self._expected.set_result(line)


class _Child(asyncio.SubprocessProtocol):
    """One running child, as the event loop tells of it. ``ended`` is done when it is reaped and its pipes are read."""

    def __init__(self, name: str, out: _Kept | _Lines | _Answers, cage: Cage) -> None:
        loop = asyncio.get_running_loop()
        self.name = name
        self._cage = cage
        self._began = loop.time()
        self._pid: int | None = None
        self._asker = copy_context()  # the event loop tells of a child in no one's name
        self.ended: asyncio.Future[None] = loop.create_future()
        self.last_spoke = loop.time()
        self._now = loop.time
        self._out = out
        self._errors = bytearray()
        self._broken: BaseException | None = None
        self._transport: asyncio.SubprocessTransport | None = None

    # what the event loop tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.SubprocessTransport", transport)
        self._pid = self._transport.get_pid()
        self._tell("child started")

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == 2:
            self._errors += data
            del self._errors[:-STDERR_KEPT]
            return
        self.last_spoke = self._now()
        self._hand_over(lambda: self._out.feed(data))

    def process_exited(self) -> None:
        # What the program itself started and left must not keep the pipes open. Its pid is still taken by the
        # group as long as there is anything to kill.
        self.kill()
        # Twice, because a loop that was held up must first get a turn to read what is there.
        later = asyncio.get_running_loop().call_later
        later(DRAIN_S, later, DRAIN_S, self._let_go)

    def _let_go(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._hand_over(self._out.end)
        if not self.ended.done():
            self.ended.set_result(None)
            seconds = round(self._now() - self._began, 3)
            self._tell("child ended", seconds=seconds, returncode=self.returncode)

    def _tell(self, what: str, **more: float) -> None:
        """Never the arguments: a path may have a user's words in it."""
        self._asker.run(log.info, what, extra={"program": self.name, "pid": self._pid, **more})

    def _hand_over(self, step: Callable[[], None]) -> None:
        if self._broken is not None:
            return
        try:
            step()
        except Exception as why:  # noqa: BLE001  (raised again where the child is awaited)
            self._broken = why
            self.kill()

    # what its owner asks

    @property
    def returncode(self) -> int:
        code = self._transport.get_returncode() if self._transport is not None else None
        return -signal.SIGKILL if code is None else self._cage.returncode(code)

    @property
    def last_words(self) -> str:
        return self._errors.decode("utf-8", "replace")

    def write(self, data: bytes) -> None:
        self._pipe_in().write(data)

    def end_input(self) -> None:
        self._pipe_in().close()

    def _pipe_in(self) -> asyncio.WriteTransport:
        if self._transport is None:
            raise RuntimeError("the child was not started")
        return cast("asyncio.WriteTransport", self._transport.get_pipe_transport(0))

    def kill(self) -> None:
        if self._transport is not None and not self.ended.done():
            with suppress(ProcessLookupError, PermissionError):  # nothing is left of the group
                os.killpg(self._transport.get_pid(), signal.SIGKILL)

    def time_out(self, wall_s: float) -> None:
        if not self.ended.done():
            self._broken = ProcessTimedOut(f"{self.name} ran longer than {wall_s:g} s", stderr=self.last_words)
            self.kill()

    async def end(self) -> None:
        """Kill the group and reap it."""
        self.kill()
        try:
            await asyncio.wait({self.ended}, timeout=REAP_S)
        finally:
            self._let_go()

    def failed(self, message: str) -> ProcessFailed:
        return ProcessFailed(message, returncode=self.returncode, stderr=self.last_words)

    def raise_if_broken(self) -> None:
        if isinstance(self._broken, _TooMuch):
            raise self.failed(f"{self.name} {self._broken}")
        if self._broken is not None:
            raise self._broken

    def raise_if_unavailable(self) -> None:
        gave_up = self.returncode == CANNOT_START and self.last_words.startswith(SIGN)
        if gave_up or self._cage.could_not_start(self.returncode, self.last_words):
            raise Unavailable(f"{self.name} could not be started")


@asynccontextmanager
async def _child(start: _Start, out: _Kept | _Lines | _Answers, *, stdin: bool) -> AsyncIterator[_Child]:
    program = _found(start.argv[0])
    child = _Child(program.name, out, start.cage)
    pipe, none = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    starting = asyncio.ensure_future(
        asyncio.get_running_loop().subprocess_exec(
            lambda: child,
            *_caged(program, start),
            stdin=pipe if stdin else none,
            stdout=pipe,
            stderr=pipe,
            cwd=start.folder,
            env=_environment(start.folder, start.variables),
            start_new_session=True,
        )
    )
    try:
        await asyncio.shield(starting)  # a cancel must not part us from a child that is just being born
    except OSError as why:
        raise Unavailable(f"{child.name} could not be started") from why
    except asyncio.CancelledError:
        with suppress(OSError):
            await starting
        await child.end()
        raise
    try:
        yield child
    finally:
        await child.end()


async def _until_the_end(child: _Child, limits: Limits) -> None:
    now = asyncio.get_running_loop().time
    last_moment = now() + limits.wall_s
    idle_s = math.inf if limits.idle_s is None else limits.idle_s
    while not child.ended.done():
        patience = min(last_moment, child.last_spoke + idle_s) - now()
        if patience <= 0:
            raise ProcessTimedOut(_why_too_late(child.name, limits, now() >= last_moment), stderr=child.last_words)
        await asyncio.wait({child.ended}, timeout=patience if math.isfinite(patience) else None)
    child.raise_if_broken()


def _why_too_late(name: str, limits: Limits, wall: bool) -> str:
    return f"{name} ran longer than {limits.wall_s:g} s" if wall else f"{name} said nothing for {limits.idle_s:g} s"


def _how_it_ended(name: str, returncode: int) -> str:
    if returncode >= 0:
        return f"{name} ended with exit code {returncode}"
    known = {number.value: number.name for number in signal.Signals}
    return f"{name} was killed by {known.get(-returncode, f'signal {-returncode}')}"


def _found(program: str | Path) -> Path:
    found = shutil.which(program)
    if found is None:
        raise Unavailable(f"{Path(program).name} is not a program that can be run here")
    return Path(found).absolute()


def _caged(program: Path, start: _Start) -> list[str]:
    limits = start.limits
    asked = {
        "parent": os.getpid(),
        "address_space": limits.address_space,
        "cpu_s": limits.cpu_s,
        "file_size": limits.file_size,
        "nice": limits.nice,
    }
    keys = [f"{key}={value}" for key, value in asked.items() if value is not None]
    seen = view(start.sees, program, start.folder)
    return start.cage.command(keys, program, [*map(str, start.argv[1:])], seen, start.folder or Path("/"))


def _environment(folder: Path | None, variables: Mapping[str, str]) -> dict[str, str]:
    """All a child sees of our environment: where programs are."""
    home = str(folder) if folder is not None else tempfile.gettempdir()
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": home, "TMPDIR": home, **variables}


_TRIAL = Limits(wall_s=10, address_space=1 << 30, cpu_s=10, file_size=0)


async def _tried_out(cage: Cage, arguments: Sequence[str], folder: Path) -> bytes:
    argv = [sys.executable, "-I", "-S", *arguments]
    return (await run(argv, limits=_TRIAL, cwd=folder, cage=cage)).stdout


cages = Chooser(_tried_out)
"""Which cage the children of this process are put in."""
