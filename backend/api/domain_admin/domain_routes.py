"""Mail of a domain that goes on to another server, over GraphQL."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded
from backend.api.inputs import one_id
from backend.api.relay import Page, PageInfo, bounded, decode_cursor
from backend.directory import domain_routes, routed_recipients
from backend.directory.domain_routes import SMTP_PORT, Accepts
from backend.directory.roles import Permission
from backend.directory.types import Tls

MAX_SEARCH = 200
strawberry.enum(
    Accepts,
    name="RouteAccepts",
    description="Which recipients are taken for the other server; ASKED: those it says it takes.",
)


@strawberry.type
class DomainRoute:
    """Where mail goes on to that nobody of the domain takes here; without a host to better MX hosts."""

    domain_id: strawberry.ID
    host: str
    port: int
    tls: Tls
    accepts: Accepts

    @classmethod
    def of(cls, row: domain_routes.Route) -> DomainRoute:
        """As the API shows it."""
        return cls(
            domain_id=strawberry.ID(str(row.domain_id)),
            host=row.host,
            port=row.port,
            tls=row.tls,
            accepts=row.accepts,
        )


@strawberry.input
class DomainRouteInput:
    """A route as it is to be; an empty host stands for MX hosts that are better than this server."""

    host: str = ""
    port: int = SMTP_PORT
    tls: Tls = Tls.OPPORTUNISTIC
    accepts: Accepts = Accepts.ANY


@strawberry.type
class RoutedRecipientEdge:
    """A recipient in a list."""

    cursor: str
    node: str


@strawberry.type
class RoutedRecipientConnection:
    """A page of localparts."""

    edges: list[RoutedRecipientEdge]
    page_info: PageInfo
    total_count: int


async def _domain_route(info: Info, domain_id: strawberry.ID) -> DomainRoute | None:
    found = await domain_routes.get(info.context.signed_in, one_id(domain_id, "domainId"))
    return None if found is None else DomainRoute.of(found)


async def _routed_recipients(
    info: Info, domain_id: strawberry.ID, first: int = 50, after: str | None = None, search: str | None = None
) -> RoutedRecipientConnection | None:
    found = await routed_recipients.list_page(
        info.context.signed_in,
        one_id(domain_id, "domainId"),
        after=decode_cursor(after) or "",
        limit=bounded(first),
        search=(search or "")[:MAX_SEARCH],
    )
    rows = [(one, one) for one in found.items]
    page = Page(rows, after=after, total=found.total, has_more=found.has_more)
    return RoutedRecipientConnection(
        edges=[RoutedRecipientEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, rows, strict=True)],
        page_info=page.page_info,
        total_count=page.total,
    )


async def _set_domain_route(
    info: Info, domain_id: strawberry.ID, input: DomainRouteInput
) -> DomainRoute | None:
    wanted = domain_routes.Route(host=input.host, port=input.port, tls=input.tls, accepts=input.accepts)
    return DomainRoute.of(
        await domain_routes.put(info.context.signed_in, one_id(domain_id, "domainId"), wanted)
    )


async def _remove_domain_route(info: Info, domain_id: strawberry.ID) -> bool | None:
    await domain_routes.remove(info.context.signed_in, one_id(domain_id, "domainId"))
    return True


async def _add_routed_recipients(info: Info, domain_id: strawberry.ID, localparts: list[str]) -> int | None:
    actor = info.context.signed_in
    return await routed_recipients.add(actor, one_id(domain_id, "domainId"), localparts)


async def _remove_routed_recipients(
    info: Info, domain_id: strawberry.ID, localparts: list[str]
) -> int | None:
    actor = info.context.signed_in
    return await routed_recipients.remove(actor, one_id(domain_id, "domainId"), localparts)


@strawberry.type
class DomainRouteQueries:
    """Looking."""

    domain_route: DomainRoute | None = guarded(
        Permission.DOMAIN_READ, description="Where the domain's mail goes on to; null: it ends here."
    )(_domain_route)
    routed_recipients: RoutedRecipientConnection | None = guarded(
        Permission.USERS_READ, description="Recipients that a LISTED route takes, as localparts."
    )(_routed_recipients)


@strawberry.type
class DomainRouteMutations:
    """Changing."""

    set_domain_route: DomainRoute | None = guarded(Permission.DOMAINS_MANAGE)(_set_domain_route)
    remove_domain_route: bool | None = guarded(Permission.DOMAINS_MANAGE)(_remove_domain_route)
    add_routed_recipients: int | None = guarded(
        Permission.ALIASES_MANAGE, description="At most 1,000 at once; how many were new."
    )(_add_routed_recipients)
    remove_routed_recipients: int | None = guarded(
        Permission.ALIASES_MANAGE, description="At most 1,000 at once; how many were listed."
    )(_remove_routed_recipients)
