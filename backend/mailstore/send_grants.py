"""Who may write in another's name: granted by the owner, or by who manages the users of the domain.

A holder is a person or a group of the owner's domain. It writes *as* the owner, and nobody sees that it was
not the owner, or *on behalf* of the owner, and Sender names who it was. Of several grants that reach somebody
the first kind counts. They end with the owner, the person or the group.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.directory import audit, policy
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.formats.addresses import format_addr_spec
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound
from backend.mailstore import grants
from backend.mailstore.grants import ANYONE, GROUP_PREFIX, Holder, Owner
from schema.events import UserChanged

MOST_HOLDERS = 200
MOST_OWNERS = 50
_HELD = (
    "((g.holder_kind = 'user' AND g.holder_id = ?) OR (g.holder_kind = 'group' AND g.holder_id IN"
    " (SELECT group_id FROM group_member WHERE user_id = ?)))"
)


class SendMode(StrEnum):
    """How another's address may be used."""

    AS = "as"
    BEHALF = "behalf"


@dataclass(frozen=True, slots=True)
class SendGrant:
    """A holder and what it may."""

    holder: Holder
    mode: SendMode


async def put(actor: Principal, owner_id: int, holder: str, mode: SendMode | None) -> list[SendGrant]:
    """Let a holder (an address, `group:<name>`) write in the owner's name, or with None no longer; what is
    granted afterwards. Raises InvalidSyntax, LimitExceeded, and NotFound for who may not know of the owner.
    """
    owner = await _administered(actor, owner_id)
    found = await grants.find_holder(owner, holder)
    if found.kind == ANYONE:
        raise InvalidSyntax("A person or a group may write in somebody's name, not everyone", field="holder")

    async def verb(tx: Tx) -> list[SendGrant]:
        # The owner's row is the lock under which grants are counted.
        await tx.execute("UPDATE user_account SET is_enabled = is_enabled WHERE id = ?", owner_id)
        await _replace(tx, owner_id, found, mode)
        after = await _of(tx, owner)
        if len(after) > MOST_HOLDERS:
            raise LimitExceeded(f"At most {MOST_HOLDERS} may write in one name; use a group", field="holder")
        detail = {"holder": found.name, "mode": mode.value if mode is not None else "none"}
        await audit.record(tx, actor, "user.grant_sending", owner.address, owner.domain_id, detail)
        tx.announce(UserChanged(owner_id, owner.domain_id))
        return after

    return await db.write(verb)


async def list_grants(actor: Principal, owner_id: int) -> list[SendGrant]:
    """Who may write in the owner's name, by kind and name."""
    return await _of(db.database(), await _administered(actor, owner_id))


async def granted_to(user_id: int) -> list[tuple[int, SendMode]]:
    """In whose name the user may write, and how; oldest grant first."""
    rows = await db.fetch_rows(
        f"SELECT g.owner_id, MIN(g.mode) FROM send_grant g WHERE {_HELD} AND g.owner_id <> ?"
        " GROUP BY g.owner_id ORDER BY MIN(g.id) LIMIT ?",
        user_id,
        user_id,
        user_id,
        MOST_OWNERS,
    )
    return [(owner_id, SendMode(mode)) for owner_id, mode in rows]


async def mode_of(user_id: int, owner_id: int) -> SendMode | None:
    """How the user may write in that owner's name; None where not at all."""
    mode = await db.fetch_value(
        f"SELECT MIN(g.mode) FROM send_grant g WHERE g.owner_id = ? AND {_HELD}", owner_id, user_id, user_id
    )
    return SendMode(mode) if mode is not None else None


async def forget_user(tx: Tx, user_id: int) -> None:
    """Part of removing a user: what was granted by, and to, them."""
    await tx.execute("DELETE FROM send_grant WHERE owner_id = ?", user_id)
    await tx.execute("DELETE FROM send_grant WHERE holder_kind = 'user' AND holder_id = ?", user_id)


async def _administered(actor: Principal, owner_id: int) -> Owner:
    """The owner, if the actor may say who writes in that name."""
    is_own = actor.user_id == owner_id and policy.can(actor, Permission.MAIL_USE)
    if not is_own:
        policy.require(actor, Permission.USERS_MANAGE)
    owner = await grants.owner_of(owner_id)
    if not is_own and not policy.can(actor, Permission.USERS_MANAGE, on=owner.domain_id):
        raise NotFound("There is no such account")
    return owner


async def _replace(tx: Tx, owner_id: int, holder: Holder, mode: SendMode | None) -> None:
    key = (owner_id, holder.kind, holder.id)
    await tx.execute("DELETE FROM send_grant WHERE owner_id = ? AND holder_kind = ? AND holder_id = ?", *key)
    if mode is not None:
        await tx.execute(
            "INSERT INTO send_grant (id, owner_id, holder_kind, holder_id, mode, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            ids.new_id(),
            *key,
            mode.value,
            clock.now(),
        )


async def _of(source: db.Database | Tx, owner: Owner) -> list[SendGrant]:
    rows = await source.fetch_rows(
        "SELECT g.holder_kind, g.holder_id, g.mode, u.localpart, h.name FROM send_grant g"
        " LEFT JOIN user_account u ON g.holder_kind = 'user' AND u.id = g.holder_id"
        " LEFT JOIN user_group h ON g.holder_kind = 'group' AND h.id = g.holder_id WHERE g.owner_id = ?",
        owner.id,
    )
    found = []
    for kind, holder_id, mode, localpart, group in rows:
        name = format_addr_spec(localpart, owner.domain) if kind == "user" else f"{GROUP_PREFIX}{group}"
        found.append(SendGrant(Holder(kind, holder_id, name), SendMode(mode)))
    return sorted(found, key=lambda grant: (grant.holder.kind, grant.holder.name))
