"""The HTTP service: one origin for GraphQL, files, message documents and the SPA.

`create_app` puts the routes together; its lifespan opens the runtime (database, Redis, bus, blobs) and
closes it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from backend.api.endpoint import GraphQLEndpoint
from backend.api.persisted import PersistedDocuments
from backend.api.schema import schema
from backend.kit.config import Settings
from backend.kit.runtime import open_runtime
from backend.web import (
    client_setup,
    downloads,
    file_links,
    health,
    image_proxy,
    list_pages,
    message_html,
    metrics,
    uploads,
)
from backend.web.security_headers import SecurityHeaders
from backend.web.spa import Spa
from backend.web.spoken_to import SpokenTo

SPA_FOLDER = Path(__file__).resolve().parent.parent / "frontend" / "dist"


def routes(spa_folder: Path = SPA_FOLDER) -> list[BaseRoute]:
    """Every path of INTERFACE's list that exists, the SPA last."""
    graphql = GraphQLEndpoint(schema, PersistedDocuments.read(spa_folder / "persisted.json"))
    return [
        Route("/health/live", health.live),
        Route("/health/ready", health.ready),
        Route("/metrics", metrics.metrics),
        Route("/files/uploads", uploads.upload, methods=["POST"]),
        Route("/files/links", file_links.upload, methods=["POST"]),
        Route("/links/{token}", file_links.page, methods=["GET", "POST"]),
        Route("/files/export.zip", downloads.everything),
        Route("/files/{message_id:int}/raw", downloads.raw),
        Route("/files/{message_id:int}/attachments.zip", downloads.every_part),
        Route("/files/{message_id:int}/{part}", downloads.part),
        Route("/mail/html/{message_id:int}", message_html.message_html),
        Route("/img/{message_id:int}/{index:int}", image_proxy.image),
        Route("/img/{message_id:int}/{path}/{index:int}", image_proxy.image),
        *list_pages.routes(),
        *client_setup_routes(),
        *graphql_routes(graphql),
        Route("/{path:path}", Spa(spa_folder).__call__, methods=["GET", "HEAD"]),
    ]


def client_setup_routes() -> list[BaseRoute]:
    """What mail programs ask before they know a password; Outlook writes its path in three ways."""
    return [
        Route("/.well-known/autoconfig/mail/config-v1.1.xml", client_setup.autoconfig),
        Route("/mail/config-v1.1.xml", client_setup.autoconfig),
        *(
            Route(f"/{word}/{word}.xml", client_setup.autodiscover, methods=["GET", "POST"])
            for word in ("autodiscover", "Autodiscover", "AutoDiscover")
        ),
        Route("/autodiscover/autodiscover.json", client_setup.autodiscover_json),
        Route("/autodiscover/autodiscover.json/v1.0/{address}", client_setup.autodiscover_json),
        Route("/mobileconfig/{address}", client_setup.mobileconfig),
    ]


def graphql_routes(endpoint: GraphQLEndpoint) -> list[BaseRoute]:
    """The API's one path, by HTTP and by WebSocket."""
    return [Route("/graphql", endpoint), WebSocketRoute("/graphql", endpoint)]


def create_app(settings: Settings) -> Starlette:
    """The ASGI application of one backend process."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_runtime(settings, process="backend"):
            yield

    return Starlette(
        routes=routes(), middleware=[Middleware(SecurityHeaders), Middleware(SpokenTo)], lifespan=lifespan
    )
