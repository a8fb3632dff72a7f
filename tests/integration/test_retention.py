"""Retention on a real log and real stores: what goes, what stays, and who wins where things happen at once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import orjson
import pytest
from obstore.store import MemoryStore

from contracts import subjects
from contracts.events import AssetUploadedV1, Event, JobExpiredV1, VideoFiledV1, VideoStoredV1
from contracts.faults import Unavailable
from contracts.media import BlobRef
from contracts.progress import StepName
from contracts.values import Value
from edit_factory.embedded import Embedded
from edit_factory.sidecars.nats import NatsServer
from kit import turns
from kit.blobs import Blobs
from kit.bus import Bus
from kit.cancelling import CancelWatch
from kit.crash import CrashPoints
from kit.database import SCHEMA
from kit.scratch import Scratch
from kit.service import connected
from kit.settings import Settings
from kit.steps import StepCache, step_key
from kit.topology import lay_out
from kit.turns import turn
from kit.work import Line
from services.projection.service import rebuild
from services.storage.keeping import GRACE, StoreMismatch
from services.storage.retention import LogUnreadable, Report, Retention, policy, retaining, run_once
from tests import material
from tests.builders import NOON, asset, cancel_requested, filed, line, renamed, render_failed, requested
from tests.client import Client

RACES = 10  # of each of five kinds, over each of two stores
EAGER = Settings(
    retention_failed_days=1,
    retention_unused_days=1,
    retention_intermediate_days=1,
    retention_intermediate_bytes=1,
    trash_days=1,
)


class Kept(Value):
    """What a step might keep."""

    voice: BlobRef


@pytest.fixture(scope="module")
async def settings(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Settings]:
    """A server of this module's own, because its log is going to be spoilt."""
    home = tmp_path_factory.mktemp("retention")
    server = NatsServer(home)
    address = await server.start()
    yield EAGER.model_copy(update={"nats_url": address.url, "home": home})
    await server.stop()


@pytest.fixture
async def bus(settings: Settings) -> AsyncIterator[Bus]:
    """With an empty log."""
    async with connected(settings, "test") as made:
        await lay_out(made.jetstream, settings)
        yield made
        for stream in ("EF_EVENTS", "EF_STEPS"):
            await made.jetstream.delete_stream(stream)


@dataclass
class Bench:
    """A factory without stations: facts are announced and media put by hand. Every job and upload is its own."""

    bus: Bus
    blobs: Blobs
    retention: Retention

    async def upload(self, data: bytes) -> BlobRef:
        ref = await self.blobs.put_bytes(data, "video/mp4")
        made = asset(uuid4().hex, blob=ref)
        await self.bus.announce(AssetUploadedV1(owner="local", lane="s1", at=NOON, asset=made))
        return ref

    async def media(self, name: str) -> dict[str, BlobRef]:
        """Those a job is made of, with the names the builders have for them."""
        made = {kind: await self.blobs.put_bytes(f"{kind} of {name}".encode(), "x/y") for kind in ("voice", "thumb")}
        return made | {
            "clip.mp4": await self.upload(f"clip of {name}".encode()),
            "out tiktok": await self.blobs.put_bytes(f"file of {name}".encode(), "video/mp4"),
        }

    async def last(self, job: UUID) -> int:
        message = await self.bus.last_raw(subjects.facts_of(job))
        return (message.seq or 0) if message else 0

    async def tell(self, events: list[Event], media: dict[str, BlobRef], after: int = 0) -> int:
        seq = after
        for event in events:
            rendered = seq if isinstance(event, VideoStoredV1) else 0
            seq = (await self.bus.announce(renamed(event, media), after=rendered)).seq
        return seq

    async def job(self, name: str, *facts: Event, job: UUID | None = None) -> tuple[UUID, dict[str, BlobRef]]:
        """A job that was told so much of: its request, then ``facts`` of JOB, as its own."""
        job = job or uuid4()
        media = await self.media(name)
        await self.tell([requested(job), *(about(fact, job) for fact in facts)], media)
        return job, media

    async def told(self, job: UUID) -> list[str]:
        return [heard.event.TYPE async for heard in self.bus.history(subjects.facts_of(job))]

    async def later(self, days: float = 2) -> Any:
        """A run as it would be in so many days; nothing was touched meanwhile."""
        return await self.retention.carry_out(await self.retention.plan(datetime.now(UTC) + timedelta(days=days)))


