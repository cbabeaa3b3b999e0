"""SEARCH: every key, results, charsets, limits."""

from __future__ import annotations

import pytest

from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import NESTED, PLAIN, numbered
from tests.support.imap_client import ImapClient


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice in an INBOX with five messages."""
    await imap.append("INBOX", PLAIN, '(\\Seen \\Flagged Work) "17-Jul-1996 12:00:00 +0000" ')
    await imap.append("INBOX", NESTED, '(\\Answered) "18-Jul-1996 12:00:00 +0000" ')
    await imap.append("INBOX", numbered(3, "x" * 5000), '(\\Deleted) "19-Jul-1996 12:00:00 +0000" ')
    await imap.append(
        "INBOX",
        b"Cc: carol@example.org\r\nBcc: dan@example.org\r\nDate: Mon, 1 Jan 2001 00:00:00 +0000\r\n"
        b"\r\nfour\r\n",
        '(\\Draft) "20-Jul-1996 12:00:00 +0000" ',
    )
    await imap.append("INBOX", numbered(5), '"20-Jul-1996 23:59:59 +0000" ')
    await imap.ok("SELECT INBOX")
    return imap


async def found(imap: ImapClient, keys: str | bytes, *literals: bytes) -> list[int]:
    """The numbers that a SEARCH finds."""
    text = keys.encode() if isinstance(keys, str) else keys
    [line] = await imap.ok(b"SEARCH " + text, *literals)
    assert line.startswith(b"* SEARCH")
    return [int(word) for word in line.split()[2:]]


@pytest.mark.parametrize(
    ("keys", "numbers"),
    [
        ("ALL", [1, 2, 3, 4, 5]),
        ("SEEN", [1]),
        ("UNSEEN", [2, 3, 4, 5]),
        ("FLAGGED", [1]),
        ("UNFLAGGED", [2, 3, 4, 5]),
        ("ANSWERED", [2]),
        ("UNANSWERED", [1, 3, 4, 5]),
        ("DELETED", [3]),
        ("UNDELETED", [1, 2, 4, 5]),
        ("DRAFT", [4]),
        ("UNDRAFT", [1, 2, 3, 5]),
        ("NEW", []),
        ("RECENT", []),
        ("OLD", [1, 2, 3, 4, 5]),
        ("KEYWORD work", [1]),
        ("UNKEYWORD Work", [2, 3, 4, 5]),
        ("KEYWORD nobody", []),
        ("2:4", [2, 3, 4]),
        ("4,1", [1, 4]),
        ("UID 5", [5]),
        ("*", [5]),
        ("UID 99:*", [5]),
        ("BEFORE 18-Jul-1996", [1]),
        ("ON 20-Jul-1996", [4, 5]),
        ("SINCE 19-Jul-1996", [3, 4, 5]),
        ("SENTBEFORE 1-Jan-2000", [1]),
        ("SENTON 1-Jan-2001", [4]),
        ("SENTSINCE 18-Jul-1996", [4]),
        ("LARGER 5000", [3]),
        ("SMALLER 150", [4, 5]),
        ("FROM ann@", [1]),
        ("TO ALICE", [1]),
        ("CC carol", [4]),
        ("BCC dan@example", [4]),
        ("SUBJECT hello", [1]),
        ('SUBJECT "message 3"', [3]),
        ('BODY "see you"', [1]),
        ('BODY "Hello there"', []),
        ('TEXT "Hello there"', [1]),
        ('BODY "inner body"', [2]),
        ("TEXT teal", [1]),
        ("HEADER X-Colour TEAL", [1]),
        ('HEADER X-Colour ""', [1]),
        ("HEADER Message-ID <5@", [5]),
        ('HEADER X-None ""', []),
        ("NOT SEEN NOT DELETED", [2, 4, 5]),
        ("OR SEEN DELETED", [1, 3]),
        ("OR (UNSEEN LARGER 4000) FROM ann", [1, 3]),
        ("NOT (OR SEEN UNSEEN)", []),
        ("1:3 NOT TEXT hello", [2, 3]),
        ("(2:5) (UNDELETED) NOT (DRAFT)", [2, 5]),
        ("OLDER 86400", [1, 2, 3, 4, 5]),
        ("YOUNGER 86400", []),
    ],
)
async def test_keys(inbox: ImapClient, keys: str, numbers: list[int]) -> None:
    assert await found(inbox, keys) == numbers


async def test_encoded_subjects_are_found_by_their_text(inbox: ImapClient) -> None:
    assert await found(
        inbox, b"CHARSET UTF-8 SUBJECT {%d}" % len("grüße".encode()), "grüße".encode() + b"\r\n"
    ) == [2]
    assert await found(inbox, 'SUBJECT "GRÜSSE"'.encode()) == [2]


async def test_uid_search_answers_uids(inbox: ImapClient) -> None:
    await inbox.ok("EXPUNGE")

    assert await inbox.ok("UID SEARCH 3:4") == [b"* SEARCH 4 5"]
    assert await inbox.ok("SEARCH UID 4:5") == [b"* SEARCH 3 4"]


@pytest.mark.parametrize(
    ("options", "keys", "result"),
    [
        ("()", "UNSEEN", b" ALL 2:5"),
        ("(MIN MAX COUNT ALL)", "UNDRAFT", b" MIN 1 MAX 5 ALL 1:3,5 COUNT 4"),
        ("(COUNT)", "KEYWORD nothing", b" COUNT 0"),
        ("(MIN ALL)", "KEYWORD nothing", b""),
        ("(MAX)", "ALL", b" MAX 5"),
    ],
)
async def test_extended_results(inbox: ImapClient, options: str, keys: str, result: bytes) -> None:
    [line] = await inbox.ok(f"SEARCH RETURN {options} {keys}")
    [uid_line] = await inbox.ok(f"UID SEARCH RETURN {options} {keys}")

    assert line.endswith(b'")' + result)
    assert uid_line.endswith(b'") UID' + result)


async def test_modseq_key_and_result(house: ImapHouse, inbox: ImapClient) -> None:
    status = (await inbox.ok("STATUS INBOX (HIGHESTMODSEQ)"))[-1]
    known = int(status.split()[-1].rstrip(b")"))
    await inbox.ok("STORE 2,4 +FLAGS.SILENT (\\Seen)")

    assert await inbox.ok(f"SEARCH MODSEQ {known + 1}") == [b"* SEARCH 2 4 (MODSEQ %d)" % (known + 1)]
    assert await inbox.ok(f"SEARCH MODSEQ {known + 5}") == [b"* SEARCH"]
    [line] = await inbox.ok("SEARCH RETURN (MIN) MODSEQ 1")
    assert b" MIN 1 MODSEQ " in line
    assert not line.endswith(b" %d" % (known + 1))


async def test_refusals(inbox: ImapClient) -> None:
    assert (await inbox.refused("SEARCH CHARSET KOI9 ALL")).startswith(b"NO [BADCHARSET (UTF-8 US-ASCII ")
    for line in (
        "SEARCH",
        "SEARCH FOO",
        "SEARCH RETURN (SUM) ALL",
        "SEARCH OR ALL",
        "SEARCH SINCE yesterday",
        "SEARCH RETURN (RELEVANCY) TEXT hello",
    ):
        assert (await inbox.refused(line)).startswith(b"BAD ")
    for keys in ("NOT " * 5000 + "ALL", "OR ALL " * 5000 + "ALL", "(" * 3000 + "ALL" + ")" * 3000):
        assert (await inbox.refused(f"SEARCH {keys}")).startswith(b"NO [LIMIT]")
    assert (await inbox.refused("SEARCH " + " ".join(["TEXT x"] * 40))).startswith(b"NO [LIMIT]")
    assert await found(inbox, "SEEN") == [1]


async def test_a_set_of_many_parts_is_answered(inbox: ImapClient) -> None:
    assert await found(inbox, ",".join(["1", "3"] * 15_000)) == [1, 3]
    assert (await inbox.refused("SEARCH " + ",".join(["1"] * 50_000))).startswith(b"BAD [TOOBIG]")


async def test_search_counts_as_the_client_does(house: ImapHouse, inbox: ImapClient) -> None:
    other = await house.client(select="INBOX")
    await other.ok("STORE 1 +FLAGS (\\Deleted)")
    await other.ok("UID EXPUNGE 1")

    [line, *news] = await inbox.ok("SEARCH UNSEEN")

    assert line == b"* SEARCH 2 3 4 5"
    assert not any(b"EXPUNGE" in response for response in news)
    assert await inbox.ok("UID SEARCH UNSEEN") == [b"* SEARCH 2 3 4 5", b"* 1 EXPUNGE"]
    assert await found(inbox, "UNSEEN") == [1, 2, 3, 4]
