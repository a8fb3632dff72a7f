"""Voices for the gateway: listed and heard by the tts station's own hand."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path

from contracts.brief import LANGUAGE, SilenceRule, VoiceChoice
from contracts.faults import BadBrief
from contracts.speech import Narration, Phrase
from edit_factory.paid_voices import PaidVoices
from kit.settings import Settings
from services.gateway.speaking import Language, Speaker
from services.tts.provider import Provider, Voice
from services.tts.providers.espeak import Espeak
from services.tts.providers.piper import Piper
from services.tts.voicing import Voicing

_IDLE_S = 20.0  # somebody who listens to one voice listens to the next one soon; then the memory is given back


class StationSpeaking:
    """The tts station's voices, without the station. Made when they are first asked for: that takes a moment."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._paid = PaidVoices(settings)
        self._making = asyncio.Lock()
        self._made: tuple[tuple[Provider, ...], Voicing] | None = None

    async def speakers(self) -> Sequence[Speaker]:
        providers, _ = await self._voicing()
        own = [each for provider in providers for each in _speakers(provider)]
        return [*own, *await self._paid.speakers()]

    async def languages(self) -> Sequence[Language]:
        providers, _ = await self._voicing()
        names: dict[str, str] = {}
        for provider in reversed(providers):  # the one for all languages calls them by their names
            for voice in provider.voices():
                names.setdefault(voice.language, voice.title.partition(" (")[0])
        taken = {code: name for code, name in names.items() if re.fullmatch(LANGUAGE, code)}
        return [Language(code, name) for code, name in sorted(taken.items(), key=lambda item: (item[1], item[0]))]

    async def default(self, language: str) -> Speaker | None:
        _, voicing = await self._voicing()
        try:
            provider, voice = voicing.pick(VoiceChoice(), language)
        except BadBrief:
            return None
        return next(each for each in _speakers(provider) if each.name == voice.name)

    async def identity(self, speaker: Speaker, language: str) -> object:
        _, voicing = await self._voicing()
        return voicing.identity(_choice(speaker), language)

    async def say(self, speaker: Speaker, language: str, text: str, folder: Path) -> Path:
        _, voicing = await self._voicing()
        narration = Narration(language=language, phrases=(Phrase(index=0, text=text),))
        rule = SilenceRule(shorten=False)
        voiced = await voicing.voice(narration, _choice(speaker), rule, folder, lambda _: None)
        return voiced.path

    async def close(self) -> None:
        await self._paid.close()
        if self._made is not None:
            await self._made[1].close()

    async def _voicing(self) -> tuple[tuple[Provider, ...], Voicing]:
        async with self._making:
            if self._made is None:
                providers = await asyncio.to_thread(self._providers)
                self._made = providers, Voicing(providers)
            return self._made

    def _providers(self) -> tuple[Provider, ...]:
        """In the station's order; with one thread, as videos come first."""
        return Piper(self._settings.voices_folder, threads=1, idle_s=_IDLE_S), Espeak(idle_s=_IDLE_S)


def _choice(speaker: Speaker) -> VoiceChoice:
    return VoiceChoice.model_validate({"provider": speaker.provider, "name": speaker.name})


def _speakers(provider: Provider) -> Sequence[Speaker]:
    """Each voice once, with every language it is listed for."""
    found: dict[str, list[Voice]] = {}
    for voice in provider.voices():
        found.setdefault(voice.name, []).append(voice)
    return [
        Speaker(provider.name, name, same[0].title, tuple(dict.fromkeys(voice.language for voice in same)))
        for name, same in found.items()
    ]
