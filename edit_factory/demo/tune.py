"""Sample music: a small piece of our own, made of sines and noise. Run as ``tune.py TARGET FFMPEG``.

Sixteen bars in A minor at 80 beats a minute (48 s). Everything is laid on a ring: what rings on after the last bar is
heard in the first one, so that the piece repeats without a seam.
"""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float64]  # one row for each ear, or one ear alone

RATE = 44_100
BEAT_S = 0.75
BARS = 16
LENGTH = round(BARS * 4 * BEAT_S * RATE)
PEAK = 0.7  # of full scale: the voice lies over it, and AAC may overshoot

# Notes as semitones from A3 (220 Hz). Am9, Fmaj7, Cmaj7, G: four bars, four times.
_CHORDS = ((0, 3, 7, 10, 14), (-4, 0, 3, 7, 12), (-9, 3, 7, 10, 14), (-2, 2, 5, 10, 14))
_BASS = (-24, -28, -21, -26)
_FIGURES = ((0, 2, 4, 3, 1, 2, 4, 2), (0, 1, 3, 4, 2, 3, 1, 3))
_TUNE = (
    (4, 19, 3.0),
    (7.5, 17, 0.5),
    (8, 15, 2.5),
    (12, 14, 3.5),
    (20, 22, 2.0),
    (22, 19, 1.5),
    (24, 15, 3.0),
    (28, 17, 3.0),
)


def compose() -> Sound:
    """The piece, (2, samples), -1..1."""
    chance = np.random.default_rng(11)
    dry = np.zeros((2, LENGTH))
    wet = np.zeros((2, LENGTH))
    for bar in range(BARS):
        _pad(wet, bar)
        _bass(dry, bar)
        _plucks(dry, wet, bar)
        if bar >= 4:
            _beat(dry, wet, bar, chance)
    for start, note, beats in _TUNE:
        _bell(wet, 32 + start, note, beats)
    mix = dry + 0.6 * wet + 0.45 * _in_a_hall(wet, chance)
    return PEAK * np.asarray(np.tanh(mix / np.abs(mix).max()) / math.tanh(1.0), dtype=np.float64)


def _lay(track: Sound, at_s: float, sound: Sound, left: float, right: float) -> None:
    """Add a sound at a time, around the ring."""
    first = round(at_s * RATE)
    first %= LENGTH
    before_seam = LENGTH - first
    over = sound[before_seam:]
    for ear, loud in ((0, left), (1, right)):
        track[ear, first : first + sound.size] += loud * sound[:before_seam]
        track[ear, : over.size] += loud * over


def _times(seconds: float) -> Sound:
    return np.arange(round(seconds * RATE)) / RATE


def _pitch(note: float) -> float:
    return 220.0 * math.exp2(note / 12.0)


def _pad(wet: Sound, bar: int) -> None:
    """A chord that swells into its bar and out of the next; each ear hears it a little out of tune with the other."""
    for ear, cents in ((0, -4), (1, 4)):
        _lay(wet, bar * 4 * BEAT_S - 0.5, _strings(bar % 4, cents), 1.0 - ear, float(ear))


@cache
def _strings(chord: int, cents: int) -> Sound:
    t = _times(4 * BEAT_S + 1.6)
    swell = 0.013 * np.minimum(1.0, t / 1.3) ** 1.5 * np.minimum(1.0, (t[-1] - t) / 1.6) ** 1.5
    warmth = 0.75 + 0.25 * np.sin(2 * np.pi * 0.33 * t + chord)
    sound = np.zeros(t.size)
    for note in _CHORDS[chord]:
        turn = 2 * np.pi * _pitch(note + cents / 100) * t
        sound += np.sin(turn) + warmth * (0.36 * np.sin(2 * turn) + 0.16 * np.sin(3 * turn) + 0.05 * np.sin(5 * turn))
    return np.asarray(swell * sound, dtype=np.float64)


def _bass(dry: Sound, bar: int) -> None:
    for beat, beats in ((0.0, 2.4), (2.5, 1.4)):
        t = _times(beats * BEAT_S)
        turn = 2 * np.pi * _pitch(_BASS[bar % 4] + 12 * (bar % 4 == 1)) * t
        voice = np.sin(turn) + 0.5 * np.sin(2 * turn) + 0.2 * np.sin(3 * turn)  # a phone only has the upper ones
        shape = 0.1 * np.minimum(1.0, t / 0.02) * np.exp(-t / 0.9) * np.minimum(1.0, (t[-1] - t) / 0.08)
        _lay(dry, (bar * 4 + beat) * BEAT_S, shape * voice, 1.0, 1.0)


