"""A web server of somebody else: answers as a test wants it to, badly if need be, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Behaviour = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Receiver:
    """``answers`` by path: what is done with a request. Others get 404."""

    port: int = 0
    scheme: str = "http"
    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, Behaviour] = field(default_factory=dict)
    handling: set[asyncio.Task[None]] = field(default_factory=set)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def on(self, path: str, behaviour: Behaviour) -> str:
        self.answers[path] = behaviour
        return self.url(path)

    def at(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    async def until(self, path: str, many: int, timeout_s: float = 60) -> list[Asked]:
        """The requests at a path, once there are so many."""
        async with asyncio.timeout(timeout_s):
            while len(self.at(path)) < many:
                await asyncio.sleep(0.02)
        return self.at(path)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._serve(reader, writer)
            await writer.drain()
            writer.close()
            await writer.wait_closed()
        except (OSError, EOFError):
            return  # the other side has gone
        finally:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *rest = head.rstrip().split("\r\n")
        method, path, _ = line.split(" ")
        headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in rest)}
        asked = Asked(method, path, headers, await reader.readexactly(int(headers.get("content-length", 0))))
        self.asked.append(asked)
        await self.answers.get(path, answers(404))(asked, writer)


def answers(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    """One plain answer; a header's name has ``_`` for ``-``."""
    lines = {"content-length": str(len(body))} | {name.replace("_", "-"): value for name, value in headers.items()}
    head = f"HTTP/1.1 {status} X\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n"

    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head.encode() + body)
        await writer.drain()

    return answer


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One after the other; the last one from then on."""
    left = list(behaviours)

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(asked, writer)

    return answer


async def hangs(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Takes the request and says nothing until the other side has had enough."""
    await gone(writer)


async def endless(_: Asked, writer: asyncio.StreamWriter) -> None:
    """A body without a declared size that never ends."""
    writer.write(b"HTTP/1.1 200 X\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x" * 65536)
        await writer.drain()


async def dribbles(_: Asked, writer: asyncio.StreamWriter) -> None:
    """A byte now and then, for ever."""
    writer.write(b"HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def cut(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Less than was promised."""
    writer.write(b"HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\nonly this")
    await writer.drain()


async def talks_nonsense(_: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail.example ESMTP\r\n")
    await writer.drain()


async def gone(writer: asyncio.StreamWriter) -> None:
    while not writer.transport.is_closing():
        await asyncio.sleep(0.02)


@asynccontextmanager
async def receiver(context: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """A receiver on a free port of 127.0.0.1, for as long as the context is open."""
    made = Receiver(scheme="https" if context else "http")

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(made.serve(reader, writer))
        made.handling.add(task)
        task.add_done_callback(made.handling.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=context)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for task in list(made.handling):
            task.cancel()
        await asyncio.gather(*made.handling, return_exceptions=True)
        await server.wait_closed()
