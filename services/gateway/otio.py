"""An edit as OpenTimelineIO, which editing programs open. Pure.

Tracks of one length: the picture, the inserts above it if there are any, the subtitles (a gap with a marker a cue), the
voice, the music. Phrases are markers of the whole. Media are named by where this API has them and by the name under
which it gives them out, never by a place on some disk. What only this system knows of a clip is below ``edit_factory``
in its metadata.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from opentimelineio import opentime, schema

from contracts.captions import one_at_a_time
from contracts.events import TimelineReadyV1
from contracts.media import MediaFacts
from contracts.timeline import Clip, MusicTrack, Timeline, VoiceTrack
from services.gateway.naming import file_name

OURS: Final = "edit_factory"
_NTSC = 0.01  # frames a second by which a probe's 29.97 may miss 30000/1001
_LOOPS_MAX = 1_000  # of music; what is shorter than that many rounds is told as one clip


def to_otio(planned: TimelineReadyV1, music: UUID | None, base_url: str) -> str:
    """The JSON of an ``.otio`` file. ``music``: the upload it is, if there is any; ``base_url``: of this API, without
    a slash at its end.
    """
    edit = planned.timeline
    made = schema.Timeline(
        name=planned.title or f"video-{planned.number}",
        global_start_time=_frames(0, edit.fps),
        metadata={OURS: {"job": str(planned.job), "video": str(planned.video), "run": planned.run}},
    )
    made.tracks.append(_picture(edit, base_url))
    if edit.inserts:
        made.tracks.append(_inserts(edit, base_url))
    made.tracks.append(_subtitles(edit))
    if edit.voice is not None:
        made.tracks.append(_voice(planned, edit.voice, base_url))
    if edit.music is not None and music is not None:
        made.tracks.append(_music(edit, edit.music, music, base_url))
    made.tracks.markers.extend(_phrases(planned))
    return str(made.to_json_string(indent=2))


def _picture(edit: Timeline, base_url: str) -> Any:
    return schema.Track(
        "Picture", [_clip(clip, edit.fps, base_url) for clip in edit.clips], kind=schema.TrackKind.Video
    )


def _inserts(edit: Timeline, base_url: str) -> Any:
    """With gaps where none is shown."""
    shown: list[Any] = []
    at = 0
    for insert in edit.inserts:
        shown += _nothing(insert.start - at, edit.fps)
        clip = _clip(insert.clip, edit.fps, base_url)
        clip.metadata[OURS].update({"mode": insert.mode} | (insert.inset.model_dump() if insert.mode == "pip" else {}))
        shown.append(clip)
        at = insert.end
    shown += _nothing(edit.frames - at, edit.fps)
    return schema.Track("Inserts", shown, kind=schema.TrackKind.Video)


def _clip(clip: Clip, fps: int, base_url: str) -> Any:
    """In and out points are told on the source's own clock, which runs from its first picture."""
    rate = _rate(clip.facts)
    return schema.Clip(
        name=file_name("asset", clip.asset, clip.source.media_type),
        media_reference=schema.ExternalReference(
            target_url=f"{base_url}/v1/assets/{clip.asset}/file",
            available_range=_seconds(0.0, clip.frames / fps if clip.facts.still else clip.facts.duration_s, rate),
        ),
        source_range=_seconds(clip.source_in_s, clip.frames / fps, rate),
        metadata={
            OURS: {
                "phrase": clip.phrase,
                "segment": clip.segment,
                "crop": [point.model_dump() for point in clip.crop],
                "transform": clip.transform.model_dump(exclude_defaults=True),
            }
        },
    )


def _subtitles(edit: Timeline) -> Any:
    gap = schema.Gap(source_range=_range(0, edit.frames, edit.fps))
    for cue, end_s in one_at_a_time(edit.cues):
        start, end = round(cue.start_s * edit.fps), round(end_s * edit.fps)
        words = [{"text": word.text, "start_s": word.start_s, "end_s": word.end_s} for word in cue.words]
        marker = _marker(cue.text, edit, start, end)
        marker.color = schema.MarkerColor.YELLOW
        marker.metadata[OURS] = {"words": words}
        gap.markers.append(marker)
    return schema.Track("Subtitles", [gap], kind=schema.TrackKind.Video)


