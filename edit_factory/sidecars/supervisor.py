"""Keeps one server process running for as long as this process lives, and no longer."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from contracts.faults import Unavailable
from edit_factory.sidecars.keeping import Account

READY_S = 30.0
STOP_S = 10.0

_LAST_WORDS = 4096  # bytes
_FIRST_DELAY_S = 0.05
_LONGEST_DELAY_S = 5.0
_STEADY_S = 30.0  # a server that ran so long is not failing over and over
_LAUNCH = Path(__file__).with_name("launch.py")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Program:
    """What to run and how to end it. ``stop`` is also what the kernel sends when this process dies."""

    name: str
    argv: tuple[str, ...]
    folder: Path
    stop: signal.Signals
    account: Account | None = None
    environment: dict[str, str] = field(default_factory=dict)


async def run(program: Program, *, timeout_s: float, stdin: IO[bytes] | None = None) -> None:
    """Run it to its end.

    Raises:
        Unavailable: it failed, or took longer than ``timeout_s``.
    """
    child = await _started(program, stdin)
    try:
        await asyncio.wait({child.ended}, timeout=timeout_s)
        if not child.ended.done():
            raise Unavailable(f"{program.name} took longer than {timeout_s:g} s")
        if child.ended.result() != 0:
            raise child.failure()
    finally:
        await child.end()


class Supervisor:
    """Starts a server, waits until it answers, and starts it again whenever it dies, until ``stop``.

    ``before`` clears the way and is run in a thread before each start; ``ready`` returns once the server answers.
    Start it from the thread that lives longest: the kernel counts the end of that thread as the death of the parent.
    """

    def __init__(self, program: Program, *, before: Callable[[], None], ready: Callable[[], Awaitable[None]]) -> None:
        self._program = program
        self._before = before
        self._ready = ready
        self._child: _Child | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """Of the server as it runs now."""
        if self._child is None:
            raise Unavailable(f"{self._program.name} is not running")
        return self._child.pid

    async def start(self) -> None:
        """Raises: Unavailable: it died, or did not answer in 30 s."""
        self._child = await self._brought_up()
        self._watching = asyncio.create_task(self._watch(), name=f"supervisor of {self._program.name}")

    async def stop(self) -> None:
        await self._let_be()
        if self._child is not None:
            await self._child.end()
            self._child = None

    async def kill(self) -> None:
        """As a crash would end it; but it is not started again."""
        await self._let_be()
        if self._child is not None:
            await self._child.kill()
            self._child = None

    async def _let_be(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait({self._watching})
            self._watching = None

    async def _brought_up(self) -> _Child:
        await asyncio.to_thread(self._before)
        child = await _started(self._program)
        try:
            await self._until_ready(child)
        except BaseException:
            await child.end()
            raise
        return child

    async def _until_ready(self, child: _Child) -> None:
        ready = asyncio.ensure_future(self._ready())
        either: set[asyncio.Future[None] | asyncio.Future[int]] = {ready, child.ended}
        try:
            await asyncio.wait(either, timeout=READY_S, return_when=asyncio.FIRST_COMPLETED)
            if child.ended.done():
                raise child.failure()
            if not ready.done():
                raise Unavailable(f"{self._program.name} does not answer after {READY_S:g} s")
            await ready
        finally:
            ready.cancel()
            await asyncio.wait({ready})

    async def _watch(self) -> None:
        delay = _FIRST_DELAY_S
        while self._child is not None:
            began = asyncio.get_running_loop().time()
            await asyncio.wait({self._child.ended})
            log.error("%s; starting it again", self._child.failure())
            await self._child.end()
            if asyncio.get_running_loop().time() - began > _STEADY_S:
                delay = _FIRST_DELAY_S
            delay = await self._bring_back(delay)

    async def _bring_back(self, delay: float) -> float:
        """Try until it runs. Gives the delay to begin with next time."""
        while True:
            await asyncio.sleep(delay)
            delay = min(delay * 2, _LONGEST_DELAY_S)
            try:
                self._child = await self._brought_up()
            except Exception as failure:  # noqa: BLE001  (whatever it is, the next try may do better)
                log.error("%s does not come back, next try in %.1f s: %s", self._program.name, delay, failure)  # noqa: TRY400
            else:
                log.warning("%s runs again", self._program.name)
                return delay


class _Child(asyncio.SubprocessProtocol):
    """A process and the last it said."""

    def __init__(self, program: Program) -> None:
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._program = program
        self._words = bytearray()
        self._transport: asyncio.SubprocessTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # that is what subprocess_exec hands over

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        log.debug("%s: %s", self._program.name, data.decode("utf-8", "replace").rstrip())
        self._words += data
        del self._words[:-_LAST_WORDS]

    def process_exited(self) -> None:
        code = self._transport.get_returncode() if self._transport is not None else None
        if not self.ended.done():
            self.ended.set_result(-signal.SIGKILL if code is None else code)

    @property
    def pid(self) -> int:
        if self._transport is None:
            raise Unavailable(f"{self._program.name} was not started")
        return self._transport.get_pid()

    def failure(self) -> Unavailable:
        code = self.ended.result()
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
        words = self._words.decode("utf-8", "replace").strip().splitlines()[-5:]
        return Unavailable(f"{self._program.name} {how}: {' | '.join(words) or 'it said nothing'}")

    async def end(self) -> None:
        """Ask it to stop, and kill it if it does not within 10 s."""
        await self._end_by(self._program.stop, signal.SIGKILL)

    async def kill(self) -> None:
        await self._end_by(signal.SIGKILL)

    async def _end_by(self, *signals: signal.Signals) -> None:
        try:
            for sent in signals:
                if self.ended.done():
                    break
                self._send(sent)
                await asyncio.wait({self.ended}, timeout=STOP_S)
        except asyncio.CancelledError:
            self._send(signal.SIGKILL)
            raise
        finally:
            if self._transport is not None:
                self._transport.close()

    def _send(self, sent: signal.Signals) -> None:
        if self._transport is not None and not self.ended.done():
            self._transport.send_signal(sent)


async def _started(program: Program, stdin: IO[bytes] | None = None) -> _Child:
    child = _Child(program)
    starting = asyncio.ensure_future(
        asyncio.get_running_loop().subprocess_exec(
            lambda: child,
            *_launched(program),
            stdin=asyncio.subprocess.DEVNULL if stdin is None else stdin,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            cwd=program.folder,
            env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "TZ": "UTC"} | program.environment,
            start_new_session=True,  # Ctrl-C is for us: what writes to a server stops before the server does
        )
    )
    try:
        await asyncio.shield(starting)
    except OSError as why:
        raise Unavailable(f"{program.name} could not be started") from why
    except asyncio.CancelledError:
        await asyncio.wait({starting})
        await child.end()
        raise
    return child


def _launched(program: Program) -> list[str]:
    keys = {"parent": os.getpid(), "die_by": int(program.stop)}
    if program.account is not None:
        keys |= {"uid": program.account.uid, "gid": program.account.gid}
    pairs = [f"{key}={value}" for key, value in keys.items()]
    return [sys.executable, "-I", "-S", str(_LAUNCH), *pairs, "--", *program.argv]
