"""Keeps what could not be worked on, with the history of its tries, where a person finds it."""

from __future__ import annotations

import logging
import os
import platform

import orjson

from contracts import streams, subjects
from contracts.events import AssetUploadedV1, JobRequestedV1
from contracts.faults import Fault
from contracts.letters import TRIES_KEPT, DeadLetter, Try
from kit.bus import Bus, now

log = logging.getLogger(__name__)

_TRIES = "tries"
WORKER = f"{platform.node()}/{os.getpid()}"


async def bury(bus: Bus, letter: DeadLetter) -> bool:
    """Writes a letter with the history of its tries and, if it can be told, its owner; False if there was one already.

    Raises:
        Unavailable: the server is away.
    """
    known = {"history": await tries(bus, letter.inbox, letter.seq)}
    owner = letter.owner or await _owner(bus, letter)
    letter = letter.model_copy(update=known | {"owner": owner})
    subject = subjects.dead_letter(letter.inbox, letter.seq)
    seq = await bus.put(streams.DEAD_LETTERS, subject, letter.model_dump_json().encode(), after=0)
    if seq is not None:
        log.error(
            "a message is given up",
            extra={"inbox": letter.inbox, "seq": letter.seq, "reason": letter.reason, "fault": letter.fault.code},
        )
    return seq is not None


async def note_try(bus: Bus, inbox: str, seq: int, fault: Fault) -> None:
    """Remembers why a try came to nothing. Worth having, but no work waits or fails for it."""
    try:
        before = await tries(bus, inbox, seq)
        this = Try(at=now(), worker=WORKER, code=fault.code, message=fault.message[:500])
        kept = [each.model_dump(mode="json") for each in (*before, this)[-TRIES_KEPT:]]
        await bus.keep_result(_TRIES, f"{inbox}-{seq}", orjson.dumps(kept))
    except Exception as away:  # noqa: BLE001
        log.warning("a try could not be noted", extra={"reason": repr(away)})


async def _owner(bus: Bus, letter: DeadLetter) -> str:
    """Whose message it is, from the first fact about the same job or upload, whatever of it this version can read."""
    if letter.job is None:
        return ""
    for event in (JobRequestedV1, AssetUploadedV1):
        first = await bus.last_raw(subjects.last_of(event, letter.job))
        if first is not None:
            return said_owner(first.data or b"")
    return ""


def said_owner(body: bytes) -> str:
    """The owner in a fact's body that may be of a shape this version does not know; empty if it names none."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    owner = found.get("owner") if isinstance(found, dict) else None
    return owner if isinstance(owner, str) else ""


async def tries(bus: Bus, inbox: str, seq: int) -> tuple[Try, ...]:
    kept = await bus.kept_result(_TRIES, f"{inbox}-{seq}")
    return tuple(Try.model_validate(each) for each in orjson.loads(kept or b"[]"))
