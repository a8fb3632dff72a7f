"""From one clip to the next: both are shown at once for as many frames as ``contracts.blends`` found room for."""

from __future__ import annotations

from services.render.plan.compiler import Stream, mixed

_PUSH = 1.2  # how much nearer the view would be at the far end of the whole transition; most of it is never seen
_STEPS = 3  # pictures that each frame of a push is mixed of: its motion blur
_MIXED = 0.4  # of a push's frames, around its middle, in which both clips are seen


def pushed(both: tuple[Stream, Stream], frames: int, size: tuple[int, int], fps: int) -> Stream:
    """The view rushing in on the first clip, ever faster, and coming to rest on the second."""
    mixing = max(2, round(frames * _MIXED))
    steps = frames * _STEPS
    first = _rushing(both[0], f"(on/{steps})", size, fps)
    second = _rushing(both[1], f"(1-on/{steps})", size, fps)
    return faded((first, second), (frames - mixing) // 2, mixing, fps)


def faded(both: tuple[Stream, Stream], start: int, frames: int, fps: int) -> Stream:
    """From frame ``start`` on in ``frames`` equal steps, none of them all of one clip."""
    first, second = both
    if start > 1:  # xfade takes the second clip up where the fade begins
        second = second.filter("trim", start_frame=start - 1)
    counted = [
        one.filter("format", "yuv444p").filter("settb", f"1/{fps}").filter("setpts", "N") for one in (first, second)
    ]
    length, offset = f"{(frames + 1) / fps:.6f}", f"{(start - 1) / fps:.6f}"
    return mixed(counted, "xfade", transition="fade", duration=length, offset=offset).filter("format", "yuv420p")


def _rushing(pictures: Stream, nearness: str, size: tuple[int, int], fps: int) -> Stream:
    """The view ever nearer to the middle, or ever less: ``nearness`` 0..1, an expression of ``on``, from 0."""
    stepped = pictures.filter(
        "zoompan",
        z=f"1+{_PUSH:g}*pow({nearness},2)",
        x="(iw-iw/zoom)/2",
        y="(ih-ih/zoom)/2",
        d=_STEPS,
        s=f"{size[0]}x{size[1]}",
        fps=fps * _STEPS,
    )
    smeared = stepped.filter("tmix", frames=_STEPS).filter("trim", start_frame=_STEPS - 1)
    return smeared.filter("framestep", _STEPS)
