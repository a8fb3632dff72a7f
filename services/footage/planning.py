"""Narration, voice and clips become a timeline, with the reason for each picture. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contracts.brief import Brief, FootageBrief, SubtitleStyle
from contracts.choosing import Pin
from contracts.faults import LogicalFault
from contracts.media import Asset
from contracts.outputs import FPS
from contracts.speech import Narration, Speech, Word
from contracts.timeline import Clip, Cue, MatchReport, MusicTrack, OriginalSound, Timeline, VoiceTrack
from services.footage.assigning import Laid, Material, Pinned, variant
from services.footage.cues import cues
from services.footage.likeness import Likeness, by_spelling
from services.footage.moments import Asked, best_moments
from services.footage.reporting import Reporter
from services.footage.scoring import score
from services.footage.shots import Shot, frame_count, shots
from services.footage.takes import GUARD_S, SHORTEST_PART_S, Footage, Framing, Take, groups, in_the_middle, takes


def make_timeline(  # noqa: PLR0917  (what a station knows, in the order it knows it)
    narration: Narration,
    speech: Speech,
    footage: Footage,
    music: Asset | None,
    brief: Brief,
    number: int,
    *,
    likeness: Likeness | None = None,
    framing: Framing = in_the_middle,
) -> tuple[Timeline, MatchReport]:
    """The edit of variant ``number`` (1..n), and why it came out so.

    Raises:
        LogicalFault: the clips are too short for it (``footage_too_short``).
    """
    planned, report = plan(
        narration, speech.words, speech.duration_s, footage, number, FPS, likeness=likeness, framing=framing
    )
    frames = frame_count(speech.duration_s, FPS)
    original = original_sound(brief, planned)
    timeline = Timeline(
        fps=FPS,
        frames=frames,
        clips=_heard(planned, original),
        cues=subtitled(speech.words, brief.subtitles, frames / FPS),
        subtitles=brief.subtitles,
        voice=_voice(speech),
        music=music_track(music, brief),
        original=original,
    )
    return timeline, report


def make_moments(
    footage: Footage,
    music: Asset | None,
    brief: FootageBrief,
    number: int,
    *,
    likeness: Likeness | None = None,
    framing: Framing = in_the_middle,
) -> tuple[Timeline, MatchReport]:
    """The edit of variant ``number`` (1..n) of a video that nobody speaks in, and why it came out so.

    ``likeness`` of the brief's context to ``texts(footage)``.

    Raises:
        LogicalFault: the footage is too short for it (``footage_too_short``).
    """
    asked = Asked(brief.length_s, brief.context, brief.language)
    clips, report = best_moments(footage, asked, number, likeness=likeness, framing=framing)
    original = original_sound(brief, clips)
    timeline = Timeline(
        fps=FPS,
        frames=clips[-1].end,
        clips=_heard(clips, original),
        cues=(),
        subtitles=brief.subtitles,
        music=music_track(music, brief),
        original=original,
    )
    return timeline, report


def plan(  # noqa: PLR0917  (as above)
    narration: Narration,
    words: Sequence[Word],
    duration_s: float,
    footage: Footage,
    number: int,
    fps: int = FPS,
    *,
    likeness: Likeness | None = None,
    pins: Mapping[int, Pin] | None = None,
    framing: Framing = in_the_middle,
) -> tuple[tuple[Clip, ...], MatchReport]:
    """Clips end to end over ``ceil(duration_s * fps)`` frames, each phrase's picture cut in before its first word.

    ``likeness`` of the phrases to ``texts(footage)``; without one it is told by the spelling. ``pins``: by phrase what
    was chosen for it already.

    Raises:
        LogicalFault: the clips are too short for it (``footage_too_short``), there is no phrase (``script_empty``), or
            a pin names what can't be shown (``choice_unknown``).
    """
    wanted = shots(narration, words, duration_s, fps)
    if not wanted:
        raise LogicalFault("there is no phrase to show pictures for", code="script_empty")
    pool = _long_enough(takes(footage, fps), wanted, fps)
    if likeness is None:
        likeness = by_spelling((phrase.text for phrase in narration.phrases), texts(footage))
    material = Material(
        wanted=wanted,
        pool=pool,
        groups=groups(pool),
        scores=score(narration, wanted, pool, likeness),
        clips=len(footage.clips),
        fps=fps,
        pins=_pinned(pins or {}, wanted, pool),
    )
    layout = variant(material, number)
    clips = tuple(_clip(laid, material, framing) for laid in layout.pieces)
    return clips, Reporter(material, layout, framing).report(narration)


def texts(footage: Footage) -> tuple[str, ...]:
    """All that is said of clips and parts of them, each text once: what phrases are compared with."""
    return tuple(dict.fromkeys(take.said.text for take in takes(footage, FPS) if take.said))


def _long_enough(all_takes: Sequence[Take], wanted: Sequence[Shot], fps: int) -> list[Take]:
    """Without the takes too short to be shown: they would stutter, or need a freeze."""
    shortest = min(shot.frames for shot in wanted)
    pool = [
        take
        for take in all_takes
        if take.frames >= shortest or take.end_s - take.start_s >= SHORTEST_PART_S - 1 / (10 * fps) - GUARD_S
    ]
    if not pool:
        raise LogicalFault(
            f"every clip is shorter than {SHORTEST_PART_S:g} s: too short to be shown", code="footage_too_short"
        )
    return pool


def _pinned(pins: Mapping[int, Pin], wanted: Sequence[Shot], pool: Sequence[Take]) -> dict[int, Pinned]:
    """By shot. Of phrases that share one the first counts."""
    found: dict[int, Pinned] = {}
    for index, shot in enumerate(wanted):
        pin = next((pins[phrase] for phrase in shot.phrases if phrase in pins), None)
        if pin is not None:
            found[index] = _take_of(pin, pool)
    return found


def _take_of(pin: Pin, pool: Sequence[Take]) -> Pinned:
    for index, take in enumerate(pool):
        at = take.start_s if pin.source_in_s is None else pin.source_in_s
        named = pin.segment is None or pin.source_in_s is not None or pin.segment == take.segment
        if take.asset.id == pin.asset and named and take.start_s - 1e-6 <= at < take.end_s:
            return Pinned(index, at)
    raise LogicalFault("what was chosen for a phrase is no part of a clip that can be shown", code="choice_unknown")


def _clip(laid: Laid, material: Material, framing: Framing) -> Clip:
    take, piece = material.pool[laid.take], laid.piece
    return Clip(
        asset=take.asset.id,
        source=take.asset.blob,
        facts=take.asset.facts,
        source_in_s=laid.start_s,
        start=piece.start,
        frames=piece.frames,
        phrase=material.wanted[piece.shot].phrases[0],
        segment=take.segment,
        crop=framing(take.focus, take.asset.facts, laid.start_s, piece.frames, material.fps),
        transform=take.transform,
    )


def _voice(speech: Speech) -> VoiceTrack | None:
    return None if speech.voice is None else VoiceTrack(source=speech.voice, duration_s=speech.duration_s)


def original_sound(brief: Brief, clips: Sequence[Clip]) -> OriginalSound | None:
    """The clips' own sound, if it is wanted and there is any."""
    if not isinstance(brief, FootageBrief) or not brief.sound.original:
        return None
    if all(clip.facts.audio_codec is None for clip in clips):
        return None
    return OriginalSound(gain_db=brief.sound.gain_db, under_voice=brief.sound.under_voice)


def _heard(clips: Sequence[Clip], original: OriginalSound | None) -> tuple[Clip, ...]:
    return tuple(clips) if original is None else tuple(clip.model_copy(update={"heard": True}) for clip in clips)


def music_track(music: Asset | None, brief: Brief) -> MusicTrack | None:
    """The music of a brief, if it has any."""
    if music is None or brief.music is None:
        return None
    return MusicTrack(source=music.blob, facts=music.facts, gain_db=brief.music.gain_db, duck=brief.music.duck)


def subtitled(words: Sequence[Word], style: SubtitleStyle, end_s: float) -> tuple[Cue, ...]:
    """The cues over a video that ends at ``end_s``; none where none are wanted."""
    return _until(end_s, cues(words)) if style.preset != "none" else ()


def _until(end_s: float, all_cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """No cue outlasts the video."""
    return tuple(
        cue if cue.end_s <= end_s else cue.model_copy(update={"end_s": max(cue.start_s, end_s)}) for cue in all_cues
    )
