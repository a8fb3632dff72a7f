"""The HTTP API of uploads by URL."""

from __future__ import annotations

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from services.gateway.fetching import Fetch, Fetching
from services.gateway.resources import AssetResource
from services.gateway.routes import Owner


@post("/assets/fetch", status_code=201, tags=["assets"])
async def fetch_asset(
    data: JSONBody[Fetch], fetching: NamedDependency[Fetching], owner: Owner
) -> Response[AssetResource]:
    """Have a clip or a piece of music fetched from a public https:// URL. Takes as long as the file takes to come."""
    asset, before = await fetching.take(data, owner)
    return Response(asset, status_code=200 if before else 201, headers={"Location": f"/v1/assets/{asset.id}"})


FETCH = (fetch_asset,)