def _plucks(dry: Sound, wet: Sound, bar: int) -> None:
    """Broken chords in quavers, answered by an echo from the other side."""
    figure = _FIGURES[(bar // 4) % 2]
    chord = _CHORDS[bar % 4]
    for step, voice in enumerate(figure):
        if bar < 2 and step % 2:
            continue
        at = (bar * 4 + step / 2) * BEAT_S
        loud = 0.11 * (1.15 if step % 4 == 0 else 0.85)
        note = _plucked(chord[voice] + 12)
        side = 0.35 + 0.3 * (step % 2)
        _lay(dry, at, loud * note, 1 - side, side)
        _lay(wet, at + 0.75 * BEAT_S, 0.4 * loud * note, side, 1 - side)
        _lay(wet, at + 1.5 * BEAT_S, 0.18 * loud * note, 1 - side, side)


@cache
def _plucked(note: int) -> Sound:
    """A string of nylon: partials that fade the faster the higher they are."""
    t = _times(1.4)
    partials = (np.sin(2 * np.pi * _pitch(note) * n * t) * np.exp(-t * (2.6 + 1.9 * n)) / n**1.4 for n in range(1, 7))
    sound = np.minimum(1.0, t / 0.003) * sum(partials) * np.minimum(1.0, (t[-1] - t) / 0.1)
    return np.asarray(sound, dtype=np.float64)


def _bell(wet: Sound, beat: float, note: int, beats: float) -> None:
    """The tune of the second half: a soft electric piano."""
    t = _times(beats * BEAT_S + 0.9)
    turn = 2 * np.pi * _pitch(note) * t
    tone = np.sin(turn + 0.9 * np.exp(-t * 5.0) * np.sin(2 * turn)) + 0.25 * np.sin(2 * turn) * np.exp(-t * 3.0)
    shape = np.minimum(1.0, t / 0.012) * np.exp(-t / 1.3) * np.minimum(1.0, (t[-1] - t) / 0.4)
    _lay(wet, beat * BEAT_S, 0.05 * shape * tone, 0.9, 1.0)


def _beat(dry: Sound, wet: Sound, bar: int, chance: np.random.Generator) -> None:
    """A soft kick, a rim and a shaker; the kick rests before each fourth bar."""
    t = _times(0.32)
    kick = np.sin(2 * np.pi * (46 * t + 9.0 * (1 - np.exp(-t * 26)) / 2.6)) * np.exp(-t * 11) * np.minimum(1, t / 0.002)
    for beat in (0.0, 2.0, 2.75) if bar % 4 != 3 else (0.0, 2.0):
        _lay(dry, (bar * 4 + beat) * BEAT_S, 0.3 * kick, 1.0, 1.0)
    t = _times(0.09)
    rim = (np.sin(2 * np.pi * 810 * t) + 0.6 * np.sin(2 * np.pi * 1240 * t)) * np.exp(-t * 75)
    for beat in (1.0, 3.0):
        _lay(wet, (bar * 4 + beat) * BEAT_S, 0.075 * rim, 0.8, 1.0)
    for step in range(8):
        hiss = chance.standard_normal(round(0.07 * RATE))
        hiss = np.diff(hiss, prepend=0.0) * np.exp(-np.arange(hiss.size) / RATE * (55 if step % 2 else 80))
        late = 0.018 if step % 2 else 0.0  # a light swing
        loud = 0.012 if step % 2 else 0.007
        _lay(dry, (bar * 4 + step / 2) * BEAT_S + late, loud * hiss, 1.0, 0.75)


def _in_a_hall(sound: Sound, chance: np.random.Generator) -> Sound:
    """The echo of a hall: two seconds of fading, darkening noise, around the ring."""
    t = _times(2.2)
    out = []
    for ear in sound:
        echo = chance.standard_normal(t.size) * np.exp(-t * 2.9) * np.minimum(1.0, t / 0.02)
        soft = np.convolve(echo, np.hanning(24) / np.hanning(24).sum(), mode="same")
        soft /= math.sqrt(float(np.sum(soft**2)))
        out.append(np.fft.irfft(np.fft.rfft(ear) * np.fft.rfft(soft, LENGTH), LENGTH))
    return np.array(out)


def main(target: Path, ffmpeg: Path) -> int:
    samples = compose().T.astype("<f4").tobytes()
    raw: Sequence[str] = ("-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "-")
    # "ipod" is what ffmpeg calls an MP4 that says it is audio
    aac: Sequence[str] = ("-c:a", "aac", "-b:a", "192k", "-movflags", "+faststart", "-f", "ipod")
    return subprocess.run([ffmpeg, "-v", "error", "-y", *raw, *aac, target], input=samples, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
