"""Lists in other orders than by date, of only some of a mailbox's messages, and of conversations.

A list of conversations has of each thread the newest message that it would show; what a mailbox has of a
thread is told by `conversations.of_threads`.

Such a list is read as a whole, once for each state of its mailbox, by a packed scan in a thread; what is
remembered of it are places, 8 bytes a message, of the newest states of the lists last asked for. A window is
a slice of them, and how a list changed since an earlier state is told by comparing the two. Where the earlier
one is not remembered (another process, another hour) that is a reset.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import orjson

from backend.kit import db
from backend.kit.errors import NotFound, SyncLost
from backend.mailstore import conversations, flag_log, keywords, ordering, reader_changes, shared_messages
from backend.mailstore.list_changes import MAX_CHANGES, Added, ListChanges
from backend.mailstore.list_rows import rows_at
from backend.mailstore.per_database import PerDatabase
from backend.mailstore.selection import by_values
from backend.mailstore.types import MAX_UID, UID_BITS, place

Order = Literal[
    "date",
    "date_asc",
    "sender",
    "sender_desc",
    "subject",
    "subject_desc",
    "size",
    "size_asc",
    "unread",
    "starred",
]
Filter = Literal["", "unread", "starred", "attachments", "tagged"]

# Orders in which conversations can be listed: the newest message of each comes first, or last.
OF_CONVERSATIONS: frozenset[Order] = frozenset({"date", "date_asc", "unread", "starred"})
# Places that are remembered in all, about 32 MB.
MAX_REMEMBERED = 4_000_000
STATES_OF_A_LIST = 4
# Beyond this many a list is read anew, or made a set, before they are looked for in it.
MAX_LOOKED_UP = 40

_DATE = "m.internal_at DESC, m.id DESC"
_SENDER = "CASE WHEN o.from_display <> '' THEN o.from_display ELSE o.from_mailbox END"
_FLAGS = "(m.flags & -2) + COALESCE(k.is_seen, 0)"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A list of a mailbox: its order, which messages are in it, and (`keywords`) the bits that are tags.

    `reader_id` is the viewer's reader of another's mailbox, whose \\Seen counts; 0 reads the message's own.
    """

    mailbox_id: int
    order: Order = "date"
    filter: Filter = ""
    keywords: int = 0
    reader_id: int = 0
    is_own: bool = True
    by_thread: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """How a mailbox stands: its modseq, how many messages it has and has ever had."""

    modseq: int
    exists: int = 0
    uidnext: int = 0

    def has_same_messages(self, other: State) -> bool:
        """Whether nothing came or left between the two."""
        return (self.exists, self.uidnext) == (other.exists, other.uidnext)


@dataclass(frozen=True, slots=True)
class List:
    """The places of a list in its order, and the state that it was read at. Of a list of conversations
    `sizes` says how many messages each stands for, and `messages` how many those are together.
    """

    state: State
    places: Sequence[int]
    messages: int
    sizes: Sequence[int] = ()

    @property
    def modseq(self) -> int:
        """Of the state."""
        return self.state.modseq


class _Memory:
    """Lists by arrangement, each in its newest states; those least recently asked for go first."""

    def __init__(self) -> None:
        self._lists: OrderedDict[Arrangement, list[List]] = OrderedDict()
        self._size = 0

    def find(self, arrangement: Arrangement, modseq: int) -> List | None:
        states = self._lists.get(arrangement)
        if states is None:
            return None
        self._lists.move_to_end(arrangement)
        return next((one for one in states if one.modseq == modseq), None)

    def newest(self, arrangement: Arrangement) -> List | None:
        states = self._lists.get(arrangement)
        return states[-1] if states else None

    def keep(self, arrangement: Arrangement, found: List) -> None:
        states = self._lists.setdefault(arrangement, [])
        states.append(found)
        self._size += len(found.places)
        if len(states) > STATES_OF_A_LIST:
            self._size -= len(states.pop(0).places)
        while self._size > MAX_REMEMBERED and len(self._lists) > 1:
            _, gone = self._lists.popitem(last=False)
            self._size -= sum(len(one.places) for one in gone)


_memory: PerDatabase[_Memory] = PerDatabase(_Memory)


async def read(user_id: int, arrangement: Arrangement) -> List:
    """A list as it is now. Raises NotFound."""
    state = await _state(user_id, arrangement)
    known = _memory().find(arrangement, state.modseq)
    if known is None:
        last = _memory().newest(arrangement)
        if last is not None and await _has_same_conversations(arrangement, last, state):
            known = replace(last, state=state)
        else:
            known = List(state, *await _scan(arrangement))
        _memory().keep(arrangement, known)
    return known


