"""What can be shown: the parts of a job's clips, each with what is said of it and how good it looks. Pure.

A take is a segment that was seen in a clip, or a part that its owner marked in it; of a clip that was not looked at it
is the whole usable span. Marks are cut out of the segments, and what is hidden out of everything, so that takes of one
clip overlap only where their marks do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np

from contracts.footage import Analysis, Described, Focus, Mark, Notes, Segment, Transform, Unfit
from contracts.media import Asset, MediaFacts
from contracts.timeline import CropPoint
from services.footage import words
from services.footage.spans import showable

GUARD_S = 0.05  # the last picture of a source may be shorter than the others
SHORTEST_PART_S = 0.4  # below it a repeated clip stutters
LOOKS_ALIKE_BITS = 6  # of the 64 of a perceptual hash: up to so many differ between pictures of one thing
UNSEEN_SCORE = 0.5  # of a part nobody has looked at
_MOST_TAKES, _LEAST_OF_A_CLIP = 1500, 8  # weighed for one video
_EXACT_S = 1e-6

Span = tuple[float, float]  # seconds of the source
Framing = Callable[[Sequence[Focus], MediaFacts, float, int, int], tuple[CropPoint, ...]]


def in_the_middle(
    _focus: Sequence[Focus], _facts: MediaFacts, _source_in_s: float, _frames: int, _fps: int
) -> tuple[CropPoint, ...]:
    """No crop path: what does not fit is cropped on both sides alike."""
    return ()


@dataclass(frozen=True, slots=True)
class Said:
    """The words on a part of a clip: keywords as they were typed, single words of its notes and of its file's name."""

    keywords: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    text: str = ""  # all of it, as a person would say it

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """A part of a clip that can be shown by itself. Seconds of the source; lengths in frames of the output.

    ``clip`` is the clip's place in the order of the job. After its own end it can play on until ``reach_s``, in the
    same scene. Takes of the same ``group`` show the same thing.
    """

    clip: int
    asset: Asset
    start_s: float
    end_s: float
    reach_s: float
    said: Said
    frames: int
    reach: int
    segment: int | None = None
    score: float = UNSEEN_SCORE
    phash: str | None = None
    unfit: Unfit | None = None
    favourite: bool = False
    marked: bool = False
    transform: Transform = field(default_factory=Transform)
    focus: tuple[Focus, ...] = ()


@dataclass(frozen=True, slots=True)
class Footage:
    """The clips of a job with all that is known of them. Clips nobody looked at, or spoke of, are left out of both."""

    clips: Sequence[Asset]
    seen: Mapping[UUID, Analysis] = field(default_factory=dict)
    described: Sequence[Described] = ()

    def notes_of(self, asset: Asset) -> Notes:
        return next((told.notes for told in self.described if told.asset == asset.id), Notes())


