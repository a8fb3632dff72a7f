"""Subtitles: on exactly their frames, inside their room, and never more than text."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contracts.brief import FONTS, SubtitleStyle
from contracts.outputs import PresetName, output
from contracts.speech import Word
from contracts.timeline import Cue
from kit.fonts import face
from services.render.plan.subtitles import as_data, canvas, clock, first_frame_at, lay_out, write

FPS = 30
TIKTOK = canvas(output(PresetName.TIKTOK))
TIME = re.compile(r"(\d+):(\d\d):(\d\d)\.(\d\d)")


def cue(text: str, start_s: float, end_s: float, pause_s: float = 0.0) -> Cue:
    parts = text.split()
    each = (end_s - start_s) / len(parts)
    words = tuple(
        Word(text=part, start_s=start_s + each * place, end_s=start_s + each * (place + 1) - pause_s, phrase=0)
        for place, part in enumerate(parts)
    )
    return Cue(words=words, start_s=start_s, end_s=end_s)


def events(cues: list[Cue], style: SubtitleStyle | None = None, layer: int = 1) -> list[tuple[int, int, str]]:
    """(first ms, end ms, text) of each event of a layer."""
    written = write(cues, style or SubtitleStyle(), face("Lato"), TIKTOK, FPS)
    rows = [line.split(",", 9) for line in written.splitlines() if line.startswith(f"Dialogue: {layer},")]
    return [(_ms(row[1]), _ms(row[2]), row[9]) for row in rows]


def _ms(text: str) -> int:
    found = TIME.fullmatch(text)
    assert found is not None
    hours, minutes, seconds, hundredths = map(int, found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10


def frames_shown(start_ms: int, end_ms: int, upto: int = 400) -> list[int]:
    """The frames a renderer draws an event on: it asks at the frame's time in whole milliseconds."""
    return [frame for frame in range(upto) if start_ms <= frame * 1000 // FPS < end_ms]


def seen_by_libass(text: str) -> str:
    """Text as libass reads it: override blocks gone, escapes undone, what draws nothing dropped."""
    drawn, place = "", 0
    while place < len(text):
        pair = text[place : place + 2]
        if pair in {"\\{", "\\}"}:
            drawn, place = drawn + pair[1], place + 2
        elif pair in {"\\N", "\\n", "\\h"}:
            drawn, place = drawn + "<command>", place + 2
        elif text[place] == "{" and "}" in text[place:]:
            place = text.index("}", place) + 1
        else:
            drawn, place = drawn + text[place], place + 1
    return drawn.replace("\u2060", "")


@given(st.floats(0, 12), st.floats(0.04, 4))
def test_a_cue_is_on_the_frames_of_its_time_and_on_no_other(start_s, length_s):
    end_s = start_s + length_s
    # A boundary within a microsecond of a frame's time may fall on either side of it.
    assume(all(abs(time * FPS - round(time * FPS)) > 1e-4 for time in (start_s, end_s)))
    shown = {
        frame
        for first, end, _ in events([cue("one two three", start_s, end_s)])
        for frame in frames_shown(first, end, 600)
    }
    assert shown == {
        frame for frame in range(600) if start_s - 1e-6 < frame / FPS + 1e-7 and frame / FPS < end_s - 1e-7
    }


@given(st.integers(0, 10_000))
def test_a_time_falls_between_two_frames(frame):
    first_ms = _ms(clock(frame, FPS))
    assert frame * 1000 // FPS >= first_ms
    assert frame == 0 or (frame - 1) * 1000 // FPS < first_ms


def test_a_float_s_dust_moves_no_frame():
    assert first_frame_at(0.1 * 3, FPS) == 9
    assert first_frame_at(2.3, FPS) == 69
    assert first_frame_at(2.3001, FPS) == 70


@pytest.mark.parametrize("text", ["a < b > c", r"{\b1}", r"\N", r"\n", r"\h", r"{\pos(0,0)\fs900}", r"\{x}", "{", "}"])
def test_SEC_02_what_looks_like_a_command_comes_out_as_typed(text):
    whole = " ".join(seen_by_libass(shown) for _, _, shown in events([cue(text, 0, 1)], SubtitleStyle(preset="clean")))
    assert whole == text


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from("\\{}Nnh b1pos(,)&H*;\u0130ș<>%'"), max_size=30))
def test_SEC_02_text_is_drawn_as_typed(text):
    assert seen_by_libass(as_data(text)) == text


@given(st.text(max_size=40))
def test_SEC_02_no_text_breaks_out_of_its_line(text):
    assert len(as_data(text).splitlines()) <= 1


