"""Looks up what an outlook is made of: the inboxes of the stations, who waits there, and how long steps took lately."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from contracts.faults import Unavailable
from contracts.progress import STEPS
from contracts.story import AT_REST, Awaited, JobView
from kit.bus import Bus, now
from kit.inboxes import inboxes
from services.gateway.outlook import Outlook, Queues, Typical

log = logging.getLogger(__name__)

_QUEUES_FOR_S = 1.0
_TYPICAL_FOR_S = 30.0
_QUALITIES = ("draft", "final")
Rows = Callable[..., Awaitable[list[Any]]]


@dataclass(slots=True)
class _Kept:
    """What was found last, and until when that will do."""

    found: Any
    until: float = 0.0


class Forecasting:
    """Outlooks for any number of askers: the stations are looked at once a second, the medians twice a minute."""

    def __init__(self, bus: Bus, rows: Rows) -> None:
        self._bus = bus
        self._rows = rows
        self._queues = _Kept(Queues())
        self._typical = _Kept({})
        self._looking = asyncio.Lock()

    async def of(self, jobs: Iterable[JobView]) -> Callable[[JobView], Outlook | None]:
        """For each of these jobs its outlook; None for those that are at rest. What can't be looked up is not known."""
        moving = [seen for seen in jobs if seen.state not in AT_REST]
        if not moving:
            return lambda _: None
        try:
            queues, typical = await self._line()
            waiting = {(video.awaited, seen.lane) for seen in moving for video in seen.videos if video.awaited}
            places = await self._places([(each, lane) for each, lane in waiting if queues.waits(each, lane)], queues)
        except Unavailable as away:
            log.info("no outlook now", extra={"fault": away.code})
            return lambda _: None
        at = now()
        return lambda seen: (
            None
            if seen.state in AT_REST
            else Outlook(
                at,
                quality=seen.quality,
                files=len(seen.presets),
                typical=typical,
                taken=queues.taken_in(seen.lane),
                places=places,
            )
        )

    async def _line(self) -> tuple[Queues, dict[tuple[str, str], Typical]]:
        async with self._looking:  # of many who ask at once one looks
            if self._queues.until < time.monotonic():
                self._queues = _Kept(await self._look(), time.monotonic() + _QUEUES_FOR_S)
            if self._typical.until < time.monotonic():
                self._typical = _Kept(await self._medians(), time.monotonic() + _TYPICAL_FOR_S)
        return self._queues.found, self._typical.found

    async def _look(self) -> Queues:
        taken = {
            (name, lane): info.delivered.stream_seq if info.delivered else 0
            for name, lanes in (await inboxes(self._bus)).items()
            for lane, info in lanes.items()
        }
        columns = [(inbox, lane, seq) for (inbox, lane), seq in taken.items()]
        rows = await self._rows("waiting", *_columns(columns)) if columns else []
        return Queues(taken, {(row["step"], row["lane"]): row["waiting"] for row in rows})

    async def _medians(self) -> dict[tuple[str, str], Typical]:
        rows = await self._rows("typical", [step.value for step in STEPS], list(_QUALITIES))
        return {(row["step"], row["quality"]): Typical(row["took_s"], row["per_s"]) for row in rows}

    async def _places(self, waiting: list[tuple[Awaited, str]], queues: Queues) -> dict[Awaited, int]:
        if not waiting:
            return {}
        columns = [(each.step.value, each.seq, lane, queues.taken[each.step.value, lane]) for each, lane in waiting]
        rows = await self._rows("places", *_columns(columns))
        return {
            Awaited(step=row["step"], seq=row["seq"]): queues.place(row["step"], row["lane"], row["own"])
            for row in rows
        }


def _columns(rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
