"""ElevenLabs: voices outside, paid by the character.

Each breath is one request, so a sentence that was paid for serves every job that says it the same way. The answer has
the sound as MP3 and the time of each character of the text.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import math
import re
import tempfile
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from contracts.brief import SCRIPT_MAX_CHARS, VoiceChoice
from contracts.faults import BadBrief
from contracts.media import BlobRef
from contracts.speech import Phrase
from contracts.values import Value, fingerprint
from kit.blobs import Blobs
from kit.ffmpeg import find_ffmpeg
from kit.keyring import KeyFault, KeyRefused, KeyRing, QuotaExhausted
from kit.outside import Answer, Outside, OutsideNonsense
from kit.paid import PaidOnce
from kit.process import Limits, ProcessFailed, run
from kit.sees import Sees
from services.tts.align import character_spans
from services.tts.normalise import SpokenWord
from services.tts.performance import Heard, breath_text, perform
from services.tts.provider import Spoken, Tuning, Voice
from services.tts.wav import write_wav

SERVICE = "ElevenLabs"
MODEL = "eleven_flash_v2_5"

_REVISION = 1  # of what is asked and how: count up when a kept answer would not fit any more

# MP3 at 128 kbit/s comes with every plan and, unlike bare PCM, shows whether it is whole.
_FORMAT = "mp3_44100_128"
_RATE_HZ = 44_100
_SLOWEST, _FASTEST = 0.7, 1.2  # what the service takes; beyond it the sound is stretched here

# The models that take a language and don't have to guess it.
_TAKES_LANGUAGE = re.compile(r"eleven_(flash|turbo)_v2_5|eleven_v3.*")

# The sound may end a little before its last character (the coder's frames last 26 ms) and go on in silence after it.
_SHORTER_S, _LONGER_S = 0.15, 2.0
_LONGER_SHARE = 0.25

_ROUNDING_S = 0.05

_DECODING = Limits(wall_s=30.0, address_space=4 << 30, cpu_s=30, file_size=256 << 20)
_CODE = re.compile(r"[a-z0-9_]{1,64}")
_SPENT = frozenset({"quota_exceeded", "insufficient_credits", "payment_required"})
_NO_VOICE = frozenset({"voice_not_found", "invalid_uid"})
_MAX_CHARS = SCRIPT_MAX_CHARS


class VoiceUnknown(KeyFault):
    """The account of this key has no such voice; that of another key may have it."""

    code = "voice_unknown"


class Alignment(BaseModel):
    """When each character is heard, in seconds. Times go on from character to character, but for their rounding."""

    model_config = ConfigDict(frozen=True)

    characters: tuple[str, ...]
    character_start_times_seconds: tuple[float, ...]
    character_end_times_seconds: tuple[float, ...]

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        starts, ends = self.character_start_times_seconds, self.character_end_times_seconds
        if not len(self.characters) == len(starts) == len(ends) > 0:
            raise ValueError("not one time a character")
        if not all(math.isfinite(time) and time >= 0 for time in (*starts, *ends)):
            raise ValueError("a time that is none")
        steps = (*zip(starts, ends, strict=True), *pairwise(starts))
        if any(later < earlier - _ROUNDING_S for earlier, later in steps):
            raise ValueError("times that go back")
        return self


class _Said(BaseModel):
    """The body of an answer, as far as it is of use."""

    audio_base64: str
    alignment: Alignment


class PaidBreath(Value):
    """What was paid for: the sound as it came, and when each character is heard in it."""

    audio: BlobRef
    alignment: Alignment


class ElevenLabs:
    """``service`` is asked with one of ``keys``; answers are kept by ``paid``, their sound in ``blobs``."""

    name = "elevenlabs"
    version = f"{_REVISION}"

    def __init__(self, keys: KeyRing, service: Outside, paid: PaidOnce, blobs: Blobs) -> None:
        self._keys = keys
        self._service = service
        self._paid = paid
        self._blobs = blobs

    def voices(self) -> Sequence[Voice]:
        """None: thousands, and which of them are there depends on the key."""
        return ()

    def chosen(self, choice: VoiceChoice, language: str) -> Voice:
        name = choice.name or ""
        tuning = Tuning(choice.model or MODEL, choice.stability, choice.similarity, choice.style)
        return Voice(name, language.lower().split("-")[0], name, self.name, tuning=tuning)

    async def speak(
        self, phrases: Sequence[Phrase], voice: Voice, speed: float, folder: Path, on_progress: Callable[[float], None]
    ) -> Spoken:
        """Raises besides: ``KeyFault`` if no key works, ``BadBrief`` if the service does not take the request."""
        own_speed = min(max(speed, _SLOWEST), _FASTEST)
        with tempfile.TemporaryDirectory(dir=folder, prefix="elevenlabs-") as scratch:
            out = Path(scratch) / "breath.s16"

            async def say(words: Sequence[SpokenWord]) -> Heard:
                return await self._breath(words, voice, own_speed, speed / own_speed, out)

            track = await perform(phrases, voice.language, speed, _RATE_HZ, say=say, on_progress=on_progress)
        path = folder / "elevenlabs.wav"
        await asyncio.to_thread(write_wav, path, track.samples, _RATE_HZ)
        return Spoken(path, _RATE_HZ, track.words)

    async def close(self) -> None:
        await self._service.close()

    async def _breath(
        self, words: Sequence[SpokenWord], voice: Voice, own_speed: float, stretch: float, out: Path
    ) -> Heard:
        body = _request(breath_text(words), voice, own_speed)
        asked = {"provider": self.name, "revision": _REVISION, "format": _FORMAT, "voice": voice.name, "body": body}

        async def use(bought: PaidBreath) -> Heard:
            await self._decode(bought.audio, stretch, out)
            return await asyncio.to_thread(_understood, bought.alignment, words, stretch, out)

        return await self._paid.get(fingerprint(asked), PaidBreath, pay=lambda: self._pay(voice, body), use=use)

    async def _pay(self, voice: Voice, body: dict[str, Any]) -> PaidBreath:
        answer = await self._keys.first_good(lambda key: self._ask(key, voice, body))
        audio, alignment = await asyncio.to_thread(_parsed, answer)
        return PaidBreath(audio=await self._blobs.put_bytes(audio, "audio/mpeg"), alignment=alignment)

    async def _ask(self, key: str, voice: Voice, body: dict[str, Any]) -> Answer:
        path = f"/v1/text-to-speech/{quote(voice.name, safe='')}/with-timestamps"
        answer = await self._service.call(
            "POST", path, headers={"xi-api-key": key}, params={"output_format": _FORMAT}, json=body
        )
        if answer.status != 200:
            raise _refusal(answer, voice)
        return answer

    async def _decode(self, audio: BlobRef, stretch: float, out: Path) -> None:
        """The sound as PCM16, mono, stretched: a half of it comes out as a half, and not at all if it is none."""
        async with self._blobs.local(audio) as path:
            source = ("-protocol_whitelist", "file", "-f", "mp3", "-i", f"file:{path}", "-map", "0:a:0")
            stretched = () if stretch == 1.0 else ("-af", f"atempo={stretch:.6f}")
            target = (*stretched, "-ac", "1", "-ar", str(_RATE_HZ), "-f", "s16le", f"file:{out}")
            command = [find_ffmpeg(), "-nostdin", "-v", "error", "-y", *source, *target]
            try:
                await run(command, limits=_DECODING, sees=Sees(read=(path,), write=(out.parent,)))
            except ProcessFailed:
                raise OutsideNonsense(f"{SERVICE} sent a sound that can't be read") from None


def _request(text: str, voice: Voice, speed: float) -> dict[str, Any]:
    """The body of a request.

    Raises:
        BadBrief: the text is empty, or too long for one request.
    """
    if not 1 <= len(text) <= _MAX_CHARS:
        raise BadBrief(f"{len(text)} characters at once; a voice takes 1 to {_MAX_CHARS}", code="text_length")
    tuning = voice.tuning or Tuning(MODEL, 0.5, 0.75, 0.0)
    settings = {
        "stability": tuning.stability,
        "similarity_boost": tuning.similarity,
        "style": tuning.style,
        "speed": speed,
    }
    body = {"text": text, "model_id": tuning.model, "voice_settings": settings}
    return body | ({"language_code": voice.language} if _TAKES_LANGUAGE.fullmatch(tuning.model) else {})


def _refusal(answer: Answer, voice: Voice) -> Exception:
    """What a status other than 200 means; ``detail.status`` is the service's own word for it."""
    code = _code(answer)
    if answer.status == 402 or code in _SPENT:
        return QuotaExhausted(f"the {SERVICE} quota is used up")
    if code in _NO_VOICE:
        return VoiceUnknown(f"{SERVICE} has no voice {voice.name} for the keys that are set")
    if answer.status in {401, 403}:
        return KeyRefused(f"{SERVICE} does not take the key that is set")
    if 400 <= answer.status < 500:
        return BadBrief(f"{SERVICE} does not take this: {code or f'HTTP {answer.status}'}", code="voice_refused")
    return OutsideNonsense(f"{SERVICE} answered with HTTP {answer.status}")


