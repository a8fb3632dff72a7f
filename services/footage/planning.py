"""Narration, voice and clips become a timeline, with the reason for each picture. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.brief import ScriptBrief, SubtitleStyle
from contracts.faults import LogicalFault
from contracts.media import Asset
from contracts.outputs import FPS
from contracts.speech import Narration, Speech, Word
from contracts.timeline import Candidate, Clip, Cue, Match, MatchReport, MusicTrack, Timeline, VoiceTrack
from services.footage.cues import cues
from services.footage.reel import SHORTEST_PART_S, Reel, Source, reel
from services.footage.shots import SHORTEST_S, Shot, frame_count, shots

RUNNERS_UP = 3

# What a score is made of. Length weighs most because a clip that is too short cannot be shown at all; a clip not shown
# yet beats any that was; the order decides among equals.
WEIGHTS = {"length_fit": 0.6, "freshness": 0.25, "order": 0.15}
_TOO_SHORT = 0.5  # most that a clip too short for the shot can reach in length_fit
_SHOWN_BEFORE = 0.5


def make_timeline(  # noqa: PLR0917  (what a station knows, in the order it knows it)
    narration: Narration,
    speech: Speech,
    clips: Sequence[Asset],
    music: Asset | None,
    brief: ScriptBrief,
    number: int,
) -> tuple[Timeline, MatchReport]:
    """The edit of variant ``number`` (1..n), and why it came out so.

    Raises:
        LogicalFault: the clips are too short for it (``footage_too_short``).
    """
    planned, report = plan(narration, speech.words, speech.duration_s, clips, number, FPS)
    frames = frame_count(speech.duration_s, FPS)
    timeline = Timeline(
        fps=FPS,
        frames=frames,
        clips=planned,
        cues=subtitled(speech.words, brief.subtitles, frames / FPS),
        subtitles=brief.subtitles,
        voice=VoiceTrack(source=speech.voice, duration_s=speech.duration_s),
        music=_music(music, brief),
    )
    return timeline, report


def plan(  # noqa: PLR0917  (as above)
    narration: Narration,
    words: Sequence[Word],
    duration_s: float,
    clips: Sequence[Asset],
    number: int,
    fps: int = FPS,
) -> tuple[tuple[Clip, ...], MatchReport]:
    """Clips end to end over ``ceil(duration_s * fps)`` frames, each phrase's picture cut in before its first word.

    Raises:
        LogicalFault: the clips are too short for it (``footage_too_short``).
    """
    wanted = shots(narration, words, duration_s, fps)
    if not wanted:
        raise LogicalFault("there is no phrase to show pictures for", code="script_empty")
    pool = _long_enough(reel(clips, number, fps), wanted, fps)
    planned: list[Clip] = []
    matches: list[Match] = []
    for shot in wanted:
        pieces = list(_cover(shot, pool, fps))
        planned.extend(piece.clip for piece in pieces)
        matches.extend(_matches(shot, pieces, narration, fps))
    return tuple(planned), MatchReport(matches=tuple(matches))


@dataclass(frozen=True, slots=True)
class _Piece:
    """One clip on the timeline and what it was weighed against."""

    clip: Clip
    chosen: Candidate
    runners_up: tuple[Candidate, ...]
    reason: str


def _long_enough(all_clips: Reel, wanted: Sequence[Shot], fps: int) -> Reel:
    """Without the clips too short to be shown: they would stutter, or need a freeze."""
    shortest = min(shot.frames for shot in wanted)
    sources = [
        source
        for source in all_clips.sources
        if source.frames >= shortest or (source.frames and source.span.length_s >= SHORTEST_PART_S - 1 / (10 * fps))
    ]
    if not sources:
        raise LogicalFault(
            f"every clip is shorter than {SHORTEST_PART_S:g} s: too short to be shown", code="footage_too_short"
        )
    return Reel(sources=sources, number=all_clips.number)


def _cover(shot: Shot, pool: Reel, fps: int) -> Iterator[_Piece]:
    """One clip if any does, else several in a row, cut where words begin."""
    at = shot.start
    while at < shot.end:
        source, end = _next(shot, at, pool, fps)
        yield _shown(shot, (at, end), source, pool, fps)
        at = end


def _next(shot: Shot, at: int, pool: Reel, fps: int) -> tuple[Source, int]:
    """Which clip is shown from frame ``at`` on, and until when."""
    left = shot.end - at
    queue = pool.queue()
    fitting = [source for source in queue if source.frames >= left]
    fresh = [source for source in queue if not source.uses and source.frames >= round(SHORTEST_S * fps)]
    if fitting and (not fitting[0].uses or not fresh):
        return fitting[0], shot.end
    worth_a_look = [source for source in queue if source.frames >= round(SHORTEST_S * fps)]
    most = (fresh or worth_a_look or queue)[0].frames
    end = _cut_inside(shot, at, most, fps)
    return next(source for source in queue if source.frames >= end - at), end


def _cut_inside(shot: Shot, at: int, most: int, fps: int) -> int:
    """Where a shot that is longer than its clip changes to the next one: where a word begins, if neither part is
    then a flash; else where it must."""
    left = shot.end - at
    enough, rest = min(round(SHORTEST_S * fps), most), round(SHORTEST_S * fps)
    latest = min(at + most, shot.end - rest)
    inside = [bound for bound in shot.bounds if at + enough <= bound <= latest]
    if inside:
        return inside[-1]
    return latest if latest >= at + enough else at + min(most, (left + 1) // 2)


def _shown(shot: Shot, span: tuple[int, int], source: Source, pool: Reel, fps: int) -> _Piece:
    frames = span[1] - span[0]
    ranked = _ranked(pool, frames, fps)
    chosen = next(candidate for owner, candidate in ranked if owner is source)
    others = tuple(candidate for owner, candidate in ranked if owner is not source)[:RUNNERS_UP]
    reason = _reason(source, pool, frames, fps, whole=span == (shot.start, shot.end))
    in_point = pool.show(source, frames)
    clip = Clip(
        asset=source.asset.id,
        source=source.asset.blob,
        facts=source.asset.facts,
        source_in_s=source.seconds(in_point, fps),
        start=span[0],
        frames=frames,
        phrase=shot.phrases[0],
    )
    return _Piece(clip=clip, chosen=chosen, runners_up=others, reason=reason)


def _ranked(pool: Reel, frames: int, fps: int) -> list[tuple[Source, Candidate]]:
    """Every clip weighed for a shot of so many frames, best first."""
    queue = pool.queue()
    weighed = [(source, _weigh(source, place, pool, frames, fps)) for place, source in enumerate(queue)]
    return sorted(weighed, key=lambda pair: -pair[1].score)


def _weigh(source: Source, place: int, pool: Reel, frames: int, fps: int) -> Candidate:
    fits = source.frames >= frames
    parts = {
        "length_fit": 1.0 if fits else _TOO_SHORT * source.frames / frames,
        "freshness": _SHOWN_BEFORE if source.uses else 1.0,
        "order": 1.0 - place / len(pool.sources),
    }
    in_point = pool.in_point(source, min(frames, source.frames))
    return Candidate(
        asset=source.asset.id,
        name=source.asset.name,
        source_in_s=source.seconds(in_point, fps),
        score=round(sum(WEIGHTS[name] * part for name, part in parts.items()), 4),
        parts={name: round(part, 4) for name, part in parts.items()},
    )


def _reason(source: Source, pool: Reel, frames: int, fps: int, *, whole: bool) -> str:
    """Why this clip, before it is taken."""
    long_enough = f"long enough for {frames / fps:.1f} s"
    if not whole:
        long_enough = f"shown for {frames / fps:.1f} s of a phrase that no clip left covers alone"
    if not source.uses:
        skipped = [other for other in pool.queue() if not other.uses and other.turn < source.turn]
        if skipped:
            return f"unused clip, taken before its turn because {skipped[0].asset.name} is too short; {long_enough}"
        return f"next unused clip in your order; {long_enough}"
    part = "a part not shown yet" if source.unseen(frames) is not None else "from another point"
    times = "once" if source.uses == 1 else f"{source.uses} times"
    if any(not other.uses for other in pool.sources):
        return f"the clips not shown yet are too short; this one was shown {times} before, now {part}; {long_enough}"
    return f"every clip was shown already; this one {times} and longest ago, now {part}; {long_enough}"


def _matches(shot: Shot, pieces: Sequence[_Piece], narration: Narration, fps: int) -> Iterator[Match]:
    texts = {phrase.index: phrase.text for phrase in narration.phrases}
    first = pieces[0]
    names = ", ".join(piece.chosen.name for piece in pieces[1:])
    reason = f"{first.reason}; then {names}" if names else first.reason
    for index in shot.phrases:
        shared = f"shares the picture of phrase {shot.phrases[0] + 1}: on its own it would only flash up"
        yield Match(
            phrase=index,
            text=texts[index],
            chosen=first.chosen,
            runners_up=first.runners_up,
            reason=reason if index == shot.phrases[0] else shared,
        )


def _music(music: Asset | None, brief: ScriptBrief) -> MusicTrack | None:
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
