"""The HTTP API of voices: who can speak here, and how they sound."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from contracts.brief import LANGUAGE
from contracts.values import Value
from kit.blobs import Blobs
from services.gateway.files import send
from services.gateway.sampling import Samples
from services.gateway.speaking import Speaker, Speaking

# How a provider's voices sound, in a word.
_QUALITY: dict[str, Literal["neural", "robotic", "studio"]] = {
    "piper": "neural",
    "espeak": "robotic",
    "elevenlabs": "studio",
}
_PLAIN = "en"
Spoken = Annotated[
    str | None, QueryParameter(pattern=LANGUAGE, max_length=12, description="One of its languages; null: its own")
]


class VoiceResource(Value):
    """A voice. A brief asks for it by ``voice: {provider, name: id}``. ``reason`` says why it can't speak now."""

    id: str
    name: str
    language: str
    languages: tuple[str, ...]
    provider: str
    quality: Literal["neural", "robotic", "studio"]
    paid: bool
    available: bool
    reason: str | None
    sample_url: str | None


class VoiceList(Value):
    """All voices, the better ones of a language first. ``default`` speaks English if a brief names nobody."""

    items: tuple[VoiceResource, ...]
    default: str | None


@get("/voices", tags=["voices"])
async def list_voices(speaking: NamedDependency[Speaking]) -> Response[VoiceList]:
    """The voices a brief can ask for."""
    default = await speaking.default(_PLAIN)
    items = tuple(_resource(each) for each in await speaking.speakers())
    found = VoiceList(items=items, default=None if default is None else default.name)
    return Response(found, headers={"Cache-Control": "private, no-cache"})


@get("/voices/{voice:str}/sample.mp3", tags=["voices"])
async def voice_sample(
    request: Request[Any, Any, Any],
    samples: NamedDependency[Samples],
    blobs: NamedDependency[Blobs],
    owner: NamedDependency[str],
    voice: FromPath[str],
    language: Spoken = None,
) -> Response[Any]:
    """A short sentence as a voice speaks it (MP3). Made when it is first asked for, then kept; nothing is paid for
    it."""
    return await send(request, blobs, await samples.take(voice, language, owner), version=None)


def _resource(speaker: Speaker) -> VoiceResource:
    heard = not speaker.paid or bool(speaker.preview_url)
    return VoiceResource(
        id=speaker.name,
        name=speaker.title,
        language=speaker.languages[0] if speaker.languages else _PLAIN,
        languages=speaker.languages,
        provider=speaker.provider,
        quality=_QUALITY[speaker.provider],
        paid=speaker.paid,
        available=not speaker.reason,
        reason=speaker.reason or None,
        sample_url=f"/v1/voices/{speaker.name}/sample.mp3" if heard else None,
    )


VOICES = (list_voices, voice_sample)
