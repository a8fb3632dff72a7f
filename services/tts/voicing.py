"""Who speaks, and the finished voice-over: spoken, its silences shortened, its words moved along."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from contracts.brief import SilenceRule, VoiceChoice
from contracts.faults import BadBrief, Fault, TechnicalFault
from contracts.speech import Narration, Word
from kit.keyring import KeyRefused, QuotaExhausted
from kit.outside import OutsideAway, OutsideNonsense
from services.tts import normalise, silence
from services.tts.provider import OutsideProvider, Provider, Spoken, Voice
from services.tts.wav import read_wav, write_wav

log = logging.getLogger(__name__)

# What another voice can help with. A voice that does not exist, or a text that is refused, is the brief's own fault.
_HELPED_BY_ANOTHER = (OutsideAway, OutsideNonsense, QuotaExhausted, KeyRefused)


@dataclass(frozen=True, slots=True)
class Voiced:
    """The voice-over in a PCM16 WAV, mono. Times in seconds from its start.

    ``makeshift``: somebody else spoke than the one who was asked for.
    """

    path: Path
    duration_s: float
    words: tuple[Word, ...]
    provider: str
    voice_name: str
    sample_rate_hz: int
    makeshift: bool = False


class Voicing:
    """``providers`` in the order of preference: the first with a voice for the language speaks.

    Those of ``outside`` speak only where they are asked for by name.
    """

    def __init__(self, providers: Sequence[Provider], outside: Sequence[OutsideProvider] = ()) -> None:
        self._providers = tuple(providers)
        self._outside = {provider.name: provider for provider in outside}

    def pick(self, choice: VoiceChoice, language: str) -> tuple[Provider, Voice]:
        """The provider and voice for a choice. ``language`` is a tag such as ``en`` or ``en-gb``.

        Raises:
            BadBrief: ``voice_unknown``, or ``language_unsupported``.
        """
        if (outside := self._outside.get(choice.provider)) is not None:
            return outside, outside.chosen(choice, language)
        allowed = [provider for provider in self._providers if choice.provider in {"auto", provider.name}]
        if not allowed:
            raise BadBrief(_NOT_HERE.get(choice.provider, _NO_PROVIDER.format(choice.provider)), code="voice_unknown")
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
        *,
        on_note: Callable[[str], None] = lambda _: None,
    ) -> Voiced:
        """Speak a narration into ``folder``. ``on_progress`` hears the share done, 0..1; ``on_note`` what is unusual.

        With the fallback ``offline`` a voice outside that can't speak now is replaced, for the whole narration.

        Raises:
            BadBrief: no voice for it (see ``pick``), or nothing in it can be said (``nothing_to_say``).
            KeyFault: a voice outside has no key that works.
            TechnicalFault: the synthesiser failed.
        """
        provider, voice = self.pick(choice, narration.language)
        if not any(normalise.spoken_words(phrase.text.split(), voice.language) for phrase in narration.phrases):
            raise BadBrief("the script has no word to speak", code="nothing_to_say")
        makeshift = False
        try:
            spoken = await provider.speak(narration.phrases, voice, choice.speed, folder, on_progress)
        except _HELPED_BY_ANOTHER as fault:
            if choice.fallback != "offline":
                raise
            makeshift = True
            provider, voice = self._instead(provider, narration.language, fault, on_note)
            spoken = await provider.speak(narration.phrases, voice, choice.speed, folder, on_progress)
        path, duration_s, words = await asyncio.to_thread(_finished, spoken, silence_rule, folder / "voice.wav")
        return Voiced(path, duration_s, words, provider.name, voice.name, spoken.sample_rate_hz, makeshift)

    def _instead(
        self, missing: Provider, language: str, fault: Fault, on_note: Callable[[str], None]
    ) -> tuple[Provider, Voice]:
        provider, voice = self.pick(VoiceChoice(), language)
        log.warning("another voice speaks", extra={"asked": missing.name, "speaks": provider.name, "fault": fault.code})
        on_note(f"{provider.name} speaks instead: {fault.message}")
        return provider, voice

    async def close(self) -> None:
        for provider in (*self._providers, *self._outside.values()):
            await provider.close()


_NO_PROVIDER = "there is no voice provider {} here"
_NOT_HERE = {"elevenlabs": "no ElevenLabs key is set here (EDIT_FACTORY_ELEVENLABS_KEYS, of the tts service)"}


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
