"""Prometheus metrics of this process, for loopback or a bearer of the metrics token."""

from __future__ import annotations

import hmac
import ipaddress

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from backend.kit import config
from backend.kit.metrics import REGISTRY


async def metrics(request: Request) -> Response:
    """The registry as text."""
    if not _may_read(request):
        return PlainTextResponse("Not found", status_code=404)
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


def _may_read(request: Request) -> bool:
    token = config.current().metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    try:
        # Behind a proxy everyone comes from loopback: then only the token counts.
        is_proxied = "x-forwarded-for" in request.headers or "forwarded" in request.headers
        return (
            not is_proxied
            and request.client is not None
            and ipaddress.ip_address(request.client.host).is_loopback
        )
    except ValueError:
        return False
