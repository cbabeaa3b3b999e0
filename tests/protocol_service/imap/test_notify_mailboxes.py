"""NOTIFY for mailboxes that are not selected (RFC 5465 §5, §6): STATUS, LIST and METADATA."""

from __future__ import annotations

import re

import pytest

from backend.mailstore import mailboxes
from backend.mailstore.types import MailboxRow
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient

NEW = "(MessageNew MessageExpunge)"
ALL = "(MessageNew MessageExpunge FlagChange)"
_VALIDITY = re.compile(rb"UIDVALIDITY \d+")
_MODSEQ = re.compile(rb"HIGHESTMODSEQ \d+")


def plain(line: bytes) -> bytes:
    """A STATUS without values that differ from run to run."""
    return _MODSEQ.sub(b"HIGHESTMODSEQ n", _VALIDITY.sub(b"UIDVALIDITY n", line))


def status(name: str, messages: int, uidnext: int) -> bytes:
    return b'* STATUS "%b" (MESSAGES %d UIDNEXT %d UIDVALIDITY n)' % (name.encode(), messages, uidnext)


async def told(imap: ImapClient, count: int = 1) -> list[bytes]:
    """The next untagged responses, which nothing was sent for."""
    return [plain(await imap.response()) for _ in range(count)]


@pytest.fixture
async def watcher(house: ImapHouse, imap: ImapClient) -> ImapClient:
    """Another client of alice's; there are some lists."""
    for name in ("Lists", "Lists/Lemonade", "Lists/Im2000", "misc"):
        await imap.ok(f"CREATE {name}")
    return await house.client()


async def test_the_transcript_of_the_standard(watcher: ImapClient, imap: ImapClient) -> None:
    await imap.append("Lists/Lemonade", numbered(1))
    answer = await watcher.command(
        "notify set status (selected (MessageNew (uid body.peek[header.fields (from to subject)])"
        f" MessageExpunge)) (subtree Lists {NEW})"
    )
    assert answer.is_ok
    assert list(map(plain, answer.untagged)) == [
        status("Lists", 0, 1),
        status("Lists/Im2000", 0, 1),
        status("Lists/Lemonade", 1, 2),
    ]
    await watcher.ok("SELECT inbox")

    await imap.append("Lists/Lemonade", numbered(2))
    assert await told(watcher) == [status("Lists/Lemonade", 2, 3)]
    await imap.append("INBOX", b"Subject: Re: good morning\r\n\r\n")
    assert await told(watcher, 3) == [
        b"* 1 EXISTS",
        b"* 0 RECENT",
        b"* 1 FETCH (UID 1 BODY[HEADER.FIELDS (from to subject)] {29}\r\nSubject: Re: good morning\r\n\r\n)",
    ]
    await imap.append("misc", numbered(1))
    [line] = await watcher.ok("STATUS misc (UIDVALIDITY UIDNEXT MESSAGES)")
    assert line.endswith(b" UIDNEXT 2 MESSAGES 1)")
    assert await watcher.ok(f"NOTIFY SET (subtree Lists {NEW}) (mailboxes misc {NEW})") == []
    await imap.append("misc", numbered(2))
    assert await told(watcher) == [status("misc", 2, 3)]


async def test_changed_flags_bring_unseen_and_the_modseq(watcher: ImapClient, imap: ImapClient) -> None:
    await imap.append("misc", numbered(1))
    await watcher.ok(f"NOTIFY SET (mailboxes misc {ALL}) (personal {NEW})")
    await imap.ok("SELECT misc")

    await imap.ok("STORE 1 +FLAGS (\\Seen)")
    line = (await told(watcher))[0]
    assert line == b'* STATUS "misc" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY n UNSEEN 0 HIGHESTMODSEQ n)'

    await imap.ok("COPY 1 Archive")
    await imap.ok("SELECT Archive")
    await imap.ok("STORE 1 +FLAGS (\\Deleted)")
    await imap.ok("EXPUNGE")
    # Of Archive flags are not wanted, so that STORE is not told.
    assert await told(watcher, 2) == [status("Archive", 1, 2), status("Archive", 0, 2)]


