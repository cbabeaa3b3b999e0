"""Random verbs against a plain model: what the tables hold, and what every kind of reader is told, must
agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from backend.kit.errors import OverQuota
from backend.kit.runtime import Runtime
from backend.mailstore import copy_move, expunge, flags, index, ingest, listing, mailboxes, quota, retention
from backend.mailstore.changes import account_state, changes_since
from backend.mailstore.index import MailboxIndex
from backend.mailstore.view import View
from tests.backend.mailstore.conftest import make_account
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.mailstore.messages import message

BOXES = ("inbox", "archive", "trash")


@dataclass(frozen=True)
class Kept:
    """A message as the model knows it."""

    ref: int
    flags: int
    date: int
    size: int


@dataclass
class Box:
    """A mailbox of the model, and three readers of the real one: IMAP's feed, a session, the web's list."""

    id: int
    uidnext: int = 1
    messages: dict[int, Kept] = field(default_factory=dict)
    fed: dict[int, int] = field(default_factory=dict)
    fed_modseq: int = 0
    told: list[int] = field(default_factory=list)
    view: View | None = None
    listed: list[listing.ListRow] = field(default_factory=list)
    listed_modseq: int = 0

    def add(self, kept: Kept) -> int:
        uid, self.uidnext = self.uidnext, self.uidnext + 1
        self.messages[uid] = kept
        return uid


@dataclass
class World:
    """An account, its model, and its open indexes."""

    account: int
    boxes: list[Box]
    indexes: list[MailboxIndex]
    modseq: int = 0

    def pick(self, box: Box, picks: Sequence[int]) -> list[int]:
        """UIDs of a mailbox by any numbers, some of which name nothing."""
        uids = [*box.messages, box.uidnext + 5]
        return [uids[pick % len(uids)] for pick in picks]

    def refs(self, picks: Sequence[int]) -> list[int]:
        everything = [kept.ref for box in self.boxes for kept in box.messages.values()]
        return list(dict.fromkeys(everything[pick % len(everything)] for pick in picks)) if everything else []


KINDS = [
    *("append", "append", "store", "store", "store", "refs", "copy", "copy", "move", "move_refs"),
    *("expunge", "expunge_some", "expunge_refs", "over_quota", "sweep", "read", "read"),
]
Step = tuple[str, int, int, list[int], int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, 2),
        st.integers(0, 2),
        st.lists(st.integers(0, 40), min_size=1, max_size=12),
        st.sampled_from([flags.SEEN, flags.DELETED, flags.FLAGGED, flags.SEEN | flags.DELETED, 1 << 12]),
    ),
    min_size=5,
    max_size=30,
)


# Not shrunk: an example is short enough to read, and a test that fails should say so soon.
@settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
async def test_any_order_of_verbs_keeps_tables_and_readers_right(any_rt: Runtime, steps: list[Step]) -> None:
    account_id = await make_account(any_rt)
    boxes = [Box((await mailboxes.by_use(account_id, use)).id) for use in BOXES]
    world = World(account_id, boxes, [await index.open(box.id) for box in boxes])
    for box, opened in zip(boxes, world.indexes, strict=True):
        box.view = opened.view()
    for number in range(8):
        await append(world, boxes[number % 2], boxes[0], [number], number % 2 * flags.DELETED)
    for step in steps:
        await take(world, step)
    await check(world)
    for opened in world.indexes:
        index.close(opened)


async def take(world: World, step: Step) -> None:
    """Do a step to the tables and to the model; the account's modseq never falls."""
    kind, at, to, picks, bits = step
    box, other = world.boxes[at], world.boxes[to]
    await VERBS[kind](world, box, other, picks, bits)
    modseq = await account_state(world.account)
    assert modseq >= world.modseq
    world.modseq = modseq


