"""In the running system: a job that differs from another one in its sound alone encodes no picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from edit_factory.embedded import Embedded
from tests import material
from tests.acceptance import scenery
from tests.client import Client


def put_together(home: Path, job: str) -> list[dict[str, Any]]:
    lines = (orjson.loads(line) for line in (home / "log.jsonl").read_bytes().splitlines() if b"put together" in line)
    return [line for line in lines if line.get("job") == job]


async def test_other_music_encodes_no_picture(api: Client, factory: Embedded, home: Path):
    clip = material.video("pieces.mp4", seconds=9, size=(640, 360))
    brief = await api.brief(clip, script="Pieces of this are kept. So nobody has to make them a second time.")
    first = await api.made(brief)
    music = (await api.upload(scenery.music(), kind="music"))["id"]
    second = await api.made(brief | {"music": {"asset": music}})
    (once,), (again,) = (put_together(home, job["id"]) for job in (first, second))
    assert once["encoded"] == once["gops"] >= 2
    assert (again["encoded"], again["kept"], again["sound_kept"]) == (0, once["gops"], False)
    files = [job["videos"][0]["files"][0] for job in (first, second)]
    assert files[0]["duration_s"] == files[1]["duration_s"]
    assert files[0]["size"] != files[1]["size"]
