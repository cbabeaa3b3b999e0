"""Who makes an HTTP request: the bearer of an API key, or of a session cookie.

Over https the cookie is `__Host-postroom` (bound to this very host, Secure, path `/`); over plain http,
which browsers refuse that prefix for, it is `postroom`. Both are HttpOnly and SameSite=Strict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backend.directory import api_keys, sessions
from backend.directory.principal import Principal

SECURE_COOKIE, PLAIN_COOKIE = "__Host-postroom", "postroom"


@dataclass(frozen=True, slots=True)
class Identity:
    """The principal, if any, and whether a browser sent it by itself (then a change needs the CSRF
    header).
    """

    principal: Principal | None
    uses_cookie: bool = False


async def identify(authorization: str | None, cookies: Mapping[str, str], remote_address: str) -> Identity:
    """Who asks. A key that is given counts alone, even where it is wrong."""
    if authorization is not None:
        scheme, _, key = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return Identity(None)
        return Identity(await api_keys.find(key.strip(), remote_address=remote_address))
    token = cookies.get(SECURE_COOKIE) or cookies.get(PLAIN_COOKIE)
    if not token:
        return Identity(None)
    principal = await sessions.find(token, remote_address=remote_address)
    return Identity(principal, uses_cookie=principal is not None)


def cookie_name(*, is_secure: bool) -> str:
    """The name of the session cookie over https, or over plain http."""
    return SECURE_COOKIE if is_secure else PLAIN_COOKIE
