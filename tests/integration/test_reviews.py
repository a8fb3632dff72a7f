"""A job that stops where its brief says so: what was made is read, approved and changed, and what is made again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from contracts import subjects
from contracts.events import VideoEvent
from edit_factory.embedded import Embedded
from edit_factory.registry import gateway as build_gateway
from kit.service import connected
from tests import material
from tests.client import Client, Json
from tests.flow.letters import until
from tests.flow.test_retry import taken_away

QUICK = {"provider": "espeak"}


def clip() -> Path:
    return material.video("reviewed.mp4", seconds=8, size=(640, 360))


def other_clip() -> Path:
    return material.video("reviewed-too.mp4", seconds=8, size=(320, 180))


async def order(api: Client, *review: str, **changes: Any) -> Json:
    """A job that stops for reviews, with words nobody else has said."""
    said = f"Number {uuid4().hex[:6]} is read first. Then it goes on."
    asked: Json = {"script": said, "review": list(review), "voice": QUICK} | changes
    return await api.submit(await api.brief(clip(), other_clip(), **asked))


async def waiting(api: Client, job: str, gate: str, timeout_s: float = 60) -> Json:
    """The job's one video, once it waits."""

    async def reached() -> Json:
        async for event in api.events(job):
            if event.event == "job.waiting_for_review" and event.data["videos"][0]["review"] == gate:
                return dict(event.data["videos"][0])
            assert not event.event.startswith(("job.completed", "job.failed")), event.data
        raise AssertionError("the stream ended")

    return await asyncio.wait_for(reached(), timeout_s)


async def review(api: Client, video: str) -> tuple[Json, str]:
    answer = await api.http.get(f"/v1/videos/{video}/review")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return dict(answer.json()), answer.headers["etag"]


async def said(api: Client, path: str, body: Json | None = None, **headers: str) -> httpx.Response:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is None:
        return await api.http.post(f"/v1/videos/{path}", headers=names)
    return await api.http.patch(f"/v1/videos/{path}", json=body, headers=names)


async def facts(factory: Embedded, job: str) -> list[VideoEvent]:
    async with connected(factory.settings, "test") as bus:
        return [
            heard.event
            async for heard in bus.history(subjects.facts_of(UUID(job)))
            if isinstance(heard.event, VideoEvent)
        ]


async def worked(factory: Embedded, job: str, run: int) -> list[tuple[str, bool]]:
    """What was announced in a run: each fact and whether its result was there before."""
    return [(fact.TYPE, fact.reused) for fact in await facts(factory, job) if fact.run == run]


async def test_each_gate_stops_shows_and_goes_on(api: Client, factory: Embedded):
    job = await order(api, "script", "voice", "plan")
    video = await waiting(api, job["id"], "script")
    seen, etag = await review(api, video["id"])
    assert (seen["state"], seen["review"], seen["voice"], seen["plan"]) == ("waiting_for_review", "script", None, None)
    assert [phrase["index"] for phrase in seen["script"]["phrases"]] == [0, 1]

    async def listed() -> bool:  # a list is the database's, which is a moment behind the events
        page = (await api.http.get("/v1/jobs", params={"state": "waiting_for_review", "limit": 100})).json()
        return job["id"] in [each["id"] for each in page["items"]]

    await until(listed)

    assert (await said(api, f"{video['id']}/approve", If_Match=etag)).status_code == 202
    await waiting(api, job["id"], "voice")
    seen, _ = await review(api, video["id"])
    sound = await api.http.get(seen["voice"]["url"])
    assert (sound.headers["content-type"], sound.content[:4]) == ("audio/wav", b"RIFF")
    assert [word["text"] for word in seen["voice"]["words"]] == seen["script"]["text"].split()

    assert (await said(api, f"{video['id']}/approve")).status_code == 202
    await waiting(api, job["id"], "plan")
    seen, etag = await review(api, video["id"])
    assert len(seen["plan"]["match_report"]["matches"]) == 2
    assert seen["plan"]["timeline"]["clips"]
    done = await said(api, f"{video['id']}/approve", If_Match=etag)
    assert (done.json()["run"], done.json()["state"], done.json()["review"]) == (4, "running", None)
    ended = await api.finished(job["id"])
    assert (ended["state"], ended["videos"][0]["run"], ended["videos"][0]["files_run"]) == ("completed", 4, 4)
    kinds = [(fact.TYPE, fact.run) for fact in await facts(factory, job["id"])]
    assert kinds == [
        *[("script.ready", 1), ("script.ready", 2), ("speech.ready", 2), ("speech.ready", 3)],
        *[("timeline.ready", 3), ("timeline.ready", 4), ("video.rendered", 4), ("video.stored", 4)],
    ]


