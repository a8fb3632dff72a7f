"""One job under way a project, however many ask at once and wherever; free again on every end."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from edit_factory.embedded import Embedded
from edit_factory.registry import gateway as build_gateway
from tests import material
from tests.client import Client, Json
from tests.processes import Processes

MANY = 30


def clip() -> Path:
    return material.video("project.mp4", seconds=5, size=(640, 360))


async def brief(api: Client, project: str, words: str = "One at a time.") -> Json:
    return await api.brief(clip(), script=f"{words} And then the next one.", project=project)


def fresh() -> str:
    return f"project-{uuid4().hex[:12]}"


@pytest.fixture
async def second_gateway(factory: Embedded) -> AsyncIterator[Client]:
    gateway = build_gateway(factory.settings_of("gateway").model_copy(update={"port": 0}))
    await gateway.start()
    async with httpx.AsyncClient(base_url=gateway.url, timeout=30) as http:
        yield Client(http)
    await gateway.stop()


async def active(api: Client, project: str) -> str | None:
    page = (await api.http.get("/v1/projects", params={"limit": 100})).json()
    found: dict[str, str | None] = {each["project"]: each["active_job"] for each in page["items"]}
    return found[project]


async def test_STAB_03_of_many_at_once_one_goes_on_and_the_others_are_told_which(api: Client, second_gateway: Client):
    project = fresh()
    asked = await brief(api, project)
    answers = await asyncio.gather(
        *(client.http.post("/v1/jobs", json=asked) for client in (api, second_gateway) for _ in range(MANY // 2))
    )
    assert Counter(answer.status_code for answer in answers) == {202: 1, 409: MANY - 1}
    (job,) = (answer.json()["id"] for answer in answers if answer.status_code == 202)
    for refused in (answer for answer in answers if answer.status_code == 409):
        problem = refused.json()
        assert (problem["code"], problem["job"]) == ("project_busy", job)
        assert job in problem["detail"]
        assert (await api.http.get(problem["job_url"])).status_code == 200
    assert (await api.finished(job))["project"] == project


async def test_STAB_02_a_project_is_free_after_every_end(api: Client):
    project = fresh()
    asked = await brief(api, project)
    await api.made(asked)
    failing = asked | {"voice": {"name": "nobody-speaks-so"}}
    assert (await api.finished((await api.submit(failing))["id"]))["state"] == "failed"
    stopped = await api.submit(asked)
    assert (await api.http.post(f"/v1/jobs/{stopped['id']}/cancel")).status_code == 202
    assert (await api.finished((await api.submit(asked))["id"]))["state"] == "completed"
    assert await active(api, project) is None


async def test_QUAL_04_the_last_fact_of_a_job_is_what_frees_its_project(api: Client):
    """Nobody has to clean up: with the outcome in the log the next job is taken, at that very moment."""
    project = fresh()
    asked = await brief(api, project)
    job = await api.submit(asked)
    refused = await api.http.post("/v1/jobs", json=asked)
    assert refused.json()["code"] == "project_busy"
    async for event in api.events(job["id"]):
        if event.event == "video.stored":
            break
    following = await api.http.post("/v1/jobs", json=asked)
    assert following.status_code == 202, following.text
    await api.finished(following.json()["id"])


async def test_the_same_key_is_the_same_job_and_no_second_claim(api: Client):
    asked = await brief(api, fresh())
    answers = await asyncio.gather(
        *(api.http.post("/v1/jobs", json=asked, headers={"Idempotency-Key": asked["project"]}) for _ in range(10))
    )
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    other = asked | {"title": "another"}
    refused = await api.http.post("/v1/jobs", json=other, headers={"Idempotency-Key": asked["project"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    await api.finished(answers[0].json()["id"])


async def test_projects_and_jobs_without_one_do_not_meet(api: Client):
    one, two = fresh(), fresh()
    jobs = [
        await api.submit(await brief(api, one)),
        await api.submit(await brief(api, two)),
        await api.submit(await api.brief(clip())),
    ]
    assert await active(api, one) in {jobs[0]["id"], None}
    for job in jobs:
        assert (await api.finished(job["id"]))["state"] == "completed"


async def test_a_name_that_is_none_is_refused(api: Client):
    answer = await api.http.post("/v1/jobs", json=await brief(api, "My Project!"))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/project"


@pytest.mark.slow
async def test_STAB_02_a_thousand_rounds_of_start_cancel_and_kill_leave_nothing_taken(tmp_path: Path):
    system = Processes(tmp_path)
    await system.servers()
    await system.start_all()
    api = system.client()
    try:
        asked = await brief(api, "rounds")
        for number in range(1000):
            unlike = {"subtitles": {"highlight": f"#{number:06X}"}}  # so that it has something to render
            job = await api.submit(asked | unlike | {"title": f"round {number}"})
            answers = {202}
            if number % 100 == 50:
                victim = ("script", "tts", "render")[number // 100 % 3]
                await system.kill(victim)
                await system.start(victim)
                answers = {202, 409}  # it may have ended by itself meanwhile, and that frees the place as well
            assert (await api.http.post(f"/v1/jobs/{job['id']}/cancel")).status_code in answers
        last = await api.submit(asked)
        assert await active(api, "rounds") in {last["id"], None}  # the list may be a moment behind
        assert (await api.finished(last["id"], 120))["state"] == "completed"
        assert await active(api, "rounds") is None
    finally:
        await api.http.aclose()
        await system.stop()
