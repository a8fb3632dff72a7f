"""The HTTP API of notes on uploads."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, JSONBody

from contracts.footage import Notes
from services.gateway.describing import Describing, Said
from services.gateway.routes import Id, Owner

IfMatch = Annotated[
    str | None, HeaderParameter(name="If-Match", max_length=200, description="The ETag of the notes that were read")
]


@get("/assets/{asset:uuid}/notes", tags=["assets"])
async def read_notes(describing: NamedDependency[Describing], owner: Owner, asset: Id) -> Response[Notes]:
    """What its owner says of an upload. The ETag is the revision: 0 before anything was said."""
    return _said(await describing.read(asset, owner))


@put("/assets/{asset:uuid}/notes", tags=["assets"])
async def write_notes(
    data: JSONBody[Notes], describing: NamedDependency[Describing], owner: Owner, asset: Id, if_match: IfMatch = None
) -> Response[Notes]:
    """Say something of an upload: keywords, a favourite, marked parts. Takes the place of all that was said before, and
    counts for jobs that are submitted from now on."""
    return _said(await describing.write(asset, owner, data, if_match))


def _said(said: Said) -> Response[Notes]:
    return Response(said.notes, headers={"Cache-Control": "no-store", "ETag": f'"{said.revision}"'})


NOTES = (read_notes, write_notes)
