"""The logo: an image laid over the pictures, in a corner of the safe zone."""

from __future__ import annotations

from contracts.faults import BadMedia
from contracts.outputs import Output
from contracts.timeline import Logo
from services.render.plan.compiler import Stream, mixed, source
from services.render.plan.stills import DEMUXERS

NAME = "logo"


def seen(logo: Logo, first: int, end: int) -> bool:
    """Whether any of the timeline's frames from ``first`` until ``end`` shows it."""
    return logo.start < end and logo.start + logo.frames > first


def laid_over(pictures: Stream, logo: Logo, output: Output, first: int) -> Stream:
    """Shown on the frames the timeline says; the pictures' first one is its frame ``first``."""
    width, height = size(logo, output)
    x, y = place(logo, output)
    image = _opened(logo).filter("scale", w=width, h=height, flags="lanczos").filter("format", "rgba")
    if logo.place.opacity < 1:
        image = image.filter("colorchannelmixer", aa=f"{logo.place.opacity:g}")
    shown = f"between(n,{logo.start - first},{logo.start + logo.frames - 1 - first})"
    laid = mixed([pictures, image], "overlay", x=x, y=y, format="yuv420", eof_action="repeat", enable=shown)
    return laid.filter("format", "yuv420p")


def size(logo: Logo, output: Output) -> tuple[int, int]:
    """Pixels: as large as the square of its size lets it be, in even numbers, so that its colours lie on the grid."""
    side = logo.place.size * min(output.width, output.height)
    ratio = max(logo.facts.width, 1) / max(logo.facts.height, 1)
    return _even(side * min(1.0, ratio)), _even(side * min(1.0, 1 / ratio))


def place(logo: Logo, output: Output) -> tuple[int, int]:
    """Its top left corner, in pixels."""
    width, height = size(logo, output)
    zone, margin = output.safe_zone, logo.place.margin * min(output.width, output.height)
    left, top = zone.left * output.width + margin, zone.top * output.height + margin
    right = output.width * (1 - zone.right) - margin - width
    bottom = output.height * (1 - zone.bottom) - margin - height
    x = left if logo.place.corner.endswith("left") else right
    y = top if logo.place.corner.startswith("top") else bottom
    return round(max(x, 0) / 2) * 2, round(max(y, 0) / 2) * 2


def _opened(logo: Logo) -> Stream:
    if logo.facts.demuxer not in DEMUXERS:
        raise BadMedia(f"an image read as {logo.facts.demuxer} is not taken", code="media_unreadable")
    return source(NAME, format=logo.facts.demuxer).video


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
