"""Where a picture in picture stands, in every preset: in the safe zone, off the subtitles, off the logo."""

from __future__ import annotations

from typing import get_args
from uuid import UUID

import pytest

from contracts.brief import SubtitleStyle
from contracts.inserts import Inset, PipPlace
from contracts.looks import Corner, LogoPlace
from contracts.media import BlobRef, MediaFacts
from contracts.outputs import Output, PresetName, Quality, output
from contracts.speech import Word
from contracts.timeline import Clip, Cue, Insert, Logo, Timeline
from kit.fonts import face
from services.render.plan import logo as logos
from services.render.plan import subtitles
from services.render.plan.insets import Frame, frame_of

REF = BlobRef(sha256="a" * 64, size=1, media_type="image/png")
PLACES: tuple[PipPlace, ...] = (*get_args(Corner), "top", "centre", "bottom")
SHAPES = {"square": (900, 900), "wide": (1600, 900), "tall": (900, 1600), "strip": (3000, 300)}
LATO = face("Lato")


def facts(shape: str) -> MediaFacts:
    width, height = SHAPES[shape]
    return MediaFacts(container="png", demuxer="png_pipe", duration_s=0, width=width, height=height)


def still(shape: str, start: int = 0, frames: int = 90) -> Clip:
    shown = {"asset": UUID(int=0), "source": REF, "facts": facts(shape), "phrase": 0, "source_in_s": 0}
    return Clip.model_validate(shown | {"start": start, "frames": frames})


def said(text: str, start_s: float = 0.0, end_s: float = 3.0) -> Cue:
    texts = text.split()
    words = tuple(Word(text=word, start_s=start_s, end_s=end_s, phrase=0) for word in texts)
    return Cue(words=words, start_s=start_s, end_s=end_s)


def edit(place: PipPlace, size: float, shape: str = "square", **changes) -> Timeline:
    insert = Insert(clip=still(shape), mode="pip", inset=Inset(place=place, size=size))
    values = {"frames": 90, "clips": (still("tall"),), "subtitles": SubtitleStyle(), "inserts": (insert,)}
    return Timeline(**(values | {"cues": (said("A cue of a few words that takes two lines"),)} | changes))


def stands(timeline: Timeline, size: Output) -> Frame:
    return frame_of(timeline.inserts[0], timeline, size, LATO)


def sides(frame: Frame) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the border."""
    left, top = frame.x - frame.border, frame.y - frame.border
    return left, top, frame.x + frame.width + frame.border, frame.y + frame.height + frame.border


@pytest.mark.parametrize("preset", PresetName)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("y", [0.1, 0.3, 0.5, 0.85, 0.95])
def test_it_stands_in_the_safe_zone_and_off_the_subtitles(preset, place, shape, y):
    looks: tuple[tuple[Quality, float, SubtitleStyle], ...] = (
        ("final", 0.9, SubtitleStyle(y=y)),
        ("draft", 0.5, SubtitleStyle(y=y, preset="boxed", box_padding=60)),
        ("final", 0.2, SubtitleStyle(y=y, preset="pop", size=120)),
    )
    for quality, size, style in looks:
        out = output(preset, quality)
        timeline = edit(place, size, shape, subtitles=style)
        frame = stands(timeline, out)
        left, top, right, bottom = sides(frame)
        assert left >= out.width * out.safe_zone.left
        assert right <= out.width * (1 - out.safe_zone.right)
        assert top >= out.height * out.safe_zone.top
        assert bottom <= out.height * (1 - out.safe_zone.bottom)
        plane = subtitles.canvas(out)
        words = [word.text for word in timeline.cues[0].words]
        band = subtitles.band([words], style, LATO, plane)
        scale = out.height / plane.height
        assert bottom < band[0] * scale or top > band[1] * scale
        assert all(value % 2 == 0 for value in (frame.x, frame.y, frame.width, frame.height, frame.border))
        assert min(frame.width, frame.height) > 0.03 * min(out.width, out.height)


def test_it_is_fitted_into_its_square_and_keeps_its_shape():
    out = output(PresetName.TIKTOK)
    square, wide, tall = (stands(edit("top", 0.5, shape), out) for shape in ("square", "wide", "tall"))
    assert (square.width, square.height) == (540, 540)
    assert (wide.width, wide.height) == (540, 302)
    assert (tall.width, tall.height) == (302, 540)


@pytest.mark.parametrize("corner", get_args(Corner))
@pytest.mark.parametrize("place", PLACES)
def test_it_is_off_the_logo(corner, place):
    for preset in (PresetName.TIKTOK, PresetName.LANDSCAPE, PresetName.SQUARE):
        out = output(preset)
        logo = Logo(source=REF, facts=facts("square"), place=LogoPlace(corner=corner, size=0.2), start=0, frames=90)
        left, top, right, bottom = sides(stands(edit(place, 0.6, logo=logo), out))
        (x, y), (wide, high) = logos.place(logo, out), logos.size(logo, out)
        assert right <= x or left >= x + wide or bottom <= y or top >= y + high


def test_where_nothing_is_written_it_may_stand_there():
    out = output(PresetName.TIKTOK)
    written = sides(stands(edit("bottom", 0.5), out))[3]
    silent = sides(stands(edit("bottom", 0.5, cues=()), out))[3]
    none = sides(stands(edit("bottom", 0.5, subtitles=SubtitleStyle(preset="none")), out))[3]
    assert written < silent == none
    assert silent == pytest.approx(out.height * (1 - out.safe_zone.bottom), abs=2)


def test_only_what_is_said_meanwhile_moves_it():
    out = output(PresetName.TIKTOK)
    long = said("Unbelievablylongwordsthatgoonandon " * 4, 10, 12)
    here = edit("bottom", 0.9)
    later = here.model_copy(update={"cues": (*here.cues, long)})
    assert stands(later, out) == stands(here, out)
    meanwhile = here.model_copy(update={"cues": (long.model_copy(update={"start_s": 0.5, "end_s": 2.0}),)})
    assert sides(stands(meanwhile, out))[3] < sides(stands(here, out))[3]


def test_it_comes_from_where_no_subtitles_are():
    out = output(PresetName.TIKTOK)
    assert stands(edit("top", 0.5), out).down
    assert not stands(edit("top", 0.5, subtitles=SubtitleStyle(y=0.1)), out).down
