"""The quality gate on real files: each made wrong on purpose in one way, and a good one; words measured as drawn."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from contracts.brief import SubtitleStyle
from contracts.outputs import Output, PresetName, SafeZone, output
from contracts.quality import Expected, ExpectedFile, Finding, Place, Span, Written
from contracts.showcase import Card, Showcase
from contracts.speech import Word
from contracts.timeline import Cue, Timeline
from kit.encoded import NotRead
from kit.ffmpeg import find_ffmpeg
from services.quality.judging import judged, undrawn
from services.quality.measuring import measured
from services.render.expecting import expected
from tests.builders import timeline
from tests.unit.test_quality import GOOD as WELL
from tests.unit.test_quality import WISH

WIDTH, HEIGHT, SECONDS = 270, 480, 8
LEVELLED = "loudnorm=I=-14:TP=-2:LRA=7,aresample=48000"
CODED = (
    *("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-profile:v", "high", "-pix_fmt", "yuv420p", "-g", "60"),
    *("-x264-params", "8x8dct=1:colorprim=bt709:transfer=bt709:colormatrix=bt709", "-color_range", "tv"),
    *("-c:a", "aac", "-b:a", "192k", "-ac", "2", "-movflags", "+faststart"),
)
TAGGED = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
BAND = Place(left=0.0, top=0.78, right=1.0, bottom=0.9)


@dataclass(frozen=True)
class Made:
    """How a file is made: filters of its pictures and sound, and what of it differs from what is asked."""

    pictures: str = "null"
    sound: str = LEVELLED
    size: tuple[int, int] = (WIDTH, HEIGHT)
    sound_s: float = SECONDS
    asked: dict[str, Any] = field(default_factory=dict)
    wished: dict[str, Any] = field(default_factory=dict)

    def file(self, path: Path) -> Path:
        width, height = self.size
        command: list[str | Path] = [find_ffmpeg(), "-v", "error", "-y"]
        command += ["-f", "lavfi", "-i", f"testsrc2=s={width}x{height}:r=30:d={SECONDS}"]
        command += ["-f", "lavfi", "-i", f"anoisesrc=r=48000:c=pink:d={self.sound_s}:a=0.35:seed=1"]
        command += ["-vf", f"{self.pictures},format=yuv420p,{TAGGED}", "-af", self.sound, *CODED, path]
        subprocess.run(command, check=True, timeout=120)
        return path


def black(between: str) -> str:
    return f"drawbox=color=black:t=fill:enable='{between}'"


HELD = f"loop=loop=120:size=1:start=60,trim=end_frame={SECONDS * 30},setpts=N/30/TB"  # frame 60 for four seconds
SUNG = "drawbox=y=400:h=20:w=200:color=white:t=fill:enable='lt(mod(n,10),5)'"  # something below that never rests
HUSHED = f"{LEVELLED},asetnsamples=1024,volume=volume=0:eval=frame:enable='between(t,3,6.5)'"
OUT = Written(what="subtitles", text="Too low", at_s=1.0, place=Place(left=0.1, top=0.9, right=0.9, bottom=0.98))

CASES: dict[str, tuple[Made, list[str]]] = {
    "good": (Made(), []),
    "black in the middle": (Made(pictures=black("between(t,2,3)")), ["black"]),
    "black at the end": (Made(pictures=black("gte(t,7)")), ["black"]),
    "black for a blink": (Made(pictures=black("between(t,2,2.3)")), []),
    "black under subtitles": (
        Made(pictures=f"{black('between(t,2,3)')},{SUNG}", asked={"covered": (BAND,)}),
        ["black"],
    ),
    "black on the stage of a card": (
        Made(
            pictures=f"{black('between(t,2,3)')},drawbox=y=240:color=0x884422:t=fill",
            asked={"pictures": Place(left=0, top=0, right=1, bottom=0.5)},
        ),
        ["black"],
    ),
    "frozen": (Made(pictures=HELD), ["frozen"]),
    "frozen under subtitles": (Made(pictures=f"{HELD},{SUNG}", asked={"covered": (BAND,)}), ["frozen"]),
    "still by wish": (Made(pictures=HELD, wished={"still": (Span(start_s=2, end_s=6),)}), []),
    "silent in the middle": (Made(sound=HUSHED), ["silence"]),
    "silent by wish": (Made(sound=HUSHED, wished={"silent": (Span(start_s=3, end_s=6.5),)}), []),
    "no sound at all": (Made(sound="volume=0"), ["sound_silent"]),
    "loud and clipped": (Made(sound="volume=20dB"), ["loudness", "true_peak"]),
    "too quiet": (Made(sound=f"{LEVELLED},volume=-3dB"), ["loudness"]),
    "wrong size": (Made(size=(272, 480)), ["size_wrong"]),
    "sound too short": (Made(sound_s=6), ["sound_length_wrong"]),
    "shorter than asked": (Made(wished={"frames": SECONDS * 30 + 9}), ["length_wrong"]),
    "subtitles too low": (Made(asked={"outermost": (OUT,)}), ["outside_safe_zone"]),
    "characters nobody draws": (Made(wished={"undrawn": ("漢",)}), ["glyphs_missing"]),
}


async def findings(path: Path, made: Made, folder: Path) -> list[Finding]:
    asked = ExpectedFile(preset=PresetName.TIKTOK, width=WIDTH, height=HEIGHT, safe_zone=SafeZone())
    asked = asked.model_copy(update=made.asked)
    wish = Expected(fps=30, frames=SECONDS * 30, sounds=True, files=(asked,)).model_copy(update=made.wished)
    folder.mkdir()
    seen = await measured(path, asked, folder, nice=0, stalled_s=60, tell=lambda _: None)
    return [*undrawn(wish), *judged(wish, asked, seen)]


@pytest.mark.parametrize("name", CASES)
async def test_what_is_wrong_with_a_file_is_found_and_nothing_else(tmp_path: Path, name: str):
    made, codes = CASES[name]
    found = await findings(made.file(tmp_path / "made.mp4"), made, tmp_path / "work")
    assert [each.code for each in found] == codes, found


async def test_spans_are_told_where_they_are(tmp_path: Path):
    made = Made(pictures=black("between(t,2,3)"), sound=HUSHED)
    dark, hushed = await findings(made.file(tmp_path / "made.mp4"), made, tmp_path / "work")
    assert (dark.start_s, dark.end_s) == pytest.approx((2.0, 3.0), abs=0.05)
    assert (hushed.start_s, hushed.end_s) == pytest.approx((3.0, 6.5), abs=0.05)


async def test_a_file_that_is_broken_in_the_middle_is_found(tmp_path: Path):
    path = Made().file(tmp_path / "made.mp4")
    data = bytearray(path.read_bytes())
    for place in range(len(data) // 2, len(data) // 2 + 20_000):
        data[place] ^= 0x5A
    path.write_bytes(data)
    assert "damaged" in [each.code for each in await findings(path, Made(), tmp_path / "work")]


async def test_what_is_no_video_can_not_be_read(tmp_path: Path):
    path = tmp_path / "made.mp4"
    path.write_bytes(b"no video at all" * 100)
    with pytest.raises(NotRead):
        await findings(path, Made(), tmp_path / "work")


# --- what is written, measured as it is drawn ---------------------------------------------------------------------

WORDS = ["It", "was", "wonderful", "that", "morning,", "wonderfully", "so,", "Donaudampfschifffahrt!"]
STYLES = ("karaoke", "clean", "pop", "boxed", "glow")


def saying(style: SubtitleStyle, words: list[str] = WORDS, **changes: Any) -> Timeline:
    said = tuple(Word(text=text, start_s=at * 0.4, end_s=at * 0.4 + 0.35, phrase=0) for at, text in enumerate(words))
    cue = Cue(words=said, start_s=0.0, end_s=len(words) * 0.4)
    frames = len(words) * 12
    clip = timeline().clips[0].model_copy(update={"frames": frames})
    made = {"frames": frames, "clips": (clip,), "cues": (cue,), "subtitles": style}
    return timeline().model_copy(update=made | changes)


async def only(made: Timeline, asked: Output, folder: Path) -> ExpectedFile:
    folder.mkdir()
    (file,) = (await expected(made, (asked,), folder, 0)).files
    return file


def outside(file: ExpectedFile) -> bool:
    zone = file.safe_zone
    return any(
        min(each.place.left - zone.left, each.place.top - zone.top) < -0.006
        or max(each.place.right - 1 + zone.right, each.place.bottom - 1 + zone.bottom) > 0.006
        for each in file.outermost
    )


@pytest.mark.parametrize("preset", STYLES)
@pytest.mark.parametrize(("size", "y"), [(48, 0.85), (160, 0.95)])
async def test_our_own_subtitles_stay_in_the_safe_zone_however_large(tmp_path: Path, preset: Any, size: int, y: float):
    made = saying(SubtitleStyle(preset=preset, size=size, y=y, glow=0, shadow=2))
    for place, name in enumerate((PresetName.TIKTOK, PresetName.LANDSCAPE)):
        file = await only(made, output(name), tmp_path / str(place))
        assert file.outermost
        assert not outside(file), file.outermost
        (band,) = file.covered
        assert band.top < y < band.bottom + 0.1


async def test_subtitles_that_are_drawn_where_no_zone_lets_them_are_measured_there(tmp_path: Path):
    """A layout that knows of no zone, held against a platform's: what is measured is what libass draws."""
    asked = output(PresetName.TIKTOK)
    nowhere = asked.model_copy(update={"safe_zone": SafeZone(top=0, bottom=0, left=0, right=0)})
    file = await only(saying(SubtitleStyle(size=120, y=0.95)), nowhere, tmp_path / "proof")
    asked_of = file.model_copy(update={"safe_zone": asked.safe_zone})
    (found,) = [each for each in judged(WISH, asked_of, WELL) if each.code.startswith("outside")]
    assert found.code == "outside_safe_zone"
    assert found.measured is not None
    assert found.measured > 0.05


async def test_the_words_of_a_card_are_measured_too(tmp_path: Path):
    card = Card(start=0, frames=120, name="Stoneware mug", price="24 €", call="Order now", call_from=60)
    words = WORDS + WORDS[:4]
    made = saying(SubtitleStyle(), words, showcase=Showcase(template="spotlight", cards=(card,)))
    file = await only(made, output(PresetName.TIKTOK), tmp_path / "proof")
    assert {each.what for each in file.outermost} == {"subtitles", "card"}
    assert {each.text for each in file.outermost if each.what == "card"} == {"Stoneware mug"}
    assert not outside(file)


async def test_without_subtitles_nothing_is_drawn_and_nothing_covered(tmp_path: Path):
    file = await only(saying(SubtitleStyle(preset="none")), output(PresetName.TIKTOK), tmp_path / "proof")
    assert (file.outermost, file.covered) == ((), ())
