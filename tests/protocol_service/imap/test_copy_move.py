"""COPY, MOVE, EXPUNGE and UID EXPUNGE."""

from __future__ import annotations

import re

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice in an INBOX with four messages, the second flagged."""
    for number in (1, 2, 3, 4):
        await imap.append(
            "INBOX", numbered(number), '(\\Flagged Kept) "17-Jul-1996 12:00:00 +0000" ' if number == 2 else ""
        )
    await imap.ok("SELECT INBOX")
    return imap


async def count(imap: ImapClient, mailbox: str) -> int:
    """How many messages a mailbox holds."""
    [line] = await imap.ok(f"STATUS {mailbox} (MESSAGES)")
    return int(line.split()[-1].rstrip(b")"))


async def test_copy_keeps_flags_and_date(inbox: ImapClient) -> None:
    answer = await inbox.command("COPY 2:3 Archive")

    assert re.fullmatch(rb"OK \[COPYUID \d+ 2:3 1:2\] COPY completed", answer.status)
    assert await count(inbox, "INBOX") == 4
    await inbox.ok("SELECT Archive")
    assert await inbox.ok("FETCH 1:* (FLAGS INTERNALDATE BODY.PEEK[TEXT])") == [
        b'* 1 FETCH (FLAGS (\\Flagged Kept) INTERNALDATE "17-Jul-1996 12:00:00 +0000"'
        b" BODY[TEXT] {8}\r\ntext 2\r\n)",
        (await inbox.ok("FETCH 2 (FLAGS INTERNALDATE BODY.PEEK[TEXT])"))[0],
    ]


async def test_copy_into_the_same_mailbox(inbox: ImapClient) -> None:
    answer = await inbox.command("UID COPY 1 INBOX")

    assert answer.untagged == [b"* 5 EXISTS", b"* 0 RECENT"]
    assert re.fullmatch(rb"OK \[COPYUID \d+ 1 5\] COPY completed", answer.status)


async def test_move_tells_copyuid_before_expunge(inbox: ImapClient) -> None:
    answer = await inbox.command("MOVE 2:3 Archive")

    copyuid, *expunged = answer.untagged
    assert re.fullmatch(rb"\* OK \[COPYUID \d+ 2:3 1:2\] Moved", copyuid)
    assert expunged == [b"* 3 EXPUNGE", b"* 2 EXPUNGE"]
    assert await inbox.ok("FETCH 1:* (UID)") == [b"* 1 FETCH (UID 1)", b"* 2 FETCH (UID 4)"]
    assert await count(inbox, "Archive") == 2


async def test_uid_move(inbox: ImapClient) -> None:
    answer = await inbox.command("UID MOVE 4,1 Trash")

    assert answer.untagged[1:] == [b"* 4 EXPUNGE", b"* 1 EXPUNGE"]
    assert await count(inbox, "Trash") == 2


@pytest.mark.parametrize("verb", ["COPY", "MOVE", "UID COPY", "UID MOVE"])
async def test_the_target_must_exist(inbox: ImapClient, verb: str) -> None:
    assert (await inbox.refused(f"{verb} 1 nowhere")).startswith(b"NO [TRYCREATE]")
    assert (await inbox.command(f"{verb} 99 Archive")).status.startswith(b"OK No messages")

    assert await count(inbox, "INBOX") == 4
    assert await count(inbox, "Archive") == 0


async def test_moving_into_the_same_mailbox_is_refused(inbox: ImapClient) -> None:
    assert (await inbox.refused("MOVE 1 INBOX")).startswith(b"NO [CANNOT]")
    assert await count(inbox, "INBOX") == 4


async def test_copy_over_quota_copies_nothing(house: ImapHouse, inbox: ImapClient) -> None:
    size = sum(len(numbered(number)) for number in (1, 2, 3, 4))
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, house.users["alice"], size + 10)

    assert (await inbox.refused("COPY 1:4 Archive")).startswith(b"NO [OVERQUOTA]")

    assert await count(inbox, "Archive") == 0
    await inbox.ok("MOVE 1:4 Archive")
    assert await count(inbox, "Archive") == 4


async def test_expunge_removes_what_is_marked(inbox: ImapClient) -> None:
    await inbox.ok("STORE 1,3:4 +FLAGS.SILENT (\\Deleted)")

    assert await inbox.ok("EXPUNGE") == [b"* 4 EXPUNGE", b"* 3 EXPUNGE", b"* 1 EXPUNGE"]

    assert await inbox.ok("FETCH 1:* (UID)") == [b"* 1 FETCH (UID 2)"]
    assert await inbox.ok("EXPUNGE") == []


async def test_uid_expunge_removes_only_those_named(inbox: ImapClient) -> None:
    await inbox.ok("STORE 1,3 +FLAGS.SILENT (\\Deleted)")

    assert await inbox.ok("UID EXPUNGE 2:4") == [b"* 3 EXPUNGE"]

    assert await inbox.ok("UID SEARCH ALL") == [b"* SEARCH 1 2 4"]
    assert (await inbox.refused("UID EXPUNGE")).startswith(b"BAD ")


async def test_uids_are_not_used_again(inbox: ImapClient) -> None:
    await inbox.ok("STORE 4 +FLAGS.SILENT (\\Deleted)")
    await inbox.ok("EXPUNGE")

    assert b" 5] " in await inbox.append("INBOX", numbered(5))


async def test_expunge_with_condstore_tells_the_modseq(inbox: ImapClient) -> None:
    await inbox.ok("ENABLE CONDSTORE")
    await inbox.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")

    answer = await inbox.command("EXPUNGE")

    assert re.fullmatch(rb"OK \[HIGHESTMODSEQ \d+\] EXPUNGE completed", answer.status)
