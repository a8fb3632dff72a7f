"""Followers of the log of which one at a time writes: the position in the log lies in the same database as what is
made of it, and moves in the same transaction.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

import asyncpg
import nats.errors
import nats.js.errors

from contracts.events import Event
from contracts.faults import Unavailable
from kit.database import AWAY, Pool

log = logging.getLogger(__name__)

_TURN_EVERY_S = 1.0
_AFTER_AWAY_S = 1.0
_AFTER_BREAK_S = 5.0
_AWAY = (nats.errors.Error, nats.js.errors.Error, Unavailable, *AWAY)

Facts: TypeAlias = Sequence[tuple[Event | None, int]]


class Moved(Exception):
    """Someone else moved the position: read it again and go on from there."""


async def in_turn(pool: Pool, take_turn: str, work: Callable[[], Awaitable[None]], who: str) -> None:
    """Does the work until cancelled, through restarts of either server, whenever this process has the turn.

    ``take_turn``: a query that tries an advisory lock of the session and says whether it got it. A fault that nobody
    foresaw does not end it: standing still and saying so beats leaving facts out. ``who`` is named in the log.
    """
    while True:
        try:
            async with pool.acquire() as turn:  # given back, a connection loses its locks
                while not await turn.fetchval(take_turn):  # noqa: ASYNC110  (held by another process)
                    await asyncio.sleep(_TURN_EVERY_S)
                await work()
        except (Moved, asyncpg.InvalidCachedStatementError):
            log.info("the position was moved; reading on from there", extra={"who": who})
        except _AWAY as away:
            log.warning("a follower waits for a server", extra={"who": who, "reason": repr(away)})
            await asyncio.sleep(_AFTER_AWAY_S)
        except Exception:
            log.exception("a follower can't handle a fact; trying again", extra={"who": who})
            await asyncio.sleep(_AFTER_BREAK_S)


async def all_but_unfit(batch: Facts, after: int, write: Callable[[Facts, int], Awaitable[int]]) -> int:
    """Writes a batch in one transaction; the new position. A fact the database can't hold is left out, and said so: it
    must not stop all the others.

    ``write`` gets facts and the position they come after, and returns the new one.

    Raises:
        Moved: the position is not ``after`` (any more).
    """
    try:
        return await write(batch, after)
    except asyncpg.DataError as unfit:
        if len(batch) == 1:
            seq = batch[0][1]
            log.critical("a fact the database can't hold is left out", extra={"seq": seq, "reason": str(unfit)})
            return await write([(None, seq)], after)
    for one in batch:
        after = await all_but_unfit([one], after, write)
    return after
