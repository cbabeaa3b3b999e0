"""Domain aliases: further names of a domain. Every address under one means the same localpart of the domain.

A name belongs to one domain and is never a domain itself, so an alias can neither lead to an alias nor in a
circle. Only system administrators add and remove them: who could name a domain of others would take the mail
that goes to it from here. How many a domain may have is `domain.max_domain_aliases`.
"""

from __future__ import annotations

from backend.directory import audit, domains, limits, names, policy
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.setting_store import Reader
from backend.directory.types import DomainAlias
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import Conflict, NotFound
from schema.events import DomainChanged

# What one domain may have, whatever its limit says: they are listed in one piece.
MOST = 500


async def add(actor: Principal, domain_id: int, name: str) -> DomainAlias:
    """Give the domain a further name; `Conflict` where a domain or alias has it."""
    policy.require(actor, Permission.DOMAINS_MANAGE)
    wanted = names.domain_name(name)

    async def verb(tx: Tx) -> DomainAlias:
        await domains.lock_names(tx)
        domain = await domains.locked(tx, domain_id)
        await limits.require_room(tx, domain_id, "domain.max_domain_aliases")
        await domains.require_unnamed(tx, wanted)
        if await tx.fetch_value("SELECT count(*) FROM domain_alias WHERE domain_id = ?", domain_id) >= MOST:
            raise Conflict(f"A domain has at most {MOST} aliases")
        made = DomainAlias(ids.new_id(), domain_id, domain.name, wanted, "", clock.now())
        await tx.execute(
            "INSERT INTO domain_alias (id, domain_id, name, created_at) VALUES (?, ?, ?, ?)",
            made.id,
            made.domain_id,
            made.name,
            made.created_at,
        )
        await audit.record(tx, actor, "domain_alias.add", made.name, domain_id, {"domain": domain.name})
        tx.announce(DomainChanged(domain_id))
        return made

    return await db.write(verb)


async def list_all(actor: Principal, domain_id: int) -> list[DomainAlias]:
    """The aliases of a domain, by name."""
    domain = await domains.get(actor, domain_id)
    rows = await db.fetch_rows(
        f"SELECT {DomainAlias.COLUMNS} FROM {DomainAlias.TABLES} WHERE a.domain_id = ? ORDER BY a.name",
        domain.id,
    )
    return [DomainAlias(*row) for row in rows]


async def get_by_name(actor: Principal, name: str) -> DomainAlias:
    """An alias of a domain the actor may see; else `NotFound`."""
    policy.require(actor, Permission.DOMAIN_READ)
    row = await db.fetch_row(
        f"SELECT {DomainAlias.COLUMNS} FROM {DomainAlias.TABLES} WHERE a.name = ?", names.domain_name(name)
    )
    if row is None or not policy.can(actor, Permission.DOMAIN_READ, on=row[1]):
        raise NotFound(f"There is no domain alias {name.strip()[:80]}")
    return DomainAlias(*row)


async def remove(actor: Principal, alias_id: int) -> DomainAlias:
    """Take a name away; mail to it is no longer ours."""
    policy.require(actor, Permission.DOMAINS_MANAGE)

    async def verb(tx: Tx) -> DomainAlias:
        row = await tx.fetch_row(
            f"SELECT {DomainAlias.COLUMNS} FROM {DomainAlias.TABLES} WHERE a.id = ?", alias_id
        )
        if row is None:
            raise NotFound("No such domain alias")
        alias = DomainAlias(*row)
        await tx.execute("DELETE FROM domain_alias WHERE id = ?", alias_id)
        detail = {"domain": alias.domain}
        await audit.record(tx, actor, "domain_alias.remove", alias.name, alias.domain_id, detail)
        tx.announce(DomainChanged(alias.domain_id))
        return alias

    return await db.write(verb)


async def names_of(reader: Reader, domain_id: int) -> list[str]:
    """The further names of a domain, the oldest first."""
    rows = await reader.fetch_rows("SELECT name FROM domain_alias WHERE domain_id = ? ORDER BY id", domain_id)
    return [row[0] for row in rows]
