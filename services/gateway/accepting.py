"""The door of the line: a brief is refused with a reason, or becomes the one fact that starts its job."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4, uuid5

from contracts import subjects
from contracts.brief import Brief, ProductBrief
from contracts.events import Event, JobCancelRequestedV1, JobExpiredV1, JobRequestedV1, Order
from contracts.faults import LogicalFault, Unavailable
from contracts.footage import Described, Notes
from contracts.inserts import INSERT_MIN_S, WordsNotSaid, standing_at
from contracts.looks import BOOKEND_MIN_S
from contracts.media import Asset, AssetKind
from contracts.naming import merge_values
from contracts.outputs import output
from contracts.story import FINAL, JobStory, State, fold, view
from contracts.values import asked
from kit.addresses import Allowed, UrlForbidden, target
from kit.bus import Announced, Bus, Guarded, Heard, now
from kit.crash import CrashPoints
from kit.fonts import covers
from services.gateway.claims import Claims
from services.gateway.problems import FieldError, Problem
from services.gateway.profiles import Profiles
from services.gateway.reading import Reading
from services.gateway.resources import JobResource, job_resource
from services.gateway.retrying import retries

# Jobs with an idempotency key live in a namespace of their own, so that a key can't be made to hit another job's id.
_KEYED_JOBS = UUID("8f9d2b34-6c1e-5a57-9e0b-2f6a7d3c4e51")
_GLYPHS_TOLD = 10  # characters; the first ones say enough


# The words of a brief that will be spoken and shown, as the script station makes them; LogicalFault: there are none.
Spoken = Callable[[Brief], str]

# A race is lost only to somebody who won it, so each round somebody moves on.
_RACES = 5


@dataclass(frozen=True, slots=True)
class OfBatch:
    """The row of a batch that a brief was made from, and the id that its job is to have: it stands for the row as an
    idempotency key does.
    """

    batch: UUID
    row: int
    job: UUID


class Accepting:
    """Accepts jobs, cancels them, has them go on."""

    def __init__(  # noqa: PLR0917  (what it is made of)
        self, bus: Bus, reading: Reading, profiles: Profiles, spoken: Spoken, allowed: Allowed, crash: CrashPoints
    ) -> None:
        self._spoken = spoken
        self._allowed = allowed
        self._bus = bus
        self._crash = crash
        self._reading = reading
        self._claims = Claims(bus, reading)
        self._profiles = profiles

    async def submit(
        self, brief: Brief, owner: str, key: str | None, of: OfBatch | None = None
    ) -> tuple[JobResource, bool]:
        """The job a brief became, and whether it was there before (same key, same brief). Jobs of a batch never take
        the fast lane.

        Raises:
            Problem: 422 if the script can't be spoken or shown, a named asset can't be used, there is no such voice, or
                the key was used for another brief; 409 if the project has a job under way.
        """
        job = of.job if of is not None else uuid4() if key is None else uuid5(_KEYED_JOBS, f"{owner}\n{key}")
        fingerprint = asked(brief)
        known = key is not None or of is not None
        if known and (before := await self._asked_before(job)) is not None:
            return await self._again(before.event, fingerprint, owner, of)
        brief = self._profiles.with_brand(self._profiles.with_voice(brief, owner), owner)
        event = JobRequestedV1(
            owner=owner,
            lane=subjects.lane(owner, brief.quality, bulk=of is not None),
            at=now(),
            job=job,
            order=await self._order(brief, owner),
            fingerprint=fingerprint,
            idempotency_key=key,
            batch=None if of is None else of.batch,
            row=None if of is None else of.row,
        )
        self._crash.reach("gateway", "before-announce")
        announced = await self._announced(event, brief.project)
        self._crash.reach("gateway", "after-announce")
        if announced.won:
            return job_resource(view(fold(JobStory(job=job), event, announced.seq)), brief=brief), False
        return await self._again(announced.event, fingerprint, owner, of)

    async def _announced(self, event: JobRequestedV1, project: str | None) -> Announced:
        """The request in the log: alone, or together with its claim of the project.

        Raises:
            Problem: 409, the project has a job under way.
        """
        if project is None:
            return await self._bus.announce(event)
        for _ in range(_RACES):
            claim = await self._claims.of(event.owner, project, event.job, event.lane)
            seq = await self._bus.announce_together([claim, Guarded(event)])
            if seq is not None:
                return Announced(won=True, seq=seq, event=event)
            first = await self._bus.last(JobRequestedV1, event.job)  # the same key at the same time
            if first is not None:
                return Announced(won=False, seq=first.seq, event=first.event)
        raise Unavailable("the project is asked for by many at once; try again", code="project_contended")

    async def _asked_before(self, job: UUID) -> Heard | None:
        """The request a key stands for. Of a job that was forgotten nothing may be left in the way of a new one."""
        before = await self._bus.last(JobRequestedV1, job)
        expired = None if before is None else await self._bus.last(JobExpiredV1, job)
        if before is None or expired is None or expired.seq < before.seq:
            return before
        await self._bus.purge_job(job, expired.seq)
        return None

    async def _again(
        self, first: Event | None, fingerprint: str, owner: str, of: OfBatch | None
    ) -> tuple[JobResource, bool]:
        """The job a key already stands for, if the brief is the same; a row's job is its own anyway."""
        same = isinstance(first, JobRequestedV1) and (first.fingerprint == fingerprint or of is not None)
        if not isinstance(first, JobRequestedV1) or not same:
            raise Problem(
                422, "idempotency_key_reused", "This Idempotency-Key was used for another brief; use a new one."
            )
        return await self._reading.job(first.job, owner), True

    async def _order(self, brief: Brief, owner: str) -> Order:
        await asyncio.to_thread(self._check_words, brief)
        named = _named(brief)
        found = await self._reading.assets_by_id([asset for _, asset, _ in named], owner)
        faults = (fault_of(*entry, found) or _too_short(entry[0], found[entry[1]][0]) for entry in named)
        if errors := [error for error in faults if error is not None]:
            raise Problem(422, "asset_unusable", "; ".join(error.message for error in errors[:3]), errors=errors)
        encoder = brief.encoder
        branded = {
            name: found[choice.asset][0]
            for name in ("logo", "intro", "outro")
            if (choice := getattr(brief.branding, name)) is not None
        }
        return Order(
            brief=brief,
            clips=tuple(found[asset][0] for asset in brief.footage),
            music=found[brief.music.asset][0] if brief.music else None,
            outputs=tuple(output(preset, brief.quality, encoder.crf, encoder.speed) for preset in brief.presets),
            described=await self._described(brief),
            inserts=tuple(found[insert.asset][0] for insert in brief.inserts),
            **branded,
        )

    async def _described(self, brief: Brief) -> tuple[Described, ...]:
        """What was said of the clips until now, as the log has it: the database may be a moment behind."""
        words = await asyncio.gather(*(self._reading.described(asset) for asset in brief.footage))
        said = [(asset, word.notes) for asset, word in zip(brief.footage, words, strict=True) if word is not None]
        return tuple(Described(asset=asset, notes=notes) for asset, notes in said if notes != Notes())

    def _check_words(self, brief: Brief) -> None:
        """The station finds the same, but only when there is a job already."""
        try:
            words = self._spoken(brief)
        except LogicalFault as none:
            raise _unspeakable(none.code, none.message) from none
        _check_inserts(brief, words)
        if isinstance(brief, ProductBrief):
            _check_addresses(brief, self._allowed)
            _check_cards(brief)
        if brief.subtitles.preset == "none":
            return
        if missing := covers(brief.subtitles.font, words):
            shown = " ".join(missing[:_GLYPHS_TOLD])
            raise _unspeakable(
                "glyph_missing",
                f"the font {brief.subtitles.font} can't show: {shown}; take another font, other words, or no subtitles",
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

    async def retry(self, job: UUID, owner: str, only: UUID | None = None) -> JobResource:
        """Has each failed video of a failed job, or ``only`` this one, go on from its failed step, as its next run.

        Raises:
            Problem: 409 if the job (or the video) has not failed, or its project has another job under way.
        """
        for _ in range(_RACES):
            last = await self._bus.last_raw(subjects.facts_of(job))
            story, brief, facts = await self._reading.log_of(job, owner)
            _check_retriable(story, only)
            asked_for = [Guarded(retry, guard="") for retry in retries(story, facts, now(), only)]
            # Nothing of the job may have changed since it was read; the others stand or fall with the first.
            seen = max(story.last_seq, (last.seq or 0) if last else 0)  # the last one may be one that can't be read
            asked_for[0] = replace(asked_for[0], guard=subjects.facts_of(job), after=seen)
            if brief.project is not None:
                asked_for.insert(0, await self._claims.of(owner, brief.project, job, story.lane))
            if await self._bus.announce_together(asked_for) is not None:
                story, brief = await self._reading.told(job, owner)
                return job_resource(view(story), brief=brief)
        raise Unavailable("the job changes all the time; try again", code="job_contended")


def _check_retriable(story: JobStory, only: UUID | None) -> None:
    seen = view(story)
    state = next((video.state for video in seen.videos if video.id == only), seen.state)
    if state is not State.FAILED:
        raise Problem(409, "job_not_failed", f"The job is {state.value}; only a failed job can be tried again.")
    if story.cancel_seq is not None:
        raise Problem(409, "job_not_failed", "The job failed and was cancelled; submit its brief again.")
    failed = [video for video in seen.videos if video.state is State.FAILED and only in {None, video.id}]
    if all(video.deleted_at is not None for video in failed):
        raise Problem(409, "video_deleted", "What failed of it is in the trash; restore it first.")


def _check_inserts(brief: Brief, words: str) -> None:
    try:
        standing_at(brief.inserts, words.split())
    except WordsNotSaid as missing:
        error = FieldError(pointer=f"/inserts/{missing.place}/when", message=missing.message)
        raise Problem(422, missing.code, missing.message, errors=[error]) from missing


def _unspeakable(code: str, message: str) -> Problem:
    return Problem(422, code, message, errors=[FieldError(pointer="/script", message=message)])


def _check_addresses(brief: ProductBrief, allowed: Allowed) -> None:
    """What can't be the address of a picture; where a name leads is found out by whoever fetches it."""
    errors = []
    for number, product in enumerate(brief.products):
        for place, url in enumerate(product.picture_urls):
            try:
                allowed.check_named(target(url))
            except UrlForbidden as wrong:
                errors.append(FieldError(pointer=f"/products/{number}/picture_urls/{place}", message=wrong.message))
    if errors:
        raise Problem(422, "url_forbidden", errors[0].message, errors=errors)


def _check_cards(brief: ProductBrief) -> None:
    """Whether the font has letters for all that is written about the products."""
    written = [("/call", brief.call)]
    for place, product in enumerate(brief.products):
        facts = merge_values(product.product, brief.language)
        prices = facts["price"] + facts["old_price"]
        texts = {"name": product.name, "brand": product.brand.upper(), "badge": product.badge, "price": prices}
        written += [(f"/products/{place}/{name}", text) for name, text in texts.items()]
    errors = [
        FieldError(
            pointer=pointer, message=f"the font {brief.look.font} can't show: {' '.join(missing[:_GLYPHS_TOLD])}"
        )
        for pointer, text in written
        if (missing := covers(brief.look.font, text))
    ]
    if errors:
        raise Problem(422, "glyph_missing", f"{errors[0].message}; take another font or other words.", errors=errors)


# What stands before or after a video, or over it, has to be seen.
_LEAST_S = {"/branding/intro": BOOKEND_MIN_S, "/branding/outro": BOOKEND_MIN_S, "/inserts/": INSERT_MIN_S}


def _too_short(pointer: str, upload: Asset) -> FieldError | None:
    seconds = upload.facts.duration_s
    least_s = next((least for place, least in _LEAST_S.items() if pointer.startswith(place)), 0.0)
    if upload.facts.still or seconds >= least_s:
        return None
    return FieldError(
        pointer=pointer, message=f"{upload.name} is {seconds:.2f} s long; at least {least_s:g} s are needed"
    )


_MUSIC = (AssetKind.MUSIC,)
_IMAGE = (AssetKind.IMAGE,)
_SHOWN = (AssetKind.FOOTAGE, AssetKind.IMAGE)


def _named(brief: Brief) -> list[tuple[str, UUID, tuple[AssetKind, ...]]]:
    """The uploads a brief names: where, which, and what they may be."""
    named: list[tuple[str, UUID, tuple[AssetKind, ...]]] = [
        (pointer, asset, _SHOWN) for pointer, asset in _pictures(brief)
    ]
    named += [(f"/inserts/{place}/asset", insert.asset, _SHOWN) for place, insert in enumerate(brief.inserts)]
    if brief.music is not None:
        named.append(("/music/asset", brief.music.asset, _MUSIC))
    for name, kinds in (("logo", _IMAGE), ("intro", _SHOWN), ("outro", _SHOWN)):
        choice = getattr(brief.branding, name)
        if choice is not None:
            named.append((f"/branding/{name}/asset", choice.asset, kinds))
    return named


def _pictures(brief: Brief) -> Iterator[tuple[str, UUID]]:
    if not isinstance(brief, ProductBrief):
        yield from ((f"/footage/{place}", asset) for place, asset in enumerate(brief.footage))
        return
    for number, product in enumerate(brief.products):
        yield from ((f"/products/{number}/pictures/{place}", asset) for place, asset in enumerate(product.pictures))


def fault_of(
    pointer: str, asset: UUID, kinds: tuple[AssetKind, ...], found: dict[UUID, tuple[Asset, str]]
) -> FieldError | None:
    if asset not in found:
        return FieldError(pointer=pointer, message=f"there is no upload {asset}")
    upload, state = found[asset]
    if upload.kind not in kinds:
        wanted = " or ".join(kinds)
        return FieldError(pointer=pointer, message=f"{upload.name} was uploaded as {upload.kind}, not as {wanted}")
    if state == "rejected":
        return FieldError(pointer=pointer, message=f"{upload.name} can't be used; see its fault")
    return None
