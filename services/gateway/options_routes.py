"""The HTTP API of choices: what a page or a program may offer, from where each of them is decided."""

from __future__ import annotations

from typing import Any, get_args

from litestar import Response, get
from litestar.di import NamedDependency

from contracts.brief import (
    CONTEXT_MAX_CHARS,
    FOOTAGE_MAX,
    KINDS,
    LENGTH_MAX_S,
    LENGTH_MIN_S,
    SCRIPT_MAX_CHARS,
    TITLE_MAX_CHARS,
    VARIANTS_MAX,
    Gate,
    SubtitleStyle,
)
from contracts.looks import FONTS, TransitionStyle
from contracts.media import AssetKind
from contracts.outputs import POSTING, PRESETS, PresetName, Quality
from contracts.values import Value
from services.gateway.speaking import Speaking
from services.gateway.uploading import Uploading
from services.gateway.version import VERSION


class PresetOption(Value):
    """A platform preset. ``max_s``: seconds its strictest platform takes; null: no limit to think of."""

    name: PresetName
    label: str
    width: int
    height: int
    platforms: tuple[str, ...]
    max_s: float | None


class LanguageOption(Value):
    """A language that can be spoken here. ``code`` is what a brief's ``language`` takes."""

    code: str
    name: str


class LimitsResource(Value):
    """What a brief and an upload may have at most; ``upload_bytes`` by the upload's kind. ``trash_days``: after so many
    days a deleted video is gone for good; null: never.
    """

    script_chars: int = SCRIPT_MAX_CHARS
    title_chars: int = TITLE_MAX_CHARS
    context_chars: int = CONTEXT_MAX_CHARS
    variants: int = VARIANTS_MAX
    footage_per_job: int = FOOTAGE_MAX
    length_min_s: float = LENGTH_MIN_S
    length_max_s: float = LENGTH_MAX_S
    upload_bytes: dict[AssetKind, int]
    trash_days: float | None


class OptionsResource(Value):
    """All there is to choose from in a brief that is not a user's own. The first of each is the default."""

    version: str
    kinds: tuple[str, ...]
    presets: tuple[PresetOption, ...]
    subtitle_presets: tuple[str, ...]
    fonts: tuple[str, ...]
    languages: tuple[LanguageOption, ...]
    transitions: tuple[str, ...]
    qualities: tuple[str, ...]
    reviews: tuple[str, ...]
    limits: LimitsResource


@get("/options", tags=["options"])
async def read_options(
    speaking: NamedDependency[Speaking], uploading: NamedDependency[Uploading], trash_days: NamedDependency[float]
) -> Response[OptionsResource]:
    """What a brief can choose from: presets, fonts, languages and so on, with the limits that hold here."""
    languages = tuple(LanguageOption(code=each.code, name=each.name) for each in await speaking.languages())
    found = OptionsResource(
        version=VERSION,
        kinds=KINDS,
        presets=tuple(_preset(name) for name in PresetName),
        subtitle_presets=_choices(SubtitleStyle, "preset"),
        fonts=_first(SubtitleStyle.model_fields["font"].default, FONTS),
        languages=languages,
        transitions=_choices(TransitionStyle, "kind"),
        qualities=get_args(Quality),
        reviews=get_args(Gate),
        limits=LimitsResource(upload_bytes=dict(uploading.limits), trash_days=trash_days or None),
    )
    return Response(found, headers={"Cache-Control": "private, no-cache"})


def _preset(name: PresetName) -> PresetOption:
    output, posting = PRESETS[name], POSTING[name]
    return PresetOption(name=name, width=output.width, height=output.height, **posting.model_dump())


def _choices(model: Any, field: str) -> tuple[str, ...]:
    """What a field of a brief takes."""
    found = model.model_fields[field]
    return _first(found.default, get_args(found.annotation))


def _first(default: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    return (default, *(choice for choice in choices if choice != default))


OPTIONS = (read_options,)
