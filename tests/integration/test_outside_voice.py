"""The tts station with a voice outside: two workers, a real log, and ElevenLabs' double."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr

from contracts.events import ScriptReadyV1, SpeechCancelledV1, SpeechFailedV1, SpeechReadyV1, VideoEvent, video_id
from contracts.speech import Narration, Phrase
from edit_factory.registry import build
from edit_factory.sidecars.nats import NatsServer
from kit.bus import Bus
from kit.service import connected
from kit.settings import Settings
from kit.topology import lay_out
from tests.builders import cancel_requested, of_video, order
from tests.doubles import elevenlabs as double
from tests.doubles.elevenlabs import KEY, OTHER_KEY, VOICE, ElevenLabsDouble
from tests.limits import SOON_S


@pytest.fixture(scope="module")
async def outside() -> AsyncIterator[ElevenLabsDouble]:
    made = ElevenLabsDouble()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture(autouse=True)
def as_new(outside: ElevenLabsDouble) -> None:
    outside.forget()


@asynccontextmanager
async def line(home: Path, outside: ElevenLabsDouble, keys: str) -> AsyncIterator[Bus]:
    """A log, and two workers at its tts inbox, each with two slots and a home of its own."""
    server = NatsServer(home)
    settings = Settings(
        home=home,
        nats_url=(await server.start()).url,
        blobs_url=str(home / "blobs"),
        retry_delay_s=0.1,
        tts_slots=2,
        elevenlabs_keys=SecretStr(keys),
        elevenlabs_url=outside.url,
    )
    async with AsyncExitStack() as stack:
        stack.push_async_callback(server.stop)
        bus = await stack.enter_async_context(connected(settings, "test"))
        await lay_out(bus.jetstream, settings)
        for name in ("one", "two"):
            worker = build("tts", settings.model_copy(update={"home": home / name}))
            await worker.start()
            stack.push_async_callback(worker.stop)
        yield bus


@pytest.fixture(scope="module")
async def bus(outside: ElevenLabsDouble, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bus]:
    async with line(tmp_path_factory.mktemp("outside-voice"), outside, f"{KEY}, {OTHER_KEY}") as made:
        yield made


def script(job: UUID, number: int, *sentences: str, **voice: Any) -> ScriptReadyV1:
    choice = {"provider": "elevenlabs", "name": VOICE} | voice
    phrases = tuple(Phrase(index=index, text=text) for index, text in enumerate(sentences))
    return ScriptReadyV1(
        **of_video(number, job=job), order=order(voice=choice), narration=Narration(language="en", phrases=phrases)
    )


async def outcome(bus: Bus, job: UUID, number: int = 1) -> VideoEvent:
    """What became of a variant at the tts station."""
    for _ in range(600):
        last = await bus.last_of_video(VideoEvent, video_id(job, number))
        if last is not None and last.noun() == "speech":
            return last
        await asyncio.sleep(0.1)
    raise AssertionError("no outcome in a minute")


async def spoken(bus: Bus, *sentences: str, **voice: Any) -> VideoEvent:
    job = uuid4()
    await bus.announce(script(job, 1, *sentences, **voice))
    return await outcome(bus, job)


async def test_STAB_06_variants_on_two_workers_pay_once_for_each_sentence(bus: Bus, outside: ElevenLabsDouble):
    outside.delay_s = 0.2
    job = uuid4()
    for number in (1, 2, 3, 4):
        await bus.announce(script(job, number, "All of them say this.", "And this.", f"But number {number} is alone."))
    told = [await outcome(bus, job, number) for number in (1, 2, 3, 4)]
    assert all(isinstance(fact, SpeechReadyV1) for fact in told)
    assert outside.paid["All of them say this."] == outside.paid["And this."] == 1
    assert len(outside.paid) == 6
    assert set(outside.paid.values()) == {1}


async def test_STAB_06_out_of_quota_is_told_at_once_or_another_voice_speaks(outside: ElevenLabsDouble, tmp_path: Path):
    poor = "sk_a_key_without_any_credit"
    outside.accounts[poor] = double.Account(credits=0)
    async with line(tmp_path, outside, poor) as bus:
        told = await spoken(bus, "There is no money left.")
        assert isinstance(told, SpeechFailedV1)
        assert (told.fault.code, told.fault.technical, told.fault.tries) == ("quota_exhausted", False, 1)
        assert poor not in told.model_dump_json()
        for _ in range(2):  # a makeshift is not kept as if it were what was asked for
            told = await spoken(bus, "There is no money left.", fallback="offline")
            assert isinstance(told, SpeechReadyV1)
            assert (told.speech.provider, told.reused) == ("piper", False)


async def test_a_cancelled_job_ends_the_call_at_once(bus: Bus, outside: ElevenLabsDouble):
    outside.always(double.SLOW)
    job = uuid4()
    await bus.announce(script(job, 1, "This takes far too long."))
    await outside.first_asked()
    began = time.monotonic()
    await bus.announce(cancel_requested(job))
    assert await outside.hung_up() - began < SOON_S
    assert isinstance(await outcome(bus, job), SpeechCancelledV1)
    assert outside.paid == {}
