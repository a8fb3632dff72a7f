"""The picture: spans of sources, put on one clock, fitted, filtered, joined, and written on.

Which picture of a source is seen when: output frame ``k`` of a clip shows the latest picture whose time is at most
``in + k / fps + GRACE_US``. Times are the file's own (``-copyts``), in whole microseconds, so that a span rendered on
its own shows exactly the pictures that the whole shows. A transition that a span touches is made from its beginning
and then cut to the span, and a filter that looks back is given frames to look back at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from contracts.blends import CUT, Blend, blends
from contracts.faults import BadMedia
from contracts.looks import Filters
from contracts.media import MediaFacts
from contracts.outputs import Output
from contracts.timeline import NO_PHRASE, Clip, Timeline
from services.render.plan import cards, placing, stills
from services.render.plan.compiler import Stream, joined, source
from services.render.plan.filters import denoised, finished, lead, over_black
from services.render.plan.transitions import faded, pushed

DEMUXERS = frozenset({"mov", "matroska", "avi", "mpegts", "gif"})
HELD_AT_MOST = 2  # frames by which a source may be shorter than it was said to be; its last picture is held

MICRO = 1_000_000
# A tenth of a frame at 30 fps. Pictures of 24, 25, 30, 50 and 60 fps sources never fall that close before an output
# frame, and containers that round to milliseconds stay on the same side of it.
GRACE_US = 3_333
_RUN_UP = 3  # frames; also the step in which a tenth of a second, so a whole number of microseconds, passes at 30 fps
_FROM_THE_TOP_US = (
    MICRO  # an in-point this early is reached without seeking: some demuxers fail to seek before frame one
)
_SEEK_BACK_US = {"mpegts": 10 * MICRO}  # no index, so a seek lands between keyframes: start far enough back to find one
_HD_HEIGHT = 720  # an untagged source of this size or larger is BT.709, a smaller one BT.601, as players assume


@dataclass(frozen=True, slots=True)
class Span:
    """Frames of the timeline's clock, from ``first`` on."""

    first: int
    frames: int

    @property
    def end(self) -> int:
        return self.first + self.frames


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a clip that a span shows: ``frames`` frames, the first being the clip's frame number ``offset``.

    That may lie before the clip's own first frame, where a transition reaches back. ``reach``: the transitions at
    both ends of the clip. ``early``: frames before the first that a filter needs to look back at.

    ``told`` are frames of the cut: each is told of on stdout, as ``name=1``, once the source has given all it must for
    the frames before it. What a source then lacks is held, however much, so that nothing after it moves.

    ``laid``: how an image is laid into the frame.
    """

    clip: Clip
    offset: int
    frames: int
    name: str  # of the link to the source in the working folder
    reach: tuple[Blend, Blend] = (CUT, CUT)
    early: int = 0
    told: tuple[int, ...] = ()
    laid: stills.Laying = stills.AS_FOOTAGE

    @property
    def ever(self) -> range:
        """The clip's frames that are seen at all, whatever the span."""
        return range(-self.reach[0].before, self.clip.frames + self.reach[1].after)

    @property
    def begins(self) -> int:
        """The first frame that is asked of the source, counted from where reading starts."""
        first = self.offset - self.early
        return first - _run_up(first)

    @property
    def signs(self) -> tuple[int, ...]:
        """For each of ``told``, the frame at which the source tells, counted from where reading starts."""
        return tuple(max(self.begins + self.early + told - 1 - HELD_AT_MOST, 0) for told in self.told)


def cuts(timeline: Timeline, span: Span) -> tuple[Cut, ...]:
    """The clips a span touches, in order."""
    if span.first < 0 or span.frames < 1 or span.end > timeline.frames:
        raise ValueError(f"frames {span.first} to {span.end} are not all on a timeline of {timeline.frames}")
    around = (*blends(timeline), CUT)
    touched = [
        (clip, reach, parts)
        for clip, reach in zip(timeline.clips, pairwise(around), strict=True)
        if (parts := [part for part in _parts(clip, reach) if _meets(part, span)])
    ]
    laid = stills.AS_FOOTAGE if timeline.showcase is None else stills.AS_PRODUCT
    return tuple(
        replace(_cut(clip, reach, parts, span, f"clip{place}", lead(timeline.filters)), laid=laid)
        for place, (clip, reach, parts) in enumerate(touched)
    )


