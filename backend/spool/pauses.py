"""Destinations to which nothing is sent for now, or all sending at once.

A pause holds what waits for the destination; what comes later is held when a worker meets it. Mail to
mailboxes here goes on. Other processes are told of a pause; a resume makes everything due again.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from backend.directory import audit, policy
from backend.directory.caches import Cache
from backend.directory.names import domain_name
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded, NotFound
from backend.spool.types import Instruction, State
from schema.events import Event, PausesChanged, SpoolReady

EVERYTHING = ""
MOST_PAUSES = 1000
SLICE = 2000


@dataclass(frozen=True, slots=True)
class Pause:
    """A paused destination, `EVERYTHING` for all sending; since when, and by whom."""

    domain: str
    paused_at: int
    actor: str


def _forget(cache: Cache[int, frozenset[str]], event: Event) -> None:
    if isinstance(event, PausesChanged):
        cache.clear()


_paused: Cache[int, frozenset[str]] = Cache(ttl_s=3, limit=1, drop=_forget)


async def is_paused(domain: str) -> bool:
    """Whether nothing may be sent to other servers for this domain now."""
    paused = await _paused.get(0, _load)
    return bool(paused) and (domain in paused or EVERYTHING in paused)


async def _load(_: int) -> frozenset[str]:
    return frozenset(row[0] for row in await db.fetch_rows("SELECT domain FROM spool_pause"))


async def list_pauses(actor: Principal) -> list[Pause]:
    """Every pause, that of all sending first."""
    policy.require(actor, Permission.SPOOL_READ)
    rows = await db.fetch_rows("SELECT domain, paused_at, actor FROM spool_pause ORDER BY domain")
    return [Pause(*row) for row in rows]


async def pause(actor: Principal, domain: str) -> Pause:
    """Send nothing to the domain (`EVERYTHING`: to no other server) until it is resumed."""
    policy.require(actor, Permission.SPOOL_MANAGE)
    name = domain_name(domain) if domain else EVERYTHING
    made = Pause(name, clock.now(), actor.name)

    async def verb(tx: Tx) -> None:
        if await tx.fetch_value("SELECT count(*) FROM spool_pause") >= MOST_PAUSES:
            raise LimitExceeded(f"At most {MOST_PAUSES} destinations can be paused")
        await tx.execute(
            "INSERT INTO spool_pause (domain, paused_at, actor) VALUES (?, ?, ?)"
            " ON CONFLICT (domain) DO NOTHING",
            made.domain,
            made.paused_at,
            made.actor,
        )
        await audit.record(tx, actor, "spool.pause", name or "all sending")
        tx.announce(PausesChanged())

    await db.write(verb)
    if name:
        await _in_slices(lambda tx: _hold(tx, name))
    return made


async def resume(actor: Principal, domain: str) -> None:
    """Send again what was held; NotFound where it was not paused."""
    policy.require(actor, Permission.SPOOL_MANAGE)
    name = domain_name(domain) if domain else EVERYTHING

    async def verb(tx: Tx) -> None:
        if not await tx.execute("DELETE FROM spool_pause WHERE domain = ?", name):
            raise NotFound(f"{name or 'Sending'} is not paused")
        await audit.record(tx, actor, "spool.resume", name or "all sending")
        tx.announce(PausesChanged())

    await db.write(verb)
    await _in_slices(lambda tx: _free(tx, name))


async def _in_slices(part: Callable[[Tx], Coroutine[Any, Any, int]]) -> None:
    """A long change as many short turns of the writer."""
    while await db.write(part, durable=False) == SLICE:
        continue


async def _hold(tx: Tx, domain: str) -> int:
    return await tx.execute(
        "UPDATE spool_recipient SET state = ?, instruction = ? WHERE id IN (SELECT id FROM spool_recipient "
        "WHERE domain = ? AND state = ? AND lease_node = '' AND instruction = 0 LIMIT ?)",
        int(State.HELD),
        int(Instruction.PAUSED),
        domain,
        int(State.QUEUED),
        SLICE,
    )


async def _free(tx: Tx, domain: str) -> int:
    """What this pause held, unless another one holds it too."""
    if await tx.fetch_value("SELECT count(*) FROM spool_pause WHERE domain = ?", EVERYTHING):
        return 0
    now = clock.now()
    chosen, args = ("domain = ? AND", [domain]) if domain else ("", [])
    count = await tx.execute(
        "UPDATE spool_recipient SET state = ?, instruction = 0, next_attempt_at = ? "
        f"WHERE id IN (SELECT id FROM spool_recipient WHERE {chosen} state = ? AND instruction = ? "
        "AND domain NOT IN (SELECT domain FROM spool_pause) LIMIT ?)",
        int(State.QUEUED),
        now,
        *args,
        int(State.HELD),
        int(Instruction.PAUSED),
        SLICE,
    )
    if count:
        tx.announce(SpoolReady(now))
    return count