def about(fact: Event, job: UUID) -> Event:
    return next(
        made for made in (*line(job=job), render_failed(job=job), cancel_requested(job)) if type(made) is type(fact)
    )


def bench_over(bus: Bus, blobs: Blobs, settings: Settings) -> Bench:
    retention = Retention(bus, blobs, Scratch(settings.home / "scratch"), policy(settings))
    return Bench(bus, blobs, retention)


@pytest.fixture(params=["folder", "bucket"])
def bench(request: Any, bus: Bus, settings: Settings, tmp_path: Path) -> Bench:
    if request.param == "folder":
        blobs = Blobs.open(str(tmp_path / "blobs"), cache=tmp_path / "cache")
    else:
        blobs = Blobs.over(MemoryStore(), cache=tmp_path / "cache")
    return bench_over(bus, blobs, settings)


async def names(bench: Bench, media: dict[str, BlobRef]) -> set[str]:
    """Which of the media are still there."""
    return {name for name, ref in media.items() if await bench.blobs.exists(ref)}


EVERYTHING = {"voice", "thumb", "clip.mp4", "out tiktok"}


# --- what goes, what stays ---------------------------------------------------------------------------------------


async def test_TEST_04_what_is_finished_used_or_active_stays_and_the_rest_goes(bench: Bench):
    _, finished = await bench.job("finished", *line())
    active, in_work = await bench.job("active", *line()[:4])
    failed, broken = await bench.job("failed", *line()[:3], render_failed())
    cancelled, stopped = await bench.job("cancelled", *line()[:2], cancel_requested())
    stray = await bench.blobs.put_bytes(b"an upload that was never announced", "video/mp4")

    report = await bench.later()

    assert await names(bench, finished) == EVERYTHING - {"voice"}
    assert await names(bench, in_work) >= {"voice", "clip.mp4", "out tiktok"}
    assert not await bench.blobs.exists(stray)
    assert (report.jobs, report.spared) == (2, 0)
    assert await bench.told(failed) == await bench.told(cancelled) == ["job.expired"]
    assert len(await bench.told(active)) == 5
    # What only the forgotten jobs referred to is nobody's from the next run on; their uploads stay.
    await bench.later()
    assert await names(bench, broken) == await names(bench, stopped) == {"clip.mp4"}
    third = await bench.later()
    assert (third.blobs, third.jobs, third.spared) == (0, 0, 0)


async def test_TEST_04_a_dry_run_touches_nothing(bench: Bench):
    failed, media = await bench.job("failed", *line()[:3], render_failed())
    _, finished = await bench.job("finished", *line())
    before = await bench.bus.ping()
    listed = [info async for info in bench.blobs.list()]
    for _ in range(2):
        plan = await bench.retention.plan(datetime.now(UTC) + timedelta(days=2))
        assert {doomed.blob.sha256 for doomed in plan.blobs} >= {finished["voice"].sha256}
        assert [job.job for job in plan.jobs] == [failed]
    assert await bench.bus.ping() == before
    assert [info async for info in bench.blobs.list()] == listed
    assert await names(bench, media) == EVERYTHING


async def test_nothing_goes_before_its_time(bench: Bench):
    await bench.job("finished", *line())
    await bench.job("failed", *line()[:3], render_failed())
    plan = await bench.retention.plan()
    assert plan.blobs == ()


async def test_a_fact_that_cannot_be_read_stops_everything(bench: Bench):
    _, media = await bench.job("finished", *line())
    await bench.retention.plan()
    subject = subjects.fact(requested(uuid4())).replace(".v1.", ".v7.")
    await bench.bus.jetstream.publish(subject, b'{"from": "the future"}')
    for _ in range(2):
        with pytest.raises(LogUnreadable, match="can't be read"):
            await bench.later()
    assert await names(bench, media) == EVERYTHING


async def test_a_log_that_was_made_anew_is_read_anew(bench: Bench, settings: Settings):
    """And is not mistaken for one in which everything went unused."""
    _, media = await bench.job("finished", *line())
    await bench.retention.plan()
    await bench.bus.jetstream.delete_stream("EF_EVENTS")
    await lay_out(bench.bus.jetstream, settings)
    with pytest.raises(StoreMismatch):
        await bench.later()
    assert await names(bench, media) == EVERYTHING


