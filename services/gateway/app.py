"""The gateway as an application: its routes, its one exception handler, its limits."""

from __future__ import annotations

import logging
import time
from typing import Any
from uuid import uuid4

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException, NotFoundException
from litestar.middleware import ASGIMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import YamlRenderPlugin
from litestar.openapi.spec import License
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from kit.addresses import Allowed
from kit.blobs import Blobs
from kit.bus import Bus
from kit.crash import CrashPoints
from kit.database import Pool
from kit.log import bound
from kit.outbound import Outbound
from kit.register import Register
from kit.scratch import Scratch
from kit.sealing import Sealer
from kit.settings import Settings
from kit.trace import following
from services.gateway.accepting import Accepting, Spoken
from services.gateway.admission import OPEN, Admission
from services.gateway.batch_routes import BATCHES
from services.gateway.batches import Batches, RowCrafts
from services.gateway.describing import Describing
from services.gateway.door import Door
from services.gateway.export_routes import EXPORTS
from services.gateway.feed_routes import FEEDS
from services.gateway.feeds import Feeds
from services.gateway.fetch_routes import FETCH
from services.gateway.fetching import Fetching
from services.gateway.identity import provide_admin, provide_caller, provide_owner
from services.gateway.lettering import Lettering
from services.gateway.letters import Letters
from services.gateway.library import Library
from services.gateway.library_routes import LIBRARY
from services.gateway.live import LiveFeed
from services.gateway.notes_routes import NOTES
from services.gateway.options_routes import OPTIONS
from services.gateway.page_routes import add_safe_headers, shown_or_refused
from services.gateway.pages import Page
from services.gateway.partials import Partials
from services.gateway.pipeline import Pipeline
from services.gateway.preview_routes import PREVIEW
from services.gateway.previewing import Previews
from services.gateway.problems import respond
from services.gateway.product_pictures import ProductPictures
from services.gateway.profiles import Profiles
from services.gateway.reading import Reading
from services.gateway.resume_routes import RESUMING, add_tus_version
from services.gateway.resuming import Resuming, kept
from services.gateway.review_routes import REVIEWS
from services.gateway.reviewing import Crafts, Reviewing
from services.gateway.routes import OUTSIDE, V1
from services.gateway.sampling import Samples
from services.gateway.session_routes import SESSION
from services.gateway.speaking import Speaking
from services.gateway.uploading import Uploading, size_limits
from services.gateway.version import VERSION
from services.gateway.voice_routes import VOICES
from services.gateway.watching import Watching
from services.gateway.webhook_routes import WEBHOOKS
from services.gateway.webhooks import Webhooks

log = logging.getLogger("gateway.access")


