"""Aliases: addresses that deliver to others, here or elsewhere; localpart `*` takes what nobody else takes.

Targets may be aliases again; loops are harmless (`resolve.expand` visits an address once).
"""

from __future__ import annotations

import json
from dataclasses import replace

from backend.directory import audit, domains, limits, names, policy
from backend.directory.pages import Page, contains
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.setting_store import Reader
from backend.directory.types import Alias
from backend.formats.addresses import Address
from backend.kit import clock, db, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import InvalidSyntax, NotFound
from schema.events import DomainChanged

MOST_TARGETS = 200

_SELECT = (
    "SELECT alias.id, alias.domain_id, domain.name, alias.localpart, alias.targets, alias.is_enabled,"
    " alias.created_at FROM alias JOIN domain ON domain.id = alias.domain_id"
)


async def add(actor: Principal, domain_id: int, localpart: str, targets: list[str]) -> Alias:
    """A new alias; `Conflict` where a user or alias has the address."""
    policy.require(actor, Permission.ALIASES_MANAGE, on=domain_id)
    checked = check_targets(targets)

    async def verb(tx: Tx) -> Alias:
        domain = await domains.locked(tx, domain_id)
        address = names.local_address(f"{localpart.strip()}@{domain.name}")
        await limits.require_room(tx, domain_id, "domain.max_aliases")
        await domains.require_free(tx, domain_id, address)
        alias = Alias(ids.new_id(), domain_id, domain.name, address.localpart, checked, True, clock.now())
        await tx.execute(
            "INSERT INTO alias (id, domain_id, localpart, targets, is_enabled, created_at)"
            " VALUES (?, ?, ?, ?, 1, ?)",
            alias.id,
            alias.domain_id,
            alias.localpart,
            _dumps(alias.targets),
            alias.created_at,
        )
        detail = {"targets": [str(target) for target in checked]}
        await audit.record(tx, actor, "alias.add", alias.address, domain_id, detail)
        tx.announce(DomainChanged(domain_id))
        return alias

    return await db.write(verb)


async def get(actor: Principal, alias_id: int) -> Alias:
    """An alias of a domain the actor may see; else `NotFound`."""
    policy.require(actor, Permission.USERS_READ)
    return await _found(db.current_tx.get() or db.database(), actor, Permission.USERS_READ, alias_id)


async def list_page(
    actor: Principal, domain_id: int, *, after: str = "", limit: int = 50, search: str = ""
) -> Page[Alias]:
    """Aliases of a domain by localpart, `search` in address or targets."""
    policy.require(actor, Permission.USERS_READ, on=domain_id)
    where = (
        "alias.domain_id = ? AND"
        " (alias.localpart LIKE ? ESCAPE '!' OR lower(alias.targets) LIKE ? ESCAPE '!')"
    )
    args = (domain_id, contains(search), contains(search))
    total = await db.fetch_value(f"SELECT count(*) FROM alias WHERE {where}", *args)
    rows = await db.fetch_rows(
        f"{_SELECT} WHERE {where} AND alias.localpart > ? ORDER BY alias.localpart LIMIT ?",
        *args,
        after,
        limit + 1,
    )
    return Page.cut([_from_row(row) for row in rows], limit, total)


async def update(
    actor: Principal, alias_id: int, *, targets: list[str] | None = None, is_enabled: bool | None = None
) -> Alias:
    """Change what is given; the alias afterwards."""
    policy.require(actor, Permission.ALIASES_MANAGE)
    checked = check_targets(targets) if targets is not None else None

    async def verb(tx: Tx) -> Alias:
        before = await _found(tx, actor, Permission.ALIASES_MANAGE, alias_id)
        after = replace(
            before,
            targets=before.targets if checked is None else checked,
            is_enabled=before.is_enabled if is_enabled is None else is_enabled,
        )
        change = audit.changes(
            targets=([str(a) for a in before.targets], [str(a) for a in after.targets]),
            is_enabled=(before.is_enabled, after.is_enabled),
        )
        if change:
            await tx.execute(
                "UPDATE alias SET targets = ?, is_enabled = ? WHERE id = ?",
                _dumps(after.targets),
                int(after.is_enabled),
                alias_id,
            )
            await audit.record(tx, actor, "alias.update", after.address, after.domain_id, change)
            tx.announce(DomainChanged(after.domain_id))
        return after

    return await db.write(verb)


async def remove(actor: Principal, alias_id: int) -> None:
    """Remove an alias."""
    policy.require(actor, Permission.ALIASES_MANAGE)

    async def verb(tx: Tx) -> None:
        alias = await _found(tx, actor, Permission.ALIASES_MANAGE, alias_id)
        await tx.execute("DELETE FROM alias WHERE id = ?", alias_id)
        detail = {"targets": [str(target) for target in alias.targets]}
        await audit.record(tx, actor, "alias.remove", alias.address, alias.domain_id, detail)
        tx.announce(DomainChanged(alias.domain_id))

    await db.write(verb)


def check_targets(targets: list[str]) -> tuple[Address, ...]:
    """The targets as addresses, each once, in the order given."""
    found = tuple(dict.fromkeys(names.address(text, field="targets") for text in targets if text.strip()))
    if not found:
        raise InvalidSyntax("An alias needs at least one target", field="targets")
    if len(found) > MOST_TARGETS:
        raise InvalidSyntax(f"An alias has at most {MOST_TARGETS} targets", field="targets")
    return found


def parse_targets(text: str) -> tuple[Address, ...]:
    """Targets as they are stored."""
    return tuple(Address.parse(target) for target in json.loads(text))


def _dumps(targets: tuple[Address, ...]) -> str:
    return json.dumps([str(target) for target in targets], ensure_ascii=False)


def _from_row(row: Row) -> Alias:
    return Alias(row[0], row[1], row[2], row[3], parse_targets(row[4]), bool(row[5]), row[6])


async def _found(reader: Reader, actor: Principal, permission: Permission, alias_id: int) -> Alias:
    row = await reader.fetch_row(f"{_SELECT} WHERE alias.id = ?", alias_id)
    alias = _from_row(row) if row else None
    if alias is None or not policy.can(actor, permission, on=alias):
        raise NotFound("No such alias")
    return alias
