"""Voices over HTTP: what a brief can ask for, and how each sounds, made once and never paid."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import av
import httpx
import numpy as np
import pytest
from pydantic import SecretStr

from contracts.brief import VoiceChoice
from edit_factory.embedded import Embedded
from edit_factory.paid_voices import PaidVoices
from edit_factory.speaking import StationSpeaking
from kit.settings import Settings
from services.gateway.sentences import sentence
from services.gateway.speaking import Speaker
from services.tts.normalise import spoken_words
from tests.client import Client, Json
from tests.doubles.elevenlabs import KEY, VOICE, ElevenLabsDouble
from tests.guarded import ADMIN_KEY, calling, gateway
from tests.integration.refusing import refused


async def listed(http: httpx.AsyncClient) -> Json:
    answer = await http.get("/v1/voices")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def heard(answer: httpx.Response) -> float:
    """Seconds of a sample in which somebody speaks."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "audio/mpeg"
    with av.open(io.BytesIO(answer.content), mode="r") as file:
        samples = np.concatenate([frame.to_ndarray().ravel() for frame in file.decode(audio=0)])
        assert np.abs(samples).max() > 0.05
        return len(samples) / file.streams.audio[0].rate


async def test_every_voice_is_one_that_a_brief_can_name(api: Client):
    found = await listed(api.http)
    voices = {voice["id"]: voice for voice in found["items"]}
    assert len(voices) == len(found["items"]) > 200
    assert voices[found["default"]]["quality"] == "neural"
    assert "en" in voices[found["default"]]["languages"]
    for voice in voices.values():
        VoiceChoice(provider=voice["provider"], name=voice["id"])
        assert voice["available"]
        assert voice["sample_url"]
        assert not voice["paid"]
        assert voice["name"]
    assert (voices["ro"]["language"], voices["ro"]["quality"]) == ("ro", "robotic")


@pytest.mark.parametrize(("voice", "language"), [("ro", "ro"), ("en-us+f3", "en"), ("ka", "ka")])
async def test_a_voice_is_heard_in_its_own_language(api: Client, voice: str, language: str):
    answer = await api.http.get(f"/v1/voices/{voice}/sample.mp3", params={"language": language})
    assert 1.0 < heard(answer) < 15.0
    part = await api.http.get(f"/v1/voices/{voice}/sample.mp3", headers={"Range": "bytes=0-99"})
    assert (part.status_code, len(part.content)) == (206, 100)


async def test_a_sample_is_made_once_for_all_gateways(api: Client, factory: Embedded, monkeypatch: pytest.MonkeyPatch):
    default = (await listed(api.http))["default"]
    spoken: list[str] = []
    say = StationSpeaking.say

    async def counted(self: StationSpeaking, speaker: Speaker, *more: object) -> object:
        spoken.append(speaker.name)
        return await say(self, speaker, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(StationSpeaking, "say", counted)
    url = f"/v1/voices/{default}/sample.mp3"
    answers = await asyncio.gather(*(api.http.get(url) for _ in range(3)))
    assert len({answer.headers["etag"] for answer in answers}) == 1
    assert heard(answers[0]) > 1.0
    async with gateway(factory, login="auto") as other, calling(other.url, None) as http:
        assert (await http.get(url)).headers["etag"] == answers[0].headers["etag"]
    assert len(spoken) <= 1  # none if it was heard before


async def test_what_can_not_be_heard(api: Client):
    refused(await api.http.get("/v1/voices/nobody/sample.mp3"), 404, "not_found")
    url = "/v1/voices/ro/sample.mp3"
    refused(await api.http.get(url, params={"language": "de"}), 422, "language_unsupported")
    refused(await api.http.get(url, params={"language": "no language"}), 400, "request_invalid")


@pytest.fixture
async def elevenlabs() -> AsyncIterator[ElevenLabsDouble]:
    double = ElevenLabsDouble()
    await double.start()
    yield double
    await double.stop()


async def test_voices_of_an_account_are_listed_and_heard_without_paying(
    factory: Embedded, elevenlabs: ElevenLabsDouble
):
    settings = {"elevenlabs_keys": SecretStr(KEY), "elevenlabs_url": elevenlabs.url, "outbound_allow": "127.0.0.0/8"}
    async with gateway(factory, **settings) as running, calling(running.url, ADMIN_KEY) as http:
        paid = {voice["id"]: voice for voice in (await listed(http))["items"] if voice["paid"]}
        george = paid[VOICE]
        assert (george["provider"], george["quality"], george["languages"]) == ("elevenlabs", "studio", ["en", "ro"])
        assert heard(await http.get(george["sample_url"])) > 0.5
        assert paid["o" * 20]["sample_url"] is None
        refused(await http.get(f"/v1/voices/{'o' * 20}/sample.mp3"), 404, "no_sample")
        assert len(paid) == 2
        await listed(http)
    assert elevenlabs.listed == 1  # and not for each who looks
    assert not elevenlabs.asked  # nothing was spoken for money


async def test_an_account_that_does_not_answer_hides_no_other_voice(factory: Embedded):
    settings = {"elevenlabs_keys": SecretStr("w" * 32), "elevenlabs_url": "http://127.0.0.1:9"}
    async with gateway(factory, **settings) as running, calling(running.url, ADMIN_KEY) as http:
        assert len((await listed(http))["items"]) > 200


async def test_voices_known_before_say_why_they_can_not_speak(elevenlabs: ElevenLabsDouble):
    voices = PaidVoices(Settings(elevenlabs_keys=SecretStr(KEY), elevenlabs_url=elevenlabs.url))
    assert {each.reason for each in await voices.speakers()} == {""}
    elevenlabs.accounts.clear()
    voices._until = 0.0
    assert ["does not take the key" in each.reason for each in await voices.speakers()] == [True, True]
    await voices.close()


def test_each_sentence_has_words_to_say():
    for language in ("en", "ro", "de-at", "xx"):
        assert spoken_words(sentence(language).split(), language.partition("-")[0])