async def test_an_edited_script_is_what_is_spoken_and_shown(api: Client):
    job = await order(api, "script")
    video = await waiting(api, job["id"], "script")
    phrases = ["These words are *mine*.", "Nobody else's."]
    answer = await said(api, f"{video['id']}/script", {"phrases": phrases, "voice": {"provider": "piper"}})
    assert answer.status_code == 202, answer.text
    assert (await api.finished(job["id"]))["state"] == "completed"
    seen, _ = await review(api, video["id"])
    assert [phrase["text"] for phrase in seen["script"]["phrases"]] == ["These words are mine.", "Nobody else's."]
    assert seen["voice"]["provider"] == "piper"
    shown = [word["text"] for cue in seen["plan"]["timeline"]["cues"] for word in cue["words"]]
    assert " ".join(shown) == "These words are mine. Nobody else's."


async def test_after_the_end_a_new_colour_makes_only_the_files_again(api: Client, factory: Embedded):
    job = await api.finished((await order(api))["id"])
    before = job["videos"][0]
    answer = await said(api, f"{before['id']}/style", {"subtitles": {"colour": "#FF00FF"}})
    assert answer.status_code == 202, answer.text
    going = answer.json()
    assert (going["state"], going["run"], going["files_run"], going["files"]) == ("running", 2, 1, before["files"])
    assert (await api.http.get(before["files"][0]["url"])).status_code == 200
    after = (await api.finished(job["id"]))["videos"][0]
    assert (after["state"], after["files_run"]) == ("completed", 2)
    assert after["files"][0]["sha256"] != before["files"][0]["sha256"]
    assert await worked(factory, job["id"], 2) == [
        *[("timeline.ready", False), ("video.rendered", False), ("video.stored", False)]
    ]
    seen, _ = await review(api, before["id"])
    assert seen["plan"]["timeline"]["subtitles"]["colour"] == "#FF00FF"
    assert seen["plan"]["timeline"]["subtitles"]["highlight"] == "#FFD60A"
    assert (await api.http.get(before["files"][0]["url"])).json()["code"] == "not_found"  # its version is gone

    back = await said(api, f"{before['id']}/style", {"subtitles": {"colour": "#FFFFFF"}})
    assert back.status_code == 202, back.text
    third = (await api.finished(job["id"]))["videos"][0]
    assert third["files"][0]["sha256"] == before["files"][0]["sha256"]
    assert await worked(factory, job["id"], 3) == [
        *[("timeline.ready", False), ("video.rendered", True), ("video.stored", True)]
    ]


async def test_the_same_brief_again_makes_nothing_again_and_another_colour_only_what_shows_it(api: Client):
    asked = await api.brief(clip(), script=f"Said once, {uuid4().hex[:6]}.", voice=QUICK)
    await api.made(asked)
    same = await api.made(asked)
    assert [step["reused"] for step in same["videos"][0]["steps"]] == [True] * 5
    other = await api.made(asked | {"subtitles": {"colour": "#00FF00"}})
    reused = {step["step"]: step["reused"] for step in other["videos"][0]["steps"]}
    assert (reused["script"], reused["tts"], reused["render"]) == (True, True, False)


async def test_a_voice_that_was_cleaned_up_is_told_of_and_spoken_anew(api: Client, factory: Embedded):
    job = await api.finished((await order(api))["id"])
    video = job["videos"][0]["id"]
    seen, _ = await review(api, video)
    with taken_away(factory, seen["voice"]["url"].partition("v=")[2]):
        refused = await said(api, f"{video}/style", {"subtitles": {"size": 60}})
        assert (refused.status_code, refused.json()["code"]) == (409, "media_gone")
        again = await said(api, f"{video}/script", {"script": seen["script"]["text"]})
        assert again.status_code == 202, again.text
        assert (await api.finished(job["id"]))["state"] == "completed"
    assert ("speech.ready", False) in await worked(factory, job["id"], 2)


