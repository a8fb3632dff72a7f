"""What one video has shown so far, and from which moment a take would be shown next. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.footage.takes import Span, Take

_GOLDEN = (math.sqrt(5) - 1) / 2  # spreads the in-points of variants evenly, however many there are
_EXACT_S = 1e-6


@dataclass(slots=True)
class Shown:
    """The takes of one variant (1..n), and what was shown of their sources. ``groups`` as ``takes.groups`` tells."""

    pool: Sequence[Take]
    groups: Sequence[int]
    number: int
    fps: int
    uses: dict[int, int] = field(default_factory=dict)  # by group
    takes: dict[int, int] = field(default_factory=dict)  # by place in the pool
    shots: dict[int, list[int]] = field(default_factory=dict)  # by group: in which shots
    _spans: dict[str, list[Span]] = field(default_factory=dict)  # by source

    def in_point(self, index: int, frames: int) -> float:
        """The second of the source at which ``frames`` frames of a take would start: a part not shown yet if one is
        long enough. A take that is shorter starts at its beginning."""
        take = self.pool[index]
        room = take.frames - frames
        if room <= 0:
            return take.start_s
        unseen = self._unseen(take, frames)
        spread = ((self.number - 1 + self.takes.get(index, 0)) * _GOLDEN) % 1.0
        at = take.start_s + round(spread * room) / self.fps
        untouched = self._free(take, (take.start_s, take.end_s))
        return at if unseen is None or untouched else unseen

    def lasts(self, index: int, start_s: float, reserved: Sequence[Span]) -> int:
        """For how many frames a take can be shown from ``start_s`` on: into what follows in its scene only as far as
        that was neither shown nor is ``reserved``."""
        take = self.pool[index]
        if start_s >= take.end_s:
            return 0
        stops = [start for start, _ in (*self._of(take), *reserved) if start >= take.end_s - _EXACT_S]
        until = min([take.reach_s, *stops])
        return max(0, math.floor((max(until, take.end_s) - start_s) * self.fps + _EXACT_S))

    def show(self, index: int, start_s: float, frames: int, shot: int) -> None:
        """Write down that a take is shown; with it all that show the same moments."""
        take = self.pool[index]
        span = (start_s, start_s + frames / self.fps)
        if self._unseen(take, frames) is None:
            self._forget(take)  # all was shown: a new round
        self._spans.setdefault(take.asset.blob.sha256, []).append(span)
        self.takes[index] = self.takes.get(index, 0) + 1
        for group in sorted({self.groups[index], *self._touched(take, span)}):
            self.uses[group] = self.uses.get(group, 0) + 1
            self.shots.setdefault(group, []).append(shot)

    def unseen(self, index: int, start_s: float, frames: int) -> bool:
        """Whether nothing of these frames was shown yet."""
        return self._free(self.pool[index], (start_s, start_s + frames / self.fps))

    def _touched(self, take: Take, span: Span) -> Iterator[int]:
        for other, its in enumerate(self.pool):
            if its.asset.blob.sha256 == take.asset.blob.sha256:
                shared = min(its.end_s, span[1]) - max(its.start_s, span[0])
                if shared > 1 / self.fps:
                    yield self.groups[other]

    def _of(self, take: Take) -> list[Span]:
        return self._spans.get(take.asset.blob.sha256, [])

    def _free(self, take: Take, span: Span) -> bool:
        return all(end <= span[0] + _EXACT_S or start >= span[1] - _EXACT_S for start, end in self._of(take))

    def _forget(self, take: Take) -> None:
        kept = [span for span in self._of(take) if span[1] <= take.start_s or span[0] >= take.end_s]
        self._spans[take.asset.blob.sha256] = kept

    def _unseen(self, take: Take, frames: int) -> float | None:
        """The first part not shown yet that is long enough: onwards from what was shown last, else from the start."""
        length_s = frames / self.fps - _EXACT_S
        inside = [(start, end) for start, end in self._of(take) if end > take.start_s and start < take.end_s]
        onwards = inside[-1][1] if inside else take.start_s
        gaps = [start for start, end in _gaps(inside, take) if end - start >= length_s]
        return next((start for start in gaps if start >= onwards - _EXACT_S), gaps[0] if gaps else None)


def _gaps(shown: Sequence[Span], take: Take) -> Iterator[Span]:
    at = take.start_s
    for start, end in sorted(shown):
        if start > at:
            yield at, start
        at = max(at, end)
    yield at, take.end_s
