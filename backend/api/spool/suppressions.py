"""Where nothing is sent, over GraphQL: for everybody here, or for the users of a domain."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded
from backend.api.inputs import many_ids, one_id
from backend.api.relay import Page, PageInfo, bounded, decode_cursor
from backend.api.scalars import DateTime
from backend.directory.roles import Permission
from backend.spool import suppression, suppression_admin
from backend.spool.suppression import EVERYBODY, Reason

MAX_SEARCH = 200
MAX_IDS = 200

strawberry.enum(Reason, name="SuppressionReason", description="Why nothing is sent there.")


@strawberry.type(description="An address, or a whole domain, to which nothing is sent.")
class Suppression:
    """One entry."""

    id: strawberry.ID
    address: str = strawberry.field(description="An address, or a domain that stands for all of its own.")
    domain_id: strawberry.ID | None = strawberry.field(description="Null: it holds for everybody here.")
    reason: Reason
    detail: str = strawberry.field(description="What the host said that sent it back, or a note.")
    bounces: int
    created_at: DateTime
    expires_at: DateTime | None = strawberry.field(description="Null: for good.")
    actor: str = strawberry.field(description="Who added it; empty for the server itself.")

    @classmethod
    def of(cls, row: suppression.Suppression) -> Suppression:
        """As the API shows it."""
        return cls(
            id=strawberry.ID(str(row.id)),
            address=row.address,
            domain_id=None if row.owner_id == EVERYBODY else strawberry.ID(str(row.owner_id)),
            reason=row.reason,
            detail=row.detail,
            bounces=row.bounces,
            created_at=DateTime(row.created_at),
            expires_at=None if row.expires_at is None else DateTime(row.expires_at),
            actor=row.actor,
        )


@strawberry.type
class SuppressionEdge:
    """An entry in a list."""

    cursor: str
    node: Suppression


@strawberry.type
class SuppressionConnection:
    """A page, by domain and name."""

    edges: list[SuppressionEdge]
    page_info: PageInfo
    total_count: int


async def _suppressions(
    info: Info,
    domain_id: strawberry.ID | None = None,
    first: int = 50,
    after: str | None = None,
    search: str | None = None,
) -> SuppressionConnection | None:
    found = await suppression_admin.list_page(
        info.context.signed_in,
        _owner(domain_id),
        after=decode_cursor(after) or "",
        limit=bounded(first),
        search=(search or "")[:MAX_SEARCH],
    )
    rows = [(suppression_admin.sort_key(one), Suppression.of(one)) for one in found.items]
    page = Page(rows, after=after, total=found.total, has_more=found.has_more)
    edges = [SuppressionEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, page.rows, strict=True)]
    return SuppressionConnection(edges=edges, page_info=page.page_info, total_count=page.total)


async def _add_suppression(
    info: Info,
    address: str,
    domain_id: strawberry.ID | None = None,
    reason: Reason = Reason.MANUAL,
    detail: str = "",
    days: int | None = None,
) -> Suppression | None:
    made = await suppression_admin.add(
        info.context.signed_in, address, _owner(domain_id), reason=reason, detail=detail, days=days
    )
    return Suppression.of(made)


async def _remove_suppressions(info: Info, ids: list[strawberry.ID]) -> int | None:
    return await suppression_admin.remove(info.context.signed_in, many_ids(ids, "ids", limit=MAX_IDS))


def _owner(domain_id: strawberry.ID | None) -> int:
    return EVERYBODY if domain_id is None else one_id(domain_id, "domainId")


@strawberry.type
class SuppressionQueries:
    """Looking."""

    suppressions: SuppressionConnection | None = guarded(
        Permission.REPORTS_READ,
        description="Of a domain; without one those for everybody, which system administrators see.",
    )(_suppressions)


@strawberry.type
class SuppressionMutations:
    """Changing."""

    add_suppression: Suppression | None = guarded(
        Permission.DOMAIN_MANAGE,
        description="Send nothing there; days null: for good; domainId null: for everybody.",
    )(_add_suppression)
    remove_suppressions: int | None = guarded(
        Permission.DOMAIN_MANAGE, description="Send there again; how many there were."
    )(_remove_suppressions)