async def test_another_picture_is_chosen_by_rank_and_by_place(api: Client):
    job = await order(api, "plan")
    video = await waiting(api, job["id"], "plan")
    seen, _ = await review(api, video["id"])
    first = seen["plan"]["match_report"]["matches"][0]
    runner_up = first["runners_up"][0]
    answer = await said(api, f"{video['id']}/matches/0", {"runner_up": 0, "hold": True})
    assert (answer.status_code, answer.json()["review"], answer.json()["run"]) == (202, "plan", 2), answer.text
    place = {"asset": first["chosen"]["asset"], "source_in_s": 0.25}
    assert (await said(api, f"{video['id']}/matches/1", place)).status_code == 202
    assert (await api.finished(job["id"]))["state"] == "completed"
    seen, _ = await review(api, video["id"])
    shown = {clip["phrase"]: clip for clip in seen["plan"]["timeline"]["clips"]}
    assert (shown[0]["asset"], shown[0]["source_in_s"]) == (runner_up["asset"], runner_up["source_in_s"])
    assert (shown[1]["asset"], shown[1]["source_in_s"]) == (place["asset"], 0.25)

    refused = await said(api, f"{video['id']}/matches/0", {"runner_up": 99})
    assert (refused.status_code, refused.json()["code"]) == (422, "choice_unknown")
    assert (await said(api, f"{video['id']}/matches/77", {"runner_up": 0})).status_code == 404
    late = await said(api, f"{video['id']}/matches/0", place | {"source_in_s": 7.9})
    assert (late.status_code, late.json()["code"]) == (422, "choice_too_short")
    strange = await said(api, f"{video['id']}/matches/0", place | {"asset": str(uuid4())})
    assert (strange.status_code, strange.json()["code"]) == (422, "choice_unknown")


@pytest.fixture
async def second_gateway(factory: Embedded) -> AsyncIterator[Client]:
    gateway = build_gateway(factory.settings_of("gateway").model_copy(update={"port": 0}))
    await gateway.start()
    async with httpx.AsyncClient(base_url=gateway.url, timeout=30) as http:
        yield Client(http)
    await gateway.stop()


