"""The tts station: a narration becomes a voice-over with the time of each word."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from contracts.events import Event, ScriptReadyV1, SpeechCancelledV1, SpeechFailedV1, SpeechReadyV1
from contracts.progress import StepName
from contracts.speech import Speech
from contracts.streams import durable
from kit.blobs import Blobs
from kit.desk import Desk
from kit.halfway import once_at
from kit.station import Station
from kit.video_step import VideoStep, passed_on
from kit.work import Done, Line
from services.tts.providers import offline_providers, outside_providers
from services.tts.voicing import Voicing

# Nobody speaks in a video that is made of its footage alone.
SILENT = Speech(duration_s=0.0, words=(), provider="none", voice_name="none", sample_rate_hz=0)


class SpeechStep(VideoStep):
    """script.ready -> speech.ready."""

    name = StepName.TTS
    code_version = 1
    result = Speech
    failed_fact = SpeechFailedV1
    cancelled_fact = SpeechCancelledV1

    def __init__(self, voicing: Voicing, blobs: Blobs) -> None:
        self._voicing = voicing
        self._blobs = blobs

    def recipe(self, event: ScriptReadyV1) -> Any:
        brief = event.order.brief
        if not event.narration.phrases:
            return {"silent": True}
        return {
            "owner": event.owner,  # what others have made must not show in how soon it is done
            "narration": event.narration,
            "voice": self._voicing.identity(brief.voice, event.narration.language),
            "speed": brief.voice.speed,
            "silence": brief.silence,
        }

    async def make(self, event: ScriptReadyV1, desk: Desk) -> Speech:
        if not event.narration.phrases:
            return SILENT
        brief = event.order.brief
        half = once_at(0.5, lambda: desk.reach("mid-work"))

        def on_progress(share: float) -> None:
            desk.progress(share)
            half(share)

        def on_note(note: str) -> None:
            desk.progress(0.0, note=note)

        voiced = await self._voicing.voice(
            event.narration, brief.voice, brief.silence, desk.folder, on_progress, on_note=on_note
        )
        desk.keep = not voiced.makeshift
        blob = await self._blobs.put_file(voiced.path, "audio/wav")
        desk.reach("after-rename")
        desk.progress(1.0)
        return Speech(
            voice=blob,
            duration_s=voiced.duration_s,
            words=voiced.words,
            provider=voiced.provider,
            voice_name=voiced.voice_name,
            sample_rate_hz=voiced.sample_rate_hz,
        )

    def facts(self, event: ScriptReadyV1, result: Speech, done: Done) -> Sequence[Event]:
        return [
            SpeechReadyV1(
                **passed_on(event, done),
                order=event.order,
                narration=event.narration,
                speech=result,
                held="voice" in event.order.brief.review,
            )
        ]


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    voicing = Voicing(offline_providers(line.settings.voices_folder), outside_providers(line))
    try:
        Station(line, SpeechStep(voicing, line.blobs), durable("tts")).register(line.settings.tts_slots)
        yield
    finally:
        await voicing.close()
