"""The narration as text and as sound. All times in seconds from the start of the voice."""

from __future__ import annotations

from pydantic import Field

from contracts.media import BlobRef
from contracts.values import Value


class Phrase(Value):
    """A stretch of the script that is shown over one picture: usually a sentence. In a video of several products
    ``product`` is the place of the one that is spoken of.
    """

    index: int
    text: str
    product: int = Field(default=0, ge=0, exclude_if=lambda place: place == 0)


class Narration(Value):
    """The cleaned script of one variant, split into phrases. ``text`` is the phrases joined by spaces."""

    language: str
    phrases: tuple[Phrase, ...]

    @property
    def text(self) -> str:
        return " ".join(phrase.text for phrase in self.phrases)


class Word(Value):
    """A word as it is typed in the subtitles, and when it is heard."""

    text: str
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    phrase: int


class Speech(Value):
    """A voice-over: its sound (PCM WAV, mono), its words in order, and who spoke. ``voice`` is None if nobody did."""

    voice: BlobRef | None = None
    duration_s: float
    words: tuple[Word, ...]
    provider: str
    voice_name: str
    sample_rate_hz: int
