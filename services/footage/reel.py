"""The clips of one video while it is planned: what was shown of each, how often, and what may come next.

Kept apart from the plan so that the rule "nothing twice while something else fits" stands in one place. Pure.
Lengths and in-points are frames of the output; frame 0 of a clip is the start of its usable span.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from contracts.media import Asset
from services.footage.spans import Usable, showable

GUARD_S = 0.05  # the last picture of a source may be shorter than the others
SHORTEST_PART_S = 0.4  # below it a repeated clip stutters
_GOLDEN = (math.sqrt(5) - 1) / 2  # spreads the in-points of variants evenly, however many there are


@dataclass(slots=True)
class Source:
    """A clip and what was shown of it so far, as spans of its own frames."""

    asset: Asset
    span: Usable
    frames: int
    turn: int  # place in the variant's order
    uses: int = 0
    last_use: int = -1
    shown: list[tuple[int, int]] = field(default_factory=list)

    def seconds(self, frame: int, fps: int) -> float:
        """Where a frame of this clip lies in the source."""
        return self.span.start_s + frame / fps

    def unseen(self, frames: int) -> int | None:
        """The first part not shown yet that is long enough: onwards from what was shown last, else from the start."""
        onwards = self.shown[-1][1] if self.shown else 0
        gaps = [(start, end) for start, end in self._gaps() if end - start >= frames]
        later = [start for start, _ in gaps if start >= onwards]
        return min(later) if later else min((start for start, _ in gaps), default=None)

    def _gaps(self) -> Iterator[tuple[int, int]]:
        at = 0
        for start, end in sorted(self.shown):
            if start > at:
                yield at, start
            at = max(at, end)
        yield at, self.frames


@dataclass(slots=True)
class Reel:
    """All clips of one video, and the number of the variant it is planned for (1..n)."""

    sources: list[Source]
    number: int
    shots: int = 0

    def queue(self) -> list[Source]:
        """Who comes next: the least used, of those the least recently used, of those the next in order."""
        return sorted(self.sources, key=lambda source: (source.uses, source.last_use, source.turn))

    def in_point(self, source: Source, frames: int) -> int:
        """The frame of ``source`` at which a shot of ``frames`` would start. It must fit."""
        if source.uses:
            unseen = source.unseen(frames)
            if unseen is not None:
                return unseen
        spread = ((self.number - 1 + source.uses) * _GOLDEN) % 1.0
        return round(spread * (source.frames - frames))

    def show(self, source: Source, frames: int) -> int:
        """Take the next shot from ``source``; its in-point."""
        at = self.in_point(source, frames)
        if source.unseen(frames) is None:
            source.shown.clear()  # all was shown: a new round
        source.shown.append((at, at + frames))
        source.uses += 1
        source.last_use = self.shots
        self.shots += 1
        return at


def reel(clips: Sequence[Asset], number: int, fps: int) -> Reel:
    """The clips in the order of variant ``number``: each variant starts with another one."""
    first = (number - 1) % len(clips) if clips else 0
    sources = []
    for place, asset in enumerate(clips):
        span = showable(asset.facts)
        frames = math.floor((span.length_s - GUARD_S) * fps)
        sources.append(Source(asset=asset, span=span, frames=max(0, frames), turn=(place - first) % len(clips)))
    return Reel(sources=sources, number=number)
