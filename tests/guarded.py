"""Further gateways on the servers of the running system, which ask everybody for a key; and users who have one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from pydantic import SecretStr

from edit_factory.embedded import Embedded
from edit_factory.registry import gateway as build_gateway
from services.gateway.pages import FOLDER
from services.gateway.service import Gateway
from tests.client import Client

ADMIN_KEY = "an admin's key out of the environment"


@asynccontextmanager
async def gateway(factory: Embedded, **changes: Any) -> AsyncIterator[Gateway]:
    """One more gateway of the same system, as on another machine."""
    asked: dict[str, Any] = {"login": "required", "admin_key": SecretStr(ADMIN_KEY), "port": 0} | changes
    page = asked.pop("page", FOLDER)
    running = build_gateway(factory.settings_of("gateway").model_copy(update=asked), page=page)
    await running.start()
    try:
        yield running
    finally:
        await running.stop()


@asynccontextmanager
async def calling(url: str, key: str | None) -> AsyncIterator[httpx.AsyncClient]:
    headers = {} if key is None else {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=30) as http:
        yield http


@dataclass(frozen=True)
class User:
    """A profile, its key, and a client that shows it."""

    profile: str
    key: str
    http: httpx.AsyncClient

    @property
    def api(self) -> Client:
        return Client(self.http)

    @property
    def key_id(self) -> str:
        return self.key.split("_")[1]


async def new_key(admin: httpx.AsyncClient, profile: str, **asked: Any) -> dict[str, Any]:
    answer = await admin.post(f"/v1/profiles/{profile}/keys", json=asked)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def new_profile(admin: httpx.AsyncClient, name: str, **asked: Any) -> str:
    profile = f"{name}-{uuid4().hex[:8]}"
    answer = await admin.post("/v1/profiles", json={"id": profile} | asked)
    assert answer.status_code == 201, answer.text
    return profile


@asynccontextmanager
async def user(admin: httpx.AsyncClient, name: str, **asked: Any) -> AsyncIterator[User]:
    """A new profile with a key of its own."""
    profile = await new_profile(admin, name, **asked)
    key = (await new_key(admin, profile))["key"]
    async with calling(str(admin.base_url), key) as http:
        yield User(profile, key, http)
