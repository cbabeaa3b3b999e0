"""Passwords for single mail clients: made by us, shown once, limited to protocols, revoked one by one.

The text has 100 random bits, so its SHA-256 is as safe in the database as a slow hash of what a person
thinks up, and asking for it tells a guesser nothing. It opens the mailbox and nothing else: neither the web
interface nor the API takes it. A new password of the user leaves app passwords as they are, like API keys.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from backend.directory import audit, policy, scram_keys, users
from backend.directory.caches import Cache
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.scram_keys import Derived
from backend.directory.types import User
from backend.kit import clock, db, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, PermissionDenied, Unavailable
from schema.events import Event, SessionRevoked

MOST = 30
# 32 characters that nobody takes for one another: five bits each.
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_CHARS = 5, 4
_SHAPE = re.compile(rf"[{_ALPHABET}]{{{_GROUP_CHARS}}}(?:-[{_ALPHABET}]{{{_GROUP_CHARS}}}){{{_GROUPS - 1}}}")
_USED_EVERY_S = 300


class MailProtocol(StrEnum):
    """What an app password may be limited to."""

    IMAP = "imap"
    POP3 = "pop3"
    SMTP = "smtp"


@dataclass(frozen=True, slots=True)
class AppPassword:
    """An app password without its text; `used_from` is the address of the last use."""

    id: int
    user_id: int
    label: str
    protocols: frozenset[MailProtocol]
    created_at: int
    used_at: int | None
    used_from: str


_COLUMNS = "id, user_id, label, protocols, created_at, used_at, used_from"
_ABSENT = AppPassword(0, 0, "", frozenset(), 0, None, "")


def _forget(cache: Cache[str, AppPassword], event: Event) -> None:
    if isinstance(event, SessionRevoked):
        cache.drop_group(event.session_id)


_by_hash: Cache[str, AppPassword] = Cache(ttl_s=4, limit=50_000, drop=_forget, group=lambda found: found.id)


async def create(
    actor: Principal, user_id: int, label: str, protocols: Collection[MailProtocol] = tuple(MailProtocol)
) -> tuple[str, AppPassword]:
    """A new app password; the text of it is not stored and cannot be shown again."""
    user = await _own(actor, user_id)
    label = " ".join(label.split())
    if not 0 < len(label) <= 100:
        raise InvalidSyntax("An app password needs a label of at most 100 characters", field="label")
    if not protocols:
        raise InvalidSyntax("An app password needs a protocol that it opens", field="protocols")
    text = _new_text()
    made = AppPassword(ids.new_id(), user.id, label, frozenset(protocols), clock.now(), None, "")
    derived = await scram_keys.derive(user.address, text, user.id)
    await db.write(lambda tx: _insert(tx, actor, user, made, text, derived))
    return text, made


async def list_of(actor: Principal, user_id: int) -> list[AppPassword]:
    """The app passwords of a user, the newest first."""
    await _own(actor, user_id)
    rows = await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM app_password WHERE user_id = ? ORDER BY id DESC", user_id
    )
    return [_from_row(row) for row in rows]


async def revoke(actor: Principal, user_id: int, app_password_id: int) -> AppPassword:
    """Remove an app password and end what is signed in by it; the row as it was."""
    user = await _own(actor, user_id)

    async def verb(tx: Tx) -> AppPassword:
        row = await tx.fetch_row(
            f"DELETE FROM app_password WHERE id = ? AND user_id = ? RETURNING {_COLUMNS}",
            app_password_id,
            user_id,
        )
        if row is None:
            raise NotFound("No such app password")
        gone = _from_row(row)
        await scram_keys.delete(tx, user_id, app_password_id)
        await audit.record(
            tx, actor, "app_password.revoke", user.address, user.domain_id, {"label": gone.label}
        )
        tx.announce(SessionRevoked(app_password_id))
        return gone

    return await db.write(verb)


async def find(user_id: int, text: str, protocol: str) -> AppPassword | None:
    """The user's app password of that text, if it opens the protocol."""
    if _SHAPE.fullmatch(text) is None:
        return None
    found = await _by_hash.get(_hash(text), _find)
    return found if found.user_id == user_id and protocol in found.protocols else None


async def find_by_id(user_id: int, app_password_id: int, protocol: str) -> AppPassword | None:
    """The user's app password of that id, if it opens the protocol (SCRAM)."""
    row = await db.fetch_row(
        f"SELECT {_COLUMNS} FROM app_password WHERE id = ? AND user_id = ?", app_password_id, user_id
    )
    found = _from_row(row) if row is not None else _ABSENT
    return found if protocol in found.protocols else None


async def admitted(principal: Principal, found: AppPassword, remote_address: str) -> Principal:
    """The owner as signed in by the app password: to the mailbox alone. The use is kept."""
    now = clock.now()
    if now - (found.used_at or 0) >= _USED_EVERY_S or found.used_from != remote_address[:64]:
        await _note_use(found, now, remote_address)
    return principal.restricted_to(frozenset({Permission.MAIL_USE})).through(found.id, remote_address)


async def _own(actor: Principal, user_id: int) -> User:
    """The user, if the actor is that user (by a sign-in that may make keys) or the command line.

    Nobody else makes one: unlike a new password the owner would not notice it.
    """
    if actor.kind != "system":
        policy.require(actor, Permission.API_KEYS_MANAGE)
        if policy.require_mail(actor) != user_id:
            raise PermissionDenied("App passwords are made by their owner")
    user = await users.find_row(db.current_tx.get() or db.database(), user_id)
    if user is None or user.is_shared:
        raise NotFound("No such user")
    return user


async def _insert(
    tx: Tx, actor: Principal, user: User, made: AppPassword, text: str, derived: Derived
) -> None:
    count = await tx.fetch_value("SELECT count(*) FROM app_password WHERE user_id = ?", user.id)
    if count >= MOST:
        raise LimitExceeded(f"There are {count} app passwords, which is the most; revoke one first")
    protocols = ",".join(sorted(made.protocols))
    await tx.execute(
        "INSERT INTO app_password (id, user_id, text_hash, label, protocols, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        made.id,
        user.id,
        _hash(text),
        made.label,
        protocols,
        made.created_at,
    )
    await scram_keys.replace(tx, user.id, derived, made.id)
    detail = {"label": made.label, "protocols": protocols}
    await audit.record(tx, actor, "app_password.create", user.address, user.domain_id, detail)


async def _find(text_hash: str) -> AppPassword:
    row = await db.fetch_row(f"SELECT {_COLUMNS} FROM app_password WHERE text_hash = ?", text_hash)
    return _from_row(row) if row is not None else _ABSENT


def _from_row(row: Row) -> AppPassword:
    protocols = frozenset(MailProtocol(name) for name in row[3].split(","))
    return AppPassword(row[0], row[1], row[2], protocols, row[4], row[5], row[6])


async def _note_use(found: AppPassword, now: int, remote_address: str) -> None:
    sql = "UPDATE app_password SET used_at = ?, used_from = ? WHERE id = ?"
    try:
        await db.write(lambda tx: tx.execute(sql, now, remote_address[:64], found.id), durable=False)
    except Unavailable:
        return  # reading mail goes on while nothing can be written; the next sign-in tries again
    _by_hash.drop_group(found.id)


def _new_text() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_CHARS)) for _ in range(_GROUPS))
    return "-".join(groups)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
