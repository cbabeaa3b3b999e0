"""Addresses that a user may send from: the own one, and aliases that lead to the user alone; all of them
under the further names of the domain too.

A plus-address of an identity is one too. The display name is the user's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from backend.directory import domain_aliases, resolve
from backend.formats.addresses import Address
from backend.kit import db
from backend.kit.errors import NotFound, PermissionDenied

MAX_IDENTITIES = 50


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and an address to send from."""

    name: str
    address: Address


async def of_user(user_id: int) -> list[Identity]:
    """The user's identities, the own address first."""
    row = await db.fetch_row(
        "SELECT u.localpart, d.name, u.name, d.id FROM user_account u"
        " JOIN domain d ON d.id = u.domain_id WHERE u.id = ?",
        user_id,
    )
    if row is None:
        raise NotFound("There is no such user")
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
    found = [Identity(name, Address(one, under)) for under in names for one in localparts]
    return found[:MAX_IDENTITIES]


async def require(user_id: int, address: Address) -> Identity:
    """The identity of that address; raises `PermissionDenied` where it is not the user's."""
    base = address.localpart.partition("+")[0].lower()
    domain = await resolve.own_name(address.domain)
    for identity in await of_user(user_id):
        if identity.address.domain == domain and identity.address.localpart.lower() == base:
            return Identity(identity.name, address)
    raise PermissionDenied(f"You may not send as {address}", field="from")
