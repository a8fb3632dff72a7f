"""The gateway's own door for the rows of batches: one place decides what may become a job."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn
from uuid import UUID

from contracts import subjects
from contracts.batching import BadRow
from contracts.brief import Brief
from contracts.faults import LogicalFault, Unavailable
from contracts.story import State, view
from kit.addresses import Allowed
from kit.bus import Bus
from kit.crash import CrashPoints
from kit.database import open_pool
from kit.register import opened
from kit.work import Line
from services.catalog.submitting import NotNow, Opening, RowJob, Submitting
from services.gateway.accepting import Accepting, OfBatch, Spoken
from services.gateway.problems import Problem
from services.gateway.profiles import KINDS, Profiles
from services.gateway.reading import Reading

_CONNECTIONS = 4
_BUSY = frozenset({"project_busy", "project_contended", "job_contended"})


def submitting(spoken: Spoken) -> Opening:
    @asynccontextmanager
    async def opening(line: Line) -> AsyncIterator[Submitting]:
        async with (
            open_pool(line.settings.postgres_dsn, size=_CONNECTIONS) as pool,
            opened(line.bus, KINDS) as register,
        ):
            reading = Reading(pool, line.bus)
            allowed = Allowed.parse(line.settings.outbound_allow)
            accepting = Accepting(line.bus, reading, Profiles(register), spoken, allowed, CrashPoints())
            yield RowDoor(line.bus, reading, accepting)

    return opening


class RowDoor:
    """``Submitting`` by the gateway's ``Accepting``."""

    def __init__(self, bus: Bus, reading: Reading, accepting: Accepting) -> None:
        self._bus = bus
        self._reading = reading
        self._accepting = accepting

    async def submit(self, brief: Brief, owner: str, of: RowJob) -> int:
        try:
            await self._accepting.submit(brief, owner, None, OfBatch(batch=of.batch, row=of.row, job=of.job))
        except Problem as problem:
            _refuse(problem)
        except Unavailable as away:
            _wait(away)
        except LogicalFault as fault:
            raise BadRow(fault.message, code=fault.code) from fault
        return 0

    async def retry(self, job: UUID, owner: str) -> int | None:
        try:
            await self._accepting.retry(job, owner)
        except Problem as problem:
            if problem.status == 404:
                return None
            if problem.code != "job_not_failed":
                _refuse(problem)
            if await self._state(job, owner) in {State.FAILED, State.CANCELLED}:
                return None
        except Unavailable as away:
            _wait(away)
        last = await self._bus.last_raw(subjects.facts_of(job))
        return None if last is None else last.seq

    async def cancel(self, job: UUID, owner: str) -> None:
        try:
            await self._accepting.cancel(job, owner)
        except Problem as problem:
            if problem.status not in {404, 409}:
                _refuse(problem)

    async def _state(self, job: UUID, owner: str) -> State:
        return view((await self._reading.told(job, owner))[0]).state


def _refuse(problem: Problem) -> NoReturn:
    if problem.code in _BUSY:
        raise NotNow(problem.detail) from problem
    if problem.status >= 500:
        raise Unavailable(problem.detail, code=problem.code) from problem
    first = next(iter(problem.errors), None)
    raise BadRow(problem.detail, code=problem.code, pointer=first.pointer if first else "") from problem


def _wait(away: Unavailable) -> NoReturn:
    """Many at once in one project are no server that is away."""
    if away.code in _BUSY:
        raise NotNow(away.message) from away
    raise away
