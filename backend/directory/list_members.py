"""Members of mailing lists: addresses here and elsewhere, and groups of the domain.

Owners and those who manage the domain's lists keep them, one by one or by the thousand (`add_many`); who may
see them is an option of the list. Nobody else learns who is on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.directory import audit, list_standing, names
from backend.directory.list_types import Delivery, MailingList, Member, MemberView, Standing
from backend.directory.pages import Page, contains
from backend.directory.principal import Principal
from backend.directory.setting_key import Level
from backend.directory.setting_keys import find
from backend.directory.setting_store import load_chain
from backend.formats.addresses import Address
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded, MailError, NotFound
from schema.events import DomainChanged

AT_ONCE = 1000
GROUP_PREFIX = "group:"
_SELECT = f"SELECT {Member.COLUMNS} FROM list_member m"


@dataclass(frozen=True, slots=True)
class NewMember:
    """Who shall be on a list, as typed: an address or `group:NAME`."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of many: how many are new, how many were there already, and what is no address."""

    added: int
    known: int
    refused: tuple[str, ...]


async def list_page(
    actor: Principal,
    list_id: int,
    *,
    after: str = "",
    limit: int = 50,
    search: str = "",
    least_role: Standing = Standing.MEMBER,
) -> Page[Member]:
    """Members by address, `search` in address or name; only those of that role at least."""
    await _require_view(actor, list_id)
    where = (
        "m.list_id = ? AND m.role >= ? AND (m.address LIKE ? ESCAPE '!' OR lower(m.name) LIKE ? ESCAPE '!')"
    )
    args = (list_id, int(least_role), contains(search), contains(search))
    total = await db.fetch_value(f"SELECT count(*) FROM list_member m WHERE {where}", *args)
    rows = await db.fetch_rows(
        f"{_SELECT} WHERE {where} AND m.address > ? ORDER BY m.address LIMIT ?", *args, after, limit + 1
    )
    return Page.cut([Member.from_row(row) for row in rows], limit, total)


async def counts(list_ids: Sequence[int]) -> dict[int, int]:
    """Members of each list; a group counts as one."""
    rows = await db.fetch_rows(
        f"SELECT list_id, count(*) FROM list_member WHERE list_id IN ({db.marks(len(list_ids))})"
        " GROUP BY list_id",
        *list_ids,
    )
    return dict.fromkeys(list_ids, 0) | {row[0]: row[1] for row in rows}


async def add_many(
    actor: Principal,
    list_id: int,
    wanted: Sequence[NewMember],
    *,
    role: Standing = Standing.MEMBER,
    delivery: Delivery = Delivery.EACH,
) -> Added:
    """Put up to `AT_ONCE` on a list. Who is on it already stays as they are; what is no address is told."""
    if len(wanted) > AT_ONCE:
        raise LimitExceeded(f"At most {AT_ONCE} members at once", field="members")
    if role not in (Standing.MEMBER, Standing.MODERATOR, Standing.OWNER):
        raise InvalidSyntax("A member, moderator or owner is needed", field="role")
    mailing_list = await list_standing.found(actor, list_id, Standing.OWNER)
    people: dict[str, str] = {}
    groups: list[str] = []
    refused: list[str] = []
    for one in wanted:
        try:
            if one.address.strip().lower().startswith(GROUP_PREFIX):
                groups.append(one.address.strip().lower().removeprefix(GROUP_PREFIX))
            else:
                people.setdefault(folded(one.address), names.person_name(one.name))
        except MailError:
            refused.append(one.address.strip()[:320])
    if mailing_list.address in people:
        del people[mailing_list.address]
        refused.append(mailing_list.address)

    async def verb(tx: Tx) -> Added:
        found = await list_standing.found(actor, list_id, Standing.OWNER, reader=tx)
        known_groups, missing = await _group_ids(tx, found, groups)
        rows: list[tuple[str, int | None, str]] = [(address, None, name) for address, name in people.items()]
        rows += [(GROUP_PREFIX + name, group_id, "") for name, group_id in known_groups.items()]
        new = await insert(tx, found, rows, role=role, delivery=delivery)
        if new:
            detail: dict[str, object] = {"count": new, "role": role.name}
            if len(rows) <= 20:
                detail["members"] = [address for address, _, _ in rows]
            await audit.record(tx, actor, "list.add_members", found.address, found.domain_id, detail)
        return Added(new, len(rows) - new, tuple(refused + missing))

    return await db.write(verb)


