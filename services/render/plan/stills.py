"""Images as clips: one decoded picture, laid out once, then held or moved over.

What the view moves over is a sheet a little larger than the output, so that nothing is drawn larger than it is there,
and it is drawn anew for each frame with 1/256 of a pixel: zoompan, which moves in whole pixels, trembles.
"""

from __future__ import annotations

from dataclasses import dataclass

from contracts.faults import BadMedia
from contracts.looks import Filters, Move
from contracts.outputs import Output
from contracts.timeline import Clip
from services.render.plan import placing
from services.render.plan.compiler import Stream, mixed, source
from services.render.plan.filters import denoised

DEMUXERS = frozenset({"png_pipe", "jpeg_pipe", "webp_pipe"})

_SHEET = 1.08
_SPEED = 0.035  # of the view's width, gained or passed in a second
_LEAST, _MOST = 0.06, 0.16  # of the view's width, in all
_BACKDROP = 8  # times smaller than the output while it is blurred
_DARKER = 0.45
_EDGE = "min({0},max(2,{0}/50))"  # as much of an image is its edge


@dataclass(frozen=True, slots=True)
class Laying:
    """How images are laid into the frame. If filling it would crop more than ``lost_at_most`` of their area they are
    shown whole: over a blurred copy of themselves, or where ``goes_on`` over the colours at their edges. What one can
    see through is black, or white where ``light``. ``high_at_most``: the same of one that is too high for the frame.
    """

    lost_at_most: float
    high_at_most: float = 1.0
    goes_on: bool = False
    light: bool = False


AS_FOOTAGE = Laying(0.45)
# What is sold may lose something at its sides, but not its top.
AS_PRODUCT = Laying(0.45, high_at_most=0.2, goes_on=True, light=True)


def opened(name: str, clip: Clip, fps: int, threads: int) -> Stream:
    """One picture.

    Raises:
        BadMedia: the image is of a kind that is not taken.
    """
    if clip.facts.demuxer not in DEMUXERS:
        raise BadMedia(f"an image read as {clip.facts.demuxer} is not taken", code="media_unreadable")
    options: dict[str, object] = {"format": clip.facts.demuxer, "framerate": fps}
    return source(name, **options | ({"threads": threads} if threads else {})).video


def sheet(picture: Stream, clip: Clip, output: Output, filters: Filters, how: Laying = AS_FOOTAGE) -> Stream:
    """The one picture that is shown or moved over, black where one could see through the image."""
    size = sheet_size(clip, output)
    picture = placing.turned(picture.filter("format", "gbrap"), clip.transform)
    whole = shown_whole(clip, output, how)
    laid = _whole(picture, clip, size, how) if whole else _filling(picture, clip, output, size, how)
    flat = laid.filter("scale", out_color_matrix="bt709", out_range="tv")
    return denoised(flat.filter("setsar", 1).filter("format", "yuv420p"), filters)


def sheet_size(clip: Clip, output: Output) -> tuple[int, int]:
    """Pixels."""
    if clip.move is None:
        return output.width, output.height
    return _even(output.width * _SHEET), _even(output.height * _SHEET)


def shown_whole(clip: Clip, output: Output, how: Laying = AS_FOOTAGE) -> bool:
    """Whether too much would be lost by filling the output. Whoever says what part is to be seen is obeyed."""
    ratio = placing.aspect(clip) * output.height / output.width
    most = how.lost_at_most if ratio > 1 else min(how.lost_at_most, how.high_at_most)
    return placing.is_plain(clip) and 1 - min(ratio, 1 / ratio) > most


def held(picture: Stream, fps: int, frames: int) -> Stream:
    """The one picture so many times."""
    endless = picture.filter("loop", loop=-1, size=1, start=0).filter("settb", f"1/{fps}").filter("setpts", "N")
    return endless.filter("trim", end_frame=frames)


@dataclass(frozen=True, slots=True)
class View:
    """How the view moves: ``way`` is a share of its width (see ``travel``), done in ``frames`` frames, those in
    transitions included; the first one that is asked for is its number ``first``.
    """

    move: Move
    way: float
    first: int
    frames: int


