"""COPY and MOVE where one of the mailboxes is another's.

What is copied are the messages as the one who acts sees them: flags with the own \\Seen, as far as the rights
on the target let them be set. Where the accounts differ the email's row is copied too (its body is shared),
keywords are matched by name, and the message joins a thread of its new account.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.formats import headers
from backend.formats.subjects import base_subject
from backend.kit import clock, db, ids
from backend.kit.db import Row, Tx
from backend.mailstore import copy_move, expunge, flags, keywords, quota, reader_changes, readers, threads
from backend.mailstore import modseq as modseqs
from backend.mailstore.copy_move import CopyResult
from backend.mailstore.counters import allot, tally
from backend.mailstore.flag_bits import ALL_MASK, FIRST_KEYWORD_BIT, SEEN, SYSTEM_MASK
from backend.mailstore.selection import Selection, by_uids
from backend.mailstore.types import ModSeq, place, uid_of
from schema.events import MailboxChanged

_EMAIL = (
    "blob_id, sent_at, has_attachments, from_name, from_addr, to_text, subject, preview, message_id, prefix,"
    " envelope, bodystructure, body, head, parts"
)
_DERIVED = {
    "email_fields": "subject, from_text, to_text, cc_text, bcc_text",
    "email_text": "headers, body",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A mailbox and whose it is."""

    account_id: int
    mailbox_id: int


@dataclass(frozen=True, slots=True)
class Act:
    """Who copies (or with `removes` moves) what where.

    `permitted` are the flags that may be set in the target, `quota_bytes` the limit of its account.
    """

    user_id: int
    source: Place
    target: Place
    permitted: int = ALL_MASK
    quota_bytes: int | None = None
    removes: bool = False


async def run(act: Act, uids: Iterable[int]) -> CopyResult:
    """Copy or move messages; all or none. Raises NotFound, OverQuota. Rights are the caller's matter."""
    return await db.write(lambda tx: run_in(tx, act, uids))


async def run_in(tx: Tx, act: Act, uids: Iterable[int]) -> CopyResult:
    """`run` as a part of a verb."""
    # In one order, so that two who copy crosswise do not wait for each other.
    for account_id in sorted({act.source.account_id, act.target.account_id}):
        await modseqs.lock(tx, account_id)
    rows = await read(tx, act.user_id, act.source, by_uids(act.source.mailbox_id, uids, column="m.id"))
    if act.removes and act.source.account_id == act.target.account_id:
        return await _move_within(tx, act, rows)
    return await _copy(tx, act, rows)


async def read(tx: Tx, user_id: int, source: Place, chosen: Sequence[Selection]) -> list[Row]:
    """(id, flags as the one who acts sees them, the owner's flags, email, size, date), in UID order; `chosen`
    is about the column `m.id`.
    """
    first_mark = 0
    if user_id != source.account_id:
        first_mark = (await readers.find(tx, user_id, source.mailbox_id)).first_mark
    select = reader_changes.FOR_COPY if first_mark or user_id != source.account_id else _OWN
    args = (first_mark,) if select is reader_changes.FOR_COPY else ()
    rows: list[Row] = []
    for part in chosen:
        rows += await tx.fetch_rows(
            f"{select} WHERE {part.where} AND m.account_id = ? ORDER BY m.id",
            *args,
            *part.args,
            source.account_id,
        )
    return rows


_OWN = "SELECT m.id, m.flags, m.flags, m.email_id, m.size_bytes, m.internal_at FROM message m"


async def _copy(tx: Tx, act: Act, rows: Sequence[Row]) -> CopyResult:
    source, target = act.source, act.target
    if not rows:
        uidvalidity = await copy_move.uidvalidity(tx, target.account_id, target.mailbox_id)
        return CopyResult(uidvalidity, (), 0, await modseqs.of_account(tx, target.account_id))
    total = sum(row[4] for row in rows)
    modseq = await quota.take_and_charge(
        tx, target.account_id, total, messages=len(rows), quota_bytes=act.quota_bytes
    )
    emails = await _emails(tx, act, dict.fromkeys(row[3] for row in rows))
    is_owner, is_within = act.user_id == target.account_id, source.account_id == target.account_id
    bits = {} if is_within else await _keyword_bits(tx, act, rows)
    new_flags, seen = [], []
    for row in rows:
        wanted = (row[1] if is_within else _matched(row[1], bits)) & act.permitted
        if not is_owner:
            seen.append(bool(wanted & SEEN))
            wanted = wanted & ~SEEN | (row[2] & SEEN if is_within else 0)
        new_flags.append(wanted)
    counted = tally((bit, row[4]) for bit, row in zip(new_flags, rows, strict=True))
    first, uidvalidity = await allot(tx, target.account_id, target.mailbox_id, modseq, counted)
    now = clock.now()
    await tx.execute_many(
        "INSERT INTO message (id, ref, account_id, mailbox_id, email_id, thread_id, flags, modseq,"
        " arrived_modseq, size_bytes, internal_at, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                at,
                at,
                target.account_id,
                target.mailbox_id,
                *emails[row[3]],
                bit,
                modseq,
                modseq,
                *row[4:],
                now,
            )
            for at, bit, row in zip(_places(target, first), new_flags, rows, strict=False)
        ],
    )
    tx.announce(MailboxChanged(target.account_id, target.mailbox_id, modseq))
    result = CopyResult(uidvalidity, [uid_of(row[0]) for row in rows], first, modseq)
    await _mark(tx, act, modseq, [new for new, is_seen in zip(result.new, seen, strict=False) if is_seen])
    if act.removes:
        gone = by_uids(source.mailbox_id, result.old)
        taken = await modseqs.take(tx, source.account_id)
        await expunge.remove(tx, source.account_id, source.mailbox_id, gone, taken)
    return result


