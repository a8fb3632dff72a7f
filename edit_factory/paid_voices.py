"""The voices of an ElevenLabs account, as its list of them tells. Asked seldom, and never waited for long."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from contracts.brief import VoiceChoice
from contracts.faults import Fault
from kit.keyring import KeyRefused, KeyRing
from kit.outside import Outside, OutsideNonsense, Policy
from kit.settings import Settings
from services.gateway.speaking import Speaker
from services.tts.providers.elevenlabs import SERVICE, ElevenLabs

log = logging.getLogger(__name__)

_FRESH_S = 300.0
_AGAIN_S = 30.0  # after a list that did not come
_MOST = 500
_POLICY = Policy(tries=2, total_s=6.0, attempt_s=4.0, connect_s=2.0, longest_answer=8 << 20)


class _Verified(BaseModel):
    language: str = ""


class _Listed(BaseModel):
    """One voice, as far as it is of use."""

    voice_id: str = Field(pattern=r"^[A-Za-z0-9]{1,64}$")
    name: str = Field(max_length=200)
    preview_url: str | None = None
    verified_languages: list[_Verified] | None = None

    @property
    def speaker(self) -> Speaker:
        spoken = dict.fromkeys(each.language for each in self.verified_languages or () if each.language)
        url = self.preview_url or ""
        return Speaker(ElevenLabs.name, self.voice_id, self.name, tuple(spoken), paid=True, preview_url=url)


class _Voices(BaseModel):
    voices: list[dict[str, object]]


class PaidVoices:
    """None where no key is set here. While the service is away, those last listed, with the reason."""

    def __init__(self, settings: Settings) -> None:
        self._keys = KeyRing(SERVICE, settings.elevenlabs_keys)
        self._service = Outside(SERVICE, settings.elevenlabs_url, _POLICY)
        self._turn = asyncio.Lock()
        self._known: tuple[Speaker, ...] = ()
        self._until = 0.0

    async def speakers(self) -> Sequence[Speaker]:
        if not len(self._keys):
            return ()
        async with self._turn:
            if time.monotonic() >= self._until:
                await self._ask()
            return self._known

    async def _ask(self) -> None:
        try:
            self._known = tuple(await self._keys.first_good(self._listed))
            self._until = time.monotonic() + _FRESH_S
        except Fault as fault:
            log.info("the voices of ElevenLabs can't be listed now", extra={"reason": fault.message})
            self._known = tuple(_without_voice(each, fault.message) for each in self._known)
            self._until = time.monotonic() + _AGAIN_S

    async def _listed(self, key: str) -> Sequence[Speaker]:
        answer = await self._service.call("GET", "/v1/voices", headers={"xi-api-key": key})
        if answer.status in {401, 402, 403}:
            raise KeyRefused(f"{SERVICE} does not take the key that is set")
        if answer.status != 200:
            raise OutsideNonsense(f"{SERVICE} answered with HTTP {answer.status}")
        try:
            found = _Voices.model_validate(answer.json()).voices[:_MOST]
        except ValidationError:
            raise OutsideNonsense(f"{SERVICE} answered with something that is no list of voices") from None
        return [voice.speaker for voice in (_read(each) for each in found) if voice is not None]

    async def close(self) -> None:
        await self._service.close()


_LISTED = TypeAdapter(_Listed)


def _read(given: dict[str, object]) -> _Listed | None:
    """A voice that a brief can name; one that can't be read is left out."""
    try:
        voice = _LISTED.validate_python(given)
        VoiceChoice(provider="elevenlabs", name=voice.voice_id)
    except ValidationError:
        return None
    return voice


def _without_voice(speaker: Speaker, reason: str) -> Speaker:
    return Speaker(
        speaker.provider,
        speaker.name,
        speaker.title,
        speaker.languages,
        paid=True,
        preview_url=speaker.preview_url,
        reason=reason,
    )
