"""Every service by its name: what ``edit-factory service NAME`` and the embedded system start."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from contracts.batching import PRODUCT_FIELDS
from contracts.brief import Brief, SubtitleStyle
from contracts.outputs import FPS
from contracts.speech import Narration, Word
from contracts.timeline import Cue
from edit_factory.lettering import RenderLettering
from edit_factory.speaking import StationSpeaking
from edit_factory.submitting import submitting
from kit.redact import know_settings
from kit.service import Service, Wiring
from kit.settings import Settings
from services.catalog import service as catalog
from services.catalog.batch_rows import columns_of, from_products, from_table, overridden
from services.footage import service as footage
from services.footage.planning import subtitled
from services.gateway.batches import RowCrafts
from services.gateway.pages import FOLDER
from services.gateway.reviewing import Crafts
from services.gateway.service import Gateway
from services.projection import service as projection
from services.publish import service as publish
from services.reconciler import service as reconciler
from services.render import service as render
from services.script import service as script
from services.script.cleaning import clean
from services.script.narrate import narrate, narrated
from services.storage import service as storage
from services.tts import service as tts


class Runnable(Protocol):
    """Something that is started and stopped as a whole."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


def _spoken(brief: Brief) -> str:
    return narrated(brief, 1).text


_WIRINGS: dict[str, Wiring] = {
    "projection": projection.wiring,
    "script": script.wiring,
    "tts": tts.wiring,
    "footage": footage.wiring,
    "render": render.wiring,
    "storage": storage.wiring,
    "publish": publish.wiring,
    "catalog": catalog.wired(submitting(_spoken)),
    "reconciler": reconciler.wiring,
}

SERVICES: tuple[str, ...] = ("gateway", *_WIRINGS)


def gateway(settings: Settings, *, page: Path = FOLDER) -> Gateway:
    """The gateway, which refuses a script by the same words that the script station would find in it, and shows
    subtitles as the render station would draw them.
    """
    crafts = Crafts(narrated=_narrated, cleaned=clean, cued=_cued)
    return Gateway(
        settings,
        spoken=_spoken,
        crafts=crafts,
        lettering=RenderLettering(),
        speaking=StationSpeaking(settings),
        row_crafts=RowCrafts(from_table, columns_of, from_products, overridden, PRODUCT_FIELDS),
        page=page,
    )


def _narrated(script: str, language: str) -> Narration:
    return narrate(script, language, 1)


def _cued(words: Sequence[Word], style: SubtitleStyle, frames: int) -> tuple[Cue, ...]:
    return subtitled(words, style, frames / FPS)


def build(name: str, settings: Settings) -> Runnable:
    """A service, not started yet.

    Raises:
        KeyError: there is no such service.
    """
    know_settings(settings.model_dump())  # before anything is logged that might hold one of them
    if name == "gateway":
        return gateway(settings)
    return Service(name, settings, _WIRINGS[name])
