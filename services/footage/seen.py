"""What was measured in an upload, before anything is made of it. Pure values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

LOOK_EVERY_S = 0.2
CHUNK_S = 512 / 16_000  # of the voice detector


@dataclass(frozen=True, slots=True)
class Face:
    """Where a face is: its middle as shares of the picture, its width as a share of the picture's."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One picture, looked at. ``change``: grey levels (of 255) by which it differs from the look before, in 0.2 s;
    ``sharpness``: variance of its Laplacian; ``brightness`` and ``contrast`` (mean and deviation of luma): 0..1;
    ``grid``: the luma of 8 x 8 fields; ``faces``: None where none were looked for; ``action``: where something moves.
    """

    at_s: float
    change: float
    sharpness: float
    brightness: float
    contrast: float
    phash: str
    grid: bytes
    faces: tuple[Face, ...] | None = None
    action: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """All of one upload. ``changes``: by how much each picture differs from the one before it, in grey levels summed
    over luma and both chroma; ``across``: from the one before that; ``frames``: when each is shown. ``voice``: how
    likely each chunk of sound is speech.
    """

    glimpses: tuple[Glimpse, ...] = ()
    frames: tuple[float, ...] = ()
    changes: tuple[float, ...] = ()
    across: tuple[float, ...] = ()
    keyframes_s: tuple[float, ...] = ()
    voice: tuple[float, ...] = ()
    voice_from_s: float = 0.0
    filmstrip_frames: int = 0
    faults: tuple[str, ...] = field(default=())


def glimpse(line: bytes | str) -> Glimpse:
    """A look as the child writes it down.

    Raises:
        ValueError: it is none.
    """
    at_s, change, sharpness, brightness, contrast, phash, grid, faces, action = orjson.loads(line)
    return Glimpse(
        at_s=at_s,
        change=change,
        sharpness=sharpness,
        brightness=min(max(brightness, 0.0), 1.0),
        contrast=contrast,
        phash=phash,
        grid=bytes.fromhex(grid),
        faces=None if faces is None else tuple(Face(*face) for face in faces),
        action=None if action is None else (action[0], action[1]),
    )


def seen(summary: Mapping[str, Any], lines: Iterable[bytes | str]) -> Seen:
    """What the child wrote down, put together. Raises as ``glimpse`` does."""
    return Seen(
        glimpses=tuple(glimpse(line) for line in lines if line.strip()),
        frames=tuple(summary["frames"]),
        changes=tuple(summary["changes"]),
        across=tuple(summary["across"]),
        keyframes_s=tuple(summary["keyframes"]),
        voice=tuple(summary["voice"]),
        voice_from_s=summary["voice_from_s"],
        filmstrip_frames=summary.get("filmstrip_frames", 0),
        faults=tuple(summary["faults"]),
    )
