"""NOTIFY as a whole (RFC 5465): its states, its bounds, other processes, who does not use it."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest

from backend.kit import db
from backend.kit.events import bus
from backend.kit.runtime import Runtime
from backend.mailstore import copy_move
from protocol_service.access import connection as access
from protocol_service.imap import limits
from protocol_service.imap.notify import annotations as entries
from protocol_service.imap.notify import arrivals, notifier
from schema.events import Event, encode
from tests.protocol_service.imap.conftest import PASSWORD, ImapHouse, open_house
from tests.protocol_service.imap.messages import numbered
from tests.protocol_service.imap.test_compress import compressed
from tests.protocol_service.imap.test_notify_mailboxes import NEW, status, told
from tests.protocol_service.imap.test_slow_clients import until
from tests.support.imap_client import ImapClient

OVERFLOW = b"* OK [NOTIFICATIONOVERFLOW] There is too much to tell"


async def test_it_is_announced_to_who_has_signed_in(house: ImapHouse, imap: ImapClient) -> None:
    assert b"NOTIFY" in (await imap.ok("CAPABILITY"))[0].split()

    stranger = await house.connect()
    assert b"NOTIFY" not in stranger.greeting.split()
    assert await stranger.refused("NOTIFY NONE") == b"BAD The command is not allowed now"


async def test_refusals_leave_what_was_wanted(
    house: ImapHouse, imap: ImapClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = await house.client()
    await watcher.ok(f"NOTIFY SET (inboxes {NEW})")
    assert (await watcher.refused("NOTIFY SET (personal (Fanfare))")).startswith(b"NO [BADEVENT (MessageNew ")
    assert (await watcher.refused("NOTIFY SET (personal (FlagChange))")).startswith(b"BAD ")
    monkeypatch.setattr(notifier, "MAX_WATCHED", 3)
    assert await watcher.refused("NOTIFY SET (personal (MailboxName))") == (
        b"NO [NOTIFICATIONOVERFLOW] There are too many mailboxes to watch"
    )

    await imap.append("INBOX", numbered(1))

    assert await told(watcher) == [status("INBOX", 1, 2)]


async def test_none_is_silence(house: ImapHouse, imap: ImapClient) -> None:
    watcher = await house.client()
    await watcher.ok(f"NOTIFY SET (personal {NEW})")
    await watcher.ok("NOTIFY NONE")

    await imap.append("INBOX", numbered(1))

    assert await watcher.ok("NOOP") == []


async def test_too_many_mailboxes_later_end_it(
    house: ImapHouse, imap: ImapClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = await house.client()
    await watcher.ok("NOTIFY SET (personal (MessageNew MessageExpunge MailboxName))")
    monkeypatch.setattr(notifier, "MAX_WATCHED", 6)

    await imap.ok("CREATE seventh")
    assert await told(watcher) == [OVERFLOW]
    await imap.append("INBOX", numbered(1))
    assert await watcher.ok("NOOP") == []

    monkeypatch.undo()
    await watcher.ok(f"NOTIFY SET (personal {NEW})")
    await imap.append("INBOX", numbered(2))
    assert await told(watcher) == [status("INBOX", 2, 3)]


async def test_too_many_annotations_end_it(
    house: ImapHouse, imap: ImapClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = await house.client()
    await watcher.ok("NOTIFY SET (personal (MailboxMetadataChange))")
    monkeypatch.setattr(entries, "MAX_WATCHED_ENTRIES", 1)

    await imap.ok('SETMETADATA INBOX (/private/a "1" /private/b "2")')

    assert await told(watcher) == [OVERFLOW]


async def test_too_many_new_messages_are_counted_and_end_it(
    house: ImapHouse, imap: ImapClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = await house.client(select="INBOX")
    await watcher.ok("NOTIFY SET (selected (MessageNew (UID) MessageExpunge))")
    monkeypatch.setattr(arrivals, "MAX_FETCHED_UNASKED", 2)

    await imap.ok(b"APPEND INBOX" + b" {4+}\r\na: b" * 3)

    assert await told(watcher, 3) == [b"* 3 EXISTS", b"* 0 RECENT", OVERFLOW]
    await imap.append("INBOX", numbered(4))
    assert await watcher.ok("NOOP") == []
    assert house.role.server.watches.followers._following == {}


async def test_a_client_that_does_not_read_costs_no_more_than_its_mailboxes(
    house: ImapHouse, imap: ImapClient
) -> None:
    watcher = await house.client(select="INBOX")
    await watcher.ok(f"NOTIFY SET (selected (MessageNew (BODY.PEEK[]) MessageExpunge)) (personal {NEW})")
    [connection] = [one for one in house.role.server.open if one.session.notify is not None]
    transport = watcher.writer.transport
    assert isinstance(transport, asyncio.Transport)
    transport.pause_reading()
    raw = numbered(1, "x" * 200_000)
    for _ in range(40):
        await imap.append("INBOX", raw)
    await until(lambda: connection._can_write is not None)
    for _ in range(30):
        await imap.append("INBOX", raw)
        await imap.append("Archive", numbered(1))

    held = connection._transport.get_write_buffer_size() + connection._out_size
    assert held <= access.WRITE_HIGH_BYTES + 3 * limits.SLICE_BYTES
    notify = connection.session.notify
    assert notify is not None
    assert len(notify._changed) == 1

    transport.resume_reading()
    lines: list[bytes] = []
    while not lines or not lines[-1].startswith(b'* STATUS "Archive" (MESSAGES 30'):
        lines += await told(watcher)
    assert sum(b" FETCH (BODY[] {" in line for line in lines) == 70
    assert lines.count(lines[-1]) == 1


async def test_lost_announcements_are_made_good(house: ImapHouse, imap: ImapClient) -> None:
    watcher = await house.client(select="INBOX")
    await watcher.ok(
        "NOTIFY SET (selected (MessageNew (UID) MessageExpunge))"
        " (personal (MessageNew MessageExpunge MailboxName MailboxMetadataChange))"
    )
    with unheard():
        await imap.append("INBOX", numbered(1))
        await imap.append("Archive", numbered(1))
        await imap.ok("CREATE fresh")
        await imap.ok('SETMETADATA Sent (/private/comment "x")')
    assert await watcher.ok("CAPABILITY") != []

    bus()._take("gap another-process")

    lines = await told(watcher, 6)
    assert lines == [
        b"* 1 EXISTS",
        b"* 0 RECENT",
        b"* 1 FETCH (UID 1)",
        b'* LIST (\\HasNoChildren \\Subscribed) "/" "fresh"',
        status("Archive", 1, 2),
        b'* METADATA "Sent" /private/comment',
    ]


async def test_what_other_processes_do_is_told(house: ImapHouse, imap: ImapClient) -> None:
    watcher = await house.client(select="INBOX")
    await watcher.ok(
        "NOTIFY SET (selected (MessageNew (UID) MessageExpunge))"
        " (personal (MessageNew MessageExpunge MailboxName ServerMetadataChange))"
    )
    with unheard() as events:
        await imap.append("INBOX", numbered(1))
        await imap.append("Archive", numbered(1))
        await imap.ok("CREATE fresh")
        await imap.ok('SETMETADATA "" (/private/comment "x")')

    bus()._take("\n".join(encode(event, "another-process") for event in events))

    assert await told(watcher, 6) == [
        b"* 1 EXISTS",
        b"* 0 RECENT",
        b"* 1 FETCH (UID 1)",
        b'* LIST (\\HasNoChildren \\Subscribed) "/" "fresh"',
        status("Archive", 1, 2),
        b'* METADATA "" /private/comment',
    ]


class unheard:  # noqa: N801  # reads as a statement
    """While this lasts nothing is announced in this process; it gives the events."""

    def __enter__(self) -> list[Event]:
        events: list[Event] = []
        db.set_publisher(events.extend)
        return events

    def __exit__(self, *exc: object) -> None:
        db.set_publisher(bus().publish)


async def test_a_long_command_is_answered_before_anything_else_is_told(
    house: ImapHouse, imap: ImapClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await imap.append("INBOX", numbered(1))
    watcher = await house.client(select="INBOX")
    await watcher.ok(f"NOTIFY SET (selected (MessageNew (UID) MessageExpunge)) (mailboxes Sent {NEW})")
    begun, may_end = asyncio.Event(), asyncio.Event()
    copy = copy_move.copy

    async def slow(*args: Any, **named: Any) -> copy_move.CopyResult:
        begun.set()
        await may_end.wait()
        return await copy(*args, **named)

    monkeypatch.setattr(copy_move, "copy", slow)
    watcher.send(b"a COPY 1 Archive\r\nb NOOP\r\n")
    await begun.wait()
    await imap.append("Sent", numbered(1))
    await imap.append("INBOX", numbered(2))
    may_end.set()

    answer = await watcher.answer(b"a")
    assert answer.untagged == [b"* 2 EXISTS", b"* 0 RECENT", b"* 2 FETCH (UID 2)"]
    assert await told(watcher, 2) == [status("Sent", 1, 2), b"b OK NOOP completed"]


async def test_what_is_told_without_a_command_is_no_progress_of_one(
    house: ImapHouse, imap: ImapClient
) -> None:
    watcher = await house.client(select="INBOX")
    await watcher.ok("NOTIFY SET (selected (MessageNew (UID) MessageExpunge))")
    await imap.append("INBOX", numbered(1))
    await told(watcher, 3)

    [connection] = [one for one in house.role.server.open if one.session.notify is not None]
    assert connection.session.still_working() == b""


async def test_it_goes_through_compression(house: ImapHouse, imap: ImapClient) -> None:
    plain = await house.client(select="INBOX")
    await plain.ok(f"NOTIFY SET (selected (MessageNew (UID) MessageExpunge)) (personal {NEW})")
    watcher = await compressed(plain)

    await imap.append("INBOX", numbered(1))
    await imap.append("Archive", numbered(1))

    assert await told(watcher, 4) == [
        b"* 1 EXISTS",
        b"* 0 RECENT",
        b"* 1 FETCH (UID 1)",
        status("Archive", 1, 2),
    ]
    assert await watcher.ok("NOOP") == []


async def test_signing_out_ends_it(house: ImapHouse, imap: ImapClient) -> None:
    watcher = await house.client(select="INBOX")
    await watcher.ok(f"NOTIFY SET (selected {NEW}) (personal {NEW})")
    await watcher.ok("UNAUTHENTICATE")
    await imap.append("INBOX", numbered(1))
    await imap.append("Archive", numbered(1))
    assert await watcher.ok("NOOP") == []

    await watcher.login("alice@example.test", PASSWORD)
    await watcher.ok("SELECT INBOX")
    await imap.append("INBOX", numbered(2))

    # As without NOTIFY: with the next command.
    assert await watcher.ok("NOOP") == [b"* 2 EXISTS", b"* 0 RECENT"]


async def test_who_does_not_use_it_pays_nothing(house: ImapHouse, imap: ImapClient) -> None:
    handlers = {kind: list(them) for kind, them in house.rt.bus._handlers.items()}
    watcher = await house.client(select="INBOX")
    await watcher.ok(f"NOTIFY SET (selected {NEW}) (personal {NEW})")
    followers = house.role.server.watches.followers
    assert len(followers._following) == 1
    assert house.rt.bus._handlers != handlers

    await watcher.ok("LOGOUT")
    await until(lambda: not followers._following)

    assert {kind: them for kind, them in house.rt.bus._handlers.items() if them} == {
        kind: them for kind, them in handlers.items() if them
    }
    assert followers._by_account == {}
    assert all(one.session.notify is None for one in house.role.server.open)
    await imap.ok("NOOP")


async def test_a_walk_on_both_databases(any_rt: Runtime) -> None:
    async with AsyncExitStack() as stack:
        house = await open_house(any_rt, stack)
        alice, bob = await house.client(), await house.client("bob")
        watcher = await house.client(select="INBOX")
        await watcher.ok(
            "NOTIFY SET STATUS (selected (MessageNew (FLAGS PREVIEW) MessageExpunge FlagChange))"
            " (personal (MessageNew MessageExpunge FlagChange MailboxName MailboxMetadataChange))"
        )
        await bob.ok("NOTIFY SET (subtree Users (MessageNew MessageExpunge MailboxName))")

        await alice.append("INBOX", numbered(1))
        assert (await told(watcher, 3))[2].startswith(b"* 1 FETCH (FLAGS () PREVIEW ")
        await alice.ok("CREATE Projects")
        assert await told(watcher) == [b'* LIST (\\HasNoChildren \\Subscribed) "/" "Projects"']
        await alice.ok('SETMETADATA Projects (/shared/comment "x")')
        assert await told(watcher) == [b'* METADATA "Projects" /shared/comment']
        await alice.ok("SETACL Projects bob lr")
        assert await told(bob) == [
            b'* LIST (\\HasNoChildren \\Subscribed) "/" "Users/alice@example.test/Projects"'
        ]
        await alice.append("Projects", numbered(1))
        assert await told(bob) == [status("Users/alice@example.test/Projects", 1, 2)]
        assert (await told(watcher))[0].startswith(b'* STATUS "Projects" (MESSAGES 1 UIDNEXT 2 ')
