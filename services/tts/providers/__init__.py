"""The makers of voices that need nothing but this machine."""

from __future__ import annotations

from pathlib import Path

from services.tts.provider import Provider
from services.tts.providers.espeak import Espeak
from services.tts.providers.piper import Piper


def offline_providers(voices_folder: Path | None = None) -> tuple[Provider, ...]:
    """The better first. ``voices_folder``: further Piper voices."""
    return Piper(voices_folder), Espeak()
