"""An analysis is made once, whoever asks first, and a worker that is stopped leaves nothing in the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pytest

from contracts.faults import BadMedia, TechnicalFault
from contracts.footage import Analysis
from contracts.media import Asset, AssetKind
from edit_factory.sidecars.nats import NatsServer
from kit.blobs import Blobs
from kit.cancelling import CancelWatch
from kit.crash import CrashPoints
from kit.documents import read_document
from kit.media import probe
from kit.scratch import Scratch
from kit.service import connected
from kit.settings import Settings
from kit.steps import StepCache
from kit.topology import lay_out
from kit.work import Line
from services.footage.analyses import Analyses
from services.footage.looking import Look, Looking
from tests import material
from tests.providers.suite import children_running


@pytest.fixture(scope="module")
async def settings(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Settings]:
    home = tmp_path_factory.mktemp("analyses")
    server = NatsServer(home)
    yield Settings(home=home, nats_url=(await server.start()).url)
    await server.stop()


@asynccontextmanager
async def worker(settings: Settings, name: str) -> AsyncIterator[Line]:
    """All that a process of the footage service has."""
    async with connected(settings, name) as bus:
        await lay_out(bus.jetstream, settings)
        blobs = Blobs.open(str(settings.home / "blobs"), cache=settings.home / "cache")
        yield Line(
            settings=settings,
            bus=bus,
            blobs=blobs,
            scratch=Scratch(settings.home / "scratch"),
            cache=StepCache(bus, blobs),
            cancels=CancelWatch(bus),
            crash=CrashPoints(),
        )


async def asset(line: Line, path: Path, folder: Path, owner: str = "somebody") -> Asset:
    copy = folder / f"{uuid4().hex}.mp4"
    copy.write_bytes(path.read_bytes())
    facts, media_type = await probe(copy, AssetKind.FOOTAGE)
    ref = await line.blobs.put_file(copy, media_type)
    return Asset(id=uuid4(), owner=owner, kind=AssetKind.FOOTAGE, name=path.name, blob=ref, facts=facts)


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[Asset]:
    """What was really looked through."""
    found: list[Asset] = []
    real = Looking.look

    async def noted(self: Looking) -> Look:
        found.append(self.asset)
        return await real(self)

    monkeypatch.setattr(Looking, "look", noted)
    return found


async def test_two_workers_at_once_and_another_user_later_have_it_made_once(settings, tmp_path, looked):
    clip = material.video("both.mp4", seconds=1.4)
    async with worker(settings, "one") as one, worker(settings, "two") as two:
        mine = await asset(one, clip, tmp_path)
        told: list[float] = []
        first, second = await asyncio.gather(Analyses(one).of(mine, told.append), Analyses(two).of(mine))
        theirs = mine.model_copy(update={"id": uuid4(), "owner": "somebody else"})
        assert first == second == await Analyses(two).of(theirs)
    assert len(looked) == 1
    assert first.segments
    assert told[-1] == 1.0
    assert all(0 <= share <= 1 for share in told)


async def test_a_worker_that_is_stopped_leaves_no_program_and_no_lease(settings, tmp_path, looked):
    async with worker(settings, "stopped") as line:
        mine = await asset(line, material.video("stopped.mp4", seconds=6, size=(1280, 720)), tmp_path)
        moved = asyncio.Event()
        work = asyncio.create_task(Analyses(line).of(mine, lambda share: moved.set() if share > 0 else None))
        await asyncio.wait_for(moved.wait(), 60)
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
        assert children_running("look_child.py") == []
        assert list((settings.home / "scratch").glob("*/looking-*")) == []
        async with asyncio.timeout(60):
            assert (await Analyses(line).of(mine)).segments
    assert len(looked) == 2


async def test_a_file_that_no_picture_can_be_decoded_of_is_refused_as_such(settings, tmp_path):
    async with worker(settings, "refusing") as line:
        whole = await asset(line, material.video("whole.mp4", seconds=1, sound=False), tmp_path)
        noise = await line.blobs.put_bytes(b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 40, "video/mp4")
        with pytest.raises(BadMedia) as refused:
            await Analyses(line).of(whole.model_copy(update={"blob": noise}))
        assert refused.value.code == "media_unreadable"
        odd = whole.model_copy(update={"facts": whole.facts.model_copy(update={"demuxer": "concat"})})
        with pytest.raises(BadMedia):
            await Analyses(line).of(odd)


async def test_sound_that_can_not_be_decoded_is_left_out(settings, tmp_path):
    """The file says that it has sound, and has none."""
    async with worker(settings, "deaf") as line:
        mine = await asset(line, material.video("deaf.mp4", seconds=1, sound=False), tmp_path)
        said = mine.model_copy(update={"facts": mine.facts.model_copy(update={"audio_codec": "aac"})})
        found = await Analyses(line).of(said)
        assert found.segments
        assert (found.waveform, found.speech) == (None, ())


async def test_a_document_that_is_none_is_told_so(settings):
    async with worker(settings, "reader") as line:
        ref = await line.blobs.put_bytes(b'{"duration_s": "long"}', "application/json")
        with pytest.raises(TechnicalFault, match="kind"):
            await read_document(line.blobs, ref, Analysis, 1000)
        with pytest.raises(TechnicalFault, match="larger"):
            await read_document(line.blobs, ref, Analysis, 3)
