"""Whole ffmpeg commands as data: arguments, the files they need beside them, and what must come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contracts.outputs import KEYFRAME_EVERY_S, Output
from contracts.timeline import Timeline
from kit.fonts import Face
from services.render.plan import audio, cards, graph, inserts, logo, subtitles
from services.render.plan.audio import Measured
from services.render.plan.compiler import Stream, arguments, source
from services.render.plan.graph import Cut, Span
from services.render.plan.inserts import Shown
from services.render.plan.keyframes import keyframes
from services.render.plan.showing import on_screen

PART_NAME = "out.part.mp4"
SOUND_NAME = "sound.mp4"
TRACK_NAME = "track"  # what the sound goes by where it is joined to the pictures
GOPS_NAME = "gops.ffconcat"
SUBTITLES_NAME = "subs.ass"
CARDS_NAME = "cards.ass"
FONTS_NAME = "fonts"
FONT_RULES_NAME = "fonts.conf"
GRAPH_NAME = "graph.txt"

_ARGUMENT_AT_MOST = 100_000  # characters; Linux takes 131,071 in one argument

# What fontconfig may know: our own typefaces. Left to itself it would draw what they lack from the system's.
FONT_RULES = f"""\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">{FONTS_NAME}</dir>
  <cachedir prefix="relative">font-cache</cachedir>
</fontconfig>
"""

QUIET = ("-hide_banner", "-nostdin", "-nostats", "-y")
_B_FRAMES = 2
_LOUDNESS_METER = {"peak": "true", "framelog": "verbose"}
_GOP_PATTERN = "gop%05d.mp4"


@dataclass(frozen=True, slots=True)
class RenderPlan:
    """A command to run in a folder that holds ``texts`` as files and ``links`` as symbolic links. Nothing of a
    user's is in ``argv``: only our own file names and numbers. ``argv`` does not name the program.
    """

    argv: tuple[str, ...]
    frames: int
    texts: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A file up to each of ``ends`` (frames of the video) instead of one for the span. Files are numbered from
    ``first`` on.

    Before the first there is one more with ``lead`` copies of its first picture: an encoder that begins knows no
    quality to go on from, and makes its first picture coarser than those that follow.
    """

    first: int
    ends: tuple[int, ...]
    lead: int = 0


def gop_name(number: int) -> str:
    """The file of one of the ``Pieces``."""
    return _GOP_PATTERN % number


