"""Mail domains: only system administrators add and remove them; their own administrators see theirs.

A disabled domain neither receives nor sends, and nobody of it can sign in.
"""

from __future__ import annotations

from backend.directory import audit, list_rows, names, policy
from backend.directory.list_types import COMMANDS
from backend.directory.pages import Page, contains
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.setting_key import Level
from backend.directory.setting_store import forget_target
from backend.directory.types import Domain
from backend.formats.addresses import Address
from backend.formats.domain_names import display_domain
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import Conflict, NotFound
from schema.events import DomainChanged


async def add(actor: Principal, name: str) -> Domain:
    """A new, enabled domain; `Conflict` where it exists."""
    policy.require(actor, Permission.DOMAINS_MANAGE)
    return await db.write(lambda tx: insert(tx, actor, name))


async def insert(tx: Tx, actor: Principal, name: str) -> Domain:
    """The part of a verb that makes a domain."""
    policy.require(actor, Permission.DOMAINS_MANAGE)
    await lock_names(tx)
    domain = Domain(ids.new_id(), names.domain_name(name), is_enabled=True, created_at=clock.now())
    await require_unnamed(tx, domain.name)
    await tx.execute(
        "INSERT INTO domain (id, name, is_enabled, created_at) VALUES (?, ?, 1, ?)",
        domain.id,
        domain.name,
        domain.created_at,
    )
    await audit.record(tx, actor, "domain.add", domain.name, domain.id)
    tx.announce(DomainChanged(domain.id))
    return domain


async def get(actor: Principal, domain_id: int) -> Domain:
    """A domain the actor may see; `NotFound` for every other."""
    policy.require(actor, Permission.DOMAIN_READ)
    row = await db.fetch_row(f"SELECT {Domain.COLUMNS} FROM domain WHERE id = ?", domain_id)
    domain = Domain.from_row(row) if row else None
    if domain is None or not policy.can(actor, Permission.DOMAIN_READ, on=domain):
        raise NotFound("No such domain")
    return domain


async def get_by_name(actor: Principal, name: str) -> Domain:
    """`get` by name."""
    policy.require(actor, Permission.DOMAIN_READ)
    row = await db.fetch_row(f"SELECT {Domain.COLUMNS} FROM domain WHERE name = ?", names.domain_name(name))
    if row is None or not policy.can(actor, Permission.DOMAIN_READ, on=row[0]):
        raise NotFound(f"There is no domain {name.strip()[:80]}")
    return Domain.from_row(row)


async def list_page(actor: Principal, *, after: str = "", limit: int = 50, search: str = "") -> Page[Domain]:
    """Domains by name; for anyone but a system administrator the own one."""
    policy.require(actor, Permission.DOMAIN_READ)
    where, args = "name LIKE ? ESCAPE '!'", list[object]([contains(search)])
    if actor.domain_id is not None:
        where, args = where + " AND id = ?", [*args, actor.domain_id]
    total = await db.fetch_value(f"SELECT count(*) FROM domain WHERE {where}", *args)
    rows = await db.fetch_rows(
        f"SELECT {Domain.COLUMNS} FROM domain WHERE {where} AND name > ? ORDER BY name LIMIT ?",
        *args,
        after,
        limit + 1,
    )
    return Page.cut([Domain.from_row(row) for row in rows], limit, total)


async def set_enabled(actor: Principal, domain_id: int, enabled: bool) -> Domain:
    """Enable or disable a domain."""
    policy.require(actor, Permission.DOMAINS_MANAGE)

    async def verb(tx: Tx) -> Domain:
        before = await locked(tx, domain_id)
        if before.is_enabled != enabled:
            await tx.execute("UPDATE domain SET is_enabled = ? WHERE id = ?", int(enabled), domain_id)
            await audit.record(
                tx, actor, "domain.enable" if enabled else "domain.disable", before.name, domain_id
            )
            tx.announce(DomainChanged(domain_id))
        return Domain(before.id, before.name, is_enabled=enabled, created_at=before.created_at)

    return await db.write(verb)


