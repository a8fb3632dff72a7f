"""One id from the request to ffmpeg, and a log that tells what happened and no more."""

from __future__ import annotations

import io
import logging
import re
import secrets
from collections.abc import Iterator
from typing import Any

import orjson
import psutil
import pytest

from kit.log import JsonLines
from tests import material
from tests.client import Client

STATIONS = {"script", "tts", "footage", "render", "storage", "quality"}


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """What is logged meanwhile."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


async def test_TEST_03_QUAL_03_one_id_leads_from_the_request_to_ffmpeg(api: Client, told: io.StringIO):
    trace = secrets.token_hex(16)
    clip = material.video("encoded.mp4", seconds=9, size=(1280, 720))
    brief = await api.brief(clip, script="A sentence that is long enough to see how it is made.", quality="final")
    header = {"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"}
    answer = await api.http.post("/v1/jobs", json=brief, headers=header)
    job = answer.json()["id"]
    environments: list[dict[str, str]] = []
    async for event in api.events(job):
        if event.event == "progress" and event.data["step"] == "render" and event.data["share"] > 0:
            environments = environments or environments_of_ffmpeg()
    assert (await api.job(job))["state"] == "completed"
    assert [each["TRACEPARENT"].split("-")[1] for each in environments] == [trace] * len(environments) != []
    for each in environments:
        ours = {name for name in each if not name.startswith("MALLOC_")}
        assert ours <= {"PATH", "LANG", "HOME", "TMPDIR", "TRACEPARENT", "FONTCONFIG_FILE"}

    lines = [orjson.loads(line) for line in told.getvalue().splitlines()]
    (request,) = [line for line in lines if line.get("request") == answer.headers["x-request-id"]]
    assert (request["trace"], request["service"], request["path"]) == (trace, "gateway", "/v1/jobs")
    of_job = [line for line in lines if line.get("trace") == trace and line is not request]
    assert {line["step"] for line in of_job} <= STATIONS
    assert {line["service"] for line in of_job} <= STATIONS
    encoders = [line for line in of_job if str(line.get("program")).startswith("ffmpeg") and line["step"] == "render"]
    started = {line["pid"] for line in encoders if line["message"] == "child started"}
    ended = {line["pid"]: line for line in encoders if line["message"] == "child ended"}
    assert started == set(ended) != set()
    video = answer.json()["videos"][0]["id"]
    assert {(line["job"], line["video"]) for line in encoders} == {(job, video)}
    assert {line["returncode"] for line in ended.values()} == {0}
    assert all(0 < line["seconds"] < 120 for line in ended.values())
    assert [line for line in of_job if line["level"] != "info"] == [], "a job that goes well is nobody's business"
    assert "long enough" not in told.getvalue(), "what a user wrote is not in the log"
    assert not re.search(r"nats://[^[\s]+:[^[\s]+@|password", told.getvalue())


def environments_of_ffmpeg() -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for child in psutil.Process().children(recursive=True):
        try:
            if child.name().startswith("ffmpeg") and child.exe().rpartition("/")[2].startswith("ffmpeg"):
                found.append(child.environ())
        except psutil.NoSuchProcess:
            continue
    return [each for each in found if each]


async def test_TEST_03_a_failure_is_a_warning_with_its_reason(api: Client, told: io.StringIO):
    brief = await api.brief(material.video("line-0.mp4", seconds=6, size=(640, 360), fps=25))
    ended = await api.finished((await api.submit(brief | {"voice": {"provider": "piper", "name": "nobody"}}))["id"])
    assert ended["state"] == "failed"
    lines: list[dict[str, Any]] = [orjson.loads(line) for line in told.getvalue().splitlines()]
    (failed,) = [line for line in lines if line.get("job") == ended["id"] and line["level"] != "info"]
    assert (failed["level"], failed["message"], failed["fault"]) == ("warning", "failed", "voice_unknown")
    assert (failed["service"], failed["step"]) == ("tts", "tts")
    assert failed["video"] == ended["videos"][0]["id"]