def _cut(  # noqa: PLR0917  (all that shapes it)
    clip: Clip, reach: tuple[Blend, Blend], parts: Sequence[_Part], span: Span, name: str, looks_back: int
) -> Cut:
    """All of a clip that a span needs: of a transition always the beginning, too."""
    first = parts[0].start if parts[0].blends else max(parts[0].start, span.first)
    cut = Cut(clip, first - clip.start, min(parts[-1].end, span.end) - first, name, reach)
    return replace(cut, early=0 if clip.facts.still else min(looks_back, cut.offset - cut.ever.start))


@dataclass(frozen=True, slots=True)
class _Part:
    """Frames of the timeline, from ``start`` until ``end``, that a clip has for itself or, where it ``blends``, shares
    with the one before or after it.
    """

    start: int
    end: int
    blends: bool


def _parts(clip: Clip, reach: tuple[Blend, Blend]) -> tuple[_Part, ...]:
    """The transition into a clip, what it has for itself, the transition out of it."""
    into, out = reach
    return (
        _Part(clip.start - into.before, clip.start + into.after, blends=True),
        _Part(clip.start + into.after, clip.end - out.before, blends=False),
        _Part(clip.end - out.before, clip.end + out.after, blends=True),
    )


def _meets(part: _Part, span: Span) -> bool:
    return max(part.start, span.first) < min(part.end, span.end)


def telling(cut: Cut, ends: Sequence[int]) -> Cut:
    """The same cut, which tells at the frames of the timeline that lie within it, and at its own end."""
    if cut.clip.facts.still:  # it never ends
        return cut
    start = cut.clip.start + cut.offset
    within = (end - start for end in ends if start < end < start + cut.frames)
    return replace(cut, told=(*within, cut.frames))


def long_enough(clip: Clip, fps: int) -> None:
    """Refuse a clip whose source ends more than a few frames before it does.

    Raises:
        BadMedia: ``media_too_short``.
    """
    if clip.facts.still:
        return
    missing = (clip.source_in_s - clip.facts.duration_s) * fps + clip.frames
    if missing > HELD_AT_MOST + 0.5:
        raise BadMedia(
            f"a clip shows {clip.frames / fps:.2f} s from {clip.source_in_s:.2f} s on, but its source has only "
            f"{clip.facts.duration_s:.2f} s",
            code="media_too_short",
        )


def picture(all_cuts: tuple[Cut, ...], timeline: Timeline, output: Output, span: Span, threads: int) -> Stream:
    """The joined pictures of a span, frame ``n`` at time ``n``, in a time base of one frame."""
    fps = timeline.fps
    pieces: list[Stream] = []
    leaving: Stream | None = None
    for cut in all_cuts:
        pictures = _on_stage(cut, timeline, output, threads)
        into, alone, out = _divided(pictures, cut, span)
        if into is not None and leaving is not None:
            made = tagged(_transition(timeline, (leaving, into), cut.reach[0].frames, output))
            unseen = span.first - (cut.clip.start - cut.reach[0].before)
            pieces.append(made.filter("trim", start_frame=unseen) if unseen > 0 else made)
        pieces += [] if alone is None else [alone]
        leaving = out
    return joined(pieces).filter("settb", f"1/{fps}").filter("setpts", "N")