def test_each_word_is_lit_alone_while_it_is_spoken():
    lit = [
        (frames_shown(first, end), re.findall(r"\\1c&H000AD6FF&}(\S+?){", text))
        for first, end, text in events([cue("one two three", 1.0, 2.0)])
    ]
    assert [words for _, words in lit] == [["one"], ["two"], ["three"]]
    assert [(frames[0], frames[-1]) for frames, _ in lit] == [(30, 39), (40, 49), (50, 59)]


def test_a_long_pause_lights_no_word_and_a_short_one_keeps_the_last():
    texts = [text for _, _, text in events([cue("one two", 0.0, 2.0, pause_s=0.5)])]
    assert [text.count("\\1c&H000AD6FF") for text in texts] == [1, 0, 1, 0]
    texts = [text for _, _, text in events([cue("one two", 0.0, 2.0, pause_s=0.1)])]
    assert [text.count("\\1c&H000AD6FF") for text in texts] == [1, 1, 0]


def test_a_cue_ends_where_the_next_one_begins():
    shown = [frames_shown(first, end) for first, end, _ in events([cue("a", 0.0, 2.0), cue("b", 1.0, 3.0)])]
    assert (shown[0][-1], shown[1][0]) == (29, 30)


def test_clean_subtitles_light_nothing_and_are_one_event_a_line():
    made = events([cue("one two three", 0.0, 2.0)], SubtitleStyle(preset="clean"))
    assert len(made) == 1
    assert "\\1c" not in made[0][2]


def test_glow_lies_below_and_has_no_fill():
    style = SubtitleStyle(glow=5, outline=2)
    below = events([cue("one two", 0.0, 1.0)], style, layer=0)
    assert len(below) == 1
    assert "\\1a&HFF&\\bord7\\blur5" in below[0][2]
    assert events([cue("one two", 0.0, 1.0)], SubtitleStyle(), layer=0) == []


@pytest.mark.parametrize("family", FONTS)
@pytest.mark.parametrize("preset", list(PresetName))
def test_cues_of_the_usual_length_keep_their_size(family, preset):
    plane = canvas(output(preset))
    style = SubtitleStyle(font=family)
    made = lay_out(["Nobody", "knows", "how", "this", "bread", "was", "baked"], style, face(family), plane)
    assert made.size == style.size
    assert len(made.lines) <= 2


@given(
    st.lists(st.text(alphabet="abcWMi,.", min_size=1, max_size=60), min_size=1, max_size=12),
    st.integers(16, 160),
    st.sampled_from(FONTS),
    st.sampled_from(list(PresetName)),
)
@settings(max_examples=150, deadline=None)
def test_whatever_the_words_they_stay_inside_their_room(words, size, family, preset):
    plane, known = canvas(output(preset)), face(family)
    made = lay_out(words, SubtitleStyle(size=size, font=family), known, plane)
    widths = [known.width(" ".join(piece.text for piece in line)) * made.size for line in made.lines]
    assert max(widths) <= plane.room
    assert "".join(piece.text for line in made.lines for piece in line) == "".join(words)
    assert len(made.lines) * made.size <= plane.height * (1 - plane.zone.top - plane.zone.bottom)


def test_two_lines_are_balanced():
    made = lay_out(
        ["a", "small", "bakery", "opens", "its", "doors", "before", "the", "sun"], SubtitleStyle(), face("Lato"), TIKTOK
    )
    first, second = (face("Lato").width(" ".join(piece.text for piece in line)) for line in made.lines)
    assert 0.7 < first / second < 1.4


@pytest.mark.parametrize("y", [0.1, 0.5, 0.85, 0.95])
@pytest.mark.parametrize("preset", [PresetName.TIKTOK, PresetName.LANDSCAPE, PresetName.SQUARE])
def test_lines_stay_above_the_platform_s_own_buttons(y, preset):
    plane = canvas(output(preset))
    style = SubtitleStyle(y=y, size=64)
    written = write([cue("enough words to fill two lines of it", 0, 1)], style, face("Lato"), plane, FPS)
    bottoms = sorted({float(found) for found in re.findall(r"\\pos\([\d.]+,([\d.]+)\)", written)})
    below = 64 * face("Lato").descent / face("Lato").units_per_em
    baseline = bottoms[-1] - below
    assert baseline + 64 * 0.24 <= plane.height * (1 - plane.zone.bottom)
    assert bottoms[0] - below - 64 >= plane.height * plane.zone.top - 0.01
    if y == 0.5:
        assert baseline == pytest.approx(plane.height * 0.5, abs=0.01)


def test_a_draft_is_laid_out_like_the_final_file():
    assert canvas(output(PresetName.TIKTOK, "draft")) == TIKTOK
    landscape = canvas(output(PresetName.LANDSCAPE, "draft"))
    assert (landscape.width, landscape.height) == (1920, 1080)
