"""The sound: the voice at a known level, music ducked under it, mastered to what the platforms ask for.

Loudness is measured first and set by a plain gain into a peak limiter. That is what loudnorm's linear mode does, and
it reaches the target where loudnorm cannot: synthetic voices have peaks 20 dB over their loudness, for which loudnorm
silently turns dynamic and was seen to miss by 1 to 2 LU on short videos.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contracts.faults import BadMedia
from contracts.media import MediaFacts
from contracts.timeline import Clip, MusicTrack, Timeline, VoiceTrack
from services.render.plan.compiler import Stream, generated, heard_after, mixed, source

RATE_HZ = 48_000
TARGET_LUFS = -14.0
TOLERANCE_LU = 0.5
PEAK_AT_MOST_DBTP = -1.0  # in the finished file
CEILING_DBFS = -2.5  # of the limiter's samples: true peaks between them and the AAC encoder add up to 1 dB
VOICE_LUFS = -20.0  # the voice's level before mastering, against which music gain and ducking are set; also the clips'

CLIP_DEMUXERS = frozenset({"mov", "matroska", "avi", "mpegts"})
MUSIC_DEMUXERS = frozenset({"mp3", "wav", "flac", "ogg", "aac", "mov", "matroska"})
VOICE_NAME = "voice"
MUSIC_NAME = "music"

SILENT_LUFS = -60.0  # quieter is silence; no gain makes it loud
_GAIN_AT_MOST_DB = 40.0
_FADE_IN_S = 0.5
_FADE_OUT_S = 1.5
# Speech at VOICE_LUFS passes the threshold on every syllable and presses the music down by some 10 dB; the release
# bridges the gaps between words.
_DUCK: dict[str, float] = {"threshold": 0.03, "ratio": 6, "attack": 15, "release": 400, "knee": 4}
# The same by some 30 dB: what is left of it nobody hears under a voice, and it comes back without a click.
_MUTE: dict[str, float] = {"threshold": 0.003, "ratio": 20, "attack": 5, "release": 500, "knee": 2}
_SILENT = f"anullsrc=r={RATE_HZ}:cl=stereo"
_SEAM_S = 0.01  # of fade on both sides of a cut, so that it does not click
_READ_MORE_S = 0.2


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found by listening first. ``voice_gain_db`` and ``original_gain_db`` before the mix, ``gain_db`` into
    the limiter after it.
    """

    voice_gain_db: float
    gain_db: float
    original_gain_db: float = 0.0