def takes(footage: Footage, fps: int) -> list[Take]:
    """All that can be shown, clip by clip and in the order of time, however short. Of very much footage the best of
    each clip.
    """
    most = max(_LEAST_OF_A_CLIP, _MOST_TAKES // max(1, len(footage.clips)))
    return [
        take
        for place, asset in enumerate(footage.clips)
        for take in _best(list(_of_clip(place, asset, footage.seen.get(asset.id), footage.notes_of(asset), fps)), most)
    ]


def _best(of_clip: list[Take], most: int) -> list[Take]:
    ranked = sorted(
        of_clip, key=lambda take: (not take.favourite, not take.marked, take.unfit is not None, -take.score)
    )
    return sorted(ranked[:most], key=lambda take: (take.start_s, take.end_s))


def groups(all_takes: Sequence[Take]) -> list[int]:
    """For each take the number of its group: takes that look alike, or share a moment of one source."""
    leader = list(range(len(all_takes)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for one, other in _alike(all_takes):
        first, second = sorted((find(one), find(other)))
        leader[second] = first
    numbers: dict[int, int] = {}
    return [numbers.setdefault(find(index), len(numbers)) for index in range(len(all_takes))]


def _alike(all_takes: Sequence[Take]) -> Iterator[tuple[int, int]]:
    hashed = [(index, int(take.phash, 16)) for index, take in enumerate(all_takes) if take.phash is not None]
    hashes = np.array([phash for _, phash in hashed], dtype=np.uint64)
    for place, (index, phash) in enumerate(hashed):
        differing = np.bitwise_count(hashes[place + 1 :] ^ np.uint64(phash))
        for other in np.flatnonzero(differing <= LOOKS_ALIKE_BITS):
            yield index, hashed[place + 1 + int(other)][0]
    by_source: dict[str, list[int]] = {}
    for index, take in enumerate(all_takes):
        by_source.setdefault(take.asset.blob.sha256, []).append(index)
    for indices in by_source.values():
        ordered = sorted(indices, key=lambda index: all_takes[index].start_s)
        yield from _overlapping(ordered, all_takes)


def _overlapping(ordered: Sequence[int], all_takes: Sequence[Take]) -> Iterator[tuple[int, int]]:
    last: int | None = None  # the one that ends last so far
    for index in ordered:
        if last is not None and all_takes[index].start_s < all_takes[last].end_s - _EXACT_S:
            yield last, index
        if last is None or all_takes[index].end_s > all_takes[last].end_s:
            last = index


def _of_clip(place: int, asset: Asset, seen: Analysis | None, notes: Notes, fps: int) -> Iterator[Take]:
    span = showable(asset.facts)
    whole = (0.0, max(span.end_s if asset.facts.still else asset.facts.duration_s, GUARD_S) - GUARD_S)
    worth = (span.start_s, max(span.start_s, span.end_s - GUARD_S))
    hidden = [(mark.start_s, mark.end_s) for mark in notes.marks if mark.hidden]
    marks = [mark for mark in notes.marks if not mark.hidden]
    taken = [*hidden, *((mark.start_s, mark.end_s) for mark in marks)]
    segments = seen.segments if seen is not None else ()
    scenes = [(scene.start_s, scene.end_s) for scene in seen.scenes] if seen is not None else []
    make = _Maker(place, asset, notes, fps)
    found: list[Take] = []
    for mark in marks:
        for start, end in _without([_clipped((mark.start_s, mark.end_s), whole)], hidden):
            found.append(make.marked(mark, (start, end), _most_shared(segments, (start, end))))
    free = _without([worth], taken)
    for segment in segments:
        for start, end in _shared(free, (segment.start_s, segment.end_s)):
            found.append(make.seen(segment, (start, end), _plays_on(end, free, scenes)))
    if not segments:
        found.extend(make.unseen(part) for part in free)
    yield from (take for take in sorted(found, key=lambda take: (take.start_s, take.end_s)) if take.frames > 0)


@dataclass(frozen=True, slots=True)
class _Maker:
    place: int
    asset: Asset
    notes: Notes
    fps: int

    def marked(self, mark: Mark, span: Span, like: Segment | None) -> Take:
        """A part its owner marked: what was seen there counts, but it is never unfit, as somebody wants it."""
        return Take(
            *self._where(span, span[1], said(self.asset, self.notes, mark)),
            segment=None if like is None else like.number,
            score=UNSEEN_SCORE if like is None else like.score,
            favourite=mark.favourite or self.notes.favourite,
            marked=True,
            transform=mark.transform,
            focus=() if like is None else like.focus,
        )

    def seen(self, segment: Segment, span: Span, reach_s: float) -> Take:
        return Take(
            *self._where(span, reach_s, said(self.asset, self.notes)),
            segment=segment.number,
            score=segment.score,
            phash=segment.phash,
            unfit=None if segment.unfit == "duplicate" else segment.unfit,  # told by its hash
            favourite=self.notes.favourite,
            focus=segment.focus,
        )

    def unseen(self, span: Span) -> Take:
        return Take(*self._where(span, span[1], said(self.asset, self.notes)), favourite=self.notes.favourite)

    def _where(self, span: Span, reach_s: float, text: Said) -> tuple[int, Asset, float, float, float, Said, int, int]:
        return (
            *(self.place, self.asset, span[0], span[1], reach_s, text),
            *(_frames(span[1] - span[0], self.fps), _frames(reach_s - span[0], self.fps)),
        )


def said(asset: Asset, notes: Notes, mark: Mark | None = None) -> Said:
    """The words on a clip, or on a part of it."""
    own = mark.keywords if mark is not None else ()
    told = " ".join(text for text in (mark.notes if mark is not None else "", notes.notes) if text.strip())
    name = words.of_name(asset.name)
    keywords = tuple(dict.fromkeys((*own, *notes.keywords)))
    parts = [*keywords, *([told] if told else []), *([" ".join(name)] if name else [])]
    return Said(keywords, tuple(words.distinct(words.said(told))), tuple(words.distinct(name)), ", ".join(parts))


def _frames(length_s: float, fps: int) -> int:
    return max(0, math.floor((length_s + _EXACT_S) * fps))


def _plays_on(end_s: float, free: Sequence[Span], scenes: Sequence[Span]) -> float:
    """Until when a part that ends at ``end_s`` may play on: to the end of its scene, or of what may be shown."""
    there = next((stop for start, stop in free if start < end_s <= stop + _EXACT_S), end_s)
    scene = next((stop for start, stop in scenes if start < end_s <= stop + _EXACT_S), end_s)
    return max(end_s, min(there, scene))


def _most_shared(segments: Iterable[Segment], span: Span) -> Segment | None:
    def shared(segment: Segment) -> float:
        return min(segment.end_s, span[1]) - max(segment.start_s, span[0])

    best = max(segments, key=shared, default=None)
    return best if best is not None and shared(best) > 0 else None


def _clipped(span: Span, within: Span) -> Span:
    return max(span[0], within[0]), min(span[1], within[1])


def _shared(spans: Iterable[Span], with_: Span) -> Iterator[Span]:
    for span in spans:
        start, end = _clipped(span, with_)
        if end - start > _EXACT_S:
            yield start, end


def _without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of ``spans`` where nothing is ``taken``."""
    left = [span for span in spans if span[1] - span[0] > _EXACT_S]
    for start, end in taken:
        left = [
            part
            for span in left
            for part in ((span[0], min(span[1], start)), (max(span[0], end), span[1]))
            if part[1] - part[0] > _EXACT_S
        ]
    return left