async def test_what_was_read_once_is_read_on(bench: Bench):
    _, first = await bench.job("first", *line())
    await bench.later()
    _, second = await bench.job("second", *line())
    await bench.later()
    assert await names(bench, first) == await names(bench, second) == EVERYTHING - {"voice"}


# --- the trash ---------------------------------------------------------------------------------------------------


async def deleted(bench: Bench, name: str) -> tuple[UUID, dict[str, BlobRef]]:
    """A finished job whose video its owner has just deleted."""
    job, media = await bench.job(name, *line())
    assert (await bench.bus.announce(filed(job=job, deleted_at=datetime.now(UTC)))).won
    return job, media


async def test_TEST_04_what_its_owner_deleted_goes_after_its_time_and_not_before(bench: Bench):
    _, kept = await bench.job("kept", *line())
    job, media = await deleted(bench, "deleted")
    await bench.later(0.5)
    assert await names(bench, media) >= {"thumb", "out tiktok"}
    first = await bench.later()
    assert first.purged == 1
    assert await names(bench, media) >= {"thumb", "out tiktok"}  # it was said; now it may be done
    assert (await bench.told(job))[-2:] == ["video.filed", "video.filed"]
    second = await bench.later()
    assert (second.purged, second.blobs) == (0, 2)
    assert await names(bench, media) == {"clip.mp4"}
    assert await names(bench, kept) >= {"thumb", "out tiktok", "clip.mp4"}
    assert (await bench.later()).blobs == 0


async def test_a_video_that_is_restored_after_the_plan_was_made_keeps_its_files(bench: Bench):
    job, media = await deleted(bench, "restored")
    plan = await bench.retention.plan(datetime.now(UTC) + timedelta(days=2))
    assert [trashed.job for trashed in plan.trash] == [job]
    assert (await bench.bus.announce(filed(revision=2, job=job))).won
    report = await bench.retention.carry_out(plan)
    assert (report.purged, report.spared) == (0, 1)
    for _ in range(2):
        await bench.later()
    assert await names(bench, media) >= {"thumb", "out tiktok"}


async def test_of_a_restore_and_a_purge_at_once_the_log_lets_one_in(bench: Bench):
    for number in range(RACES):
        job, media = await deleted(bench, f"race {number}")
        plan = await bench.retention.plan(datetime.now(UTC) + timedelta(days=2))

        async def restore(job: UUID = job) -> bool:
            await asyncio.sleep(random.random() / 200)
            return (await bench.bus.announce(filed(revision=2, job=job))).won

        report, restored = await asyncio.gather(bench.retention.carry_out(plan), restore())
        assert restored == (report.purged == 0)
        for _ in range(2):
            await bench.later()
        there = await names(bench, media) & {"thumb", "out tiktok"}
        assert there == ({"thumb", "out tiktok"} if restored else set())
        facts = [heard.event async for heard in bench.bus.history(subjects.facts_of(job))]
        assert sum(isinstance(fact, VideoFiledV1) for fact in facts) == 2


# --- forgetting --------------------------------------------------------------------------------------------------


async def test_a_death_between_the_fact_and_the_purge_is_made_good(bench: Bench, monkeypatch: pytest.MonkeyPatch):
    """The real thing, with a process that is killed, is in the flow of the command below."""
    failed, _ = await bench.job("failed", *line()[:3], render_failed())

    async def died(*_: Any) -> None:
        raise Unavailable("died")

    with monkeypatch.context() as patched:
        patched.setattr(bench.bus, "purge_job", died)
        with pytest.raises(Unavailable):
            await bench.later()
    assert (await bench.told(failed))[-2:] == ["video.failed", "job.expired"]
    fresh = replace(bench, retention=bench_over(bench.bus, bench.blobs, EAGER).retention)
    for again in (bench, fresh, fresh):
        await again.later()
        assert await bench.told(failed) == ["job.expired"]


async def test_a_fact_that_comes_first_keeps_its_job(bench: Bench):
    """As a retry would: the plan is made, something is said about the job, the plan is carried out."""
    job, media = await bench.job("failed", *line()[:3], render_failed())
    plan = await bench.retention.plan(datetime.now(UTC) + timedelta(days=2))
    assert [ended.job for ended in plan.jobs] == [job]
    await bench.tell([line(job=job, run=2)[0]], media)
    report = await bench.retention.carry_out(plan)
    assert (report.jobs, report.spared) == (0, 1)
    assert (await bench.told(job))[-1] == "script.ready"
    assert "job.expired" not in await bench.told(job)
    await bench.later()
    assert await names(bench, media) >= {"voice", "clip.mp4"}


