"""Which pictures of which source a span shows, and the command that says so."""

from __future__ import annotations

from uuid import UUID

import pytest

from contracts.brief import SubtitleStyle
from contracts.faults import BadMedia
from contracts.media import BlobRef, MediaFacts
from contracts.outputs import PresetName, output
from contracts.speech import Word
from contracts.timeline import Clip, Cue, MusicTrack, Timeline, VoiceTrack
from kit.fonts import face
from services.render.plan import Measured, RenderPlan, Span, plan
from services.render.plan.graph import cuts, long_enough

NOBODY = UUID(int=0)
FACTS = MediaFacts(container="mp4", demuxer="mov", duration_s=20, width=1920, height=1080, fps=25, start_s=0.04)
MUSIC = MediaFacts(container="mp3", demuxer="mp3", duration_s=3)


def ref(digit: str) -> BlobRef:
    return BlobRef(sha256=digit * 64, size=1, media_type="video/mp4")


def clip(start: int, frames: int, **changes) -> Clip:
    values = {"asset": NOBODY, "source": ref("a"), "facts": FACTS, "source_in_s": 2.0, "phrase": 0}
    return Clip(**(values | {"start": start, "frames": frames} | changes))


def timeline(*clips: Clip, **changes) -> Timeline:
    clips = clips or (clip(0, 40), clip(40, 50))
    word = Word(text="o'neil;[out]{\\pos(1,1)}%{pts}", start_s=0.1, end_s=0.9, phrase=0)
    values = {
        "frames": clips[-1].end,
        "clips": clips,
        "cues": (Cue(words=(word,), start_s=0.1, end_s=1.0),),
        "subtitles": SubtitleStyle(),
        "voice": VoiceTrack(source=ref("b"), duration_s=2.5),
        "music": MusicTrack(source=ref("c"), facts=MUSIC, gain_db=-14, duck=True),
    }
    return Timeline(**(values | changes))


def planned(edit: Timeline, span: Span | None = None, loudness: Measured | None = None, threads: int = 0) -> RenderPlan:
    return plan(
        edit,
        output(PresetName.TIKTOK),
        span or Span(0, edit.frames),
        sources={letter * 64: f"/data/{letter * 64}" for letter in "abc"},
        fonts="/cache/fonts",
        face=face("Lato"),
        threads=threads,
        loudness=loudness,
    )


def after(argv: tuple[str, ...], option: str) -> str:
    return argv[argv.index(option) + 1]


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (Span(0, 90), [(0, 40), (0, 50)]),
        (Span(0, 40), [(0, 40)]),
        (Span(39, 2), [(39, 1), (0, 1)]),
        (Span(55, 20), [(15, 20)]),
    ],
)
def test_a_span_cuts_clips_on_the_timeline_s_own_frames(span, shown):
    assert [(cut.offset, cut.frames) for cut in cuts(timeline(), span)] == shown


@pytest.mark.parametrize("span", [Span(-1, 5), Span(0, 0), Span(85, 6)])
def test_a_span_off_the_timeline_is_refused(span):
    with pytest.raises(ValueError, match="timeline of 90"):
        cuts(timeline(), span)


@pytest.mark.parametrize(("source_in_s", "fits"), [(18.5, True), (18.56, True), (18.6, False), (19.9, False)])
def test_a_source_may_be_two_frames_short_and_no_more(source_in_s, fits):
    late = clip(0, 45, source_in_s=source_in_s)
    if fits:
        long_enough(late, 30)
    else:
        with pytest.raises(BadMedia) as refused:
            long_enough(late, 30)
        assert refused.value.code == "media_too_short"


def test_nothing_a_user_chose_is_in_the_command():
    made = planned(timeline(), loudness=Measured(3.0, 5.0))
    line = " ".join(made.argv)
    assert "neil" not in line
    assert "/data/" not in line
    assert "/cache/" not in line
    assert "aaaa" not in line
    assert "neil" in made.texts["subs.ass"]
    assert not any("/cache/" in text or "/data/" in text for text in made.texts.values())
    assert made.links == {
        "clip0": f"/data/{'a' * 64}",
        "clip1": f"/data/{'a' * 64}",
        "voice": f"/data/{'b' * 64}",
        "music": f"/data/{'c' * 64}",
        "fonts": "/cache/fonts",
    }


def test_every_input_is_held_to_one_demuxer_and_to_files():
    argv = planned(timeline(), loudness=Measured(0.0, 0.0)).argv
    inputs = [place for place, part in enumerate(argv) if part == "-i"]
    assert len(inputs) == 4
    start = 0
    for place in inputs:
        options = argv[start:place]
        assert after(options, "-protocol_whitelist") == "file"
        assert after(options, "-f") in {"mov", "wav", "mp3"}
        assert argv[place + 1].startswith("file:")
        start = place + 1


