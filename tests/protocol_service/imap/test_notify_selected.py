"""NOTIFY for the selected mailbox (RFC 5465 §5.1 to §5.3, §6.1), told without a command."""

from __future__ import annotations

import pytest

from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient

ALL = "(MessageNew MessageExpunge FlagChange)"


async def told(imap: ImapClient, count: int) -> list[bytes]:
    """The next untagged responses, which nothing was sent for."""
    return [await imap.response() for _ in range(count)]


@pytest.fixture
async def other(imap: ImapClient) -> ImapClient:
    """Another client of alice's, with INBOX and its two messages selected."""
    for number in (1, 2):
        await imap.append("INBOX", numbered(number))
    await imap.ok("SELECT INBOX")
    return imap


@pytest.fixture
async def watcher(house: ImapHouse, other: ImapClient) -> ImapClient:
    """The client that is told, with INBOX selected."""
    return await house.client(select="INBOX")


async def test_new_messages_come_with_what_was_asked_for(watcher: ImapClient, other: ImapClient) -> None:
    await watcher.ok(
        "NOTIFY SET (selected (MessageNew (uid body.peek[header.fields (from to subject)]) MessageExpunge))"
    )

    await other.append(
        "INBOX", b"Subject: Re: good morning\r\nFrom: alice@example.org\r\nTo: bob@example.org\r\n\r\n"
    )

    assert await told(watcher, 3) == [
        b"* 3 EXISTS",
        b"* 0 RECENT",
        b"* 3 FETCH (UID 3 BODY[HEADER.FIELDS (from to subject)] {75}\r\n"
        b"Subject: Re: good morning\r\nFrom: alice@example.org\r\nTo: bob@example.org\r\n\r\n)",
    ]


async def test_without_data_items_only_the_number_is_told(watcher: ImapClient, other: ImapClient) -> None:
    await watcher.ok(f"NOTIFY SET (selected {ALL})")

    await other.append("INBOX", numbered(3))
    await other.ok("STORE 3 +FLAGS (\\Flagged)")

    assert await told(watcher, 3) == [
        b"* 3 EXISTS",
        b"* 0 RECENT",
        b"* 3 FETCH (UID 3 FLAGS (\\Flagged))",
    ]


async def test_changed_flags_come_with_the_uid_and_only_where_wanted(
    house: ImapHouse, watcher: ImapClient, other: ImapClient
) -> None:
    deaf = await house.client(select="INBOX")
    await watcher.ok(f"NOTIFY SET (selected {ALL})")
    await deaf.ok("NOTIFY SET (selected (MessageNew MessageExpunge))")

    await other.ok("STORE 2 +FLAGS.SILENT (\\Answered)")
    assert await told(watcher, 1) == [b"* 2 FETCH (UID 2 FLAGS (\\Answered))"]
    await other.ok("STORE 2 +FLAGS.SILENT (\\Deleted)")
    await other.ok("EXPUNGE")

    assert await told(watcher, 2) == [b"* 2 FETCH (UID 2 FLAGS (\\Answered \\Deleted))", b"* 2 EXPUNGE"]
    assert await told(deaf, 1) == [b"* 2 EXPUNGE"]


async def test_condstore_and_qresync_shape_what_is_told(watcher: ImapClient, other: ImapClient) -> None:
    await watcher.ok("ENABLE QRESYNC")
    await watcher.ok("NOTIFY SET (selected (MessageNew (FLAGS) MessageExpunge FlagChange))")

    await other.append("INBOX", numbered(3), "(\\Seen) ")
    exists, recent, new = await told(watcher, 3)
    assert (exists, recent) == (b"* 3 EXISTS", b"* 0 RECENT")
    assert new.startswith(b"* 3 FETCH (UID 3 FLAGS (\\Seen) MODSEQ (")
    await other.ok("UID STORE 1 +FLAGS.SILENT (\\Deleted)")
    assert (await told(watcher, 1))[0].startswith(b"* 1 FETCH (UID 1 FLAGS (\\Deleted) MODSEQ (")
    await other.ok("EXPUNGE")
    assert await told(watcher, 1) == [b"* VANISHED 1"]


async def test_asking_for_modseqs_enables_condstore(watcher: ImapClient, other: ImapClient) -> None:
    [highest] = await watcher.ok("NOTIFY SET (selected (MessageNew (MODSEQ) MessageExpunge FlagChange))")
    assert highest.startswith(b"* OK [HIGHESTMODSEQ ")

    await other.ok("STORE 1 +FLAGS (\\Seen)")

    assert (await told(watcher, 1))[0].startswith(b"* 1 FETCH (UID 1 FLAGS (\\Seen) MODSEQ (")


