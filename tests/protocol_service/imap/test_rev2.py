"""IMAP4rev2 (RFC 9051) after ENABLE: what its Appendix E says is different from IMAP4rev1."""

from __future__ import annotations

import re

import pytest

from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import PLAIN, numbered
from tests.support.imap_client import ImapClient


@pytest.fixture
async def rev2(imap: ImapClient) -> ImapClient:
    """alice, who has enabled IMAP4rev2."""
    assert await imap.ok("ENABLE IMAP4rev2") == [b"* ENABLED IMAP4rev2"]
    return imap


async def test_it_is_announced_beside_rev1_with_all_that_it_implies(house: ImapHouse) -> None:
    imap = await house.connect()
    assert b" IMAP4rev1 IMAP4rev2 " in imap.greeting
    imap = await house.client()

    [line] = await imap.ok("CAPABILITY")

    implied = (
        b"NAMESPACE UNSELECT UIDPLUS ESEARCH SEARCHRES ENABLE IDLE SASL-IR LIST-EXTENDED LIST-STATUS MOVE"
        b" LITERAL+ BINARY STATUS=SIZE SPECIAL-USE"
    )
    assert set(implied.split()) <= set(line.split())


async def test_select_tells_the_mailbox_by_list_and_nothing_of_recent(rev2: ImapClient) -> None:
    await rev2.append("INBOX", PLAIN)

    told = await rev2.ok("SELECT inbox")

    assert b"* 1 EXISTS" in told
    assert b'* LIST () "/" "INBOX"' in told
    assert not any(b"RECENT" in line or b"UNSEEN" in line for line in told)
    assert b'* LIST (\\Sent) "/" "Sent"' in await rev2.ok("EXAMINE Sent")


async def test_a_second_select_says_that_the_first_is_closed(rev2: ImapClient) -> None:
    await rev2.ok("SELECT INBOX")

    assert (await rev2.ok("SELECT Sent"))[0].startswith(b"* OK [CLOSED] ")
    await rev2.ok("CREATE Old")
    await rev2.ok("SELECT Old")
    assert (await rev2.ok("DELETE Old"))[0].startswith(b"* OK [CLOSED] ")


async def test_search_answers_esearch(rev2: ImapClient) -> None:
    for number in range(3):
        await rev2.append("INBOX", numbered(number))
    await rev2.ok("SELECT INBOX")
    await rev2.ok("STORE 2 +FLAGS.SILENT (\\Deleted)")

    found = await rev2.ok("SEARCH UNDELETED")
    nothing = await rev2.ok("UID SEARCH FLAGGED")

    assert re.fullmatch(rb'\* ESEARCH \(TAG "t\d+"\) ALL 1,3', found[0])
    assert re.fullmatch(rb'\* ESEARCH \(TAG "t\d+"\) UID', nothing[0])
    assert len(found) == len(nothing) == 1


async def test_changes_carry_uids(house: ImapHouse, rev2: ImapClient) -> None:
    await rev2.append("INBOX", PLAIN)
    await rev2.ok("SELECT INBOX")
    other = await house.client(select="INBOX")
    await other.ok("STORE 1 +FLAGS (\\Flagged)")
    await other.append("INBOX", PLAIN)

    assert await rev2.ok("NOOP") == [b"* 2 EXISTS", b"* 1 FETCH (UID 1 FLAGS (\\Flagged))"]
    assert (await rev2.ok("FETCH 2 BODY[TEXT]<0.1>"))[1:] == [b"* 2 FETCH (UID 2 FLAGS (\\Seen))"]


async def test_names_are_utf_8(house: ImapHouse, rev2: ImapClient) -> None:
    await rev2.ok('CREATE "Entwürfe"'.encode())

    assert '* LIST () "/" "Entwürfe"'.encode() in await rev2.ok('SELECT "Entwürfe"'.encode())
    other = await house.client()
    assert b'* LIST (\\HasNoChildren) "/" "Entw&APw-rfe"' in await other.ok('LIST "" *')


async def test_a_name_in_another_form_is_told_as_old_name(rev2: ImapClient) -> None:
    decomposed, composed = '"Entwu\u0308rfe"'.encode(), '"Entwürfe"'.encode()

    assert await rev2.ok(b"CREATE " + decomposed) == [
        b'* LIST () "/" %b ("OLDNAME" (%b))' % (composed, decomposed)
    ]
    assert b'* LIST () "/" %b ("OLDNAME" (%b))' % (composed, decomposed) in await rev2.ok(
        b"SELECT " + decomposed
    )
    assert await rev2.ok("CREATE plain") == []
    assert await rev2.ok("CREATE parent/") == []


async def test_rename_tells_new_and_old_names(rev2: ImapClient) -> None:
    await rev2.ok("CREATE a/b/c")

    assert await rev2.ok("RENAME a/b x") == [
        b'* LIST () "/" "x" ("OLDNAME" ("a/b"))',
        b'* LIST () "/" "x/c" ("OLDNAME" ("a/b/c"))',
    ]
    assert await rev2.ok("RENAME INBOX Moved") == []


async def test_rev1_hears_nothing_of_it(imap: ImapClient) -> None:
    await imap.ok("CREATE a")

    assert await imap.ok("RENAME a b") == []
    told = await imap.ok("SELECT b")
    assert b"* 0 RECENT" in told
    assert not any(line.startswith(b"* LIST") for line in told)
    assert await imap.ok("SEARCH ALL") == [b"* SEARCH"]


async def test_status_knows_size_and_deleted(rev2: ImapClient) -> None:
    await rev2.append("INBOX", PLAIN)
    await rev2.append("INBOX", PLAIN, "(\\Deleted) ")

    assert await rev2.ok("STATUS INBOX (MESSAGES SIZE DELETED)") == [
        b'* STATUS "INBOX" (MESSAGES 2 SIZE %d DELETED 1)' % (2 * len(PLAIN))
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("SELECT nowhere", b"NONEXISTENT"),
        ("CREATE Sent", b"ALREADYEXISTS"),
        ("RENAME a Sent", b"ALREADYEXISTS"),
        ("RENAME a a/b/c", b"CANNOT"),
        ("RENAME nowhere x", b"NONEXISTENT"),
        ("DELETE INBOX", b"CANNOT"),
        ("DELETE a", b"HASCHILDREN"),
        ("DELETE nowhere", b"NONEXISTENT"),
        ("COPY 1 nowhere", b"TRYCREATE"),
        ("MOVE 1 nowhere", b"TRYCREATE"),
        ("APPEND nowhere {1+}\r\nx", b"TRYCREATE"),
        ("SEARCH CHARSET X-NONE ALL", b"BADCHARSET"),
    ],
)
async def test_refusals_say_why(rev2: ImapClient, line: str, code: bytes) -> None:
    await rev2.ok("CREATE a/b")
    await rev2.append("INBOX", PLAIN)
    await rev2.ok("SELECT INBOX")

    assert (await rev2.refused(line)).startswith(b"NO [" + code)


async def test_uids_beyond_the_mailbox_and_a_star_in_an_empty_one_are_answered(rev2: ImapClient) -> None:
    await rev2.ok("SELECT Junk")

    assert await rev2.ok("UID FETCH * FLAGS") == []
    assert await rev2.ok("UID STORE 4294967295 +FLAGS (\\Seen)") == []
    assert (await rev2.refused("UID FETCH 4294967296 FLAGS")).startswith(b"BAD ")
