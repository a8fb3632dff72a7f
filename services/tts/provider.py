"""What a maker of voices promises. One file a maker in ``providers``; this is all the rest of the station sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from contracts.brief import VoiceChoice
from contracts.speech import Phrase, Word

VOICE_FAILED = ("voice_failed", "the voice could not speak")  # code and message


@dataclass(frozen=True, slots=True)
class Tuning:
    """How a voice that can be tuned is to speak. The last three from 0 to 1."""

    model: str
    stability: float
    similarity: float
    style: float


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks. ``language`` is the first part of a language tag (``en`` of ``en-us``).

    ``fingerprint`` changes when the voice itself sounds different: it is part of a cache key.
    """

    name: str
    language: str
    title: str
    provider: str
    fingerprint: str = ""
    tuning: Tuning | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """PCM16 WAV, mono, and its words in order, in seconds: every token of every phrase, as typed."""

    path: Path
    sample_rate_hz: int
    words: tuple[Word, ...]


class Provider(Protocol):
    """``version`` changes when the sound would: the versions of the packages behind it."""

    name: str
    version: str

    def voices(self) -> Sequence[Voice]:
        """Who can speak, the better voice of a language before the others."""
        ...

    async def speak(
        self, phrases: Sequence[Phrase], voice: Voice, speed: float, folder: Path, on_progress: Callable[[float], None]
    ) -> Spoken:
        """Speak the phrases into a new file in ``folder``. ``on_progress`` hears the share done, 0..1.

        Raises:
            TechnicalFault: the synthesiser died, hung or answered nonsense; another try may help.
        """
        ...

    async def close(self) -> None:
        """End every process. A closed provider that is asked again starts again."""
        ...


class OutsideProvider(Provider, Protocol):
    """A provider whose voices are more than can be listed: they are asked for by name."""

    def chosen(self, choice: VoiceChoice, language: str) -> Voice:
        """The voice of a choice. ``language`` is a tag such as ``en`` or ``en-gb``."""
        ...
