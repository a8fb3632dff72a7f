"""The makers of voices: those that need nothing but this machine, and those outside that a key is set for."""

from __future__ import annotations

from pathlib import Path

from kit.keyring import KeyRing
from kit.outside import Outside, Policy
from kit.paid import PaidOnce
from kit.work import Line
from services.tts.provider import OutsideProvider, Provider
from services.tts.providers.elevenlabs import SERVICE, ElevenLabs
from services.tts.providers.espeak import Espeak
from services.tts.providers.piper import Piper

_PATIENCE_S = 45.0


def offline_providers(voices_folder: Path | None = None) -> tuple[Provider, ...]:
    """The better first. ``voices_folder``: further Piper voices."""
    return Piper(voices_folder), Espeak()


def outside_providers(line: Line) -> tuple[OutsideProvider, ...]:
    """Those whose keys are set. They give up before the station would take them for stalled."""
    settings = line.settings
    keys = KeyRing(SERVICE, settings.elevenlabs_keys)
    if not len(keys):
        return ()
    patience_s = min(_PATIENCE_S, 0.75 * settings.stall_s)
    service = Outside(SERVICE, settings.elevenlabs_url, Policy(total_s=patience_s))
    paid = PaidOnce(line.bus, line.blobs, patience_s=patience_s, reached=lambda: line.crash.reach("tts", "after-paid"))
    return (ElevenLabs(keys, service, paid, line.blobs),)
