"""LIST, LSUB, CREATE, DELETE, RENAME, SUBSCRIBE, STATUS."""

from __future__ import annotations

import pytest

from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import PLAIN
from tests.support.imap_client import ImapClient


async def names(imap: ImapClient, line: str = 'LIST "" *') -> list[bytes]:
    """The names that a LIST shows."""
    return [response.rsplit(b' "/" ', 1)[1] for response in await imap.ok(line) if b"LIST" in response]


async def test_list_shows_standard_mailboxes_with_their_use(imap: ImapClient) -> None:
    assert await imap.ok('LIST "" *') == [
        b'* LIST (\\HasNoChildren) "/" "INBOX"',
        b'* LIST (\\HasNoChildren \\Archive) "/" "Archive"',
        b'* LIST (\\HasNoChildren \\Drafts) "/" "Drafts"',
        b'* LIST (\\HasNoChildren \\Junk) "/" "Junk"',
        b'* LIST (\\HasNoChildren \\Sent) "/" "Sent"',
        b'* LIST (\\HasNoChildren \\Trash) "/" "Trash"',
    ]


async def test_list_answers_the_delimiter(imap: ImapClient) -> None:
    assert await imap.ok('LIST "" ""') == [b'* LIST (\\Noselect) "/" ""']


async def test_create_makes_parents_and_list_knows_children(imap: ImapClient) -> None:
    await imap.ok('CREATE "Projects/Entw&APw-rfe/deep"')

    assert await imap.ok('LIST "Projects" *') == [
        b'* LIST (\\HasChildren) "/" "Projects"',
        b'* LIST (\\HasChildren) "/" "Projects/Entw&APw-rfe"',
        b'* LIST (\\HasNoChildren) "/" "Projects/Entw&APw-rfe/deep"',
    ]
    assert await names(imap, 'LIST "Projects/" %') == [b'"Projects/Entw&APw-rfe"']


async def test_create_refuses_what_exists_and_what_cannot_be(imap: ImapClient) -> None:
    before = await names(imap)

    assert (await imap.refused("CREATE Sent")).startswith(b"NO [ALREADYEXISTS]")
    assert (await imap.refused("CREATE inbox")).startswith(b"NO [ALREADYEXISTS]")
    for bad in ('"a//b"', '"a&b"', '"a&AAo-b"', '"' + "x" * 300 + '"', '"' + "/".join("y" * 30) + '"', '""'):
        assert (await imap.refused(f"CREATE {bad}")).startswith(b"NO [CANNOT]"), bad
    assert (await imap.refused(b'CREATE "caf\xc3\xa9"')).startswith((b"NO [CANNOT]", b"BAD"))

    assert await names(imap) == before


async def test_names_that_look_like_paths_stay_inside_the_account(house: ImapHouse, imap: ImapClient) -> None:
    bob = await house.client("bob")
    before = await names(bob)

    await imap.command('CREATE "../bob/INBOX"')
    await imap.command('CREATE "/etc/passwd"')

    assert await names(bob) == before
    assert (await imap.refused('SELECT "../../bob/INBOX"')).startswith(b"NO [NONEXISTENT]")


async def test_create_for_a_special_use(imap: ImapClient) -> None:
    await imap.ok("DELETE Archive")

    await imap.ok("CREATE Attic (USE (\\Archive))")

    assert b'* LIST (\\HasNoChildren \\Archive) "/" "Attic"' in await imap.ok('LIST "" *')
    assert (await imap.refused("CREATE More (USE (\\Flagged))")).startswith(b"NO [USEATTR]")
    assert (await imap.refused("CREATE More (USE (\\Sent))")).startswith(b"NO [")
    assert b'"More"' not in await names(imap)


async def test_delete(imap: ImapClient) -> None:
    await imap.ok("CREATE old")

    await imap.ok("DELETE old")

    assert b'"old"' not in await names(imap)
    assert await imap.refused("DELETE old") == b"NO [NONEXISTENT] There is no such mailbox"
    assert (await imap.refused("DELETE INBOX")).startswith(b"NO [")
    assert b'"INBOX"' in await names(imap)


async def test_deleting_the_selected_mailbox_leaves_it(imap: ImapClient) -> None:
    await imap.ok("CREATE old")
    await imap.ok("SELECT old")

    assert await imap.ok("DELETE old") == [b"* OK [CLOSED] The selected mailbox was deleted"]

    assert await imap.refused("FETCH 1 FLAGS") == b"BAD The command is not allowed now"


async def test_whoever_has_a_deleted_mailbox_selected_is_sent_away(
    house: ImapHouse, imap: ImapClient
) -> None:
    await imap.ok("CREATE old")
    other = await house.client(select="old")
    other.send(b"i IDLE\r\n")
    assert await other.response() == b"+ idling"

    await imap.ok("DELETE old")

    assert await other.response() == b"* BYE The selected mailbox was deleted"
    assert await other.ended()


