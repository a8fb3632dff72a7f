"""Inserts: images and clips laid over the pictures on their frames, filling them or framed in a part of them.

What an insert shows is made as any clip's pictures are; here it gets its frame, its place, and how it comes and goes.
The same frame of an insert is the same picture whatever span it is rendered in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contracts.looks import Filters
from contracts.outputs import Output
from contracts.timeline import Insert, Timeline
from kit.fonts import Face
from services.render.plan import graph, stills
from services.render.plan.compiler import Stream, generated, mixed
from services.render.plan.graph import Cut, Span
from services.render.plan.insets import Frame, frame_of

# What is sold had better be seen whole; shops show it on one colour, which is white where there is none.
LAID = stills.Laying(0.15, goes_on=True, light=True)
NAME = "insert"  # with a number, of the link to its source in the working folder

_COMES_IN = 9  # frames in which a framed picture comes, and goes
_WAY = 0.03  # of the shorter side, by which it moves as it comes
_SHADE = 0.4  # of the shadow where it is darkest
_PLAIN = Filters()  # what is shown of a product has its own colours


@dataclass(frozen=True, slots=True)
class Shown:
    """An insert and the part of it that a span shows."""

    insert: Insert
    cut: Cut


def shown(timeline: Timeline, span: Span, ends: Sequence[int] = ()) -> tuple[Shown, ...]:
    """The inserts a span touches, in order. They tell at each of ``ends`` and at their own, if there are any."""
    touched = [insert for insert in timeline.inserts if insert.start < span.end and insert.end > span.first]
    cuts = (_cut(insert, span, f"{NAME}{place}") for place, insert in enumerate(touched))
    return tuple(
        Shown(insert, graph.telling(cut, ends) if ends else cut) for insert, cut in zip(touched, cuts, strict=True)
    )


def _cut(insert: Insert, span: Span, name: str) -> Cut:
    first = max(insert.start, span.first)
    frames = min(insert.end, span.end) - first
    return Cut(insert.clip, first - insert.start, frames, name, laid=LAID)


def laid_over(  # noqa: PLR0917  (all that shapes it)
    pictures: Stream, each: Shown, timeline: Timeline, output: Output, first: int, face: Face, threads: int
) -> Stream:
    """Shown on its frames alone; the pictures' first one is the timeline's frame ``first``."""
    fps, cut = timeline.fps, each.cut
    starts = each.insert.start + cut.offset - first
    if each.insert.mode == "pip":
        frame = frame_of(each.insert, timeline, output, face)
        over = _framed(cut, frame, output, fps, threads)
        x, y = _coming(each.insert, frame, output, first)
    else:
        over, (x, y) = _filling(cut, timeline, output, threads), ("0", "0")
    on_time = over.filter("settb", f"1/{fps}").filter("setpts", f"N+{starts}")
    seen = f"between(n,{starts},{starts + cut.frames - 1})"
    laid = mixed([pictures, on_time], "overlay", x=x, y=y, format="yuv420", eof_action="repeat", enable=seen)
    return laid.filter("format", "yuv420p")


def _filling(cut: Cut, timeline: Timeline, output: Output, threads: int) -> Stream:
    """The whole frame, coming and going as the video's clips do."""
    fps, style = timeline.fps, timeline.transition
    pictures = graph.shown(cut, output, _PLAIN, fps, threads)
    if style.kind == "cut":
        return pictures
    fading = min(round(style.duration_s * fps), cut.clip.frames // 3)
    mask = _blank(cut, output.width, output.height, fps).filter("format", "gray")
    return mixed([_counted(pictures, fps), _fading(mask.filter("geq", lum=255), cut, fps, fading)], "alphamerge")


def _framed(cut: Cut, frame: Frame, output: Output, fps: int, threads: int) -> Stream:
    """With its border, its round corners and its shadow, coming and going softly."""
    own = output.model_copy(update={"width": frame.width, "height": frame.height})
    still = cut.clip.facts.still and cut.clip.move is None
    pictures = graph.shown(replace(cut, frames=1) if still else cut, own, _PLAIN, fps, threads)
    wide, high = frame.width + 2 * frame.around, frame.height + 2 * frame.around
    padded = pictures.filter("pad", width=wide, height=high, x=frame.around, y=frame.around, color="white")
    parts = _blank(cut, wide, high, fps).filter_multi_output("split", 2)
    border = parts.stream(0).filter("format", "yuva420p").filter("geq", lum=_ink(frame), cb=128, cr=128, a=_hole(frame))
    mask = parts.stream(1).filter("format", "gray").filter("geq", lum=f"255*({_seen(frame)})")
    whole = mixed([_counted(padded, fps), _counted(border, fps)], "overlay", format="yuv420", eof_action="repeat")
    whole = graph.tagged(whole)
    if still:
        whole = stills.held(whole, fps, cut.frames)
    return mixed([_counted(whole, fps), _fading(mask, cut, fps, min(_COMES_IN, cut.clip.frames // 3))], "alphamerge")


def _blank(cut: Cut, width: int, height: int, fps: int) -> Stream:
    """One picture to be drawn on. Its colour, which is never seen, differs from insert to insert: the compiler takes
    two nodes that are alike for one.
    """
    colour = f"0x{int(cut.name.removeprefix(NAME)):06x}"
    return generated(f"color=c={colour}:s={width}x{height}:r={fps}:d=1").filter("trim", end_frame=1)


def _counted(pictures: Stream, fps: int) -> Stream:
    return pictures.filter("settb", f"1/{fps}").filter("setpts", "N")


def _fading(mask: Stream, cut: Cut, fps: int, frames: int) -> Stream:
    """The mask on each frame of a cut: lighter from frame to frame at the insert's beginning, darker at its end. One
    frame before it and one after it would be black.
    """
    last = cut.clip.frames
    fading = stills.held(mask, fps, last + 2).filter("fade", type="in", start_frame=0, nb_frames=frames)
    fading = fading.filter("fade", type="out", start_frame=last + 1 - frames, nb_frames=frames)
    asked = fading.filter("trim", start_frame=cut.offset + 1, end_frame=cut.offset + 1 + cut.frames)
    return _counted(asked, fps)


def _coming(insert: Insert, frame: Frame, output: Output, first: int) -> tuple[str, str]:
    """Where what is drawn lies, as expressions of a frame's number: it comes to rest fast, then slower, and leaves the
    same way.
    """
    frames = min(_COMES_IN, insert.clip.frames // 3)
    left, top = frame.x - frame.around, frame.y - frame.around
    began, ends = insert.start - first, insert.end - 1 - first
    away = f"(pow(max(0,1-(n-{began}+1)/{frames}),2)+pow(max(0,1-({ends}-n+1)/{frames}),2))"
    way = _WAY * min(output.width, output.height)
    if insert.inset.place.endswith(("left", "right")):
        sign = -1 if insert.inset.place.endswith("left") else 1
        return f"{left}+{sign * way:.2f}*{away}", f"{top}"
    return f"{left}", f"{top}{'-' if frame.down else '+'}{way:.2f}*{away}"


# --- drawn by geq, once: distances to a rectangle with round corners, in pixels --------------------------------------


def _distance(frame: Frame, grown: float, radius: float, lower: float = 0.0) -> str:
    """From a pixel's middle to the outline of the picture grown by so much on each side; negative inside."""
    half_x, half_y = frame.width / 2 + grown - radius, frame.height / 2 + grown - radius
    x = f"abs(X+0.5-W/2)-{half_x:g}"
    y = f"abs(Y+0.5-H/2-{lower:g})-{half_y:g}"
    return f"(hypot(max({x},0),max({y},0))+min(max({x},{y}),0)-{radius:g})"


def _card(frame: Frame) -> str:
    """How much of a pixel the border and all within it cover, 0..1."""
    return f"clip(0.5-{_distance(frame, frame.border, frame.radius)},0,1)"


def _seen(frame: Frame) -> str:
    """The same with the shadow, which lies a little lower."""
    away = _distance(frame, frame.border, frame.radius, lower=frame.shadow / 4)
    shadow = f"{_SHADE:g}*pow(clip(1-{away}/{frame.shadow * 3 / 4:g},0,1),2)"
    return f"1-(1-{_card(frame)})*(1-{shadow})"


def _ink(frame: Frame) -> str:
    """White where the border is, black where its shadow is."""
    return f"16+219*{_card(frame)}/max({_seen(frame)},0.001)"


def _hole(frame: Frame) -> str:
    """Nothing over the picture itself, whose corners are round."""
    radius = max(frame.radius - frame.border, 0)
    return f"255*(1-clip(0.5-{_distance(frame, 0, radius)},0,1))"
