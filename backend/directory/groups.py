"""Groups: people of a domain who hold rights together; domain administrators keep them.

A group holds rights on mailboxes (`mailstore.shares`), may write in another's name
(`mailstore.send_grants`) and be on mailing lists; it is no recipient by itself and no role.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from backend.directory import audit, domains, list_rows, names, policy
from backend.directory.pages import Page, contains
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.setting_store import Reader
from backend.kit import clock, db, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import Conflict, InvalidSyntax, LimitExceeded, NotFound
from schema.events import DomainChanged

MOST_MEMBERS = 2000
MOST_GROUPS = 1000
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
_SELECT = (
    "SELECT g.id, g.domain_id, domain.name, g.name, g.created_at,"
    " (SELECT COUNT(*) FROM group_member WHERE group_id = g.id)"
    " FROM user_group g JOIN domain ON domain.id = g.domain_id"
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a domain and how many are in it."""

    id: int
    domain_id: int
    domain: str
    name: str
    created_at: int
    member_count: int

    @property
    def label(self) -> str:
        """The name with its domain, for the audit and for people of several domains."""
        return f"{self.name}@{self.domain}"


@dataclass(frozen=True, slots=True)
class Member:
    """A user in a group."""

    user_id: int
    address: str
    name: str


async def add(actor: Principal, domain_id: int, name: str) -> Group:
    """A new group without members. `Conflict` where the name is taken, `InvalidSyntax` for a bad one."""
    policy.require(actor, Permission.USERS_MANAGE, on=domain_id)
    wanted = _normal(name)

    async def verb(tx: Tx) -> Group:
        domain = await domains.locked(tx, domain_id)
        count = await tx.fetch_value("SELECT COUNT(*) FROM user_group WHERE domain_id = ?", domain_id)
        if count >= MOST_GROUPS:
            raise LimitExceeded(f"A domain has at most {MOST_GROUPS} groups")
        group = Group(ids.new_id(), domain_id, domain.name, wanted, clock.now(), 0)
        row = await tx.fetch_row(
            "INSERT INTO user_group (id, domain_id, name, created_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (domain_id, name) DO NOTHING RETURNING id",
            group.id,
            domain_id,
            wanted,
            group.created_at,
        )
        if row is None:
            raise Conflict("A group of that name exists", field="name")
        await _note(tx, actor, "group.add", group)
        return group

    return await db.write(verb)


async def get(actor: Principal, group_id: int) -> Group:
    """A group the actor may see; else `NotFound`."""
    return await _found(db.current_tx.get() or db.database(), actor, Permission.USERS_READ, group_id)


async def get_by_name(actor: Principal, domain_id: int, name: str) -> Group:
    """`get` by the name in a domain."""
    policy.require(actor, Permission.USERS_READ, on=domain_id)
    row = await db.fetch_row(
        f"{_SELECT} WHERE g.domain_id = ? AND g.name = ?", domain_id, name.strip().lower()
    )
    if row is None:
        raise NotFound("No such group")
    return Group(*row)


async def list_page(
    actor: Principal, domain_id: int, *, after: str = "", limit: int = 50, search: str = ""
) -> Page[Group]:
    """Groups of a domain by name."""
    policy.require(actor, Permission.USERS_READ, on=domain_id)
    where, args = "g.domain_id = ? AND g.name LIKE ? ESCAPE '!'", (domain_id, contains(search))
    total = await db.fetch_value(f"SELECT COUNT(*) FROM user_group g WHERE {where}", *args)
    rows = await db.fetch_rows(
        f"{_SELECT} WHERE {where} AND g.name > ? ORDER BY g.name LIMIT ?", *args, after, limit + 1
    )
    return Page.cut([Group(*row) for row in rows], limit, total)


