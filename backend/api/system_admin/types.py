"""GraphQL types of the system's administration."""

from __future__ import annotations

import json

import strawberry

from backend.api.relay import Page, PageInfo
from backend.api.scalars import DateTime, Long
from backend.directory.audit import Entry


@strawberry.type
class SystemOverview:
    """The installation at a glance."""

    version: str
    started_at: DateTime
    domain_count: int
    user_count: int
    used_bytes: Long
    spool_count: int
    oldest_spool_at: DateTime | None


@strawberry.type
class AuditEntry:
    """Who did what to whom."""

    id: strawberry.ID
    at: DateTime
    actor: str
    action: str
    subject: str
    remote_address: str
    detail: str

    @classmethod
    def of(cls, row: Entry) -> AuditEntry:
        """From its row."""
        return cls(
            id=strawberry.ID(str(row.id)),
            at=DateTime(row.at),
            actor=row.actor,
            action=row.action,
            subject=row.subject,
            remote_address=row.remote_address,
            detail=json.dumps(row.detail, ensure_ascii=False),
        )


@strawberry.type
class AuditEdge:
    """An entry in a list."""

    cursor: str
    node: AuditEntry


@strawberry.type
class AuditConnection:
    """A page of entries, newest first."""

    edges: list[AuditEdge]
    page_info: PageInfo
    total_count: int

    @classmethod
    def of(cls, page: Page[AuditEntry]) -> AuditConnection:
        """From a page of rows."""
        edges = [AuditEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, page.rows, strict=True)]
        return cls(edges=edges, page_info=page.page_info, total_count=page.total)
