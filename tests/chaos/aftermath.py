"""After the last kill: everything promised is there once and whole, and nothing else is left lying about."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from pathlib import Path
from uuid import UUID

import asyncpg
import av
import httpx
import orjson
import psutil

from contracts import streams, subjects
from contracts.events import JobRequestedV1, VideoCheckedV1, VideoEvent
from kit.database import SCHEMA
from kit.ffmpeg import find_ffmpeg
from kit.service import connected
from kit.settings import Settings
from services.projection.service import rebuild
from tests.chaos.fleet import Fleet
from tests.chaos.oracle import Oracle, Promise, Report
from tests.client import Json
from tests.processes import programs_below

FINAL = frozenset({"completed", "failed", "cancelled"})
ORPHANS_GONE_S = 2.0


async def look_at(home: Path, fleet: Fleet, oracle: Oracle, report: Report, *, patience_s: float) -> None:
    """Fills the report in."""
    report.doubled += oracle.broken
    jobs = await _all_ended(fleet, oracle, report, patience_s)
    await _files(fleet, jobs, report)
    await _log(fleet, oracle, report)
    await _rebuilt(fleet, report)
    await _left(home, report)
    report.renders = _renders(home)


async def _all_ended(fleet: Fleet, oracle: Oracle, report: Report, patience_s: float) -> list[Json]:
    ended: list[Json] = []
    end = asyncio.get_running_loop().time() + patience_s
    for promise in oracle.promises.values():
        job = await _ended(fleet, promise, max(5.0, end - asyncio.get_running_loop().time()))
        state = "lost" if job is None else job["state"]
        report.ends[state] += 1
        if job is None or state not in promise.wanted:
            fault = f" {job['fault']}" if job else ""
            report.lost.append(f"{promise.job} ({promise.key}) is {state}, not {' or '.join(promise.wanted)}{fault}")
        if job is not None and job["state"] == "completed":
            ended.append(job)
    return ended


async def _ended(fleet: Fleet, promise: Promise, patience_s: float) -> Json | None:
    try:
        async with asyncio.timeout(patience_s):
            while True:
                job = await _job(fleet, promise.job)
                if job is not None and job["state"] in FINAL and not _unchecked(job):
                    return job
                await asyncio.sleep(0.5)
    except TimeoutError:
        return None


def _unchecked(job: Json) -> list[Json]:
    """Finished videos that the quality gate has not judged."""
    return [video for video in job["videos"] if video["check"] is not None and video["check"]["verdict"] == "pending"]


async def _job(fleet: Fleet, job: str) -> Json | None:
    for gateway in fleet.gateways:
        try:
            async with httpx.AsyncClient(base_url=gateway, timeout=10) as http:
                answer = await http.get(f"/v1/jobs/{job}")
        except httpx.HTTPError:
            continue
        if answer.status_code == 200:
            return dict(answer.json())
    return None


async def _files(fleet: Fleet, jobs: list[Json], report: Report) -> None:
    """Each finished file has the bytes its hash names, and decodes to the length it tells."""
    async with httpx.AsyncClient(base_url=fleet.gateways[0], timeout=30) as http:
        for job in jobs:
            for video in job["videos"]:
                if video["check"]["verdict"] != "passed":
                    report.corrupt.append(f"{video['id']}: {video['check']}")
                for file in video["files"]:
                    answer = await http.get(file["url"])
                    fault = await asyncio.to_thread(_fault_of, answer.content, file)
                    if answer.status_code != 200 or fault:
                        report.corrupt.append(f"{file['url']}: {answer.status_code} {fault}")


def _fault_of(content: bytes, file: Json) -> str:
    if hashlib.sha256(content).hexdigest() != file["sha256"]:
        return "other bytes than its hash names"
    path = Path("/dev/shm" if Path("/dev/shm").is_dir() else "/tmp") / f"{file['sha256']}.mp4"
    path.write_bytes(content)
    try:
        with av.open(str(path)) as opened:
            frames = sum(1 for _ in opened.decode(video=0))
    finally:
        path.unlink()
    wanted = round(file["duration_s"] * 30)
    return "" if abs(frames - wanted) <= 1 else f"{frames} frames, not {wanted}"


async def _log(fleet: Fleet, oracle: Oracle, report: Report) -> None:
    """One request a job, one job a key, one outcome a step, for every job there is, promised or not."""
    outcomes: Counter[tuple[object, ...]] = Counter()
    keys: dict[str | None, set[UUID]] = {}
    async with connected(_settings(fleet), "gateway") as bus:
        async for heard in bus.history(subjects.EVENTS):
            event = heard.event
            if isinstance(event, VideoEvent):
                outcomes[event.video, event.run, event.step] += 1
            if isinstance(event, VideoCheckedV1):
                outcomes[event.video, event.run, event.TYPE] += 1
            if isinstance(event, JobRequestedV1):
                outcomes[event.job, event.TYPE] += 1
                keys.setdefault(event.idempotency_key, set()).add(event.job)
        report.doubled += [f"{what}: {count} outcomes" for what, count in outcomes.items() if count > 1]
        report.doubled += [f"{key}: {len(jobs)} jobs" for key, jobs in keys.items() if len(jobs) > 1]
        logged = {str(job) for jobs in keys.values() for job in jobs}
        report.lost += [f"{p.job} is not in the log" for p in oracle.promises.values() if p.job not in logged]
        info = await bus.jetstream.stream_info(streams.DEAD_LETTERS.name)
        if info.state.messages:
            report.lost.append(f"{info.state.messages} dead letters")


async def _rebuilt(fleet: Fleet, report: Report) -> None:
    """The view that lived through it all equals one made from the log alone."""
    settings = _settings(fleet)
    lived = await _tables(settings.postgres_dsn)
    async with connected(settings, "projection") as bus:
        await rebuild(bus, settings.postgres_dsn)
    made = await _tables(settings.postgres_dsn)
    report.corrupt += [f"the table {name} differs from a replay" for name in made if made[name] != lived[name]]


async def _tables(dsn: str) -> dict[str, list[bytes]]:
    connection = await asyncpg.connect(dsn)
    try:
        found = {}
        for name in ("jobs", "videos", "steps", "timelines", "assets"):
            rows = await connection.fetch(f'SELECT to_jsonb(t)::text AS row FROM "{SCHEMA}"."{name}" t')
            found[name] = sorted(orjson.dumps(row["row"]) for row in rows)
        return found
    finally:
        await connection.close()


async def _left(home: Path, report: Report) -> None:
    await asyncio.sleep(ORPHANS_GONE_S)
    report.orphans += [f"ffmpeg {process.pid}" for process in programs_below(home, find_ffmpeg().name[:15])]
    report.orphans += [f"{process.info['cmdline']}" for process in _parentless(home)]
    living = {lock.name.removesuffix(".lock") for lock in (home / "scratch").glob("*.lock") if _is_held(lock)}
    for folder in (home / "scratch").iterdir():
        if folder.is_dir() and (folder.name not in living or any(folder.iterdir())):
            report.leftover.append(str(folder.relative_to(home)))
    report.leftover += [str(file.relative_to(home)) for file in (home / "blobs" / "incoming").glob("*")]


def _is_held(lock: Path) -> bool:
    return psutil.pid_exists(int(lock.name.split("-")[0]))


def _parentless(home: Path) -> list[psutil.Process]:
    """Children of ours that live on although the service that started them is gone."""
    found = []
    for process in psutil.process_iter(["ppid", "cmdline", "status"]):
        told = process.info
        ours = "cage.py" in " ".join(told["cmdline"] or []) or str(home) in " ".join(told["cmdline"] or [])
        if ours and told["ppid"] == 1 and told["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def _renders(home: Path) -> int:
    """How often a worker set out to render, as its log tells."""
    begun = 0
    for log in home.glob("render*.log"):
        for line in log.read_bytes().splitlines():
            begun += b'"message":"begins"' in line and b'"step":"render"' in line
    return begun


def _settings(fleet: Fleet) -> Settings:
    environment = fleet.system.environment
    return Settings(
        home=fleet.system.home,
        nats_url=environment["EDIT_FACTORY_NATS_URL"],
        postgres_dsn=environment["EDIT_FACTORY_POSTGRES_DSN"],
    )
