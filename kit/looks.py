"""What the reconciler last found, kept where every gateway can read it."""

from __future__ import annotations

from contracts.health import Look
from kit.bus import Bus

_STEP, _KEY = "reconciler", "look"


async def keep_look(bus: Bus, look: Look) -> None:
    await bus.keep_result(_STEP, _KEY, look.model_dump_json().encode())


async def last_look(bus: Bus) -> Look | None:
    """The last look, or None if there was none, or none that this version can read.

    Raises:
        Unavailable: the server is away.
    """
    kept = await bus.kept_result(_STEP, _KEY)
    try:
        return Look.model_validate_json(kept) if kept else None
    except ValueError:
        return None
