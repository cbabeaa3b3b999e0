"""Who can sign in: mailbox users by address, system administrators by name, with what checking a password
needs.

A `Subject` never leaves the directory; what others get is its principal. It is remembered for seconds only,
so that a new password, a lost right or a disabled user is felt everywhere within that time even where no
event arrives.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.directory.caches import Cache
from backend.directory.names import fold
from backend.directory.principal import Kind, Principal, for_administrator, for_user
from backend.directory.setting_store import Reader
from backend.directory.types import Administrator, User
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.db import Row
from schema.events import DomainChanged, Event, UserChanged

_NOBODY = -1


@dataclass(frozen=True, slots=True)
class Subject:
    """Someone who can sign in, or the absence of one under a login (`principal` None).

    `is_two_step`: a user whose own password opens the web alone, with a second step. Administrators sign in
    nowhere else.
    """

    principal: Principal | None
    password_hash: str = field(default="", repr=False)
    is_enabled: bool = False
    last_sign_in_at: int = 0
    is_two_step: bool = False


NOBODY = Subject(None)


def _forget_login(cache: Cache[str, Subject], event: Event) -> None:
    if isinstance(event, UserChanged):
        cache.drop_group(event.user_id)
        cache.drop_group(_NOBODY)  # it may be this user who is new
    elif isinstance(event, DomainChanged):
        cache.clear()


def _forget_id(cache: Cache[tuple[Kind, int], Subject], event: Event) -> None:
    if isinstance(event, UserChanged):
        cache.drop(("user", event.user_id))
        cache.drop(("administrator", event.user_id))
    elif isinstance(event, DomainChanged):
        cache.clear()


def _id(subject: Subject) -> int:
    return subject.principal.id if subject.principal else _NOBODY


_by_login: Cache[str, Subject] = Cache(ttl_s=5, limit=50_000, drop=_forget_login, group=_id)
_by_id: Cache[tuple[Kind, int], Subject] = Cache(ttl_s=5, limit=50_000, drop=_forget_id)


def fold_login(login: str) -> str:
    """The form under which a login is looked up, counted and remembered."""
    login = login.strip()
    if "@" not in login:
        return fold(login)
    try:
        address = Address.parse(login)
    except ValueError:
        return fold(login)
    return str(Address(fold(address.localpart), address.domain))


async def by_login(login: str) -> Subject:
    """The user of a full address or the administrator of a name, given as `fold_login` made it; or
    `NOBODY`.
    """
    return await _by_login.get(login, _find_login)


async def by_id(kind: Kind, subject_id: int) -> Subject:
    """A user or administrator by id; or `NOBODY`."""
    return await _by_id.get((kind, subject_id), _find_id)


_TWO_STEP = "EXISTS (SELECT 1 FROM two_step t WHERE t.subject_id = u.id AND t.is_on = 1)"
_USER = f"SELECT {User.COLUMNS}, u.password_hash, domain.is_enabled, {_TWO_STEP} FROM {User.TABLES}"
_ADMINISTRATOR = f"SELECT {Administrator.COLUMNS}, password_hash FROM administrator"


async def _find_login(login: str) -> Subject:
    if "\0" in login or any("\ud800" <= char <= "\udfff" for char in login):
        return NOBODY  # no database holds such a text
    reader = db.current_tx.get() or db.database()
    if "@" not in login:
        return _administrator(await reader.fetch_row(f"{_ADMINISTRATOR} WHERE lower(name) = ?", login))
    try:
        address = Address.parse(login)
    except ValueError:
        return NOBODY
    return await _user(reader, "domain.name = ? AND u.localpart = ?", address.domain, address.localpart)


async def _find_id(key: tuple[Kind, int]) -> Subject:
    kind, subject_id = key
    reader = db.current_tx.get() or db.database()
    if kind == "administrator":
        return _administrator(await reader.fetch_row(f"{_ADMINISTRATOR} WHERE id = ?", subject_id))
    return await _user(reader, "u.id = ?", subject_id)


async def _user(reader: Reader, where: str, *args: object) -> Subject:
    row = await reader.fetch_row(f"{_USER} WHERE {where}", *args)
    if row is None:
        return NOBODY
    user, (password_hash, is_domain_enabled, is_two_step) = User.from_row(row[:-3]), row[-3:]
    return Subject(
        for_user(user),
        password_hash,
        user.is_enabled and bool(is_domain_enabled),
        user.last_sign_in_at or 0,
        bool(is_two_step),
    )


def _administrator(row: Row | None) -> Subject:
    if row is None:
        return NOBODY
    found = Administrator.from_row(row[:-1])
    return Subject(for_administrator(found), row[-1], found.is_enabled, found.last_sign_in_at or 0)
