"""Who may write as whom: the one place that SMTP submission, sending from the web and drafts ask.

A user's identities are the own address, aliases that lead to the user alone, all of them under the further
names of the domain and with any `+detail`; and what others have granted (`send_grants`): writing as the
owner, of which nothing is seen, or on the owner's behalf, which names the writer in Sender (RFC 5322 §3.6.2).
The display name is the owner's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from backend.directory import domain_aliases, resolve
from backend.directory.resolve import Expansion, LocalUser
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.errors import NotFound, PermissionDenied
from backend.mailstore import send_grants
from backend.mailstore.send_grants import SendMode

MAX_IDENTITIES = 50


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and an address to send from; `mode` is None where it is one's own, `owner_id` whose it is."""

    name: str
    address: Address
    owner_id: int
    mode: SendMode | None = None


async def of_user(user_id: int) -> list[Identity]:
    """The user's identities, the own address first, what others granted last."""
    found = await _own(user_id)
    if not found:
        raise NotFound("There is no such user")
    for owner_id, mode in await send_grants.granted_to(user_id):
        if len(found) >= MAX_IDENTITIES:
            break
        found += [Identity(one.name, one.address, owner_id, mode) for one in await _own(owner_id)]
    return found[:MAX_IDENTITIES]


async def find(user_id: int, address: Address) -> Identity | None:
    """The identity of that address; None where it is not for the user to use."""
    owner_id = await owner_of(address)
    if owner_id is None:
        return None
    mode = None
    if owner_id != user_id:
        mode = await send_grants.mode_of(user_id, owner_id)
        if mode is None:
            return None
    name = await db.fetch_value("SELECT name FROM user_account WHERE id = ?", owner_id)
    return Identity(name or "", address, owner_id, mode)


async def require(user_id: int, address: Address) -> Identity:
    """`find`; raises `PermissionDenied` where there is none."""
    identity = await find(user_id, address)
    if identity is None:
        raise PermissionDenied(f"You may not send as {address}", field="from")
    return identity


async def owner_of(address: Address) -> int | None:
    """The one user to whom all mail for the address goes; nobody owns what several get, or a catch-all."""
    for _ in range(resolve.DEEPEST):
        match await resolve.resolve(address):
            case LocalUser(user_id=user_id):
                return user_id
            case Expansion(targets=(target,), is_catch_all=False):
                address = target
            case _:
                return None
    return None


async def _own(user_id: int) -> list[Identity]:
    """What is the user's own; empty for one who is disabled or no more."""
    row = await db.fetch_row(
        "SELECT u.localpart, d.name, u.name, d.id FROM user_account u"
        " JOIN domain d ON d.id = u.domain_id WHERE u.id = ? AND u.is_enabled = 1",
        user_id,
    )
    if row is None:
        return []
    localpart, domain, name, domain_id = row
    own = Address(localpart, domain)
    aliases = await db.fetch_rows(
        "SELECT localpart, targets FROM alias"
        " WHERE domain_id = ? AND is_enabled = 1 AND targets LIKE ? LIMIT ?",
        domain_id,
        f"%{localpart}@%",
        MAX_IDENTITIES,
    )
    localparts = [localpart] + [
        alias for alias, targets in aliases if alias != "*" and json.loads(targets) == [str(own)]
    ]
    names = [domain, *await domain_aliases.names_of(db.current_tx.get() or db.database(), domain_id)]
    found = [Identity(name, Address(one, under), user_id) for under in names for one in localparts]
    return found[:MAX_IDENTITIES]