async def test_a_fact_that_comes_after_survives_the_purge(bench: Bench):
    job, media = await bench.job("failed", *line()[:3], render_failed())
    await bench.later()
    await bench.tell([line(job=job, run=2)[0]], media)
    bench.retention = bench_over(bench.bus, bench.blobs, EAGER).retention
    await bench.retention.plan()
    assert await bench.told(job) == ["job.expired", "script.ready"]


# --- races -------------------------------------------------------------------------------------------------------

Check = Callable[[], Awaitable[None]]
Racing = Callable[[], Awaitable[Check]]
Race = Callable[[Bench, str], Awaitable[Racing]]


async def a_job_is_accepted(bench: Bench, name: str) -> Racing:
    """Its upload, long there and just sent again, is used by a new job."""
    data = f"clip of {name}".encode()
    ref = await bench.upload(data)
    job = uuid4()

    async def act() -> None:
        await bench.blobs.put_bytes(data, "video/mp4")
        await bench.tell([requested(job)], {"clip.mp4": ref})

    async def check() -> None:
        assert await bench.blobs.exists(ref)
        assert await bench.told(job) == ["job.requested"]

    return together(act, check)


async def a_kept_result_is_found(bench: Bench, name: str) -> Racing:
    """The voice of a finished job, old enough to go, is found in the step cache and announced."""
    _, media = await bench.job(name, *line())
    key = step_key(StepName.TTS, 1, name)
    cache = StepCache(bench.bus, bench.blobs)
    await cache.keep(StepName.TTS, key, Kept(voice=media["voice"]))
    job = uuid4()

    async def act() -> None:
        await bench.tell([requested(job)], media)
        kept = await cache.find(StepName.TTS, key, Kept)
        voice = kept.voice if kept else await bench.blobs.put_bytes(f"voice of {name}".encode(), "x/y")
        await asyncio.sleep(random.random() / 200)
        await bench.tell(line(job=job)[:2], media | {"voice": voice})

    async def check() -> None:
        assert await bench.blobs.exists(media["voice"])

    return together(act, check)


async def the_same_bytes_are_uploaded(bench: Bench, name: str) -> Racing:
    """An upload that broke off before it was announced is made once more."""
    data = f"broken off: {name}".encode()
    ref = await bench.blobs.put_bytes(data, "video/mp4")

    async def act() -> None:
        await bench.upload(data)

    async def check() -> None:
        assert await bench.blobs.exists(ref)

    return together(act, check)


async def a_job_finishes(bench: Bench, name: str) -> Racing:
    job, media = await bench.job(name, *line()[:3])

    async def act() -> None:
        await bench.blobs.put_bytes(f"file of {name}".encode(), "video/mp4")
        await bench.tell(line(job=job)[3:4], media)
        await bench.blobs.put_bytes(f"thumb of {name}".encode(), "x/y")
        await bench.tell(line(job=job)[4:], media, after=await bench.last(job))

    async def check() -> None:
        assert await names(bench, media) >= {"out tiktok", "thumb", "clip.mp4"}
        assert len(await bench.told(job)) == 6

    return together(act, check)


async def a_failed_job_is_tried_again(bench: Bench, name: str) -> Racing:
    """On the condition that it is still there; whoever is second is refused."""
    job, media = await bench.job(name, *line()[:3], render_failed())
    last = await bench.last(job)
    won: list[bool] = []

    async def act() -> None:
        again = renamed(line(job=job, run=2)[0], media)
        told = await bench.bus.announce(again, after=last, guard=subjects.facts_of(job))
        won.append(told.won)

    async def check() -> None:
        told = await bench.told(job)
        if won[0]:
            assert told[-1] == "script.ready"
            assert "job.expired" not in told
            assert await names(bench, media) >= {"voice", "clip.mp4"}
        else:
            assert told == ["job.expired"]

    return together(act, check)


def together(act: Callable[[], Awaitable[None]], check: Check) -> Racing:
    async def race() -> Check:
        await asyncio.sleep(random.random() / 20)
        await act()
        return check

    return race