async def append(world: World, box: Box, other: Box, picks: list[int], bits: int) -> None:
    raw = message(body="x" * picks[0])
    done = await ingest.store(raw, world.account, box.id, flags=bits, internal_at=1000 + picks[0])
    assert done.uid == box.add(Kept(done.ref, bits, 1000 + picks[0], len(raw)))


async def store(world: World, box: Box, other: Box, picks: list[int], bits: int) -> None:
    uids = world.pick(box, picks)
    is_added = len(picks) % 2
    result = await flags.store(box.id, world.account, uids, add=bits * is_added, remove=bits * (1 - is_added))
    expected = []
    for uid in sorted(set(uids) & set(box.messages)):
        old = box.messages[uid]
        new = old.flags | bits if is_added else old.flags & ~bits
        box.messages[uid] = replace(old, flags=new)
        if new != old.flags:
            expected.append((uid, new))
    assert list(zip(result.changed, result.flags, strict=True)) == expected
    assert len(result.changed) + len(result.unchanged) == len(set(uids) & set(box.messages))


async def store_refs(world: World, box: Box, other: Box, picks: list[int], bits: int) -> None:
    refs = world.refs(picks)
    result = await flags.store_refs(world.account, [*refs, 4], add=bits)
    assert (result.done, result.missing) == (refs, [4])
    for one in world.boxes:
        for uid, kept in one.messages.items():
            if kept.ref in refs:
                one.messages[uid] = replace(kept, flags=kept.flags | bits)


async def copy(world: World, box: Box, other: Box, picks: list[int], bits: int) -> None:
    uids = sorted(set(world.pick(box, picks)) & set(box.messages))
    result = await copy_move.copy(world.account, box.id, uids, other.id)
    pairs = []
    for uid in uids:
        new = other.add(box.messages[uid])
        pairs.append((uid, new))
        # The copy's ref is its first place.
        other.messages[new] = replace(other.messages[new], ref=other.id << 32 | new)
    assert result.pairs == pairs


async def move(world: World, box: Box, other: Box, picks: list[int], bits: int) -> None:
    uids = sorted(set(world.pick(box, picks)) & set(box.messages))
    result = await copy_move.move(world.account, box.id, uids, other.id)
    assert result.pairs == [(uid, other.add(box.messages.pop(uid))) for uid in uids]


async def move_refs(world: World, box: Box, other: Box, picks: list[int], bits: int) -> None:
    refs = world.refs(picks)
    result = await copy_move.move_refs(world.account, refs, other.id)
    assert result.done == refs
    # Mailboxes are emptied in the order of the first ref in each.
    first = {
        one.id: min((refs.index(kept.ref) for kept in one.messages.values() if kept.ref in refs), default=0)
        for one in world.boxes
    }
    for one in sorted(world.boxes, key=lambda one: first[one.id]):
        if one is not other:
            for uid in [uid for uid, kept in one.messages.items() if kept.ref in refs]:
                other.add(one.messages.pop(uid))


async def expunge_all(world: World, box: Box, other: Box, picks: list[int], bits: int) -> None:
    marked = [uid for uid, kept in box.messages.items() if kept.flags & flags.DELETED]
    uids, _ = await expunge.expunge(box.id, world.account)
    assert uids == marked
    for uid in marked:
        del box.messages[uid]


async def expunge_some(world: World, box: Box, other: Box, picks: list[int], bits: int) -> None:
    wanted = set(world.pick(box, picks))
    marked = [uid for uid, kept in box.messages.items() if kept.flags & flags.DELETED and uid in wanted]
    uids, _ = await expunge.expunge(box.id, world.account, wanted)
    assert uids == marked
    for uid in marked:
        del box.messages[uid]


async def expunge_refs(world: World, box: Box, other: Box, picks: list[int], bits: int) -> None:
    refs = world.refs(picks[:3])
    await expunge.expunge_refs(world.account, refs)
    for one in world.boxes:
        one.messages = {uid: kept for uid, kept in one.messages.items() if kept.ref not in refs}


