"""Subtitles: on exactly their frames, inside their room, and never more than text."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contracts.brief import SubtitleStyle
from contracts.looks import FONTS
from contracts.outputs import PresetName, output
from contracts.speech import Word
from contracts.timeline import Cue
from kit.fonts import face
from services.render.plan.subtitles import as_data, canvas, clock, first_frame_at, lay_out, write
from services.render.plan.subtitles.drawing import Row, evened, outline, rounded

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


@pytest.mark.parametrize("preset", ["clean", "karaoke", "boxed", "pop", "glow"])
@pytest.mark.parametrize("text", ["a < b > c", r"{\b1}", r"\N", r"\n", r"\h", r"{\pos(0,0)\fs900}", r"\{x}", "{", "}"])
def test_SEC_02_what_looks_like_a_command_comes_out_as_typed(text, preset):
    style, layer = SubtitleStyle(preset=preset), 2 if preset == "glow" else 1
    shown = [seen_by_libass(text) for start_ms, _, text in events([cue(text, 0, 1)], style, layer) if start_ms == 0]
    if preset == "pop":  # the first word begins above the others
        shown = [seen_by_libass(events([cue(text, 0, 1)], style, 2)[0][2]), *shown]
    assert " ".join(shown) == text


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from("\\{}Nnh b1pos(,)&H*;\u0130ș<>%'"), max_size=30))
def test_SEC_02_text_is_drawn_as_typed(text):
    assert seen_by_libass(as_data(text)) == text


@given(st.text(max_size=40))
def test_SEC_02_no_text_breaks_out_of_its_line(text):
    assert len(as_data(text).splitlines()) <= 1


BOXED = SubtitleStyle(preset="boxed")


def test_each_word_is_lit_alone_while_it_is_spoken():
    lit = [
        (frames_shown(first, end), re.findall(r"\\1c&H000AD6FF&}(\S+?){", text))
        for first, end, text in events([cue("one two three", 1.0, 2.0)], BOXED)
    ]
    assert [words for _, words in lit] == [["one"], ["two"], ["three"]]
    assert [(frames[0], frames[-1]) for frames, _ in lit] == [(30, 39), (40, 49), (50, 59)]


def test_a_long_pause_lights_no_word_and_a_short_one_keeps_the_last():
    texts = [text for _, _, text in events([cue("one two", 0.0, 2.0, pause_s=0.5)], BOXED)]
    assert [text.count("\\1c&H000AD6FF") for text in texts] == [1, 0, 1, 0]
    texts = [text for _, _, text in events([cue("one two", 0.0, 2.0, pause_s=0.1)], BOXED)]
    assert [text.count("\\1c&H000AD6FF") for text in texts] == [1, 1, 0]


def swept(text: str) -> list[tuple[int, int, str]]:
    """(from ms, until ms, word) of each sweep in a line, from the start of its event."""
    at, found = 0, []
    for kind, hundredths, word in re.findall(r"\\(kf?)(\d+)}([^{]*)", text):
        if kind == "kf":
            found.append((at * 10, (at + int(hundredths)) * 10, word))
        at += int(hundredths)
    return found


@given(
    st.lists(st.tuples(st.floats(0.01, 1.2), st.floats(0, 0.6)), min_size=1, max_size=9),
    st.floats(0, 30),
    st.sampled_from([48, 90]),
)
@settings(deadline=None)
def test_the_highlight_runs_through_each_word_while_it_is_spoken(lengths, start_s, size):
    words, at_s = [], start_s
    for number, (length_s, pause_s) in enumerate(lengths):
        words.append(Word(text=f"word{number}", start_s=at_s, end_s=at_s + length_s, phrase=0))
        at_s += length_s + pause_s
    made = events([Cue(words=tuple(words), start_s=start_s, end_s=at_s + 0.2)], SubtitleStyle(size=size))
    found = [(first + a, first + b, word) for first, _, text in made for a, b, word in swept(text)]
    assert [word for _, _, word in found] == [word.text for word in words]
    for (begins_ms, ends_ms, _), word in zip(found, words, strict=True):
        # The event begins at the cue's first frame, up to a frame after its time.
        assert max(word.start_s * 1000, made[0][0]) == pytest.approx(begins_ms, abs=11)
        assert max(word.end_s * 1000, made[0][0]) == pytest.approx(ends_ms, abs=11)


def test_the_parts_of_a_broken_word_share_its_time():
    parts = [part for _, _, text in events([cue("W" * 30, 0.0, 3.0)], SubtitleStyle(size=160)) for part in swept(text)]
    assert len(parts) > 1
    assert [begins for begins, _, _ in parts] == [0, *(ends for _, ends, _ in parts[:-1])]
    assert parts[-1][1] == 3000
    assert all(ends - begins == pytest.approx(100 * len(text), abs=10) for begins, ends, text in parts)


POP = SubtitleStyle(preset="pop")


def drawn_by_word(made: list[tuple[int, int, str]]) -> dict[str, list[tuple[int, int, str]]]:
    found: dict[str, list[tuple[int, int, str]]] = {}
    for event in sorted(made):
        found.setdefault(seen_by_libass(event[2]), []).append(event)
    return found


def test_in_pop_each_word_is_always_there_once_and_never_moves():
    cues = [cue("one two three", 1.0, 2.0)]
    words = drawn_by_word(events(cues, POP, 1) + events(cues, POP, 2))
    assert set(words) == {"one", "two", "three"}
    for shown in words.values():
        assert [frame for first, end, _ in shown for frame in frames_shown(first, end)] == list(range(30, 60))
        assert len({re.findall(r"\\pos\([^)]*\)", text)[0] for _, _, text in shown}) == 1
    grown = [(frames_shown(first, end)[0], seen_by_libass(text)) for first, end, text in events(cues, POP, 2)]
    assert grown == [(30, "one"), (40, "two"), (50, "three")]


@pytest.mark.parametrize(("strength", "grown"), [(0.0, "100.0"), (0.1, "110.0"), (0.5, None)])
def test_a_word_grows_as_asked_but_not_over_its_neighbours(strength, grown):
    text = events([cue("go home now", 0, 1)], POP.model_copy(update={"pop_strength": strength}), 2)[1][2]
    peak, kept = map(float, re.findall(r"fscx([\d.]+)", text)[:2])
    assert grown is None or peak == float(grown)
    assert 100 <= kept <= peak < 100 + 100 * strength + 0.1
    if grown is None:
        sticks_out = face("Lato").width("home") * (peak - 100) / 100 / 2
        assert 0.1 < sticks_out < face("Lato").width(" ") + 0.15


def test_in_pop_words_stand_in_order_and_apart():
    cues = [cue("one two three", 1.0, 2.0)]
    words = drawn_by_word(events(cues, POP, 1) + events(cues, POP, 2))
    places = {name: float(re.findall(r"\\pos\(([\d.]+)", shown[0][2])[0]) / POP.size for name, shown in words.items()}
    wide = {name: face("Lato").width(name) for name in words}
    for left, right in (("one", "two"), ("two", "three")):
        gap = places[right] - wide[right] / 2 - places[left] - wide[left] / 2
        assert gap == pytest.approx(face("Lato").width(" ") + 0.15, abs=0.01)
    assert places["one"] - wide["one"] / 2 + places["three"] + wide["three"] / 2 == pytest.approx(1080 / 48, abs=0.01)


def path_of(box: str) -> list[tuple[float, float]]:
    numbers = [int(number) / 8 for number in re.findall(r"-?\d+", box.split("}", 1)[1])]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


@pytest.mark.parametrize("y", [0.1, 0.5, 0.95])
@pytest.mark.parametrize("text", ["short one", "a longer cue that needs two lines of it", "W" * 60])
def test_the_box_is_around_all_lines_and_inside_the_safe_zone(text, y):
    style = SubtitleStyle(preset="boxed", size=70, y=y, box_padding=30)
    made = events([cue(text, 0, 1)], style, 0)
    assert len(made) == 1, "one path, so that nothing see-through overlaps"
    xs, ys = zip(*path_of(made[0][2]), strict=True)
    block = lay_out(text.split(), style, face("Lato"), TIKTOK)
    widest = max(face("Lato").width(" ".join(piece.text for piece in line)) for line in block.lines) * block.size
    assert max(xs) - min(xs) == pytest.approx(widest + 60, abs=0.5)
    assert min(xs) + max(xs) == pytest.approx(TIKTOK.width, abs=0.5)
    assert min(xs) >= TIKTOK.width * TIKTOK.zone.right
    assert min(ys) >= TIKTOK.height * TIKTOK.zone.top - 0.5
    assert max(ys) <= TIKTOK.height * (1 - TIKTOK.zone.bottom) + 0.5
    bottoms = [float(found) for _, _, text in events([cue(text, 0, 1)], style) for found in BOTTOM.findall(text)]
    known = face("Lato")
    assert max(ys) > max(bottoms) - block.size * known.descent / known.units_per_em
    assert min(ys) < min(bottoms) - block.size * (known.descent + known.cap_height) / known.units_per_em


BOTTOM = re.compile(r"\\pos\([\d.]+,([\d.]+)\)")


def test_a_box_steps_where_its_lines_differ_and_is_straight_where_they_hardly_do():
    steps = [Row(300, 0, 60), Row(200, 60, 120)]
    assert evened(steps, 18) == steps
    assert len(outline(steps, 540)) == 8
    level = evened([Row(300, 0, 60), Row(290, 60, 120)], 18)
    assert [row.half for row in level] == [300, 300]
    assert outline(level, 540) == [(240, 0), (840, 0), (840, 120), (240, 120)]


def test_corners_are_as_round_as_asked_and_never_rounder_than_they_can_be():
    square = [(0.0, 0.0), (100.0, 0.0), (100.0, 40.0), (0.0, 40.0)]
    assert rounded(square, 0) == "m 0 0 l 800 0 l 800 320 l 0 320"
    assert rounded(square, 500).startswith("m 0 160 b 0 72 ")  # half of the shorter side
    assert rounded(square, 500).count("b") == 4


def test_the_glow_of_the_spoken_word_is_its_own():
    style = SubtitleStyle(preset="glow", glow_colour="#00D9FF", highlight="#FF0000")
    for _, _, text in events([cue("one two", 0, 1)], style):
        assert "\\3c&H00FFD900&" in text
        assert "\\1a&HFF&" in text, "light has no letters of its own"
    bright = [re.findall(r"\\3a&H19&}(\w+)", text) for _, _, text in events([cue("one two", 0, 1)], style)]
    assert [words for words in bright if words] == [["one"], ["two"]]
    assert len(events([cue("one two", 0, 1)], style, 2)) == 1


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_cue_and_the_next_one_are_all_that_shapes_it(data):
    style = SubtitleStyle(preset=data.draw(st.sampled_from(["clean", "karaoke", "pop", "boxed", "glow"])))
    starts = sorted(data.draw(st.lists(st.floats(0, 20), min_size=2, max_size=6)))
    cues = [cue(f"some words of cue{number}", at, at + 2) for number, at in enumerate(starts)]
    every = written(cues, style)
    for place, one in enumerate(cues):
        behind = cues[place + 1 : place + 2]
        both, alone = written([one, *behind], style), written(behind, style)
        of_one = both[: len(both) - len(alone)]
        assert of_one == every[: len(of_one)]
        every = every[len(of_one) :]
    assert every == []


def written(cues: list[Cue], style: SubtitleStyle) -> list[str]:
    text = write(cues, style, face("Lato"), TIKTOK, FPS)
    return [line for line in text.splitlines() if line.startswith("Dialogue:")]


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
    assert "\\1a&HFF&\\shad0\\bord7\\blur5" in below[0][2]
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
