"""The step cache: the result of a step, kept under the hash of everything that shapes it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, TypeVar

import nats.errors
import nats.js.errors
from pydantic import BaseModel

from contracts.faults import Fault
from contracts.media import BlobRef
from contracts.progress import StepName
from contracts.values import fingerprint
from kit.blobs import Blobs
from kit.bus import Bus

log = logging.getLogger(__name__)

Result = TypeVar("Result", bound=BaseModel)


def step_key(step: StepName, code_version: int, recipe: Any) -> str:
    """Hex SHA-256 of a step's canonical input and the version of its code."""
    return fingerprint({"step": step.value, "code": code_version, "recipe": recipe})


class StepCache:
    """Kept results. A hit whose media are gone is no hit; a cache that is away costs time, never the job."""

    def __init__(self, bus: Bus, blobs: Blobs) -> None:
        self._bus = bus
        self._blobs = blobs

    async def find(self, step: StepName, key: str, kind: type[Result]) -> Result | None:
        try:
            kept = await self._bus.kept_result(step.value, key)
        except Fault as away:
            log.warning("step cache can't be read", extra={"fault": away.code})
            return None
        if kept is None:
            return None
        try:
            result = kind.model_validate_json(kept)
        except ValueError:
            log.warning("a kept result has another shape than this version's", extra={"step": step.value, "key": key})
            return None
        for ref in blob_refs(result):
            if not await self._blobs.touch(ref):  # retention must see that they are about to be spoken of
                return None
        return result

    async def keep(self, step: StepName, key: str, result: BaseModel) -> None:
        try:
            await self._bus.keep_result(step.value, key, result.model_dump_json().encode())
        except (nats.errors.Error, nats.js.errors.Error, TimeoutError) as away:
            log.warning("step cache can't be written", extra={"fault": repr(away)})


def blob_refs(value: Any) -> Iterator[BlobRef]:
    """Every blob a value refers to, however deep."""
    if isinstance(value, BlobRef):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from blob_refs(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from blob_refs(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from blob_refs(item)
