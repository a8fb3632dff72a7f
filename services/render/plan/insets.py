"""Where a picture in picture stands: inside the safe zone, clear of the subtitles and of the logo. Pixels, all even."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.inserts import Inset
from contracts.outputs import Output
from contracts.timeline import Cue, Insert, Timeline
from kit.fonts import Face
from services.render.plan import logo, placing, subtitles
from services.render.plan.showing import shows

_BORDER = 0.011  # of the shorter side, as all that follows
_RADIUS = 0.032
_SHADOW = 0.034
_GAP = 0.036  # to what it must not meet; its shadow ends before that
_GRID = 2  # pixels, of the colour planes: what stands on it may have to be moved so far
_NARROWEST = 0.4  # of a picture's width by height, and the other way round; one beyond that is cropped


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of ``width`` by ``height`` whose corner is at (``x``, ``y``), the border around it, the radius of the
    border's outer corners, and how far its shadow reaches.

    ``down``: whether it comes from above, where the subtitles are not.
    """

    x: int
    y: int
    width: int
    height: int
    border: int
    radius: int
    shadow: int
    down: bool = True

    @property
    def around(self) -> int:
        """From the outermost of what is drawn to the picture."""
        return self.border + self.shadow


def frame_of(insert: Insert, timeline: Timeline, output: Output, face: Face) -> Frame:
    """Where it stands for as long as it is shown."""
    short = min(output.width, output.height)
    border, gap = _even(_BORDER * short), _GAP * short
    ratio = min(max(placing.aspect(insert.clip), _NARROWEST), 1 / _NARROWEST)
    side = insert.inset.size * short
    wide, high = side * min(1.0, ratio), side * min(1.0, 1 / ratio)
    left, right = output.width * output.safe_zone.left, output.width * (1 - output.safe_zone.right)
    x = _across(insert.inset, (left, right), wide + 2 * border)
    clear = _clear(timeline, output, (x, x + wide + 2 * border), gap)
    band = _band(insert, timeline, output, face)
    top, bottom = _free(insert.inset, clear, band, gap, high + 2 * border)
    spare = 2 * border + _GRID
    shrunk = min(1.0, (right - left - spare) / wide, (bottom - top - spare) / high)
    width, height = max(2, _down(wide * shrunk)), max(2, _down(high * shrunk))
    x = _across(insert.inset, (left, right), width + 2 * border)
    y = _along(insert.inset, (top, bottom), height + 2 * border)
    return Frame(
        x=_inwards(x, insert.inset.place.endswith("left"), insert.inset.place.endswith("right")) + border,
        y=_inwards(y, insert.inset.place.startswith("top"), insert.inset.place.startswith("bottom")) + border,
        width=width,
        height=height,
        border=border,
        radius=_even(_RADIUS * short),
        shadow=_even(_SHADOW * short),
        down=band is None or band[0] >= y,
    )


def _across(inset: Inset, room: tuple[float, float], wide: float) -> float:
    left, right = room
    if inset.place.endswith("left"):
        return left
    return right - wide if inset.place.endswith("right") else (left + right - wide) / 2


def _along(inset: Inset, room: tuple[float, float], high: float) -> float:
    top, bottom = room
    if inset.place.startswith("top"):
        return top
    return bottom - high if inset.place.startswith("bottom") else (top + bottom - high) / 2


def _clear(timeline: Timeline, output: Output, across: tuple[float, float], gap: float) -> tuple[float, float]:
    """From top to bottom: the safe zone, without the logo where that is above or below."""
    top, bottom = output.height * output.safe_zone.top, output.height * (1 - output.safe_zone.bottom)
    if timeline.logo is None:
        return top, bottom
    (x, y), (wide, high) = logo.place(timeline.logo, output), logo.size(timeline.logo, output)
    if across[1] + gap <= x or across[0] >= x + wide + gap:
        return top, bottom
    if timeline.logo.place.corner.startswith("top"):
        return max(top, y + high + gap), bottom
    return top, min(bottom, y - gap)


def _free(
    inset: Inset, room: tuple[float, float], band: tuple[float, float] | None, gap: float, high: float
) -> tuple[float, float]:
    """The part of the room beside the subtitles that was asked for, if it is enough, else the larger one."""
    if band is None:
        return room
    above = room[0], min(band[0] - gap, room[1])
    below = max(band[1] + gap, room[0]), room[1]
    wished = below if inset.place.startswith("bottom") else above
    return wished if wished[1] - wished[0] >= high else max(above, below, key=lambda part: part[1] - part[0])


def _band(insert: Insert, timeline: Timeline, output: Output, face: Face) -> tuple[float, float] | None:
    """What subtitles may cover while it is shown; None if there are none."""
    if timeline.subtitles.preset == "none" or not timeline.cues:
        return None
    plane = subtitles.canvas(output)
    words = [[word.text for word in cue.words] for cue in _meanwhile(insert, timeline.cues, timeline.fps)]
    top, bottom = subtitles.band(words, timeline.subtitles, face, plane)
    scale = output.height / plane.height
    return top * scale, bottom * scale


def _meanwhile(insert: Insert, cues: Sequence[Cue], fps: int) -> list[Cue]:
    return [cue for cue in cues if shows(cue, insert.start, insert.end, fps)]


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)


def _down(pixels: float) -> int:
    return int(pixels // 2) * 2


def _inwards(at: float, near: bool, far: bool) -> int:
    """On the grid, away from the side at which it stands."""
    if near:
        return -_down(-at)
    return _down(at) if far else round(at / 2) * 2