def moved(pictures: Stream, view: View, output: Output, sheet: tuple[int, int]) -> Stream:
    """The view moving over a sheet of this size, always at one pace."""
    done = f"((on-1+{view.first})/{max(view.frames - 1, 1)})"
    seen = {"in": f"(1-{view.way:.5f}*{done})", "out": f"(1-{view.way:.5f}*(1-{done}))"}
    across = {"left": f"(1-{done})", "right": done}
    share, along = seen.get(view.move, f"{1 - view.way:.5f}"), across.get(view.move, "0.5")
    drawn = placing.shown_from(
        pictures,
        left=f"(1-{share})*{sheet[0]}*{along}",
        top=f"(1-{share})*{sheet[1]}/2",
        step_x=f"{share}*{sheet[0] / output.width:.6f}",
        step_y=f"{share}*{sheet[1] / output.height:.6f}",
    )
    return drawn.filter("crop", output.width, output.height, 0, 0)


def travel(clip: Clip, fps: int) -> float:
    """How far the view moves, as a share of its width: about as fast in every clip."""
    return min(max(_SPEED * clip.frames / fps, _LEAST), _MOST)


def _filling(picture: Stream, clip: Clip, output: Output, size: tuple[int, int], how: Laying) -> Stream:
    return _opaque(placing.looked_at(picture, placing.window(clip, output), size, flags="lanczos"), how)


def _whole(picture: Stream, clip: Clip, size: tuple[int, int], how: Laying) -> Stream:
    """All of the image, over a ground that fills the frame."""
    width, height = size
    parts = picture.filter_multi_output("split", 2)
    ratio = placing.aspect(clip) * height / width
    shares = min(1.0, ratio), min(1.0, 1 / ratio)
    small = _even(width / _BACKDROP), _even(height / _BACKDROP)
    ground = (_drawn_out if how.goes_on else _darker)(parts.stream(0), ratio, small, how)
    backdrop = ground.filter("scale", w=width, h=height, flags="bicubic")
    if not how.goes_on:
        backdrop = backdrop.filter("lutrgb", **dict.fromkeys("rgb", f"val*{_DARKER}"))
    fitted = _even(width * shares[0]), _even(height * shares[1])
    front = _opaque(parts.stream(1).filter("scale", w=fitted[0], h=fitted[1], flags="lanczos"), how)
    return mixed([backdrop, front], "overlay", x="(W-w)/2", y="(H-h)/2", format="gbrp")


def _darker(picture: Stream, ratio: float, small: tuple[int, int], how: Laying) -> Stream:
    """A copy of the image that fills a small frame, blurred."""
    fill = placing.Window(min(1.0, 1 / ratio), min(1.0, ratio), placing.MIDDLE)
    return _opaque(placing.looked_at(picture, fill, small, flags="area"), how).filter("gblur", sigma=max(small) / 24)


def _drawn_out(picture: Stream, ratio: float, small: tuple[int, int], how: Laying) -> Stream:
    """The colours at the image's edges, each up to the middle of a small frame, blurred: a white ground stays white."""
    parts = picture.filter_multi_output("split", 2)
    if ratio > 1:  # what is left free lies above and below
        edges = [{"w": "iw", "h": _EDGE.format("ih"), "x": 0, "y": y} for y in (0, "ih-oh")]
        half, way = (small[0], small[1] // 2), "vstack"
    else:
        edges = [{"w": _EDGE.format("iw"), "h": "ih", "x": x, "y": 0} for x in (0, "iw-ow")]
        half, way = (small[0] // 2, small[1]), "hstack"
    strips = [_opaque(parts.stream(place).filter("crop", **edge), how) for place, edge in enumerate(edges)]
    drawn = [strip.filter("scale", w=half[0], h=half[1], flags="area").filter("setsar", 1) for strip in strips]
    return mixed(drawn, way, inputs=2).filter("gblur", sigma=max(small) / 10)


def _opaque(picture: Stream, how: Laying) -> Stream:
    parts = picture.filter_multi_output("split", 2)
    ground = parts.stream(0).filter("lutrgb", **dict.fromkeys("rgb", "maxval" if how.light else 0), a="maxval")
    return mixed([ground, parts.stream(1)], "overlay", format="gbrp").filter("format", "gbrap")


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
