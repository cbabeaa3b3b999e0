"""What others do between two reads of one command: nothing is told too early, twice, or not at all."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from backend.mailstore import expunge, flags, index, mailboxes
from backend.mailstore.changes import RowChanges, row_changes_since
from backend.mailstore.types import MailboxRow, ModSeq
from protocol_service.imap.commands import select
from protocol_service.imap.reached import Reached, reach
from protocol_service.imap.selected import Selected
from protocol_service.imap.watch import Watch
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice in an INBOX with five messages."""
    for number in range(1, 6):
        await imap.append("INBOX", numbered(number))
    await imap.ok("SELECT INBOX")
    return imap


async def row_of(house: ImapHouse) -> MailboxRow:
    return await mailboxes.by_use(house.users["alice"], "inbox")


async def remove(house: ImapHouse, *uids: int) -> None:
    """Somebody else removes messages."""
    row = await row_of(house)
    await flags.store(row.id, row.account_id, uids, add=flags.DELETED)
    await expunge.expunge(row.id, row.account_id)


def between(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Awaitable[None]]) -> None:
    """Have something happen right after SELECT has read the mailbox's row, once."""
    waiting = [act]

    async def reached(*args: Any) -> Reached:
        box = await reach(*args)
        if waiting:
            await waiting.pop()()
        return box

    monkeypatch.setattr(select, "reach", reached)


async def test_what_goes_while_select_answers_is_counted_and_then_told(
    house: ImapHouse, inbox: ImapClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await inbox.ok("ENABLE QRESYNC")
    row = await row_of(house)
    await remove(house, 1)
    await inbox.ok("UNSELECT")

    async def act() -> None:
        await remove(house, 3)
        await flags.store(row.id, row.account_id, [5], add=flags.FLAGGED)

    between(monkeypatch, act)
    answer = await inbox.ok(f"SELECT INBOX (QRESYNC ({row.uidvalidity} {row.modseq}))")

    assert b"* 4 EXISTS" in answer
    assert [line for line in answer if b"VANISHED" in line] == [b"* VANISHED (EARLIER) 1"]
    told = await inbox.ok("NOOP")
    assert told[0] == b"* VANISHED 3"
    assert told[1].startswith(b"* 3 FETCH (UID 5 FLAGS (\\Flagged) MODSEQ ")


async def test_uid_fetch_vanished_leaves_out_what_is_news_to_come(
    house: ImapHouse, inbox: ImapClient
) -> None:
    await inbox.ok("ENABLE QRESYNC")
    await remove(house, 2)
    await inbox.ok("NOOP")
    await remove(house, 4)

    answer = await inbox.ok("UID FETCH 1:5 (FLAGS) (CHANGEDSINCE 1 VANISHED)")

    assert [line for line in answer if b"VANISHED" in line] == [
        b"* VANISHED (EARLIER) 2",
        b"* VANISHED 4",
    ]


async def test_a_select_row_behind_an_index_that_was_not_announced_yet(
    house: ImapHouse, inbox: ImapClient
) -> None:
    """A watch that remembers older changes must ask again: else the wait for newer ones never ends."""
    row = await row_of(house)
    watch = Watch(row.account_id, row.id)
    await flags.store(row.id, row.account_id, [1], add=flags.SEEN)
    watch.modseq = (await watch.changes(row.modseq)).modseq
    await remove(house, 2)
    opened = await index.open(row.id)

    selected = Selected(row, watch, is_read_only=False)
    view = await selected.load()

    assert opened.modseq > watch.modseq
    assert list(view.columns.uids) == [1, 2, 3, 4, 5]
    assert view.modseq == row.modseq
    selected.close()
    index.close(opened)


async def test_an_index_that_holds_more_than_its_modseq_says(house: ImapHouse, inbox: ImapClient) -> None:
    row = await row_of(house)
    opened = await index.open(row.id)
    await inbox.append("INBOX", numbered(6))
    await remove(house, 2)
    early = await row_changes_since(row.id, row.modseq)
    opened._apply(RowChanges(ModSeq(row.modseq), early.rows, early.expunged))

    view = await Selected(row, Watch(row.account_id, row.id), is_read_only=False)._as_told(opened)

    assert opened.modseq == row.modseq
    assert list(view.columns.uids)[: view.count] == [1, 2, 3, 4, 5]
    index.close(opened)


async def test_an_expunge_that_is_read_twice_is_told_once(house: ImapHouse, inbox: ImapClient) -> None:
    row = await row_of(house)
    opened = await index.open(row.id)
    view = opened.view()
    await remove(house, 2)
    found = await row_changes_since(row.id, row.modseq)
    opened._apply(RowChanges(ModSeq(row.modseq + 1), found.rows, found.expunged))
    await remove(house, 4)
    await opened.refresh()

    news = view.sync(expunges=True)

    assert (news.vanished, news.expunged, view.count) == ([2, 4], [4, 2], 3)
    index.close(opened)


async def test_silence_does_not_hide_what_another_has_changed_before(
    house: ImapHouse, inbox: ImapClient
) -> None:
    other = await house.client(select="INBOX")
    await other.ok("STORE 1,3 +FLAGS (\\Flagged)")

    assert await inbox.ok("STORE 1:2 +FLAGS.SILENT (\\Seen)") == [
        b"* 1 FETCH (FLAGS (\\Seen \\Flagged))",
        b"* 3 FETCH (FLAGS (\\Flagged))",
    ]


async def test_silence_tells_no_modseq_that_is_behind(
    house: ImapHouse, inbox: ImapClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await inbox.ok("ENABLE CONDSTORE")
    row, store = await row_of(house), Selected.store

    async def overtaken(selected: Selected, *args: Any, **bits: Any) -> flags.StoreResult:
        result = await store(selected, *args, **bits)
        await flags.store(row.id, row.account_id, [1], add=flags.FLAGGED)
        selected.watch.modseq = (await row_of(house)).modseq
        return result

    monkeypatch.setattr(Selected, "store", overtaken)
    answer = await inbox.ok("STORE 1:2 +FLAGS.SILENT (\\Seen)")

    modseqs = dict(map(_number_and_modseq, answer))
    assert len(answer) == 2
    assert modseqs[1] > modseqs[2]


def _number_and_modseq(line: bytes) -> tuple[int, int]:
    found = re.fullmatch(rb"\* (\d+) FETCH .*MODSEQ \((\d+)\)\)", line)
    assert found is not None
    return int(found[1]), int(found[2])
