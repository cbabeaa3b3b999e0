"""IDLE and the news of other sessions."""

from __future__ import annotations

import asyncio

import pytest

from backend.kit.events import bus
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import PLAIN, numbered
from tests.support.imap_client import ImapClient


async def idle(imap: ImapClient) -> None:
    """Enter IDLE under the tag `i`."""
    imap.send(b"i IDLE\r\n")
    assert await imap.response() == b"+ idling"


async def done(imap: ImapClient) -> list[bytes]:
    """Leave IDLE; what was told until then."""
    imap.send(b"DONE\r\n")
    answer = await imap.answer(b"i")
    assert answer.status == b"OK IDLE completed"
    return answer.untagged


async def test_new_messages_flags_and_expunges_are_pushed(house: ImapHouse, imap: ImapClient) -> None:
    await imap.append("INBOX", numbered(1))
    watcher = await house.client(select="INBOX")
    await idle(watcher)

    await imap.append("INBOX", numbered(2))
    assert [await watcher.response() for _ in range(2)] == [b"* 2 EXISTS", b"* 0 RECENT"]

    await imap.ok("SELECT INBOX")
    await imap.ok("STORE 1 +FLAGS (\\Seen)")
    assert await watcher.response() == b"* 1 FETCH (FLAGS (\\Seen))"

    await imap.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")
    await imap.ok("EXPUNGE")
    assert [await watcher.response() for _ in range(2)] == [
        b"* 1 FETCH (FLAGS (\\Seen \\Deleted))",
        b"* 1 EXPUNGE",
    ]

    assert await done(watcher) == []
    assert await watcher.ok("FETCH 1:* (UID)") == [b"* 1 FETCH (UID 2)"]


async def test_what_was_missed_is_told_first(house: ImapHouse, imap: ImapClient) -> None:
    watcher = await house.client(select="INBOX")
    await imap.append("INBOX", PLAIN)

    watcher.send(b"i IDLE\r\n")

    assert [await watcher.response() for _ in range(3)] == [b"* 1 EXISTS", b"* 0 RECENT", b"+ idling"]


async def test_idle_ends_with_done_only(imap: ImapClient) -> None:
    await idle(imap)
    imap.send(b"b NOOP\r\n")

    assert await imap.response() == b"i BAD Expected DONE"
    assert await imap.ok("NOOP") == []


async def test_idle_without_a_mailbox_waits(imap: ImapClient) -> None:
    await idle(imap)

    assert await done(imap) == []


async def test_many_watchers_hear_of_one_message(house: ImapHouse, imap: ImapClient) -> None:
    watchers = [await house.client(select="INBOX") for _ in range(20)]
    for watcher in watchers:
        await idle(watcher)

    await imap.append("INBOX", PLAIN)

    assert await asyncio.gather(*(watcher.response() for watcher in watchers)) == [b"* 1 EXISTS"] * 20


async def test_other_accounts_and_mailboxes_are_not_told(house: ImapHouse, imap: ImapClient) -> None:
    bob = await house.client("bob", select="INBOX")
    archive = await house.client(select="Archive")
    for watcher in (bob, archive):
        await idle(watcher)

    await imap.append("INBOX", PLAIN)

    assert await done(bob) == []
    assert await done(archive) == []


async def test_lost_announcements_are_made_good(house: ImapHouse, imap: ImapClient) -> None:
    watcher = await house.client(select="INBOX")
    idler = await house.client(select="INBOX")
    await idle(idler)
    house.role.server.watches.changed = lambda event: None  # type: ignore[method-assign]  # nothing is heard any more
    bus()._handlers.clear()
    await imap.append("INBOX", PLAIN)

    # NOOP asks the tables; an idler looks when the bus says that something may be missing.
    assert await watcher.ok("NOOP") == [b"* 1 EXISTS", b"* 0 RECENT"]
    house.role.server.watches.gap()
    assert await idler.response() == b"* 1 EXISTS"


@pytest.mark.parametrize("verb", ["NOOP", "CHECK"])
async def test_news_come_with_any_command(house: ImapHouse, imap: ImapClient, verb: str) -> None:
    other = await house.client(select="INBOX")
    for number in (1, 2, 3):
        await imap.append("INBOX", numbered(number))
    assert await other.ok("CAPABILITY") != []
    await other.ok(verb)
    await imap.ok("SELECT INBOX")
    await imap.ok("STORE 1:2 +FLAGS.SILENT (\\Deleted)")
    await imap.ok("EXPUNGE")
    await imap.append("INBOX", numbered(4))

    assert await other.ok(verb) == [b"* 2 EXPUNGE", b"* 1 EXPUNGE", b"* 2 EXISTS", b"* 0 RECENT"]
