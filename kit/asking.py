"""Questions from one process to another of the same service, answered live; nothing of them is kept.

The server itself says when nobody is there to answer, so a process that has ended or was killed is missed at once.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import nats.errors
from nats.aio.msg import Msg

from contracts.faults import TechnicalFault, Unavailable
from kit.bus import Away, Bus

log = logging.getLogger(__name__)

_ANSWERS_S = 2.0


class NobodyThere(TechnicalFault):
    """Whoever was asked has gone."""

    code = "nobody_there"

    def __init__(self) -> None:
        super().__init__("nobody is there to answer")


async def ask(bus: Bus, subject: str, question: bytes) -> bytes:
    """The answer to a question.

    Raises:
        NobodyThere: whoever would answer has gone.
        Unavailable: the server is away, or there was no answer in two seconds.
    """
    try:
        return (await bus.client.request(subject, question, timeout=_ANSWERS_S)).data
    except nats.errors.NoRespondersError:
        raise NobodyThere from None
    except (nats.errors.Error, TimeoutError, OSError) as away:
        raise Away("no answer came") from away


async def say(bus: Bus, subject: str, word: bytes) -> None:
    """A last word, for which no answer is waited for; one that gets lost does no harm."""
    with suppress(nats.errors.Error, Unavailable, OSError):
        await bus.client.publish(subject, word)


@asynccontextmanager
async def answering(bus: Bus, subject: str, answer: Callable[[bytes], bytes]) -> AsyncIterator[None]:
    """While inside, questions are answered, one after the other. What can't be read gets no answer.

    Raises:
        Unavailable: the server is away.
    """

    async def heard(message: Msg) -> None:
        try:
            said = answer(message.data)
        except ValueError as unreadable:
            log.warning("a question that can't be read", extra={"reason": str(unreadable)[:500]})
            return
        if message.reply:
            with suppress(nats.errors.Error, OSError):
                await message.respond(said)

    try:
        subscription = await bus.client.subscribe(subject, cb=heard)
    except (nats.errors.Error, OSError) as away:
        raise Away("NATS does not answer") from away
    try:
        yield
    finally:
        with suppress(nats.errors.Error, OSError, Unavailable):
            if not bus.client.is_closed:
                await subscription.unsubscribe()
