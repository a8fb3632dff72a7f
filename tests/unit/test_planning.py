from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.brief import MusicChoice, ScriptBrief, SubtitleStyle
from contracts.faults import LogicalFault
from contracts.media import Asset, AssetKind, BlobRef, MediaFacts
from contracts.speech import Narration, Phrase, Speech, Word
from contracts.timeline import Clip, MatchReport
from services.footage.planning import make_timeline, plan
from services.footage.scoring import WEIGHTS
from services.footage.spans import usable
from services.footage.takes import Footage

FPS = 30


def facts(duration_s: float) -> MediaFacts:
    return MediaFacts(container="mp4", demuxer="mov", duration_s=duration_s, width=1920, height=1080, fps=30)


def clip(number: int, duration_s: float) -> Asset:
    return Asset(
        id=UUID(int=number),
        owner="someone",
        kind=AssetKind.FOOTAGE,
        name=f"clip{number}.mp4",
        blob=BlobRef(sha256=f"{number:064x}", size=1, media_type="video/mp4"),
        facts=facts(duration_s),
    )


def clips(*durations: float) -> list[Asset]:
    return [clip(number, duration) for number, duration in enumerate(durations, start=1)]


def told(*phrases: float, pause_s: float = 0.2) -> tuple[Narration, list[Word], float]:
    """Phrases of so many seconds each, in words of about 0.3 s, with a pause between them."""
    words: list[Word] = []
    at = 0.0
    for index, length in enumerate(phrases):
        count = max(1, round(length / 0.3))
        step = length / count
        words += [
            Word(text=f"w{n}", start_s=at + n * step, end_s=at + (n + 1) * step, phrase=index) for n in range(count)
        ]
        at += length + pause_s
    narration = Narration(
        language="en", phrases=tuple(Phrase(index=index, text=f"Phrase {index}.") for index in range(len(phrases)))
    )
    return narration, words, at - pause_s


def planned(*phrases: float, of: Sequence[Asset], number: int = 1) -> tuple[tuple[Clip, ...], MatchReport]:
    return plan(*told(*phrases), Footage(of), number, FPS)


def names(shots: Sequence[Clip]) -> list[int]:
    return [shot.asset.int for shot in shots]


def test_each_phrase_gets_the_next_clip():
    shots, report = planned(3.0, 2.0, 4.0, of=clips(8, 8, 8))
    assert names(shots) == [1, 2, 3]
    assert [match.chosen.asset.int for match in report.matches] == [1, 2, 3]
    assert report.matches[0].reason == "next unused clip in your order; long enough for 3.1 s"


def test_the_picture_changes_in_the_pause_before_the_first_word():
    narration, words, duration = told(3.0, 2.0, 4.0, pause_s=0.24)
    shots, _ = plan(narration, words, duration, Footage(clips(8, 8, 8)), 1, FPS)
    for shot in shots[1:]:
        first = next(index for index, word in enumerate(words) if word.phrase == shot.phrase)
        assert words[first - 1].end_s <= shot.start / FPS <= words[first].start_s


def test_a_clip_too_short_is_passed_over_and_comes_when_it_fits():
    shots, report = planned(4.0, 2.0, of=clips(3, 8))
    assert names(shots) == [2, 1]
    assert "clip1.mp4 is too short" in report.matches[0].reason


def test_used_clips_come_again_at_a_part_not_shown_yet():
    shots, report = planned(3.0, 3.0, 3.0, 3.0, of=clips(9, 9))
    assert names(shots) == [1, 2, 1, 2]
    for first, again in ((0, 2), (1, 3)):
        assert shots[again].source_in_s >= shots[first].source_in_s + shots[first].frames / FPS - 1e-9
    assert "a part not shown yet" in report.matches[2].reason


def test_a_phrase_longer_than_every_clip_is_covered_by_several():
    narration, words, duration = told(9.0)
    shots, report = plan(narration, words, duration, Footage(clips(4, 4, 4)), 1, FPS)
    assert names(shots) == [1, 2, 3]
    begins = {round(word.start_s * FPS) for word in words}
    assert all(shot.start in begins for shot in shots[1:])
    assert len(report.matches) == 1
    assert report.matches[0].reason.endswith("then clip2.mp4, clip3.mp4")


def test_fresh_clips_in_a_row_are_taken_rather_than_one_shown_before():
    shots, _ = planned(4.5, 4.5, of=clips(6, 3, 3))
    assert names(shots) == [1, 2, 3]


def test_a_phrase_too_short_for_a_picture_shares_one():
    shots, report = planned(3.0, 0.5, 3.0, of=clips(8, 8, 8))
    assert len(shots) == 2
    assert [match.phrase for match in report.matches] == [0, 1, 2]
    assert "shares the picture" in report.matches[2].reason or "shares the picture" in report.matches[1].reason


def test_a_phrase_without_a_word_shares_the_picture_before():
    narration, words, duration = told(3.0, 3.0)
    silent = Narration(language="en", phrases=(*narration.phrases, Phrase(index=2, text="…")))
    shots, report = plan(silent, words, duration, Footage(clips(8, 8, 8)), 1, FPS)
    assert len(shots) == 2
    assert len(report.matches) == 3


def test_variants_start_with_different_clips_and_points():
    films = clips(9, 9, 9)
    runs = [planned(3.0, 3.0, of=films, number=number)[0] for number in range(1, 7)]
    starts = [run[0].asset.int for run in runs]
    assert starts[:3] == [1, 2, 3]
    assert sorted(starts[3:]) == [1, 2, 3]
    assert len({(run[0].asset, run[0].source_in_s) for run in runs}) == 6


