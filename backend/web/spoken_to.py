"""In which language each request is answered: what the header Accept-Language likes best of ours."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from backend.kit import languages


class SpokenTo:
    """ASGI middleware; whatever says something asks `languages.said`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            languages.language.set(languages.preferred(Headers(scope=scope).get("accept-language", "")))
        await self.app(scope, receive, send)