async def remove(actor: Principal, domain_id: int) -> None:
    """Remove a domain without users, with its aliases and settings; `Conflict` while it has users."""
    policy.require(actor, Permission.DOMAINS_MANAGE)

    async def verb(tx: Tx) -> None:
        domain = await locked(tx, domain_id)
        users = await tx.fetch_value("SELECT count(*) FROM user_account WHERE domain_id = ?", domain_id)
        if users:
            raise Conflict(f"The domain {domain.display_name} still has {users} users; remove them first")
        await tx.execute("DELETE FROM alias WHERE domain_id = ?", domain_id)
        await tx.execute("DELETE FROM domain_alias WHERE domain_id = ?", domain_id)
        await tx.execute("DELETE FROM domain_route WHERE domain_id = ?", domain_id)
        await tx.execute("DELETE FROM routed_recipient WHERE domain_id = ?", domain_id)
        await list_rows.delete_of_domain(tx, domain_id)
        await tx.execute("DELETE FROM user_group WHERE domain_id = ?", domain_id)
        await tx.execute("DELETE FROM suppression WHERE domain_id = ?", domain_id)
        await tx.execute("DELETE FROM tls_report WHERE domain_id = ?", domain_id)
        await forget_target(tx, Level.DOMAIN, domain_id)
        await tx.execute("DELETE FROM domain WHERE id = ?", domain_id)
        await audit.record(tx, actor, "domain.remove", domain.name, domain_id)
        tx.announce(DomainChanged(domain_id))

    await db.write(verb)


async def locked(tx: Tx, domain_id: int) -> Domain:
    """The domain, its row locked until the transaction ends: counts of what it holds stay true."""
    row = await tx.fetch_row(
        f"UPDATE domain SET is_enabled = is_enabled WHERE id = ? RETURNING {Domain.COLUMNS}", domain_id
    )
    if row is None:
        raise NotFound("No such domain")
    return Domain.from_row(row)


async def lock_names(tx: Tx) -> None:
    """Let nobody else name a domain until the transaction ends: names stand in two tables. SQLite has one
    writer anyway.
    """
    if tx.dialect == "postgres":
        await tx.execute("LOCK TABLE domain_alias IN SHARE ROW EXCLUSIVE MODE")


async def require_unnamed(tx: Tx, name: str) -> None:
    """Refuse a name that a domain has, as its own or as an alias; `lock_names` came before."""
    if await tx.fetch_value("SELECT id FROM domain WHERE name = ?", name) is not None:
        raise Conflict(f"The domain {display_domain(name)} exists already", field="name")
    taken = await tx.fetch_value(
        "SELECT domain.name FROM domain_alias a JOIN domain ON domain.id = a.domain_id WHERE a.name = ?", name
    )
    if taken is not None:
        raise Conflict(f"{display_domain(name)} is an alias of {display_domain(taken)} already", field="name")


async def require_free(tx: Tx, domain_id: int, address: Address, *, is_command: bool = False) -> None:
    """Refuse an address that a user, alias or list of the domain has, or, unless it is for that, a command of
    a list; the domain's row is locked by the caller.
    """
    for table, word in (("user_account", "a user"), ("alias", "an alias"), ("mailing_list", "a list")):
        taken = await tx.fetch_value(
            f"SELECT id FROM {table} WHERE domain_id = ? AND localpart = ?", domain_id, address.localpart
        )
        if taken is not None:
            raise Conflict(f"{address.display} is {word} already", field="localpart")
    for command in () if is_command else COMMANDS:
        if not address.localpart.endswith(command.value):
            continue
        taken = await tx.fetch_value(
            "SELECT id FROM mailing_list WHERE domain_id = ? AND localpart = ?",
            domain_id,
            address.localpart.removesuffix(command.value),
        )
        if taken is not None:
            raise Conflict(f"{address.display} belongs to a list already", field="localpart")


async def count_users(domain_ids: list[int]) -> dict[int, int]:
    """Users of each domain."""
    return await _count("user_account", domain_ids)


async def count_aliases(domain_ids: list[int]) -> dict[int, int]:
    """Aliases of each domain."""
    return await _count("alias", domain_ids)


async def count_lists(domain_ids: list[int]) -> dict[int, int]:
    """Mailing lists of each domain."""
    return await _count("mailing_list", domain_ids)


async def _count(table: str, domain_ids: list[int]) -> dict[int, int]:
    rows = await db.fetch_rows(
        f"SELECT domain_id, count(*) FROM {table} WHERE domain_id IN ({db.marks(len(domain_ids))})"
        " GROUP BY domain_id",
        *domain_ids,
    )
    return dict.fromkeys(domain_ids, 0) | {row[0]: row[1] for row in rows}
