"""The step that looks uploads through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts.events import AssetAnalysedV1, AssetRejectedV1, AssetUploadedV1, Event
from contracts.faults import FaultReport
from contracts.progress import StepName
from kit.desk import Desk
from kit.work import Done, Ticket
from services.footage.analyses import CODE_VERSION, Analyses, recipe
from services.footage.looking import Look


class AssetStep:
    """asset.uploaded -> asset.analysed."""

    name = StepName.FOOTAGE
    code_version = CODE_VERSION
    result = Look

    def __init__(self, analyses: Analyses) -> None:
        self._analyses = analyses

    def ticket(self, event: AssetUploadedV1) -> Ticket:
        return Ticket(job=event.asset.id, videos=(), run=1)

    def recipe(self, event: AssetUploadedV1) -> Any:
        return recipe(event.asset)

    async def make(self, event: AssetUploadedV1, desk: Desk) -> Look:
        desk.videos = ((event.asset.id, 1),)  # progress is told under the upload's own id
        return await self._analyses.look(event.asset, desk.folder, desk.progress, desk.reach)

    def facts(self, event: AssetUploadedV1, result: Look, done: Done) -> Sequence[Event]:
        return [
            AssetAnalysedV1(
                owner=event.owner,
                lane=event.lane,
                at=done.at,
                asset=event.asset,
                usable_start_s=result.usable_start_s,
                usable_end_s=result.usable_end_s,
                thumbnail=result.thumbnail,
                analysis=result.analysis,
                filmstrip=result.filmstrip,
                waveform=result.waveform,
                proxy=result.proxy,
            )
        ]

    def failed(self, event: AssetUploadedV1, done: Done, fault: FaultReport) -> Sequence[Event]:
        return [AssetRejectedV1(owner=event.owner, lane=event.lane, at=done.at, asset=event.asset, fault=fault)]

    def cancelled(self, event: AssetUploadedV1, done: Done) -> Sequence[Event]:
        return []
