"""What a worker that is told to stop gives back: it has not failed, so the next one counts no try for it."""

from __future__ import annotations

from contextlib import suppress

import nats.errors
from nats.aio.msg import Msg

from contracts import subjects
from contracts.faults import Unavailable
from kit.bus import Bus

_GIVEN_BACK = "given-back"


async def times_given_back(bus: Bus, inbox: str, message: Msg) -> int:
    """How many of a message's deliveries were no try; 0 where that can't be looked up now."""
    if message.metadata.num_delivered > 1:
        with suppress(Unavailable):
            return int(await bus.kept_result(_GIVEN_BACK, _claim(inbox, message)) or 0)
    return 0


async def give_back(bus: Bus, inbox: str, message: Msg, times: int) -> None:
    """Lets the next worker have a message that was given back so often before."""
    with suppress(Exception):  # the process is on its way out; at worst the try is counted
        await bus.client.publish(subjects.step_result(_GIVEN_BACK, _claim(inbox, message)), str(times + 1).encode())
    with suppress(nats.errors.Error):
        await message.nak()


def _claim(inbox: str, message: Msg) -> str:
    return f"{inbox}-{message.metadata.sequence.stream}"
