"""The keys that sign a domain's mail: made by themselves, in use once their record is published, rolled over.

A new key waits until DNS carries its public half; then it signs, and the one of the same algorithm before it
is kept for `RETIRED_S`, so that signatures under way can still be checked. Nothing is ever signed with a key
that others cannot find.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from functools import partial

from backend.directory import audit, domains, policy
from backend.directory.caches import Cache
from backend.directory.principal import SYSTEM, Principal
from backend.directory.roles import Permission
from backend.directory.types import Domain
from backend.formats import dkim
from backend.formats.dkim import Algorithm, SigningKey
from backend.kit import clock, db, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import Conflict, InvalidSyntax, NotFound, Unavailable
from backend.kit.resolver import Resolver
from backend.operations import dkim_aliases
from schema.events import DomainChanged, Event

ALGORITHMS: tuple[Algorithm, ...] = ("rsa", "ed25519")
RETIRED_S = 14 * 86_400
MOST_KEYS = 10
DOMAINS_AT_ONCE = 200
_COLUMNS = "id, domain_id, selector, algorithm, private_key, state, created_at, changed_at"


class State(IntEnum):
    """`dkim_key.state`."""

    WAITING = 0
    ACTIVE = 1
    RETIRED = 2


@dataclass(frozen=True, slots=True)
class DkimKey:
    """A key as administrators see it: never its private half. `record` is the TXT text to publish at
    `record_name`.
    """

    id: int
    record_name: str
    selector: str
    algorithm: str
    state: State
    created_at: int
    changed_at: int
    record: str


def _forget(cache: Cache[str, tuple[SigningKey, ...]], event: Event) -> None:
    if isinstance(event, DomainChanged):
        cache.clear()


_signing: Cache[str, tuple[SigningKey, ...]] = Cache(ttl_s=60, limit=10_000, drop=_forget)


async def signing_keys(domain: str) -> tuple[SigningKey, ...]:
    """The keys that sign for a domain or a domain alias (A-labels), none where it is not ours or has none in
    use.
    """
    return await _signing.get(domain, _load_signing)


async def _load_signing(domain: str) -> tuple[SigningKey, ...]:
    rows = await db.fetch_rows(
        "SELECT k.selector, k.private_key FROM dkim_key k JOIN domain d ON d.id = k.domain_id"
        " WHERE d.name = ? AND d.is_enabled = 1 AND k.state = ? ORDER BY k.algorithm DESC, k.id",
        domain,
        int(State.ACTIVE),
    )
    if not rows:
        return await dkim_aliases.signing_keys(domain)
    return tuple(SigningKey(domain, selector, dkim.from_pem(pem)) for selector, pem in rows)


async def list_keys(actor: Principal, domain_id: int) -> list[DkimKey]:
    """The keys of a domain, oldest first; the first ones are made when somebody looks."""
    domain = await domains.get(actor, domain_id)
    await ensure(domain)
    rows = await db.fetch_rows(f"SELECT {_COLUMNS} FROM dkim_key WHERE domain_id = ? ORDER BY id", domain.id)
    return [_shown(row, domain) for row in rows]


async def ensure(domain: Domain) -> None:
    """Make the first keys of a domain that has none."""
    found = await db.fetch_value("SELECT count(*) FROM dkim_key WHERE domain_id = ?", domain.id)
    if not found:
        for algorithm in ALGORITHMS:
            await _make(SYSTEM, domain, algorithm, only_first=True)


async def create(actor: Principal, domain_id: int, algorithm: str) -> DkimKey:
    """A further key for a rollover; it takes over once its record is published."""
    if algorithm not in ALGORITHMS:
        raise InvalidSyntax("The algorithm is rsa or ed25519", field="algorithm")
    domain = await _managed(actor, domain_id)
    if await db.fetch_value("SELECT count(*) FROM dkim_key WHERE domain_id = ?", domain.id) >= MOST_KEYS:
        raise Conflict(f"A domain has at most {MOST_KEYS} keys; remove one first")
    made = await _make(actor, domain, "rsa" if algorithm == "rsa" else "ed25519", only_first=False)
    if made is None:
        raise Conflict("Another key was made at the same moment; try again")
    return made


async def _make(
    actor: Principal, domain: Domain, algorithm: Algorithm, *, only_first: bool
) -> DkimKey | None:
    key = await asyncio.to_thread(dkim.generate, algorithm)
    now = clock.now()
    day = dt.datetime.fromtimestamp(now, dt.UTC).strftime("%Y%m%d")

    async def verb(tx: Tx) -> DkimKey | None:
        await domains.locked(tx, domain.id)
        taken = {
            row[0]
            for row in await tx.fetch_rows("SELECT selector FROM dkim_key WHERE domain_id = ?", domain.id)
        }
        selector = f"{algorithm}-{day}"
        if only_first and any(name.startswith(f"{algorithm}-") for name in taken):
            return None
        number = 2
        while selector in taken:
            selector, number = f"{algorithm}-{day}-{number}", number + 1
        row = (ids.new_id(), domain.id, selector, algorithm, dkim.to_pem(key), int(State.WAITING), now, now)
        await tx.execute(f"INSERT INTO dkim_key ({_COLUMNS}) VALUES ({db.marks(len(row))})", *row)
        await audit.record(tx, actor, "dkim.create", f"{selector}._domainkey.{domain.name}", domain.id)
        return _shown(row, domain)

    return await db.write(verb)


async def activate(actor: Principal, key_id: int, resolver: Resolver) -> DkimKey:
    """Let a key sign, once DNS carries its record; `Conflict` says what is missing, `Unavailable` that DNS is
    silent.
    """
    domain, row = await _find(actor, key_id)
    if not await _is_published(domain.name, row, resolver):
        raise Conflict(
            f"The TXT record {row[2]}._domainkey.{domain.name} is not published yet"
            " or does not carry this key"
        )
    return _shown(await db.write(lambda tx: _activate(tx, actor, domain, row)), domain)


async def remove(actor: Principal, key_id: int) -> None:
    """Remove a key, be it in use."""
    domain, row = await _find(actor, key_id)

    async def verb(tx: Tx) -> None:
        await tx.execute("DELETE FROM dkim_key WHERE id = ?", row[0])
        await audit.record(tx, actor, "dkim.remove", f"{row[2]}._domainkey.{domain.name}", domain.id)
        tx.announce(DomainChanged(domain.id))

    await db.write(verb)


async def maintain(resolver: Resolver) -> int:
    """Make missing keys, let published ones sign, drop replaced ones; how many changed. A silent DNS is asked
    again next time.
    """
    changed = await _drop_retired()
    after = 0
    while rows := await db.fetch_rows(
        f"SELECT {Domain.COLUMNS} FROM domain WHERE is_enabled = 1 AND id > ? ORDER BY id LIMIT ?",
        after,
        DOMAINS_AT_ONCE,
    ):
        for domain in map(Domain.from_row, rows):
            after = domain.id
            await ensure(domain)
            changed += await _activate_published(domain, resolver)
            changed += await dkim_aliases.look(domain.id, resolver)
    return changed


async def _activate_published(domain: Domain, resolver: Resolver) -> int:
    changed = 0
    for row in await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM dkim_key WHERE domain_id = ? AND state = ? ORDER BY id",
        domain.id,
        int(State.WAITING),
    ):
        try:
            is_published = await _is_published(domain.name, row, resolver)
        except Unavailable:
            return changed
        if is_published:
            await db.write(partial(_activate, actor=SYSTEM, domain=domain, row=row))
            changed += 1
    return changed


async def _drop_retired() -> int:
    return await db.write(
        lambda tx: tx.execute(
            "DELETE FROM dkim_key WHERE state = ? AND changed_at < ?",
            int(State.RETIRED),
            clock.now() - RETIRED_S,
        )
    )


async def _activate(tx: Tx, actor: Principal, domain: Domain, row: Row) -> Row:
    now = clock.now()
    await domains.locked(tx, domain.id)
    await tx.execute(
        "UPDATE dkim_key SET state = ?, changed_at = ? WHERE domain_id = ? AND algorithm = ? AND state = ?",
        int(State.RETIRED),
        now,
        domain.id,
        row[3],
        int(State.ACTIVE),
    )
    await tx.execute(
        "UPDATE dkim_key SET state = ?, changed_at = ? WHERE id = ?", int(State.ACTIVE), now, row[0]
    )
    await audit.record(tx, actor, "dkim.activate", f"{row[2]}._domainkey.{domain.name}", domain.id)
    tx.announce(DomainChanged(domain.id))
    return (*row[:5], int(State.ACTIVE), row[6], now)


async def _is_published(domain: str, row: Row, resolver: Resolver) -> bool:
    return await dkim_aliases.is_published(domain, row[2], row[4], resolver)


async def _managed(actor: Principal, domain_id: int) -> Domain:
    domain = await domains.get(actor, domain_id)
    policy.require(actor, Permission.DOMAIN_MANAGE, on=domain)
    return domain


async def _find(actor: Principal, key_id: int) -> tuple[Domain, Row]:
    row = await db.fetch_row(f"SELECT {_COLUMNS} FROM dkim_key WHERE id = ?", key_id)
    if row is None:
        raise NotFound("No such key")
    return await _managed(actor, row[1]), row


def _shown(row: Row, domain: Domain) -> DkimKey:
    return DkimKey(
        id=row[0],
        record_name=f"{row[2]}._domainkey.{domain.name}",
        selector=row[2],
        algorithm=row[3],
        state=State(row[5]),
        created_at=row[6],
        changed_at=row[7],
        record=dkim.record(dkim.from_pem(row[4])),
    )
