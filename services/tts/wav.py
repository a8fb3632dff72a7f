"""Mono PCM16 WAV files, whole. Samples in memory are float32, 1.0 is full scale."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contracts.faults import TechnicalFault

Samples = NDArray[np.float32]

_FULL_SCALE = 32767.0


def write_wav(path: Path, samples: Samples, rate_hz: int) -> None:
    """Write ``samples``; what is beyond full scale is clipped."""
    pcm = np.rint(np.clip(samples, -1.0, 1.0) * _FULL_SCALE).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(pcm.tobytes())


def read_wav(path: Path) -> tuple[Samples, int]:
    """Samples and their rate in Hz.

    Raises:
        TechnicalFault: not a mono PCM16 WAV.
    """
    try:
        with wave.open(str(path), "rb") as file:
            shape = (file.getnchannels(), file.getsampwidth())
            rate = file.getframerate()
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as broken:
        raise TechnicalFault(f"the voice is not a WAV file: {broken}", code="voice_unreadable") from broken
    if shape != (1, 2):
        raise TechnicalFault(f"the voice has {shape[0]} channels of {8 * shape[1]} bits", code="voice_unreadable")
    return np.frombuffer(raw, dtype="<i2").astype(np.float32) / np.float32(_FULL_SCALE), rate


def levelled(samples: Samples, peak: float = 0.708) -> Samples:
    """One gain for the whole voice, so that its peak is ``peak`` (0.708 is -3 dBFS: room for resampling)."""
    loudest = float(np.abs(samples).max(initial=0.0))
    if loudest == 0.0:
        return samples
    return samples * np.float32(peak / loudest)