UNMEASURED = Measured(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Loudness:
    """EBU R 128 integrated loudness (LUFS) and true peak (dBTP). Silence is -70 LUFS."""

    integrated_lufs: float
    true_peak_dbtp: float

    @property
    def silent(self) -> bool:
        return self.integrated_lufs < SILENT_LUFS

    @property
    def on_target(self) -> bool:
        near = abs(self.integrated_lufs - TARGET_LUFS) <= TOLERANCE_LU
        return near and self.true_peak_dbtp <= PEAK_AT_MOST_DBTP


def sound(timeline: Timeline, loudness: Measured) -> Stream:
    """The mastered mix, 48 kHz stereo, exactly as long as the whole picture."""
    samples = timeline.frames * RATE_HZ // timeline.fps
    return _mastered(_mix(timeline, loudness, samples), loudness.gain_db, samples)


def _mix(timeline: Timeline, loudness: Measured, samples: int) -> Stream:
    """Music under all that is in front of it."""
    front = _front(timeline, loudness, samples)
    if timeline.music is None:
        return front if front is not None else _exactly(generated(_SILENT), samples)
    music = _music(timeline.music, samples)
    return music if front is None else _under(front, music, _DUCK if timeline.music.duck else None)


def _front(timeline: Timeline, loudness: Measured, samples: int) -> Stream | None:
    """The voice, with the clips' own sound under it; or either of them."""
    voice = spoken(timeline.voice, loudness.voice_gain_db, samples) if timeline.voice is not None else None
    if timeline.original is None:
        return voice
    own = original(timeline, loudness.original_gain_db + timeline.original.gain_db)
    return own if voice is None else _under(voice, own, _DUCK if timeline.original.under_voice == "duck" else _MUTE)


def _under(lead: Stream, below: Stream, press: dict[str, float] | None) -> Stream:
    """Both together; what is below is pressed down where the lead is heard."""
    if press is not None:
        split = lead.filter_multi_output("asplit")
        lead, key = split.stream(0), split.stream(1)
        below = mixed([below, key], "sidechaincompress", **press)
    return mixed([lead, below], "amix", inputs=2, normalize=0, duration="first")


def original(timeline: Timeline, gain_db: float) -> Stream:
    """The clips' own sound, each under its pictures; silence where a clip is not heard."""
    pieces = [
        _own(clip, original_name(place), clip.frames * RATE_HZ // timeline.fps, timeline.fps)
        for place, clip in enumerate(timeline.clips)
    ]
    return heard_after(pieces).filter("volume", _db(gain_db))


def original_name(place: int) -> str:
    """What the link to the source of a clip's sound is called."""
    return f"sound{place}"


def is_heard(clip: Clip) -> bool:
    return clip.heard and clip.facts.audio_codec is not None


def _own(clip: Clip, name: str, samples: int, fps: int) -> Stream:
    if not is_heard(clip):
        return _exactly(generated(_SILENT), samples)
    at_s, length_s = clip.facts.start_s + clip.source_in_s, clip.frames / fps
    options: dict[str, object] = {"format": _demuxer(clip.facts, CLIP_DEMUXERS), "vn": None, "sn": None, "dn": None}
    if clip.source_in_s > 0:
        options |= {"seek_timestamp": 1, "ss": f"{at_s:.6f}"}
    # More than is shown is read: a sound may begin a little after its picture.
    opened = source(name, t=f"{length_s + _READ_MORE_S:.6f}", **options)
    fade_s = f"{min(_SEAM_S, length_s / 2):.6f}"
    return (
        _exactly(
            opened.audio.filter("aresample", RATE_HZ)
            .filter("aformat", sample_fmts="fltp", channel_layouts="stereo")
            .filter("asetpts", "N/SR/TB"),
            samples,
        )
        .filter("afade", t="in", d=fade_s)
        .filter("afade", t="out", st=f"{length_s - float(fade_s):.6f}", d=fade_s)
    )


def spoken(track: VoiceTrack, gain_db: float, samples: int) -> Stream:
    """The voice on both sides, silence before its start and after its end."""
    voice = (
        source(VOICE_NAME, format="wav", vn=None)
        .audio.filter("aresample", RATE_HZ)
        .filter("pan", args="stereo|c0=c0|c1=c0")
        .filter("volume", _db(gain_db))
    )
    return _exactly(_late(voice, track.start_s), samples)


def music_demuxer(track: MusicTrack) -> str:
    return _demuxer(track.facts, MUSIC_DEMUXERS)


def _demuxer(facts: MediaFacts, taken: frozenset[str]) -> str:
    if facts.demuxer not in taken:
        raise BadMedia(f"sound in a {facts.demuxer} container is not taken", code="media_unreadable")
    return facts.demuxer


def next_gain(tried: list[tuple[float, float]]) -> float:
    """A better gain into the limiter, from (gain in dB, loudness in LUFS) pairs tried so far; straight through two."""
    gain, heard = tried[-1]
    slope = 1.0
    if len(tried) > 1:
        gain_before, heard_before = tried[-2]
        if abs(gain - gain_before) > 0.01:
            slope = min(max((heard - heard_before) / (gain - gain_before), 0.25), 1.0)
    return min(gain + (TARGET_LUFS - heard) / slope, _GAIN_AT_MOST_DB)


def levelled(heard: Loudness, target_lufs: float) -> float:
    """The plain gain that brings a sound to a level; none for silence."""
    return 0.0 if heard.silent else min(target_lufs - heard.integrated_lufs, _GAIN_AT_MOST_DB)


_INTEGRATED = re.compile(r"^\s*I:\s+(-?[\d.]+|-?inf|nan) LUFS", re.MULTILINE)
_PEAK = re.compile(r"^\s*Peak:\s+(-?[\d.]+|-?inf|nan) dBFS", re.MULTILINE)
_SILENCE = Loudness(-70.0, -120.0)


def read_summary(log: str) -> Loudness:
    """The last summary the ebur128 filter wrote.

    Raises:
        ValueError: there is none.
    """
    integrated, peaks = _INTEGRATED.findall(log), _PEAK.findall(log)
    if not integrated or not peaks:
        raise ValueError("no loudness summary in the log")
    return Loudness(
        max(_number(integrated[-1], _SILENCE.integrated_lufs), _SILENCE.integrated_lufs),
        max(_number(peaks[-1], _SILENCE.true_peak_dbtp), _SILENCE.true_peak_dbtp),
    )


def _number(text: str, silence: float) -> float:
    return silence if text.endswith(("inf", "nan")) else float(text)


def _late(sound: Stream, start_s: float) -> Stream:
    return sound.filter("adelay", delays=f"{round(start_s * RATE_HZ)}S", all=1) if start_s else sound


def _music(track: MusicTrack, samples: int) -> Stream:
    opened = source(MUSIC_NAME, format=music_demuxer(track), stream_loop=-1, vn=None)
    length_s = samples / RATE_HZ
    fade_out_s = min(_FADE_OUT_S, length_s / 2)
    return _exactly(
        opened.audio.filter("aresample", RATE_HZ)
        .filter("aformat", channel_layouts="stereo")
        .filter("asetpts", "N/SR/TB")
        .filter("volume", _db(track.gain_db))
        .filter("afade", t="in", d=min(_FADE_IN_S, length_s / 2))
        .filter("afade", t="out", st=f"{length_s - fade_out_s:.6f}", d=f"{fade_out_s:.6f}"),
        samples,
    )


def _mastered(mix: Stream, gain_db: float, samples: int) -> Stream:
    limited = mix.filter("volume", _db(gain_db)).filter(
        "alimiter", limit=f"{10 ** (CEILING_DBFS / 20):.6f}", attack=2, release=40, level=0, latency=1
    )
    return _exactly(limited.filter("aformat", sample_fmts="fltp", channel_layouts="stereo"), samples)


def _exactly(stream: Stream, samples: int) -> Stream:
    return stream.filter("apad", whole_len=samples).filter("atrim", end_sample=samples)


def _db(gain: float) -> str:
    return f"{gain:.3f}dB"