async def insert(
    tx: Tx,
    mailing_list: MailingList,
    rows: Sequence[tuple[str, int | None, str]],
    *,
    role: Standing = Standing.MEMBER,
    delivery: Delivery = Delivery.EACH,
) -> int:
    """Add (address, group id, name) to a list; how many are new. `LimitExceeded` where it is full."""
    # The list's row is the lock under which its members are counted.
    await tx.execute("UPDATE mailing_list SET is_enabled = is_enabled WHERE id = ?", mailing_list.id)
    before = await _count(tx, mailing_list.id)
    now = clock.now()
    await tx.execute_many(
        "INSERT INTO list_member (id, list_id, address, group_id, name, role, delivery, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (list_id, address) DO NOTHING",
        [
            (ids.new_id(), mailing_list.id, address, group_id, name, int(role), delivery.value, now)
            for address, group_id, name in rows
        ],
    )
    after = await _count(tx, mailing_list.id)
    limit = (await load_chain(tx, Level.DOMAIN, mailing_list.domain_id)).effective(find("lists.max_members"))
    if after > before and after > int(limit.value):
        raise LimitExceeded(
            f"The list has {before} members and may have {limit.value}; the limit is {limit.origin}",
            detail={"key": "lists.max_members", "count": before, "limit": limit.value},
        )
    if after > before and role is Standing.OWNER:
        tx.announce(DomainChanged(mailing_list.domain_id))  # who the owners are is remembered by `resolve`
    return after - before


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be changed of a member; None leaves it. `is_suspended` can only be taken back."""

    name: str | None = None
    role: Standing | None = None
    delivery: Delivery | None = None
    is_suspended: bool | None = None


async def update(actor: Principal, list_id: int, member_id: int, change: Change) -> Member:
    """Change a member; the member afterwards."""
    if change.role is Standing.ADMINISTRATOR:
        raise InvalidSyntax("A member, moderator or owner is needed", field="role")
    if change.is_suspended:
        raise InvalidSyntax("Only bounces suspend; turn the delivery off instead", field="isSuspended")

    async def verb(tx: Tx) -> Member:
        mailing_list = await list_standing.found(actor, list_id, Standing.OWNER, reader=tx)
        before = await _found(tx, list_id, member_id)
        name = before.name if change.name is None else names.person_name(change.name)
        role = before.role if change.role is None else change.role
        delivery = before.delivery if change.delivery is None else change.delivery
        if before.group_id is not None and role is not Standing.MEMBER:
            raise InvalidSyntax("A group cannot moderate a list", field="role")
        await tx.execute(
            "UPDATE list_member SET name = ?, role = ?, delivery = ? WHERE id = ?",
            name,
            int(role),
            delivery.value,
            member_id,
        )
        if change.is_suspended is False:
            await tx.execute(
                "UPDATE list_member SET suspended_at = NULL, bounces = 0, bounced_at = NULL WHERE id = ?",
                member_id,
            )
        after = await _found(tx, list_id, member_id)
        changed = audit.changes(
            name=(before.name, after.name),
            role=(before.role.name, after.role.name),
            delivery=(before.delivery.value, after.delivery.value),
            is_suspended=(before.suspended_at is not None, after.suspended_at is not None),
        )
        if changed:
            detail = {"member": before.address} | changed
            await audit.record(
                tx, actor, "list.update_member", mailing_list.address, mailing_list.domain_id, detail
            )
            tx.announce(DomainChanged(mailing_list.domain_id))
        return after

    return await db.write(verb)


async def remove(actor: Principal, list_id: int, member_ids: Sequence[int]) -> int:
    """Take up to `AT_ONCE` members off a list; how many there were."""
    if len(member_ids) > AT_ONCE:
        raise LimitExceeded(f"At most {AT_ONCE} members at once", field="ids")

    async def verb(tx: Tx) -> int:
        mailing_list = await list_standing.found(actor, list_id, Standing.OWNER, reader=tx)
        before = await _count(tx, list_id)
        await tx.execute_many(
            "DELETE FROM list_member WHERE id = ? AND list_id = ?",
            [(member_id, list_id) for member_id in member_ids],
        )
        gone = before - await _count(tx, list_id)
        if gone:
            await audit.record(
                tx,
                actor,
                "list.remove_members",
                mailing_list.address,
                mailing_list.domain_id,
                {"count": gone},
            )
            tx.announce(DomainChanged(mailing_list.domain_id))
        return gone

    return await db.write(verb)


async def find_id(actor: Principal, list_id: int, address: str) -> int:
    """The id of the member with that address or group; else `NotFound`."""
    await _require_view(actor, list_id)
    wanted = address.strip().lower()
    if not wanted.startswith(GROUP_PREFIX):
        wanted = folded(address)
    found = await db.fetch_value(
        "SELECT id FROM list_member WHERE list_id = ? AND address = ?", list_id, wanted
    )
    if found is None:
        raise NotFound(f"{wanted[:80]} is not on the list", field="address")
    return int(found)


def folded(text: str) -> str:
    """An address as members have it."""
    address = names.address(text)
    return str(Address(names.fold(address.localpart), address.domain))


async def _require_view(actor: Principal, list_id: int) -> None:
    mailing_list = await list_standing.found(actor, list_id, Standing.MEMBER)
    standing = await list_standing.of(actor, mailing_list)
    is_open = mailing_list.member_view is MemberView.MEMBERS
    if standing is None or (standing < Standing.MODERATOR and not is_open):
        raise NotFound("No such list")


async def _group_ids(
    tx: Tx, mailing_list: MailingList, wanted: Sequence[str]
) -> tuple[dict[str, int], list[str]]:
    found: dict[str, int] = {}
    missing: list[str] = []
    for name in dict.fromkeys(wanted):
        group_id = await tx.fetch_value(
            "SELECT id FROM user_group WHERE domain_id = ? AND name = ?", mailing_list.domain_id, name
        )
        if group_id is None:
            missing.append(GROUP_PREFIX + name[:64])
        else:
            found[name] = int(group_id)
    return found, missing


async def _count(tx: Tx, list_id: int) -> int:
    return int(await tx.fetch_value("SELECT count(*) FROM list_member WHERE list_id = ?", list_id))


async def _found(tx: Tx, list_id: int, member_id: int) -> Member:
    row = await tx.fetch_row(f"{_SELECT} WHERE m.id = ? AND m.list_id = ?", member_id, list_id)
    if row is None:
        raise NotFound("No such member")
    return Member.from_row(row)
