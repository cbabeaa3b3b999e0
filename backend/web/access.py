"""Who asks a plain HTTP route, and its refusals as short texts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from backend.directory.identify import identify
from backend.directory.roles import Permission
from backend.kit import ids
from backend.kit.errors import ErrorCode, MailError, PermissionDenied, Unauthenticated
from backend.kit.languages import said

log = structlog.get_logger(__name__)
CSRF_HEADER = "x-postroom-csrf"
STATUS = {
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.CONFLICT: 409,
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.PERMISSION_DENIED: 403,
    ErrorCode.OVER_QUOTA: 507,
    ErrorCode.LIMIT_EXCEEDED: 422,
    ErrorCode.INVALID: 400,
    ErrorCode.TOO_LARGE: 413,
    ErrorCode.RATE_LIMITED: 429,
    ErrorCode.SYNC_LOST: 409,
    ErrorCode.UNAVAILABLE: 503,
}

Handler = Callable[[Request], Awaitable[Response]]


async def account_of(request: Request) -> int:
    """The account whose mail the asker may read; a change by cookie also needs the CSRF header."""
    identity = await identify(request.headers.get("authorization"), request.cookies, _peer(request))
    principal = identity.principal
    if principal is None:
        raise Unauthenticated("Sign in first")
    if request.method not in ("GET", "HEAD") and identity.uses_cookie and CSRF_HEADER not in request.headers:
        raise PermissionDenied("The header X-Postroom-CSRF is missing")
    if principal.user_id is None or Permission.MAIL_USE not in principal.permissions:
        raise PermissionDenied("This login has no mailbox")
    return principal.user_id


def _peer(request: Request) -> str:
    return request.client.host if request.client else ""


def answering(handler: Handler) -> Handler:
    """Turns a domain's errors into statuses; anything unexpected into 500 with an id for the log."""

    @wraps(handler)
    async def route(request: Request) -> Response:
        try:
            return await handler(request)
        except MailError as exc:
            return JSONResponse({"code": exc.code, "message": said(exc.public)}, status_code=STATUS[exc.code])
        except Exception as exc:
            incident = ids.short(ids.new_id())
            log.error("request_failed", incident=incident, path=request.url.path, exc_info=exc)
            message = said("Something went wrong on the server")
            body = {"code": "INTERNAL", "message": message, "id": incident}
            return JSONResponse(body, status_code=500)

    return route
