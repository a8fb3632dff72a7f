"""ffmpeg hangs, crashes, is killed: three tries at most, then its job fails with a reason, and the others finish."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from edit_factory.embedded import Embedded
from kit.ffmpeg import ffmpeg_identity, find_ffmpeg
from kit.settings import Settings
from tests import material
from tests.client import Client
from tests.processes import programs_below

# What it does follows from a word of the script, which it finds in the subtitles beside it.
WRAPPER = """\
#!/bin/sh
if [ -f subs.ass ]; then
  grep -q Hangs subs.ass && exec sleep 600
  grep -q Crashes subs.ass && kill -SEGV $$
  grep -q Devours subs.ass && kill -KILL $$
  grep -q Refuses subs.ass && { echo 'Cannot allocate memory' >&2; exit 244; }
fi
exec %s "$@"
"""
EXPECTED = {
    "Hangs": "process_timed_out",
    "Crashes": "process_failed",
    "Devours": "process_failed",
    "Refuses": "out_of_memory",
}


@pytest.fixture
async def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Client]:
    """A system of its own with such an ffmpeg, that gives up what does not move for two seconds."""
    wrapper = tmp_path / "bin" / "ffmpeg"
    wrapper.parent.mkdir()
    wrapper.write_text(WRAPPER % find_ffmpeg())
    wrapper.chmod(0o755)
    monkeypatch.setenv("EDIT_FACTORY_FFMPEG", str(wrapper))
    caches = (find_ffmpeg, ffmpeg_identity)
    for cached in caches:
        cached.cache_clear()
    settings = Settings(home=tmp_path / "home", port=0, retry_delay_s=0.1, stall_s=2, render_slots=5)
    system = Embedded(settings)
    await system.start()
    async with httpx.AsyncClient(base_url=system.url, timeout=60) as http:
        yield Client(http)
    await system.stop()
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


@pytest.mark.slow
async def test_SEC_02_an_ffmpeg_that_fails_takes_nobody_with_it(faulty: Client, tmp_path: Path):
    clip = material.video("line-0.mp4", seconds=6, size=(640, 360), fps=25)
    brief = await faulty.brief(clip)
    scripts = [f"{word} in the morning." for word in (*EXPECTED, "Works")]
    jobs = [await faulty.submit(brief | {"script": script}) for script in scripts]
    *failed, done = await asyncio.gather(*(faulty.finished(job["id"], 60) for job in jobs))
    assert done["state"] == "completed"
    assert [job["state"] for job in failed] == ["failed"] * len(EXPECTED)
    assert [job["fault"]["code"] for job in failed] == list(EXPECTED.values())
    assert [job["fault"]["tries"] for job in failed] == [3] * len(EXPECTED)
    assert all(str(tmp_path) not in job["fault"]["message"] for job in failed)
    assert programs_below(tmp_path, "ffmpeg") + programs_below(tmp_path, "sleep") == []
    assert list((tmp_path / "home/scratch").glob("*/*")) == []
