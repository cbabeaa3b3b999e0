"""STORE: changing flags of many messages in a few statements (RFC 9051 §6.4.6, RFC 7162 §3.1.3).

A message whose flags already are what is asked for keeps its modseq. Flag changes need no fsync of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.kit import db
from backend.kit.db import Tx
from backend.mailstore import index
from backend.mailstore import modseq as modseqs
from backend.mailstore.counters import Tally, bump, flags_tally
from backend.mailstore.flag_bits import (
    ALL_MASK,
    ANSWERED,
    DELETED,
    DRAFT,
    FLAGGED,
    FORWARDED,
    JUNK,
    MDN_SENT,
    NOT_JUNK,
    PHISHING,
    SEEN,
    SYSTEM_FLAGS,
    keywords_of,
)
from backend.mailstore.keywords import find_keyword_bits, keyword_bits, keyword_names
from backend.mailstore.refs import RefsResult, by_mailbox, locate
from backend.mailstore.refs import result as outcome
from backend.mailstore.selection import Selection, by_uids
from backend.mailstore.types import ModSeq, Uid, uid_of
from schema.events import MailboxChanged

__all__ = [
    "ANSWERED",
    "DELETED",
    "DRAFT",
    "FLAGGED",
    "FORWARDED",
    "JUNK",
    "MDN_SENT",
    "NOT_JUNK",
    "PHISHING",
    "SEEN",
    "SYSTEM_FLAGS",
    "Change",
    "RefsResult",
    "StoreResult",
    "apply_in",
    "change_of",
    "find_keyword_bits",
    "keyword_bits",
    "keyword_names",
    "keywords_of",
    "store",
    "store_in",
    "store_refs",
]

Flagged = tuple[Uid, int, ModSeq]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a flag set: `flags & keep | add`."""

    keep: int
    add: int

    @property
    def is_counted(self) -> bool:
        """Whether it touches a flag that mailboxes count."""
        return bool((~self.keep | self.add) & (SEEN | DELETED))


def change_of(add: int = 0, remove: int = 0, replace: int | None = None) -> Change:
    """+FLAGS, -FLAGS, or FLAGS where `replace` is given."""
    if replace is not None:
        return Change(0, replace & ALL_MASK)
    return Change(ALL_MASK & ~remove, add & ALL_MASK)


@dataclass(slots=True)
class StoreResult:
    """What STORE did to each message that exists: changed it, found it so, or refused (UNCHANGEDSINCE).

    `before` is the mailbox's modseq until then: who knows the mailbox up to it knows it now up to `modseq`.
    """

    modseq: ModSeq
    before: ModSeq
    changed: list[Flagged] = field(default_factory=list)
    unchanged: list[Flagged] = field(default_factory=list)
    modified: list[Uid] = field(default_factory=list)


async def store(
    mailbox_id: int,
    account_id: int,
    uids: Sequence[int],
    *,
    add: int = 0,
    remove: int = 0,
    replace: int | None = None,
    unchanged_since: int | None = None,
) -> StoreResult:
    """Change flags of messages of a mailbox. Raises NotFound where the mailbox is not the account's."""
    change = change_of(add, remove, replace)

    async def verb(tx: Tx) -> StoreResult:
        return await store_in(
            tx, account_id, mailbox_id, uids, change=change, unchanged_since=unchanged_since
        )

    result = await db.write(verb, durable=False)
    if db.current_tx.get() is None and result.changed:
        index.follow_flags(mailbox_id, result.before, result.modseq, result.changed)
    return result


async def store_in(
    tx: Tx,
    account_id: int,
    mailbox_id: int,
    uids: Sequence[int],
    *,
    change: Change,
    unchanged_since: int | None = None,
) -> StoreResult:
    """`store` as a part of a verb. Raises NotFound."""
    modseq = await modseqs.take(tx, account_id)
    result = StoreResult(modseq, await modseqs.of_mailbox(tx, account_id, mailbox_id))
    difference = Tally()
    for chosen in by_uids(mailbox_id, uids):
        if change.is_counted:
            difference.include(-await _counted(tx, account_id, chosen, change, unchanged_since))
        rows = await _write(tx, account_id, chosen, change, modseq, unchanged_since)
        if change.is_counted:
            difference.include(flags_tally(row[1] for row in rows))
        result.changed += [(uid_of(place_id), new, modseq) for place_id, new in rows]
        await _read_rest(tx, account_id, chosen, unchanged_since, result)
    if result.changed:
        await bump(tx, account_id, mailbox_id, modseq, difference)
        tx.announce(MailboxChanged(account_id, mailbox_id, modseq))
    return result


