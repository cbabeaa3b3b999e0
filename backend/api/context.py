"""What a resolver knows of its request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response
from strawberry.types import Info as StrawberryInfo

from backend.directory import policy
from backend.directory.identify import identify
from backend.directory.passkeys import Site
from backend.directory.principal import Principal
from backend.kit.errors import Unauthenticated


@dataclass(slots=True)
class Context:
    """One HTTP request, or one WebSocket connection."""

    connection: HTTPConnection
    response: Response | None
    principal: Principal | None
    uses_cookie: bool = False
    cost: int = 0
    loaders: dict[str, Any] = field(default_factory=dict)

    @property
    def remote_address(self) -> str:
        """Address of the peer, without its port."""
        return self.connection.client.host if self.connection.client else ""

    @property
    def site(self) -> Site:
        """What the browser calls this server. Its own word for the origin counts, since a proxy before us may
        have ended its TLS, but only for the host it asked.
        """
        url = self.connection.url
        said = urlsplit(self.connection.headers.get("origin", ""))
        scheme = said.scheme if said.netloc == url.netloc and said.scheme in ("http", "https") else url.scheme
        return Site(url.hostname or "", f"{scheme}://{url.netloc}")

    @property
    def signed_in(self) -> Principal:
        """The principal; raises `Unauthenticated` where nobody is signed in."""
        if self.principal is None:
            raise Unauthenticated("Sign in first")
        return self.principal

    @property
    def account_id(self) -> int:
        """The signed-in user's account; raises `PermissionDenied` for whoever may not read mail."""
        return policy.require_mail(self.signed_in)


Info = StrawberryInfo[Context, None]


async def make_context(connection: HTTPConnection, response: Response | None) -> Context:
    """The context of a request: who asks is told by an API key or by the session cookie."""
    peer = connection.client.host if connection.client else ""
    identity = await identify(connection.headers.get("authorization"), connection.cookies, peer)
    return Context(connection, response, identity.principal, identity.uses_cookie)