def _places(target: Place, first: int) -> Iterable[int]:
    return iter(range(place(target.mailbox_id, first), place(target.mailbox_id + 1, 0)))


async def _move_within(tx: Tx, act: Act, rows: Sequence[Row]) -> CopyResult:
    """Another's messages to another mailbox of the same account: they keep refs, flags and own marks."""
    source, target = act.source, act.target
    modseq = await modseqs.take(tx, source.account_id)
    chosen = by_uids(source.mailbox_id, [uid_of(row[0]) for row in rows])
    result = await copy_move.move_in(
        tx, source.account_id, source.mailbox_id, chosen, target.mailbox_id, modseq
    )
    if act.user_id != source.account_id:
        seen = {uid_of(row[0]) for row in rows if row[1] & SEEN & act.permitted}
        await _mark(tx, act, modseq, [new for old, new in result.pairs if old in seen])
    return result


async def _mark(tx: Tx, act: Act, modseq: ModSeq, uids: Sequence[int]) -> None:
    target = act.target
    await mark_new(tx, act.user_id, target.account_id, target.mailbox_id, modseq, uids)


async def mark_new(
    tx: Tx, user_id: int, account_id: int, mailbox_id: int, modseq: int, uids: Sequence[int]
) -> None:
    """Mark messages that have just come to another's mailbox as read by who put them there."""
    if uids and user_id != account_id:
        reader = await readers.make(tx, user_id, mailbox_id)
        marks = [(uid, 1) for uid in uids]
        await readers.mark(tx, reader, user_id, account_id, mailbox_id, modseq, marks)


async def _keyword_bits(tx: Tx, act: Act, rows: Sequence[Row]) -> dict[int, int]:
    """The target account's bit for each keyword bit of the source's that is set; new names get one."""
    used = 0
    for row in rows:
        used |= row[1] & act.permitted
    known = await keywords.names_in(tx, act.source.account_id)
    return {
        1 << at: await flags.keyword_bits(tx, act.target.account_id, [name])
        for at, name in enumerate(known, FIRST_KEYWORD_BIT)
        if used >> at & 1
    }


def _matched(bits: int, by_bit: dict[int, int]) -> int:
    found = bits & SYSTEM_MASK
    for old, new in by_bit.items():
        if bits & old:
            found |= new
    return found


async def _emails(tx: Tx, act: Act, old: Iterable[int]) -> dict[int, tuple[int, int]]:
    """(email, thread) in the target's account for each email of the source's."""
    account_id = act.target.account_id
    found: dict[int, tuple[int, int]] = {}
    for email_id in old:
        if account_id == act.source.account_id:
            thread_id = await tx.fetch_value(
                "SELECT thread_id FROM message WHERE email_id = ? LIMIT 1", email_id
            )
            found[email_id] = email_id, thread_id
            continue
        new = ids.new_id()
        row = await tx.fetch_row(
            f"INSERT INTO email (id, account_id, {_EMAIL}) SELECT CAST(? AS BIGINT), CAST(? AS BIGINT),"
            f" {_EMAIL} FROM email WHERE id = ? RETURNING blob_id, message_id, subject, head",
            new,
            account_id,
            email_id,
        )
        if row is not None:
            await _derive(tx, email_id, new, row[0])
            found[email_id] = new, await threads.assign(tx, account_id, _clues(*row[1:]))
    return found


async def _derive(tx: Tx, old: int, new: int, blob_id: int) -> None:
    for table, columns in _DERIVED.items():
        await tx.execute(
            f"INSERT INTO {table} (id, {columns}) SELECT CAST(? AS BIGINT), {columns} FROM {table}"
            " WHERE id = ?",
            new,
            old,
        )
    await tx.execute("INSERT INTO search_pending (id) VALUES (?)", new)
    await tx.execute("UPDATE blob SET refs = refs + 1 WHERE id = ?", blob_id)


def _clues(message_id: str, subject: str, head: bytes) -> threads.Clues:
    """What the stored header block says of the message's thread."""
    named = [message_id]
    for field in (b"references", b"in-reply-to"):
        named += reversed(headers.message_ids(headers.first(head, field) or b""))
    base, is_reply = base_subject(subject, localized=True)
    known = list(dict.fromkeys(name for name in named if name))
    return threads.Clues(tuple(known[: threads.MAX_REFERENCES]), base.casefold(), is_reply)
