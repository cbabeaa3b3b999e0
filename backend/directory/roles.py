"""Roles and permissions: one matrix (ARCHITECTURE, Roles).

A permission says what; whose is said by the principal's domain (`policy`): everyone but a system
administrator is bound to the own domain, and a plain user to the own mailbox. The narrower roles are rows of
the same matrix; none of them, nor the system administrator, can read mail by it: a user who holds one reads
the own mailbox, as every user does.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType


class Permission(StrEnum):
    """What someone may do."""

    MAIL_USE = "MAIL_USE"
    DOMAIN_READ = "DOMAIN_READ"
    DOMAIN_MANAGE = "DOMAIN_MANAGE"
    DOMAINS_MANAGE = "DOMAINS_MANAGE"
    USERS_READ = "USERS_READ"
    USERS_CREATE = "USERS_CREATE"
    USERS_MANAGE = "USERS_MANAGE"
    PASSWORDS_SET = "PASSWORDS_SET"
    ALIASES_MANAGE = "ALIASES_MANAGE"
    LISTS_MANAGE = "LISTS_MANAGE"
    DOMAIN_ADMINS_APPOINT = "DOMAIN_ADMINS_APPOINT"
    LIMITS_MANAGE = "LIMITS_MANAGE"
    SYSTEM_LIMITS_MANAGE = "SYSTEM_LIMITS_MANAGE"
    ADMINISTRATORS_MANAGE = "ADMINISTRATORS_MANAGE"
    SPOOL_READ = "SPOOL_READ"
    SPOOL_MANAGE = "SPOOL_MANAGE"
    DELIVERIES_READ = "DELIVERIES_READ"
    REPORTS_READ = "REPORTS_READ"
    SYSTEM_READ = "SYSTEM_READ"
    SYSTEM_MANAGE = "SYSTEM_MANAGE"
    AUDIT_READ = "AUDIT_READ"
    API_KEYS_MANAGE = "API_KEYS_MANAGE"


class Role(StrEnum):
    """Ready-made sets of permissions."""

    SYSTEM_ADMINISTRATOR = "SYSTEM_ADMINISTRATOR"
    DOMAIN_ADMINISTRATOR = "DOMAIN_ADMINISTRATOR"
    HELPDESK = "HELPDESK"
    USER_CREATOR = "USER_CREATOR"
    REPORT_READER = "REPORT_READER"
    LIST_MANAGER = "LIST_MANAGER"
    USER = "USER"


P = Permission

# Only these reach beyond one domain. A principal that belongs to a domain never holds one of them.
SYSTEM_ONLY: frozenset[Permission] = frozenset(
    {
        P.DOMAINS_MANAGE,
        P.SYSTEM_LIMITS_MANAGE,
        P.ADMINISTRATORS_MANAGE,
        P.SPOOL_READ,
        P.SPOOL_MANAGE,
        P.SYSTEM_READ,
        P.SYSTEM_MANAGE,
    }
)

_USER = frozenset({P.MAIL_USE, P.API_KEYS_MANAGE})

MATRIX: MappingProxyType[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.SYSTEM_ADMINISTRATOR: frozenset(P) - {P.MAIL_USE},
        Role.DOMAIN_ADMINISTRATOR: _USER
        | {
            P.DOMAIN_READ,
            P.DOMAIN_MANAGE,
            P.USERS_READ,
            P.USERS_CREATE,
            P.USERS_MANAGE,
            P.PASSWORDS_SET,
            P.ALIASES_MANAGE,
            P.LISTS_MANAGE,
            P.LIMITS_MANAGE,
            P.DELIVERIES_READ,
            P.REPORTS_READ,
            P.AUDIT_READ,
        },
        Role.HELPDESK: frozenset({P.DOMAIN_READ, P.USERS_READ, P.PASSWORDS_SET, P.DELIVERIES_READ}),
        Role.USER_CREATOR: frozenset({P.DOMAIN_READ, P.USERS_READ, P.USERS_CREATE}),
        Role.REPORT_READER: frozenset({P.DOMAIN_READ, P.REPORTS_READ}),
        Role.LIST_MANAGER: frozenset({P.DOMAIN_READ, P.USERS_READ, P.ALIASES_MANAGE, P.LISTS_MANAGE}),
        Role.USER: _USER,
    }
)

LABELS: MappingProxyType[Role, str] = MappingProxyType(
    {
        Role.SYSTEM_ADMINISTRATOR: "system administrator",
        Role.DOMAIN_ADMINISTRATOR: "domain administrator",
        Role.HELPDESK: "helpdesk",
        Role.USER_CREATOR: "user creator",
        Role.REPORT_READER: "report reader",
        Role.LIST_MANAGER: "list manager",
        Role.USER: "user",
    }
)


# What may be given to a mailbox user, the plainest first.
OF_USERS: tuple[Role, ...] = (
    Role.USER,
    Role.HELPDESK,
    Role.USER_CREATOR,
    Role.REPORT_READER,
    Role.LIST_MANAGER,
    Role.DOMAIN_ADMINISTRATOR,
)


def permissions_of_user(role: Role, *, is_primary: bool) -> frozenset[Permission]:
    """What a mailbox user of that role may: the own mailbox besides; only the primary domain administrator
    appoints others.
    """
    held = MATRIX[Role.USER] | MATRIX[role]
    appoints = role is Role.DOMAIN_ADMINISTRATOR and is_primary
    return held | {P.DOMAIN_ADMINS_APPOINT} if appoints else held
