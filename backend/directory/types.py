"""Rows of the directory as values. Password hashes are no part of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from backend.directory.roles import Role
from backend.formats.addresses import Address, format_addr_spec
from backend.formats.domain_names import display_domain

CATCH_ALL = "*"


class Tls(StrEnum):
    """How a connection to a server that we were told of is secured; IMPLICIT is VERIFIED from the first byte
    (RFC 8314).
    """

    VERIFIED = "verified"
    IMPLICIT = "implicit"
    ENCRYPTED = "encrypted"
    OPPORTUNISTIC = "opportunistic"


@dataclass(frozen=True, slots=True)
class Domain:
    """A mail domain; `name` is the lower-case A-label."""

    id: int
    name: str
    is_enabled: bool
    created_at: int

    COLUMNS = "domain.id, domain.name, domain.is_enabled, domain.created_at"

    @classmethod
    def from_row(cls, row: tuple[Any, ...]) -> Domain:
        """From the values of `COLUMNS`."""
        return cls(row[0], row[1], bool(row[2]), row[3])

    @property
    def display_name(self) -> str:
        """The name for people, in U-labels."""
        return display_domain(self.name)


@dataclass(frozen=True, slots=True)
class DomainAlias:
    """A further name of a domain; both are A-labels."""

    id: int
    domain_id: int
    domain: str
    name: str
    dkim_selectors: str
    created_at: int

    COLUMNS = "a.id, a.domain_id, domain.name, a.name, a.dkim_selectors, a.created_at"
    TABLES = "domain_alias a JOIN domain ON domain.id = a.domain_id"

    @property
    def display_name(self) -> str:
        """The name for people, in U-labels."""
        return display_domain(self.name)


@dataclass(frozen=True, slots=True)
class User:
    """A mailbox user, or with `is_shared` an account nobody signs in to; the id is also the account's."""

    id: int
    domain_id: int
    domain: str
    localpart: str
    name: str
    is_enabled: bool
    role: Role
    is_primary: bool
    created_at: int
    last_sign_in_at: int | None
    is_shared: bool = False

    COLUMNS = (
        "u.id, u.domain_id, domain.name, u.localpart, u.name, u.is_enabled, u.role, u.is_primary, "
        "u.created_at, u.last_sign_in_at, u.is_shared"
    )
    TABLES = "user_account u JOIN domain ON domain.id = u.domain_id"

    @classmethod
    def from_row(cls, row: tuple[Any, ...]) -> User:
        """From the values of `COLUMNS`."""
        return cls(
            id=row[0],
            domain_id=row[1],
            domain=row[2],
            localpart=row[3],
            name=row[4],
            is_enabled=bool(row[5]),
            role=Role(row[6]),
            is_primary=bool(row[7]),
            created_at=row[8],
            last_sign_in_at=row[9],
            is_shared=bool(row[10]),
        )

    @property
    def address(self) -> str:
        """Full address, domain in A-labels."""
        return format_addr_spec(self.localpart, self.domain)


@dataclass(frozen=True, slots=True)
class Alias:
    """An address that delivers to others; localpart `*` is the domain's catch-all."""

    id: int
    domain_id: int
    domain: str
    localpart: str
    targets: tuple[Address, ...]
    is_enabled: bool
    created_at: int

    @property
    def address(self) -> str:
        """Full address, domain in A-labels."""
        return format_addr_spec(self.localpart, self.domain)


@dataclass(frozen=True, slots=True)
class Forward:
    """Where a user's mail goes: to `targets`, and with `keeps_copy` into the own mailbox too. No targets: the
    mailbox alone.
    """

    targets: tuple[Address, ...] = ()
    keeps_copy: bool = True


@dataclass(frozen=True, slots=True)
class Administrator:
    """A system administrator: a name, no mailbox."""

    id: int
    name: str
    is_enabled: bool
    created_at: int
    last_sign_in_at: int | None

    COLUMNS = "id, name, is_enabled, created_at, last_sign_in_at"

    @classmethod
    def from_row(cls, row: tuple[Any, ...]) -> Administrator:
        """From the values of `COLUMNS`."""
        return cls(row[0], row[1], bool(row[2]), row[3], row[4])
