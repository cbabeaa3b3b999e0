"""The suppression list as administrators see and change it.

What holds for everybody takes a right of the system, what holds for the users of one domain a right there.
Every change stands in the audit.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.directory import audit, domains, names, policy
from backend.directory.pages import Page, contains
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.formats.addresses import Address
from backend.kit import clock, db, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import Conflict, InvalidSyntax, NotFound
from backend.spool import suppression
from backend.spool.suppression import COLUMNS, EVERYBODY, HOLDS, Reason, Suppression, from_row

MAX_PAGE = 200
DAY_S = 86_400
MOST_DAYS = 3650
LONGEST_DETAIL = 600
_SLICE = 1000


async def list_page(
    actor: Principal, owner_id: int = EVERYBODY, *, after: str = "", limit: int = 50, search: str = ""
) -> Page[Suppression]:
    """What holds for everybody, or for the users of a domain, in order of domain and localpart; `after` is
    the `sort_key` of the last one seen.
    """
    if owner_id == EVERYBODY:
        policy.require(actor, Permission.SPOOL_READ)
    else:
        policy.require(actor, Permission.REPORTS_READ, on=owner_id)
    limit = min(limit, MAX_PAGE)
    where = f"domain_id = ? AND {HOLDS} AND (localpart || '@' || domain) LIKE ? ESCAPE '!'"
    args = (owner_id, clock.now(), contains(search))
    [(total,)] = await db.scan(f"SELECT count(*) FROM suppression WHERE {where}", *args)
    domain, _, localpart = after.partition(" ")
    rows = await db.scan(
        f"SELECT {COLUMNS} FROM suppression WHERE {where} AND (domain, localpart) > (?, ?)"
        " ORDER BY domain, localpart LIMIT ?",
        *args,
        domain,
        localpart,
        limit + 1,
    )
    return Page.cut([from_row(row) for row in rows], limit, total)


async def find(actor: Principal, text: str, owner_id: int = EVERYBODY) -> Suppression:
    """The entry of an address or domain; raises `NotFound`."""
    _require_manage(actor, owner_id)
    target = _target(text)
    row = await db.fetch_row(
        f"SELECT {COLUMNS} FROM suppression WHERE domain = ? AND localpart = ? AND domain_id = ?",
        target.domain,
        target.localpart,
        owner_id,
    )
    if row is None:
        raise NotFound(f"Mail is sent to {text.strip()[:200]}: there is no such entry")
    return from_row(row)


async def add(
    actor: Principal,
    text: str,
    owner_id: int = EVERYBODY,
    *,
    reason: Reason = Reason.MANUAL,
    detail: str = "",
    days: int | None = None,
) -> Suppression:
    """Send nothing to an address, or to a whole domain, for so many days or for good; `Conflict` where that
    holds already.
    """
    _require_manage(actor, owner_id)
    target = _target(text)
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise InvalidSyntax(f"It may hold from 1 to {MOST_DAYS} days", field="days")
    if reason is Reason.BOUNCE:
        raise InvalidSyntax("Bounces are counted by the server", field="reason")
    now = clock.now()
    made = Suppression(
        id=ids.new_id(),
        owner_id=owner_id,
        localpart=target.localpart,
        domain=target.domain,
        reason=reason,
        detail=" ".join(detail.split())[:LONGEST_DETAIL],
        bounces=0,
        created_at=now,
        expires_at=None if days is None else now + days * DAY_S,
        actor=actor.name[:320],
    )

    async def verb(tx: Tx) -> Suppression:
        if owner_id != EVERYBODY:
            await domains.locked(tx, owner_id)
        await _insert(tx, actor, made)
        return made

    added = await db.write(verb)
    suppression.forget()
    return added


async def _insert(tx: Tx, actor: Principal, made: Suppression) -> None:
    # Over one that is only counted, or has ended, a new one is put.
    row = await tx.fetch_row(
        "INSERT INTO suppression (id, domain_id, localpart, domain, reason, detail, bounces, is_active,"
        " created_at, expires_at, actor) VALUES (?, ?, ?, ?, ?, ?, 0, 1, ?, ?, ?)"
        " ON CONFLICT (domain, localpart, domain_id) DO UPDATE SET id = excluded.id,"
        " reason = excluded.reason, detail = excluded.detail, bounces = 0, is_active = 1,"
        " created_at = excluded.created_at, expires_at = excluded.expires_at, actor = excluded.actor"
        " WHERE suppression.is_active = 0 OR suppression.expires_at <= ? RETURNING id",
        made.id,
        made.owner_id,
        made.localpart,
        made.domain,
        made.reason.value,
        made.detail,
        made.created_at,
        made.expires_at,
        made.actor,
        made.created_at,
    )
    if row is None:
        raise Conflict(f"Nothing is sent to {made.address} already", field="address")
    facts = {"reason": made.reason.value, "expires_at": made.expires_at}
    await audit.record(tx, actor, "suppression.add", made.address, made.owner_id or None, facts)


async def remove(actor: Principal, entry_ids: Sequence[int]) -> int:
    """Send to these again; how many there were. `NotFound` for one that the actor may not see."""
    policy.require(actor, Permission.DOMAIN_MANAGE)

    async def verb(tx: Tx) -> int:
        for entry_id in entry_ids:
            row = await tx.fetch_row(f"SELECT {COLUMNS} FROM suppression WHERE id = ?", entry_id)
            await _remove(tx, actor, row)
        return len(entry_ids)

    return await db.write(verb)


async def _remove(tx: Tx, actor: Principal, row: Row | None) -> None:
    entry = from_row(row) if row is not None else None
    if entry is None or not _may_manage(actor, entry.owner_id):
        raise NotFound("No such entry")
    await tx.execute("DELETE FROM suppression WHERE id = ?", entry.id)
    facts = {"reason": entry.reason.value, "detail": entry.detail}
    await audit.record(tx, actor, "suppression.remove", entry.address, entry.owner_id or None, facts)


async def prune() -> int:
    """Forget what has ended, a slice a transaction; how many went."""
    total = 0
    while removed := await db.write(_prune, durable=False):
        total += removed
    return total


async def _prune(tx: Tx) -> int:
    return await tx.execute(
        "DELETE FROM suppression WHERE id IN"
        " (SELECT id FROM suppression WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)",
        clock.now(),
        _SLICE,
    )


def sort_key(entry: Suppression) -> str:
    """Where an entry stands in `list_page`."""
    return f"{entry.domain} {entry.localpart}"


def _target(text: str) -> Address:
    """The address, or with an empty localpart the domain."""
    text = text.strip()
    if "@" not in text.lstrip("@"):
        return Address("", names.domain_name(text.lstrip("@")))
    address = names.address(text)
    return Address(names.fold(address.localpart), address.domain)


def _may_manage(actor: Principal, owner_id: int) -> bool:
    if owner_id == EVERYBODY:
        return policy.can(actor, Permission.SPOOL_MANAGE)
    return policy.can(actor, Permission.DOMAIN_MANAGE, on=owner_id)


def _require_manage(actor: Principal, owner_id: int) -> None:
    if owner_id == EVERYBODY:
        policy.require(actor, Permission.SPOOL_MANAGE)
    else:
        policy.require(actor, Permission.DOMAIN_MANAGE, on=owner_id)
