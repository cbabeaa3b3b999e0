"""What comes back to the return paths that we signed (`backend.directory.return_paths`).

A report about a message goes to the mailbox of whoever sent it, like any report; one about a member of a list
goes to nobody's mailbox, but to the receiver of its kind, in the transaction that settles the recipient.
Receivers stand in `RECEIVERS`; an address of a kind without one is unknown.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from backend.formats import dsn_reading
from backend.formats.addresses import format_addr_spec
from backend.formats.bounce_addresses import Kind, Tag
from backend.formats.dsn import DeliveryReport
from backend.formats.mime import scan
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.spool import settlements
from backend.spool.types import Attempt, SpooledMessage, SpooledRecipient

TAKEN_STATUS = "2.1.5"


@dataclass(frozen=True, slots=True)
class Bounce:
    """What came to a return path, and to which; `report` is None where no delivery report could be read in it
    (an automatic answer, say).
    """

    return_path: str
    tag: Tag
    report: DeliveryReport | None


@dataclass(frozen=True, slots=True)
class ReturnTarget:
    """A recipient that is a return path of ours."""

    recipient: SpooledRecipient
    tag: Tag


Receiver = Callable[[Tx, Bounce], Awaitable[None]]

RECEIVERS: dict[Kind, Receiver] = {}


async def account_of(tag: Tag) -> int | None:
    """Who sent the message that came back; None where the spool knows it no longer."""
    found: int | None = await db.fetch_value("SELECT account_id FROM spool_message WHERE id = ?", tag.first)
    return found


async def take(message: SpooledMessage, raw: bytes, target: ReturnTarget) -> None:
    """Hand a bounce to its receiver and settle the recipient, in one transaction. Raises `LeaseLost`."""
    recipient = target.recipient
    address = format_addr_spec(recipient.localpart, recipient.domain)
    bounce = Bounce(address, target.tag, dsn_reading.read(raw, scan(raw)))

    async def verb(tx: Tx) -> None:
        await RECEIVERS[target.tag.kind](tx, bounce)
        done = Attempt(recipient.id, status=TAKEN_STATUS)
        await settlements.delivered(tx, message.id, [done], now=clock.now())

    await db.write(verb)
