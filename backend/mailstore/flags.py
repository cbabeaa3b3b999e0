"""STORE: changing flags of many messages in a few statements (RFC 9051 §6.4.6, RFC 7162 §3.1.3).

A message whose flags already are what is asked for keeps its modseq; where all are so, nothing is written.
Flag changes need no fsync of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from backend.kit import db
from backend.kit.db import Row, Tx
from backend.mailstore import flag_log, index
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
from backend.mailstore.index import KnownFlags
from backend.mailstore.keywords import find_keyword_bits, keyword_bits, keyword_names
from backend.mailstore.refs import RefsResult, by_mailbox, locate
from backend.mailstore.refs import result as outcome
from backend.mailstore.selection import are_near, ascending, by_uids
from backend.mailstore.types import MAX_UID, ModSeq
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

# So many neighbours are changed within a millisecond.
BRIEF = 2000


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a flag set: `flags & keep | add`."""

    keep: int
    add: int

    @property
    def is_counted(self) -> bool:
        """Whether it touches a flag that mailboxes count."""
        return bool((~self.keep | self.add) & (SEEN | DELETED))

    def is_done(self, flags: Iterable[int]) -> bool:
        """Whether all these flag sets are as it would make them."""
        return all(now & self.keep | self.add == now for now in set(flags))

    def limited_to(self, permitted: int) -> Change:
        """The change as far as it touches permitted flags."""
        return Change(self.keep | ALL_MASK & ~permitted, self.add & permitted)


class Bits(TypedDict, total=False):
    """+FLAGS, -FLAGS, or FLAGS, as bit sets."""

    add: int
    remove: int
    replace: int | None


def change_of(add: int = 0, remove: int = 0, replace: int | None = None) -> Change:
    """+FLAGS, -FLAGS, or FLAGS where `replace` is given."""
    if replace is not None:
        return Change(0, replace & ALL_MASK)
    return Change(ALL_MASK & ~remove, add & ALL_MASK)


