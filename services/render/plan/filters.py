"""What is done to the pictures of a clip by themselves: less noise, sharper, colours, seen through."""

from __future__ import annotations

from contracts.looks import Filters
from services.render.plan.compiler import Stream

# hqdn3d looks back: what it makes of a picture depends on all before it, ever less. Measured at the greatest strength:
# after so many frames a run that began at another picture differs by one step of 255 in two pixels of a hundred under
# light noise, and in one of a thousand under heavy noise. Without any, three of four pixels would, by up to three.
LEAD = 15
_PLAIN = Filters()


def lead(filters: Filters) -> int:
    """Frames before a span that have to pass through, so that it looks as in the whole."""
    return 0 if filters.denoise is None else LEAD


def denoised(pictures: Stream, filters: Filters) -> Stream:
    return pictures if filters.denoise is None else pictures.filter("hqdn3d", luma_spatial=f"{filters.denoise:g}")


def finished(pictures: Stream, filters: Filters) -> Stream:
    """Sharpened, then coloured."""
    if filters.sharpen is not None:
        pictures = pictures.filter(
            "unsharp", luma_msize_x=5, luma_msize_y=5, luma_amount=f"{filters.sharpen:g}", chroma_amount=0
        )
    colours = {
        name: f"{getattr(filters, name):g}"
        for name in ("brightness", "contrast", "saturation")
        if getattr(filters, name) != getattr(_PLAIN, name)
    }
    return pictures.filter("eq", **colours) if colours else pictures


def over_black(pictures: Stream, opacity: float) -> Stream:
    """As seen through: nearer to black, in limited range."""
    if opacity >= 1:
        return pictures
    colour = f"128+(val-128)*{opacity:g}"
    return pictures.filter("lutyuv", y=f"16+(val-16)*{opacity:g}", u=colour, v=colour)
