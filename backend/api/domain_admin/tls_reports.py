"""TLS reports about a domain, over GraphQL."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import guarded
from backend.api.inputs import one_id
from backend.api.relay import Page, PageInfo, bounded, decode_cursor
from backend.api.scalars import DateTime, Long
from backend.directory.roles import Permission
from backend.spool import tls_reports


@strawberry.type
class TlsFailure:
    """Sessions that failed in the same way at the same host."""

    result: str = strawberry.field(description="A result type of RFC 8460.")
    sessions: Long
    mx_host: str
    mx_address: str
    information: str


@strawberry.type(description="What an organisation reports of its TLS connections, by one policy.")
class TlsReport:
    """One policy of one report."""

    id: strawberry.ID
    organization: str
    sender: str = strawberry.field(description="From of the message that brought it.")
    contact: str
    report_id: str
    policy_domain: str
    policy_type: str = strawberry.field(description="sts, tlsa or no-policy-found.")
    begins_at: DateTime
    ends_at: DateTime
    successes: Long
    failures: Long
    details: list[TlsFailure]

    @classmethod
    def of(cls, view: tls_reports.View) -> TlsReport:
        """As the API shows it."""
        return cls(
            id=strawberry.ID(str(view.id)),
            organization=view.organization,
            sender=view.sender,
            contact=view.contact,
            report_id=view.report_id,
            policy_domain=view.policy_domain,
            policy_type=view.policy_type,
            begins_at=DateTime(view.begins_at),
            ends_at=DateTime(view.ends_at),
            successes=Long(view.successes),
            failures=Long(view.failures),
            details=[
                TlsFailure(
                    result=one.result,
                    sessions=Long(one.sessions),
                    mx_host=one.mx_host,
                    mx_address=one.mx_address,
                    information=one.information,
                )
                for one in view.details
            ],
        )


@strawberry.type
class TlsReportEdge:
    """A report in a list."""

    cursor: str
    node: TlsReport


@strawberry.type
class TlsReportConnection:
    """A page, those that came last first."""

    edges: list[TlsReportEdge]
    page_info: PageInfo
    total_count: int


async def _tls_reports(
    info: Info, domain_id: strawberry.ID, first: int = 50, after: str | None = None
) -> TlsReportConnection | None:
    key = decode_cursor(after)
    found = await tls_reports.list_page(
        info.context.signed_in,
        one_id(domain_id, "domainId"),
        before=None if key is None else one_id(key, "after"),
        limit=bounded(first),
    )
    rows = [(str(view.id), TlsReport.of(view)) for view in found.items]
    page = Page(rows, after=after, total=found.total, has_more=found.has_more)
    edges = [TlsReportEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, page.rows, strict=True)]
    return TlsReportConnection(edges=edges, page_info=page.page_info, total_count=page.total)


@strawberry.type
class TlsReportQueries:
    """Looking."""

    tls_reports: TlsReportConnection | None = guarded(
        Permission.REPORTS_READ, description="What others report of their TLS connections to a domain."
    )(_tls_reports)
