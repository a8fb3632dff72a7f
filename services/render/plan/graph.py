"""The picture: spans of sources, put on one clock, fitted, joined, and written on.

Which picture of a source is seen when: output frame ``k`` of a clip shows the latest picture whose time is at most
``in + k / fps + GRACE_US``. Times are the file's own (``-copyts``), in whole microseconds, so that a span rendered on
its own shows exactly the pictures that the whole shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from contracts.faults import BadMedia
from contracts.media import MediaFacts
from contracts.outputs import Output
from contracts.timeline import Clip, Timeline
from services.render.plan.compiler import Stream, joined, source

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

    ``told`` are frames of the cut: each is told of on stdout, as ``name=1``, once the source has given all it must for
    the frames before it. What a source then lacks is held, however much, so that nothing after it moves.
    """

    clip: Clip
    offset: int
    frames: int
    name: str  # of the link to the source in the working folder
    told: tuple[int, ...] = ()

    @property
    def signs(self) -> tuple[int, ...]:
        """For each of ``told``, the frame at which the source tells, counted from where reading starts."""
        start = self.offset - _run_up(self.offset)
        return tuple(max(start + told - 1 - HELD_AT_MOST, 0) for told in self.told)


def cuts(timeline: Timeline, span: Span) -> tuple[Cut, ...]:
    """The clips a span touches, in order."""
    if span.first < 0 or span.frames < 1 or span.end > timeline.frames:
        raise ValueError(f"frames {span.first} to {span.end} are not all on a timeline of {timeline.frames}")
    seen = (clip for clip in timeline.clips if clip.start < span.end and clip.end > span.first)
    return tuple(
        Cut(
            clip=clip,
            offset=max(span.first - clip.start, 0),
            frames=min(clip.end, span.end) - max(clip.start, span.first),
            name=f"clip{place}",
        )
        for place, clip in enumerate(seen)
    )


def long_enough(clip: Clip, fps: int) -> None:
    """Refuse a clip whose source ends more than a few frames before it does.

    Raises:
        BadMedia: ``media_too_short``.
    """
    missing = (clip.source_in_s - clip.facts.duration_s) * fps + clip.frames
    if missing > HELD_AT_MOST + 0.5:
        raise BadMedia(
            f"a clip shows {clip.frames / fps:.2f} s from {clip.source_in_s:.2f} s on, but its source has only "
            f"{clip.facts.duration_s:.2f} s",
            code="media_too_short",
        )


def picture(all_cuts: tuple[Cut, ...], output: Output, fps: int, threads: int) -> Stream:
    """The joined pictures of a span, frame ``n`` at time ``n``, in a time base of one frame."""
    shown = [fitted(clocked(cut, fps, threads), output) for cut in all_cuts]
    return joined(shown).filter("settb", f"1/{fps}").filter("setpts", "N")


def written_on(pictures: Stream, subtitles: str, fonts: str, first: int) -> Stream:
    """Subtitles burned in. Their clock is the timeline's: the span's first frame is the timeline's ``first``."""
    return (
        pictures.filter("setpts", f"N+{first}")
        .filter("ass", filename=subtitles, fontsdir=fonts)
        .filter("setpts", f"PTS-{first}")
    )


def clocked(cut: Cut, fps: int, threads: int) -> Stream:
    """Exactly ``cut.frames`` frames of the source at ``fps``, from the right picture on."""
    facts = cut.clip.facts
    run_up = _run_up(cut.offset)
    zero_us = round((facts.start_s + cut.clip.source_in_s) * MICRO) + run_up * MICRO // fps
    opened = source(cut.name, **_opening(facts, zero_us, threads))
    start = cut.offset - run_up
    given = (
        opened.video.filter("settb", f"1/{MICRO}")
        .filter("setpts", f"PTS-{zero_us + GRACE_US}")
        .filter("fps", fps=fps, start_time=0, round="up")
    )
    if cut.told:
        given = _told(given, cut)
    return given.filter("tpad", stop=-1 if cut.told else HELD_AT_MOST, stop_mode="clone").filter(
        "trim", start_frame=start, end_frame=start + cut.frames
    )


def _told(given: Stream, cut: Cut) -> Stream:
    """A line on stdout as each of the cut's signs comes by."""
    signs = "+".join(f"eq(n,{sign})" for sign in dict.fromkeys(cut.signs))
    marked = given.filter("metadata", mode="add", key=cut.name, value=1, enable=signs)
    return marked.filter("metadata", mode="print", key=cut.name, file="pipe:1", direct=1)


def fitted(pictures: Stream, output: Output) -> Stream:
    """Scaled to cover the output and cropped at the middle; square pixels, BT.709, limited range."""
    width, height = output.width, output.height
    return (
        pictures.filter(
            "scale",
            w=f"max({width},ceil({height}*dar/2)*2)",
            h=f"max({height},ceil({width}/dar/2)*2)",
            flags="bicubic",
            out_color_matrix="bt709",
            out_range="tv",
        )
        .filter("crop", width, height)
        .filter("setsar", 1)
        .filter("format", "yuv420p")
        .filter("setparams", color_primaries="bt709", color_trc="bt709", colorspace="bt709", range="tv")
    )


def _run_up(offset: int) -> int:
    """The clip's frame at which reading starts: some frames early, and a whole number of microseconds into it."""
    return max(offset - _RUN_UP, 0) // _RUN_UP * _RUN_UP


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
