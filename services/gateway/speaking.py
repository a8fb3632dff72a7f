"""Who can speak: the gateway is blind to the service that knows, so whoever starts it hands it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice a brief may ask for by ``provider`` and ``name``. ``languages``: bare codes, its own first.

    ``preview_url``: a sample that its provider has lying about; empty if there is none. ``reason`` says why it can't
    speak now, empty if it can.
    """

    provider: str
    name: str
    title: str
    languages: tuple[str, ...]
    paid: bool = False
    preview_url: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """Something that can be spoken. ``code`` is what a brief's ``language`` takes."""

    code: str
    name: str


@runtime_checkable  # handlers are handed one by name, and what they are handed is checked
class Speaking(Protocol):
    """The tts station's voices, without the station."""

    async def speakers(self) -> Sequence[Speaker]:
        """All there are, the better ones of a language first."""
        ...

    async def languages(self) -> Sequence[Language]:
        """What this machine's own voices speak, by name."""
        ...

    async def default(self, language: str) -> Speaker | None:
        """Who speaks a language if a brief names nobody."""
        ...

    async def identity(self, speaker: Speaker, language: str) -> object:
        """All that shapes how an offline voice sounds: something that can be JSON."""
        ...

    async def say(self, speaker: Speaker, language: str, text: str, folder: Path) -> Path:
        """An offline voice's WAV of a sentence, a new file in ``folder``. Raises what the tts station would."""
        ...

    async def close(self) -> None:
        """Ends every process."""
        ...
