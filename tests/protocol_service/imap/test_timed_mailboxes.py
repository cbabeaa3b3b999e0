"""Snoozed and Scheduled, as other clients see them."""

from __future__ import annotations

from backend.kit import clock, db
from backend.mailstore import snooze
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import PLAIN
from tests.support.imap_client import ImapClient


async def test_snoozed_is_a_mailbox_with_its_use_once_it_is_needed(
    house: ImapHouse, imap: ImapClient
) -> None:
    await imap.append("INBOX", PLAIN)
    await imap.ok("SELECT INBOX")
    [(ref, account_id)] = await db.fetch_rows("SELECT ref, account_id FROM message")

    await snooze.snooze(account_id, [ref], clock.now() + 3600)

    assert b"* 1 EXPUNGE" in await imap.ok("NOOP")
    assert await imap.ok('LIST (SPECIAL-USE) "" S%') == [
        b'* LIST (\\HasNoChildren \\Sent) "/" "Sent"',
        b'* LIST (\\HasNoChildren \\Snoozed) "/" "Snoozed"',
    ]
    assert b"* 1 EXISTS" in await imap.ok("SELECT Snoozed")
    await imap.ok("MOVE 1 INBOX")
    assert await imap.ok("STATUS Snoozed (MESSAGES)") == [b'* STATUS "Snoozed" (MESSAGES 0)']


async def test_no_client_may_make_a_mailbox_for_these_uses(imap: ImapClient) -> None:
    for use in ("\\Snoozed", "\\Scheduled"):
        assert (await imap.refused(f"CREATE mine (USE ({use}))")).startswith((b"NO [USEATTR]", b"BAD"))
