"""Which pictures of which source a span shows, and the command that says so."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from contracts.brief import SubtitleStyle
from contracts.faults import BadMedia
from contracts.inserts import Inset
from contracts.looks import LogoPlace, Move, TransitionStyle
from contracts.media import BlobRef, MediaFacts
from contracts.outputs import PresetName, output
from contracts.speech import Word
from contracts.timeline import Clip, Cue, Insert, Logo, MusicTrack, Timeline, VoiceTrack
from kit.fonts import face
from services.render.plan import Measured, RenderPlan, Span, plan
from services.render.plan.graph import cuts, long_enough
from services.render.plan.insets import frame_of

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
        sources={letter * 64: f"/data/{letter * 64}" for letter in "abcd"},
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


IMAGE = MediaFacts(container="png", demuxer="png_pipe", duration_s=0, width=900, height=900)


def inserted(start: int, frames: int, *, move: Move | None = None, **changes) -> Insert:
    shown = clip(start, frames, source=ref("d"), facts=IMAGE, source_in_s=0.0, phrase=-1, move=move)
    return Insert(clip=shown, **({"mode": "pip"} | changes))


def above(edit: Timeline, *inserts: Insert, **changes) -> Timeline:
    quiet = {"subtitles": SubtitleStyle(preset="none"), "inserts": inserts} | changes
    return Timeline.model_validate(edit.model_copy(update=quiet).model_dump())


def parts(argv: tuple[str, ...]) -> list[str]:
    """The filters of a graph in order, without the names of what flows between them."""
    return [re.sub(r"\[[^]]*\]", "", part) for part in re.split(r";(?=\[)", after(argv, "-filter_complex"))]


def test_a_framed_picture_is_drawn_once_and_laid_over_its_frames():
    """From its frame 10 on, which is the span's first: the mask begins there, and so does its way in."""
    edit = above(timeline(clip(0, 90)), inserted(20, 60, inset=Inset(place="bottom_right", size=0.4)))
    made = planned(edit, Span(30, 20))
    shown = parts(made.argv)
    frame = frame_of(edit.inserts[0], edit, output(PresetName.TIKTOK), face("Lato"))
    assert (frame.x, frame.y, frame.width, frame.height) == (506, 1244, 432, 432)
    assert made.links["insert0"] == f"/data/{'d' * 64}"
    assert [part for part in made.argv if part.startswith("color=")] == ["color=c=0x000000:s=528x528:r=30:d=1"]
    assert "pad=color=white:height=528:width=528:x=48:y=48" in shown
    assert sum(part.startswith("geq=") for part in shown) == 2
    assert "fade=nb_frames=9:start_frame=0:type=in" in shown
    assert "fade=nb_frames=9:start_frame=52:type=out" in shown
    assert "trim=end_frame=31:start_frame=11" in shown
    way = "32.40*(pow(max(0\\,1-(n--10+1)/9)\\,2)+pow(max(0\\,1-(49-n+1)/9)\\,2))"
    laid = f"overlay=enable=between(n\\,0\\,19):eof_action=repeat:format=yuv420:x=458+{way}:y=1196"
    assert shown[-2:] == [laid, "format=yuv420p"]


def test_an_interstitial_is_a_moving_still_over_its_frames():
    edit = above(timeline(clip(0, 90)), inserted(20, 60, mode="interstitial", move="in"))
    made = planned(edit, Span(10, 50))
    shown = parts(made.argv)
    assert not [part for part in made.argv if part.startswith("color=")]
    assert sum(part.startswith("perspective=") for part in shown) == 1
    assert shown[-4:] == [
        "settb=1/30",
        "setpts=N+10",
        "overlay=enable=between(n\\,10\\,49):eof_action=repeat:format=yuv420:x=0:y=0",
        "format=yuv420p",
    ]


def test_an_interstitial_comes_as_the_clips_do():
    softly = TransitionStyle(kind="crossfade", duration_s=0.4)
    edit = above(timeline(clip(0, 90)), inserted(20, 60, mode="interstitial", move="in"), transition=softly)
    shown = parts(planned(edit).argv)
    assert "fade=nb_frames=12:start_frame=0:type=in" in shown
    assert "alphamerge" in shown


def test_what_a_span_does_not_show_of_inserts_is_no_part_of_it():
    bare = above(timeline(clip(0, 90)))
    with_one = above(bare, inserted(20, 30))
    assert planned(with_one, Span(0, 20)) == planned(bare, Span(0, 20))
    assert planned(with_one, Span(50, 40)) == planned(bare, Span(50, 40))
    assert planned(with_one, Span(49, 1)) != planned(bare, Span(49, 1))


def test_logo_and_subtitles_lie_above_inserts():
    place = Logo(source=ref("d"), facts=IMAGE, place=LogoPlace(), start=0, frames=90)
    edit = above(timeline(clip(0, 90)), inserted(10, 30), logo=place, subtitles=SubtitleStyle())
    shown = parts(planned(edit).argv)
    insert, logo = (at for at, part in enumerate(shown) if part.startswith("overlay=enable="))
    words = next(at for at, part in enumerate(shown) if part.startswith("ass="))
    assert "pow(" in shown[insert]
    assert "pow(" not in shown[logo]
    assert insert < logo < words


def test_an_insert_whose_source_is_too_short_is_refused():
    short = clip(10, 60, source_in_s=19.0)
    with pytest.raises(BadMedia):
        planned(above(timeline(clip(0, 90)), Insert(clip=short, mode="pip")))


@pytest.mark.parametrize("demuxer", ["hls", "concat"])
def test_an_insert_of_a_kind_that_opens_other_files_is_refused(demuxer):
    wrong = inserted(10, 60)
    other = wrong.clip.model_copy(update={"facts": IMAGE.model_copy(update={"demuxer": demuxer})})
    with pytest.raises(BadMedia):
        planned(above(timeline(clip(0, 90)), wrong.model_copy(update={"clip": other})))
