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
from contracts.timeline import MusicTrack, OwnSound, Timeline, VoiceTrack
from services.render.plan.compiler import Stream, mixed, source

RATE_HZ = 48_000
TARGET_LUFS = -14.0
TOLERANCE_LU = 0.5
PEAK_AT_MOST_DBTP = -1.0  # in the finished file
CEILING_DBFS = -2.5  # of the limiter's samples: true peaks between them and the AAC encoder add up to 1 dB
VOICE_LUFS = -20.0  # the voice's level before mastering, against which music gain and ducking are set

CLIP_DEMUXERS = frozenset({"mov", "matroska", "avi", "mpegts"})
MUSIC_DEMUXERS = frozenset({"mp3", "wav", "flac", "ogg", "aac", "mov", "matroska"})
VOICE_NAME = "voice"
MUSIC_NAME = "music"

SILENT_LUFS = -60.0  # quieter is silence; no gain makes it loud
_GAIN_AT_MOST_DB = 40.0
_SOFT_S = 0.1
_FADE_IN_S = 0.5
_FADE_OUT_S = 1.5
# Speech at VOICE_LUFS passes the threshold on every syllable and presses the music down by some 10 dB; the release
# bridges the gaps between words.
_DUCK = {"threshold": 0.03, "ratio": 6, "attack": 15, "release": 400, "knee": 4}


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found by listening first. ``voice_gain_db`` before the mix, ``gain_db`` into the limiter after it;
    ``own_gains_db`` before the mix, one for each of the timeline's ``sounds``.
    """

    voice_gain_db: float
    gain_db: float
    own_gains_db: tuple[float, ...] = ()


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
    voice = spoken(timeline.voice, loudness.voice_gain_db, samples)
    if timeline.sounds:
        voice = _with_own(voice, timeline, loudness.own_gains_db, samples)
    if timeline.music is not None:
        voice = _with_music(voice, timeline.music, samples)
    return _mastered(voice, loudness.gain_db, samples)


def spoken(track: VoiceTrack, gain_db: float, samples: int) -> Stream:
    """The voice on both sides, silence before its start and after its end."""
    voice = (
        source(VOICE_NAME, format="wav", vn=None)
        .audio.filter("aresample", RATE_HZ)
        .filter("pan", args="stereo|c0=c0|c1=c0")
        .filter("volume", _db(gain_db))
    )
    return _exactly(_late(voice, track.start_s), samples)


def own(place: int, heard: OwnSound, gain_db: float) -> Stream:
    """What is heard of a clip itself, on both sides, a little softened where it begins and ends."""
    fade_s = min(_SOFT_S, heard.duration_s / 4)
    opened = source(own_name(place), format=_demuxer(heard.facts, CLIP_DEMUXERS), vn=None)
    return (
        opened.audio.filter("aresample", RATE_HZ)
        .filter("aformat", channel_layouts="stereo")
        .filter("asetpts", "PTS-STARTPTS")
        .filter("atrim", start=f"{heard.source_in_s:.6f}", duration=f"{heard.duration_s:.6f}")
        .filter("asetpts", "N/SR/TB")
        .filter("afade", t="in", d=f"{fade_s:.6f}")
        .filter("afade", t="out", st=f"{heard.duration_s - fade_s:.6f}", d=f"{fade_s:.6f}")
        .filter("volume", _db(gain_db))
    )


def own_name(place: int) -> str:
    """Of the link to the source of the timeline's sound number ``place``, from 0."""
    return f"own{place}"


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


def _with_own(voice: Stream, timeline: Timeline, gains_db: tuple[float, ...], samples: int) -> Stream:
    """Also what clips sound like; music steps back for that, too."""
    sounds = [
        _exactly(_late(own(place, heard, gain_db), heard.start_s), samples)
        for place, (heard, gain_db) in enumerate(zip(timeline.sounds, gains_db, strict=True))
    ]
    return mixed([voice, *sounds], "amix", inputs=1 + len(sounds), normalize=0, duration="first")


def _late(sound: Stream, start_s: float) -> Stream:
    return sound.filter("adelay", delays=f"{round(start_s * RATE_HZ)}S", all=1) if start_s else sound


def _with_music(voice: Stream, track: MusicTrack, samples: int) -> Stream:
    music = _music(track, samples)
    if track.duck:
        split = voice.filter_multi_output("asplit")
        voice, key = split.stream(0), split.stream(1)
        music = mixed([music, key], "sidechaincompress", **_DUCK)
    return mixed([voice, music], "amix", inputs=2, normalize=0, duration="first")


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