async def over_quota(world: World, box: Box, other: Box, picks: list[int], bits: int) -> None:
    used = (await quota.usage(world.account)).used_bytes
    if not used:
        return  # a limit of 0 is none
    with pytest.raises(OverQuota):
        await ingest.store(message(), world.account, box.id, quota_bytes=used)
    if uids := world.pick(box, picks)[:-1]:
        known = set(uids) & set(box.messages)
        if known:
            with pytest.raises(OverQuota):
                await copy_move.copy(world.account, box.id, uids, other.id, quota_bytes=used)


async def sweep(world: World, box: Box, other: Box, picks: list[int], bits: int) -> None:
    await retention.sweep_emails(picks[0] + 1)


async def read(world: World, box: Box, other: Box, picks: list[int], bits: int) -> None:
    """All readers of a mailbox catch up; each must know then what the model knows."""
    await _feed(box)
    await _tell(box, may_expunge=picks[0] % 3 > 0)
    await _list(box)


VERBS: dict[str, Any] = {
    "append": append,
    "store": store,
    "refs": store_refs,
    "copy": copy,
    "move": move,
    "move_refs": move_refs,
    "expunge": expunge_all,
    "expunge_some": expunge_some,
    "expunge_refs": expunge_refs,
    "over_quota": over_quota,
    "sweep": sweep,
    "read": read,
}


async def _feed(box: Box) -> None:
    changes = await changes_since(box.id, box.fed_modseq)
    assert changes.modseq >= box.fed_modseq
    for uid in changes.expunged:
        box.fed.pop(uid, None)
    box.fed |= {uid: bits for uid, bits, _ in changes.changed}
    box.fed_modseq = changes.modseq
    assert box.fed == {uid: kept.flags for uid, kept in box.messages.items()}


async def _tell(box: Box, *, may_expunge: bool) -> None:
    """A session applies what it is told to its own list of UIDs, as a client does."""
    view = box.view
    assert view is not None
    await view.index.refresh()
    before = {uid: view.columns.flags[at] for at, uid in enumerate(view.columns.uids[: len(view)])}
    news = view.sync(expunges=may_expunge)
    for number in news.expunged:
        del box.told[number - 1]
    if news.exists is not None:
        box.told += [view.uid(number) for number in range(len(box.told) + 1, news.exists + 1)]
    assert box.told == [view.uid(number) for number in range(1, len(view) + 1)]
    if may_expunge:
        assert box.told == sorted(box.messages)
    for at, uid in enumerate(box.told):
        if uid in box.messages:
            assert view.columns.flags[at] == box.messages[uid].flags
            assert uid in news.changed or before.get(uid, box.messages[uid].flags) == box.messages[uid].flags


async def _list(box: Box) -> None:
    changes = await listing.position_changes(box.id, box.listed_modseq)
    rows = [row for row in box.listed if row.ref not in changes.removed]
    for added in changes.added:
        rows.insert(added.index, added.row)
    updated = {row.ref: row for row in changes.updated}
    box.listed = [updated.get(row.ref, row) for row in rows]
    box.listed_modseq = changes.modseq
    expected = sorted(((kept.date, uid) for uid, kept in box.messages.items()), reverse=True)
    assert [(row.internal_at, row.uid) for row in box.listed] == expected
    assert changes.total == len(expected)


async def check(world: World) -> None:
    """Everything agrees at the end."""
    for box in world.boxes:
        await read(world, box, box, [1], 0)
        row = await mailboxes.by_id(world.account, box.id)
        kept = list(box.messages.values())
        assert (row.exists, row.uidnext, row.size_bytes) == (
            len(kept),
            box.uidnext,
            sum(one.size for one in kept),
        )
        found = (await listing.window(box.id, 0, 500, "date_asc")).rows
        assert {one.uid: (one.ref, one.flags, one.internal_at) for one in found} == {
            uid: (one.ref, one.flags, one.date) for uid, one in box.messages.items()
        }
    await assert_consistent()