def plan(
    timeline: Timeline,
    output: Output,
    span: Span,
    *,
    sources: Mapping[str, str],
    fonts: str,
    face: Face,
    threads: int,
    loudness: Measured | None,
    pieces: Pieces | None = None,
) -> RenderPlan:
    """The one encode of a span. ``sources``: local path of each blob by its SHA-256; ``fonts``: folder of typefaces.

    With ``loudness`` the sound is made in the same pass, which only the whole timeline can have; without, the file
    has pictures only. With ``pieces`` each is a file of its own, named on stdout once it is finished, and there the
    sources tell how far they reach (``Cut.told``).

    Raises:
        BadMedia: a source is too short for its clip, or in a container that is not taken.
    """
    parts, above = cuts(timeline, span, pieces), inserted(timeline, span, pieces)
    opened = (*parts, *(each.cut for each in above))
    for part in opened:
        graph.long_enough(part.clip, timeline.fps)
    links = {part.name: sources[part.clip.source.sha256] for part in opened}
    texts: dict[str, str] = {}
    lead = 0 if pieces is None else pieces.lead
    decoding = -(-threads // 2)  # is the lesser half
    streams = [graph.picture(parts, timeline, output, span, decoding)]
    if written := cards.write(timeline, output, span.first, span.end):
        texts |= {CARDS_NAME: written, FONT_RULES_NAME: FONT_RULES}
        links[FONTS_NAME] = fonts
        streams = [graph.written_on(streams[0], CARDS_NAME, FONTS_NAME, span.first)]
    for each in above:
        streams = [inserts.laid_over(streams[0], each, timeline, output, span.first, face, decoding)]
    if timeline.logo is not None and logo.seen(timeline.logo, span.first, span.end):
        links[logo.NAME] = sources[timeline.logo.source.sha256]
        streams = [logo.laid_over(streams[0], timeline.logo, output, span.first)]
    if lead:
        streams = [streams[0].filter("tpad", start=lead, start_mode="clone").filter("setpts", "N")]
    cues = on_screen(timeline.cues, span, timeline.fps)
    if timeline.subtitles.preset != "none" and cues:
        texts[SUBTITLES_NAME] = subtitles.write(cues, timeline.subtitles, face, subtitles.canvas(output), timeline.fps)
        texts[FONT_RULES_NAME] = FONT_RULES
        links[FONTS_NAME] = fonts
        streams = [graph.written_on(streams[0], SUBTITLES_NAME, FONTS_NAME, span.first - lead)]
    if loudness is not None:
        if span != Span(0, timeline.frames):
            raise ValueError("sound is made in one piece, with the whole timeline")
        links |= _sound_links(timeline, sources)
        streams.append(audio.sound(timeline, loudness))
    options = _encoder(timeline, output, span, threads, lead)
    if loudness is not None:
        options |= _AUDIO_ENCODER
    target = PART_NAME if pieces is None else _GOP_PATTERN
    options |= _MUXER if pieces is None else _cutter(span, pieces)
    argv = (*_ENCODES, "-copyts", *_threads(threads), *arguments(streams, f"file:{target}", **options))
    return RenderPlan(_graph_apart(argv, texts), span.frames + lead, texts, links)


def cuts(timeline: Timeline, span: Span, pieces: Pieces | None = None) -> tuple[Cut, ...]:
    """The clips a span touches; with ``pieces`` they tell at the end of each piece and at their own."""
    found = graph.cuts(timeline, span)
    return found if pieces is None else tuple(graph.telling(cut, pieces.ends) for cut in found)


def inserted(timeline: Timeline, span: Span, pieces: Pieces | None = None) -> tuple[Shown, ...]:
    """The inserts a span touches; with ``pieces`` they tell as the clips do."""
    return inserts.shown(timeline, span, () if pieces is None else pieces.ends)


def _graph_apart(argv: tuple[str, ...], texts: dict[str, str]) -> tuple[str, ...]:
    """A graph too long for an argument becomes a file: sixty clips, each cropped along a path of its own."""
    place = argv.index("-filter_complex")
    if len(argv[place + 1]) <= _ARGUMENT_AT_MOST:
        return argv
    texts[GRAPH_NAME] = argv[place + 1]
    return (*argv[:place], "-/filter_complex", GRAPH_NAME, *argv[place + 2 :])


def measure_mix(timeline: Timeline, sources: Mapping[str, str], loudness: Measured) -> RenderPlan:
    """Hear the sound as ``plan`` would make it; the meter's summary is the end of stderr."""
    return _heard(audio.sound(timeline, loudness), timeline, _sound_links(timeline, sources))


def measure_voice(timeline: Timeline, sources: Mapping[str, str]) -> RenderPlan:
    """Hear the voice alone, as it was delivered. Somebody must speak."""
    if timeline.voice is None:
        raise ValueError("nobody speaks")
    samples = timeline.frames * audio.RATE_HZ // timeline.fps
    return _heard(audio.spoken(timeline.voice, 0.0, samples), timeline, _voice_link(timeline, sources))


def measure_original(timeline: Timeline, sources: Mapping[str, str]) -> RenderPlan:
    """Hear the clips' own sound alone."""
    return _heard(audio.original(timeline, 0.0), timeline, _original_links(timeline, sources))


def measure_file(name: str) -> RenderPlan:
    """Hear a file of the folder, encoded."""
    options = ("-protocol_whitelist", "file", "-f", "mov", "-vn", "-i", f"file:{name}")
    meter = "ebur128=" + ":".join(f"{key}={value}" for key, value in _LOUDNESS_METER.items())
    return RenderPlan((*QUIET, "-loglevel", "info", *options, "-af", meter, "-f", "null", "-"), frames=0)


def track(timeline: Timeline, sources: Mapping[str, str], loudness: Measured) -> RenderPlan:
    """The whole sound by itself, as it will be in the file."""
    options = _AUDIO_ENCODER | _MUXER
    argv = (*_ENCODES, *arguments([audio.sound(timeline, loudness)], f"file:{SOUND_NAME}", **options))
    return RenderPlan(argv, timeline.frames, links=_sound_links(timeline, sources))


def join(timeline: Timeline, gops: Sequence[Span]) -> RenderPlan:
    """The finished file from the files of its pieces and ``TRACK_NAME``, all in the folder; nothing is encoded."""
    listed = "".join(
        f"file {gop_name(number)}\nduration {gop.frames / timeline.fps:.6f}\n" for number, gop in enumerate(gops)
    )
    pictures = source(GOPS_NAME, format="concat", safe=1).video
    sound = source(TRACK_NAME, format="mov").audio
    argv = (*_ENCODES, *arguments([pictures, sound], f"file:{PART_NAME}", **({"c": "copy"} | _MUXER)))
    return RenderPlan(argv, timeline.frames, {GOPS_NAME: f"ffconcat version 1.0\n{listed}"})


_ENCODES = (*QUIET, "-loglevel", "level+warning", "-progress", "pipe:1")
_AUDIO_ENCODER: dict[str, object] = {"c:a": "aac", "b:a": "192k", "ar": audio.RATE_HZ, "ac": 2}
_MUXER: dict[str, object] = {
    "map_metadata": -1,
    "map_chapters": -1,
    "fflags": "+bitexact",
    "movflags": "+faststart",
    "format": "mp4",
}


def _cutter(span: Span, pieces: Pieces) -> dict[str, object]:
    """A file for each piece, finished one by one; the keyframes of the encoder are where they end."""
    ends = [pieces.lead + end - span.first for end in pieces.ends]
    return {
        "frames:v": span.frames + pieces.lead,
        "map_metadata": -1,
        "map_chapters": -1,
        "fflags": "+bitexact",
        "format": "segment",
        "segment_format": "mp4",
        "segment_frames": ",".join(map(str, [pieces.lead, *ends] if pieces.lead else ends)),
        "segment_start_number": pieces.first - (1 if pieces.lead else 0),
        "reset_timestamps": 1,
        "segment_list": "pipe:1",
        "segment_list_type": "flat",
    }


def _encoder(timeline: Timeline, output: Output, span: Span, threads: int, lead: int) -> dict[str, object]:
    """H.264 High with keyframes in their places and nowhere else, two B-frames, closed groups.

    8x8dct is what makes a stream High; the fastest speed would leave it, and the profile, out. A stitchable stream's
    headers depend on nothing it shows, so that pieces which were encoded apart can follow one another.
    """
    every = KEYFRAME_EVERY_S * timeline.fps
    options: dict[str, object] = {
        "c:v": "libx264",
        "preset": output.speed,
        "crf": output.crf,
        "profile:v": "high",
        "pix_fmt": "yuv420p",
        "r": timeline.fps,
        "g": every,
        "keyint_min": every,
        "sc_threshold": 0,
        "bf": _B_FRAMES,
        "flags:v": "+cgop+bitexact",
        "x264-params": "8x8dct=1:open-gop=0:stitchable=1",
        "color_primaries": "bt709",
        "color_trc": "bt709",
        "colorspace": "bt709",
        "color_range": "tv",
        "frames:v": span.frames,
    }
    places = (lead + place - span.first for place in keyframes(timeline) if span.first <= place < span.end)
    if forced := [place for place in places if place]:
        options["force_key_frames"] = ",".join(
            f"{frame * graph.MICRO // timeline.fps / graph.MICRO:.6f}"  # rounded up, it would be the next frame
            for frame in forced
        )
    if threads:
        options["threads"] = threads
    return options


def _threads(threads: int) -> tuple[str, ...]:
    if not threads:
        return ()
    return ("-filter_threads", str(threads), "-filter_complex_threads", str(threads))


def _heard(sound: Stream, timeline: Timeline, links: Mapping[str, str]) -> RenderPlan:
    metered = sound.filter("ebur128", **(_LOUDNESS_METER | {"peak": "sample"}))  # true peaks cost half of it
    argv = (*QUIET, "-loglevel", "info", *arguments([metered], "-", format="null"))
    return RenderPlan(argv, timeline.frames, links=links)


def _voice_link(timeline: Timeline, sources: Mapping[str, str]) -> dict[str, str]:
    return {} if timeline.voice is None else {audio.VOICE_NAME: sources[timeline.voice.source.sha256]}


def _original_links(timeline: Timeline, sources: Mapping[str, str]) -> dict[str, str]:
    return {
        audio.original_name(place): sources[clip.source.sha256]
        for place, clip in enumerate(timeline.clips)
        if audio.is_heard(clip)
    }


def _sound_links(timeline: Timeline, sources: Mapping[str, str]) -> dict[str, str]:
    links = _voice_link(timeline, sources)
    if timeline.original is not None:
        links |= _original_links(timeline, sources)
    if timeline.music is not None:
        links[audio.MUSIC_NAME] = sources[timeline.music.source.sha256]
    return links
