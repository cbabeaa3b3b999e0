"""Reminders of mail that nobody answered: at the time chosen, the sent message comes to the inbox once more.

An answer is what somebody else wrote that names it in In-Reply-To or References; what a program sends
(RFC 3834: a bounce, a vacation reply) is none, and neither is what the author adds. One that is delivered
ends the reminder there and then, whatever its subject is and wherever it is filed: it may be gone when the
time comes. Those that come by another door are looked for then. Removing the sent message ends the reminder
too. A copy comes, unread and with the keyword `$FollowUp`; what was sent stays in Sent.
"""

from __future__ import annotations

from collections.abc import Set

from backend.formats.addresses import Address
from backend.formats.errors import InvalidSyntax as BadAddress
from backend.kit import blobs, clock, db
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded, NotFound
from backend.mailstore import copy_move, flags, ingest, keywords, mailboxes, modseq, refs, timers
from backend.mailstore.flag_bits import DRAFT, SEEN
from backend.mailstore.ingest import Ingested
from backend.mailstore.prepared import Prepared
from backend.mailstore.selection import by_uids
from backend.mailstore.timers import Timer, TimerKind
from backend.mailstore.types import mailbox_of, place, uid_of
from backend.submission import identities

KEYWORD = "$FollowUp"
MAX_LOOKED_AT = 500
# Messages that an answer may name.
MAX_NAMED = 100


async def remind(account_id: int, ref: int, due_at: int) -> None:
    """Remind of a message at a time (unix seconds) unless somebody answers it. Raises NotFound,
    InvalidSyntax.
    """
    timers.require_ahead(due_at, "at")

    async def verb(tx: Tx) -> None:
        if not await _tell(tx, account_id, ref):
            raise NotFound("There is no such message")
        await timers.put(tx, account_id, [ref], TimerKind.FOLLOW_UP, due_at)

    await db.write(verb)


async def forget(account_id: int, ref: int) -> bool:
    """End a reminder; whether there was one."""

    async def verb(tx: Tx) -> bool:
        if not await timers.drop(tx, account_id, ref, TimerKind.FOLLOW_UP):
            return False
        await _tell(tx, account_id, ref)
        return True

    return await db.write(verb)


async def _tell(tx: Tx, account_id: int, ref: int) -> bool:
    """Have every window show the message anew; False where it is gone."""
    taken = await modseq.take(tx, account_id)
    place_id = (await refs.locate(tx, account_id, [ref])).get(ref)
    if place_id is None:
        return False
    await flags.touch_in(tx, account_id, mailbox_of(place_id), [uid_of(place_id)], taken)
    return True


async def come_due(timer: Timer) -> bool:
    """Bring the message of a claimed timer to the inbox; False where it was answered or removed."""
    account_id = timer.account_id
    is_answered = await answered(account_id, timer.ref)

    async def verb(tx: Tx) -> bool:
        if not await timers.drop_claimed(tx, timer) or is_answered:
            return False
        place_id = (await refs.locate(tx, account_id, [timer.ref])).get(timer.ref)
        if place_id is None:
            return False
        taken = await modseq.take(tx, account_id)
        inbox = await mailboxes.find(tx, account_id, "inbox")
        source = mailbox_of(place_id)
        chosen = by_uids(source, [uid_of(place_id)])
        copied = await copy_move.copy_in(tx, account_id, source, chosen, inbox, taken, None)
        change = flags.change_of(add=await _bit(tx, account_id), remove=SEEN)
        await flags.apply_in(tx, account_id, inbox, [copied.first], change, taken)
        await tx.execute(
            "UPDATE message SET internal_at = ? WHERE id = ?", clock.now(), place(inbox, copied.first)
        )
        return True

    return await db.write(verb)