KINDS: list[Race] = [
    a_job_is_accepted,
    a_kept_result_is_found,
    the_same_bytes_are_uploaded,
    a_job_finishes,
    a_failed_job_is_tried_again,
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
async def test_TEST_04_a_hundred_races_and_nothing_needed_is_lost(bench: Bench, kind: Race):
    """Everything is old enough to go when the run begins; what acts meanwhile does so at a random moment of it."""
    await bench.job("finished long ago", *line())
    racing = [await kind(bench, f"{kind.__name__} {number}") for number in range(RACES)]
    ageing = timedelta(days=1) + GRACE

    async def clean_up() -> None:
        # As if all that lies there now had lain for days. What is put or touched from here on is new.
        plan = await bench.retention.plan(datetime.now(UTC) + ageing)
        await bench.retention.carry_out(replace(plan, unless_put_since=began))

    began = datetime.now(UTC)
    await asyncio.sleep(0.01)
    cleaning = asyncio.create_task(clean_up())
    checks = await asyncio.gather(*(race() for race in racing))
    await cleaning
    for check in checks:
        await check()


# --- one at a time -----------------------------------------------------------------------------------------------


async def test_one_at_a_time_and_not_too_often(bus: Bus):
    async with turn(bus, "x") as first:
        assert first
        async with turn(bus, "x") as second:
            assert not second
        async with turn(bus, "y") as other:
            assert other
    async with turn(bus, "x", every_s=60) as soon:
        assert not soon
    async with turn(bus, "x") as again:
        assert again


async def test_of_many_who_ask_one_gets_the_turn(bus: Bus):
    async def ask() -> bool:
        async with turn(bus, "many", every_s=60) as mine:
            return mine

    assert sum(await asyncio.gather(*(ask() for _ in range(10)))) == 1


async def test_a_turn_that_broke_off_is_free_again_and_one_of_the_dead_ends_by_itself(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
):
    with pytest.raises(RuntimeError):
        async with turn(bus, "z", every_s=60):
            raise RuntimeError
    monkeypatch.setattr(turns, "LEASE_S", 1.0)
    dead = await turns._Lease.taken(bus, "z", 60)
    assert dead is not None
    async with turn(bus, "z") as mine:
        assert not mine
    await asyncio.sleep(1.1)
    async with turn(bus, "z") as mine:
        assert mine
        await asyncio.sleep(1.5)
        async with turn(bus, "z") as second:
            assert not second, "it is kept up while it lasts"
    async with turn(bus, "retention"):
        assert await run_once(bus, _NoWork()) is None  # type: ignore[arg-type]
    assert await run_once(bus, _NoWork()) == Report(blobs=1)  # type: ignore[arg-type]


class _NoWork:
    async def run(self) -> Report:
        return Report(blobs=1)


async def test_the_storage_service_cleans_up_by_itself(bus: Bus, settings: Settings, tmp_path: Path):
    bench = bench_over(bus, Blobs.open(str(tmp_path / "blobs"), cache=tmp_path), settings)
    await bench.job("finished", *line())
    failed, _ = await bench.job("failed", *line()[:3], render_failed())
    often = settings.model_copy(update={"retention_every_s": 0.1})
    line_of = Line(
        settings=often,
        bus=bus,
        blobs=bench.blobs,
        scratch=Scratch(tmp_path / "scratch"),
        cache=StepCache(bus, bench.blobs),
        cancels=CancelWatch(bus),
        crash=CrashPoints(),
    )
    async with retaining(line_of), retaining(line_of):
        async with asyncio.timeout(60):
            while await bench.told(failed) != ["job.expired"]:
                await asyncio.sleep(0.05)
    never = replace(line_of, settings=settings.model_copy(update={"retention_every_s": 0.0}))
    before = {task.get_name() for task in asyncio.all_tasks()}
    async with retaining(never):
        assert {task.get_name() for task in asyncio.all_tasks()} == before


# --- by command --------------------------------------------------------------------------------------------------


async def test_TEST_04_by_command_first_dry_then_killed_then_done(bus: Bus, settings: Settings, tmp_path: Path):
    root = tmp_path / "blobs"
    bench = bench_over(bus, Blobs.open(str(root), cache=tmp_path), settings)
    _, finished = await bench.job("finished", *line())
    failed, _ = await bench.job("failed", *line()[:3], render_failed())
    for path in root.glob("blobs/*/*/*"):
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))

    async def command(*arguments: str, **more: str) -> tuple[int, str]:
        given = {"NATS_URL": settings.nats_url, "BLOBS_URL": str(root), "HOME": str(tmp_path / "home"), **more}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "edit_factory", "retention", *arguments),
            env={**os.environ, **{f"EDIT_FACTORY_{name}": value for name, value in given.items()}},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output, _ = await asyncio.wait_for(process.communicate(), 30)
        return process.returncode or 0, output.decode()

    code, told = await command("--dry-run")
    assert code == 0, told
    assert f"job {failed.hex[:8]}" in told
    assert finished["voice"].sha256[:12] in told
    assert "Would go: 3 files" in told
    before = await bench.told(failed)

    code, _ = await command(CRASH="retention:before-purge")
    assert code == -signal.SIGKILL
    assert await bench.told(failed) == [*before, "job.expired"]
    assert await names(bench, finished) == EVERYTHING

    await bus.jetstream.purge_stream("EF_STEPS")  # as time would end the dead one's turn
    code, told = await command("--json")
    assert code == 0, told
    assert orjson.loads(told)["jobs"] == 0, "it was forgotten by the one that died"
    assert await bench.told(failed) == ["job.expired"]
    assert await names(bench, finished) == EVERYTHING - {"voice"}


