"""What comes back for members of a list: counted by day; after too many days nothing more is sent to them.

A day counts once however many posts came back on it, and a count that rested for `FORGOTTEN_S` begins anew:
a server that is down for an evening takes nobody off a list. The owners are told of everyone suspended.
"""

from __future__ import annotations

from collections.abc import Collection

from backend.directory.list_types import Command, MailingList
from backend.directory.setting_key import Level
from backend.directory.setting_keys import find
from backend.directory.setting_store import load_chain
from backend.kit import clock
from backend.kit.db import Row, Tx
from backend.submission.lists import letters

DAY_S = 86_400
FORGOTTEN_S = 14 * DAY_S
# What the other side thinks of the post's content or size says nothing of the member's address.
_NOT_THE_ADDRESS = ("5.2.3", "5.3.4", "5.6.", "5.7.")


def is_hard(status: str) -> bool:
    """Whether a status (RFC 3463) says that mail will not reach the address."""
    if status.startswith(_NOT_THE_ADDRESS):
        return False
    return status.startswith("5.") or status == "4.4.7"


async def count(tx: Tx, list_id: int, addresses: Collection[str], return_path: str) -> None:
    """Count a bounce for members by address; `return_path` is that of the list."""
    for address in addresses:
        row = await tx.fetch_row(
            "SELECT id, address, bounces, bounced_at FROM list_member WHERE list_id = ? AND address = ?"
            " AND suspended_at IS NULL",
            list_id,
            address,
        )
        if row is not None:
            await _count_one(tx, list_id, row, return_path)


async def count_member(tx: Tx, list_id: int, member_id: int, return_path: str) -> None:
    """Count a bounce for one member by id."""
    row = await tx.fetch_row(
        "SELECT id, address, bounces, bounced_at FROM list_member WHERE list_id = ? AND id = ?"
        " AND suspended_at IS NULL",
        list_id,
        member_id,
    )
    if row is not None:
        await _count_one(tx, list_id, row, return_path)


async def _count_one(tx: Tx, list_id: int, row: Row, return_path: str) -> None:
    member_id, address, bounces, bounced_at = row
    now = clock.now()
    if bounced_at is not None and bounced_at // DAY_S == now // DAY_S:
        return
    bounces = bounces + 1 if bounced_at is not None and now - bounced_at < FORGOTTEN_S else 1
    found = await tx.fetch_row(
        f"SELECT {MailingList.COLUMNS} FROM {MailingList.TABLES} WHERE l.id = ?", list_id
    )
    if found is None:
        return
    mailing_list = MailingList.from_row(found)
    chain = await load_chain(tx, Level.DOMAIN, mailing_list.domain_id)
    limit = int(chain.effective(find("lists.bounces_before_suspension")).value)
    is_suspended = 0 < limit <= bounces
    await tx.execute(
        "UPDATE list_member SET bounces = ?, bounced_at = ?, suspended_at = ? WHERE id = ?",
        bounces,
        now,
        now if is_suspended else None,
        member_id,
    )
    if is_suspended:
        await letters.send(
            tx,
            mailing_list,
            mailing_list.address_for(Command.OWNER),
            letters.Letter(
                f"{address} is suspended from {mailing_list.title}",
                f"Mail to {address} came back on {bounces} days, so {mailing_list.address} sends nothing\n"
                "more there. The member stays on the list; its owners can take the suspension back.\n",
            ),
            return_path=return_path,
        )
