"""The best moments of footage: as long as asked, the best first chosen, in the order in which they happened."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.faults import LogicalFault
from contracts.footage import Analysis, Described, Mark, Notes, Scores, Segment, Stretch, Transform
from contracts.media import Asset
from contracts.timeline import Clip, MatchReport
from services.footage.moments import MOMENT_S, SHORTEST_S, Asked, best_moments
from services.footage.takes import Footage
from tests import builders

FPS = 30
EVEN = Scores(motion=0.5, variance=0.5, sharpness=0.5, contrast=0.5, brightness=0.5)


def segment(number: int, start_s: float, end_s: float, score: float = 0.5, **more) -> Segment:
    return Segment(number=number, start_s=start_s, end_s=end_s, score=score, scores=EVEN, phash=told(number), **more)


@dataclass(frozen=True)
class Looked:
    asset: Asset
    found: Analysis | None
    notes: Notes


def looked(name: str, *segments: Segment, speech: tuple[Stretch, ...] = (), notes: Notes | None = None) -> Looked:
    seconds = segments[-1].end_s + 2  # nothing of a segment is too near to an end
    moved = tuple(one.model_copy(update={"start_s": one.start_s + 1, "end_s": one.end_s + 1}) for one in segments)
    said = tuple(Stretch(start_s=one.start_s + 1, end_s=one.end_s + 1) for one in speech)
    found = Analysis(duration_s=seconds, segments=moved, speech=said)
    return Looked(builders.asset(name, seconds=seconds), found, notes or Notes())


def best(clips: list[Looked], length_s: float, number: int, context: str = "") -> tuple[tuple[Clip, ...], MatchReport]:
    footage = Footage(
        [one.asset for one in clips],
        {one.asset.id: one.found for one in clips if one.found},
        [Described(asset=one.asset.id, notes=one.notes) for one in clips],
    )
    return best_moments(footage, Asked(length_s, context), number)


def spread(name: str, scores: list[float], each_s: float = 5.0) -> Looked:
    """Segments that all look different, also from those of the other clip."""
    first = "ab".index(name) * 8
    made = [segment(n, n * each_s, (n + 1) * each_s, score) for n, score in enumerate(scores)]
    return looked(name, *(one.model_copy(update={"phash": told(first + n)}) for n, one in enumerate(made)))


def told(number: int) -> str:
    """Perceptual hashes 13 bits and more from each other."""
    return f"{number * 0x1111111111111:016x}"


def frames(clips: tuple[Clip, ...]) -> int:
    return sum(clip.frames for clip in clips)


def shown(clips: tuple[Clip, ...]) -> list[tuple[str, int | None]]:
    names = {builders.asset(name).id: name for name in "ab"}
    return [(names[clip.asset], clip.segment) for clip in clips]


def test_the_best_moments_are_taken_and_stand_in_order():
    clips, report = best([spread("a", [0.2, 0.9, 0.1]), spread("b", [0.8, 0.1, 0.3])], 8.0, 1)
    assert shown(clips) == [("a", 1), ("b", 0)]
    assert frames(clips) == 240
    assert [match.chosen.score for match in report.matches] == [0.9, 0.8]
    assert "best moments" in report.matches[0].reason


def test_what_is_dark_or_shown_by_another_comes_last():
    one = looked("a", segment(0, 0, 5, 0.9, unfit="dark"), segment(1, 5, 10, 0.3), segment(2, 10, 15, 0.2))
    clips, _ = best([one], 8.0, 1)
    assert shown(clips) == [("a", 1), ("a", 2)]
    _, report = best([one], 12.0, 1)
    assert any("dark, but there was nothing better left" in match.reason for match in report.matches)


def test_a_favourite_comes_before_a_better_one_and_what_is_hidden_never():
    notes = Notes(marks=(Mark(start_s=6, end_s=11, favourite=True), Mark(start_s=1, end_s=6, hidden=True)))
    one = looked("a", segment(0, 0, 5, 0.9), segment(1, 5, 10, 0.4), segment(2, 10, 15, 0.6), notes=notes)
    clips, _ = best([one], 4.0, 1)
    assert shown(clips) == [("a", 1)]
    clips, _ = best([one], 30.0, 1)
    assert shown(clips) == [("a", 1), ("a", 2)]


def test_a_marks_transform_goes_with_its_moment():
    notes = Notes(marks=(Mark(start_s=1, end_s=6, transform=Transform(flip_x=True)),))
    clips, _ = best([looked("a", segment(0, 0, 5), segment(1, 5, 10), notes=notes)], 8.0, 1)
    assert [clip.transform.flip_x for clip in clips] == [True, False]


def test_what_fits_the_context_comes_first():
    notes = Notes(marks=(Mark(start_s=11, end_s=16, keywords=("waterfall",)),))
    one = looked("a", segment(0, 0, 5), segment(1, 5, 10), segment(2, 10, 15), notes=notes)
    assert shown(best([one], 4.0, 1)[0]) == [("a", 0)]
    clips, report = best([one], 4.0, 1, "Our walk to the waterfalls")
    assert shown(clips) == [("a", 2)]
    assert "what you said the video is about" in report.matches[0].reason


def test_variants_show_different_moments_while_there_are_some():
    footage = [spread("a", [0.5] * 6), spread("b", [0.5] * 6)]
    made = [set(shown(best(footage, 16.0, number)[0])) for number in (1, 2, 3)]
    assert not made[0] & made[1]
    assert not made[0] & made[2]
    assert not made[1] & made[2]


def test_without_more_to_show_the_video_is_shorter():
    clips, _ = best([spread("a", [0.5, 0.5])], 60.0, 1)
    assert 9 * FPS < frames(clips) <= 10 * FPS


def test_too_little_footage_is_refused():
    with pytest.raises(LogicalFault) as fault:
        best([looked("a", segment(0, 0, 2))], 10.0, 1)
    assert fault.value.code == "footage_too_short"


def test_a_cut_does_not_fall_into_a_word_if_a_pause_is_near():
    said = (Stretch(start_s=2.0, end_s=6.0),)
    (clip,), _ = best([looked("a", segment(0, 0, 8), speech=said)], MOMENT_S, 1)
    assert clip.source_in_s == 3.0


def test_footage_nobody_looked_through_is_shown_in_parts():
    clips, report = best([Looked(builders.asset("a", seconds=20.0), None, Notes())], 8.0, 1)
    assert frames(clips) == 240
    assert len(clips) >= 2
    assert all(match.chosen.segment is None for match in report.matches)


@settings(max_examples=150, deadline=None)
@given(
    lengths=st.lists(st.floats(0.5, 12.0), min_size=1, max_size=12),
    scores=st.lists(st.floats(0, 1), min_size=12, max_size=12),
    asked=st.floats(3, 60),
    number=st.integers(1, 4),
)
def test_every_frame_is_covered_once_and_nothing_is_shown_twice(lengths, scores, asked, number):
    at, segments = 0.0, []
    for place, (length, score) in enumerate(zip(lengths, scores, strict=False)):
        segments.append(segment(place, at, at + length, score))
        at += length
    if sum(min(one.length_s, MOMENT_S) for one in segments if one.length_s >= SHORTEST_S + 1) < 4:
        return  # too little is a test of its own
    clips, report = best([looked("a", *segments)], asked, number)
    total = round(asked * FPS)
    assert frames(clips) <= total
    usable = sum(int(one.length_s * FPS) for one in segments if one.length_s >= SHORTEST_S + 1)
    assert frames(clips) >= min(total, usable) - SHORTEST_S * FPS - len(segments)
    at = 0
    for clip in clips:
        assert clip.start == at
        at = clip.end
        home = segments[clip.segment or 0]
        assert home.start_s - 1e-6 <= clip.source_in_s - 1
        assert clip.source_in_s - 1 + clip.frames / FPS <= home.end_s + 1e-6
    assert len({clip.segment for clip in clips}) == len(clips)
    assert len(report.matches) == len(clips)
