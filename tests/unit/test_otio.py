"""The timeline for editing programs, opened again by OpenTimelineIO's own reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import opentimelineio as otio
import pytest

from contracts.events import TimelineReadyV1
from contracts.inserts import Inset
from contracts.media import BlobRef, MediaFacts
from contracts.speech import Word
from contracts.timeline import Clip, CropPoint, Cue, Insert, MusicTrack
from services.gateway.otio import to_otio
from tests.builders import line

BASE = "https://factory.example"
MUSIC = UUID(int=7)


def planned(**changes: Any) -> TimelineReadyV1:
    event = next(fact for fact in line() if isinstance(fact, TimelineReadyV1))
    return event.model_copy(update={"timeline": event.timeline.model_copy(update=changes)})


def clip(number: int, fps: float, source_in_s: float, start: int, frames: int) -> Clip:
    return Clip(
        asset=UUID(int=number),
        source=BlobRef(sha256="a" * 64, size=1, media_type="video/quicktime"),
        facts=MediaFacts(container="mov", demuxer="mov", duration_s=20, fps=fps, width=1, height=1),
        source_in_s=source_in_s,
        start=start,
        frames=frames,
        phrase=0,
        crop=(CropPoint(frame=0, x=0.5, y=0.25),),
    )


def music(seconds: float) -> MusicTrack:
    facts = MediaFacts(container="wav", demuxer="wav", duration_s=seconds)
    return MusicTrack(
        source=BlobRef(sha256="b" * 64, size=1, media_type="audio/wav"), facts=facts, gain_db=-14, duck=True
    )


def opened(event: TimelineReadyV1, tune: UUID | None = None) -> Any:
    return otio.adapters.read_from_string(to_otio(event, tune, BASE), "otio_json")


RATES = {25.0: 25.0, 29.97: 30000 / 1001, 23.976: 24000 / 1001, 60.0: 60.0, 0.0: 30.0, 17.3: 17.3}


@pytest.mark.parametrize("fps", RATES)
def test_clips_tell_their_part_of_the_source_at_its_own_rate(fps):
    clips = (clip(1, fps, 2.0, 0, 45), clip(2, 30.0, 0.5, 45, 30))
    made = opened(planned(clips=clips, frames=75, cues=()))
    first, second = made.tracks[0]
    assert first.source_range.start_time.rate == pytest.approx(RATES[fps], abs=1e-9)
    assert first.source_range.start_time.to_seconds() == pytest.approx(2.0)
    assert first.source_range.duration.to_seconds() == pytest.approx(1.5)
    assert first.available_range().duration.to_seconds() == pytest.approx(20)
    assert (second.source_range.start_time.value, second.source_range.duration.value) == (15, 30)
    assert made.tracks[0].range_of_child(second).start_time.to_seconds() == pytest.approx(1.5)
    assert made.duration().to_seconds() == pytest.approx(2.5)
    assert first.metadata["edit_factory"]["crop"][0]["y"] == 0.25


def test_media_are_named_by_the_api_and_never_by_a_path():
    text = to_otio(planned(music=music(3)), MUSIC, BASE)
    made = otio.adapters.read_from_string(text, "otio_json")
    for each in made.find_clips():
        assert each.media_reference.target_url.startswith(f"{BASE}/v1/")
    assert str(Path.home()) not in text
    assert "sha256" not in text
    asset = made.tracks[0][0]
    assert asset.name.startswith("asset-")
    assert asset.media_reference.target_url == f"{BASE}/v1/assets/{asset.name[6:42]}/file"


def test_all_tracks_are_as_long_as_the_edit():
    event = planned(music=music(0.7))
    made = opened(event, MUSIC)
    assert [track.kind for track in made.tracks] == ["Video", "Video", "Audio", "Audio"]
    for track in made.tracks:
        assert track.duration().to_seconds() == pytest.approx(event.timeline.duration_s), track.name


def test_short_music_goes_round_and_tiny_music_does_not_go_round_for_ever():
    event = planned(music=music(0.7), frames=75, clips=(clip(1, 30, 0, 0, 75),), cues=())
    made = opened(event, MUSIC)
    rounds = [each.source_range.duration.value for each in made.tracks[3]]
    assert rounds == [21, 21, 21, 12]
    tiny = planned(music=music(0.001), frames=75, clips=(clip(1, 30, 0, 0, 75),), cues=())
    made = opened(tiny, MUSIC)
    assert len(made.tracks[3]) == 1


def test_cues_and_phrases_are_markers():
    word = Word(text="a < b", start_s=0.5, end_s=1.0, phrase=0)
    cues = (Cue(words=(word,), start_s=0.5, end_s=9.0), Cue(words=(word,), start_s=1.5, end_s=2.0))
    event = planned(cues=cues, frames=75, clips=(clip(1, 30, 0, 0, 75),))
    made = opened(event)
    (gap,) = made.tracks[1]
    ranges = [(m.name, m.marked_range.start_time.value, m.marked_range.duration.value) for m in gap.markers]
    assert ranges == [("a < b", 15, 30), ("a < b", 45, 15)]
    assert gap.markers[0].metadata["edit_factory"]["words"][0]["text"] == "a < b"
    phrases = {marker.name for marker in made.tracks.markers}
    assert phrases <= {match.text for match in event.match_report.matches}
    assert phrases


def test_inserts_lie_on_a_track_of_their_own_above_the_picture():
    shown = (
        Insert(clip=clip(2, 25.0, 0.0, 10, 10), mode="interstitial"),
        Insert(clip=clip(3, 25.0, 0.0, 30, 12), mode="pip", inset=Inset(place="top", size=0.3)),
    )
    made = opened(planned(inserts=shown))
    assert [track.name for track in made.tracks[:3]] == ["Picture", "Inserts", "Subtitles"]
    lengths = [(type(each).__name__, round(each.duration().to_seconds() * 30)) for each in made.tracks[1]]
    assert lengths == [("Gap", 10), ("Clip", 10), ("Gap", 10), ("Clip", 12), ("Gap", 6)]
    assert made.tracks[1].duration().to_seconds() == pytest.approx(made.tracks[0].duration().to_seconds())
    full, framed = (each.metadata["edit_factory"] for each in made.tracks[1] if isinstance(each, otio.schema.Clip))
    assert full["mode"] == "interstitial"
    assert (framed["mode"], framed["place"], framed["size"]) == ("pip", "top", 0.3)
    assert made.tracks[1][1].media_reference.target_url == f"{BASE}/v1/assets/{UUID(int=2)}/file"


def test_without_inserts_there_is_no_track_for_them():
    assert "Inserts" not in [track.name for track in opened(planned()).tracks]