async def _counted(tx: Tx, account_id: int, chosen: Selection, change: Change, since: int | None) -> Tally:
    """What the messages that are about to change count for now."""
    where, args = _changing(chosen, account_id, change, since)
    row = await tx.fetch_row(
        "SELECT COALESCE(SUM(1 - (flags & 1)), 0), COALESCE(SUM((flags & 8) / 8), 0) FROM message" + where,
        *args,
    )
    return Tally(unseen=int(row[0]), deleted=int(row[1])) if row else Tally()


async def _write(
    tx: Tx, account_id: int, chosen: Selection, change: Change, modseq: int, since: int | None = None
) -> list[tuple[int, int]]:
    """Change what is to be changed; (id, new flags) in the order of ids."""
    where, args = _changing(chosen, account_id, change, since)
    rows: list[tuple[int, int]] = await tx.fetch_rows(
        f"UPDATE message SET flags = (flags & ?) | ?, modseq = ?{where} RETURNING id, flags",
        change.keep,
        change.add,
        modseq,
        *args,
    )
    return sorted(rows)


def _changing(
    chosen: Selection, account_id: int, change: Change, since: int | None
) -> tuple[str, tuple[int, ...]]:
    """The condition that a message is among the chosen, may be changed and is not so already."""
    where = f" WHERE {chosen.where} AND account_id = ? AND ((flags & ?) | ?) <> flags"
    args = (*chosen.args, account_id, change.keep, change.add)
    return (where, args) if since is None else (f"{where} AND modseq <= ?", (*args, since))


async def _read_rest(
    tx: Tx, account_id: int, chosen: Selection, since: int | None, result: StoreResult
) -> None:
    """Tell the messages that were left as they were: because they were so, or by UNCHANGEDSINCE."""
    rest: list[tuple[int, int, ModSeq]] = await tx.fetch_rows(
        f"SELECT id, flags, modseq FROM message WHERE {chosen.where} AND account_id = ? AND modseq <> ?"
        " ORDER BY id",
        *chosen.args,
        account_id,
        result.modseq,
    )
    for place_id, now, modseq in rest:
        if since is not None and modseq > since:
            result.modified.append(uid_of(place_id))
        else:
            result.unchanged.append((uid_of(place_id), now, modseq))


async def store_refs(account_id: int, refs: Sequence[int], *, add: int = 0, remove: int = 0) -> RefsResult:
    """Change flags of messages wherever they are (the web)."""
    change = change_of(add, remove)

    async def verb(tx: Tx) -> RefsResult:
        return await _store_refs(tx, account_id, refs, change)

    return await db.write(verb, durable=False)


async def _store_refs(tx: Tx, account_id: int, refs: Sequence[int], change: Change) -> RefsResult:
    modseq = await modseqs.take(tx, account_id)
    places = await locate(tx, account_id, refs)
    for mailbox_id, uids in by_mailbox(places.values()).items():
        await apply_in(tx, account_id, mailbox_id, uids, change, modseq)
    return outcome(modseq, refs, places)


async def apply_in(
    tx: Tx, account_id: int, mailbox_id: int, uids: Sequence[int], change: Change, modseq: ModSeq
) -> None:
    """Change flags of messages of a mailbox; part of a verb that has taken `modseq`."""
    difference, is_changed = Tally(), False
    for chosen in by_uids(mailbox_id, uids):
        difference.include(-await _counted(tx, account_id, chosen, change, None))
        rows = await _write(tx, account_id, chosen, change, modseq)
        difference.include(flags_tally(row[1] for row in rows))
        is_changed = is_changed or bool(rows)
    if is_changed:
        await bump(tx, account_id, mailbox_id, modseq, difference)
        tx.announce(MailboxChanged(account_id, mailbox_id, modseq))
