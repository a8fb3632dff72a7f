"""What a timeline asks for that would be a fault anywhere else: silence, stillness, darkness. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from contracts.looks import FONTS
from contracts.outputs import Output
from contracts.quality import GLYPHS_MAX, WHOLE, ExpectedFile, Place, Span, Written
from contracts.timeline import Clip, Timeline
from kit.fonts import covers
from services.render.plan import cards, logo
from services.render.plan.proof import shown_cues

_DARK = 0.15  # opacity below which a clip is seen as black
Frames = tuple[int, int]


def sounds(timeline: Timeline) -> bool:
    """Whether anything must be heard. What the clips' own sound is worth nobody knows: they may have been silent."""
    return timeline.music is not None or timeline.voice is not None


def silent(timeline: Timeline) -> tuple[Span, ...]:
    """Where nothing has to be heard: there is no music, and nobody speaks."""
    if timeline.music is not None:
        return ()
    return _spans(timeline, _gaps(_spoken(timeline), timeline.frames))


def still(timeline: Timeline) -> tuple[Span, ...]:
    """Where one picture stands: images over which the view does not move."""
    return _spans(timeline, _joined(_of(timeline, lambda clip: clip.facts.still and clip.move is None)))


def dark(timeline: Timeline) -> tuple[Span, ...]:
    """Where clips are faded down to nothing."""
    return _spans(timeline, _joined(_of(timeline, lambda clip: clip.transform.opacity < _DARK)))


def undrawn(timeline: Timeline) -> tuple[str, ...]:
    """Characters that are shown and that no typeface has: what one lacks is drawn in another."""
    shown = " ".join(cue.text for cue in shown_cues(timeline))
    if timeline.showcase is not None:
        for card in timeline.showcase.cards:
            shown += " ".join((card.name, card.brand, card.price, card.old_price, card.badge, card.call))
    missing = covers(timeline.subtitles.font, shown)
    for family in FONTS:
        missing = covers(family, "".join(missing)) if missing else []
    return tuple(missing[:GLYPHS_MAX])


def expected_file(
    timeline: Timeline, output: Output, outermost: tuple[Written, ...], band: Place | None
) -> ExpectedFile:
    """``band``: the box around all subtitles."""
    covered = [] if band is None else [band]
    if timeline.logo is not None:
        x, y = logo.place(timeline.logo, output)
        width, height = logo.size(timeline.logo, output)
        covered.append(_share(x, y, x + width, y + height, output))
    stage = cards.stage_of(timeline, output)
    return ExpectedFile(
        preset=output.preset,
        width=output.width,
        height=output.height,
        safe_zone=output.safe_zone,
        outermost=outermost,
        pictures=WHOLE if stage is None else _share(stage.x, stage.y, stage.right, stage.bottom, output),
        covered=tuple(covered),
    )


def _share(left: float, top: float, right: float, bottom: float, output: Output) -> Place:
    return Place(
        left=round(left / output.width, 4),
        top=round(top / output.height, 4),
        right=round(right / output.width, 4),
        bottom=round(bottom / output.height, 4),
    )


def _spoken(timeline: Timeline) -> Iterator[Frames]:
    if timeline.voice is not None:
        start = timeline.voice.start_s
        yield round(start * timeline.fps), round((start + timeline.voice.duration_s) * timeline.fps)


def _of(timeline: Timeline, fits: Callable[[Clip], bool]) -> Iterator[Frames]:
    yield from ((clip.start, clip.end) for clip in timeline.clips if fits(clip))


def _gaps(taken: Iterable[Frames], end: int) -> Iterator[Frames]:
    at = 0
    for first, last in taken:
        if first > at:
            yield at, first
        at = max(at, last)
    if at < end:
        yield at, end


def _joined(parts: Iterable[Frames]) -> Iterator[Frames]:
    begin = reach = 0
    for first, last in parts:
        if first > reach:
            if reach > begin:
                yield begin, reach
            begin = first
        reach = last
    if reach > begin:
        yield begin, reach


def _spans(timeline: Timeline, parts: Iterable[Frames]) -> tuple[Span, ...]:
    fps = timeline.fps
    return tuple(Span(start_s=round(first / fps, 3), end_s=round(last / fps, 3)) for first, last in parts)
