"""STORE: changing flags of many messages in a few statements (RFC 9051 §6.4.6, RFC 7162 §3.1.3).

A message whose flags already are what is asked for keeps its modseq. Flag changes need no fsync of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.kit import db
from backend.kit.db import Tx
from backend.mailstore import modseq as modseqs
from backend.mailstore.counters import Tally, bump
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
from backend.mailstore.refs import RefsResult, locate
from backend.mailstore.refs import result as outcome
from backend.mailstore.selection import Selection, by_uids, by_values
from backend.mailstore.types import ModSeq, Uid, mailbox_of, uid_of
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

    def __call__(self, flags: int) -> int:
        return flags & self.keep | self.add


def change_of(add: int = 0, remove: int = 0, replace: int | None = None) -> Change:
    """+FLAGS, -FLAGS, or FLAGS where `replace` is given."""
    if replace is not None:
        return Change(0, replace & ALL_MASK)
    return Change(ALL_MASK & ~remove, add & ALL_MASK)


@dataclass(slots=True)
class StoreResult:
    """What STORE did to each message that exists: changed it, found it so, or refused (UNCHANGEDSINCE)."""

    modseq: ModSeq
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

    return await db.write(verb, durable=False)


async def store_in(
    tx: Tx,
    account_id: int,
    mailbox_id: int,
    uids: Sequence[int],
    *,
    change: Change,
    unchanged_since: int | None = None,
) -> StoreResult:
    """`store` as a part of a verb."""
    result = StoreResult(await modseqs.take(tx, account_id))
    difference = Tally()
    for chosen in by_uids(mailbox_id, uids):
        old = await _read(tx, account_id, chosen)
        if _sort(old, change, unchanged_since, result, difference):
            await _write(tx, account_id, chosen, change, result.modseq, unchanged_since)
    if result.changed:
        await bump(tx, account_id, mailbox_id, result.modseq, difference)
        tx.announce(MailboxChanged(account_id, mailbox_id, result.modseq))
    return result


async def _read(tx: Tx, account_id: int, chosen: Selection) -> list[tuple[int, int, int]]:
    rows: list[tuple[int, int, int]] = await tx.fetch_rows(
        f"SELECT id, flags, modseq FROM message WHERE {chosen.where} AND account_id = ? ORDER BY id",
        *chosen.args,
        account_id,
    )
    return rows


def _sort(
    old: list[tuple[int, int, int]], change: Change, since: int | None, result: StoreResult, difference: Tally
) -> bool:
    """Say of each message what the statement will do to it; whether it changes any."""
    before = len(result.changed)
    for place_id, flags, modseq in old:
        uid = uid_of(place_id)
        if since is not None and modseq > since:
            result.modified.append(uid)
        elif (new := change(flags)) == flags:
            result.unchanged.append((uid, flags, ModSeq(modseq)))
        else:
            result.changed.append((uid, new, result.modseq))
            difference.change(flags, new)
    return len(result.changed) > before


async def _write(
    tx: Tx, account_id: int, chosen: Selection, change: Change, modseq: int, since: int | None = None
) -> None:
    unmodified, bound = ("", ()) if since is None else (" AND modseq <= ?", (since,))
    await tx.execute(
        "UPDATE message SET flags = (flags & ?) | ?, modseq = ?"
        f" WHERE {chosen.where} AND account_id = ? AND ((flags & ?) | ?) <> flags{unmodified}",
        change.keep,
        change.add,
        modseq,
        *chosen.args,
        account_id,
        change.keep,
        change.add,
        *bound,
    )


async def store_refs(account_id: int, refs: Sequence[int], *, add: int = 0, remove: int = 0) -> RefsResult:
    """Change flags of messages wherever they are (the web)."""
    change = change_of(add, remove)

    async def verb(tx: Tx) -> RefsResult:
        return await _store_refs(tx, account_id, refs, change)

    return await db.write(verb, durable=False)


async def _store_refs(tx: Tx, account_id: int, refs: Sequence[int], change: Change) -> RefsResult:
    modseq = await modseqs.take(tx, account_id)
    places = await locate(tx, account_id, refs)
    differences: dict[int, Tally] = defaultdict(Tally)
    for chosen in by_values("id", sorted(places.values())):
        for place_id, flags, _ in await _read(tx, account_id, chosen):
            if (new := change(flags)) != flags:
                differences[mailbox_of(place_id)].change(flags, new)
        await _write(tx, account_id, chosen, change, modseq)
    for mailbox_id, difference in differences.items():
        await bump(tx, account_id, mailbox_id, modseq, difference)
        tx.announce(MailboxChanged(account_id, mailbox_id, modseq))
    return outcome(modseq, refs, places)
