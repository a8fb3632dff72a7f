"""When subtitles are seen. Times are put between frames, so that a cue is on exactly the frames it was planned for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.speech import Word

_BRIDGED_S = 0.35  # a pause up to this keeps the word before it lit, so the highlight does not flicker


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames from ``start`` until ``end`` (exclusive)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lit:
    """Frames on which one word of a cue is the spoken one; ``word`` is its place, or None where nothing is spoken."""

    start: int
    end: int
    word: int | None


def first_frame_at(time_s: float, fps: int) -> int:
    """The first frame that is not before a time."""
    return math.ceil(time_s * fps - 1e-6)


def clock(frame: int, fps: int) -> str:
    """An ASS time that is not after the frame and after the one before it (h:mm:ss.cc)."""
    seconds, hundredths = divmod(hundredths_at(frame, fps), 100)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{hundredths:02}"


def hundredths_at(frame: int, fps: int) -> int:
    """``clock`` as a number: hundredths of a second."""
    return frame * 100 // fps


def lit(words: Sequence[Word], frames: Frames, fps: int) -> list[Lit]:
    """Frame ranges that fill the cue, each with the word lit in it."""
    ranges: list[Lit] = []
    at = frames.start
    for place, word in enumerate(words):
        end_s = word.end_s
        if place + 1 < len(words) and words[place + 1].start_s - end_s <= _BRIDGED_S:
            end_s = words[place + 1].start_s
        start = min(max(first_frame_at(word.start_s, fps), at), frames.end)
        end = min(max(first_frame_at(end_s, fps), start), frames.end)
        ranges += [Lit(at, start, None), Lit(start, end, place)]
        at = end
    ranges.append(Lit(at, frames.end, None))
    return [run for run in ranges if run.start < run.end]