async def test_uid_only_clients_hear_uids(watcher: ImapClient, other: ImapClient) -> None:
    await watcher.ok("ENABLE UIDONLY")
    await watcher.ok("NOTIFY SET (selected (MessageNew (PREVIEW) MessageExpunge FlagChange))")

    await other.append("INBOX", numbered(3))
    await other.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")
    exists, recent, new, changed = await told(watcher, 4)
    assert (exists, recent) == (b"* 3 EXISTS", b"* 0 RECENT")
    assert new.startswith(b"* 3 UIDFETCH (PREVIEW ")
    assert changed == b"* 1 UIDFETCH (FLAGS (\\Deleted))"
    await other.ok("EXPUNGE")
    assert await told(watcher, 1) == [b"* VANISHED 1"]


async def test_delayed_expunges_wait_for_a_command_that_may_tell_them(
    watcher: ImapClient, other: ImapClient
) -> None:
    await watcher.ok(f"NOTIFY SET (selected-delayed {ALL})")

    await other.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")
    assert await told(watcher, 1) == [b"* 1 FETCH (UID 1 FLAGS (\\Deleted))"]
    await other.ok("EXPUNGE")
    await other.ok("STORE 1 +FLAGS.SILENT (\\Seen)")

    assert await told(watcher, 1) == [b"* 2 FETCH (UID 2 FLAGS (\\Seen))"]
    assert await watcher.ok("FETCH 2 UID") == [b"* 2 FETCH (UID 2)"]
    assert await watcher.ok("NOOP") == [b"* 1 EXPUNGE"]


async def test_new_messages_do_not_wait_for_expunges(watcher: ImapClient, other: ImapClient) -> None:
    await watcher.ok("NOTIFY SET (selected-delayed (MessageNew (UID) MessageExpunge))")

    await other.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")
    await other.ok("EXPUNGE")
    await other.append("INBOX", numbered(3))

    assert await told(watcher, 3) == [b"* 3 EXISTS", b"* 0 RECENT", b"* 3 FETCH (UID 3)"]
    assert await watcher.ok("FETCH 2:3 UID") == [b"* 2 FETCH (UID 2)", b"* 3 FETCH (UID 3)"]
    assert await watcher.ok("NOOP") == [b"* 1 EXPUNGE"]
    assert await watcher.ok("FETCH 1:* UID") == [b"* 1 FETCH (UID 2)", b"* 2 FETCH (UID 3)"]


async def test_idle_tells_the_same_and_delayed_expunges_too(watcher: ImapClient, other: ImapClient) -> None:
    await watcher.ok("NOTIFY SET (selected-delayed (MessageNew (UID) MessageExpunge))")
    watcher.send(b"i IDLE\r\n")
    assert await watcher.response() == b"+ idling"

    await other.append("INBOX", numbered(3))
    assert await told(watcher, 3) == [b"* 3 EXISTS", b"* 0 RECENT", b"* 3 FETCH (UID 3)"]
    await other.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")
    await other.ok("EXPUNGE")
    assert await told(watcher, 1) == [b"* 1 EXPUNGE"]
    watcher.send(b"DONE\r\n")
    assert (await watcher.answer(b"i")).untagged == []


async def test_set_tells_first_what_is_new(watcher: ImapClient, other: ImapClient) -> None:
    await watcher.ok("NOTIFY NONE")
    await other.append("INBOX", numbered(3))
    await other.ok("STORE 1 +FLAGS (\\Seen)")

    assert await watcher.ok("NOOP") == []
    assert await watcher.ok("NOTIFY SET (selected (MessageNew (UID) MessageExpunge))") == [
        b"* 3 EXISTS",
        b"* 0 RECENT",
        b"* 1 FETCH (FLAGS (\\Seen))",
    ]


async def test_another_set_describes_first_what_the_one_before_wanted(
    house: ImapHouse, watcher: ImapClient, other: ImapClient
) -> None:
    await watcher.ok("NOTIFY SET (selected (MessageNew (UID) MessageExpunge))")
    house.rt.bus._handlers.clear()  # nothing is pushed
    await other.append("INBOX", numbered(3))
    await other.ok("STORE 1 +FLAGS (\\Seen)")

    answer = await watcher.command("NOTIFY SET (selected (MessageNew (FLAGS) MessageExpunge))")

    assert answer.untagged == [b"* 3 EXISTS", b"* 0 RECENT", b"* 3 FETCH (UID 3)"]


@pytest.mark.parametrize(
    "notify", ["NONE", "SET (selected NONE)", f"SET (personal {ALL})", f"SET (mailboxes INBOX {ALL})"]
)
async def test_what_is_not_wanted_is_not_told(watcher: ImapClient, other: ImapClient, notify: str) -> None:
    await watcher.ok(f"NOTIFY {notify}")
    await other.append("INBOX", numbered(3))
    await other.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")
    await other.ok("EXPUNGE")

    assert await watcher.ok("NOOP") == []
    watcher.send(b"i IDLE\r\n")
    assert await watcher.response() == b"+ idling"
    watcher.send(b"DONE\r\n")
    assert (await watcher.answer(b"i")).untagged == []
    # What is not told does not change what the client knows: the old numbers still hold.
    assert await watcher.ok("FETCH 2 UID") == [b"* 2 FETCH (UID 2)"]


