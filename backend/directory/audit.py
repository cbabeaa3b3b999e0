"""Who did what to whom: an entry for every change, written in the transaction of the change.

`detail` holds what changed as `{"field": [before, after]}` and facts beside it. Secrets never stand in it: a
field whose name says that it is one is refused, so forgetting cannot leak.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.directory import policy
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.kit import clock, db, ids
from backend.kit.db import Tx

_SECRET_WORDS = ("password", "hash", "token", "secret", "private")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit."""

    id: int
    at: int
    actor: str
    actor_kind: str
    action: str
    subject: str
    domain_id: int | None
    remote_address: str
    detail: dict[str, Any]


_COLUMNS = "id, at, actor, actor_kind, action, subject, domain_id, remote_address, detail"


async def record(
    tx: Tx,
    actor: Principal,
    action: str,
    subject: str,
    domain_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write an entry; `action` is `noun.verb` (`user.disable`), `subject` a name that people know."""
    detail = detail or {}
    for field in detail:
        if any(word in field.lower() for word in _SECRET_WORDS):
            raise ValueError(f"{field} must not stand in the audit")
    await tx.execute(
        f"INSERT INTO audit_entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ids.new_id(),
        clock.now(),
        actor.name[:320],
        actor.kind,
        action,
        subject[:320],
        domain_id,
        actor.remote_address[:64],
        json.dumps(detail, ensure_ascii=False, separators=(",", ":")),
    )


def changes(**fields: tuple[Any, Any]) -> dict[str, list[Any]]:
    """The fields whose value differs, as `{"name": [before, after]}`."""
    return {name: [before, after] for name, (before, after) in fields.items() if before != after}


async def list_entries(
    actor: Principal, *, domain_id: int | None = None, before: int | None = None, limit: int = 50
) -> list[Entry]:
    """Entries, newest first, older than the entry `before`. A domain administrator sees those of the own
    domain.
    """
    domain_id = _scope(actor, domain_id)
    where, args = ["id < ?"], [before if before is not None else 2**63 - 1]
    if domain_id is not None:
        where.append("domain_id = ?")
        args.append(domain_id)
    rows = await db.scan(
        f"SELECT {_COLUMNS} FROM audit_entry WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?",
        *args,
        limit,
    )
    return [
        Entry(id_, at, name, kind, action, subject, domain, remote, json.loads(detail))
        for id_, at, name, kind, action, subject, domain, remote, detail in rows
    ]


async def count_entries(actor: Principal, *, domain_id: int | None = None) -> int:
    """How many entries `list_entries` would show in all."""
    domain_id = _scope(actor, domain_id)
    if domain_id is None:
        return int(await db.fetch_value("SELECT count(*) FROM audit_entry"))
    return int(await db.fetch_value("SELECT count(*) FROM audit_entry WHERE domain_id = ?", domain_id))


def _scope(actor: Principal, domain_id: int | None) -> int | None:
    if domain_id is None:
        domain_id = actor.domain_id
    policy.require(actor, Permission.AUDIT_READ, on=domain_id)
    return domain_id
