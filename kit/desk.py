"""What a step is given to work with: a scratch folder, a voice to tell progress, and named crash points."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from contracts.progress import ProgressV1, StepName
from kit.bus import Bus, now

_TELL_EVERY_S = 0.2


@dataclass(slots=True)
class Desk:
    """One piece of work in progress, for one or all videos of a job.

    ``progress`` is also the sign of life: work that tells none for too long is given up. ``keep`` is whether the
    result may be taken for the same input again; not if it is a makeshift.
    """

    bus: Bus
    job: UUID
    videos: tuple[tuple[UUID, int], ...]
    run: int
    step: StepName
    folder: Path
    reach: Callable[[str], None]
    keep: bool = True
    moved_at: float = field(default_factory=time.monotonic)
    began_at: datetime = field(default_factory=now)
    _told_at: float = 0.0
    _telling: set[asyncio.Task[None]] = field(default_factory=set)

    def progress(self, share: float, eta_s: float | None = None, note: str = "") -> None:
        """Tells how far the step is (0..1), at most five times a second. May be called from the loop's thread only."""
        self.moved_at = time.monotonic()
        if self.moved_at - self._told_at < _TELL_EVERY_S and 0 < share < 1:
            return
        self._told_at = self.moved_at
        task = asyncio.get_running_loop().create_task(self._tell(share, eta_s, note))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self, share: float, eta_s: float | None, note: str) -> None:
        for video, number in self.videos:
            await self.bus.tell(
                ProgressV1(
                    job=self.job,
                    video=video,
                    number=number,
                    run=self.run,
                    step=self.step,
                    share=round(min(1.0, max(0.0, share)), 4),
                    eta_s=None if eta_s is None else round(eta_s, 1),
                    note=note,
                    began_at=self.began_at,
                    at=now(),
                )
            )

    @property
    def idle_s(self) -> float:
        return time.monotonic() - self.moved_at
