"""The HTTP API of product feeds."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter

from contracts.brief import NO_NUL
from contracts.feeds import ProductState
from services.gateway.feed_resources import (
    FeedAsked,
    FeedChange,
    FeedResource,
    ImportAsked,
    ImportResource,
    ProductResource,
    RowProblem,
)
from services.gateway.feeds import Feeds
from services.gateway.product_pictures import ProductPictures
from services.gateway.resources import Page
from services.gateway.routes import Cursor, Id, Limit, Owner, Words

_NO_STORE = {"Cache-Control": "no-store"}
_REPLAYED = {"Idempotent-Replayed": "true"}
SameKey = Annotated[
    str | None,
    HeaderParameter(name="Idempotency-Key", min_length=1, max_length=200, description="Same key, same body: no second"),
]
InState = Annotated[ProductState | None, QueryParameter(name="state", description="Only products that stand so")]
ImportId = FromPath[UUID]
ProductId = Annotated[
    str, QueryParameter(min_length=1, max_length=200, pattern=NO_NUL, description="The product's id in its feed")
]
Version = Annotated[str | None, QueryParameter(max_length=64, description="Part of the address where it may change")]


@post("/feeds", status_code=201, tags=["feeds"])
async def create_feed(
    data: JSONBody[FeedAsked], feeds: NamedDependency[Feeds], owner: Owner, idempotency_key: SameKey = None
) -> Response[FeedResource]:
    """Add a product feed: one that lies at a public https:// address, or a table that was uploaded. Its first import
    begins at once."""
    feed, before = await feeds.create(data, owner, idempotency_key)
    headers = {"Location": f"/v1/feeds/{feed.id}"} | (_REPLAYED if before else {})
    return Response(feed, status_code=201, headers=headers)


@get("/feeds", tags=["feeds"])
async def list_feeds(
    feeds: NamedDependency[Feeds], owner: Owner, cursor: Cursor = None, limit: Limit = 20
) -> Response[Page[FeedResource]]:
    """The feeds, newest first, each with its last import."""
    return Response(await feeds.all(owner, cursor, limit), headers=_NO_STORE)


@get("/feeds/{feed:uuid}", tags=["feeds"])
async def read_feed(feeds: NamedDependency[Feeds], owner: Owner, feed: Id) -> Response[FeedResource]:
    """One feed."""
    return Response(await feeds.get(feed, owner), headers=_NO_STORE)


@patch("/feeds/{feed:uuid}", tags=["feeds"])
async def change_feed(
    data: JSONBody[FeedChange], feeds: NamedDependency[Feeds], owner: Owner, feed: Id
) -> FeedResource:
    """Change a feed's name, address, columns or language. The next import is read by them."""
    return await feeds.change(feed, data, owner)


@delete("/feeds/{feed:uuid}", status_code=204, tags=["feeds"])
async def remove_feed(feeds: NamedDependency[Feeds], owner: Owner, feed: Id) -> None:
    """Remove a feed with its products and imports. Videos that were made of them stay."""
    await feeds.remove(feed, owner)


@post("/feeds/{feed:uuid}/imports", status_code=202, tags=["feeds"])
async def start_import(
    data: JSONBody[ImportAsked], feeds: NamedDependency[Feeds], owner: Owner, feed: Id, idempotency_key: SameKey = None
) -> Response[ImportResource]:
    """Read a feed again: at its address, or from a table that was uploaded. One import of a feed at a time."""
    found, before = await feeds.start(feed, data, owner, idempotency_key)
    headers = {"Location": found.import_url} | (_REPLAYED if before else {})
    return Response(found, status_code=202, headers=headers)


@get("/feeds/{feed:uuid}/imports", tags=["feeds"])
async def list_imports(
    feeds: NamedDependency[Feeds], owner: Owner, feed: Id, cursor: Cursor = None, limit: Limit = 20
) -> Response[Page[ImportResource]]:
    """The imports of a feed, newest first; the last 200 are kept."""
    return Response(await feeds.imports(feed, owner, cursor, limit), headers=_NO_STORE)


@get("/feeds/{feed:uuid}/imports/{feed_import:uuid}", tags=["feeds"])
async def read_import(
    feeds: NamedDependency[Feeds], owner: Owner, feed: Id, feed_import: ImportId
) -> Response[ImportResource]:
    """One import: how far it is, what it came to."""
    return Response(await feeds.import_(feed, feed_import, owner), headers=_NO_STORE)


@get("/feeds/{feed:uuid}/imports/{feed_import:uuid}/problems", tags=["feeds"])
async def list_problems(
    feeds: NamedDependency[Feeds],
    owner: Owner,
    feed: Id,
    feed_import: ImportId,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Page[RowProblem]:
    """The rows of a feed that make no product, in the feed's order: on which line, in which column, and why."""
    return await feeds.problems(feed, feed_import, owner, cursor, limit)


@get("/feeds/{feed:uuid}/products", tags=["feeds"])
async def list_products(
    feeds: NamedDependency[Feeds],
    owner: Owner,
    feed: Id,
    cursor: Cursor = None,
    limit: Limit = 20,
    in_state: InState = None,
    q: Words = "",
) -> Response[Page[ProductResource]]:
    """The products of a feed in the order they came, as the last import found them, and those that are gone."""
    return Response(await feeds.products(feed, owner, cursor, limit, in_state, q), headers=_NO_STORE)


@get("/feeds/{feed:uuid}/picture", tags=["feeds"], media_type="image/jpeg")
async def product_picture(
    product_pictures: NamedDependency[ProductPictures], owner: Owner, feed: Id, product: ProductId, v: Version = None
) -> Response[bytes]:
    """The first picture of a product, small (JPEG), for a list of products. It is fetched from where the feed says
    that it lies, under the rules for addresses."""
    picture = await product_pictures.take(feed, product, owner)
    headers = {
        "ETag": f'"{picture.key}"',
        "Cache-Control": "private, max-age=86400",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(picture.jpeg, media_type="image/jpeg", headers=headers)


FEEDS = (
    create_feed,
    list_feeds,
    read_feed,
    change_feed,
    remove_feed,
    start_import,
    list_imports,
    read_import,
    list_problems,
    list_products,
    product_picture,
)
