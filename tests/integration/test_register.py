"""Entries that every process knows at once: written by compare-and-set, followed through restarts."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from contracts.accounts import ApiKey, Profile
from contracts.values import Value
from edit_factory.embedded import Embedded
from kit.register import Register, Taken, opened
from kit.service import connected

KINDS: dict[str, type[Value]] = {"profile": Profile, "key": ApiKey}


def profile(name: str, title: str = "") -> Profile:
    return Profile(id=name, title=title, created_at=datetime.now(UTC))


async def until_told(register: Register, name: str, title: str) -> None:
    shelf = register.shelf("profile", Profile)
    async with asyncio.timeout(30):
        while (found := shelf.get(name)) is None or found.title != title:
            await asyncio.sleep(0.01)


async def test_what_one_process_writes_the_others_know(factory: Embedded):
    async with connected(factory.settings, "one") as one, connected(factory.settings, "two") as two:
        async with opened(one, KINDS) as writer, opened(two, KINDS) as reader:
            seq = await writer.put("profile", "known", profile("known", "first"))
            assert writer.shelf("profile", Profile).entry("known").seq == seq  # type: ignore[union-attr]
            await until_told(reader, "known", "first")
            await reader.put("profile", "known", profile("known", "second"), after=seq)
            await until_told(writer, "known", "second")
        async with opened(two, KINDS) as late:
            assert late.shelf("profile", Profile).all()["known"].title == "second"


async def test_of_many_writers_one_wins(factory: Embedded):
    async with connected(factory.settings, "many") as bus, opened(bus, KINDS) as register:
        outcomes = await asyncio.gather(
            *(register.put("profile", "raced", profile("raced", str(n))) for n in range(20)), return_exceptions=True
        )
        assert sum(isinstance(outcome, int) for outcome in outcomes) == 1
        assert sum(isinstance(outcome, Taken) for outcome in outcomes) == 19


async def test_what_is_taken_away_is_gone(factory: Embedded):
    async with connected(factory.settings, "away") as bus, opened(bus, KINDS) as register:
        seq = await register.put("profile", "gone", profile("gone"))
        with pytest.raises(Taken):
            await register.remove("profile", "gone", after=seq + 1)
        await register.remove("profile", "gone", after=seq)
        assert register.shelf("profile", Profile).get("gone") is None
    async with connected(factory.settings, "away") as bus, opened(bus, KINDS) as register:
        assert register.shelf("profile", Profile).get("gone") is None
