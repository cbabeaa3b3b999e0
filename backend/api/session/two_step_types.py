"""GraphQL types of the viewer's second step."""

from __future__ import annotations

import strawberry

from backend.api.scalars import DateTime
from backend.directory.passkeys import Passkey as PasskeyRow


@strawberry.type
class Passkey:
    """A passkey as its owner sees it."""

    id: strawberry.ID
    label: str
    created_at: DateTime
    used_at: DateTime | None

    @classmethod
    def from_row(cls, row: PasskeyRow) -> Passkey:
        """As its owner sees it."""
        return cls(
            id=strawberry.ID(str(row.id)),
            label=row.label,
            created_at=DateTime(row.created_at),
            used_at=DateTime(row.used_at) if row.used_at is not None else None,
        )


@strawberry.type
class TwoStep:
    """How the viewer's second step stands."""

    is_on: bool
    is_required: bool = strawberry.field(description="An administrator asks for it: it cannot be turned off.")
    has_app: bool
    recovery_codes_left: int
    passkeys: list[Passkey]