def _code(answer: Answer) -> str:
    """The service's word for a refusal, if it is one word: its sentences may quote what was sent."""
    try:
        said = answer.json()
    except OutsideNonsense:
        return ""
    detail = said.get("detail") if isinstance(said, dict) else None
    if not isinstance(detail, dict):
        return ""
    words = (detail.get("status"), detail.get("code"))
    return next((word for word in words if isinstance(word, str) and _CODE.fullmatch(word)), "")


def _parsed(answer: Answer) -> tuple[bytes, Alignment]:
    try:
        said = _Said.model_validate(answer.json())
        audio = base64.b64decode(said.audio_base64, validate=True)
    except (ValidationError, binascii.Error):
        raise OutsideNonsense(f"{SERVICE} answered with something that is no speech") from None
    if not audio:
        raise OutsideNonsense(f"{SERVICE} sent no sound")
    return audio, said.alignment


def _understood(alignment: Alignment, words: Sequence[SpokenWord], stretch: float, out: Path) -> Heard:
    samples = np.fromfile(out, dtype="<i2").astype(np.float32) / np.float32(32768.0)
    length_s = len(samples) / _RATE_HZ
    spoken_s = alignment.character_end_times_seconds[-1] / stretch
    if not spoken_s - _SHORTER_S <= length_s <= spoken_s * (1 + _LONGER_SHARE) + _LONGER_S:
        raise OutsideNonsense(f"{SERVICE} sent {length_s:.2f} s of sound with {spoken_s:.2f} s of words")

    def at(time_s: float) -> int:
        return min(round(time_s / stretch * _RATE_HZ), len(samples))

    starts, ends = alignment.character_start_times_seconds, alignment.character_end_times_seconds
    times = [(at(start), at(max(start, end))) for start, end in zip(starts, ends, strict=True)]
    spans = character_spans(words, alignment.characters, times)
    if sum(span is not None for span in spans) * 2 < len(spans):
        raise OutsideNonsense(f"{SERVICE} sent the times of another text")
    return Heard(samples, spans)
