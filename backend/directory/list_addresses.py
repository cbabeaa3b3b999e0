"""Addresses that are named beside the members of a list: those that may post, and those that may not.

`@domain` stands for every address of a domain.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.directory import audit, list_standing, names
from backend.directory.list_members import folded
from backend.directory.list_types import AddressKind, Standing
from backend.directory.principal import Principal
from backend.kit import db, ids
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded

MOST = 1000


async def get(actor: Principal, list_id: int, kind: AddressKind) -> list[str]:
    """The addresses of a kind, in order."""
    await list_standing.found(actor, list_id, Standing.MODERATOR)
    return await _stored(db.database(), list_id, kind)


async def put(actor: Principal, list_id: int, kind: AddressKind, wanted: Sequence[str]) -> list[str]:
    """Set the addresses of a kind; those that hold afterwards."""
    checked = sorted({_checked(text) for text in wanted if text.strip()})
    if len(checked) > MOST:
        raise LimitExceeded(f"At most {MOST} addresses", field="addresses")

    async def verb(tx: Tx) -> list[str]:
        mailing_list = await list_standing.found(actor, list_id, Standing.OWNER, reader=tx)
        before = await _stored(tx, list_id, kind)
        if before != checked:
            await tx.execute("DELETE FROM list_address WHERE list_id = ? AND kind = ?", list_id, kind.value)
            await tx.execute_many(
                "INSERT INTO list_address (id, list_id, kind, address) VALUES (?, ?, ?, ?)",
                [(ids.new_id(), list_id, kind.value, address) for address in checked],
            )
            detail = {
                "kind": kind.value,
                "added": sorted(set(checked) - set(before))[:50],
                "removed": sorted(set(before) - set(checked))[:50],
            }
            await audit.record(
                tx, actor, "list.set_addresses", mailing_list.address, mailing_list.domain_id, detail
            )
        return checked

    return await db.write(verb)


def _checked(text: str) -> str:
    text = text.strip()
    return f"@{names.domain_name(text[1:])}" if text.startswith("@") else folded(text)


async def _stored(reader: Tx | db.Database, list_id: int, kind: AddressKind) -> list[str]:
    rows = await reader.fetch_rows(
        "SELECT address FROM list_address WHERE list_id = ? AND kind = ? ORDER BY address",
        list_id,
        kind.value,
    )
    return [row[0] for row in rows]
