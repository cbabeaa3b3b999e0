"""The one place that decides who may (rule 9).

The permission is looked at before the object, so a refusal says nothing about what exists; an object of
another domain is answered as if it did not exist.
"""

from __future__ import annotations

from backend.directory.principal import Principal, for_user
from backend.directory.roles import MATRIX, Permission, Role
from backend.directory.types import Alias, Domain, User
from backend.kit.errors import NotFound, PermissionDenied

Object = Domain | User | Alias | int


def require(principal: Principal, permission: Permission, *, on: Object | None = None) -> None:
    """Return where the principal may; raise `PermissionDenied`, or `NotFound` for an object of another
    domain.

    `on` is what is acted upon; a plain number is the id of a domain.
    """
    if permission not in principal.permissions:
        raise PermissionDenied(
            "You do not have the right to do this", detail={"permission": permission.value}
        )
    if on is not None and not _reaches(principal, on):
        raise NotFound(_missing(on))


def can(principal: Principal, permission: Permission, *, on: Object | None = None) -> bool:
    """Whether `require` would return."""
    return permission in principal.permissions and (on is None or _reaches(principal, on))


def require_mail(principal: Principal) -> int:
    """The account of a principal that may use its mailbox; raises `PermissionDenied` for one without."""
    if principal.user_id is None or Permission.MAIL_USE not in principal.permissions:
        raise PermissionDenied("This sign-in has no mailbox")
    return principal.user_id


def require_over(principal: Principal, user: User) -> None:
    """Refuse changes to someone who may more than the principal, and to a primary administrator by others.

    Without this a helpdesk account could set a domain administrator's password and sign in with it. The
    primary domain administrator may change what is the own, but only a system administrator changes the right
    itself.
    """
    if principal.domain_id is None:
        return
    if user.id != principal.user_id and user.is_primary:
        raise PermissionDenied("Only a system administrator may change the primary domain administrator")
    # What everyone may on the own mailbox is no power over others. The own user is no exception here: an API
    # key that may only set passwords must not become its owner.
    power = for_user(user).permissions - MATRIX[Role.USER]
    if not power <= principal.permissions:
        raise PermissionDenied("Only someone with the same rights may change an administrator")


def _reaches(principal: Principal, on: Object) -> bool:
    if principal.domain_id is None:
        return True
    if isinstance(on, int):
        return on == principal.domain_id
    return principal.domain_id == (on.id if isinstance(on, Domain) else on.domain_id)


def _missing(on: Object) -> str:
    return f"No such {'domain' if isinstance(on, int) else type(on).__name__.lower()}"