async def test_condstore_has_the_modseq_told(watcher: ImapClient, imap: ImapClient) -> None:
    await watcher.ok("ENABLE CONDSTORE")
    await watcher.ok(f"NOTIFY SET (inboxes {NEW})")

    await imap.append("misc", numbered(1))
    await imap.append("INBOX", numbered(1))

    assert await told(watcher) == [b'* STATUS "INBOX" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY n HIGHESTMODSEQ n)']


async def test_the_selected_mailbox_has_no_status_until_it_is_left(
    watcher: ImapClient, imap: ImapClient
) -> None:
    await watcher.ok("SELECT misc")
    answer = await watcher.command(f"NOTIFY SET STATUS (selected {NEW}) (mailboxes (misc Lists) {NEW})")
    assert list(map(plain, answer.untagged)) == [status("Lists", 0, 1)]

    await imap.append("misc", numbered(1))
    assert await told(watcher, 2) == [b"* 1 EXISTS", b"* 0 RECENT"]
    await watcher.ok("UNSELECT")
    assert await watcher.ok("NOOP") == []  # it was told all there is
    await imap.append("misc", numbered(2))
    assert await told(watcher) == [status("misc", 2, 3)]


async def test_what_was_not_told_while_selected_is_told_behind_it(
    watcher: ImapClient, imap: ImapClient
) -> None:
    await watcher.ok("SELECT misc")
    await watcher.ok(f"NOTIFY SET (selected NONE) (personal {NEW})")
    await imap.append("misc", numbered(1))
    assert await watcher.ok("NOOP") == []

    await watcher.ok("UNSELECT")

    assert await told(watcher) == [status("misc", 1, 2)]


async def test_none_excludes_mailboxes_from_later_groups(watcher: ImapClient, imap: ImapClient) -> None:
    await watcher.ok(f"NOTIFY SET (subtree Lists NONE) (personal {NEW})")

    await imap.append("Lists/Lemonade", numbered(1))
    await imap.append("misc", numbered(1))

    assert await told(watcher) == [status("misc", 1, 2)]


async def test_subscribed_follows_the_subscriptions(watcher: ImapClient, imap: ImapClient) -> None:
    await imap.ok("UNSUBSCRIBE misc")
    await watcher.ok("NOTIFY SET (subscribed (MessageNew MessageExpunge SubscriptionChange))")
    await imap.append("misc", numbered(1))

    await imap.ok("SUBSCRIBE misc")
    assert await told(watcher) == [b'* LIST (\\HasNoChildren \\Subscribed) "/" "misc"']
    await imap.append("misc", numbered(2))
    assert await told(watcher) == [status("misc", 2, 3)]
    await imap.ok("UNSUBSCRIBE misc")
    assert await told(watcher) == [b'* LIST (\\HasNoChildren) "/" "misc"']
    await imap.append("misc", numbered(3))
    assert await watcher.ok("NOOP") == []


async def test_names_that_are_made_renamed_and_deleted(watcher: ImapClient, imap: ImapClient) -> None:
    await watcher.ok("NOTIFY SET (personal (MailboxName))")

    await imap.ok("CREATE NewMailbox")
    assert await told(watcher) == [b'* LIST (\\HasNoChildren \\Subscribed) "/" "NewMailbox"']
    await imap.ok("CREATE NewMailbox/a")
    assert await told(watcher, 2) == [
        b'* LIST (\\HasNoChildren \\Subscribed) "/" "NewMailbox/a"',
        b'* LIST (\\HasChildren \\Subscribed) "/" "NewMailbox"',
    ]
    await imap.ok("RENAME NewMailbox Other")
    assert await told(watcher) == [
        b'* LIST (\\HasChildren \\Subscribed) "/" "Other" ("OLDNAME" ("NewMailbox"))'
    ]
    await imap.ok("DELETE Other/a")
    assert await told(watcher, 2) == [
        b'* LIST (\\NonExistent) "/" "Other/a"',
        b'* LIST (\\HasNoChildren \\Subscribed) "/" "Other"',
    ]
    await imap.ok("UNSUBSCRIBE Other")  # not wanted
    await imap.ok("RENAME Other misc/Other")
    assert await told(watcher) == [b'* LIST (\\HasNoChildren) "/" "misc/Other" ("OLDNAME" ("Other"))']


