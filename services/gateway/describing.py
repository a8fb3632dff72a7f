"""Notes on uploads: what an owner says of their footage, their last word by revision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from contracts import subjects
from contracts.events import AssetDescribedV1
from contracts.faults import Unavailable
from contracts.footage import Notes
from contracts.media import Asset
from contracts.values import canonical
from kit.bus import Bus, now
from services.gateway.problems import FieldError, Problem, not_found
from services.gateway.reading import Reading

# All notes of a job's clips travel in its request: 60 of them stay below 1 MiB.
NOTES_MAX_BYTES = 16 << 10
_LATE_S = 0.05  # players round the end of a file up
_RACES = 5


@dataclass(frozen=True, slots=True)
class Said:
    """Notes, and how often they were written; 0: never."""

    notes: Notes
    revision: int


class Describing:
    """Reads and writes notes. Each revision is one fact, of which the log lets in one."""

    def __init__(self, bus: Bus, reading: Reading) -> None:
        self._bus = bus
        self._reading = reading

    async def read(self, asset: UUID, owner: str) -> Said:
        await self._asset(asset, owner)
        return await self._last(asset)

    async def write(self, asset: UUID, owner: str, notes: Notes, if_match: str | None) -> Said:
        """The notes in the place of those that were there; the same ones again change nothing.

        Raises:
            Problem: 412 it is not the revision that was read; 422 a mark lies outside of the upload, or it is too much.
        """
        upload = await self._asset(asset, owner)
        _check(notes, upload)
        for _ in range(_RACES):
            last = await self._last(asset)
            _check_revision(last, if_match)
            if last.revision and last.notes == notes:
                return last
            event = AssetDescribedV1(
                owner=owner,
                lane=subjects.lane(owner, "final"),
                at=now(),
                asset=upload,
                revision=last.revision + 1,
                notes=notes,
            )
            if (await self._bus.announce(event)).won:
                return Said(notes, event.revision)
        raise Unavailable("the notes are changed by many at once; try again", code="notes_contended")

    async def _last(self, asset: UUID) -> Said:
        event = await self._reading.described(asset)
        return Said(Notes(), 0) if event is None else Said(event.notes, event.revision)

    async def _asset(self, asset: UUID, owner: str) -> Asset:
        found = (await self._reading.assets_by_id([asset], owner)).get(asset)
        if found is None:
            raise not_found("asset")
        return found[0]


def _check(notes: Notes, upload: Asset) -> None:
    if errors := list(_outside(notes, upload.facts.duration_s)):
        raise Problem(422, "mark_outside", "; ".join(error.message for error in errors[:3]), errors=errors)
    if len(canonical(notes)) > NOTES_MAX_BYTES:
        detail = f"The notes of one upload have at most {NOTES_MAX_BYTES >> 10} KiB as JSON; say it with fewer words."
        raise Problem(422, "notes_too_large", detail)


def _outside(notes: Notes, duration_s: float) -> Iterator[FieldError]:
    for place, mark in enumerate(notes.marks):
        if mark.end_s > duration_s + _LATE_S:
            message = f"the mark ends at {mark.end_s:g} s, the upload at {duration_s:g} s"
            yield FieldError(pointer=f"/marks/{place}/end_s", message=message)


def _check_revision(last: Said, if_match: str | None) -> None:
    if if_match is None:
        return
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in if_match.split(",")}
    if not tags & {str(last.revision), "*"}:
        raise Problem(412, "version_changed", f"The notes have changed since: they are at revision {last.revision}.")
