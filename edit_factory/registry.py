"""Every service by its name: what ``edit-factory service NAME`` and the embedded system start."""

from __future__ import annotations

from typing import Protocol

from kit.service import Service, Wiring
from kit.settings import Settings
from services.footage import service as footage
from services.gateway.service import Gateway
from services.projection import service as projection
from services.reconciler import service as reconciler
from services.render import service as render
from services.script import service as script
from services.storage import service as storage
from services.tts import service as tts


class Runnable(Protocol):
    """Something that is started and stopped as a whole."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


_WIRINGS: dict[str, Wiring] = {
    "projection": projection.wiring,
    "script": script.wiring,
    "tts": tts.wiring,
    "footage": footage.wiring,
    "render": render.wiring,
    "storage": storage.wiring,
    "reconciler": reconciler.wiring,
}

SERVICES: tuple[str, ...] = ("gateway", *_WIRINGS)


def build(name: str, settings: Settings) -> Runnable:
    """A service, not started yet.

    Raises:
        KeyError: there is no such service.
    """
    if name == "gateway":
        return Gateway(settings)
    return Service(name, settings, _WIRINGS[name])