@dataclass(slots=True)
class StoreResult:
    """What STORE did to each message that exists: changed it, found it so, or refused (UNCHANGEDSINCE).

    All are UIDs, ascending; `flags` are those of `changed` as they are then, message by message. `before` is
    the mailbox's modseq until then: who knows the mailbox up to it knows it now up to `modseq`. `overtaken`
    are messages that others had changed since the modseq that the caller has told its client.
    """

    modseq: ModSeq
    before: ModSeq
    changed: Sequence[int] = field(default_factory=list)
    flags: Sequence[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    modified: list[int] = field(default_factory=list)
    overtaken: list[int] = field(default_factory=list)


async def store(
    mailbox_id: int,
    account_id: int,
    uids: Sequence[int],
    *,
    add: int = 0,
    remove: int = 0,
    replace: int | None = None,
    unchanged_since: int | None = None,
    told: int | None = None,
) -> StoreResult:
    """Change flags of messages of a mailbox. Raises NotFound where the mailbox is not the account's."""
    change, uids = change_of(add, remove, replace), ascending(uids)
    known = index.known_flags(mailbox_id, uids)
    if known is not None and change.is_done(known.flags) and db.current_tx.get() is None:
        modseq = await modseqs.read_mailbox(account_id, mailbox_id)
        if modseq == known.modseq:  # so they are what the index has
            result = StoreResult(modseq, modseq)
            result.unchanged = list(_judge(result, known, told, unchanged_since).uids)
            return result

    async def verb(tx: Tx) -> StoreResult:
        return await store_in(
            tx,
            account_id,
            mailbox_id,
            uids,
            change=change,
            unchanged_since=unchanged_since,
            known=known,
            told=told,
        )

    result = await db.write(verb, durable=False, brief=are_near(uids, BRIEF))
    if result.changed and db.current_tx.get() is None:
        index.follow_flags(mailbox_id, result.before, result.modseq, result.changed, result.flags)
    return result


async def store_in(
    tx: Tx,
    account_id: int,
    mailbox_id: int,
    uids: Sequence[int],
    *,
    change: Change,
    unchanged_since: int | None = None,
    known: KnownFlags | None = None,
    told: int | None = None,
) -> StoreResult:
    """`store` as a part of a verb. `known` are the messages as an index has them: where nothing has happened
    to the mailbox since, no row is read. Raises NotFound.
    """
    modseq = await modseqs.take(tx, account_id)
    result = StoreResult(modseq, await modseqs.of_mailbox(tx, account_id, mailbox_id))
    if known is None or known.modseq != result.before:
        known = await _read(tx, mailbox_id, uids, result.before)
    known = _judge(result, known, told, unchanged_since)
    result.changed, result.flags = await _apply(tx, account_id, mailbox_id, known, change, modseq)
    if len(result.changed) < len(known.uids):
        changed = set(result.changed)
        result.unchanged = [uid for uid in known.uids if uid not in changed]
    return result


def _judge(
    result: StoreResult, known: KnownFlags, told: int | None, unchanged_since: int | None
) -> KnownFlags:
    """Note which messages others have changed; those that may be changed nevertheless."""
    if told is not None and result.before > told:
        result.overtaken = known.since(told)
    if unchanged_since is None:
        return known
    result.modified = known.since(unchanged_since)
    return known.without(result.modified)


async def apply_in(
    tx: Tx, account_id: int, mailbox_id: int, uids: Sequence[int], change: Change, modseq: ModSeq
) -> None:
    """Change flags of messages of a mailbox; part of a verb that has taken `modseq`."""
    await _apply(tx, account_id, mailbox_id, await _read(tx, mailbox_id, uids, 0), change, modseq)


async def touch_in(tx: Tx, account_id: int, mailbox_id: int, uids: Sequence[int], modseq: ModSeq) -> None:
    """Tell messages as changed though no flag of theirs is: what lists show beside them is another. Part of
    a verb that has taken `modseq`.
    """
    for chosen in by_uids(mailbox_id, uids):
        await tx.execute(f"UPDATE message SET modseq = ? WHERE {chosen.where}", modseq, *chosen.args)
    await flag_log.append(tx, mailbox_id, modseq, uids)
    await bump(tx, account_id, mailbox_id, modseq, Tally())
    tx.announce(MailboxChanged(account_id, mailbox_id, modseq))


async def _apply(
    tx: Tx, account_id: int, mailbox_id: int, known: KnownFlags, change: Change, modseq: ModSeq
) -> tuple[Sequence[int], Sequence[int]]:
    """Change flags of messages as they are now; the UIDs of those that changed, and their flags then. The
    verb has taken `modseq`.
    """
    keep, add = change.keep, change.add
    become = {now: now & keep | add for now in set(known.flags)}
    uids, before = known.uids, known.flags
    if any(now == new for now, new in become.items()):
        uids = [uid for uid, now in zip(uids, before, strict=True) if become[now] != now]
        before = [now for now in before if become[now] != now]
    if not uids:
        return [], []
    touched, reached = 0, uids
    if len(uids) < len(known.uids) <= uids[-1] - uids[0] + 1:  # the whole range costs less than its holes
        reached = known.uids
    for chosen in by_uids(mailbox_id, reached):
        touched += await tx.execute(
            f"UPDATE message SET flags = (flags & ?) | ?, modseq = ? WHERE {chosen.where}"
            " AND ((flags & ?) | ?) <> flags",
            *(keep, add, modseq, *chosen.args, keep, add),
        )
    if touched != len(uids):
        raise RuntimeError(f"mailbox {mailbox_id}: {touched} messages changed instead of {len(uids)}")
    flags = [become[before[0]]] * len(before) if len(become) == 1 else [become[now] for now in before]
    difference = Tally()
    if change.is_counted:
        difference = flags_tally(flags)
        difference.include(-flags_tally(before))
    await flag_log.append(tx, mailbox_id, modseq, uids)
    await bump(tx, account_id, mailbox_id, modseq, difference)
    tx.announce(MailboxChanged(account_id, mailbox_id, modseq))
    return uids, flags


async def _read(tx: Tx, mailbox_id: int, uids: Sequence[int], modseq: int) -> KnownFlags:
    rows: list[Row] = []
    for chosen in by_uids(mailbox_id, uids):
        rows += await tx.fetch_rows(
            f"SELECT id & {MAX_UID}, flags, modseq FROM message WHERE {chosen.where} ORDER BY id",
            *chosen.args,
        )
    return KnownFlags(modseq, [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])


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