async def test_a_new_mailbox_is_watched_at_once(watcher: ImapClient, imap: ImapClient) -> None:
    await watcher.ok(f"NOTIFY SET (mailboxes Coming {NEW})")

    await imap.ok("CREATE Coming")
    await imap.append("Coming", numbered(1))

    assert await told(watcher) == [status("Coming", 1, 2)]


async def test_own_changes_of_names_are_not_told(watcher: ImapClient, imap: ImapClient) -> None:
    await watcher.ok("NOTIFY SET (personal (MailboxName SubscriptionChange MailboxMetadataChange))")

    for command in (
        "CREATE a/b/c",
        "RENAME a d",
        "DELETE d/b/c",
        "UNSUBSCRIBE d/b",
        'SETMETADATA d (/private/comment "x")',
        "SETMETADATA d (/private/comment NIL)",
    ):
        assert await watcher.ok(command) == []
    assert await watcher.ok("NOOP") == []
    await imap.ok("CREATE e")
    assert await told(watcher) == [b'* LIST (\\HasNoChildren \\Subscribed) "/" "e"']


async def test_annotations_are_named_without_their_values(watcher: ImapClient, imap: ImapClient) -> None:
    await imap.ok('SETMETADATA misc (/private/comment "old")')
    await watcher.ok("NOTIFY SET (personal (MailboxMetadataChange ServerMetadataChange))")

    await imap.ok('SETMETADATA misc (/private/comment "new" /shared/comment "all")')
    assert await told(watcher) == [b'* METADATA "misc" /shared/comment /private/comment']
    await imap.ok("SETMETADATA misc (/shared/comment NIL)")
    assert await told(watcher) == [b'* METADATA "misc" /shared/comment']
    await imap.ok('SETMETADATA "" (/private/vendor/x "1" "/private/a b" "2")')
    assert await told(watcher) == [b'* METADATA "" "/private/a b" /private/vendor/x']
    assert await imap.ok('GETMETADATA "" "/private/a b"') == [b'* METADATA "" ("/private/a b" "2")']


async def test_annotations_are_told_where_they_are_wanted(watcher: ImapClient, imap: ImapClient) -> None:
    await watcher.ok("NOTIFY SET (mailboxes misc (MailboxMetadataChange))")

    await imap.ok('SETMETADATA "" (/private/comment "x")')
    await imap.ok('SETMETADATA INBOX (/private/comment "x")')
    await imap.ok('SETMETADATA misc (/private/comment "x")')

    assert await told(watcher) == [b'* METADATA "misc" /private/comment']


async def test_another_set_goes_on_from_what_was_told(watcher: ImapClient, imap: ImapClient) -> None:
    await watcher.ok(f"NOTIFY SET (personal {NEW})")
    # All arrive in one piece: nothing can be told between the change and the second NOTIFY.
    imap.send(b"a CREATE fresh\r\nb APPEND misc {4+}\r\na: b\r\n")
    watcher.send(b"a NOTIFY SET (personal (MessageNew MessageExpunge MailboxName))\r\n")
    assert (await imap.answer(b"b")).is_ok
    answer = await watcher.answer(b"a")
    lines = {plain(line) for line in answer.untagged}
    while status("misc", 1, 2) not in lines:
        lines.add(plain(await watcher.response()))

    assert answer.is_ok


