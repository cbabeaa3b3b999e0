"""Rows of mailing lists, for those who remove what they hang on: a list, a domain, a group, a user."""

from __future__ import annotations

from backend.kit import blobs
from backend.kit.db import Tx

_OF_LIST = ("list_member", "list_address", "list_request", "list_distribution")


async def delete_list(tx: Tx, list_id: int) -> None:
    """Remove a list with all that is its own. What it has sent already goes on its way."""
    for (blob_id,) in await tx.fetch_rows("SELECT blob_id FROM list_post WHERE list_id = ?", list_id):
        await blobs.release(tx, blob_id)
    await tx.execute("DELETE FROM list_post WHERE list_id = ?", list_id)
    for table in _OF_LIST:
        await tx.execute(f"DELETE FROM {table} WHERE list_id = ?", list_id)
    await tx.execute("DELETE FROM mailing_list WHERE id = ?", list_id)


async def delete_of_domain(tx: Tx, domain_id: int) -> None:
    """Remove all lists of a domain."""
    for (list_id,) in await tx.fetch_rows("SELECT id FROM mailing_list WHERE domain_id = ?", domain_id):
        await delete_list(tx, list_id)


async def forget_group(tx: Tx, group_id: int) -> None:
    """Take a group off every list."""
    await tx.execute("DELETE FROM list_member WHERE group_id = ?", group_id)


async def forget_address(tx: Tx, address: str) -> None:
    """Take the address of a user who is removed off every list."""
    await tx.execute("DELETE FROM list_member WHERE address = ?", address)
