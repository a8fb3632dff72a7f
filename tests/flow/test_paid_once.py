"""A brief with a voice outside, through the whole line as processes, one of which is killed with the answer in hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests import material
from tests.client import Client
from tests.doubles import elevenlabs as double
from tests.doubles.elevenlabs import KEY, OTHER_KEY, VOICE, ElevenLabsDouble
from tests.processes import ACK_WAIT_S, Processes

pytestmark = pytest.mark.slow

CHOICE = {"provider": "elevenlabs", "name": VOICE}


@pytest.fixture(scope="module")
async def outside() -> AsyncIterator[ElevenLabsDouble]:
    made = ElevenLabsDouble()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory, outside: ElevenLabsDouble) -> AsyncIterator[Processes]:
    system = Processes(tmp_path_factory.mktemp("paid-once"))
    await system.servers()
    system.environment |= {
        "EDIT_FACTORY_ELEVENLABS_KEYS": f"{KEY},{OTHER_KEY}",
        "EDIT_FACTORY_ELEVENLABS_URL": outside.url,
    }
    await system.start_all()
    yield system
    await system.stop()


@pytest.fixture
async def client(running: Processes, outside: ElevenLabsDouble) -> AsyncIterator[Client]:
    outside.forget()
    made = running.client()
    yield made
    await made.http.aclose()


def clip() -> Path:
    return material.video("paid.mp4", seconds=6, size=(640, 360))


async def test_STAB_06_a_worker_killed_with_the_answer_in_hand_does_not_pay_again(
    running: Processes, client: Client, outside: ElevenLabsDouble
):
    await running.kill("tts")
    await running.start("tts", crash="tts:after-paid")
    brief = await client.brief(clip(), script="Paid and killed. Then said again.", voice=CHOICE)
    job = await client.submit(brief)
    assert await running.ended("tts") == -9
    assert outside.paid == {"Paid and killed.": 1}
    await running.start("tts")
    ended = await client.finished(job["id"], ACK_WAIT_S + 40)
    assert ended["state"] == "completed"
    assert outside.paid == {"Paid and killed.": 1, "Then said again.": 1}
    assert [asked.status for asked in outside.asked] == [200, 200]


async def test_STAB_06_a_worker_killed_while_it_asks_is_followed_by_one_that_does(
    running: Processes, client: Client, outside: ElevenLabsDouble
):
    outside.delay_s = 60.0  # whichever key it asks with: one may be resting
    job = await client.submit(await client.brief(clip(), script="Killed while it asks.", voice=CHOICE))
    await outside.first_asked()
    await running.kill("tts")
    outside.delay_s = 0.0
    await running.start("tts")
    assert (await client.finished(job["id"], ACK_WAIT_S + 40))["state"] == "completed"
    assert outside.paid == {"Killed while it asks.": 1}


async def test_QUAL_02_a_job_with_a_voice_outside_becomes_videos_and_the_next_one_pays_nothing(
    client: Client, outside: ElevenLabsDouble
):
    brief = await client.brief(clip(), script="Said once. For all of them.", voice=CHOICE, variants=2)
    first = await client.made(brief)
    assert len(first["videos"]) == 2
    await client.made(brief | {"script": "For all of them. And this is new."})
    assert outside.paid == {"Said once.": 1, "For all of them.": 1, "And this is new.": 1}


async def test_no_key_is_in_a_log_or_in_an_answer(running: Processes, client: Client, outside: ElevenLabsDouble):
    outside.next(double.REFUSED)
    job = await client.made(await client.brief(clip(), script="Who has the key?", voice=CHOICE))
    assert KEY not in str(job)
    for log in running.home.glob("*.log"):
        assert KEY not in log.read_text("utf-8"), log.name
    assert "a key can't be used" in (running.home / "tts.log").read_text("utf-8")