def test_one_short_clip_is_looped():
    shots, _ = planned(5.0, 5.0, of=clips(0.5))
    assert sum(shot.frames for shot in shots) == math.ceil(told(5.0, 5.0)[2] * FPS)


@pytest.mark.parametrize("films", [clips(0.3), clips(0.3, 0.2), clips(0.0), []])
def test_clips_too_short_to_be_shown_are_refused(films):
    with pytest.raises(LogicalFault) as refused:
        planned(10.0, 10.0, 10.0, of=films)
    assert refused.value.code == "footage_too_short"


def test_the_runners_up_are_the_best_of_what_else_covers_the_phrase():
    shots, report = planned(3.0, 2.0, 4.0, 3.0, 7.0, of=clips(8, 2.5, 8, 5, 5))
    for match in report.matches:
        scores = [other.score for other in match.runners_up]
        assert scores == sorted(scores, reverse=True)
        assert match.chosen.asset not in {other.asset for other in match.runners_up}
        assert set(match.chosen.parts) == set(WEIGHTS)
        wanted = sum(shot.frames for shot in shots if shot.phrase == match.phrase) / FPS
        for other in match.runners_up:
            assert other.source_out_s is not None
            assert other.source_out_s - other.source_in_s >= wanted - 1e-6
    assert [len(match.runners_up) for match in report.matches] == [3, 3, 3, 3, 1]


_TELLINGS = st.lists(st.sampled_from([0.3, 0.7, 1.5, 2.4, 4.0, 9.0]), min_size=1, max_size=12)
_FILMS = st.lists(st.sampled_from([0.4, 0.9, 1.6, 3.0, 5.5, 8.0, 20.0]), min_size=1, max_size=7)


@given(_TELLINGS, _FILMS, st.integers(1, 10), st.sampled_from([0.0, 0.05, 0.12, 0.6]))
@settings(max_examples=250, deadline=None)
def test_all_frames_are_covered_by_frames_that_exist(lengths, durations, number, pause_s):
    narration, words, duration = told(*lengths, pause_s=pause_s)
    films = clips(*durations)
    shots, report = plan(narration, words, duration, Footage(films), number, FPS)
    assert (shots, report) == plan(narration, words, duration, Footage(films), number, FPS)
    assert shots[0].start == 0
    assert all(shot.end == after.start for shot, after in itertools.pairwise(shots))
    assert shots[-1].end == math.ceil(duration * FPS)
    for shot in shots:
        span = usable(shot.facts)
        assert span.start_s <= shot.source_in_s
        assert shot.source_in_s + shot.frames / FPS <= span.end_s
    assert [match.phrase for match in report.matches] == [phrase.index for phrase in narration.phrases]
    assert all(0.0 <= match.chosen.score <= 1.0 and match.reason for match in report.matches)


def test_a_long_phrase_is_parted_rather_than_showing_the_same_again():
    shots, _ = planned(0.3, 1.5, 0.3, 0.3, of=clips(0.9, 0.9, 1.6))
    assert sorted(names(shots)) == [1, 2, 3]


@given(_TELLINGS, _FILMS, st.integers(1, 10))
@settings(max_examples=250, deadline=None)
def test_nothing_comes_twice_while_an_unused_clip_fits(lengths, durations, number):
    films = clips(*durations)
    shots, _ = planned(*lengths, of=films, number=number)
    left = [usable(film.facts) for film in films if film.id not in {shot.asset for shot in shots}]
    for place, shot in enumerate(shots):
        if shot.asset in {before.asset for before in shots[:place]}:
            assert all(span.length_s - 0.05 < shot.frames / FPS + 1e-9 for span in left)


@given(_TELLINGS, st.lists(st.sampled_from([2.5, 3.0, 5.5, 8.0, 20.0]), min_size=1, max_size=7))
@settings(max_examples=150, deadline=None)
def test_no_picture_is_a_flash(lengths, durations):
    narration, words, duration = told(*lengths)
    shots, _ = plan(narration, words, duration, Footage(clips(*durations)), 1, FPS)
    assert len(shots) == 1 or all(shot.frames >= FPS for shot in shots)


def test_a_long_clip_loses_its_shaky_ends_and_a_short_one_nothing():
    assert usable(facts(3.0)).length_s == 3.0
    assert usable(facts(7.0)).start_s == pytest.approx(0.3)
    assert usable(facts(60.0)).end_s == pytest.approx(59.25)


def _speech() -> tuple[Narration, Speech]:
    narration, words, duration = told(3.0, 2.0)
    voice = BlobRef(sha256="a" * 64, size=1, media_type="audio/wav")
    speech = Speech(
        voice=voice, duration_s=duration, words=tuple(words), provider="piper", voice_name="joe", sample_rate_hz=22050
    )
    return narration, speech


def test_the_timeline_is_whole():
    narration, speech = _speech()
    films, song = clips(8, 8), clip(9, 40)
    brief = ScriptBrief(script="x", footage=(films[0].id,), music=MusicChoice(asset=song.id, gain_db=-11.0, duck=False))
    timeline, report = make_timeline(narration, speech, Footage(films), song, brief, 1)
    assert timeline.frames == math.ceil(speech.duration_s * 30)
    assert timeline.cues
    assert timeline.cues[-1].end_s <= timeline.duration_s
    assert timeline.music is not None
    assert (timeline.music.gain_db, timeline.music.duck) == (-11.0, False)
    assert len(report.matches) == 2


def test_without_subtitles_there_are_no_cues():
    narration, speech = _speech()
    brief = ScriptBrief(script="x", footage=(UUID(int=1),), subtitles=SubtitleStyle(preset="none"))
    timeline, _ = make_timeline(narration, speech, Footage(clips(8, 8)), None, brief, 1)
    assert timeline.cues == ()
    assert timeline.music is None