async def test_own_changes_of_messages_are_told_as_the_state_of_their_mailbox(watcher: ImapClient) -> None:
    await watcher.ok(f"NOTIFY SET (personal {NEW})")

    await watcher.append("misc", numbered(1))

    assert await told(watcher) == [status("misc", 1, 2)]


async def test_messages_that_come_while_names_are_read_are_told(
    house: ImapHouse, watcher: ImapClient, imap: ImapClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = await house.client()
    await watcher.ok(f"NOTIFY SET (personal {NEW})")
    read = mailboxes.list_mailboxes
    arrivals = [numbered(1)]

    async def slow(account_id: int) -> list[MailboxRow]:
        rows = await read(account_id)
        while arrivals:
            await sender.append("fresh", arrivals.pop())
        return rows

    monkeypatch.setattr(mailboxes, "list_mailboxes", slow)
    await imap.ok("CREATE fresh")

    assert await told(watcher) == [status("fresh", 1, 2)]


@pytest.fixture
async def bob(house: ImapHouse, watcher: ImapClient) -> ImapClient:
    """Somebody else, who watches whatever others share."""
    client = await house.client("bob")
    await client.ok("NOTIFY SET (subtree (Users Shared) (MessageNew MessageExpunge FlagChange MailboxName))")
    return client


async def test_shared_mailboxes_come_and_go_with_the_rights(bob: ImapClient, imap: ImapClient) -> None:
    name = b'"Users/alice@example.test/misc"'
    await imap.append("misc", numbered(1))

    await imap.ok("SETACL misc bob lr")
    assert await told(bob, 2) == [
        b'* LIST (\\HasNoChildren \\Subscribed) "/" ' + name,
        b"* STATUS " + name + b" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY n UNSEEN 1 HIGHESTMODSEQ n)",
    ]
    await imap.append("misc", numbered(2))
    assert (await told(bob))[0].startswith(b"* STATUS " + name + b" (MESSAGES 2 ")
    await imap.ok("SETACL misc bob -lr")
    assert await told(bob) == [b'* LIST (\\NonExistent \\NoAccess) "/" ' + name]
    await imap.append("misc", numbered(3))
    assert await bob.ok("NOOP") == []
    await imap.ok("SETACL misc bob lr")
    assert (await told(bob, 2))[1].startswith(b"* STATUS " + name + b" (MESSAGES 3 ")


async def test_losing_the_right_to_read_ends_it_silently(bob: ImapClient, imap: ImapClient) -> None:
    await imap.ok("SETACL misc bob lr")
    await told(bob)

    await imap.ok("SETACL misc bob -r")
    await imap.append("misc", numbered(1))

    assert await bob.ok("NOOP") == []


async def test_an_own_state_of_seen_is_told_to_its_reader(
    house: ImapHouse, bob: ImapClient, imap: ImapClient
) -> None:
    await imap.append("misc", numbered(1))
    await imap.ok("SETACL misc bob lrs")
    await told(bob, 2)
    reader = await house.client("bob", select='"Users/alice@example.test/misc"')

    await reader.ok("STORE 1 +FLAGS (\\Seen)")

    assert await told(bob) == [
        b'* STATUS "Users/alice@example.test/misc"'
        b" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY n UNSEEN 0 HIGHESTMODSEQ n)"
    ]


async def test_a_shared_mailbox_that_is_deleted_does_not_exist(bob: ImapClient, imap: ImapClient) -> None:
    await imap.ok("SETACL misc bob lr")
    await told(bob)

    await imap.ok("DELETE misc")

    assert await told(bob) == [b'* LIST (\\NonExistent) "/" "Users/alice@example.test/misc"']


async def test_personal_watches_nothing_of_others(house: ImapHouse, imap: ImapClient) -> None:
    await imap.ok("CREATE misc")
    bob = await house.client("bob")
    await bob.ok("NOTIFY SET (personal (MessageNew MessageExpunge MailboxName))")

    await imap.ok("SETACL misc bob lr")
    await imap.append("misc", numbered(1))

    assert await bob.ok("NOOP") == []
