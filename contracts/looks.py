"""How a video looks beyond its cut: filters, transitions, moves over stills, a logo, what stands before and after."""

from __future__ import annotations

from typing import Annotated, Literal, get_args
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.values import Asked

Move = Literal["in", "out", "left", "right"]
MOVES: tuple[Move, ...] = get_args(Move)
Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]

BOOKEND_MIN_S, BOOKEND_MAX_S = 0.5, 10.0

COLOUR = r"^#[0-9A-Fa-f]{6}$"
Colour = Annotated[str, StringConstraints(pattern=COLOUR)]
FontName = Literal[
    "Alegreya Sans",
    "Anton",
    "Archivo Black",
    "Barlow",
    "Bebas Neue",
    "DM Serif Display",
    "Fira Sans",
    "Kanit",
    "Lato",
    "Poppins",
]
FONTS: tuple[str, ...] = get_args(FontName)


class Filters(Asked):
    """Applied to the pictures in this order, before subtitles and logo: less noise, sharper, colours. None, 0 and 1
    leave a picture as it is. ``denoise`` is hqdn3d's spatial strength, ``sharpen`` unsharp's amount; the others are
    eq's.
    """

    denoise: float | None = Field(default=None, ge=1.0, le=4.0)
    sharpen: float | None = Field(default=None, ge=0.2, le=1.0)
    brightness: float = Field(default=0.0, ge=-0.2, le=0.2)
    contrast: float = Field(default=1.0, ge=0.8, le=1.3)
    saturation: float = Field(default=1.0, ge=0.8, le=1.2)


class TransitionStyle(Asked):
    """How one clip becomes the next. It lies around the cut, as near to its middle as the footage allows. Seconds."""

    kind: Literal["cut", "crossfade", "zoom"] = "cut"
    duration_s: float = Field(default=0.5, ge=0.2, le=1.0)


class LogoPlace(Asked):
    """Where a logo stands and how. ``size`` is the side of the square it is fitted into, ``margin`` its distance from
    the edges of the safe zone; both as shares of the picture's shorter side.
    """

    corner: Corner = "top_right"
    size: float = Field(default=0.16, ge=0.04, le=0.4)
    opacity: float = Field(default=1.0, ge=0.1, le=1.0)
    margin: float = Field(default=0.01, ge=0.0, le=0.2)


class LogoChoice(LogoPlace):
    """An image in a corner, on all but intro and outro."""

    asset: UUID

    @property
    def place(self) -> LogoPlace:
        return LogoPlace(**self.model_dump(exclude={"asset"}))


class BookendChoice(Asked):
    """A clip or an image before or after the video. ``seconds``: how long; all of a clip if nothing is said."""

    asset: UUID
    seconds: float | None = Field(default=None, ge=BOOKEND_MIN_S, le=BOOKEND_MAX_S)
    sound: bool = Field(default=False, description="Whether a clip's own sound is heard")


class Branding(Asked):
    """What makes a video recognisable."""

    logo: LogoChoice | None = None
    intro: BookendChoice | None = None
    outro: BookendChoice | None = None