async def test_of_many_approvals_at_once_one_counts_and_the_others_are_told(
    api: Client, second_gateway: Client, factory: Embedded
):
    job = await order(api, "script")
    video = await waiting(api, job["id"], "script")
    answers = await asyncio.gather(
        *(said(client, f"{video['id']}/approve") for client in (api, second_gateway) for _ in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [202] + [409] * 11
    for refused in (answer.json() for answer in answers if answer.status_code == 409):
        assert refused["code"] == "not_waiting"
        assert "it was approved at" in refused["detail"]
        assert "as run 2" in refused["detail"]
    assert (await api.finished(job["id"]))["state"] == "completed"
    kinds = [fact.TYPE for fact in await facts(factory, job["id"])]
    assert kinds.count("script.ready") == 2
    assert kinds.count("speech.ready") == 1


async def test_the_same_key_is_the_same_word_and_an_old_version_is_refused(api: Client):
    job = await order(api, "script")
    video = await waiting(api, job["id"], "script")
    _, etag = await review(api, video["id"])
    text = {"script": "Other words. They are shorter.", "hold": True}
    path, key = f"{video['id']}/script", str(uuid4())
    first, *others = await asyncio.gather(*(said(api, path, text, Idempotency_Key=key) for _ in range(5)))
    assert {answer.status_code for answer in (first, *others)} == {202}
    assert sum("idempotent-replayed" in answer.headers for answer in (first, *others)) == 4
    assert {answer.json()["run"] for answer in (first, *others)} == {2}
    reused = await said(api, path, text | {"script": "Not the same."}, Idempotency_Key=key)
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")

    stale = await said(api, f"{video['id']}/approve", If_Match=etag)
    assert (stale.status_code, stale.json()["code"]) == (412, "version_changed")
    assert "script or voice was changed" in stale.json()["detail"]
    _, fresh = await review(api, video["id"])
    assert fresh == first.headers["etag"]
    assert (await said(api, f"{video['id']}/approve", If_Match=fresh)).status_code == 202
    await api.finished(job["id"])
    assert (await said(api, f"{video['id']}/approve")).json()["code"] == "not_waiting"


async def test_a_waiting_job_holds_its_project_and_can_be_cancelled(api: Client):
    project = f"reviewed-{uuid4().hex[:8]}"
    job = await order(api, "script", project=project)
    video = await waiting(api, job["id"], "script")
    other = await api.http.post("/v1/jobs", json=await api.brief(clip(), project=project))
    assert (other.status_code, other.json()["job"]) == (409, job["id"])
    page = (await api.http.get("/v1/projects", params={"limit": 100})).json()
    assert next(each["active_job"] for each in page["items"] if each["project"] == project) == job["id"]
    assert (await api.http.post(f"/v1/jobs/{job['id']}/cancel")).json()["state"] == "cancelled"
    refused = await said(api, f"{video['id']}/approve")
    assert (refused.status_code, refused.json()["code"]) == (409, "job_cancelled")


async def test_an_edit_of_a_finished_job_takes_its_projects_place(api: Client):
    project = f"reviewed-{uuid4().hex[:8]}"
    job = await api.finished((await order(api, project=project))["id"])
    video = job["videos"][0]["id"]
    busy = await order(api, "script", project=project)
    await waiting(api, busy["id"], "script")
    refused = await said(api, f"{video}/style", {"subtitles": {"size": 60}})
    assert (refused.status_code, refused.json()["code"], refused.json()["job"]) == (409, "project_busy", busy["id"])
    await api.http.post(f"/v1/jobs/{busy['id']}/cancel")
    held = await said(api, f"{video}/style", {"subtitles": {"size": 60}, "hold": True})
    assert (held.status_code, held.json()["review"]) == (202, "plan"), held.text
    other = await api.http.post("/v1/jobs", json=await api.brief(clip(), project=project))
    assert (other.status_code, other.json()["job"]) == (409, job["id"])
    await api.http.post(f"/v1/jobs/{job['id']}/cancel")
    assert (await api.job(job["id"]))["videos"][0]["files_run"] == 1


@pytest.mark.parametrize(
    ("path", "body", "status", "where"),
    [
        ("script", {}, 422, ""),
        ("script", {"script": "One.", "phrases": ["Two."]}, 422, ""),
        ("script", {"script": 7}, 400, "/script"),
        ("script", {"phrases": ["Fine.", "🙂"]}, 422, "/phrases/1"),
        ("script", {"script": "# 🙂"}, 422, "/script"),
        ("script", {"phrases": ["x" * 1000] * 6}, 422, ""),
        ("script", {"script": "x" * 5001}, 422, "/script"),
        ("script", {"script": "\N{EGYPTIAN HIEROGLYPH A001} stands here."}, 422, "/script"),
        ("script", {"voice": {"saved": "nobody"}}, 422, "/voice/saved"),
        ("style", {"subtitles": {"colour": "red"}}, 422, "/subtitles/colour"),
        ("style", {"subtitles": {"colours": "#FFFFFF"}}, 400, "/subtitles/colours"),
        ("style", {"music": {}}, 422, "/music"),
        ("matches/0", {"asset": str(uuid4())}, 422, ""),
    ],
)
async def test_SEC_04_STAB_04_what_cannot_be_said_is_refused_with_its_place(
    waiting_video: str, api: Client, path: str, body: Json, status: int, where: str
):
    answer = await said(api, f"{waiting_video}/{path}", body)
    assert answer.status_code == status, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]][:1] == [where]
    seen, _ = await review(api, waiting_video)
    assert (seen["review"], seen["run"]) == ("plan", 1)


@pytest.fixture(scope="module")
async def waiting_video(api: Client) -> str:
    job = await order(api, "plan")
    return str((await waiting(api, job["id"], "plan"))["id"])


async def test_there_is_no_music_to_level_and_no_plan_before_it_is_made(api: Client, waiting_video: str):
    silent = await said(api, f"{waiting_video}/style", {"music": {"gain_db": -20}})
    assert (silent.status_code, silent.json()["code"]) == (409, "no_music")
    job = await order(api, "script")
    video = await waiting(api, job["id"], "script")
    early = await said(api, f"{video['id']}/style", {"subtitles": {"size": 60}})
    assert (early.status_code, early.json()["code"]) == (409, "nothing_made")
    assert (await api.http.get(f"/v1/videos/{video['id']}/voice.wav")).status_code == 404
    await api.http.post(f"/v1/jobs/{job['id']}/cancel")
