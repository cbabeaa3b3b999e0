"""Leaving the list of a message."""

from __future__ import annotations

import strawberry

from backend.api.scalars import DateTime
from backend.submission import unsubscribe
from backend.submission.unsubscribe import Way

strawberry.enum(
    Way,
    name="UnsubscribeWay",
    description="POST: this server asks for it at once (RFC 8058). MAIL: a letter is sent. WEB: a page "
    "to visit.",
)


@strawberry.type
class UnsubscribeOffer:
    """How the viewer may leave the list of a message."""

    way: Way
    target: str = strawberry.field(description="The address asked, written to or to be visited.")
    left_at: DateTime | None = strawberry.field(description="When the viewer last asked to leave it.")

    @classmethod
    def of(cls, offer: unsubscribe.Offer) -> UnsubscribeOffer:
        """As the API shows it."""
        left_at = DateTime(offer.left_at) if offer.left_at is not None else None
        return cls(way=offer.way, target=offer.target, left_at=left_at)
