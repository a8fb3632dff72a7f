"""A timeline in groups of pictures (GOPs): each with a key of what shapes it, and the runs in which they are encoded.

A GOP is what lies between two keyframes, 2 s; the last one may be shorter. Because keyframes are closed borders, each
can be encoded by itself, kept, and joined to others without another encode. Its key is the fingerprint of the command
that would make it alone, so whatever shapes a command shapes the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from contracts.outputs import KEYFRAME_EVERY_S, Output
from contracts.timeline import Timeline
from contracts.values import fingerprint
from kit.fonts import Face
from services.render.plan import audio
from services.render.plan.command import Pieces, RenderPlan, cuts, plan, track
from services.render.plan.graph import Span

CODE_VERSION = 1  # of what the plan does not tell: how encodes are run, checked and cut

_LEAST = 3  # GOPs for which one more encode at a time is worth its start
_MOST = 8  # encodes of one video at the same time; on more cores each has more threads
_SHARE = 0.8  # of what is left for each lane: the first runs are long, the last ones short, so that all end together
_FINISHED = re.compile(r"(?:file:)?gop(\d{5,})\.mp4")
_SIGN = re.compile(r"(\w+)=1")


@dataclass(frozen=True, slots=True)
class Tools:
    """What else shapes the pictures: the ffmpeg and the typefaces, by names that change with them."""

    ffmpeg: str
    fonts: str


@dataclass(frozen=True, slots=True)
class Gop:
    """A group of pictures: its place in the video, its frames, its key, and how many frames into a clip it begins."""

    number: int
    span: Span
    key: str
    into_clip: int


@dataclass(frozen=True, slots=True)
class Run:
    """GOPs that follow one another and are encoded by one process: ``first`` to ``first + count - 1``."""

    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Lanes:
    """How many encodes at the same time, of how many threads each; 0: as many as there are of the ``cores`` for it."""

    most: int
    threads: int
    cores: int

    def for_work(self, gops: int) -> Lanes:
        """No more than are worth their start."""
        return replace(self, most=max(1, min(self.most, gops // _LEAST)))

    @property
    def each(self) -> int:
        return self.threads or max(1, self.cores // self.most)


def share_out(cores: int, *, slots: int = 1, runs: int = 0, threads: int = 0) -> Lanes:
    """What each of so many videos at the same time has of a machine. 0: one encode a core, of one thread each."""
    own = max(1, cores // slots)
    return Lanes(runs or min(own, _MOST), threads, own)


def grid(timeline: Timeline) -> tuple[Span, ...]:
    """The spans between keyframes."""
    every = KEYFRAME_EVERY_S * timeline.fps
    return tuple(Span(first, min(every, timeline.frames - first)) for first in range(0, timeline.frames, every))


def gops(timeline: Timeline, output: Output, face: Face, tools: Tools) -> tuple[Gop, ...]:
    """All of a video's, in order.

    Raises:
        BadMedia: as ``plan`` does.
    """
    return tuple(
        Gop(
            number=number,
            span=span,
            key=_key(plan_of(timeline, output, span, face, tools), tools),
            into_clip=cuts(timeline, span)[0].offset,
        )
        for number, span in enumerate(grid(timeline))
    )


def plan_of(timeline: Timeline, output: Output, span: Span, face: Face, tools: Tools) -> RenderPlan:
    """The command for a span alone, in which files go by what is in them. Not to be run."""
    return plan(
        timeline,
        output,
        span,
        sources=_Itself(),
        fonts=tools.fonts,
        face=face,
        threads=0,
        loudness=None,
    )


def sound_key(timeline: Timeline, tools: Tools) -> str:
    """Of the finished sound: of all that shapes it but its gains, which follow from the rest."""
    return _key(track(timeline, _Itself(), audio.UNMEASURED), tools)


def run_plan(
    timeline: Timeline, output: Output, run: Run, *, sources: Mapping[str, str], fonts: str, face: Face, threads: int
) -> RenderPlan:
    """The encode of a run: a file for each GOP."""
    every = KEYFRAME_EVERY_S * timeline.fps
    first = run.first * every
    span = Span(first, min(run.count * every, timeline.frames - first))
    return plan(
        timeline,
        output,
        span,
        sources=sources,
        fonts=fonts,
        face=face,
        threads=threads,
        loudness=None,
        pieces=Pieces(run.first, every),
    )


def runs(missing: Sequence[Gop], lanes: int) -> Iterator[Run]:
    """The encodes that make these GOPs, in the order in which they should be begun.

    A run that begins in the middle of a clip has to decode what lies before it, so borders are drawn where a clip has
    just begun, if there is such a place near.
    """
    left = len(missing)
    for together in _contiguous(missing):
        rest = together
        while rest:
            length = _length(rest, max(1, round(left * _SHARE / lanes)))
            yield Run(rest[0].number, length)
            rest, left = rest[length:], left - length


def _contiguous(missing: Sequence[Gop]) -> Iterator[Sequence[Gop]]:
    breaks = [place for place, (one, two) in enumerate(pairwise(missing), 1) if two.number != one.number + 1]
    for start, end in pairwise([0, *breaks, len(missing)]):
        if start < end:
            yield missing[start:end]


def _length(rest: Sequence[Gop], wished: int) -> int:
    """About as many as wished, up to the place where it costs least to begin again."""
    slack = wished // 4
    borders = range(max(1, wished - slack), min(wished + slack, len(rest) - 1) + 1)
    if wished >= len(rest) or not borders:
        return len(rest)
    return min(borders, key=lambda border: (rest[border].into_clip, abs(border - wished)))


class Witness:
    """Reads what ffmpeg says while it works on a run: which GOP is finished, and whether its sources gave it all."""

    def __init__(self, timeline: Timeline, run: Run) -> None:
        every = KEYFRAME_EVERY_S * timeline.fps
        first = run.first * every
        end = min(first + run.count * every, timeline.frames)
        self._cuts = cuts(timeline, Span(first, end - first), Pieces(run.first, every))
        self._every = every
        self._end = end
        self._signs = {cut.name: 0 for cut in self._cuts}
        self.lacking: set[int] = set()

    def line(self, text: str) -> int | None:
        """The number of the GOP that was just finished, if the line tells of one."""
        sign = _SIGN.fullmatch(text)
        if sign is not None and sign[1] in self._signs:
            self._signs[sign[1]] += 1
            return None
        finished = _FINISHED.fullmatch(text)
        if finished is None:
            return None
        number = int(finished[1])
        if not self._given(number):
            self.lacking.add(number)
        return number

    def _given(self, number: int) -> bool:
        first = number * self._every
        end = min(first + self._every, self._end)
        for cut in self._cuts:
            start = cut.clip.start + cut.offset
            if start < end and start + cut.frames > first:
                due = {sign for told, sign in zip(cut.told, cut.signs, strict=True) if told <= end - start}
                if self._signs[cut.name] < len(due):
                    return False
        return True


class _Itself(dict[str, str]):
    """Sources that lie at their own hash, so that a plan tells what is in its files and not where they are."""

    def __missing__(self, sha256: str) -> str:
        return sha256


def _key(made: RenderPlan, tools: Tools) -> str:
    return fingerprint(
        {"code": CODE_VERSION, "ffmpeg": tools.ffmpeg, "argv": made.argv, "texts": made.texts, "links": made.links}
    )
