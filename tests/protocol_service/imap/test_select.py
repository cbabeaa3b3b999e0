"""SELECT, EXAMINE, CLOSE, UNSELECT."""

from __future__ import annotations

import re

from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import PLAIN
from tests.support.imap_client import ImapClient


async def test_select_describes_the_mailbox(imap: ImapClient) -> None:
    await imap.append("INBOX", PLAIN)

    answer = await imap.command("SELECT INBOX")

    assert answer.status == b"OK [READ-WRITE] SELECT completed"
    flags, permanent, exists, recent, uidvalidity, uidnext, highest, mailbox_id = answer.untagged
    assert flags.startswith(b"* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft ")
    assert b" \\*)]" in permanent
    assert (exists, recent) == (b"* 1 EXISTS", b"* 0 RECENT")
    assert re.match(rb"\* OK \[UIDVALIDITY [1-9]\d*\]", uidvalidity)
    assert uidnext.startswith(b"* OK [UIDNEXT 2]")
    assert re.match(rb"\* OK \[HIGHESTMODSEQ [1-9]\d*\]", highest)
    assert re.match(rb"\* OK \[MAILBOXID \(F[1-9]\d*\)\]", mailbox_id)


async def test_a_select_that_fails_leaves_nothing_selected(imap: ImapClient) -> None:
    await imap.ok("SELECT INBOX")

    answer = await imap.command("SELECT nowhere")

    assert answer.untagged == [b"* OK [CLOSED] The previous mailbox is closed"]
    assert answer.status == b"NO [NONEXISTENT] There is no such mailbox"
    assert await imap.refused("CHECK") == b"BAD The command is not allowed now"


async def test_examine_changes_nothing(imap: ImapClient) -> None:
    await imap.append("INBOX", PLAIN)

    answer = await imap.command("EXAMINE INBOX")

    assert answer.status == b"OK [READ-ONLY] EXAMINE completed"
    assert b"* OK [PERMANENTFLAGS ()] Flags that are kept" in answer.untagged
    await imap.ok("FETCH 1 BODY[]")
    for line in ("STORE 1 +FLAGS (\\Deleted)", "EXPUNGE", "UID EXPUNGE 1", "MOVE 1 Trash"):
        assert (await imap.refused(line)).startswith(b"NO [READ-ONLY]")
    assert await imap.ok("FETCH 1 FLAGS") == [b"* 1 FETCH (FLAGS ())"]


async def test_close_removes_what_is_deleted_and_tells_nothing(imap: ImapClient) -> None:
    for _ in range(2):
        await imap.append("INBOX", PLAIN)
    await imap.ok("SELECT INBOX")
    await imap.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")

    assert await imap.ok("CLOSE") == []

    assert await imap.ok("STATUS INBOX (MESSAGES)") == [b'* STATUS "INBOX" (MESSAGES 1)']


async def test_unselect_and_close_after_examine_remove_nothing(imap: ImapClient) -> None:
    await imap.append("INBOX", PLAIN, "(\\Deleted) ")

    await imap.ok("SELECT INBOX")
    await imap.ok("UNSELECT")
    await imap.ok("EXAMINE INBOX")
    await imap.ok("CLOSE")

    assert await imap.ok("STATUS INBOX (MESSAGES)") == [b'* STATUS "INBOX" (MESSAGES 1)']


async def test_what_happened_between_select_and_the_first_fetch(house: ImapHouse, imap: ImapClient) -> None:
    for _ in range(4):
        await imap.append("INBOX", PLAIN)
    await imap.ok("SELECT INBOX")
    late = await house.client(select="INBOX")  # its arrays are opened only below

    await imap.ok("STORE 2 +FLAGS (\\Deleted)")
    await imap.ok("EXPUNGE")
    await imap.append("INBOX", PLAIN)

    # The client still counts as it was told: 4 messages, of which the second has gone.
    answer = await late.command("FETCH 1:* (UID)")
    assert answer.untagged == [b"* 1 FETCH (UID 1)", b"* 3 FETCH (UID 3)", b"* 4 FETCH (UID 4)"]
    assert await late.ok("NOOP") == [b"* 2 EXPUNGE", b"* 4 EXISTS", b"* 0 RECENT"]
    assert await late.ok("FETCH * (UID)") == [b"* 4 FETCH (UID 5)"]
