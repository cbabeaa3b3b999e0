"""What a search answers and remembers: SEARCHRES (RFC 5182), PARTIAL (RFC 9394), WITHIN (RFC 5032), FUZZY
(RFC 6203)."""

from __future__ import annotations

import pytest

from backend.kit import clock
from protocol_service.imap.responses import internal_date
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice in an INBOX with ten messages, the even ones flagged."""
    for number in range(1, 11):
        await imap.append("INBOX", numbered(number), "(\\Flagged) " if number % 2 == 0 else "")
    await imap.ok("SELECT INBOX")
    return imap


def result(lines: list[bytes]) -> bytes:
    """What the one ESEARCH response says behind its tag."""
    [line] = lines
    assert line.startswith(b"* ESEARCH (TAG ")
    return line.partition(b")")[2].strip()


# -- SEARCHRES


async def test_a_saved_result_is_used_by_the_next_commands(inbox: ImapClient) -> None:
    """The first example of RFC 5182 §2.1: search, then fetch what was found."""
    answer = await inbox.command("SEARCH RETURN (SAVE) FLAGGED")
    fetched = await inbox.ok("FETCH $ (UID)")

    assert answer.untagged == []
    assert answer.status.startswith(b"OK ")
    assert fetched == [b"* %d FETCH (UID %d)" % (number, number) for number in (2, 4, 6, 8, 10)]
    assert await inbox.ok("UID FETCH $ (UID)") == fetched
    assert await inbox.ok("SEARCH UID $ SMALLER 4096") == [b"* SEARCH 2 4 6 8 10"]
    assert await inbox.ok("SEARCH OR $ 1") == [b"* SEARCH 1 2 4 6 8 10"]
    assert await inbox.ok("SEARCH NOT $") == [b"* SEARCH 1 3 5 7 9"]


async def test_store_copy_and_move_take_a_saved_result(inbox: ImapClient) -> None:
    await inbox.ok("CREATE Elsewhere")
    await inbox.ok("UID SEARCH RETURN (SAVE) FLAGGED UID 1:4")

    assert len(await inbox.ok("STORE $ +FLAGS (Chosen)")) == 3  # FLAGS and two FETCH
    await inbox.ok("COPY $ Elsewhere")
    assert b"MESSAGES 2" in (await inbox.ok("STATUS Elsewhere (MESSAGES)"))[0]
    await inbox.ok("UID MOVE $ Elsewhere")
    assert b"MESSAGES 8" in (await inbox.ok("STATUS INBOX (MESSAGES)"))[0]
    assert await inbox.ok("SEARCH $") == [b"* SEARCH"]


async def test_expunged_messages_leave_the_saved_result(inbox: ImapClient) -> None:
    """RFC 5182 §2.1: `$` follows the mailbox, its numbers as well."""
    await inbox.ok("SEARCH RETURN (SAVE) 4:6")
    await inbox.ok("STORE 1,5 +FLAGS.SILENT (\\Deleted)")
    await inbox.ok("EXPUNGE")

    assert await inbox.ok("FETCH $ (UID)") == [b"* 3 FETCH (UID 4)", b"* 4 FETCH (UID 6)"]


@pytest.mark.parametrize(
    ("options", "said", "kept"),
    [
        ("SAVE", None, b"2 4 6 8 10"),
        ("SAVE MIN", b"MIN 2", b"2"),
        ("SAVE MAX", b"MAX 10", b"10"),
        ("SAVE MIN MAX", b"MIN 2 MAX 10", b"2 10"),
        ("SAVE MIN ALL", b"MIN 2 ALL 2,4,6,8,10", b"2 4 6 8 10"),
        ("SAVE MAX COUNT", b"MAX 10 COUNT 5", b"2 4 6 8 10"),
        ("SAVE PARTIAL 2:3", b"PARTIAL (2:3 4,6)", b"4 6"),
        ("SAVE PARTIAL -1:-2 MIN", b"MIN 2 PARTIAL (-1:-2 8,10)", b"2 8 10"),
        ("SAVE PARTIAL 2:3 COUNT", b"PARTIAL (2:3 4,6) COUNT 5", b"2 4 6 8 10"),
    ],
)
async def test_what_is_saved_by_the_options(
    inbox: ImapClient, options: str, said: bytes | None, kept: bytes
) -> None:
    """The table of RFC 5182 §2.4, with PARTIAL (RFC 9394 §3.2)."""
    lines = await inbox.ok(f"SEARCH RETURN ({options}) FLAGGED")

    assert (result(lines) if said is not None else lines) == (said if said is not None else [])
    assert await inbox.ok("SEARCH $") == [b"* SEARCH " + kept]


async def test_what_a_failed_search_leaves_saved(inbox: ImapClient) -> None:
    """RFC 5182 §2.1: NO empties the variable, BAD does not touch it; so does another mailbox."""
    await inbox.ok("SEARCH RETURN (SAVE) 3")
    assert (await inbox.refused("SEARCH RETURN (SAVE) NONSENSE")).startswith(b"BAD")
    assert await inbox.ok("SEARCH $") == [b"* SEARCH 3"]
    assert (await inbox.refused("SEARCH RETURN (SAVE) CHARSET none ALL")).startswith(b"NO [BADCHARSET")
    assert await inbox.ok("SEARCH $") == [b"* SEARCH"]

    await inbox.ok("SEARCH RETURN (SAVE) 3")
    await inbox.ok("SELECT INBOX")
    assert await inbox.ok("SEARCH $") == [b"* SEARCH"]
    assert (await inbox.command("FETCH $ (FLAGS)")).untagged == []
    assert (await inbox.refused("FETCH $,1 (FLAGS)")).startswith(b"BAD")


async def test_a_search_may_refine_the_saved_result(inbox: ImapClient) -> None:
    """The example of RFC 5182 §2.3 in miniature: narrowed twice."""
    await inbox.ok("SEARCH RETURN (SAVE) FLAGGED")
    await inbox.ok("SEARCH RETURN (SAVE) UID $ 1:6")
    await inbox.ok("SEARCH RETURN (SAVE) $ NOT 2")

    assert await inbox.ok("UID SEARCH $") == [b"* SEARCH 4 6"]


# -- PARTIAL


@pytest.mark.parametrize(
    ("options", "keys", "said"),
    [
        ("PARTIAL 1:3", "ALL", b"PARTIAL (1:3 1:3)"),
        ("PARTIAL 4:500", "FLAGGED", b"PARTIAL (4:500 8,10)"),
        ("PARTIAL 3:1", "ALL", b"PARTIAL (3:1 1:3)"),
        ("PARTIAL -1:-3", "ALL", b"PARTIAL (-1:-3 8:10)"),
        ("PARTIAL -2:-100", "FLAGGED", b"PARTIAL (-2:-100 2,4,6,8)"),
        ("PARTIAL 24000:24500", "ALL", b"PARTIAL (24000:24500 NIL)"),
        ("PARTIAL 1:5", "KEYWORD none", b"PARTIAL (1:5 NIL)"),
        ("COUNT MIN PARTIAL -1:-2", "UNFLAGGED", b"MIN 1 PARTIAL (-1:-2 7,9) COUNT 5"),
    ],
)
async def test_partial_results(inbox: ImapClient, options: str, keys: str, said: bytes) -> None:
    assert result(await inbox.ok(f"SEARCH RETURN ({options}) {keys}")) == said
    assert result(await inbox.ok(f"UID SEARCH RETURN ({options}) {keys}")) == b"UID " + said


async def test_all_and_partial_exclude_each_other(inbox: ImapClient) -> None:
    """The refused example of RFC 9394 §3.1."""
    line = "UID SEARCH RETURN (PARTIAL 1:500 PARTIAL 1:5) FLAGGED"
    assert (await inbox.refused(line)).startswith(b"BAD")
    assert (await inbox.refused("SEARCH RETURN (ALL PARTIAL 1:2) ALL")).startswith(b"BAD")


async def test_uid_fetch_of_a_range(inbox: ImapClient) -> None:
    """The examples of RFC 9394 §3.3 on a smaller mailbox, with CHANGEDSINCE too."""
    lines = await inbox.ok("UID FETCH 3:9 (UID) (PARTIAL -1:-3)")
    assert lines == [b"* %d FETCH (UID %d)" % (number, number) for number in (7, 8, 9)]
    lines = await inbox.ok("UID FETCH 1,3,5,7:10 (UID) (PARTIAL 2:5)")
    assert lines == [b"* %d FETCH (UID %d)" % (number, number) for number in (3, 5, 7, 8)]
    assert await inbox.ok("UID FETCH 1:* (UID) (PARTIAL 20:30)") == []

    status = (await inbox.ok("STATUS INBOX (HIGHESTMODSEQ)"))[-1]
    modseq = int(status.split()[-1].rstrip(b")"))
    await inbox.ok("STORE 2,4,6 +FLAGS.SILENT (\\Seen)")
    lines = await inbox.ok(f"UID FETCH 1:* (UID) (CHANGEDSINCE {modseq} PARTIAL -1:-2)")
    assert [line.split()[1] for line in lines if b"FETCH" in line] == [b"4", b"6"]
    assert (await inbox.refused("FETCH 1:* (UID) (PARTIAL 1:2)")).startswith(b"BAD")


# -- WITHIN


async def test_older_and_younger(imap: ImapClient) -> None:
    """RFC 5032: distances from now, in seconds."""
    for hours in (100, 10, 1):
        date = internal_date(clock.now() - 3600 * hours).decode()
        await imap.append("INBOX", numbered(hours), date + " ")
    await imap.ok("SELECT INBOX")

    assert await imap.ok("SEARCH UNSEEN YOUNGER 259200") == [b"* SEARCH 2 3"]
    assert await imap.ok("SEARCH OLDER 259200") == [b"* SEARCH 1"]
    assert await imap.ok("SEARCH OLDER 7200 YOUNGER 72000") == [b"* SEARCH 2"]
    assert (await imap.refused("SEARCH OLDER 0")).startswith(b"BAD")
    assert (await imap.refused("SEARCH YOUNGER -1")).startswith(b"BAD")


# -- FUZZY


async def test_fuzzy_search_finds_similar_words_and_scores_them(imap: ImapClient) -> None:
    """RFC 6203 §4: the exact text scores highest, its words in another order less, other endings least."""
    for subject in ("IMAP break", "break of IMAP things", "unrelated", "breakage in IMAPs", "Die Änderungen"):
        await imap.append("INBOX", f"Subject: {subject}\r\n\r\nbody\r\n".encode())
    await imap.ok("SELECT INBOX")

    assert await imap.ok('SEARCH SUBJECT "IMAP break"') == [b"* SEARCH 1"]
    assert await imap.ok('SEARCH FUZZY SUBJECT "IMAP break"') == [b"* SEARCH 1 2 4"]
    assert result(await imap.ok('SEARCH RETURN (RELEVANCY ALL) FUZZY SUBJECT "IMAP break"')) == (
        b"ALL 1:2,4 RELEVANCY (100 70 70)"
    )
    assert result(await imap.ok("SEARCH RETURN (RELEVANCY COUNT) FUZZY SUBJECT breakages")) == (
        b"COUNT 3 RELEVANCY (40 40 40)"
    )
    assert await imap.ok("SEARCH FUZZY SUBJECT anderung") == [b"* SEARCH 5"]
    assert await imap.ok('SEARCH SUBJECT "IMAP" FUZZY ANSWERED') == [b"* SEARCH"]
    assert await imap.ok('SEARCH NOT FUZZY TEXT "breaking"') == [b"* SEARCH 3 5"]


async def test_a_fuzzy_search_stays_in_its_mailbox(house: ImapHouse, imap: ImapClient) -> None:
    bob = await house.client("bob")
    await bob.append("INBOX", b"Subject: garden\r\n\r\n")
    await imap.append("Drafts", b"Subject: garden\r\n\r\n")
    await imap.append("INBOX", b"Subject: gardens\r\n\r\n")
    await imap.ok("SELECT INBOX")

    assert await imap.ok("SEARCH FUZZY SUBJECT garden") == [b"* SEARCH 1"]
