"""The session cookie on an answer."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from backend.api.context import Context
from backend.directory import sessions
from backend.directory.identify import PLAIN_COOKIE, SECURE_COOKIE, cookie_name
from backend.directory.principal import Principal
from backend.kit.errors import InvalidSyntax


async def open_session(context: Context, principal: Principal, *, is_limited: bool = False) -> Principal:
    """Sign this browser in: a new session, and its token in the answer's cookie."""
    if context.response is None:
        raise InvalidSyntax("Sign in over HTTP, not over a WebSocket")
    token, signed_in = await sessions.create(
        principal,
        remote_address=context.remote_address,
        user_agent=context.connection.headers.get("user-agent", ""),
        is_limited=is_limited,
    )
    is_secure = _is_secure(context.connection)
    context.response.set_cookie(
        cookie_name(is_secure=is_secure),
        token,
        max_age=sessions.LONGEST_S,
        path="/",
        secure=is_secure,
        httponly=True,
        samesite="strict",
    )
    context.principal = signed_in
    return signed_in


def forget(response: Response | None) -> None:
    """Take the cookie back."""
    if response is not None:
        for name, is_secure in ((SECURE_COOKIE, True), (PLAIN_COOKIE, False)):
            response.delete_cookie(name, path="/", secure=is_secure, httponly=True, samesite="strict")


def _is_secure(connection: HTTPConnection) -> bool:
    return connection.url.scheme in ("https", "wss")