def _divided(pictures: Stream, cut: Cut, span: Span) -> tuple[Stream | None, Stream | None, Stream | None]:
    """A cut's pictures in its three parts; None for those the span does not touch."""
    parts = [(part, _meets(part, span)) for part in _parts(cut.clip, cut.reach)]
    count = sum(met for _, met in parts)
    copies = None if count == 1 else pictures.filter_multi_output("split", count)
    streams: list[Stream | None] = []
    for part, met in parts:
        place = sum(stream is not None for stream in streams)
        alone = pictures if copies is None else _only(copies.stream(place), part, cut)
        streams.append(alone if met else None)
    return streams[0], streams[1], streams[2]


def _only(pictures: Stream, part: _Part, cut: Cut) -> Stream:
    """Those of a cut's pictures that lie in a part."""
    zero = cut.clip.start + cut.offset
    return pictures.filter("trim", start_frame=max(part.start - zero, 0), end_frame=min(part.end - zero, cut.frames))


def _transition(timeline: Timeline, both: tuple[Stream, Stream], frames: int, output: Output) -> Stream:
    """The transition between two clips, from its beginning."""
    if timeline.transition.kind == "zoom":
        return pushed(both, frames, (output.width, output.height), timeline.fps)
    return faded(both, 0, frames, timeline.fps)


def _on_stage(cut: Cut, timeline: Timeline, output: Output, threads: int) -> Stream:
    """The pictures of a cut in the part of the frame that is theirs."""
    stage = None if cut.clip.phrase == NO_PHRASE else cards.stage_of(timeline, output)
    if stage is None or timeline.showcase is None:
        return shown(cut, output, timeline.filters, timeline.fps, threads)
    own = output.model_copy(update={"width": int(stage.width), "height": int(stage.height)})
    pictures = shown(cut, own, timeline.filters, timeline.fps, threads)
    colour = "0x" + timeline.showcase.look.background[1:]
    padded = pictures.filter(
        "pad", width=output.width, height=output.height, x=int(stage.x), y=int(stage.y), color=colour
    )
    return tagged(padded)


def shown(cut: Cut, output: Output, filters: Filters, fps: int, threads: int) -> Stream:
    """The pictures of a cut as they are seen, before anything is laid over them."""
    if cut.clip.facts.still:
        pictures = _still(cut, output, filters, fps, threads)
    else:
        pictures = fitted(clocked(cut, fps, threads), cut, output, filters)
        if cut.early:
            pictures = pictures.filter("trim", start_frame=cut.early)
    return over_black(finished(pictures, filters), cut.clip.transform.opacity)


def _still(cut: Cut, output: Output, filters: Filters, fps: int, threads: int) -> Stream:
    picture = stills.opened(cut.name, cut.clip, fps, threads)
    laid = stills.sheet(picture, cut.clip, output, filters, cut.laid)
    pictures = stills.held(laid, fps, cut.frames)
    if cut.clip.move is not None:
        view = stills.View(cut.clip.move, stills.travel(cut.clip, fps), cut.offset - cut.ever.start, len(cut.ever))
        pictures = stills.moved(pictures, view, output, stills.sheet_size(cut.clip, output))
    return tagged(pictures)


def written_on(pictures: Stream, subtitles: str, fonts: str, first: int) -> Stream:
    """Subtitles burned in. Their clock is the timeline's: the span's first frame is the timeline's ``first``."""
    return (
        pictures.filter("setpts", f"N+{first}")
        .filter("ass", filename=subtitles, fontsdir=fonts)
        .filter("setpts", f"PTS-{first}")
    )


def clocked(cut: Cut, fps: int, threads: int) -> Stream:
    """Exactly ``cut.frames`` frames of the source at ``fps``, from the right picture on, and ``early`` ones before."""
    facts = cut.clip.facts
    run_up = _run_up(cut.offset - cut.early)
    zero_us = round((facts.start_s + cut.clip.source_in_s) * MICRO) + run_up * MICRO // fps
    opened = source(cut.name, **_opening(facts, zero_us, threads))
    start = cut.begins
    given = (
        opened.video.filter("settb", f"1/{MICRO}")
        .filter("setpts", f"PTS-{zero_us + GRACE_US}")
        .filter("fps", fps=fps, start_time=0, round="up")
    )
    if cut.told:
        given = _told(given, cut)
    return given.filter("tpad", stop=-1 if cut.told else HELD_AT_MOST, stop_mode="clone").filter(
        "trim", start_frame=start, end_frame=start + cut.frames + cut.early
    )


