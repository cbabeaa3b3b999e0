"""One thing that is not as it should be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from backend.kit.db import Tx
from backend.mailstore import modseq as modseqs
from backend.mailstore.types import MailboxRow
from schema.events import MailboxChanged

Repair = Callable[[Tx], Awaitable[None]]


@dataclass(slots=True)
class Finding:
    """`kind` is one of a few words; `repair` is part of a verb that holds the account, None where nothing
    helps.
    """

    kind: str
    where: str
    text: str
    repair: Repair | None = None
    is_repaired: bool = False

    @property
    def outcome(self) -> str:
        """What became of it, or could."""
        if self.is_repaired:
            return "repaired"
        return "can be repaired" if self.repair is not None else "cannot be repaired"


def statement(sql: str, *args: int) -> Repair:
    """A repair by one statement."""

    async def repair(tx: Tx) -> None:
        await tx.execute(sql, *args)

    return repair


def raised(table: str, column: str, value: int, row_id: int) -> Repair:
    """A repair that raises a number of a row that is too low."""
    return statement(f"UPDATE {table} SET {column} = ? WHERE id = ? AND {column} < ?", value, row_id, value)


def starting_over(box: MailboxRow, sql: str = "", *args: int) -> Repair:
    """A repair of what clients have been told already: they are made to forget it and ask for all anew."""

    async def repair(tx: Tx) -> None:
        if sql:
            await tx.execute(sql, *args)
        modseq = await modseqs.take(tx, box.account_id)
        await tx.execute(
            "UPDATE mailbox SET modseq = ?, expunged_before = ? WHERE id = ?", modseq, modseq, box.id
        )
        tx.announce(MailboxChanged(box.account_id, box.id, modseq))

    return repair