async def test_own_commands_say_what_they_do_in_any_case(watcher: ImapClient) -> None:
    await watcher.ok("NOTIFY NONE")

    assert await watcher.ok("STORE 1 +FLAGS (\\Deleted)") == [b"* 1 FETCH (FLAGS (\\Deleted))"]
    assert await watcher.ok("EXPUNGE") == [b"* 1 EXPUNGE"]
    assert (await watcher.ok("MOVE 1 Archive"))[1:] == [b"* 1 EXPUNGE"]


async def test_own_messages_are_counted_and_not_described(watcher: ImapClient, other: ImapClient) -> None:
    await watcher.ok("NOTIFY SET (selected (MessageNew (UID) MessageExpunge))")

    assert await watcher.ok(b"APPEND INBOX {4+}\r\na: b") == [b"* 3 EXISTS", b"* 0 RECENT"]
    assert await watcher.ok("COPY 1 INBOX") == [b"* 4 EXISTS", b"* 0 RECENT"]
    await other.append("INBOX", numbered(5))
    assert await told(watcher, 3) == [b"* 5 EXISTS", b"* 0 RECENT", b"* 5 FETCH (UID 5)"]


async def test_a_message_counted_by_a_store_is_described_behind_it(
    house: ImapHouse, watcher: ImapClient, other: ImapClient
) -> None:
    await watcher.ok("NOTIFY SET (selected (MessageNew (UID) MessageExpunge))")
    house.rt.bus._handlers.clear()  # nothing is pushed: STORE finds it

    await other.append("INBOX", numbered(3))
    answer = await watcher.command("UID STORE 1 +FLAGS (\\Seen)")

    assert answer.untagged == [b"* 3 EXISTS", b"* 0 RECENT", b"* 1 FETCH (UID 1 FLAGS (\\Seen))"]
    assert await told(watcher, 1) == [b"* 3 FETCH (UID 3)"]


async def test_describing_marks_nothing_as_read(watcher: ImapClient, other: ImapClient) -> None:
    await watcher.ok("NOTIFY SET (selected (MessageNew (BODY[TEXT]) MessageExpunge FlagChange))")

    await other.append("INBOX", b"Subject: x\r\n\r\nhello")

    assert await told(watcher, 3) == [
        b"* 3 EXISTS",
        b"* 0 RECENT",
        b"* 3 FETCH (BODY[TEXT] {5}\r\nhello)",
    ]
    assert await other.ok("SEARCH UNSEEN") == [b"* SEARCH 1 2 3"]


async def test_it_holds_for_whatever_is_selected(house: ImapHouse, other: ImapClient) -> None:
    watcher = await house.client()
    await watcher.ok("NOTIFY SET (selected (MessageNew (UID) MessageExpunge))")
    await other.append("Archive", numbered(1))
    assert await watcher.ok("NOOP") == []

    await watcher.ok("SELECT Archive")
    await other.append("Archive", numbered(2))
    assert await told(watcher, 3) == [b"* 2 EXISTS", b"* 0 RECENT", b"* 2 FETCH (UID 2)"]

    await watcher.ok("SELECT INBOX")
    await other.append("Archive", numbered(3))
    await other.append("INBOX", numbered(3))
    assert await told(watcher, 3) == [b"* 3 EXISTS", b"* 0 RECENT", b"* 3 FETCH (UID 3)"]


async def test_pipelined_commands_and_literals_are_not_mixed_up(
    watcher: ImapClient, other: ImapClient
) -> None:
    await watcher.ok("NOTIFY SET (selected (MessageNew (UID) MessageExpunge))")
    watcher.send(b"a APPEND Archive {5}\r\n")
    assert await watcher.response() == b"+ Ready"

    await other.append("INBOX", numbered(3))
    assert await told(watcher, 3) == [b"* 3 EXISTS", b"* 0 RECENT", b"* 3 FETCH (UID 3)"]
    watcher.send(b"a: b\n\r\nb FETCH 1 UID\r\nc FETCH 3 UID\r\n")

    assert (await watcher.answer(b"a")).is_ok
    assert (await watcher.answer(b"b")).untagged == [b"* 1 FETCH (UID 1)"]
    assert (await watcher.answer(b"c")).untagged == [b"* 3 FETCH (UID 3)"]


async def test_a_mailbox_that_is_deleted_ends_the_session(house: ImapHouse, other: ImapClient) -> None:
    await other.ok("CREATE Projects")
    watcher = await house.client(select="Projects")
    await watcher.ok(f"NOTIFY SET (selected {ALL})")

    await other.ok("DELETE Projects")

    assert (await watcher.response()).startswith(b"* BYE ")
    assert await watcher.ended()