async def _has_same_conversations(arrangement: Arrangement, last: List, now: State) -> bool:
    """Whether only flags changed since: nothing came or left, and in the threads of what was changed the
    newest stand where they stood, for as many. Whoever parts or joins threads changes one of the two.
    """
    if not arrangement.by_thread or arrangement.filter or arrangement.order not in ("date", "date_asc"):
        return False
    if not now.has_same_messages(last.state):
        return False
    uids = await flag_log.changed_since(arrangement.mailbox_id, last.modseq, now.modseq)
    if len(uids) > MAX_LOOKED_UP:
        return False
    changed = [place(arrangement.mailbox_id, uid) for uid in uids]
    found = await conversations.around(arrangement.mailbox_id, changed)
    return len(found) <= MAX_LOOKED_UP and all(
        one.newest in last.places and last.sizes[last.places.index(one.newest)] == len(one.places)
        for one in found
    )


async def of_filter(
    user_id: int,
    owner_id: int,
    mailbox_id: int,
    only: Filter,
    order: Order = "date",
    *,
    by_thread: bool = False,
) -> Arrangement:
    """A list of a mailbox as the user sees it. Rights are the caller's matter."""
    is_own = owner_id == user_id
    reader_id = 0 if is_own else (await reader_changes.state(user_id, mailbox_id))[2]
    tags = await keywords.tag_bits(owner_id) if only == "tagged" else 0
    return Arrangement(mailbox_id, order, only, tags, reader_id, is_own, by_thread)


async def changes(user_id: int, arrangement: Arrangement, since: int) -> ListChanges:
    """How a list changed after the state `since`.

    Raises SyncLost where that state is not remembered or more has changed than a list should be patched with.
    """
    old = _memory().find(arrangement, since)
    new = await read(user_id, arrangement)
    if new.modseq == since:
        return ListChanges(since, len(new.places), [], [], [], new.messages)
    if old is None:
        raise SyncLost("That state of the list is no longer known")
    flagged = await _flagged(user_id, arrangement, since, new.modseq)
    if arrangement.by_thread:
        flagged = await _standing_for(arrangement.mailbox_id, flagged, new) | _resized(old, new)
    gone, came, stayed = _compare(old.places, new.places, flagged)
    if max(len(gone), len(came), len(flagged)) > MAX_CHANGES:
        raise SyncLost("Too much has changed")
    refs = await refs_of(gone)
    listed = {place(row.mailbox_id, row.uid): row for row in await rows_at([*came.values(), *stayed])}
    return ListChanges(
        new.modseq,
        len(new.places),
        refs,
        [Added(at, listed[place_id]) for at, place_id in sorted(came.items()) if place_id in listed],
        [listed[place_id] for place_id in stayed if place_id in listed],
        new.messages,
    )


def _compare(
    old: Sequence[int], new: Sequence[int], flagged: set[int]
) -> tuple[list[int], dict[int, int], list[int]]:
    """Places that left, those that came by index, and flagged ones that stayed where they were.

    A message that was flagged may stand elsewhere now: it leaves and comes. Raises SyncLost where others do.
    """
    if new is old:
        return [], {}, [one for one in flagged if one in new]
    before, after = set(old), set(new)
    if [one for one in old if one in after] != [one for one in new if one in before]:
        moved = flagged & before & after
    else:
        moved = set()
    gone = [one for one in old if one not in after or one in moved]
    came = {at: one for at, one in enumerate(new) if one not in before or one in moved}
    lost = set(gone) | set(came.values())
    if [one for one in old if one not in lost] != [one for one in new if one not in lost]:
        raise SyncLost("The order has changed")
    return gone, came, [one for one in flagged if one in before and one in after and one not in moved]


def _resized(old: List, new: List) -> set[int]:
    """Those that stand for more or fewer messages now."""
    if new.places is old.places:
        return set()
    before = dict(zip(old.places, old.sizes, strict=True))
    return {one for one, size in zip(new.places, new.sizes, strict=True) if before.get(one, size) != size}


async def _standing_for(mailbox_id: int, changed: set[int], listed: List) -> set[int]:
    """What stands in a list of conversations for these messages."""
    found = await conversations.around(mailbox_id, list(changed))
    candidates = {place_id for one in found for place_id in one.places}
    if len(candidates) <= MAX_LOOKED_UP:
        return {one for one in candidates if one in listed.places}
    return candidates & set(listed.places)


