"""What other hosts reported of a message that was sent."""

from __future__ import annotations

import strawberry

from backend.api.scalars import DateTime
from backend.formats.dsn import Action
from backend.spool.reports import View

strawberry.enum(Action, name="DeliveryAction", description="What became of a recipient (RFC 3464).")


@strawberry.type(description="What another host said of one recipient of a sent message.")
class DeliveryReport:
    """One report."""

    address: str
    action: Action
    status: str = strawberry.field(description="RFC 3463 code.")
    reporter: str = strawberry.field(description="The host that says so.")
    diagnostic: str = strawberry.field(description="Its words.")
    is_verified: bool = strawberry.field(
        description="It brought the token that was sent along; else anybody may have written it."
    )
    reported_at: DateTime

    @classmethod
    def of(cls, view: View) -> DeliveryReport:
        """As the API shows it."""
        return cls(
            address=view.address,
            action=view.action,
            status=view.status,
            reporter=view.reporter,
            diagnostic=view.diagnostic,
            is_verified=view.is_verified,
            reported_at=DateTime(view.reported_at),
        )
