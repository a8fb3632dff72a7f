"""When the picture changes: phrases and word times become shots. Pure.

All times here are whole frames from the start of the video.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.speech import Narration, Word

SHORTEST_S = 1.0  # a picture shown for less is a flash
LEAD_S = 0.08  # the new picture comes a blink before the first word it belongs to
_EXACT = 1e-6  # frames; a time that lies on a frame counts as that frame


@dataclass(frozen=True, slots=True)
class Shot:
    """The frames from ``start`` until ``end`` that one picture is wanted for, and the phrases spoken meanwhile.

    ``bounds`` are the frames inside at which a word begins, in order: where the picture may change once more.
    """

    start: int
    end: int
    phrases: tuple[int, ...]
    bounds: tuple[int, ...]

    @property
    def frames(self) -> int:
        return self.end - self.start


def frame_count(duration_s: float, fps: int) -> int:
    """Frames that cover ``duration_s``; at least one."""
    return max(1, math.ceil(duration_s * fps))


def shots(narration: Narration, words: Sequence[Word], duration_s: float, fps: int) -> tuple[Shot, ...]:
    """One shot a phrase, end to end over all frames. Phrases too short for a picture of their own share one."""
    total = frame_count(duration_s, fps)
    cuts: list[tuple[int, tuple[int, ...]]] = []  # where each shot starts, and its phrases
    for phrase in narration.phrases:
        at = _cut_before(words, phrase.index, fps) if cuts else 0
        if at is None or (cuts and not cuts[-1][0] < at < total):
            cuts[-1] = (cuts[-1][0], (*cuts[-1][1], phrase.index))
        else:
            cuts.append((at, (phrase.index,)))
    ends = [*(at for at, _ in cuts[1:]), total]
    bounds = sorted({round(word.start_s * fps) for word in words})
    joined = _joined([(at, end, phrases) for (at, phrases), end in zip(cuts, ends, strict=True)], fps)
    return tuple(Shot(at, end, phrases, tuple(b for b in bounds if at < b < end)) for at, end, phrases in joined)


def _cut_before(words: Sequence[Word], phrase: int, fps: int) -> int | None:
    """The frame in the pause before the phrase's first word; nothing if it has no word."""
    first = next((index for index, word in enumerate(words) if word.phrase == phrase), None)
    if first is None:
        return None
    silence_from = words[first - 1].end_s * fps if first else 0.0
    silence_to = words[first].start_s * fps
    earliest, latest = math.ceil(silence_from - _EXACT), math.floor(silence_to + _EXACT)
    if earliest > latest:  # no frame begins in the pause
        return round(silence_to)
    return min(max(round(silence_to - LEAD_S * fps), earliest), latest)


_Span = tuple[int, int, tuple[int, ...]]


def _joined(spans: list[_Span], fps: int) -> list[_Span]:
    """Flashes are shown with the shorter neighbour."""
    shortest = round(SHORTEST_S * fps)
    out = list(spans)
    while len(out) > 1:
        flash = next((index for index, (at, end, _) in enumerate(out) if end - at < shortest), None)
        if flash is None:
            break
        left = (
            flash - 1
            if flash + 1 == len(out) or (flash and _length(out[flash - 1]) <= _length(out[flash + 1]))
            else flash
        )
        (at, _, before), (_, end, after) = out[left : left + 2]
        out[left : left + 2] = [(at, end, before + after)]
    return out


def _length(span: _Span) -> int:
    return span[1] - span[0]
