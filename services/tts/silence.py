"""Gaps in a voice, found by its level and shortened. Pure, over arrays of samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.speech import Word
from services.tts.wav import Samples

REVISION = 1  # part of a cache key: count up when the same sound is cut differently

# Relative to the loudest window. Measured on the voices that come with us, in windows of 10 ms: pauses of the neural
# voice lie at -48 to -85 dB (a faint breath at -50), nine tenths of its speech above -42, espeak-ng's pauses at -90.
THRESHOLD_DB = -45.0
WINDOW_S = 0.010
SNAP_S = 0.002  # a cut may move this far into the gap, to the quietest sample
FADE_S = 0.003


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left, and the cuts: old samples [starts, ends) are gone. ``rate_hz`` of old and new are the same."""

    samples: Samples
    rate_hz: int
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def new_time(self, old_s: float) -> float:
        """When something at ``old_s`` is heard now; never goes back when ``old_s`` does not."""
        at = old_s * self.rate_hz
        gone = np.clip(at - self.starts, 0, self.ends - self.starts).sum()
        return float(min(max(at - gone, 0.0), len(self.samples)) / self.rate_hz)

    def moved(self, words: Sequence[Word]) -> tuple[Word, ...]:
        return tuple(
            word.model_copy(update={"start_s": self.new_time(word.start_s), "end_s": self.new_time(word.end_s)})
            for word in words
        )


def shorten(samples: Samples, rate_hz: int, over_s: float, keep_s: float) -> Cut:
    """Take the middle out of every gap longer than ``over_s``, at head and tail too; ``keep_s`` stays on each side."""
    keep = round(keep_s * rate_hz)
    cuts = [_cut(samples, rate_hz, gap, keep) for gap in find_gaps(samples, rate_hz, over_s)]
    starts = np.array([start for start, end in cuts if end > start], dtype=np.int64)
    ends = np.array([end for start, end in cuts if end > start], dtype=np.int64)
    return Cut(_joined(samples, starts, ends, keep, round(FADE_S * rate_hz)), rate_hz, starts, ends)


def find_gaps(samples: Samples, rate_hz: int, over_s: float) -> list[tuple[int, int]]:
    """Stretches (first sample, end exclusive) longer than ``over_s`` in which every window is silent."""
    window = max(round(WINDOW_S * rate_hz), 1)
    level = _levels(samples, window)
    loudest = float(level.max(initial=0.0))
    if loudest == 0.0:
        return []
    silent = np.concatenate(([False], level < loudest * 10 ** (THRESHOLD_DB / 20), [False]))
    edges = np.flatnonzero(np.diff(silent.astype(np.int8)))
    gaps = [(int(first) * window, min(int(end) * window, len(samples))) for first, end in edges.reshape(-1, 2)]
    return [(first, end) for first, end in gaps if end - first > over_s * rate_hz]


def _levels(samples: Samples, window: int) -> NDArray[np.float64]:
    """Root mean square of each window; the last one may be shorter."""
    count = -(-len(samples) // window)
    padded = np.zeros(count * window, np.float64)
    padded[: len(samples)] = samples
    sizes = np.full(count, window)
    if count:
        sizes[-1] = len(samples) - (count - 1) * window
    return np.asarray(np.sqrt((padded.reshape(count, window) ** 2).sum(axis=1) / sizes), dtype=np.float64)


def _cut(samples: Samples, rate_hz: int, gap: tuple[int, int], keep: int) -> tuple[int, int]:
    """The part to take out. Each edge moves to the quietest sample near it: less is kept of the gap, never more."""
    snap = min(round(SNAP_S * rate_hz), keep)
    start, end = gap[0] + keep, gap[1] - keep
    if end <= start:
        return start, start
    before = np.abs(samples[start - snap : start + 1])
    after = np.abs(samples[end : end + snap + 1]) if end < len(samples) else np.zeros(1)
    return start - snap + int(before.argmin()), end + int(after.argmin())


def _joined(samples: Samples, starts: NDArray[np.int64], ends: NDArray[np.int64], keep: int, fade: int) -> Samples:
    """What is not cut, faded out before each cut and in after it, inside what is kept of the gap."""
    out = samples.copy()
    length = min(fade, keep)
    ramp = np.linspace(0.0, 1.0, length, endpoint=False, dtype=np.float32)
    kept = np.ones(len(samples), dtype=bool)
    for start, end in zip(starts, ends, strict=True):
        kept[start:end] = False
        before, after = out[max(start - length, 0) : start], out[end : end + length]
        before *= ramp[::-1][len(ramp) - len(before) :]
        after *= ramp[: len(after)]
    return out[kept]
