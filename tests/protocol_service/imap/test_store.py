"""STORE: changing, silence, keywords, conditions, what other sessions see."""

from __future__ import annotations

import pytest

from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import PLAIN, numbered
from tests.support.imap_client import ImapClient


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice in an INBOX with three messages."""
    for number in (1, 2, 3):
        await imap.append("INBOX", numbered(number))
    await imap.ok("SELECT INBOX")
    return imap


async def test_adding_removing_and_replacing(inbox: ImapClient) -> None:
    assert await inbox.ok("STORE 1:2 +FLAGS (\\Seen \\Flagged)") == [
        b"* 1 FETCH (FLAGS (\\Seen \\Flagged))",
        b"* 2 FETCH (FLAGS (\\Seen \\Flagged))",
    ]
    assert await inbox.ok("STORE 2 -FLAGS \\Flagged") == [b"* 2 FETCH (FLAGS (\\Seen))"]
    assert await inbox.ok("UID STORE 1 FLAGS (\\Draft)") == [b"* 1 FETCH (UID 1 FLAGS (\\Draft))"]
    assert await inbox.ok("FETCH 1:3 FLAGS") == [
        b"* 1 FETCH (FLAGS (\\Draft))",
        b"* 2 FETCH (FLAGS (\\Seen))",
        b"* 3 FETCH (FLAGS ())",
    ]


async def test_what_is_so_already_is_told_and_keeps_its_modseq(inbox: ImapClient) -> None:
    await inbox.ok("ENABLE CONDSTORE")
    [before] = await inbox.ok("FETCH 1 MODSEQ")

    assert (await inbox.ok("STORE 1 -FLAGS (\\Seen)"))[0].startswith(b"* 1 FETCH (UID 1 FLAGS () MODSEQ ")

    assert await inbox.ok("FETCH 1 MODSEQ") == [before]


async def test_silent_tells_nothing_to_the_one_and_all_to_the_other(
    house: ImapHouse, inbox: ImapClient
) -> None:
    other = await house.client(select="INBOX")

    assert await inbox.ok("STORE 1 +FLAGS.SILENT (\\Answered)") == []
    assert await inbox.ok("NOOP") == []

    assert await other.ok("NOOP") == [b"* 1 FETCH (FLAGS (\\Answered))"]


async def test_keywords_are_made_and_told(house: ImapHouse, inbox: ImapClient) -> None:
    other = await house.client(select="INBOX")

    first, second = await inbox.ok("STORE 1 +FLAGS (Work $forwarded)")

    assert first.endswith(b" Work)")
    assert second == b"* 1 FETCH (FLAGS ($Forwarded Work))"
    flags, changed = await other.ok("NOOP")
    assert flags.endswith(b" Work)")
    assert changed == b"* 1 FETCH (FLAGS ($Forwarded Work))"
    assert await inbox.ok("STORE 1 -FLAGS (unknown WORK)") == [b"* 1 FETCH (FLAGS ($Forwarded))"]


async def test_too_many_keywords_are_refused_and_nothing_changes(inbox: ImapClient) -> None:
    names = " ".join(f"k{number}" for number in range(60))

    assert (await inbox.refused(f"STORE 1 +FLAGS ({names})")).startswith(b"NO [LIMIT]")

    assert await inbox.ok("FETCH 1 FLAGS") == [b"* 1 FETCH (FLAGS ())"]


async def test_unknown_system_flags_and_bad_arguments(inbox: ImapClient) -> None:
    assert (await inbox.refused("STORE 1 +FLAGS (\\Nice)")).startswith(b"NO [CANNOT]")
    for line in ("STORE 1 +FLAGS", "STORE x +FLAGS ()", "STORE 1 FOO (\\Seen)", "STORE 1 FLAGS (\\Recent)"):
        assert (await inbox.refused(line)).startswith(b"BAD ")
    assert await inbox.ok("STORE 99 +FLAGS (\\Seen)") == []
    assert await inbox.ok("FETCH 1:3 FLAGS") == [b"* %d FETCH (FLAGS ())" % number for number in (1, 2, 3)]


async def test_unchangedsince_spares_what_is_newer(house: ImapHouse, inbox: ImapClient) -> None:
    other = await house.client(select="INBOX")
    line = (await inbox.ok("STATUS INBOX (HIGHESTMODSEQ)"))[-1]
    known = int(line.split()[-1].rstrip(b")"))
    await other.ok("STORE 2 +FLAGS (\\Flagged)")

    answer = await inbox.command(f"STORE 1:2 (UNCHANGEDSINCE {known}) +FLAGS (\\Seen)")

    assert answer.status.startswith(b"OK [MODIFIED 2] ")
    assert answer.untagged[0].startswith(b"* 1 FETCH (UID 1 FLAGS (\\Seen) MODSEQ ")
    await other.ok("NOOP")
    assert await other.ok("FETCH 2 (FLAGS)") == [b"* 2 FETCH (FLAGS (\\Flagged))"]
    answer = await inbox.command(f"UID STORE 2 (UNCHANGEDSINCE {known}) +FLAGS.SILENT (\\Seen)")
    assert answer.status.startswith(b"OK [MODIFIED 2] ")


async def test_silent_with_condstore_tells_the_modseq(inbox: ImapClient) -> None:
    await inbox.ok("ENABLE CONDSTORE")

    [line] = await inbox.ok("STORE 1 +FLAGS.SILENT (\\Seen)")

    assert line.startswith(b"* 1 FETCH (UID 1 MODSEQ (")


async def test_a_change_by_another_is_told_even_with_silent(house: ImapHouse, inbox: ImapClient) -> None:
    other = await house.client(select="INBOX")
    await other.ok("STORE 3 +FLAGS (\\Flagged)")

    assert await inbox.ok("STORE 1 +FLAGS.SILENT (\\Seen)") == [b"* 3 FETCH (FLAGS (\\Flagged))"]


async def test_numbers_stay_while_store_is_answered(house: ImapHouse, inbox: ImapClient) -> None:
    other = await house.client(select="INBOX")
    await other.ok("STORE 1 +FLAGS (\\Deleted)")
    await other.ok("EXPUNGE")

    assert await inbox.ok("STORE 3 +FLAGS (\\Seen)") == [b"* 3 FETCH (FLAGS (\\Seen))"]
    assert await inbox.ok("UID STORE 2 +FLAGS (\\Seen)") == [
        b"* 1 EXPUNGE",
        b"* 1 FETCH (UID 2 FLAGS (\\Seen))",
    ]


async def test_flags_given_to_append_are_kept(imap: ImapClient) -> None:
    await imap.append("INBOX", PLAIN, "(\\Seen Later) ")
    await imap.ok("SELECT INBOX")

    assert await imap.ok("FETCH 1 FLAGS") == [b"* 1 FETCH (FLAGS (\\Seen Later))"]
