"""Reading the installation."""

from __future__ import annotations

from importlib.metadata import version

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded
from backend.api.inputs import one_id
from backend.api.relay import Page, bounded, decode_cursor
from backend.api.scalars import DateTime, Long
from backend.api.system_admin.types import AuditConnection, AuditEntry, SystemOverview
from backend.directory import audit
from backend.directory.roles import Permission
from backend.kit import clock
from backend.operations import overview

STARTED_AT = clock.now()


async def _audit_entries(
    info: Info, domain_id: strawberry.ID | None = None, first: int = 50, after: str | None = None
) -> AuditConnection | None:
    actor, first = info.context.signed_in, bounded(first)
    domain = one_id(domain_id, "domainId") if domain_id is not None else None
    key = decode_cursor(after)
    before = one_id(key, "after") if key is not None else None
    found = await audit.list_entries(actor, domain_id=domain, before=before, limit=first + 1)
    rows = [(str(row.id), AuditEntry.of(row)) for row in found[:first]]
    total = await audit.count_entries(actor, domain_id=domain)
    return AuditConnection.of(Page(rows, after=after, total=total, has_more=len(found) > first))


async def _system_overview(info: Info) -> SystemOverview | None:
    found = await overview.of_system(info.context.signed_in)
    return SystemOverview(
        version=version("postroom"),
        started_at=DateTime(STARTED_AT),
        domain_count=found.domains,
        user_count=found.users,
        used_bytes=Long(found.used_bytes),
        spool_count=found.spooled,
        oldest_spool_at=DateTime(found.oldest_spooled_at) if found.oldest_spooled_at is not None else None,
    )


@strawberry.type
class SystemAdminQueries:
    """What system administrators look at."""

    audit_entries: AuditConnection | None = guarded(Permission.AUDIT_READ)(_audit_entries)
    system_overview: SystemOverview | None = guarded(Permission.SYSTEM_READ)(_system_overview)