# --- with the whole system ---------------------------------------------------------------------------------------


TABLES = ("jobs", "videos", "steps", "timelines", "assets", "position")


async def rows(dsn: str) -> dict[str, list[bytes]]:
    """All of the projection, but for what is told and not kept, and when it was written."""
    connection = await asyncpg.connect(dsn)
    try:
        found = {}
        for table in TABLES:
            listed = await connection.fetch(f"SELECT to_jsonb(t) - 'updated_at' AS row FROM {SCHEMA}.{table} t")
            found[table] = sorted(orjson.dumps(orjson.loads(one["row"]), option=orjson.OPT_SORT_KEYS) for one in listed)
        return found
    finally:
        await connection.close()


async def written_down(bus: Bus, dsn: str) -> dict[str, list[bytes]]:
    """The same, once the projection has come to the end of the log and nothing more is told."""
    while True:
        last = (await bus.ping())["last_seq"]
        await asyncio.sleep(0.3)
        found = await rows(dsn)
        (position,) = found["position"]
        if orjson.loads(position)["seq"] == last == (await bus.ping())["last_seq"]:
            return found


async def forgotten(bus: Bus, job: UUID) -> None:
    """What retention does first; whatever the stations still say of the job goes before it."""
    fact = JobExpiredV1(owner="local", lane="fast", at=NOON, job=job, ended_at=NOON)
    for _ in range(20):
        last = await bus.last_raw(subjects.facts_of(job))
        assert last is not None
        if (await bus.announce(fact, after=last.seq or 0, guard=subjects.facts_of(job))).won:
            return
    raise AssertionError("there was always one more fact")


async def test_a_forgotten_job_is_gone_and_its_key_is_free_again(api: Client, factory: Embedded):
    brief = await api.brief(material.video("forgotten.mp4", seconds=4), script="Nobody will remember this.")
    key = uuid4().hex
    job = UUID((await api.submit(brief, key))["id"])
    await api.http.post(f"/v1/jobs/{job}/cancel")
    await api.finished(str(job))
    dsn = factory.settings.postgres_dsn
    async with connected(factory.settings, "test") as bus:
        await written_down(bus, dsn)
        await forgotten(bus, job)
        for path in ("", "/events"):
            assert (await api.http.get(f"/v1/jobs/{job}{path}")).status_code == 404
        gone = await written_down(bus, dsn)
        assert not any(str(job).encode() in row for table in TABLES[:4] for row in gone[table])
        # Nothing was removed from the log yet; whoever uses the key again removes it.
        assert UUID((await api.submit(brief, key))["id"]) == job
        facts = [heard.event.TYPE async for heard in bus.history(subjects.facts_of(job))]
        assert facts[:2] == ["job.expired", "job.requested"]
        assert (await api.finished(str(job)))["state"] == "completed"
        while (await api.job(str(job)))["videos"][0]["check"]["verdict"] == "pending":
            await asyncio.sleep(0.1)
        live = await written_down(bus, dsn)
        await rebuild(bus, dsn)
        assert await rows(dsn) == live
