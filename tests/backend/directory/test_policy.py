"""Who may what: the matrix row by row, and the borders between domains and ranks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.directory import policy
from backend.directory.principal import SYSTEM, Principal, for_administrator, for_user
from backend.directory.roles import MATRIX, SYSTEM_ONLY, Permission, Role
from backend.directory.types import Administrator, Alias, Domain, User
from backend.kit.errors import NotFound, PermissionDenied

P = Permission
ADMIN = Role.DOMAIN_ADMINISTRATOR
DOMAIN = Domain(1, "example.test", is_enabled=True, created_at=0)
FOREIGN = Domain(2, "other.test", is_enabled=True, created_at=0)


def user(
    user_id: int = 10, *, domain: Domain = DOMAIN, role: Role = Role.USER, primary: bool = False
) -> User:
    return User(user_id, domain.id, domain.name, f"u{user_id}", "", True, role, primary, 0, None)


ROOT = for_administrator(Administrator(1, "root", True, 0, None))

# What each role may; whatever is not named here is refused.
EXPECTED: dict[Role, set[Permission]] = {
    Role.SYSTEM_ADMINISTRATOR: set(P) - {P.MAIL_USE},
    Role.DOMAIN_ADMINISTRATOR: {
        P.MAIL_USE, P.API_KEYS_MANAGE, P.DOMAIN_READ, P.DOMAIN_MANAGE, P.USERS_READ, P.USERS_CREATE,
        P.USERS_MANAGE, P.PASSWORDS_SET, P.ALIASES_MANAGE, P.LISTS_MANAGE, P.LIMITS_MANAGE, P.REPORTS_READ,
        P.AUDIT_READ, P.DELIVERIES_READ,
    },
    Role.HELPDESK: {P.DOMAIN_READ, P.USERS_READ, P.PASSWORDS_SET, P.DELIVERIES_READ},
    Role.USER_CREATOR: {P.DOMAIN_READ, P.USERS_READ, P.USERS_CREATE},
    Role.REPORT_READER: {P.DOMAIN_READ, P.REPORTS_READ},
    Role.LIST_MANAGER: {P.DOMAIN_READ, P.USERS_READ, P.ALIASES_MANAGE, P.LISTS_MANAGE},
    Role.USER: {P.MAIL_USE, P.API_KEYS_MANAGE},
}  # fmt: skip


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_matrix_holds_exactly_what_is_meant(role: Role, permission: Permission) -> None:
    principal = Principal("user", 10, "u@example.test", role, MATRIX[role], 10, DOMAIN.id)

    allowed = policy.can(principal, permission)

    assert allowed == (permission in EXPECTED[role])
    if not allowed:
        with pytest.raises(PermissionDenied):
            policy.require(principal, permission)


def test_no_role_of_a_domain_reaches_beyond_it() -> None:
    for role in set(Role) - {Role.SYSTEM_ADMINISTRATOR}:
        assert not MATRIX[role] & SYSTEM_ONLY


def test_only_users_and_domain_administrators_can_read_mail() -> None:
    assert {role for role in Role if P.MAIL_USE in MATRIX[role]} == {Role.USER, ADMIN}


def test_mail_needs_a_mailbox() -> None:
    assert policy.require_mail(for_user(user(10))) == 10
    for principal in (ROOT, SYSTEM, for_user(user()).restricted_to(frozenset({P.API_KEYS_MANAGE}))):
        with pytest.raises(PermissionDenied):
            policy.require_mail(principal)


@pytest.mark.parametrize(
    "thing",
    [
        FOREIGN,
        FOREIGN.id,
        user(11, domain=FOREIGN),
        Alias(5, FOREIGN.id, FOREIGN.name, "info", (), True, 0),
    ],
    ids=["domain", "domain id", "user", "alias"],
)
def test_things_of_another_domain_do_not_exist(thing: policy.Object) -> None:
    admin = for_user(user(role=ADMIN))

    with pytest.raises(NotFound):
        policy.require(admin, P.DOMAIN_READ, on=thing)

    assert not policy.can(admin, P.DOMAIN_READ, on=thing)
    policy.require(ROOT, P.DOMAIN_READ, on=thing)


def test_missing_permission_is_said_before_anything_about_the_object() -> None:
    with pytest.raises(PermissionDenied):
        policy.require(for_user(user()), P.USERS_READ, on=user(11, domain=FOREIGN))


def test_own_domain_is_reached() -> None:
    admin = for_user(user(role=ADMIN))

    policy.require(admin, P.USERS_MANAGE, on=user(12))
    policy.require(admin, P.DOMAIN_READ, on=DOMAIN)
    policy.require(admin, P.DOMAIN_READ, on=DOMAIN.id)


def test_only_the_primary_administrator_appoints_others() -> None:
    assert policy.can(for_user(user(role=ADMIN, primary=True)), P.DOMAIN_ADMINS_APPOINT)
    assert not policy.can(for_user(user(role=ADMIN)), P.DOMAIN_ADMINS_APPOINT)
    assert not policy.can(for_user(user(primary=True)), P.DOMAIN_ADMINS_APPOINT)


def test_nobody_changes_someone_who_may_more() -> None:
    helpdesk = replace(for_user(user(20)), role=Role.HELPDESK, permissions=MATRIX[Role.HELPDESK])

    policy.require_over(helpdesk, user(12))

    with pytest.raises(PermissionDenied):
        policy.require_over(helpdesk, user(13, role=ADMIN))


def test_primary_administrator_is_changed_by_the_system_only() -> None:
    primary = user(14, role=ADMIN, primary=True)

    for principal in (
        for_user(user(15, role=ADMIN)),
        for_user(user(16, role=ADMIN, primary=True)),
    ):
        with pytest.raises(PermissionDenied):
            policy.require_over(principal, primary)

    policy.require_over(for_user(primary), primary)
    policy.require_over(ROOT, primary)


def test_key_with_one_permission_cannot_become_its_owner() -> None:
    admin = user(17, role=ADMIN)
    key = for_user(admin).restricted_to(frozenset({P.PASSWORDS_SET}))

    with pytest.raises(PermissionDenied):
        policy.require_over(key, admin)