async def members(actor: Principal, group_id: int) -> list[Member]:
    """Everyone in a group, by address."""
    group = await get(actor, group_id)
    rows = await db.fetch_rows(
        "SELECT u.id, u.localpart, u.name FROM group_member m JOIN user_account u ON u.id = m.user_id"
        " WHERE m.group_id = ? ORDER BY u.localpart",
        group_id,
    )
    return [Member(row[0], f"{row[1]}@{group.domain}", row[2]) for row in rows]


async def add_member(actor: Principal, group_id: int, address: str) -> Group:
    """Put a user of the same domain into a group; nothing to do where it is in. The group afterwards."""

    async def verb(tx: Tx) -> Group:
        group = await _found(tx, actor, Permission.USERS_MANAGE, group_id)
        await domains.locked(tx, group.domain_id)
        user_id = await _user_of(tx, group, address)
        if group.member_count >= MOST_MEMBERS:
            raise LimitExceeded(f"A group has at most {MOST_MEMBERS} members")
        row = await tx.fetch_row(
            "INSERT INTO group_member (id, group_id, user_id) VALUES (?, ?, ?)"
            " ON CONFLICT (group_id, user_id) DO NOTHING RETURNING id",
            ids.new_id(),
            group_id,
            user_id,
        )
        if row is None:
            return group
        await _note(tx, actor, "group.add_member", group, address)
        return replace(group, member_count=group.member_count + 1)

    return await db.write(verb)


async def remove_member(actor: Principal, group_id: int, address: str) -> Group:
    """Take a user out of a group. `NotFound` where it is not in. The group afterwards."""

    async def verb(tx: Tx) -> Group:
        group = await _found(tx, actor, Permission.USERS_MANAGE, group_id)
        user_id = await _user_of(tx, group, address)
        gone = await tx.execute(
            "DELETE FROM group_member WHERE group_id = ? AND user_id = ?", group_id, user_id
        )
        if not gone:
            raise NotFound("No such member", field="address")
        await _note(tx, actor, "group.remove_member", group, address)
        return replace(group, member_count=group.member_count - 1)

    return await db.write(verb)


async def remove(actor: Principal, group_id: int) -> None:
    """Remove a group, with the rights it holds."""

    async def verb(tx: Tx) -> None:
        group = await _found(tx, actor, Permission.USERS_MANAGE, group_id)
        for table in ("share", "send_grant"):
            await tx.execute(f"DELETE FROM {table} WHERE holder_kind = 'group' AND holder_id = ?", group_id)
        await tx.execute("DELETE FROM group_member WHERE group_id = ?", group_id)
        await list_rows.forget_group(tx, group_id)
        await tx.execute("DELETE FROM user_group WHERE id = ?", group_id)
        await _note(tx, actor, "group.remove", group)

    await db.write(verb)


def _normal(name: str) -> str:
    wanted = name.strip().lower()
    if not _NAME.fullmatch(wanted):
        raise InvalidSyntax(
            "The name of a group is made of letters a to z, digits and . _ -, at most 64", field="name"
        )
    return wanted


async def _found(reader: Reader, actor: Principal, permission: Permission, group_id: int) -> Group:
    policy.require(actor, permission)
    row: Row | None = await reader.fetch_row(f"{_SELECT} WHERE g.id = ?", group_id)
    if row is None or not policy.can(actor, permission, on=int(row[1])):
        raise NotFound("No such group")
    return Group(*row)


async def _user_of(tx: Tx, group: Group, address: str) -> int:
    wanted = names.local_address(address)
    user_id = None
    if wanted.domain == group.domain:
        user_id = await tx.fetch_value(
            "SELECT id FROM user_account WHERE domain_id = ? AND localpart = ? AND is_shared = 0",
            group.domain_id,
            wanted.localpart,
        )
    if user_id is None:
        raise NotFound(f"There is no user {wanted} in {group.domain}", field="address")
    return int(user_id)


async def _note(tx: Tx, actor: Principal, action: str, group: Group, member: str = "") -> None:
    detail = {"member": member.strip()[:320]} if member else {}
    await audit.record(tx, actor, action, group.label, group.domain_id, detail)
    tx.announce(DomainChanged(group.domain_id))
