"""CONDSTORE (RFC 7162 without QRESYNC)."""

from __future__ import annotations

import re

import pytest

from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice in an INBOX with four messages."""
    for number in (1, 2, 3, 4):
        await imap.append("INBOX", numbered(number))
    await imap.ok("SELECT INBOX")
    return imap


async def highest(imap: ImapClient) -> int:
    """HIGHESTMODSEQ of INBOX."""
    line = (await imap.ok("STATUS INBOX (HIGHESTMODSEQ)"))[-1]
    return int(line.split()[-1].rstrip(b")"))


async def test_enable_answers_what_is_new(imap: ImapClient) -> None:
    assert await imap.ok("ENABLE CONDSTORE X-OTHER") == [b"* ENABLED CONDSTORE"]
    assert await imap.ok("ENABLE CONDSTORE") == [b"* ENABLED"]
    assert (await imap.refused("ENABLE")).startswith(b"BAD ")


@pytest.mark.parametrize(
    "line",
    [
        "ENABLE CONDSTORE",
        "FETCH 1 (MODSEQ)",
        "STATUS INBOX (HIGHESTMODSEQ)",
        "SEARCH MODSEQ 1",
        "STORE 1 (UNCHANGEDSINCE 0) +FLAGS (\\Seen)",
        "UID FETCH 1 (FLAGS) (CHANGEDSINCE 1)",
    ],
)
async def test_commands_that_name_modseqs_enable_them(house: ImapHouse, inbox: ImapClient, line: str) -> None:
    told = await inbox.ok(line)
    assert any(re.fullmatch(rb"\* OK \[HIGHESTMODSEQ \d+\] Highest", response) for response in told)

    other = await house.client(select="INBOX")
    await other.ok("STORE 2 +FLAGS (\\Flagged)")

    [change] = await inbox.ok("NOOP")
    assert re.fullmatch(rb"\* 2 FETCH \(UID 2 FLAGS \(\\Flagged\) MODSEQ \(\d+\)\)", change)


async def test_select_with_condstore(house: ImapHouse, imap: ImapClient) -> None:
    await imap.append("INBOX", numbered(1))
    await imap.ok("SELECT INBOX (CONDSTORE)")

    assert b" MODSEQ (" in (await imap.ok("STORE 1 +FLAGS (\\Seen)"))[0]
    assert (await imap.refused("SELECT INBOX (FOO)")).startswith(b"BAD ")


async def test_changedsince_finds_changed_and_new_messages(inbox: ImapClient) -> None:
    known = await highest(inbox)
    await inbox.ok("STORE 2 +FLAGS.SILENT (\\Seen)")
    await inbox.append("INBOX", numbered(5))

    responses = await inbox.ok(f"UID FETCH 1:* (FLAGS) (CHANGEDSINCE {known})")

    assert [line.split(b" MODSEQ")[0] for line in responses] == [
        b"* 2 FETCH (UID 2 FLAGS (\\Seen)",
        b"* 5 FETCH (UID 5 FLAGS ()",
    ]
    assert await inbox.ok(f"FETCH 1:* (FLAGS) (CHANGEDSINCE {await highest(inbox)})") == []
    assert len(await inbox.ok("FETCH 1:3 (FLAGS) (CHANGEDSINCE 1)")) == 3
    assert len(await inbox.ok(f"FETCH 3:5 (FLAGS) (CHANGEDSINCE {known})")) == 1


async def test_every_change_takes_the_next_modseq(inbox: ImapClient) -> None:
    before = await highest(inbox)

    await inbox.ok("STORE 1:3 +FLAGS.SILENT (\\Seen)")

    assert await highest(inbox) == before + 1
    await inbox.ok("STORE 1:3 +FLAGS.SILENT (\\Seen)")
    assert {line.split(b"MODSEQ ")[1] for line in await inbox.ok("FETCH 1:3 MODSEQ")} == {
        b"(%d))" % (before + 1)
    }
