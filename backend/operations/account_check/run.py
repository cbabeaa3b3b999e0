"""The whole check of one account, in the order in which one repair makes the next one right."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import NotFound
from backend.mailstore import mailbox_rows
from backend.mailstore import modseq as modseqs
from backend.mailstore.types import MailboxRow
from backend.operations.account_check import mailboxes, messages
from backend.operations.account_check.finding import Finding


@dataclass(slots=True)
class Checked:
    """How far a check has come."""

    mailboxes: int = 0
    messages: int = 0
    findings: int = 0
    repaired: int = 0


async def check(account_id: int, checked: Checked, *, repairing: bool) -> AsyncIterator[Finding]:
    """Every finding of an account, repaired first where that is wanted and possible. Raises NotFound."""
    if await db.fetch_value("SELECT 1 FROM account WHERE id = ?", account_id) is None:
        raise NotFound("There is no such account")
    async for finding in mailboxes.structure(account_id):
        yield await _settled(account_id, checked, finding, repairing)
    for box in await _boxes(account_id):
        checked.mailboxes += 1
        async for step in messages.check(box):
            if isinstance(step, int):
                checked.messages += step
            else:
                yield await _settled(account_id, checked, step, repairing)
        async for finding in mailboxes.counted(box):
            yield await _settled(account_id, checked, finding, repairing)
        async for finding in mailboxes.readers_of(box):
            yield await _settled(account_id, checked, finding, repairing)
    async for finding in mailboxes.totals(account_id):
        yield await _settled(account_id, checked, finding, repairing)


async def _boxes(account_id: int) -> list[MailboxRow]:
    sql = f"SELECT {mailbox_rows.COLUMNS} FROM mailbox WHERE account_id = ? ORDER BY id"
    return [mailbox_rows.mailbox_row(row) for row in await db.scan(sql, account_id)]


async def _settled(account_id: int, checked: Checked, finding: Finding, repairing: bool) -> Finding:
    checked.findings += 1
    repair = finding.repair
    if repairing and repair is not None:

        async def verb(tx: Tx) -> None:
            # Nobody changes the account meanwhile, so a repair may set what it found.
            await modseqs.lock(tx, account_id)
            await repair(tx)

        await db.write(verb)
        finding.is_repaired = True
        checked.repaired += 1
    return finding
