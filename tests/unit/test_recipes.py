"""A kept result is taken only for the same work: its recipe names everything that shapes it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from contracts.events import SpeechReadyV1, TimelineReadyV1
from contracts.footage import Analysis, Described, Notes
from contracts.media import Asset
from kit.addresses import Allowed
from kit.blobs import Blobs, FolderBlobs
from kit.bus import Bus, connect
from kit.ffmpeg import ffmpeg_identity, find_ffmpeg
from kit.outbound import Outbound
from kit.steps import StepCache, step_key
from services.footage.analyses import Tell
from services.footage.meaning import Embeddings, Spelling
from services.footage.pictures import WebPictures
from services.footage.service import TimelineStep
from services.render.plan.chunks import Lanes
from services.render.service import RenderStep
from tests.builders import line

NOWHERE = FolderBlobs(Path("/nowhere"))
NO_WEB = WebPictures(Outbound(Allowed()), NOWHERE, 1, StepCache(Bus(connect("nats://127.0.0.1:1", "x"), "x"), NOWHERE))


async def unseen(asset: Asset, _tell: Tell) -> Analysis:
    return Analysis(duration_s=asset.facts.duration_s)


@pytest.fixture
def another_ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def use() -> None:
        monkeypatch.setenv("EDIT_FACTORY_FFMPEG", str(program))
        find_ffmpeg.cache_clear()
        ffmpeg_identity.cache_clear()

    yield use
    monkeypatch.undo()
    find_ffmpeg.cache_clear()
    ffmpeg_identity.cache_clear()


def test_another_ffmpeg_or_font_is_another_render(tmp_path: Path, another_ffmpeg):
    step = RenderStep(Blobs.open(str(tmp_path / "blobs"), cache=tmp_path / "cache"), lanes=Lanes(1, 1, 1), nice=0)
    event = next(fact for fact in line() if isinstance(fact, TimelineReadyV1))
    font = event.timeline.subtitles.model_copy(update={"font": "Anton"})
    in_anton = event.model_copy(update={"timeline": event.timeline.model_copy(update={"subtitles": font})})

    def key(of: TimelineReadyV1) -> str:
        return step_key(step.name, step.code_version, step.recipe(of))

    first = key(event)
    assert key(event) == first
    assert key(in_anton) != first
    assert step.recipe(in_anton)["font"] != step.recipe(event)["font"]
    another_ffmpeg()
    assert key(event) != first


def test_what_is_said_of_clips_and_who_tells_meanings_is_another_plan():
    event = next(fact for fact in line() if isinstance(fact, SpeechReadyV1))
    said = Described(asset=event.order.clips[0].id, notes=Notes(keywords=("harbour",)))
    described = event.model_copy(update={"order": event.order.model_copy(update={"described": (said,)})})
    embeddings = Embeddings("1.0")

    def key(step: TimelineStep, of: SpeechReadyV1) -> str:
        return step_key(step.name, step.code_version, step.recipe(of))

    plain = key(TimelineStep(Spelling(), unseen, NO_WEB), event)
    assert plain == key(TimelineStep(Spelling(), unseen, NO_WEB), event)
    others = [
        key(TimelineStep(Spelling(), unseen, NO_WEB), described),
        key(TimelineStep(embeddings, unseen, NO_WEB), event),
        key(TimelineStep(Embeddings("1.1"), unseen, NO_WEB), event),
        key(TimelineStep(Spelling(), unseen, NO_WEB, sight=2000), event),
    ]
    assert len({plain, *others}) == 5
