"""Conversations as their reader wants them: one parted in two, several made one.

What arrives later follows, because the Message-IDs of what was moved lead to its new thread. A changed thread
is a change of its messages: they get a new modseq, so that every window and client hears of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.kit import db, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import Conflict, InvalidSyntax, LimitExceeded, NotFound
from backend.mailstore import flag_log, threads
from backend.mailstore import modseq as modseqs
from backend.mailstore.counters import Tally, bump
from backend.mailstore.refs import by_mailbox
from backend.mailstore.selection import by_values
from schema.events import MailboxChanged

MAX_JOINED = 50
MAX_MESSAGES = 5000


@dataclass(frozen=True, slots=True)
class Joined:
    """A thread made of several, and the refs of the messages that each of the others brought to it."""

    thread_id: int
    brought: list[list[int]]


async def split(account_id: int, ref: int) -> int:
    """Begin a new thread with this message: it and all that came after it leave the old one. The new id.

    Raises NotFound, and Conflict where it is the first of its thread already.
    """

    async def verb(tx: Tx) -> int:
        modseq = await modseqs.take(tx, account_id)
        first = await tx.fetch_row(
            "SELECT thread_id, internal_at FROM message WHERE ref = ? AND account_id = ?", ref, account_id
        )
        if first is None:
            raise NotFound("There is no such message")
        old_id, begins_at = first
        rows = await _messages(tx, account_id, [old_id])
        # Of one second, what stands further down in the conversation.
        leaving = {_name(row) for row in rows if (row[2], row[5]) >= (begins_at, ref)}
        moved = [row for row in rows if _name(row) in leaving]
        if len(moved) == len(rows):
            raise Conflict("This message begins its conversation already")
        thread_id = ids.new_id()
        await _move(tx, account_id, moved, thread_id, modseq)
        return thread_id

    return await db.write(verb)


async def join(account_id: int, refs: Sequence[int]) -> Joined:
    """Make the threads of these messages one, the oldest of them.

    Raises NotFound where a message is gone, Conflict where they are one already, LimitExceeded.
    """
    if not 1 < len(set(refs)) <= MAX_JOINED:
        raise InvalidSyntax(f"Name 2 to {MAX_JOINED} messages", field="ids")

    async def verb(tx: Tx) -> Joined:
        modseq = await modseqs.take(tx, account_id)
        found: dict[int, int] = {}
        for chosen in by_values("ref", list(set(refs))):
            sql = f"SELECT ref, thread_id FROM message WHERE {chosen.where} AND account_id = ?"
            found.update(await tx.fetch_rows(sql, *chosen.args, account_id))
        if len(found) < len(set(refs)):
            raise NotFound("One of the messages is no longer there")
        thread_ids = sorted(set(found.values()))
        if len(thread_ids) == 1:
            raise Conflict("These messages are one conversation already")
        rows = await _messages(tx, account_id, thread_ids)
        into = int(min(rows, key=lambda row: (row[2], row[0]))[3])
        others = [one for one in thread_ids if one != into]
        await _move(tx, account_id, [row for row in rows if row[3] != into], into, modseq)
        await threads.merge(tx, account_id, others, into)
        return Joined(into, [sorted(row[5] for row in rows if row[3] == one) for one in others])

    return await db.write(verb)


async def part(account_id: int, refs: Sequence[int]) -> int:
    """Give these messages a thread of their own, as undoing a join does. The new id.

    Those of several threads, or gone by now, stay where they are. Raises NotFound where none is left, and
    Conflict where nothing of the thread would stay.
    """

    async def verb(tx: Tx) -> int:
        modseq = await modseqs.take(tx, account_id)
        leaving: list[Row] = []
        for chosen in by_values("ref", list(set(refs))):
            sql = f"SELECT ref, thread_id FROM message WHERE {chosen.where} AND account_id = ?"
            leaving += await tx.fetch_rows(sql, *chosen.args, account_id)
        if not leaving:
            raise NotFound("These messages are no longer there")
        old_id = leaving[0][1]
        wanted = {row[0] for row in leaving if row[1] == old_id}
        rows = await _messages(tx, account_id, [old_id])
        names = {_name(row) for row in rows if row[5] in wanted}
        moved = [row for row in rows if _name(row) in names]
        if len(moved) == len(rows):
            raise Conflict("These messages are a conversation already")
        thread_id = ids.new_id()
        await _move(tx, account_id, moved, thread_id, modseq)
        return thread_id

    return await db.write(verb)


def _name(row: Row) -> str | int:
    """What copies of one message have in common: that in Sent and that which came back, say."""
    return str(row[4]) or int(row[1])


async def _messages(tx: Tx, account_id: int, thread_ids: Sequence[int]) -> list[Row]:
    """(id, email, internal date, thread, Message-ID, ref) of all messages of threads."""
    rows = await tx.fetch_rows(
        "SELECT m.id, m.email_id, m.internal_at, m.thread_id, e.message_id, m.ref"
        " FROM message m"
        f" JOIN email e ON e.id = m.email_id WHERE m.thread_id IN ({db.marks(len(thread_ids))})"
        " AND m.account_id = ? LIMIT ?",
        *thread_ids,
        account_id,
        MAX_MESSAGES + 1,
    )
    if len(rows) > MAX_MESSAGES:
        raise LimitExceeded(f"A conversation of more than {MAX_MESSAGES} messages cannot be changed")
    return rows


async def _move(tx: Tx, account_id: int, rows: Sequence[Row], thread_id: int, modseq: int) -> None:
    for chosen in by_values("id", [row[0] for row in rows]):
        sql = f"UPDATE message SET thread_id = ?, modseq = ? WHERE {chosen.where}"
        await tx.execute(sql, thread_id, modseq, *chosen.args)
    for mailbox_id, uids in by_mailbox(row[0] for row in rows).items():
        await flag_log.append(tx, mailbox_id, modseq, sorted(uids))
        await bump(tx, account_id, mailbox_id, modseq, Tally())
        tx.announce(MailboxChanged(account_id, mailbox_id, modseq))
    await threads.relead(tx, account_id, list({row[4] for row in rows}), thread_id)
