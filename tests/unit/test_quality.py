"""The quality gate's pure parts: what is measured, held against what was asked; and what becomes of the verdict."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import subjects
from contracts.brief import SubtitleStyle
from contracts.events import Event, RetryRequestedV1, VideoStoredV1, video_id
from contracts.outputs import PresetName, SafeZone, output
from contracts.quality import WHOLE, CheckVerdict, Expected, ExpectedFile, Place, Span, Written
from contracts.showcase import Card, Showcase
from contracts.story import JobStory, JobView, State, fold, view
from contracts.timeline import Timeline
from contracts.webhooks import WebhookType
from contracts.webhooks import told as webhooks
from services.quality.judging import BLACK_S, FROZEN_S, SILENT_S, Measured, judged, left, undrawn
from services.quality.looking import Told, command, told
from services.render.plan import wishes
from services.storage.keeping import Known
from tests.builders import JOB, NOON, checked, file, filed, line, requested, silence, timeline

ASKED = ExpectedFile(preset=PresetName.TIKTOK, width=1080, height=1920, safe_zone=SafeZone())
WISH = Expected(fps=30, frames=300, sounds=True, files=(ASKED,))
WELL = Told(integrated_lufs=-14.2, true_peak_dbtp=-1.8, black=(), frozen=(), silent=(), damaged=False)
GOOD = Measured(
    codec="h264",
    profile="High",
    pixel_format="yuv420p",
    colours=(1, 1, 1, 1),
    width=1080,
    height=1920,
    rate=Fraction(30),
    frames=300,
    sound=("aac", 48_000, 2),
    audio_s=10.0,
    told=WELL,
)


def span(start_s: float, end_s: float) -> Span:
    return Span(start_s=start_s, end_s=end_s)


def codes(found: Measured = GOOD, wish: Expected = WISH, asked: ExpectedFile = ASKED, **said: Any) -> list[str]:
    """What is found; ``said`` changes what was seen and heard."""
    return [each.code for each in judged(wish, asked, replace(found, told=replace(found.told, **said)))]


# --- one file -----------------------------------------------------------------------------------------------------


def test_nothing_is_found_in_a_good_file():
    assert judged(WISH, ASKED, GOOD) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"width": 1078}, "size_wrong"),
        ({"codec": "hevc"}, "codec_wrong"),
        ({"profile": "Constrained Baseline"}, "profile_wrong"),
        ({"pixel_format": "yuv444p"}, "pixels_wrong"),
        ({"colours": (1, 2, 2, 1)}, "colours_wrong"),
        ({"rate": Fraction(25)}, "rate_wrong"),
        ({"sound": None}, "sound_wrong"),
        ({"sound": ("aac", 44_100, 2)}, "sound_wrong"),
        ({"frames": 303, "audio_s": 10.1}, "length_wrong"),
        ({"audio_s": 9.85}, "sound_length_wrong"),
        ({"audio_s": 10.15}, "sound_length_wrong"),
    ],
)
def test_a_file_that_is_not_as_asked_is_found(changes: dict[str, Any], code: str):
    assert codes(replace(GOOD, **changes)) == [code]


def test_a_frame_or_two_and_the_sounds_own_frames_are_no_fault():
    assert codes(replace(GOOD, frames=302, audio_s=10.066)) == []
    assert codes(replace(GOOD, audio_s=10.021)) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"integrated_lufs": -12.9}, "loudness"),
        ({"integrated_lufs": -15.1}, "loudness"),
        ({"true_peak_dbtp": -0.9}, "true_peak"),
        ({"integrated_lufs": -70.0, "silent": (span(0, math.inf),)}, "sound_silent"),
        ({"silent": (span(3, 6),)}, "silence"),
        ({"black": (span(3, 4),)}, "black"),
        ({"frozen": (span(3, 7),)}, "frozen"),
        ({"frozen": (span(6, math.inf),)}, "frozen"),
        ({"damaged": True}, "damaged"),
    ],
)
def test_what_is_seen_and_heard_wrong_is_found(said: dict[str, Any], code: str):
    assert codes(**said) == [code]


@pytest.mark.parametrize(
    "said",
    [
        {"integrated_lufs": -13.0},
        {"integrated_lufs": -15.0},
        {"true_peak_dbtp": -1.0},
        {"silent": (span(3, 3 + SILENT_S), span(7, 8))},
        {"black": (span(3, 3 + BLACK_S),)},
        {"frozen": (span(3, 3 + FROZEN_S),)},
    ],
)
def test_what_is_at_its_limit_passes(said: dict[str, Any]):
    assert codes(**said) == []


def test_a_finding_says_where_how_much_and_what_the_limit_is():
    (found,) = judged(WISH, ASKED, replace(GOOD, told=replace(WELL, silent=(span(3, 7.5),))))
    assert (found.preset, found.start_s, found.end_s, found.measured, found.limit) == ("tiktok", 3, 7.5, 4.5, 2.0)
    assert found.message == "nothing can be heard for 4.5 s from 3.0 s on, where 2.0 s are the limit"


def test_a_black_picture_is_not_told_of_as_a_frozen_one_too():
    assert codes(black=(span(2, 8),), frozen=(span(2, 8),)) == ["black"]


def test_what_was_wished_is_no_fault():
    wish = WISH.model_copy(update={"still": (span(0, 5),), "silent": (span(6, 10),), "dark": (span(5, 6),)})
    assert codes(wish=wish, frozen=(span(0, 5.2),), silent=(span(5.9, 10),), black=(span(5, 6),)) == []
    assert codes(wish=wish, frozen=(span(0, 9.5),)) == ["frozen"]
    assert codes(wish=wish, silent=(span(0, 10),)) == ["silence"]


def test_a_video_without_voice_and_music_may_be_silent_or_soft_but_not_too_loud():
    wish = WISH.model_copy(update={"sounds": False})
    assert codes(wish=wish, integrated_lufs=-70.0, true_peak_dbtp=-120.0, silent=(span(0, math.inf),)) == []
    assert codes(wish=wish, integrated_lufs=-25.0, silent=(span(0, 8),)) == []
    assert codes(wish=wish, integrated_lufs=-9.0, true_peak_dbtp=1.0) == ["loudness", "true_peak"]


def written(*sides: float, what: Any = "subtitles") -> Written:
    place = Place(left=sides[0], top=sides[1], right=sides[2], bottom=sides[3])
    return Written(what=what, text="Good morning", at_s=1.2, place=place)


@pytest.mark.parametrize(
    ("sides", "found"),
    [
        ((0.1, 0.8, 0.9, 0.9), []),
        ((0.05, 0.05, 0.95, 0.955), []),
        ((0.03, 0.8, 0.9, 0.9), ["outside_safe_zone"]),
        ((0.1, 0.03, 0.9, 0.2), ["outside_safe_zone"]),
        ((0.1, 0.8, 0.97, 0.9), ["outside_safe_zone"]),
        ((0.1, 0.8, 0.9, 0.97), ["outside_safe_zone"]),
        ((0.0, 0.8, 1.0, 0.9), ["outside_frame"]),
        ((0.1, 0.8, 0.9, 1.0), ["outside_frame"]),
    ],
)
def test_words_outside_of_the_safe_zone_or_the_frame_are_found(sides: tuple[float, ...], found: list[str]):
    assert codes(asked=ASKED.model_copy(update={"outermost": (written(*sides),)})) == found


def test_subtitles_and_cards_are_told_apart_and_the_worst_is_named():
    out = (written(0.1, 0.8, 0.96, 0.9), written(0.1, 0.8, 0.9, 0.99), written(0.02, 0.1, 0.5, 0.2, what="card"))
    cues, card = judged(WISH, ASKED.model_copy(update={"outermost": out}), GOOD)
    assert cues.message == "subtitles reach out of the safe zone at the bottom by 4.0% of its size: 'Good morning'"
    assert card.message.startswith("the words about a product reach out of the safe zone at the left")


def test_characters_that_nothing_draws_are_found_once_for_all_files():
    assert undrawn(WISH) == ()
    (found,) = undrawn(WISH.model_copy(update={"undrawn": ("漢", "字")}))
    assert (found.code, found.preset, found.measured) == ("glyphs_missing", None, 2)
    assert "漢 (U+6F22), 字 (U+5B57)" in found.message


SPANS = st.lists(
    st.tuples(st.floats(0, 20), st.floats(0.01, 10)).map(lambda pair: span(pair[0], pair[0] + pair[1])), max_size=5
)


@given(SPANS, SPANS)
def test_what_is_left_lies_in_what_was_found_and_out_of_what_was_wished(found: list[Span], wished: list[Span]):
    for rest in left(found, wished, 15.0, 0.5):
        middle = (rest.start_s + rest.end_s) / 2
        assert rest.end_s <= 15.0
        assert any(each.start_s <= middle <= each.end_s for each in found)
        assert not any(each.start_s <= middle <= each.end_s for each in wished)


# --- the command, and what it tells -------------------------------------------------------------------------------


def test_what_is_written_over_the_pictures_is_blackened_and_only_the_stage_is_looked_at():
    stage = Place(left=0, top=0, right=1, bottom=0.54)
    band, logo = Place(left=0.1, top=0.8, right=0.9, bottom=0.9), Place(left=0.8, top=0.05, right=0.95, bottom=0.1)
    argv = command(ASKED.model_copy(update={"pictures": stage, "covered": (band, logo)}), 2, sound=True)
    filters = argv[argv.index("-vf") + 1].split(",")
    assert filters[:2] == ["crop=1080:1038:0:0", "drawbox=x=864:y=96:w=164:h=96:color=black:t=fill"]
    assert [each.split("=")[0] for each in filters[2:]] == ["blackdetect", "freezedetect", "metadata"]


def test_without_sound_nothing_is_listened_to():
    assert "-af" not in command(ASKED, 2, sound=False)
    assert ASKED.pictures == WHOLE
    assert "crop" not in " ".join(command(ASKED, 2, sound=True))


LOG = "[info]   Integrated loudness:\n[info]     I:         -14.1 LUFS\n  True peak:\n    Peak:       -1.9 dBFS\n"


def test_spans_are_read_in_their_order_and_may_last_to_the_end():
    seen = (
        "frame:60 pts:60 pts_time:2\nlavfi.black_start=2\n"
        "frame:91 pts:91 pts_time:3.03\nlavfi.black_end=3.033333\n"
        "frame:200 pts:1 pts_time:6.6\nlavfi.freezedetect.freeze_start=5.766667\n"
    )
    heard = "frame:9\nlavfi.silence_start=-0.01\nframe:19\nlavfi.silence_end=1.5\nlavfi.silence_duration=1.51\n"
    said = told(seen, heard, LOG, sound=True)
    assert (said.integrated_lufs, said.true_peak_dbtp, said.damaged) == (-14.1, -1.9, False)
    assert said.black == (span(2.0, 3.033333),)
    assert said.frozen == (span(5.766667, math.inf),)
    assert said.silent == (span(0.0, 1.5),)


def test_a_decoder_that_complains_says_that_the_file_is_damaged():
    assert told("", "", "[h264 @ 0x1] [error] error while decoding MB 3 4\n" + LOG, sound=True).damaged


def test_silence_has_a_number_and_a_meter_that_says_nothing_is_a_fault():
    said = told("", "", LOG.replace("-14.1", "-inf").replace("-1.9", "-inf"), sound=True)
    assert (said.integrated_lufs, said.true_peak_dbtp) == (-70.0, -120.0)
    with pytest.raises(ValueError, match="loudness"):
        told("", "", "", sound=True)


# --- what a timeline asks for -------------------------------------------------------------------------------------


def of_clips(*lengths: int, **changes: Any) -> Timeline:
    made, clips, at = timeline(), [], 0
    for length in lengths:
        clips.append(made.clips[0].model_copy(update={"start": at, "frames": length}))
        at += length
    return made.model_copy(update={"clips": tuple(clips), "frames": at} | changes)


def test_an_intro_and_an_outro_are_silent_where_there_is_no_music():
    made = of_clips(300)
    assert made.voice is not None
    late = made.model_copy(update={"voice": made.voice.model_copy(update={"start_s": 3.0, "duration_s": 4.0})})
    assert wishes.silent(late) == (span(0, 3), span(7, 10))
    assert wishes.sounds(late)
    assert not wishes.sounds(made.model_copy(update={"voice": None}))


def test_images_without_a_move_are_still_by_wish_and_neighbours_are_one_span():
    made = of_clips(30, 60, 30, 30)
    still = made.clips[0].facts.model_copy(update={"video_codec": None, "duration_s": 0.0, "fps": 0.0})
    clips = [clip.model_copy(update={"facts": still}) for clip in made.clips]
    clips[2] = clips[2].model_copy(update={"move": "in"})
    assert wishes.still(made.model_copy(update={"clips": tuple(clips)})) == (span(0, 3), span(4, 5))
    assert wishes.still(made) == ()


def test_characters_that_any_shipped_typeface_has_are_drawn():
    def saying(text: str) -> Timeline:
        cue = timeline().cues[0]
        word = cue.words[0].model_copy(update={"text": text})
        return timeline().model_copy(update={"cues": (cue.model_copy(update={"words": (word,)}),)})

    anton = SubtitleStyle(font="Anton")
    assert wishes.undrawn(saying("Țară și €").model_copy(update={"subtitles": anton})) == ()
    assert wishes.undrawn(saying("日本 ok")) == ("日", "本")
    assert wishes.undrawn(saying("日本").model_copy(update={"subtitles": SubtitleStyle(preset="none")})) == ()
    card = Showcase(template="spotlight", cards=(Card(start=0, frames=48, name="Lamp 字"),))
    assert wishes.undrawn(timeline().model_copy(update={"showcase": card})) == ("字",)


def test_a_product_video_is_looked_at_where_its_pictures_are():
    card = Showcase(template="spotlight", cards=(Card(start=0, frames=48, name="Lamp"),))
    made = timeline().model_copy(update={"showcase": card})
    asked = wishes.expected_file(made, output(PresetName.TIKTOK), (), None)
    assert asked.pictures.right == 1
    assert 0.3 < asked.pictures.bottom < 0.6


# --- what becomes of the verdict ----------------------------------------------------------------------------------


def story(log: Iterable[Event]) -> JobStory:
    folded = JobStory(job=JOB)
    for place, event in enumerate(log, 1):
        folded = fold(folded, event, place)
    return folded


def seen(*log: Event) -> JobView:
    return view(story(log))


DONE = (requested(), *line())


def test_a_finished_video_waits_for_its_verdict_and_is_publishable_once_it_passed():
    (waiting,), (passed,) = seen(*DONE).videos, seen(*DONE, checked()).videos
    assert waiting.check is not None
    assert (waiting.state, waiting.check.verdict, waiting.publishable) == (State.COMPLETED, CheckVerdict.PENDING, False)
    assert passed.check is not None
    assert (passed.state, passed.check.verdict, passed.publishable) == (State.COMPLETED, CheckVerdict.PASSED, True)
    assert passed.check.checked_at == NOON + timedelta(seconds=8)


def test_a_verdict_that_is_told_first_counts_all_the_same():
    assert seen(requested(), checked(), *line()).videos[0].publishable


def test_a_video_that_is_not_finished_has_no_verdict():
    (video,) = seen(*DONE[:5]).videos
    assert (video.check, video.publishable) == (None, False)


def test_a_failed_gate_is_seen_and_blocks_but_the_video_stays():
    job = seen(*DONE, checked(findings=(silence(),)))
    (video,) = job.videos
    assert (job.state, video.state, video.publishable) == (State.COMPLETED, State.COMPLETED, False)
    assert video.files
    assert video.check is not None
    assert video.check.findings == (silence(),)


def test_a_new_run_waits_for_a_verdict_of_its_own():
    again = [event.model_copy(update={"run": 2}) for event in line()[2:]]
    (video,) = seen(*DONE, checked(), *again[:1]).videos
    assert (video.state, video.publishable) == (State.RUNNING, False)
    (video,) = seen(*DONE, checked(), *again).videos
    assert video.check is not None
    assert (video.check.verdict, video.publishable) == (CheckVerdict.PENDING, False)
    assert seen(*DONE, checked(), *again, checked(run=2)).videos[0].publishable


def test_a_word_on_other_files_says_nothing_of_these():
    other = checked().files[0].model_copy(update={"sha256": "0" * 64})
    (video,) = seen(*DONE, checked(files=(other,))).videos
    assert video.check is not None
    assert video.check.verdict is CheckVerdict.PENDING


def test_what_lies_in_the_trash_is_not_published():
    assert not seen(*DONE, checked(), filed(deleted_at=NOON)).videos[0].publishable
    assert seen(*DONE, checked(), filed(deleted_at=NOON), filed(revision=2)).videos[0].publishable


def test_a_second_look_takes_the_place_of_the_first():
    (video,) = seen(*DONE, checked(verdict=CheckVerdict.UNKNOWN), checked(run=2)).videos
    assert video.publishable


def test_a_verdict_is_no_rival_of_what_the_line_says_of_the_run():
    stored = next(event for event in line() if isinstance(event, VideoStoredV1))
    assert subjects.fact(checked()).endswith(".q1")
    assert subjects.rivals(checked()).split(".")[-1] != subjects.rivals(stored).split(".")[-1]


def test_somebody_is_told_what_to_publish_and_what_not():
    def told_of(*more: Event) -> list[str]:
        log = (*DONE, *more)
        return [message.type for message in webhooks(seen(*log[:-1]), seen(*log), NOON)]

    assert told_of() == [WebhookType.VIDEO_STORED, WebhookType.JOB_COMPLETED]
    assert told_of(checked()) == [WebhookType.VIDEO_PUBLISHABLE]
    assert told_of(checked(findings=(silence(),))) == [WebhookType.VIDEO_QUALITY_FAILED]
    assert told_of(checked(verdict=CheckVerdict.UNKNOWN)) == [WebhookType.VIDEO_QUALITY_FAILED]
    assert told_of(filed(deleted_at=NOON), checked()) == []
    (message,) = webhooks(seen(*DONE), seen(*DONE, checked(findings=(silence(),))), NOON)
    assert b'"code":"silence"' in message.model_dump_json().encode()


def test_a_verdict_on_a_finished_job_leaves_nothing_open_for_clean_up():
    known = Known()
    for place, event in enumerate((*DONE, filed(deleted_at=NOON), checked()), 1):
        known.take(event, place)
    again = RetryRequestedV1(
        owner="local",
        lane="s1",
        at=NOON,
        job=JOB,
        video=video_id(JOB, 1),
        number=1,
        run=2,
        inbox="quality",
        input_seq=6,
    )
    known.take(again, 9)
    assert bytes.fromhex(file().blob.sha256) in known.needed()
    assert [each.job for each in known.trash()] == [JOB]
