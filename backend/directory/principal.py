"""Who is asking: the result of every kind of sign-in, and what `policy` decides about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from backend.directory import roles
from backend.directory.roles import MATRIX, Permission, Role
from backend.directory.types import Administrator, User

Kind = Literal["user", "administrator", "system"]


@dataclass(frozen=True, slots=True)
class Principal:
    """Someone signed in, or the system itself.

    `name` is the full address or the administrator's name; `domain_id` binds to that domain, None reaches
    all. `session_id` is the browser session or API key it came by, `remote_address` where from; both only for
    the record.
    """

    kind: Kind
    id: int
    name: str
    role: Role
    permissions: frozenset[Permission]
    user_id: int | None = None
    domain_id: int | None = None
    session_id: int | None = None
    remote_address: str = ""

    def through(self, session_id: int | None, remote_address: str) -> Principal:
        """The same principal, as it came by that session from there."""
        return replace(self, session_id=session_id, remote_address=remote_address)

    def restricted_to(self, permissions: frozenset[Permission]) -> Principal:
        """The same principal with no more than these permissions (API keys)."""
        return replace(self, permissions=self.permissions & permissions)


# The command line, jobs and the set-up act as this: everything but reading mail.
SYSTEM = Principal(
    kind="system",
    id=0,
    name="system",
    role=Role.SYSTEM_ADMINISTRATOR,
    permissions=MATRIX[Role.SYSTEM_ADMINISTRATOR],
)


def for_user(user: User) -> Principal:
    """The principal that this user signs in as."""
    return Principal(
        kind="user",
        id=user.id,
        name=user.address,
        role=user.role,
        permissions=roles.permissions_of_user(user.role, is_primary=user.is_primary),
        user_id=user.id,
        domain_id=user.domain_id,
    )


def for_administrator(administrator: Administrator) -> Principal:
    """The principal that this system administrator signs in as."""
    return Principal(
        kind="administrator",
        id=administrator.id,
        name=administrator.name,
        role=Role.SYSTEM_ADMINISTRATOR,
        permissions=MATRIX[Role.SYSTEM_ADMINISTRATOR],
    )