async def _state(user_id: int, arrangement: Arrangement) -> State:
    if arrangement.is_own:
        row = await db.fetch_row(
            "SELECT modseq, exists_count, uidnext FROM mailbox WHERE id = ?", arrangement.mailbox_id
        )
        if row is None:
            raise NotFound("There is no such mailbox")
        return State(*row)
    return State((await reader_changes.state(user_id, arrangement.mailbox_id))[0])


async def _flagged(user_id: int, arrangement: Arrangement, since: int, until: int) -> set[int]:
    mailbox_id = arrangement.mailbox_id
    uids = await flag_log.changed_since(mailbox_id, since, until)
    found = {place(mailbox_id, uid) for uid in uids}
    if not arrangement.is_own:
        found |= set(await shared_messages.marked_since(user_id, mailbox_id, since, MAX_CHANGES + 1))
    return found


async def refs_of(places: Sequence[int]) -> list[int]:
    """The refs of messages by their places, also of those that left them: they have a tombstone there."""
    found: dict[int, int] = {}
    for table in ("message", "expunged"):
        for chosen in by_values("id", [one for one in places if one not in found]):
            found.update(
                await db.fetch_rows(f"SELECT id, ref FROM {table} WHERE {chosen.where}", *chosen.args)
            )
    return [found[one] for one in places if one in found]


async def _scan(arrangement: Arrangement) -> tuple[Sequence[int], int, Sequence[int]]:
    """The places, how many messages there are, and of conversations their sizes."""
    flags = "m.flags" if arrangement.is_own else _FLAGS
    order, needs_keys = _order(arrangement.order, flags)
    if needs_keys:
        await ordering.ensure(arrangement.mailbox_id)
    condition, args = _condition(arrangement, flags)
    joins = [
        *(
            [f"LEFT JOIN seen_mark k ON k.id = CAST(? AS BIGINT) + (m.id & {MAX_UID})"]
            if not arrangement.is_own
            else []
        ),
        *(["JOIN email_order o ON o.id = m.email_id"] if needs_keys else []),
        *(["JOIN email e ON e.id = m.email_id"] if arrangement.filter == "attachments" else []),
    ]
    first_mark = () if arrangement.is_own else (arrangement.reader_id << UID_BITS,)
    pack = {"sqlite": "json_group_array", "postgres": "array_agg"}[db.dialect()]
    # Packed by the database: a hundred thousand rows would each ask for the interpreter.
    [packed] = await db.scan(
        f"SELECT {pack}(id){f', {pack}(thread_id)' if arrangement.by_thread else ''}"
        f" FROM (SELECT m.id, m.thread_id FROM message m {' '.join(joins)}"
        f" WHERE m.id BETWEEN ? AND ?{condition} ORDER BY {order}) AS ordered",
        *first_mark,
        place(arrangement.mailbox_id, 1),
        place(arrangement.mailbox_id, MAX_UID),
        *args,
    )
    ids, *threads = [orjson.loads(one) if isinstance(one, str) else one or [] for one in packed]
    if not threads:
        return array("q", ids), len(ids), ()
    places, sizes = conversations.newest_of_each(ids, threads[0], is_rising=arrangement.order == "date_asc")
    return places, len(ids), sizes


def _condition(arrangement: Arrangement, flags: str) -> tuple[str, tuple[int, ...]]:
    match arrangement.filter:
        case "unread":
            return f" AND {flags} & 1 = 0", ()
        case "starred":
            return f" AND {flags} & 4 <> 0", ()
        case "tagged":
            return f" AND {flags} & ? <> 0", (arrangement.keywords,)
        case "attachments":
            return " AND e.has_attachments = 1", ()
        case _:
            return "", ()


def _order(order: Order, flags: str) -> tuple[str, bool]:
    """The ORDER BY, and whether it needs the keys of SORT."""
    # Octets decide on PostgreSQL too; the keys are folded already.
    octets = "" if db.dialect() == "sqlite" else ' COLLATE "C"'
    match order:
        case "date_asc":
            return "m.internal_at, m.id", False
        case "sender" | "sender_desc":
            return f"{_SENDER}{octets}{' DESC' if order == 'sender_desc' else ''}, {_DATE}", True
        case "subject" | "subject_desc":
            return f"o.subject{octets}{' DESC' if order == 'subject_desc' else ''}, {_DATE}", True
        case "size":
            return f"m.size_bytes DESC, {_DATE}", False
        case "size_asc":
            return f"m.size_bytes, {_DATE}", False
        case "unread":
            return f"{flags} & 1, {_DATE}", False
        case "starred":
            return f"{flags} & 4 DESC, {_DATE}", False
        case _:
            return _DATE, False