def _voice(planned: TimelineReadyV1, voice: VoiceTrack, base_url: str) -> Any:
    edit = planned.timeline
    late = min(round(voice.start_s * edit.fps), edit.frames)
    frames = min(round(voice.duration_s * edit.fps), edit.frames - late)
    clip = schema.Clip(
        name=file_name("voice", planned.video, voice.source.media_type),
        media_reference=schema.ExternalReference(
            target_url=f"{base_url}/v1/videos/{planned.video}/voice.wav",
            available_range=_seconds(0.0, voice.duration_s, edit.fps),
        ),
        source_range=_range(0, frames, edit.fps),
    )
    before, after = (_nothing(length, edit.fps) for length in (late, edit.frames - late - frames))
    return schema.Track("Voice", [*before, clip, *after], kind=schema.TrackKind.Audio)


def _nothing(frames: int, fps: int) -> list[Any]:
    return [schema.Gap(source_range=_range(0, frames, fps))] if frames else []


def _music(edit: Timeline, music: MusicTrack, asset: UUID, base_url: str) -> Any:
    """Looped as often as it takes."""
    told = {OURS: {"gain_db": music.gain_db, "duck": music.duck}}
    rounds = [
        schema.Clip(
            name=file_name("asset", asset, music.source.media_type),
            media_reference=schema.ExternalReference(
                target_url=f"{base_url}/v1/assets/{asset}/file",
                available_range=_seconds(0.0, music.facts.duration_s, edit.fps),
            ),
            source_range=_range(0, frames, edit.fps),
            metadata=told,
        )
        for frames in _rounds(edit.frames, round(music.facts.duration_s * edit.fps))
    ]
    return schema.Track("Music", rounds, kind=schema.TrackKind.Audio)


def _rounds(frames: int, each: int) -> Iterator[int]:
    if each * _LOOPS_MAX < frames:
        each = frames
    while frames > 0:
        yield min(each, frames)
        frames -= each


def _phrases(planned: TimelineReadyV1) -> Iterator[Any]:
    """When each phrase is spoken; where there are no words on the screen, when its pictures are shown."""
    edit = planned.timeline
    for match in planned.match_report.matches:
        words = [word for cue in edit.cues for word in cue.words if word.phrase == match.phrase]
        clips = [clip for clip in edit.clips if clip.phrase == match.phrase]
        if words:
            start, end = round(words[0].start_s * edit.fps), round(words[-1].end_s * edit.fps)
        elif clips:
            start, end = clips[0].start, clips[-1].end
        else:
            continue
        marker = _marker(match.text, edit, start, end)
        marker.metadata[OURS] = {"phrase": match.phrase, "reason": match.reason, "score": match.chosen.score}
        yield marker


def _marker(name: str, edit: Timeline, start: int, end: int) -> Any:
    """Over frames of the edit, at least one of them."""
    start = min(start, edit.frames - 1)
    length = max(min(end, edit.frames) - start, 1)
    return schema.Marker(name=name, marked_range=_range(start, length, edit.fps), color=schema.MarkerColor.GREEN)


def _rate(facts: MediaFacts) -> float:
    """Frames a second of a source, exactly if it is one of the usual rates."""
    if facts.fps <= 0:
        return 30.0
    usual = float(opentime.RationalTime.nearest_smpte_timecode_rate(facts.fps))
    return usual if abs(usual - facts.fps) < _NTSC else facts.fps


def _frames(number: float, rate: float) -> Any:
    return opentime.RationalTime(number, rate)


def _range(start: float, length: float, rate: float) -> Any:
    return opentime.TimeRange(_frames(start, rate), _frames(length, rate))


def _seconds(start_s: float, length_s: float, rate: float) -> Any:
    return _range(start_s * rate, length_s * rate, rate)
