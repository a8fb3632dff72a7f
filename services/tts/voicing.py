"""Who speaks, and the finished voice-over: spoken, its silences shortened, its words moved along."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from contracts.brief import SilenceRule, VoiceChoice
from contracts.faults import BadBrief, TechnicalFault
from contracts.speech import Narration, Word
from services.tts import normalise, silence
from services.tts.provider import Provider, Spoken, Voice
from services.tts.wav import read_wav, write_wav


@dataclass(frozen=True, slots=True)
class Voiced:
    """The voice-over in a PCM16 WAV, mono. Times in seconds from its start."""

    path: Path
    duration_s: float
    words: tuple[Word, ...]
    provider: str
    voice_name: str
    sample_rate_hz: int


class Voicing:
    """``providers`` in the order of preference: the first with a voice for the language speaks."""

    def __init__(self, providers: Sequence[Provider]) -> None:
        self._providers = tuple(providers)

    def pick(self, choice: VoiceChoice, language: str) -> tuple[Provider, Voice]:
        """The provider and voice for a choice. ``language`` is a tag such as ``en`` or ``en-gb``.

        Raises:
            BadBrief: ``voice_unknown``, or ``language_unsupported``.
        """
        allowed = [provider for provider in self._providers if choice.provider in {"auto", provider.name}]
        if not allowed:
            raise BadBrief(f"there is no voice provider {choice.provider} here", code="voice_unknown")
        if choice.name is not None:
            return _by_name(allowed, choice.name, language)
        for provider in allowed:
            voice = _best(provider.voices(), language)
            if voice is not None:
                return provider, voice
        raise BadBrief(f"no voice speaks {language}", code="language_unsupported")

    def identity(self, choice: VoiceChoice, language: str) -> dict[str, Any]:
        """Everything about provider and voice that shapes the sound."""
        provider, voice = self.pick(choice, language)
        return {
            "provider": provider.name,
            "version": provider.version,
            "voice": asdict(voice),
            "speed": choice.speed,
            "normalise": normalise.REVISION,
            "silence": silence.REVISION,
        }

    async def voice(
        self,
        narration: Narration,
        choice: VoiceChoice,
        silence_rule: SilenceRule,
        folder: Path,
        on_progress: Callable[[float], None],
    ) -> Voiced:
        """Speak a narration into ``folder``. ``on_progress`` hears the share done, 0..1.

        Raises:
            BadBrief: no voice for it (see ``pick``), or nothing in it can be said (``nothing_to_say``).
            TechnicalFault: the synthesiser failed.
        """
        provider, voice = self.pick(choice, narration.language)
        if not any(normalise.spoken_words(phrase.text.split(), voice.language) for phrase in narration.phrases):
            raise BadBrief("the script has no word to speak", code="nothing_to_say")
        spoken = await provider.speak(narration.phrases, voice, choice.speed, folder, on_progress)
        path, duration_s, words = await asyncio.to_thread(_finished, spoken, silence_rule, folder / "voice.wav")
        return Voiced(path, duration_s, words, provider.name, voice.name, spoken.sample_rate_hz)

    async def close(self) -> None:
        for provider in self._providers:
            await provider.close()


def _by_name(providers: Sequence[Provider], name: str, language: str) -> tuple[Provider, Voice]:
    named = [(provider, voice) for provider in providers for voice in provider.voices() if voice.name == name]
    if not named:
        raise BadBrief(f"there is no voice {name}", code="voice_unknown")
    for provider, voice in named:
        if voice.language == _base(language):
            return provider, voice
    raise BadBrief(f"the voice {name} does not speak {language}", code="language_unsupported")


def _best(voices: Sequence[Voice], language: str) -> Voice | None:
    speaking = [voice for voice in voices if voice.language == _base(language)]
    exact = [voice for voice in speaking if voice.name.lower().replace("_", "-") == language.lower()]
    return next(iter(exact or speaking), None)


def _base(language: str) -> str:
    return language.lower().split("-")[0]


def _finished(spoken: Spoken, rule: SilenceRule, path: Path) -> tuple[Path, float, tuple[Word, ...]]:
    samples, rate = read_wav(spoken.path)
    if not samples.any():
        raise TechnicalFault("the voice is silent", code="voice_silent")
    words = spoken.words
    if rule.shorten:
        cut = silence.shorten(samples, rate, rule.over_s, rule.keep_s)
        samples, words = cut.samples, cut.moved(words)
    write_wav(path, samples, rate)
    spoken.path.unlink()
    return path, len(samples) / rate, words
