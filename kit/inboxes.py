"""What the server knows of each station's inbox, and which workers take from it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

import nats.errors
import nats.js.errors
from nats.js.api import ConsumerInfo

from contracts import subjects
from contracts.health import InboxSeen, Presence, slots_of
from contracts.streams import DURABLES, EVENTS, Durable
from kit.bus import Away, Bus, now


async def inbox(bus: Bus, durable: Durable) -> ConsumerInfo | None:
    """The server's record of an inbox; None if there is none, because no service has ever started.

    Raises:
        Unavailable: the server is away.
    """
    try:
        info: ConsumerInfo = await bus.jetstream.consumer_info(EVENTS.name, durable.name)
    except nats.js.errors.NotFoundError:
        return None
    except (nats.errors.Error, nats.js.errors.Error, TimeoutError, OSError) as away:
        raise Away("the event log does not answer") from away
    return info


async def seen(
    bus: Bus, presences: Sequence[Presence], progress: Mapping[str, datetime] | None = None
) -> tuple[InboxSeen, ...]:
    """Every inbox. ``progress``: when each station last told any, if that is known.

    Raises:
        Unavailable: the server is away.
    """
    return tuple(await asyncio.gather(*(_seen(bus, durable, presences, progress) for durable in DURABLES)))


async def _seen(
    bus: Bus, durable: Durable, presences: Sequence[Presence], progress: Mapping[str, datetime] | None
) -> InboxSeen:
    versions = slots_of(presences, durable.name)
    blank = InboxSeen(
        name=durable.name,
        service=durable.service,
        slots=sum(versions.values()),
        versions=dict(versions),
        asking=0,
        in_work=0,
        waiting=0,
        redelivered=0,
    )
    info = await inbox(bus, durable)
    if info is None:
        return blank
    return blank.model_copy(
        update={
            "asking": info.num_waiting or 0,
            "in_work": info.num_ack_pending or 0,
            "waiting": info.num_pending or 0,
            "redelivered": info.num_redelivered or 0,
            "oldest_s": await _oldest_s(bus, durable, info, deserted=not versions),
            "idle_s": _idle_s(info, durable, progress),
        }
    )


async def _oldest_s(bus: Bus, durable: Durable, info: ConsumerInfo, *, deserted: bool) -> float | None:
    """For how long the oldest message waits: nobody has taken it, or (``deserted``) nobody is there to finish it."""
    in_work, waiting = info.num_ack_pending or 0, info.num_pending or 0
    if not waiting and not (deserted and in_work):
        return None
    place = info.ack_floor if deserted and in_work else info.delivered
    oldest = await bus.raw_at((place.stream_seq if place else 0) + 1, subjects.heard(durable.hears))
    if oldest is None or oldest.time is None:
        return None
    return max(0.0, (now() - oldest.time).total_seconds())


def _idle_s(info: ConsumerInfo, durable: Durable, progress: Mapping[str, datetime] | None) -> float | None:
    """None if something is in work and nobody knows whether it tells progress: a long piece of work is not idle."""
    if info.num_ack_pending and progress is None:
        return None
    moves = [place.last_active for place in (info.delivered, info.ack_floor) if place and place.last_active]
    if progress and durable.service in progress:
        moves.append(progress[durable.service])
    return max(0.0, (now() - max(moves)).total_seconds()) if moves else None
