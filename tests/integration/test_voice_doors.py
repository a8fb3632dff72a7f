"""What a brief may say about its voice and its text, at each door, before any job exists."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml

from contracts.brief import SCRIPT_MAX_CHARS
from edit_factory.cli.brief import load
from edit_factory.cli.faults import CommandFault
from tests import material
from tests.client import Client

LONG = "a" * (SCRIPT_MAX_CHARS + 1)
ID = "JBFqnCBsd6RMkjVDRZzb"


async def jobs(api: Client) -> list[str]:
    return [job["id"] for job in (await api.http.get("/v1/jobs")).json()["items"]]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"script": LONG}, "/script"),
        ({"script": LONG, "voice": {"provider": "elevenlabs", "name": ID}}, "/script"),
        ({"voice": {"provider": "elevenlabs"}}, "/voice"),
        ({"voice": {"provider": "elevenlabs", "name": "../../voices"}}, "/voice/name"),
        ({"voice": {"provider": "elevenlabs", "name": ID, "stability": 2}}, "/voice/stability"),
        ({"voice": {"provider": "piper", "model": "eleven_flash_v2_5"}}, "/voice"),
    ],
    ids=[
        "too long",
        "too long for a voice outside",
        "no id",
        "a path",
        "out of bounds",
        "of another provider",
    ],
)
async def test_SEC_04_the_gateway_refuses_and_makes_no_job(api: Client, change: dict[str, Any], pointer: str):
    before = await jobs(api)
    brief = {"script": "Fine.", "footage": [str(uuid4())]} | change
    answer = await api.http.post("/v1/jobs", json=brief)
    assert answer.status_code == 422, answer.text
    assert pointer in {error["pointer"] for error in answer.json()["errors"]}
    assert await jobs(api) == before


def test_SEC_04_the_command_refuses_before_it_uploads_anything(tmp_path: Path):
    path = tmp_path / "long.yaml"
    path.write_text(yaml.safe_dump({"script": LONG, "footage": [str(uuid4())]}))
    with pytest.raises(CommandFault) as fault:
        load(path)
    assert "script" in str(fault.value.details)


async def test_a_voice_outside_without_a_key_fails_and_says_what_to_set(api: Client):
    brief = await api.brief(material.video("doors.mp4", seconds=4), voice={"provider": "elevenlabs", "name": ID})
    ended = await api.finished((await api.submit(brief))["id"])
    assert (ended["state"], ended["fault"]["code"]) == ("failed", "voice_unknown")
    assert "EDIT_FACTORY_ELEVENLABS_KEYS" in ended["fault"]["message"]
