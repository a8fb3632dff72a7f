"""One running system for the whole session: real NATS, real PostgreSQL, every service, started by the tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from edit_factory.embedded import Embedded
from kit.log import set_up_logs
from kit.settings import Settings
from tests.client import Client
from tests.limits import UNLIMITED

UPLOAD_MAX = 24 * (1 << 20)
IMAGE_MAX = 4 * (1 << 20)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("factory")


@pytest.fixture(scope="session")
async def factory(home: Path) -> AsyncIterator[Embedded]:
    """The embedded system, with short waits so that what is tried again is tried soon."""
    set_up_logs("INFO", (home / "log.jsonl").open("w"))
    settings = Settings(
        home=home,
        port=0,
        ack_wait_s=3.0,
        retry_delay_s=0.2,
        upload_max_bytes=UPLOAD_MAX,
        image_max_bytes=IMAGE_MAX,
        **UNLIMITED,
    )
    system = Embedded(settings)
    await system.start()
    yield system
    await system.stop()
    assert "NATS refused a subject" not in (home / "log.jsonl").read_text()  # a permission that is missing


@pytest.fixture(scope="session")
async def api(factory: Embedded) -> AsyncIterator[Client]:
    """A client of the running system's HTTP API."""
    async with httpx.AsyncClient(base_url=factory.url, timeout=60) as http:
        yield Client(http)