def _told(given: Stream, cut: Cut) -> Stream:
    """A line on stdout as each of the cut's signs comes by."""
    signs = "+".join(f"eq(n,{sign})" for sign in dict.fromkeys(cut.signs))
    marked = given.filter("metadata", mode="add", key=cut.name, value=1, enable=signs)
    return marked.filter("metadata", mode="print", key=cut.name, file="pipe:1", direct=1)


def fitted(pictures: Stream, cut: Cut, output: Output, filters: Filters) -> Stream:
    """Turned, scaled and cropped to the output, with less noise; square pixels, BT.709, limited range."""
    clip = cut.clip
    if placing.is_plain(clip):
        return denoised(tagged(covering(pictures, output)), filters)
    seen = placing.window(clip, output)
    pictures = placing.turned(pictures, clip.transform)
    if not seen.moves:
        size = output.width, output.height
        return denoised(tagged(placing.looked_at(pictures, seen, size, **placing.VIDEO)), filters)
    frames = range(cut.offset - cut.early, cut.offset + cut.frames)
    return tagged(placing.followed(pictures, seen, output, frames, lambda whole: denoised(whole, filters)))


def covering(pictures: Stream, output: Output) -> Stream:
    """Scaled to cover the output and cropped at the middle.

    What lies far outside is cut off first: of a lying picture in an upright output two thirds would be scaled in vain.
    By multiples of four, so that the middle stays on the grid of the colour planes, and with a rim for the scaler.
    """
    width, height = output.width, output.height
    near = pictures.filter(
        "crop",
        w=f"iw-4*max(0,floor((iw-ih*{width}/{height}/sar)/4-1))",
        h=f"ih-4*max(0,floor((ih-iw*{height}/{width}*sar)/4-1))",
    )
    return near.filter(
        "scale",
        w=f"max({width},ceil({height}*dar/2)*2)",
        h=f"max({height},ceil({width}/dar/2)*2)",
        **placing.VIDEO,
    ).filter("crop", width, height)


def tagged(pictures: Stream) -> Stream:
    """Square pixels in the format and with the colours that every part of the picture has."""
    return (
        pictures.filter("setsar", 1)
        .filter("format", "yuv420p")
        .filter("setparams", color_primaries="bt709", color_trc="bt709", colorspace="bt709", range="tv")
    )


def _run_up(offset: int) -> int:
    """The clip's frame at which reading starts: some frames early, and a whole number of microseconds into it. Before
    the clip's own beginning only where a transition reaches back.
    """
    return max(offset - _RUN_UP, min(offset, 0)) // _RUN_UP * _RUN_UP


def _opening(facts: MediaFacts, zero_us: int, threads: int) -> dict[str, object]:
    if facts.demuxer not in DEMUXERS:
        raise BadMedia(f"footage in a {facts.demuxer} container is not taken", code="media_unreadable")
    options: dict[str, object] = {"format": facts.demuxer, "an": None, "sn": None, "dn": None, "reinit_filter": 0}
    if facts.demuxer != "gif":
        options["colorspace"] = "bt709" if min(facts.width, facts.height) >= _HD_HEIGHT else "smpte170m"
    if threads:
        options["threads"] = threads
    seek_us = zero_us - _SEEK_BACK_US.get(facts.demuxer, 0)
    if seek_us >= facts.start_s * MICRO + _FROM_THE_TOP_US:
        # Everything from the keyframe on is kept (noaccurate_seek): the picture on screen at time 0 may have begun
        # before it, and the fps filter drops the rest before it costs anything.
        options |= {"seek_timestamp": 1, "ss": f"{seek_us // 1000 / 1000:.3f}", "noaccurate_seek": None}
    return options
