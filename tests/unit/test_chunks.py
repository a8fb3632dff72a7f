"""A video in groups of pictures: which there are, what each depends on, and how they are shared out."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.brief import SubtitleStyle
from contracts.inserts import InsertMode, Inset
from contracts.media import MediaFacts
from contracts.outputs import Output, PresetName, SafeZone, output
from contracts.speech import Word
from contracts.timeline import Cue, Insert, MusicTrack, Timeline, VoiceTrack
from kit.fonts import face
from services.render.plan import Span
from services.render.plan.chunks import Gop, Lanes, Run, Tools, Witness, gops, grid, runs, share_out, sound_key
from services.render.plan.showing import on_screen
from services.render.plan.subtitles import canvas, first_frame_at, write
from tests.unit.test_graph import FACTS, MUSIC, clip, ref, timeline

TOOLS = Tools("ffmpeg 1", "fonts 1")
LATO = face("Lato")
TIKTOK = output(PresetName.TIKTOK)


def said(text: str, start_s: float, end_s: float) -> Cue:
    return Cue(words=(Word(text=text, start_s=start_s, end_s=end_s, phrase=0),), start_s=start_s, end_s=end_s)


# 10.5 s in shots of 75 frames: nine GOPs, since every other shot begins between two keyframes of the grid. Subtitles
# in the first 6 s.
SHOTS = tuple(clip(75 * place, 75 if place < 4 else 15, source=ref("abcde"[place])) for place in range(5))
EDIT = timeline(*SHOTS, cues=(said("One", 0.5, 1.5), said("two", 1.5, 3.5), said("three", 4.5, 5.9)))


def keys(edit: Timeline = EDIT, size: Output = TIKTOK, tools: Tools = TOOLS) -> list[str]:
    return [gop.key for gop in gops(edit, size, LATO, tools)]


def changed(edit: Timeline = EDIT, size: Output = TIKTOK, tools: Tools = TOOLS) -> list[int]:
    """The numbers of the GOPs that are not what they were."""
    return [number for number, (old, new) in enumerate(zip(keys(), keys(edit, size, tools), strict=True)) if old != new]


def with_clip(place: int, **changes: Any) -> Timeline:
    clips = list(EDIT.clips)
    clips[place] = clips[place].model_copy(update=changes)
    return EDIT.model_copy(update={"clips": tuple(clips)})


def with_style(**changes: Any) -> Timeline:
    return EDIT.model_copy(update={"subtitles": EDIT.subtitles.model_copy(update=changes)})


def test_the_grid_is_that_of_the_keyframes():
    """Every 2 s, and where a clip begins."""
    places = (0, 60, 75, 120, 150, 180, 225, 240, 300, 315)
    assert grid(EDIT) == tuple(Span(first, end - first) for first, end in pairwise(places))
    assert grid(timeline(clip(0, 60))) == (Span(0, 60),)
    assert len(set(keys())) == len(grid(EDIT))


@pytest.mark.parametrize(
    "change",
    [
        {"source": ref("f")},
        {"source_in_s": 3.0},
        {"facts": FACTS.model_copy(update={"start_s": 0.08})},
        {"facts": FACTS.model_copy(update={"demuxer": "matroska"})},
        {"facts": FACTS.model_copy(update={"height": 480, "width": 640})},
    ],
)
def test_a_change_of_one_clip_changes_the_gops_it_is_seen_in(change):
    assert changed(with_clip(1, **change)) == [2, 3]  # frames 75 to 149, and nothing beside them
    assert changed(with_clip(4, **change)) == [8]  # frames 300 to 314


def test_a_border_that_moves_changes_the_gops_around_it():
    moved = [
        EDIT.clips[0].model_copy(update={"frames": 70}),
        EDIT.clips[1].model_copy(update={"start": 70, "frames": 80}),
    ]
    clips = (*moved, *EDIT.clips[2:])
    assert changed(EDIT.model_copy(update={"clips": clips})) == [1, 2, 3]


@pytest.mark.parametrize(
    "change",
    [
        {"size": 40},
        {"colour": "#FF0000"},
        {"highlight": "#00FF00"},
        {"outline": 1},
        {"outline_colour": "#112233"},
        {"shadow": 3},
        {"glow": 4},
        {"y": 0.5},
        {"preset": "clean"},
        {"preset": "none"},
    ],
)
def test_a_change_of_subtitles_changes_the_gops_that_show_some(change):
    assert changed(with_style(**change)) == [0, 1, 2, 3, 4]


def test_one_cue_changes_the_gops_it_is_on():
    cues = (EDIT.cues[0], said("deux", 1.5, 3.5), EDIT.cues[2])
    assert changed(EDIT.model_copy(update={"cues": cues})) == [0, 1, 2]
    assert changed(EDIT.model_copy(update={"cues": EDIT.cues[:2]})) == [3, 4]


@pytest.mark.parametrize(
    "change",
    [{"width": 720}, {"height": 1080}, {"crf": 30}, {"speed": "slow"}],
)
def test_a_change_of_the_output_changes_every_gop(change):
    assert changed(size=TIKTOK.model_copy(update=change)) == list(range(9))


def test_the_safe_zone_shapes_subtitles_alone():
    assert changed(size=TIKTOK.model_copy(update={"safe_zone": SafeZone(bottom=0.3)})) == [0, 1, 2, 3, 4]


def test_another_ffmpeg_changes_all_and_other_typefaces_what_is_written_with_them():
    assert changed(tools=Tools("ffmpeg 2", "fonts 1")) == list(range(9))
    assert changed(tools=Tools("ffmpeg 1", "fonts 2")) == [0, 1, 2, 3, 4]


def test_what_is_not_seen_changes_nothing():
    quiet = MusicTrack(source=ref("d"), facts=MUSIC, gain_db=-30, duck=False)
    voice = VoiceTrack(source=ref("e"), duration_s=9)
    for edit in (
        EDIT.model_copy(update={"music": None}),
        EDIT.model_copy(update={"music": quiet}),
        EDIT.model_copy(update={"voice": voice}),
        with_clip(1, phrase=7, asset=EDIT.clips[0].asset),
        with_style(max_words=3),
    ):
        assert changed(edit) == []
    assert changed(size=TIKTOK.model_copy(update={"preset": PresetName.GENERIC})) == []


def test_the_same_stretch_in_another_video_has_the_same_keys():
    """Fewer clips before it, other clips after it, another length."""
    joined = EDIT.clips[0].model_copy(update={"frames": 150})
    other = timeline(joined, *EDIT.clips[2:], clip(315, 90), cues=EDIT.cues)
    assert keys(other)[3:7] == keys()[4:8]


def test_the_sound_has_a_key_of_its_own():
    def key(edit: Timeline) -> str:
        return sound_key(edit, TOOLS)

    for silent in (with_clip(1, source=ref("f")), with_style(size=20), EDIT.model_copy(update={"cues": ()})):
        assert key(silent) == key(EDIT)
    music = EDIT.music
    assert music is not None
    heard = [
        EDIT.model_copy(update={"music": None}),
        *(
            EDIT.model_copy(update={"music": music.model_copy(update=change)})
            for change in ({"gain_db": -20.0}, {"duck": False}, {"source": ref("d")})
        ),
        EDIT.model_copy(update={"voice": VoiceTrack(source=ref("e"), duration_s=2.5)}),
        timeline(*SHOTS[:4], cues=EDIT.cues),
    ]
    assert len({key(edit) for edit in (EDIT, *heard)}) == 7
    assert sound_key(EDIT, Tools("ffmpeg 2", "fonts 1")) != key(EDIT)


cue_times = st.lists(st.tuples(st.floats(0, 1.2), st.floats(0.02, 3)), max_size=6)


@given(cue_times, st.integers(0, 200), st.integers(1, 90), st.sampled_from(["karaoke", "clean"]))
def test_a_span_has_the_events_of_the_whole_that_are_on_its_frames(times, first, frames, preset):
    at, cues = 0.0, []
    for gap_s, long_s in times:
        at += gap_s
        cues.append(said("word", at, at + long_s))  # some run into the next
    style = SubtitleStyle(preset=preset)
    span = Span(first, frames)

    def events(some) -> list[str]:
        lines = write(some, style, LATO, canvas(TIKTOK), 30).splitlines()
        return [line for line in lines if line.startswith("Dialogue:")]

    def on_the_span(line: str) -> bool:
        start, end = (first_frame_at(_seconds(time_) - 1e-3, 30) for time_ in line.split(",")[1:3])
        return start < span.end and end > span.first

    assert [e for e in events(on_screen(cues, span, 30)) if on_the_span(e)] == [
        e for e in events(cues) if on_the_span(e)
    ]


def _seconds(clock: str) -> float:
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def numbered(into_clip: list[int]) -> list[Gop]:
    return [
        Gop(number, Span(60 * number, 60), str(number), (number // 60, number // 60), into)
        for number, into in enumerate(into_clip)
    ]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 300)), max_size=80), st.integers(1, 8))
def test_runs_make_every_missing_gop_once_and_nothing_else(gaps, lanes):
    missing = [gop for gop, (wanted, _) in zip(numbered([into for _, into in gaps]), gaps, strict=True) if wanted]
    made = [number for run in runs(missing, lanes) for number in range(run.first, run.first + run.count)]
    assert made == [gop.number for gop in missing]
    assert all(run.count > 0 for run in runs(missing, lanes))


def test_runs_get_shorter_so_that_all_lanes_end_together():
    lengths = [run.count for run in runs(numbered([0] * 150), 2)]
    assert lengths[0] == 60
    assert lengths[-1] == 1
    assert all(one >= two for one, two in pairwise(lengths))
    assert len(lengths) <= 12
    assert [run.count for run in runs(numbered([0] * 15), 1)] == [15]


def test_a_run_begins_where_a_clip_does_if_there_is_one_near():
    into = [0, 60, 120, 30, 90, 0, 60, 120, 30, 90, 0, 60, 120, 30, 90]
    assert next(runs(numbered(into), 2)) == Run(0, 5)


def test_a_run_has_few_clips_open_at_a_time():
    """Shots of 5 s, as in the reference job: runs of five. Short ones: runs that are worth their start."""
    shots_ = tuple(clip(150 * place, 150) for place in range(6))
    assert list(runs(gops(timeline(*shots_), TIKTOK, LATO, TOOLS), 1)) == [Run(0, 15), Run(15, 3)]
    hasty = tuple(clip(15 * place, 15) for place in range(48))
    assert [run.count for run in runs(gops(timeline(*hasty), TIKTOK, LATO, TOOLS), 1)] == [12] * 4


def test_a_cut_close_to_another_keyframe_gets_none():
    """Shots of 9 frames, and one that begins 9 frames before a keyframe."""
    flashes = tuple(clip(9 * place, 9) for place in range(4))
    edit = timeline(*flashes, clip(36, 15), clip(51, 15), clip(66, 24))
    assert [span.first for span in grid(edit)] == [0, 18, 36, 60]


def test_few_gops_are_not_spread_over_many_encodes():
    lanes = share_out(8)
    assert lanes == Lanes(2, 0, 8)
    assert (lanes.for_work(5), lanes.for_work(5).each) == (Lanes(1, 0, 8), 8)
    assert (lanes.for_work(6).most, lanes.for_work(50).each) == (2, 4)


@pytest.mark.parametrize(
    ("asked", "shared"),
    [
        ({"cores": 2}, (1, 2)),
        ({"cores": 6}, (2, 3)),
        ({"cores": 64}, (8, 8)),
        ({"cores": 4, "slots": 2}, (1, 2)),
        ({"cores": 4, "runs": 4}, (4, 1)),
        ({"cores": 2, "slots": 5}, (1, 1)),
        ({"cores": 4, "runs": 1}, (1, 4)),
        ({"cores": 4, "threads": 1}, (4, 1)),
        ({"cores": 4, "threads": 3}, (1, 3)),
    ],
)
def test_a_machine_is_shared_out(asked, shared):
    lanes = share_out(**asked)
    assert (lanes.most, lanes.each) == shared


def heard(lines: list[str]) -> tuple[list[int], set[int]]:
    """What a witness makes of them: GOPs finished, and those that lack pictures. Two shots of 75 and 60 frames."""
    edit = timeline(clip(0, 75), clip(75, 60))
    witness = Witness(edit, Run(0, 4))
    finished = [number for line in lines if (number := witness.line(line)) is not None]
    return finished, witness.lacking


def test_a_gop_counts_when_its_sources_have_given_all_it_shows():
    lines = ["clip0=1", "file:gop00000.mp4", "frame=80", "clip0=1", "gop00001.mp4", "clip1=1", "gop00002.mp4"]
    assert heard(lines) == ([0, 1, 2], set())
    assert heard([*lines, "clip1=1", "gop00003.mp4"]) == ([0, 1, 2, 3], set())


def test_a_source_that_ends_early_spoils_the_gops_from_there_on():
    assert heard(["clip0=1", "gop00000.mp4", "gop00001.mp4"])[1] == {1}
    assert heard(["gop00000.mp4"])[1] == {0}
    assert heard(["clip0=1", "gop00000.mp4", "clip0=1", "gop00001.mp4", "gop00002.mp4", "gop00003.mp4"])[1] == {2, 3}


def test_five_minutes_are_planned_in_less_than_it_takes_to_show_a_second():
    shots = tuple(clip(90 * place, 90) for place in range(100))
    cues = tuple(said(f"word{place}", place * 2.0, place * 2.0 + 1.9) for place in range(150))
    long = Timeline.model_validate(timeline(*shots, cues=cues))
    began = time.process_time()
    assert len(gops(long, TIKTOK, LATO, TOOLS)) == 200
    assert time.process_time() - began < 1.0


def with_insert(start: int, frames: int, mode: InsertMode = "pip", **changes: Any) -> Timeline:
    picture = MediaFacts(container="png", demuxer="png_pipe", duration_s=0, width=900, height=900)
    shown = clip(start, frames, source=ref("d"), facts=picture, source_in_s=0.0)
    insert = Insert(clip=shown, mode=mode, **changes)
    return EDIT.model_copy(update={"inserts": (insert,)})


def test_a_framed_insert_changes_the_gops_it_is_seen_in():
    assert grid(with_insert(130, 60)) == grid(EDIT)
    assert changed(with_insert(130, 60)) == [3, 4, 5]  # frames 120 to 224
    one, other = keys(with_insert(130, 60)), keys(with_insert(130, 60, inset=Inset(place="top")))
    assert [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b] == [3, 4, 5]


def test_an_interstitial_has_keyframes_where_it_comes_and_goes():
    places = {span.first for span in grid(with_insert(195, 75, "interstitial"))}
    assert places - {span.first for span in grid(EDIT)} == {195, 270}
    there = keys(with_insert(195, 75, "interstitial"))
    assert [key for key in keys() if key not in there] == [keys()[5], keys()[6], keys()[7]]


def test_an_insert_that_ends_early_spoils_the_gops_from_there_on():
    edit = timeline(clip(0, 135)).model_copy(update={"inserts": (Insert(clip=clip(70, 60), mode="pip"),)})
    whole = ["clip0=1", "gop00000.mp4", "clip0=1", "insert0=1", "gop00001.mp4", "insert0=1", "clip0=1", "gop00002.mp4"]
    for missing, lacking in ((None, set()), (3, {1, 2}), (5, {2})):
        witness = Witness(edit, Run(0, 3))
        lines = [line for place, line in enumerate(whole) if place != missing]
        assert [number for line in lines if (number := witness.line(line)) is not None] == [0, 1, 2]
        assert witness.lacking == lacking


def test_a_run_has_few_inserts_open_at_a_time():
    picture = MediaFacts(container="png", demuxer="png_pipe", duration_s=0, width=900, height=900)
    shown = tuple(
        Insert(clip=clip(90 * place, 60, source=ref("d"), facts=picture, source_in_s=0.0), mode="pip")
        for place in range(12)
    )
    edit = timeline(clip(0, 540), clip(540, 540)).model_copy(update={"inserts": shown})
    found = list(runs(gops(edit, TIKTOK, LATO, TOOLS), 1))
    assert [gop.inserts for gop in gops(edit, TIKTOK, LATO, TOOLS)][:3] == [(0, 1), (1, 2), (1, 2)]
    for run in found:
        first, end = run.first * 60, (run.first + run.count) * 60
        assert sum(insert.start < end and insert.end > first for insert in shown) <= 5
