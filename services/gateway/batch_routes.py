"""The HTTP API of batches."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.response import Stream

from contracts.events import Steering
from contracts.outputs import PresetName
from kit.blobs import Blobs
from services.gateway.batch_resources import (
    BatchAsked,
    BatchPreview,
    BatchResource,
    PreviewAsked,
    RowResource,
    RowState,
)
from services.gateway.batch_results import archive, report
from services.gateway.batches import Batches
from services.gateway.resources import Page
from services.gateway.routes import Cursor, Id, IdempotencyKey, Limit, Owner, Words

_NO_STORE = {"Cache-Control": "no-store"}
Parts = NamedDependency[Batches]
InRowState = Annotated[RowState | None, QueryParameter(name="state", description="Only rows in this state")]
OfPreset = Annotated[PresetName | None, QueryParameter(description="Only files of this preset")]


@post("/batches", status_code=202, tags=["batches"])
async def create_batch(
    data: JSONBody[BatchAsked], batches: Parts, owner: Owner, idempotency_key: IdempotencyKey = None
) -> Response[BatchResource]:
    """Have a video made of each row of a table, of each product of a feed, or of rows that come with the request. With
    an Idempotency-Key a repeated request gives the batch of the first one."""
    batch, before = await batches.create(data, owner, idempotency_key)
    headers = {"Location": batch.url} | ({"Idempotent-Replayed": "true"} if before else {})
    return Response(batch, status_code=202, headers=headers)


@post("/batches/preview", status_code=200, tags=["batches"])
async def preview_batch(data: JSONBody[PreviewAsked], batches: Parts, owner: Owner) -> BatchPreview:
    """What the first rows would become, and which merge fields there are. Nothing is made."""
    return await batches.preview(data, owner)


@get("/batches", tags=["batches"])
async def list_batches(
    batches: Parts, owner: Owner, cursor: Cursor = None, limit: Limit = 20
) -> Response[Page[BatchResource]]:
    """The batches, newest first."""
    return Response(await batches.all(owner, cursor, limit), headers=_NO_STORE)


@get("/batches/{batch:uuid}", tags=["batches"])
async def read_batch(batches: Parts, owner: Owner, batch: Id) -> Response[BatchResource]:
    """One batch: how many of its rows are in each state, and how far it is."""
    return Response(await batches.get(batch, owner), headers=_NO_STORE)


@get("/batches/{batch:uuid}/rows", tags=["batches"])
async def list_rows(
    batches: Parts,
    owner: Owner,
    batch: Id,
    cursor: Cursor = None,
    in_state: InRowState = None,
    limit: Limit = 20,
    q: Words = "",
) -> Response[Page[RowResource]]:
    """The rows of a batch in their order, each with its job, its videos, or the reason why it has none."""
    return Response(await batches.rows(batch, owner, cursor, limit, in_state, q), headers=_NO_STORE)


@post("/batches/{batch:uuid}/pause", status_code=202, tags=["batches"])
async def pause_batch(batches: Parts, owner: Owner, batch: Id) -> BatchResource:
    """Begin no more rows. What is under way goes on."""
    return await _steered(batches, owner, batch, "paused")


@post("/batches/{batch:uuid}/resume", status_code=202, tags=["batches"])
async def resume_batch(batches: Parts, owner: Owner, batch: Id) -> BatchResource:
    """Go on with a paused batch."""
    return await _steered(batches, owner, batch, "resumed")


@post("/batches/{batch:uuid}/cancel", status_code=202, tags=["batches"])
async def cancel_batch(batches: Parts, owner: Owner, batch: Id) -> BatchResource:
    """Give all up that is not finished: rows that wait, and jobs under way."""
    return await _steered(batches, owner, batch, "cancelled")


@post("/batches/{batch:uuid}/retry", status_code=202, tags=["batches"])
async def retry_batch(batches: Parts, owner: Owner, batch: Id) -> BatchResource:
    """Try again what failed: jobs go on from their failed step, refused rows are looked at once more."""
    return await _steered(batches, owner, batch, "retried")


@get("/batches/{batch:uuid}/results.zip", tags=["batches"], media_type="application/zip")
async def batch_results(
    batches: Parts, blobs: NamedDependency[Blobs], owner: Owner, batch: Id, preset: OfPreset = None
) -> Stream:
    """All finished files of a batch as one ZIP, streamed, with `report.csv` in it."""
    await batches.get(batch, owner)
    headers = _NO_STORE | {"Content-Disposition": f'attachment; filename="batch-{batch}.zip"'}
    return Stream(archive(batches, blobs, batch, preset), media_type="application/zip", headers=headers)


@get("/batches/{batch:uuid}/report.csv", tags=["batches"], media_type="text/csv")
async def batch_report(batches: Parts, owner: Owner, batch: Id) -> Stream:
    """What became of each row, as a table (CSV, UTF-8)."""
    await batches.get(batch, owner)
    headers = _NO_STORE | {"Content-Disposition": f'attachment; filename="batch-{batch}.csv"'}
    return Stream(report(batches, batch), media_type="text/csv; charset=utf-8", headers=headers)


async def _steered(batches: Batches, owner: str, batch: Id, what: Steering) -> BatchResource:
    return await batches.steer(batch, owner, what)


BATCHES = (
    create_batch,
    preview_batch,
    list_batches,
    read_batch,
    list_rows,
    pause_batch,
    resume_batch,
    cancel_batch,
    retry_batch,
    batch_results,
    batch_report,
)