async def test_rename_takes_children_along(imap: ImapClient) -> None:
    await imap.ok("CREATE a/b/c")

    await imap.ok("RENAME a x/y")

    assert await names(imap, 'LIST "" (x* a*)') == [b'"x"', b'"x/y"', b'"x/y/b"', b'"x/y/b/c"']
    assert (await imap.refused("RENAME x/y Sent")).startswith(b"NO [ALREADYEXISTS]")
    assert (await imap.refused("RENAME nowhere z")).startswith(b"NO [NONEXISTENT]")


async def test_renaming_inbox_moves_its_messages_and_keeps_it(imap: ImapClient) -> None:
    await imap.append("INBOX", PLAIN)

    await imap.ok("RENAME INBOX 2026")

    assert await imap.ok("STATUS INBOX (MESSAGES)") == [b'* STATUS "INBOX" (MESSAGES 0)']
    assert await imap.ok("STATUS 2026 (MESSAGES)") == [b'* STATUS "2026" (MESSAGES 1)']


async def test_subscriptions(imap: ImapClient) -> None:
    await imap.ok("CREATE lists/dev")
    await imap.ok("UNSUBSCRIBE lists")
    await imap.ok("UNSUBSCRIBE Junk")

    assert b'* LSUB () "/" "lists/dev"' in await imap.ok('LSUB "" *')
    assert b'* LSUB () "/" "Junk"' not in await imap.ok('LSUB "" *')
    assert b'* LSUB (\\Noselect) "/" "lists"' in await imap.ok('LSUB "" %')
    await imap.ok("SUBSCRIBE Junk")
    assert b'* LSUB () "/" "Junk"' in await imap.ok('LSUB "" *')
    assert (await imap.refused("SUBSCRIBE nowhere")).startswith(b"NO [NONEXISTENT]")


async def test_extended_list_selects_and_returns(imap: ImapClient) -> None:
    await imap.ok("CREATE a/b")
    for name in ("a", "Junk", "Drafts", "Trash", "Archive", "INBOX"):
        await imap.ok(f"UNSUBSCRIBE {name}")

    assert await imap.ok('LIST (SUBSCRIBED) "" *') == [
        b'* LIST (\\HasNoChildren \\Subscribed) "/" "a/b"',
        b'* LIST (\\HasNoChildren \\Sent \\Subscribed) "/" "Sent"',
    ]
    assert await imap.ok('LIST (SUBSCRIBED RECURSIVEMATCH) "" %') == [
        b'* LIST (\\HasChildren) "/" "a" (CHILDINFO ("SUBSCRIBED"))',
        b'* LIST (\\HasNoChildren \\Sent \\Subscribed) "/" "Sent"',
    ]
    assert await names(imap, 'LIST (SPECIAL-USE) "" *') == [
        b'"Archive"',
        b'"Drafts"',
        b'"Junk"',
        b'"Sent"',
        b'"Trash"',
    ]
    assert await imap.ok('LIST "" (a Sent) RETURN (SUBSCRIBED STATUS (MESSAGES UIDNEXT))') == [
        b'* LIST (\\HasChildren) "/" "a"',
        b'* STATUS "a" (MESSAGES 0 UIDNEXT 1)',
        b'* LIST (\\HasNoChildren \\Sent \\Subscribed) "/" "Sent"',
        b'* STATUS "Sent" (MESSAGES 0 UIDNEXT 1)',
    ]


async def test_a_list_pattern_bomb_is_answered_at_once(imap: ImapClient) -> None:
    await imap.ok('CREATE "' + "a" * 250 + '"')

    assert await imap.ok('LIST "" "' + "*a" * 490 + 'b"') == []
    assert (await imap.refused('LIST "" "' + "*a" * 600 + '"')).startswith(b"NO [LIMIT]")


async def test_status_answers_every_item(imap: ImapClient) -> None:
    await imap.append("INBOX", PLAIN, "(\\Seen) ")
    await imap.append("INBOX", PLAIN, "(\\Deleted) ")

    [line] = await imap.ok(
        "STATUS inbox (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE HIGHESTMODSEQ APPENDLIMIT)"
    )

    words = line.removeprefix(b'* STATUS "INBOX" (').removesuffix(b")").split()
    values = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    assert values.pop(b"UIDVALIDITY") > 0
    assert values.pop(b"HIGHESTMODSEQ") > 0
    assert values == {
        b"MESSAGES": 2,
        b"RECENT": 0,
        b"UIDNEXT": 3,
        b"UNSEEN": 1,
        b"DELETED": 1,
        b"SIZE": 2 * len(PLAIN),
        b"APPENDLIMIT": 52_428_800,
    }


@pytest.mark.parametrize(
    "line", ["STATUS INBOX", "STATUS INBOX ()", "STATUS INBOX (FOO)", "STATUS INBOX (MESSAGES"]
)
async def test_status_refuses_what_it_does_not_know(imap: ImapClient, line: str) -> None:
    assert (await imap.refused(line)).startswith(b"BAD ")