class Correlated(ASGIMiddleware):
    """Gives each request an id, which its answer, its log lines and all its job's messages carry."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        headers = dict(scope["headers"])
        began = time.monotonic()
        status = 0
        with following(headers.get(b"traceparent", b"").decode("latin-1")) as trace:
            request_id = uuid4().hex
            scope["state"]["request_id"] = request_id

            async def send_with_id(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                    others = [header for header in message["headers"] if header[0].lower() != b"x-request-id"]
                    message["headers"] = [*others, (b"x-request-id", request_id.encode())]
                await send(message)

            with bound(request=request_id, trace=trace):
                await next_app(scope, receive, send_with_id)
                log.info(
                    "request",
                    extra={
                        "method": scope.get("method", ""),
                        "path": scope["path"],
                        "status": status,
                        "took_ms": round((time.monotonic() - began) * 1000, 1),
                    },
                )


def application(
    settings: Settings,
    *,
    bus: Bus,
    pool: Pool,
    blobs: Blobs,
    scratch: Scratch,
    feed: LiveFeed,
    register: Register,
    door: Door,
    spoken: Spoken,
    crafts: Crafts,
    lettering: Lettering,
    speaking: Speaking,
    row_crafts: RowCrafts,
    own: Pool,
    page: Page,
) -> Litestar:
    """The ASGI application; everything it needs is handed in."""
    reading = Reading(pool, bus)
    limits = size_limits(settings)
    uploading = Uploading(bus, blobs, scratch, reading, limits)
    resuming = Resuming(Partials(own), uploading, blobs, scratch, most=settings.uploads_open, keep=kept(settings))
    profiles = Profiles(register)
    allowed = Allowed.parse(settings.outbound_allow)
    outbound = Outbound(allowed)
    feeds = Feeds(bus, pool, reading, outbound)
    accepting = Accepting(bus, reading, profiles, spoken, allowed, CrashPoints(settings.crash))
    letters = Letters(bus, accepting)
    parts: dict[str, Any] = {
        "reading": reading,
        "accepting": accepting,
        "batches": Batches(bus, pool, blobs, reading, row_crafts, CrashPoints(settings.crash)),
        "describing": Describing(bus, reading),
        "reviewing": Reviewing(bus, reading, blobs, profiles, crafts, CrashPoints(settings.crash)),
        "letters": letters,
        "library": Library(bus, reading),
        "watching": Watching(bus, feed, reading, feeds),
        "pipeline": Pipeline(bus, pool, letters, settings),
        "uploading": uploading,
        "trash_days": settings.trash_days,
        "resuming": resuming,
        "fetching": Fetching(outbound, uploading, limits=limits, slots=settings.fetch_slots),
        "feeds": feeds,
        "product_pictures": ProductPictures(feeds, outbound, blobs, scratch),
        "previews": Previews(lettering, reading, blobs, scratch, slots=settings.preview_slots),
        "lettering": lettering,
        "speaking": speaking,
        "samples": Samples(speaking, own, blobs, scratch, outbound),
        "page": page,
        "webhooks": Webhooks(register, pool, Sealer.of(settings), outbound),
        "bus": bus,
        "blobs": blobs,
        "live_feed": feed,
        "profiles": profiles,
        "identity": door.identity,
    }
    return Litestar(
        before_send=[_tell_all_methods, add_safe_headers, add_tus_version],
        on_startup=[resuming.start],
        on_shutdown=[resuming.stop],
        route_handlers=[
            Router(
                "/v1",
                route_handlers=[
                    *V1,
                    *FETCH,
                    *WEBHOOKS,
                    *REVIEWS,
                    *NOTES,
                    *PREVIEW,
                    *EXPORTS,
                    *OPTIONS,
                    *SESSION,
                    *RESUMING,
                    *VOICES,
                    *LIBRARY,
                    *BATCHES,
                    *FEEDS,
                ],
            ),
            *OUTSIDE,
        ],
        dependencies={name: Provide(_handing(part), sync_to_thread=False) for name, part in parts.items()}
        | {"owner": Provide(provide_owner), "caller": Provide(provide_caller), "admin": Provide(provide_admin)},
        exception_handlers={Exception: respond, HTTPException: respond, NotFoundException: shown_or_refused(page)},
        middleware=[Correlated(), Admission(door)],
        request_max_body_size=settings.json_max_bytes,
        compression_config=CompressionConfig(
            backend="gzip",
            minimum_size=2048,
            exclude=[
                "/events$",
                "/files/",
                "/file$",
                "/voice.wav$",
                "/preview$",
                "/sample.mp3$",
                "/results.zip$",
                "^/$",
                "^/page/",
            ],
        ),
        openapi_config=OpenAPIConfig(
            title="Edit Factory",
            version=VERSION,
            description="Scripts and footage in, finished social-media videos out.",
            license=License(name="Apache-2.0", identifier="Apache-2.0"),
            openapi_router=Router("/v1/openapi", route_handlers=[], opt=OPEN, include_in_schema=False),
            render_plugins=[YamlRenderPlugin(path="/openapi.yaml")],
            use_handler_docstrings=True,
        ),
        state=State({"door": door}),
        logging_config=None,
        debug=False,
    )


async def _tell_all_methods(message: Message, scope: Scope) -> None:
    """The framework's own answer to OPTIONS knows but one handler of a path."""
    if message["type"] != "http.response.start" or scope.get("method") != "OPTIONS" or message["status"] != 204:
        return
    here = (route for route in scope["litestar_app"].routes if route.path_format == scope["path_template"])
    allowed = sorted({method for route in here if isinstance(route, HTTPRoute) for method in route.methods})
    others = [header for header in message["headers"] if header[0].lower() != b"allow"]
    message["headers"] = [*others, (b"allow", ", ".join(allowed).encode())]


def _handing(part: Any) -> Any:
    def hand() -> Any:
        return part

    return hand
