"""Small entries that every process should know at once: profiles, keys, endpoints.

They lie in a compacted stream, one message an entry. Whoever opens the register holds all entries of the kinds it
names in memory and follows the stream, so looking one up costs nothing and a change reaches everybody within
milliseconds, also while the other servers are away. Writing is compare-and-set on the entry's place in the stream.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from nats.aio.msg import Msg

from contracts import streams, subjects
from contracts.faults import LogicalFault, Unavailable
from contracts.values import Value
from kit.bus import BUS_AWAY, Bus
from kit.follow import messages
from kit.tasks import ended

log = logging.getLogger(__name__)

T = TypeVar("T", bound=Value)

_CAUGHT_UP_S = 10.0


class Taken(LogicalFault):
    """The entry is not (any more) as the writer thought."""

    code = "entry_changed"


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A value and its place in the stream, which whoever replaces it must name."""

    value: T
    seq: int


class Shelf(Generic[T]):
    """All entries of one kind, by name, as of the last message seen. Reading never waits."""

    def __init__(self, kind: str, model: type[T]) -> None:
        self.kind = kind
        self._model = model
        self._entries: dict[str, Entry[T]] = {}
        self.on_change: list[Callable[[str, T | None], None]] = []

    def get(self, name: str) -> T | None:
        entry = self._entries.get(name)
        return None if entry is None else entry.value

    def entry(self, name: str) -> Entry[T] | None:
        return self._entries.get(name)

    def all(self) -> Mapping[str, T]:
        return {name: entry.value for name, entry in self._entries.items()}

    def take(self, name: str, data: bytes, seq: int) -> None:
        """One message of the stream; an empty one takes the entry away."""
        value = None
        if data:
            try:
                value = self._model.model_validate_json(data, extra="ignore")  # it may come from a newer version
            except ValueError:
                log.warning("an entry of the register can't be read", extra={"kind": self.kind, "entry": name})
        if value is None:
            self._entries.pop(name, None)
        else:
            self._entries[name] = Entry(value, seq)
        for heard in self.on_change:
            heard(name, value)


class Register:
    """The kinds of entries a process reads and writes; ``opened`` keeps it up to date."""

    def __init__(self, bus: Bus, kinds: Mapping[str, type[Value]]) -> None:
        self._bus = bus
        self._shelves: dict[str, Shelf[Any]] = {kind: Shelf(kind, model) for kind, model in kinds.items()}
        self._seen = 0
        self._moved = asyncio.Condition()

    def shelf(self, kind: str, model: type[T]) -> Shelf[T]:
        """The entries of one kind; ``model`` is there for the types."""
        found: Shelf[T] = self._shelves[kind]
        return found

    async def put(self, kind: str, name: str, value: Value, *, after: int = 0) -> int:
        """Writes an entry whose last place is ``after`` (0: there is none). Read back at once, it is there.

        Raises:
            Taken: it is at another place: somebody was faster.
            Unavailable: the server is away.
        """
        return await self._write(subjects.entry(kind, name), value.model_dump_json().encode(), after)

    async def remove(self, kind: str, name: str, *, after: int) -> int:
        """Takes an entry away. Raises as ``put``."""
        return await self._write(subjects.entry(kind, name), b"", after)

    async def _write(self, subject: str, data: bytes, after: int) -> int:
        seq = await self._bus.put(streams.REGISTER, subject, data, after=after)
        if seq is None:
            last = await self._bus.last_raw(subject, streams.REGISTER.name)
            await self._until(0 if last is None else last.seq or 0)  # whoever reads it again reads what was faster
            raise Taken("it was changed at the same time; read it again")
        await self._until(seq)
        return seq

    async def _until(self, seq: int) -> None:
        try:
            async with asyncio.timeout(_CAUGHT_UP_S), self._moved:
                await self._moved.wait_for(lambda: self._seen >= seq)
        except TimeoutError as slow:
            raise Unavailable("the register can't be read now", code=BUS_AWAY) from slow

    async def _follow(self) -> None:
        async with aclosing(messages(self._bus, streams.REGISTER, subjects.REGISTER, self._seen)) as batches:
            async for batch in batches:
                for message in batch:
                    self._take(message)
                async with self._moved:
                    self._moved.notify_all()

    def _take(self, message: Msg) -> None:
        _, _, kind, name = message.subject.split(".", 3)
        self._seen = message.metadata.sequence.stream
        if shelf := self._shelves.get(kind):
            shelf.take(name, message.data, self._seen)


@asynccontextmanager
async def opened(bus: Bus, kinds: Mapping[str, type[Value]]) -> AsyncIterator[Register]:
    """A register that knows all there is, and hears of every change until the context is left.

    Raises:
        Unavailable: the server does not answer.
    """
    register = Register(bus, kinds)
    last = await bus.last_raw(subjects.REGISTER, streams.REGISTER.name)
    following = asyncio.create_task(register._follow(), name="register")  # noqa: SLF001  (its own)
    try:
        await register._until(0 if last is None else last.seq or 0)  # noqa: SLF001
        yield register
    finally:
        await ended(following)
