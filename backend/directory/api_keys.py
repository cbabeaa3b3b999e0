"""Keys for integrations (`Authorization: Bearer …`): SHA-256 of a random token, shown once.

A key acts as its owner, with no more than the permissions it was given: what the owner loses, the key loses
too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass

from backend.directory import audit, policy, subjects
from backend.directory.caches import Cache
from backend.directory.principal import Kind, Principal
from backend.directory.roles import Permission
from backend.kit import clock, db, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound, PermissionDenied, Unavailable
from schema.events import Event, SessionRevoked

# So that scanners for leaked secrets and people recognise one.
PREFIX = "postroom_"
MOST_KEYS = 50
_USED_EVERY_S = 300


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret; `permissions` None: all of the owner's."""

    id: int
    kind: Kind
    subject_id: int
    label: str
    permissions: frozenset[Permission] | None
    created_at: int
    used_at: int | None
    expires_at: int | None


_COLUMNS = "id, kind, subject_id, label, permissions, created_at, used_at, expires_at"
_ABSENT = ApiKey(0, "user", 0, "", None, 0, None, 0)


def _forget(cache: Cache[str, ApiKey], event: Event) -> None:
    if isinstance(event, SessionRevoked):
        cache.drop_group(event.session_id)


_by_key: Cache[str, ApiKey] = Cache(ttl_s=4, limit=50_000, drop=_forget, group=lambda key: key.id)


async def create(
    actor: Principal,
    label: str,
    *,
    permissions: Collection[Permission] | None = None,
    expires_at: int | None = None,
) -> tuple[str, ApiKey]:
    """A new key of the actor's own; the text of it is not stored and cannot be shown again."""
    policy.require(actor, Permission.API_KEYS_MANAGE)
    if actor.kind == "system":
        raise PermissionDenied("A key belongs to a user or an administrator")
    label = " ".join(label.split())
    if not 0 < len(label) <= 100:
        raise InvalidSyntax("A key needs a label of at most 100 characters", field="label")
    if expires_at is not None and expires_at <= clock.now():
        raise InvalidSyntax("The key would have expired already", field="expiresAt")
    wanted = None if permissions is None else frozenset(permissions)
    missing = (wanted or frozenset()) - actor.permissions
    if missing:
        raise PermissionDenied(f"You do not have the permission {min(missing)} yourself", field="permissions")
    # A key that makes keys makes them no stronger than itself.
    if wanted is None and actor.permissions != await _full_permissions(actor):
        wanted = actor.permissions
    text = PREFIX + ids.new_token()
    key = ApiKey(ids.new_id(), actor.kind, actor.id, label, wanted, clock.now(), None, expires_at)
    await db.write(lambda tx: _insert(tx, actor, key, text))
    return text, key


async def find(text: str, *, remote_address: str = "") -> Principal | None:
    """Who comes by this key, or None where it is unknown, expired, or its owner may not sign in."""
    if not text.startswith(PREFIX):
        return None
    key = await _by_key.get(_hash(text), _find)
    now = clock.now()
    if key.expires_at is not None and key.expires_at <= now:
        return None
    subject = await subjects.by_id(key.kind, key.subject_id)
    if subject.principal is None or not subject.is_enabled:
        return None
    if now - (key.used_at or 0) >= _USED_EVERY_S:
        await _note_use(text, key, now)
    principal = subject.principal.through(key.id, remote_address)
    return principal if key.permissions is None else principal.restricted_to(key.permissions)


async def list_own(actor: Principal) -> list[ApiKey]:
    """The keys of whoever asks, the newest first."""
    policy.require(actor, Permission.API_KEYS_MANAGE)
    rows = await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM api_key WHERE kind = ? AND subject_id = ? ORDER BY id DESC",
        actor.kind,
        actor.id,
    )
    return [_from_row(row) for row in rows]


async def revoke(actor: Principal, key_id: int) -> None:
    """Remove one of one's own keys."""
    policy.require(actor, Permission.API_KEYS_MANAGE)

    async def verb(tx: Tx) -> None:
        label = await tx.fetch_value(
            "DELETE FROM api_key WHERE id = ? AND kind = ? AND subject_id = ? RETURNING label",
            key_id,
            actor.kind,
            actor.id,
        )
        if label is None:
            raise NotFound("No such key")
        await audit.record(tx, actor, "api_key.revoke", actor.name, actor.domain_id, {"label": label})
        tx.announce(SessionRevoked(key_id))

    await db.write(verb)


async def _insert(tx: Tx, actor: Principal, key: ApiKey, text: str) -> None:
    count = await tx.fetch_value(
        "SELECT count(*) FROM api_key WHERE kind = ? AND subject_id = ?", actor.kind, actor.id
    )
    if count >= MOST_KEYS:
        raise LimitExceeded(f"You have {count} keys, which is the most; revoke one first")
    await tx.execute(
        f"INSERT INTO api_key (key_hash, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _hash(text),
        key.id,
        key.kind,
        key.subject_id,
        key.label,
        None if key.permissions is None else json.dumps(sorted(key.permissions)),
        key.created_at,
        None,
        key.expires_at,
    )
    detail = {"label": key.label, "permissions": None if key.permissions is None else sorted(key.permissions)}
    await audit.record(tx, actor, "api_key.create", actor.name, actor.domain_id, detail)


async def _full_permissions(actor: Principal) -> frozenset[Permission]:
    owner = (await subjects.by_id(actor.kind, actor.id)).principal
    return owner.permissions if owner is not None else frozenset()


async def _find(key_hash: str) -> ApiKey:
    row = await db.fetch_row(f"SELECT {_COLUMNS} FROM api_key WHERE key_hash = ?", key_hash)
    return _from_row(row) if row is not None else _ABSENT


def _from_row(row: Row) -> ApiKey:
    held = None if row[4] is None else frozenset(Permission(name) for name in json.loads(row[4]))
    return ApiKey(row[0], row[1], row[2], row[3], held, row[5], row[6], row[7])


async def _note_use(text: str, key: ApiKey, now: int) -> None:
    try:
        await db.write(
            lambda tx: tx.execute("UPDATE api_key SET used_at = ? WHERE id = ?", now, key.id), durable=False
        )
    except Unavailable:
        return  # reading goes on while nothing can be written; the next request tries again
    _by_key.drop(_hash(text))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
