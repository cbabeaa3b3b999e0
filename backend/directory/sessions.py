"""Browser sessions: an unguessable token in a cookie, its SHA-256 in a row that can be removed at any time.

A session lasts as long as it is used: `IDLE_S` after the last request, `LONGEST_S` at most. What it may is
not stored in it: every request asks anew who its owner is, so a lost right or a disabled user is felt within
seconds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from backend.directory import audit, push_devices, session_rows, subjects
from backend.directory.caches import Cache
from backend.directory.principal import Kind, Principal
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import NotFound, Unavailable
from schema.events import Event, SessionRevoked

IDLE_S = 14 * 86_400
LONGEST_S = 90 * 86_400
_SEEN_EVERY_S = 300


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of a browser."""

    id: int
    kind: Kind
    subject_id: int
    created_at: int
    seen_at: int
    expires_at: int
    remote_address: str
    user_agent: str
    is_limited: int = 0


_COLUMNS = "id, kind, subject_id, created_at, seen_at, expires_at, remote_address, user_agent, is_limited"


def _forget(cache: Cache[str, Session], event: Event) -> None:
    if isinstance(event, SessionRevoked):
        cache.drop_group(event.session_id)


# Seconds only: where no event arrives, a revoked session ends as soon as that.
_by_token: Cache[str, Session] = Cache(ttl_s=4, limit=50_000, drop=_forget, group=lambda session: session.id)


async def create(
    principal: Principal, *, remote_address: str, user_agent: str = "", is_limited: bool = False
) -> tuple[str, Principal]:
    """Open a session: the token for the cookie, shown once, and the principal as it comes by it.

    A limited one may nothing but set up the second step that is required of its owner.
    """
    token = ids.new_token()
    now = clock.now()
    session_id = ids.new_id()

    async def verb(tx: Tx) -> None:
        await tx.execute(
            f"INSERT INTO session (token_hash, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _hash(token),
            session_id,
            principal.kind,
            principal.id,
            now,
            now,
            now + IDLE_S,
            remote_address[:64],
            "".join(char for char in user_agent if char.isprintable())[:300],
            int(is_limited),
        )

    await db.write(verb)
    came = principal.through(session_id, remote_address)
    return token, came.restricted_to(frozenset()) if is_limited else came


async def find(token: str, *, remote_address: str = "") -> Principal | None:
    """Who comes by this token, or None: unknown, expired, revoked, or its owner may not sign in any more."""
    session = await _by_token.get(_hash(token), _find)
    now = clock.now()
    if session.expires_at <= now:
        return None
    subject = await subjects.by_id(session.kind, session.subject_id)
    if subject.principal is None or not subject.is_enabled:
        return None
    if now - session.seen_at >= _SEEN_EVERY_S:
        await _prolong(token, session, now)
    came = subject.principal.through(session.id, remote_address)
    return came.restricted_to(frozenset()) if session.is_limited else came


async def list_own(principal: Principal) -> list[Session]:
    """The sessions of whoever asks, the last used first."""
    rows = await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM session WHERE kind = ? AND subject_id = ? AND expires_at > ?"
        " ORDER BY seen_at DESC, id DESC LIMIT 200",
        principal.kind,
        principal.id,
        clock.now(),
    )
    return [Session(*row) for row in rows]


async def revoke(principal: Principal, session_id: int) -> None:
    """End one of one's own sessions; `NotFound` for anything else."""

    async def verb(tx: Tx) -> None:
        gone = await tx.execute(
            "DELETE FROM session WHERE id = ? AND kind = ? AND subject_id = ?",
            session_id,
            principal.kind,
            principal.id,
        )
        if not gone:
            raise NotFound("No such session")
        await push_devices.forget_sessions(tx, [session_id])
        if session_id != principal.session_id:
            await audit.record(tx, principal, "session.revoke", principal.name, principal.domain_id)
        tx.announce(SessionRevoked(session_id))

    await db.write(verb)


async def revoke_all(principal: Principal) -> int:
    """End every session of whoever asks but the one it asks by; how many there were."""

    async def verb(tx: Tx) -> int:
        count = await session_rows.delete_of(tx, principal.kind, principal.id, except_id=principal.session_id)
        if count:
            detail = {"count": count}
            await audit.record(
                tx, principal, "session.revoke_all", principal.name, principal.domain_id, detail
            )
        return count

    return await db.write(verb)


async def delete_expired() -> int:
    """Remove what has run out (a periodic job); how many."""
    now = clock.now()

    async def verb(tx: Tx) -> int:
        rows = await tx.fetch_rows("DELETE FROM session WHERE expires_at <= ? RETURNING id", now)
        await push_devices.forget_sessions(tx, [session_id for (session_id,) in rows])
        return len(rows)

    return await db.write(verb, durable=False)


_ABSENT = Session(0, "user", 0, 0, 0, 0, "", "")


async def _find(token_hash: str) -> Session:
    row = await db.fetch_row(f"SELECT {_COLUMNS} FROM session WHERE token_hash = ?", token_hash)
    return Session(*row) if row is not None else _ABSENT


async def _prolong(token: str, session: Session, now: int) -> None:
    ends = min(now + IDLE_S, session.created_at + LONGEST_S)
    try:
        await db.write(
            lambda tx: tx.execute(
                "UPDATE session SET seen_at = ?, expires_at = ? WHERE id = ?", now, ends, session.id
            ),
            durable=False,
        )
    except Unavailable:
        return  # reading goes on while nothing can be written; the next request tries again
    _by_token.drop(_hash(token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
