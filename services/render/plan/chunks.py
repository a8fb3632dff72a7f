"""A timeline in groups of pictures (GOPs): each with a key of what shapes it, and the runs in which they are encoded.

A GOP is what lies between two keyframes, 2 s at most. Because keyframes are closed borders, each
can be encoded by itself, kept, and joined to others without another encode. Its key is the fingerprint of the command
that would make it alone, so whatever shapes a command shapes the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

from contracts.outputs import Output
from contracts.timeline import Timeline
from contracts.values import fingerprint
from kit.fonts import Face
from services.render.plan import audio
from services.render.plan.command import Pieces, RenderPlan, cuts, inserted, plan, track
from services.render.plan.graph import Span
from services.render.plan.keyframes import keyframes

CODE_VERSION = 2  # of what the plan does not tell: how encodes are run, checked and cut

_LEAST = 3  # GOPs for which an encode is worth its start
_LEAST_FRAMES = 180  # the same in frames, where shots are so short that GOPs are too
_MOST = 8  # encodes of one video at the same time; on more cores each has more threads
_CORES = 4  # for each of them: up to there one encode uses them as well as several, in less memory
_SHOTS = 5  # clips and inserts of one run, each of which is open for all of it and takes some 30 MB at 1080p
_LEAD = 8  # frames; see Pieces. From there on the first keyframe is as fine as in one pass to a third of a QP
_TAIL = 4  # frames that the encoder looks ahead to past the end of a run: with 12 the last ones gain 0.04 dB more
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
    """A group of pictures: its place in the video, its frames, its key, the number of the first and of the last clip
    it shows, and how many frames into the first one it begins; the first insert it shows or might, and the first after.
    """

    number: int
    span: Span
    key: str
    clips: tuple[int, int]
    into_clip: int
    inserts: tuple[int, int] = (0, 0)

    def opens_after(self, first: Gop) -> int:
        """How many more clips and inserts are open in a run from ``first`` until this one than the first clip."""
        return self.clips[1] - first.clips[0] + self.inserts[1] - first.inserts[0]


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
    """What each of so many videos at the same time has of a machine. 0 runs: as many as fill it."""
    own = max(1, cores // slots)
    most = own // threads if threads else -(-own // _CORES)
    return Lanes(runs or min(max(most, 1), _MOST), threads, own)


def grid(timeline: Timeline) -> tuple[Span, ...]:
    """The spans between keyframes."""
    places = keyframes(timeline)
    return tuple(Span(first, end - first) for first, end in pairwise((*places, timeline.frames)))


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
            **_clips(timeline, span),
        )
        for number, span in enumerate(grid(timeline))
    )


def _clips(timeline: Timeline, span: Span) -> dict[str, Any]:
    shown = [place for place, clip in enumerate(timeline.clips) if clip.start < span.end and clip.end > span.first]
    return {
        "clips": (shown[0], shown[-1]),
        "into_clip": max(span.first - timeline.clips[shown[0]].start, 0),
        "inserts": (
            sum(insert.end <= span.first for insert in timeline.inserts),
            sum(insert.start < span.end for insert in timeline.inserts),
        ),
    }


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
    """The encode of a run: a file for each GOP, and some on either side that are not wanted."""
    span = span_of(timeline, run)
    return plan(
        timeline,
        output,
        Span(span.first, span.frames + _tail(timeline, span.end)),
        sources=sources,
        fonts=fonts,
        face=face,
        threads=threads,
        loudness=None,
        pieces=_pieces(timeline, run, lead=_LEAD if run.first else 0),
    )


def sources_of(timeline: Timeline, output: Output, run: Run, face: Face) -> set[str]:
    """The SHA-256 of each blob that its encode reads."""
    made = run_plan(timeline, output, run, sources=_Itself(), fonts="", face=face, threads=1)
    return {sha256 for sha256 in made.links.values() if sha256}


def span_of(timeline: Timeline, run: Run) -> Span:
    """The frames of a run's GOPs."""
    spans = _spans(timeline, run)
    return Span(spans[0].first, spans[-1].end - spans[0].first)


def _spans(timeline: Timeline, run: Run) -> tuple[Span, ...]:
    return grid(timeline)[run.first : run.first + run.count]


def _pieces(timeline: Timeline, run: Run, *, lead: int = 0) -> Pieces:
    return Pieces(run.first, tuple(span.end for span in _spans(timeline, run)), lead)


def _tail(timeline: Timeline, end: int) -> int:
    """How far to look past the end of a run: no further than the clip on screen, which what follows has no part in."""
    return next((min(clip.end - end, _TAIL) for clip in timeline.clips if clip.start < end < clip.end), 0)


def runs(missing: Sequence[Gop], lanes: int) -> Iterator[Run]:
    """The encodes that make these GOPs, in the order in which they should be begun.

    A run that begins in the middle of a clip has to decode what lies before it, so borders are drawn where a clip has
    just begun, if there is such a place near.
    """
    left = len(missing)
    for together in contiguous(missing):
        rest = together
        while rest:
            wished = left if lanes == 1 else max(1, round(left * _SHARE / lanes))
            length = length_of(rest, min(wished, room_of(rest)))
            yield Run(rest[0].number, length)
            rest, left = rest[length:], left - length


def contiguous(missing: Sequence[Gop]) -> Iterator[Sequence[Gop]]:
    """Those that follow one another, together."""
    breaks = [place for place, (one, two) in enumerate(pairwise(missing), 1) if two.number != one.number + 1]
    for start, end in pairwise([0, *breaks, len(missing)]):
        if start < end:
            yield missing[start:end]


def room_of(rest: Sequence[Gop]) -> int:
    """How many of them have no more clips and inserts than a run should, and are worth it."""
    fitting = sum(1 for gop in rest if gop.opens_after(rest[0]) < _SHOTS)
    worth_it = sum(1 for end in accumulate(gop.span.frames for gop in rest) if end <= _LEAST_FRAMES)
    return max(fitting, worth_it, 1)


def length_of(rest: Sequence[Gop], wished: int) -> int:
    """About as many as wished, up to the place where it costs least to begin again."""
    if wished >= len(rest):
        return len(rest)
    borders = range(wished, max(1, wished // 2) - 1, -1)
    return min(borders, key=lambda border: rest[border].into_clip)


class Witness:
    """Reads what ffmpeg says while it works on a run: which GOP is finished, and whether its sources gave it all."""

    def __init__(self, timeline: Timeline, run: Run) -> None:
        self._spans = dict(enumerate(_spans(timeline, run), run.first))
        span, pieces = span_of(timeline, run), _pieces(timeline, run)
        self._cuts = (*cuts(timeline, span, pieces), *(each.cut for each in inserted(timeline, span, pieces)))
        self._signs = {cut.name: 0 for cut in self._cuts}
        self.lacking: set[int] = set()

    def line(self, text: str) -> int | None:
        """The number of the GOP that was just finished, if the line tells of one."""
        sign = _SIGN.fullmatch(text)
        if sign is not None and sign[1] in self._signs:
            self._signs[sign[1]] += 1
            return None
        finished = _FINISHED.fullmatch(text)
        if finished is None or int(finished[1]) not in self._spans:
            return None
        number = int(finished[1])
        if not self._given(number):
            self.lacking.add(number)
        return number

    def _given(self, number: int) -> bool:
        span = self._spans[number]
        for cut in self._cuts:
            start = cut.clip.start + cut.offset
            if start < span.end and start + cut.frames > span.first:
                due = {sign for told, sign in zip(cut.told, cut.signs, strict=True) if told <= span.end - start}
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