async def end_answered(tx: Tx, account_id: int, prepared: Prepared, filed: Ingested) -> None:
    """Part of a delivery: end the reminders of what this message answers, and unmark what they have brought
    back. Nothing is looked up for one that refers to no other.
    """
    summary = prepared.summary
    # Those next to it first: of a list without end the rest is not looked at.
    named = list(dict.fromkeys((*summary.in_reply_to, *reversed(summary.references))))[:MAX_NAMED]
    if not named or summary.auto_submitted:
        return
    rows = await tx.fetch_rows(
        "SELECT t.ref, e.from_addr FROM message_timer t"
        " JOIN message m ON m.ref = t.ref AND m.account_id = t.account_id JOIN email e ON e.id = m.email_id"
        f" WHERE t.account_id = ? AND t.kind = ? AND e.message_id IN ({db.marks(len(named))})",
        account_id,
        TimerKind.FOLLOW_UP.value,
        *named,
    )
    for ref, author in rows:
        if summary.from_addr.lower() != author.lower():
            await timers.drop(tx, account_id, ref, TimerKind.FOLLOW_UP)
            await _tell(tx, account_id, ref)
    if KEYWORD in await keywords.names_in(tx, account_id):
        await _unmark(tx, account_id, filed.thread_id, set(named), summary.from_addr)


async def _unmark(tx: Tx, account_id: int, thread_id: int, named: Set[str], sender: str) -> None:
    bit = await keywords.keyword_bits(tx, account_id, [KEYWORD])
    rows = await tx.fetch_rows(
        "SELECT m.id, e.message_id, e.from_addr FROM message m JOIN email e ON e.id = m.email_id"
        " WHERE m.thread_id = ? AND m.account_id = ? AND m.flags & ? <> 0 LIMIT ?",
        thread_id,
        account_id,
        bit,
        MAX_LOOKED_AT,
    )
    marked = [row[0] for row in rows if row[1] in named and row[2].lower() != sender.lower()]
    if marked:
        taken = await modseq.take(tx, account_id)
        for mailbox_id, uids in refs.by_mailbox(marked).items():
            await flags.apply_in(tx, account_id, mailbox_id, uids, flags.change_of(remove=bit), taken)


async def answered(account_id: int, ref: int) -> bool:
    """Whether somebody answered the message; true too for one that is gone or has no Message-ID."""
    row = await db.fetch_row(
        "SELECT m.thread_id, e.message_id, e.from_addr FROM message m JOIN email e ON e.id = m.email_id"
        " WHERE m.ref = ? AND m.account_id = ?",
        ref,
        account_id,
    )
    if row is None or not row[1]:
        return True
    thread_id, message_id, author = row
    wanted = f"<{message_id}>".encode("utf-8", "surrogateescape")
    rows = await db.fetch_rows(
        "SELECT e.head, e.from_addr, e.blob_id FROM message m JOIN email e ON e.id = m.email_id"
        f" WHERE m.thread_id = ? AND m.account_id = ? AND m.flags & {DRAFT} = 0 ORDER BY m.id DESC LIMIT ?",
        thread_id,
        account_id,
        MAX_LOOKED_AT,
    )
    for head, sender, blob_id in rows:
        is_answer = sender.lower() != author.lower() and _names(bytes(head), wanted)
        if is_answer and not (await _is_own(account_id, sender) or await _is_automatic(blob_id)):
            return True
    return False


async def _is_own(account_id: int, sender: str) -> bool:
    """Whether it is another address of the author's."""
    try:
        return await identities.owner_of(Address.parse(sender)) == account_id
    except BadAddress:
        return False


async def _is_automatic(blob_id: int) -> bool:
    """Whether a program wrote it, by its own word."""
    return (await ingest.prepare(blob=(blob_id, 0, await blobs.read(blob_id)))).summary.auto_submitted


def _names(head: bytes, message_id: bytes) -> bool:
    """Whether In-Reply-To or References of a header block hold the identifier."""
    unfolded = head.replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
    return any(
        message_id in line
        for line in unfolded.split(b"\r\n")
        if line.lower().startswith((b"in-reply-to:", b"references:"))
    )


async def _bit(tx: Tx, account_id: int) -> int:
    try:
        return await keywords.keyword_bits(tx, account_id, [KEYWORD])
    except LimitExceeded:
        return 0  # all keywords are given away: it comes without the note
