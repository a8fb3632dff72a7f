"""The analysis of an upload, made once: whoever asks first has it made, all others are given the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from contracts.faults import LogicalFault
from contracts.footage import ANALYSIS_MAX_BYTES, Analysis
from contracts.media import Asset
from contracts.progress import StepName
from kit.documents import read_document
from kit.leases import Leases
from kit.steps import StepCache, step_key
from kit.work import Line
from services.footage.looking import Look, Looking

CODE_VERSION = 2
_PATIENCE_S, _PATIENCE_PER_SECOND = 300.0, 8.0
_LOOK_EVERY_S = 0.5

Tell = Callable[[float], None]


def recipe(asset: Asset) -> dict[str, Any]:
    """All that shapes the analysis: the bytes, what they are, and what they are for. Not whose they are."""
    return {"look": asset.blob.sha256, "facts": asset.facts, "kind": asset.kind}


class Analyses:
    """Kept and new analyses. Safe over any number of tasks and processes."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def of(self, asset: Asset, tell: Tell = lambda _share: None) -> Analysis:
        """The analysis of an upload, as kept by the station that looks uploads through; else made here and kept.

        ``tell`` is called with a share (0..1) as long as something moves, also where it is another's work.

        Raises:
            Fault: what ``Looking.look`` raises, and ``lease_busy`` where another has been at it for too long.
        """
        async with self._line.scratch.held("looking") as folder:
            look = await self.look(asset, folder, tell, lambda _point: None)
        if look.analysis is None:
            raise LogicalFault("an upload was looked through by another version", code="asset_not_analysed")
        return await read_document(self._line.blobs, look.analysis, Analysis, ANALYSIS_MAX_BYTES)

    async def look(self, asset: Asset, folder: Path, tell: Tell, reach: Callable[[str], None]) -> Look:
        """The same as a step's result. Raises as ``of`` does."""
        key = step_key(StepName.FOOTAGE, CODE_VERSION, recipe(asset))
        patience_s = _PATIENCE_S + _PATIENCE_PER_SECOND * asset.facts.duration_s
        leases = Leases(self._line.bus, patience_s=patience_s, look_every_s=_LOOK_EVERY_S)

        async def find() -> Look | None:
            tell(0.0)
            return await self._cache.find(StepName.FOOTAGE, key, Look)

        async def make() -> Look:
            made = await Looking(self._line.blobs, asset, folder, tell, reach).look()
            await self._cache.keep(StepName.FOOTAGE, key, made)
            return made

        found = await leases.once(f"look-{key}", find, make)
        tell(1.0)
        return found

    @property
    def _cache(self) -> StepCache:
        return self._line.cache
