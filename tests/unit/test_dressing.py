"""Transitions' room, moves over images, intro and outro: what a timeline becomes before anything is rendered."""

from __future__ import annotations

import pytest

from contracts.blends import CUT, Blend, blend, blends
from contracts.brief import ScriptBrief
from contracts.events import Order
from contracts.faults import LogicalFault
from contracts.looks import Branding, TransitionStyle
from contracts.media import Asset, AssetKind, MediaFacts
from contracts.timeline import NO_PHRASE, Clip, CropPoint, Timeline
from services.footage.dressing import IMAGE_S, dressed
from services.footage.moves import with_moves
from services.footage.takes import Footage, takes
from services.render.plan.placing import POINTS_AT_MOST, thinned
from tests.builders import asset, brief, order, timeline

IMAGE = MediaFacts(container="png", demuxer="png_pipe", duration_s=0, width=800, height=600)


def shot(start: int, frames: int, source_in_s: float = 2.0, **changes) -> Clip:
    known = changes.pop("facts", asset().facts)
    values = {"asset": asset().id, "source": asset().blob, "facts": known, "phrase": 0}
    return Clip(**values, source_in_s=source_in_s, start=start, frames=frames, **changes)


def image(name: str = "photo.png") -> Asset:
    return asset(name, facts=IMAGE, kind=AssetKind.IMAGE)


@pytest.mark.parametrize(
    ("first_in", "second_in", "expected"),
    [
        (2.0, 2.0, Blend(7, 8)),  # enough of both
        (2.0, 0.1, Blend(3, 12)),  # the second one begins almost at its source's beginning
        (2.0, 0.0, Blend(0, 15)),
        (5.9, 2.0, Blend(12, 3)),  # the first one's source ends soon after
        (6.0, 2.0, Blend(15, 0)),
        (6.0, 0.1, CUT),  # three frames in all
        (6.0, 0.0, CUT),
    ],
)
def test_a_transition_takes_what_footage_there_is(first_in, second_in, expected):
    """Sources of 8 s; the clips show 60 frames, two seconds, of them."""
    assert blend(shot(0, 60, first_in), shot(60, 60, second_in), 15, 30) == expected


def test_a_third_of_a_short_clip_is_seen_alone():
    assert blend(shot(0, 12), shot(12, 60), 30, 30) == Blend(4, 20)
    first, second = blend(shot(0, 60), shot(60, 9), 30, 30), blend(shot(60, 9), shot(69, 60), 30, 30)
    assert 9 - first.after - second.before >= 3


def test_images_have_pictures_for_any_transition():
    assert blend(shot(0, 60, 0.0, facts=IMAGE), shot(60, 60, 0.0, facts=IMAGE), 30, 30) == Blend(15, 15)


def test_a_timeline_without_transitions_has_none():
    plain = timeline().model_copy(update={"clips": (shot(0, 30), shot(30, 18))})
    assert blends(plain) == (CUT, CUT)
    faded = plain.model_copy(update={"transition": TransitionStyle(kind="crossfade")})
    assert blends(faded) == (CUT, Blend(9, 6))


def test_images_move_each_in_another_way_and_variants_differ():
    clips = [shot(at * 10, 10, 7.5, facts=IMAGE) for at in range(4)] + [shot(40, 10)]
    moved = with_moves(clips, 1)
    assert [clip.move for clip in moved] == ["in", "out", "right", "in", None]
    assert {clip.source_in_s for clip in moved[:4]} == {0.0}
    assert [clip.move for clip in with_moves(clips, 2)] == ["out", "right", "in", "out", None]
    assert with_moves(moved, 3) == moved  # a move that was chosen stays


def test_an_image_can_be_shown_for_as_long_as_anybody_likes():
    (source,) = takes(Footage([image()]), 30)
    assert source.frames > 30 * 600


def branded(**branding) -> Order:
    asked: ScriptBrief = brief(branding=Branding.model_validate(branding))
    named = {"logo": image("logo.png"), "intro": asset("intro.mp4", seconds=3.0), "outro": image("outro.png")}
    known = {name: named[name] for name in branding}
    return order().model_copy(update={"brief": asked, **known})


def test_all_that_is_planned_comes_later_by_the_intro():
    plain: Timeline = timeline()
    choices = {name: {"asset": str(asset().id)} for name in ("logo", "intro", "outro")}
    whole = dressed(plain, branded(**choices), 1)
    outro_frames = round(IMAGE_S * 30)
    assert whole.frames == 90 + plain.frames + outro_frames
    assert [(clip.start, clip.frames) for clip in whole.clips] == [(0, 90), (90, 48), (138, outro_frames)]
    assert [clip.phrase for clip in whole.clips] == [NO_PHRASE, 0, NO_PHRASE]
    assert whole.voice is not None
    assert plain.voice is not None
    assert whole.voice.start_s == 3.0
    assert whole.voice.duration_s == plain.voice.duration_s
    (cue,), (before,) = whole.cues, plain.cues
    assert (cue.start_s, cue.end_s) == (before.start_s + 3.0, before.end_s + 3.0)
    assert [word.start_s for word in cue.words] == [word.start_s + 3.0 for word in before.words]
    assert whole.logo is not None
    assert (whole.logo.start, whole.logo.frames) == (90, 48)
    assert whole.original is None
    assert whole.clips[2].move == "in"


def test_an_intro_is_heard_if_asked_for_and_if_it_has_a_sound():
    sounding = asset("intro.mp4", seconds=3.0)
    sounding = sounding.model_copy(update={"facts": sounding.facts.model_copy(update={"audio_codec": "aac"})})
    wish = branded(intro={"asset": str(asset().id), "sound": True, "seconds": 2.0})
    assert dressed(timeline(), wish, 1).original is None
    whole = dressed(timeline(), wish.model_copy(update={"intro": sounding}), 1)
    assert whole.original is not None
    assert [(clip.source, clip.frames) for clip in whole.clips if clip.heard] == [(sounding.blob, 60)]


def test_an_intro_that_would_flash_by_is_refused():
    wish = branded(intro={"asset": str(asset().id)}).model_copy(update={"intro": asset("intro.mp4", seconds=0.2)})
    with pytest.raises(LogicalFault) as refused:
        dressed(timeline(), wish, 1)
    assert refused.value.code == "footage_too_short"


def test_nothing_asked_for_changes_nothing():
    assert dressed(timeline(), order(), 1) == timeline()


def test_a_path_of_too_many_points_loses_those_that_matter_least():
    points = [
        CropPoint(frame=frame, x=0.2 if frame < 500 else 0.8, y=0.5 + 0.0001 * (frame % 2)) for frame in range(900)
    ]
    kept = thinned(points)
    assert len(kept) == POINTS_AT_MOST
    assert {499, 500} <= {point.frame for point in kept}  # where it jumps
    assert [kept[0].frame, kept[-1].frame] == [0, 899]
    assert thinned(points[:3]) == tuple(points[:3])
