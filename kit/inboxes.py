"""What the server knows of each station's inbox, all its lanes together, and which workers take from it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import nats.errors
import nats.js.errors
from nats.js import JetStreamContext
from nats.js.api import ConsumerInfo

from contracts import subjects
from contracts.health import InboxSeen, Presence, slots_of
from contracts.streams import DURABLES, EVENTS, Durable
from kit.bus import Away, Bus, now

_PAGE = 256  # as many as the server tells at a time


async def consumers(jetstream: JetStreamContext) -> dict[str, ConsumerInfo]:
    """All consumers of the events stream, by name."""
    found: dict[str, ConsumerInfo] = {}
    count = 0
    while page := await jetstream.consumers_info(EVENTS.name, offset=count):
        found |= {info.name: info for info in page}
        count += len(page)
        if len(page) < _PAGE:
            break
    return found


async def inboxes(bus: Bus) -> dict[str, dict[str, ConsumerInfo]]:
    """The server's record of every inbox, by its name and the lane; lanes that no service has made yet are not there.

    Raises:
        Unavailable: the server is away.
    """
    try:
        there = await consumers(bus.jetstream)
    except (nats.errors.Error, nats.js.errors.Error, TimeoutError, OSError) as away:
        raise Away("the event log does not answer") from away
    return {
        durable.name: {each.lane: there[each.name] for each in durable.consumers if each.name in there}
        for durable in DURABLES
    }


async def seen(
    bus: Bus, presences: Sequence[Presence], progress: Mapping[str, datetime] | None = None
) -> tuple[InboxSeen, ...]:
    """Every inbox. ``progress``: when each station last told any, if that is known.

    Raises:
        Unavailable: the server is away.
    """
    found = await inboxes(bus)
    looks = (_seen(bus, durable, found[durable.name], presences, progress) for durable in DURABLES)
    return tuple(await asyncio.gather(*looks))


async def _seen(
    bus: Bus,
    durable: Durable,
    lanes: Mapping[str, ConsumerInfo],
    presences: Sequence[Presence],
    progress: Mapping[str, datetime] | None,
) -> InboxSeen:
    versions = slots_of(presences, durable.name)
    slots, in_work = sum(versions.values()), sum(info.num_ack_pending or 0 for info in lanes.values())
    return InboxSeen(
        name=durable.name,
        service=durable.service,
        slots=slots,
        versions=dict(versions),
        asking=max(0, slots - in_work),
        in_work=in_work,
        waiting=sum(info.num_pending or 0 for info in lanes.values()),
        redelivered=sum(info.num_redelivered or 0 for info in lanes.values()),
        oldest_s=await _oldest_s(bus, durable, lanes, deserted=not versions),
        idle_s=_idle_s(durable, lanes.values(), progress),
    )


async def _oldest_s(bus: Bus, durable: Durable, lanes: Mapping[str, ConsumerInfo], *, deserted: bool) -> float | None:
    """For how long the oldest message waits: nobody has taken it, or (``deserted``) nobody is there to finish it."""
    looks = (_since(bus, durable, lane, info, deserted=deserted) for lane, info in lanes.items())
    times = [at for at in await asyncio.gather(*looks) if at is not None]
    return max(0.0, (now() - min(times)).total_seconds()) if times else None


async def _since(bus: Bus, durable: Durable, lane: str, info: ConsumerInfo, *, deserted: bool) -> datetime | None:
    """When the oldest message that waits in a lane was told."""
    in_work, waiting = info.num_ack_pending or 0, info.num_pending or 0
    if not waiting and not (deserted and in_work):
        return None
    place = info.ack_floor if deserted and in_work else info.delivered
    oldest = await bus.raw_at((place.stream_seq if place else 0) + 1, subjects.heard_in(durable.hears, lane))
    return None if oldest is None else oldest.time


def _idle_s(durable: Durable, lanes: Collection[ConsumerInfo], progress: Mapping[str, datetime] | None) -> float | None:
    """None if something is in work and nobody knows whether it tells progress: a long piece of work is not idle."""
    if progress is None and any(info.num_ack_pending for info in lanes):
        return None
    places = [place for info in lanes for place in (info.delivered, info.ack_floor) if place]
    moves = [place.last_active for place in places if place.last_active]
    if progress and durable.service in progress:
        moves.append(progress[durable.service])
    return max(0.0, (now() - max(moves)).total_seconds()) if moves else None
