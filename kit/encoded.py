"""What an encoded video file really holds, read as a stranger would."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from contracts.faults import TechnicalFault
from kit.media import home_of_av
from kit.process import Limits, ProcessFailed, run
from kit.sees import Sees

_CHILD = Path(__file__).with_name("encoded_child.py")
_LIMITS = Limits(wall_s=120, address_space=2 << 30, cpu_s=60, file_size=0)  # 0.1 s for a minute of video


class NotRead(TechnicalFault):
    """A file that can't be read as a finished MP4."""

    code = "file_unreadable"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file was found to hold. Frames are counted by reading them all; seconds."""

    codec: str
    profile: str
    pixel_format: str
    width: int
    height: int
    rate: Fraction
    frames: int
    keyframes: tuple[int, ...]
    colours: tuple[int, int, int, int]  # matrix, primaries, transfer, range, as ITU-T H.273 counts them
    audio: tuple[str, int, int] | None  # codec, Hz, channels
    audio_s: float
    boxes: tuple[str, ...]


async def examine(path: Path) -> Seen:
    """Read a finished MP4 through, in a caged child: what made it had strangers' files in its hands.

    Raises:
        NotRead: it can't be read as one.
    """
    argv: list[str | Path] = [sys.executable, "-I", "-S", _CHILD, home_of_av(), path]
    sees = Sees(read=(_CHILD, Path(home_of_av()), path))
    try:
        done = await run(argv, limits=_LIMITS, sees=sees, max_stdout=4 << 20)
        return _understood(json.loads(done.stdout))
    except (ProcessFailed, ValueError, KeyError, TypeError) as unreadable:
        raise NotRead("the encoded file cannot be read") from unreadable


def _understood(said: dict[str, Any]) -> Seen:
    lists = {name: tuple(said[name]) for name in ("keyframes", "colours", "boxes")}
    audio = None if said["audio"] is None else tuple(said["audio"])
    return Seen(**said | lists | {"audio": audio, "rate": Fraction(*said["rate"])})
