"""The system as many processes, each brought back whenever it dies, as a container engine would."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from edit_factory.registry import SERVICES
from edit_factory.sidecars.keeping import is_free
from tests.processes import Processes

TWO = 2
PAUSE_S = 3.0  # longer than ack_wait: by the time it wakes, another worker has its message


class Fleet:
    """Two of each service over servers that restart by themselves. ``killed`` counts what was done to whom."""

    def __init__(self, home: Path) -> None:
        self.system = Processes(home)
        self.killed: Counter[str] = Counter()
        self._wish = home / "crash.wish"
        self._keepers: list[asyncio.Task[None]] = []
        self._ports = _free_ports(TWO)
        self._ending = False

    @property
    def gateways(self) -> list[str]:
        return [f"http://127.0.0.1:{port}" for port in self._ports]

    @property
    def instances(self) -> list[str]:
        return [f"{service}#{number}" for service in SERVICES for number in range(1, TWO + 1)]

    async def start(self) -> None:
        await self.system.servers()
        await self.system.start("projection#1")
        await asyncio.gather(*(self._start(name) for name in self.instances if name != "projection#1"))
        self._keepers = [asyncio.create_task(self._keep(name), name=name) for name in self.instances]

    async def _start(self, name: str) -> None:
        service, _, number = name.partition("#")
        own = {"port": str(self._ports[int(number) - 1])} if service == "gateway" else {}
        await self.system.start(name, crash=f"@{self._wish}", **own)

    async def _keep(self, name: str) -> None:
        """Brings one instance back for as long as the fleet runs."""
        while True:
            await self.system.ended(name, timeout_s=24 * 3600)
            if self._ending:
                return
            await self._start(name)

    async def crash_at(self, place: str, timeout_s: float = 30.0) -> bool:
        """Has the next process that reaches ``place`` die there; whether one did."""
        part = self._wish.with_suffix(".part")
        part.write_text(place, "utf-8")
        part.rename(self._wish)
        try:
            async with asyncio.timeout(timeout_s):
                while self._wish.exists():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            self._wish.unlink(missing_ok=True)
            return False
        self.killed["at named points"] += 1
        return True

    def strike(self, chance: random.Random) -> None:
        """Kills a process somewhere, at this moment; now and then a server, or puts one to sleep instead."""
        victim = chance.choices(["worker", "sleep", "nats", "postgres"], [20, 4, 1, 1])[0]
        if victim in {"nats", "postgres"}:
            if _signalled(self.system.server_pid(victim), signal.SIGKILL):
                self.killed[victim] += 1
            return
        name = chance.choice(self.instances)
        pid = self.system.pid(name)
        if victim == "worker":
            if _signalled(pid, signal.SIGKILL):
                self.killed[name.split("#", maxsplit=1)[0]] += 1
        elif _signalled(pid, signal.SIGSTOP):
            asyncio.get_running_loop().call_later(PAUSE_S, _wake, pid)
            self.killed["put to sleep"] += 1

    async def stop(self) -> None:
        self._ending = True
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        await self.system.stop()


def _signalled(pid: int, number: signal.Signals) -> bool:
    """Whether there was somebody to send it to; one who is being brought back has no pid, or no longer the old one."""
    if pid:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
            return True
    return False


def _wake(pid: int) -> None:
    try:
        if psutil.Process(pid).status() == psutil.STATUS_STOPPED:
            os.kill(pid, signal.SIGCONT)
    except (psutil.NoSuchProcess, ProcessLookupError):
        return


def _free_ports(count: int) -> Sequence[int]:
    ports: list[int] = []
    while len(ports) < count:
        port = random.randrange(20_000, 32_000)
        if port not in ports and is_free(port):
            ports.append(port)
    return ports