@pytest.mark.parametrize("demuxer", ["concat", "hls", "dash", "lavfi", "image2"])
def test_a_demuxer_that_opens_other_files_is_refused(demuxer):
    with pytest.raises(BadMedia):
        planned(timeline(clip(0, 30, facts=FACTS.model_copy(update={"demuxer": demuxer}))))
    tune = MusicTrack(source=ref("c"), facts=MUSIC.model_copy(update={"demuxer": demuxer}), gain_db=0, duck=True)
    with pytest.raises(BadMedia):
        planned(timeline(music=tune), loudness=Measured(0.0, 0.0))


def test_the_same_source_twice_at_the_same_place_is_two_inputs():
    argv = planned(timeline(clip(0, 30), clip(30, 30))).argv
    assert argv.count("-i") == 2


def test_sound_belongs_to_the_whole_only():
    with pytest.raises(ValueError, match="one piece"):
        planned(timeline(), Span(0, 40), Measured(0.0, 0.0))
    assert "libx264" in planned(timeline(), Span(0, 40)).argv
    assert "aac" not in planned(timeline(), Span(0, 40)).argv


def test_the_pictures_of_a_span_are_counted_from_a_known_microsecond():
    """Frame 15 of a clip that starts at 2.04 s: 12 frames (0.4 s) in, then three dropped."""
    argv = planned(timeline(subtitles=SubtitleStyle(preset="none")), Span(55, 20)).argv
    assert after(argv, "-filter_complex") == (
        "[0:v]settb=1/1000000[s0];[s0]setpts=PTS-2443333[s1];[s1]fps=fps=30:round=up:start_time=0[s2];"
        "[s2]tpad=stop=2:stop_mode=clone[s3];[s3]trim=end_frame=23:start_frame=3[s4];"
        "[s4]crop=h=ih-4*max(0\\,floor((ih-iw*1920/1080*sar)/4-1)):w=iw-4*max(0\\,floor((iw-ih*1080/1920/sar)/4-1))[s5];"
        "[s5]scale=flags=bicubic:h=max(1920\\,ceil(1080/dar/2)*2):out_color_matrix=bt709:out_range=tv:"
        "w=max(1080\\,ceil(1920*dar/2)*2)[s6];[s6]crop=1080:1920[s7];[s7]setsar=1[s8];[s8]format=yuv420p[s9];"
        "[s9]setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv[s10];"
        "[s10]settb=1/30[s11];[s11]setpts=N[s12]"
    )
    assert after(argv, "-ss") == "2.440"


def test_subtitles_of_a_span_see_the_timeline_s_time():
    graph = after(planned(timeline(), Span(17, 20)).argv, "-filter_complex")
    assert "setpts=N+17[" in graph
    assert graph.index("setpts=N+17") < graph.index("ass=") < graph.index("setpts=PTS-17")


def test_subtitles_that_a_span_does_not_show_are_no_part_of_it():
    assert planned(timeline(), Span(30, 20)).texts == {}
    assert "ass=" not in after(planned(timeline(), Span(30, 20)).argv, "-filter_complex")
    assert "subs.ass" in planned(timeline(), Span(29, 20)).texts


def test_an_early_in_point_is_reached_without_a_seek():
    argv = planned(timeline(clip(0, 30, source_in_s=0.5))).argv
    assert "-ss" not in argv


def test_a_transport_stream_is_entered_well_before_the_in_point():
    stream = FACTS.model_copy(update={"demuxer": "mpegts", "start_s": 1.4})
    argv = planned(timeline(clip(0, 30, facts=stream, source_in_s=15.0))).argv
    assert after(argv, "-ss") == "6.400"


@pytest.mark.parametrize(("height", "matrix"), [(1080, "bt709"), (480, "smpte170m")])
def test_untagged_colours_are_taken_as_players_take_them(height, matrix):
    facts = FACTS.model_copy(update={"height": height})
    assert after(planned(timeline(clip(0, 30, facts=facts))).argv, "-colorspace") == matrix


def test_threads_are_bounded_everywhere_when_asked():
    argv = planned(timeline(), threads=1).argv
    assert argv.count("-threads") == 3
    assert after(argv, "-filter_threads") == after(argv, "-filter_complex_threads") == "1"
    assert "-threads" not in planned(timeline()).argv


def test_the_encoder_is_told_what_platforms_ask_for():
    argv = planned(timeline(), loudness=Measured(0.0, 0.0)).argv
    asked = {"-crf": "20", "-preset": "medium", "-profile:v": "high", "-g": "60", "-keyint_min": "60", "-bf": "2"}
    assert {option: after(argv, option) for option in asked} == asked
    assert after(argv, "-sc_threshold") == "0"
    assert after(argv, "-movflags") == "+faststart"
    assert after(argv, "-frames:v") == "90"
    assert argv[-1] == "file:out.part.mp4"
