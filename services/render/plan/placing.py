"""Where in the source the output looks: turned, cropped, moved along a path with a fraction of a pixel.

A path that moves goes through three steps: a crop that follows in whole steps of two pixels (the grid of the colour
planes), ``perspective`` for what is left of each step, and a last crop that takes off the rim those two need. A crop
alone moves in jerks of two pixels, which shows at any slow pan.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contracts.footage import Transform
from contracts.outputs import Output
from contracts.timeline import Clip, CropPoint
from services.render.plan.compiler import Stream

RIM = 2  # pixels at the left and top of a moving window that the interpolation reads
RIMS = 6  # both sides together, the step of two pixels included
POINTS_AT_MOST = 48  # of a path; the ones that matter least are left out
_PIXELS_AT_MOST = 16 << 20  # of a scaled picture that a window moves over; beyond it the picture is made smaller
_STILL = 1e-9
VIDEO = {"flags": "bicubic", "out_color_matrix": "bt709", "out_range": "tv"}  # how pictures are scaled
MIDDLE = (CropPoint(frame=0, x=0.5, y=0.5),)


@dataclass(frozen=True, slots=True)
class Window:
    """What is seen of a turned source: a share of its width and height, and the path of its middle."""

    width: float
    height: float
    path: tuple[CropPoint, ...]

    @property
    def moves(self) -> bool:
        return any(abs(a.x - b.x) > _STILL or abs(a.y - b.y) > _STILL for a, b in pairwise(self.path))


def is_plain(clip: Clip) -> bool:
    """Whether the source is shown as it is, around its middle."""
    return not clip.crop and clip.transform.model_copy(update={"opacity": 1.0}) == Transform()


def turned(pictures: Stream, how: Transform) -> Stream:
    """Flipped, then rotated."""
    if how.flip_x:
        pictures = pictures.filter("hflip")
    if how.flip_y:
        pictures = pictures.filter("vflip")
    if how.rotate == 180:
        return pictures.filter("hflip").filter("vflip")
    if how.rotate:
        return pictures.filter("transpose", "clock" if how.rotate == 90 else "cclock")
    return pictures


def aspect(clip: Clip) -> float:
    """Width by height of the source once it is turned."""
    ratio = max(clip.facts.width, 1) / max(clip.facts.height, 1)
    return 1 / ratio if clip.transform.rotate in {90, 270} else ratio


def window(clip: Clip, output: Output) -> Window:
    """The part of the turned source that fills the output, held inside the source at every point of its path."""
    ratio = aspect(clip) * output.height / output.width  # over 1: the source is the wider one
    width = min(1.0, 1 / ratio) / clip.transform.scale
    height = min(1.0, ratio) / clip.transform.scale
    points = [_turned_point(point, clip.transform) for point in thinned(clip.crop)]
    held = [
        point.model_copy(
            update={
                "x": _held(point.x - clip.transform.pan_x * (1 - width) / 2, width),
                "y": _held(point.y - clip.transform.pan_y * (1 - height) / 2, height),
            }
        )
        for point in points or MIDDLE
    ]
    return Window(width, height, tuple(held))


def looked_at(pictures: Stream, seen: Window, size: tuple[int, int], **scaling: str) -> Stream:
    """The window where its path begins, scaled to ``size``."""
    x, y = seen.path[0].x - seen.width / 2, seen.path[0].y - seen.height / 2
    cropped = pictures.filter(
        "crop", w=f"iw*{seen.width:.6f}", h=f"ih*{seen.height:.6f}", x=f"iw*{x:.6f}", y=f"ih*{y:.6f}"
    )
    return cropped.filter("scale", w=size[0], h=size[1], **scaling)


def followed(
    pictures: Stream, seen: Window, output: Output, frames: range, between: Callable[[Stream], Stream]
) -> Stream:
    """The window moving over the source. ``frames`` are the clip's frames that pass through; ``between`` is applied
    to the whole scaled picture, which doesn't move yet.
    """
    shrunk = min(1.0, math.sqrt(_PIXELS_AT_MOST * seen.width * seen.height / (output.width * output.height)))
    width, height = _even(output.width * shrunk) + RIMS, _even(output.height * shrunk) + RIMS
    whole = _even(width / seen.width), _even(height / seen.height)
    x = _track(seen, 0, whole[0], width, frames)
    y = _track(seen, 1, whole[1], height, frames)
    scaled = pictures.filter("scale", w=whole[0], h=whole[1], **VIDEO).filter("setsar", 1).filter("format", "yuv420p")
    near = between(scaled).filter("crop", width, height, x=f"2*floor(({x('n')})/2)", y=f"2*floor(({y('n')})/2)")
    left, top = (f"mod({expression('(on-1)')},2)" for expression in (x, y))
    exact = shown_from(near, left, top, "1", "1").filter("crop", width - RIMS, height - RIMS, RIM, RIM)
    return exact if shrunk == 1.0 else exact.filter("scale", w=output.width, h=output.height, flags="bicubic")


def shown_from(pictures: Stream, left: str, top: str, step_x: str, step_y: str) -> Stream:
    """Each picture drawn anew: its top left pixel shows the source at (left, top), each further one ``step`` pixels on.
    All are expressions; the picture's number is ``on``, from 1.
    """
    x0, y0 = f"({left})+(({step_x})-1)/2", f"({top})+(({step_y})-1)/2"  # coordinates are of pixels' middles
    x1, y1 = f"{x0}+({step_x})*W", f"{y0}+({step_y})*H"
    corners = {"x0": x0, "y0": y0, "x1": x1, "y1": y0, "x2": x0, "y2": y1, "x3": x1, "y3": y1}
    return pictures.filter("perspective", **corners, interpolation="cubic", sense="source", eval="frame")


def thinned(points: Sequence[CropPoint]) -> tuple[CropPoint, ...]:
    """At most ``POINTS_AT_MOST`` points of a path, in order, each frame once. What lies nearest to the straight line
    between its neighbours goes first, so a sudden change of place stays.
    """
    kept = sorted({point.frame: point for point in points}.values(), key=lambda point: point.frame)
    while len(kept) > POINTS_AT_MOST:
        least = min(range(1, len(kept) - 1), key=lambda place: _bend(*kept[place - 1 : place + 2]))
        del kept[least]
    return tuple(kept)


def _bend(before: CropPoint, point: CropPoint, after: CropPoint) -> float:
    """How far a point lies off the line between its neighbours."""
    share = (point.frame - before.frame) / (after.frame - before.frame)
    x, y = before.x + share * (after.x - before.x), before.y + share * (after.y - before.y)
    return abs(point.x - x) + abs(point.y - y)


def _turned_point(point: CropPoint, how: Transform) -> CropPoint:
    x, y = (1 - point.x if how.flip_x else point.x), (1 - point.y if how.flip_y else point.y)
    x, y = {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[how.rotate]
    return CropPoint(frame=point.frame, x=x, y=y)


def _held(middle: float, share: float) -> float:
    return min(max(middle, share / 2), 1 - share / 2)


def _track(seen: Window, axis: int, whole: int, room: int, frames: range) -> Callable[[str], str]:
    """Where the window begins, in pixels of the scaled picture, as an expression of the number of a picture that
    passes through, counted from 0. Only the parts of the path that these pictures see are in it.
    """
    spots = [(point.frame, ((point.x, point.y)[axis]) * whole - room / 2) for point in seen.path]
    pieces: list[tuple[float, float, float, float, int]] = [(-math.inf, spots[0][0], spots[0][1], 0.0, 0)]
    pieces += [(start, end, at, (then - at) / (end - start), start) for (start, at), (end, then) in pairwise(spots)]
    pieces.append((spots[-1][0], math.inf, spots[-1][1], 0.0, 0))
    met = [piece for piece in pieces if piece[0] < frames.stop and piece[1] > frames.start]

    def expression(n: str) -> str:
        terms = [_piece(n, frames, *piece) for piece in met]
        return f"clip({'+'.join(terms)},0,{whole - room})"

    return expression


def _piece(n: str, frames: range, start: float, end: float, at: float, slope: float, anchor: int) -> str:  # noqa: PLR0917
    """One straight part of a path, and 0 outside it. The same numbers whatever frames are rendered."""
    guards = [f"gte({n},{int(start) - frames.start})"] if start > frames.start else []
    guards += [f"lt({n},{int(end) - frames.start})"] if end < frames.stop else []
    value = f"{at:.3f}" if not slope else f"({at:.3f}+{slope:.6f}*({n}-{anchor - frames.start}))"
    return "*".join([*guards, value])


def _even(pixels: float) -> int:
    return math.ceil(pixels / 2 - 1e-9) * 2
