"""The door of the line: a brief is refused with a reason, or becomes the one fact that starts its job."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

from contracts import subjects
from contracts.brief import Brief
from contracts.events import Event, JobCancelRequestedV1, JobRequestedV1, Order
from contracts.media import Asset, AssetKind
from contracts.outputs import output
from contracts.story import FINAL, JobStory, State, fold, view
from contracts.values import fingerprint
from kit.bus import Bus, now
from services.gateway.problems import FieldError, Problem
from services.gateway.profiles import Profiles
from services.gateway.reading import Reading
from services.gateway.resources import JobResource, job_resource

# Jobs with an idempotency key live in a namespace of their own, so that a key can't be made to hit another job's id.
_KEYED_JOBS = UUID("8f9d2b34-6c1e-5a57-9e0b-2f6a7d3c4e51")


class Accepting:
    """Accepts and cancels jobs."""

    def __init__(self, bus: Bus, reading: Reading, profiles: Profiles) -> None:
        self._bus = bus
        self._reading = reading
        self._profiles = profiles

    async def submit(self, brief: Brief, owner: str, key: str | None) -> tuple[JobResource, bool]:
        """The job a brief became, and whether it was there before (same key, same brief).

        Raises:
            Problem: 422 if a named asset can't be used, the key was used for another brief, or there is no such voice.
        """
        brief = self._profiles.with_voice(brief, owner)
        job = uuid5(_KEYED_JOBS, f"{owner}\n{key}") if key is not None else uuid4()
        asked = fingerprint(brief)
        if key is not None and (before := await self._bus.last(JobRequestedV1, job)) is not None:
            return await self._again(before.event, asked, owner)
        event = JobRequestedV1(
            owner=owner,
            lane=subjects.lane(owner, brief.quality),
            at=now(),
            job=job,
            order=await self._order(brief, owner),
            fingerprint=asked,
            idempotency_key=key,
        )
        announced = await self._bus.announce(event)
        if announced.won:
            return job_resource(view(fold(JobStory(job=job), event, announced.seq)), brief=brief), False
        return await self._again(announced.event, asked, owner)

    async def _again(self, first: Event, asked: str, owner: str) -> tuple[JobResource, bool]:
        """The job a key already stands for, if the brief is the same."""
        if not isinstance(first, JobRequestedV1) or first.fingerprint != asked:
            raise Problem(
                422, "idempotency_key_reused", "This Idempotency-Key was used for another brief; use a new one."
            )
        return await self._reading.job(first.job, owner), True

    async def _order(self, brief: Brief, owner: str) -> Order:
        named = [(f"/footage/{place}", asset, AssetKind.FOOTAGE) for place, asset in enumerate(brief.footage)]
        if brief.music is not None:
            named.append(("/music/asset", brief.music.asset, AssetKind.MUSIC))
        found = await self._reading.assets_by_id([asset for _, asset, _ in named], owner)
        if errors := [error for entry in named if (error := _fault_of(*entry, found)) is not None]:
            raise Problem(422, "asset_unusable", "; ".join(error.message for error in errors[:3]), errors=errors)
        encoder = brief.encoder
        return Order(
            brief=brief,
            clips=tuple(found[asset][0] for asset in brief.footage),
            music=found[brief.music.asset][0] if brief.music else None,
            outputs=tuple(output(preset, brief.quality, encoder.crf, encoder.speed) for preset in brief.presets),
        )

    async def cancel(self, job: UUID, owner: str) -> JobResource:
        """Asks the line to stop a job; the answer counts from the moment it is in the log.

        Raises:
            Problem: 409 if the job has already ended another way.
        """
        story, brief = await self._reading.told(job, owner)
        seen = view(story)
        if seen.state in FINAL:
            if seen.state is State.CANCELLED:
                return job_resource(seen, brief=brief)
            raise Problem(409, "job_finished", f"The job is {seen.state.value}; there is nothing left to cancel.")
        event = JobCancelRequestedV1(owner=owner, lane=story.lane, at=now(), job=job)
        await self._bus.announce(event)
        story, brief = await self._reading.told(job, owner)
        return job_resource(view(story), brief=brief)


def _fault_of(pointer: str, asset: UUID, kind: AssetKind, found: dict[UUID, tuple[Asset, str]]) -> FieldError | None:
    if asset not in found:
        return FieldError(pointer=pointer, message=f"there is no upload {asset}")
    upload, state = found[asset]
    if upload.kind is not kind:
        return FieldError(pointer=pointer, message=f"{upload.name} was uploaded as {upload.kind}, not as {kind}")
    if state == "rejected":
        return FieldError(pointer=pointer, message=f"{upload.name} can't be used; see its fault")
    return None
