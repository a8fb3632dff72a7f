"""A child process kept alive between questions, because it takes long to wake up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from contracts.faults import Fault, TechnicalFault
from kit.process import Dialogue, Limits, ProcessFailed, dialogue
from kit.sees import Sees

log = logging.getLogger(__name__)


class KeptChild:
    """Started by the first question, ended after ``idle_s`` seconds without one, started anew if it died.

    It writes no file and reads those it ``sees``. It answers a JSON object with ``error`` in it where it could not do
    what was asked; ``fault`` is then the code and the message of what is raised.
    """

    def __init__(
        self, argv: Sequence[str | Path], limits: Limits, sees: Sees, idle_s: float, *, fault: tuple[str, str]
    ) -> None:
        self._fault = fault
        self._argv = argv
        self._limits = limits
        self._sees = sees
        self._idle_s = idle_s
        self._turn = asyncio.Lock()
        self._talk: Dialogue | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._enough = asyncio.Event()
        self._bedtime: asyncio.TimerHandle | None = None

    async def ask(self, question: Mapping[str, Any], timeout_s: float) -> dict[str, Any]:
        """The child's answer.

        Raises:
            TechnicalFault: it died, hung, or answered with an error.
        """
        async with self._turn:
            self._stay_awake()
            answer = await self._answered(question, timeout_s)
            self._bedtime = asyncio.get_running_loop().call_later(self._idle_s, self._enough.set)
        if "error" in answer:
            code, message = self._fault
            log.error("a child answered with an error: %s", answer["error"], extra={"fault": code})
            raise TechnicalFault(message, code=code)
        return answer

    async def _answered(self, question: Mapping[str, Any], timeout_s: float) -> dict[str, Any]:
        known = self._talk
        try:
            talk = await self._awake()
            try:
                return await talk.ask(question, timeout_s)
            except ProcessFailed:
                if talk is not known:
                    raise
            # It may have died while nobody asked: the question has not had its chance yet.
            await self._end()
            return await (await self._awake()).ask(question, timeout_s)
        except (Fault, asyncio.CancelledError):
            await self._end()
            raise

    async def close(self) -> None:
        async with self._turn:
            self._stay_awake()
            await self._end()

    def _stay_awake(self) -> None:
        if self._bedtime is not None:
            self._bedtime.cancel()
            self._bedtime = None

    async def _awake(self) -> Dialogue:
        if self._talk is not None and self._talk.alive and not self._enough.is_set():
            return self._talk
        await self._end()
        self._enough = asyncio.Event()
        born: asyncio.Future[Dialogue] = asyncio.get_running_loop().create_future()
        self._keeper = asyncio.create_task(self._keep(born, self._enough))
        self._talk = await born
        return self._talk

    async def _keep(self, born: asyncio.Future[Dialogue], enough: asyncio.Event) -> None:
        """One task opens and leaves the context, whoever asks in between."""
        try:
            async with dialogue(self._argv, limits=self._limits, sees=self._sees) as talk:
                if not born.cancelled():
                    born.set_result(talk)
                    await enough.wait()
        except Fault as fault:
            if born.done():
                raise
            born.set_exception(fault)

    async def _end(self) -> None:
        keeper, self._keeper, self._talk = self._keeper, None, None
        self._enough.set()
        if keeper is not None:
            with suppress(Fault):  # whoever asked has heard of it
                await asyncio.shield(keeper)
