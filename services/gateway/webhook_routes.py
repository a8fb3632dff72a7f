"""The HTTP API of webhooks."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from services.gateway.resources import Page
from services.gateway.routes import Cursor, Id, Limit, Owner
from services.gateway.webhook_resources import (
    DeliveryResource,
    WebhookAsked,
    WebhookChange,
    WebhookList,
    WebhookResource,
    WebhookWithSecret,
)
from services.gateway.webhooks import Webhooks

_NO_STORE = {"Cache-Control": "no-store"}


@post("/webhooks", status_code=201, tags=["webhooks"])
async def create_webhook(
    data: JSONBody[WebhookAsked], webhooks: NamedDependency[Webhooks], owner: Owner
) -> Response[WebhookWithSecret]:
    """Have an endpoint told of events. The answer has its signing secret, which is shown only here."""
    made = await webhooks.create(data, owner)
    return Response(made, status_code=201, headers=_NO_STORE | {"Location": f"/v1/webhooks/{made.id}"})


@get("/webhooks", tags=["webhooks"])
async def list_webhooks(webhooks: NamedDependency[Webhooks], owner: Owner) -> WebhookList:
    """The endpoints, newest first."""
    return webhooks.all(owner)


@get("/webhooks/{webhook:uuid}", tags=["webhooks"])
async def read_webhook(webhooks: NamedDependency[Webhooks], owner: Owner, webhook: Id) -> WebhookResource:
    """One endpoint."""
    return webhooks.get(webhook, owner)


@patch("/webhooks/{webhook:uuid}", tags=["webhooks"])
async def change_webhook(
    data: JSONBody[WebhookChange], webhooks: NamedDependency[Webhooks], owner: Owner, webhook: Id
) -> WebhookResource:
    """Change an endpoint, or switch it off and on. What waits for one that is off is given up."""
    return await webhooks.change(webhook, data, owner)


@delete("/webhooks/{webhook:uuid}", status_code=204, tags=["webhooks"])
async def remove_webhook(webhooks: NamedDependency[Webhooks], owner: Owner, webhook: Id) -> None:
    """Remove an endpoint and its delivery log."""
    await webhooks.remove(webhook, owner)


@post("/webhooks/{webhook:uuid}/rotate", status_code=200, tags=["webhooks"])
async def rotate_webhook(webhooks: NamedDependency[Webhooks], owner: Owner, webhook: Id) -> Response[WebhookWithSecret]:
    """Make a new signing secret. For 24 hours there is a signature by the old one too."""
    return Response(await webhooks.rotate(webhook, owner), status_code=200, headers=_NO_STORE)


@post("/webhooks/{webhook:uuid}/test", status_code=202, tags=["webhooks"])
async def test_webhook(webhooks: NamedDependency[Webhooks], owner: Owner, webhook: Id) -> DeliveryResource:
    """Send a `webhook.test` event to an endpoint."""
    return await webhooks.test(webhook, owner)


@get("/webhooks/{webhook:uuid}/deliveries", tags=["webhooks"])
async def list_deliveries(
    webhooks: NamedDependency[Webhooks], owner: Owner, webhook: Id, cursor: Cursor = None, limit: Limit = 20
) -> Response[Page[DeliveryResource]]:
    """What was sent to an endpoint in the last 30 days and what came of it, newest first."""
    return Response(await webhooks.deliveries(webhook, owner, cursor, limit), headers=_NO_STORE)


@post("/webhooks/{webhook:uuid}/deliveries/{delivery:uuid}/redeliver", status_code=202, tags=["webhooks"])
async def redeliver(
    webhooks: NamedDependency[Webhooks], owner: Owner, webhook: Id, delivery: FromPath[UUID]
) -> DeliveryResource:
    """Send a delivery again, with its id and body of the first time."""
    return await webhooks.redeliver(webhook, delivery, owner)


WEBHOOKS = (
    create_webhook,
    list_webhooks,
    read_webhook,
    change_webhook,
    remove_webhook,
    rotate_webhook,
    test_webhook,
    list_deliveries,
    redeliver,
)
