"""PREVIEW (RFC 8970)."""

from __future__ import annotations

import pytest

from tests.protocol_service.imap.messages import PLAIN
from tests.support.imap_client import ImapClient

GERMAN = 'From: a@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGrüße "aus" Köln\r\n'.encode()


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice with PLAIN, a text in German, and a message without a text."""
    for raw in (PLAIN, GERMAN, b"From: a@example.org\r\nContent-Type: image/png\r\n\r\nx"):
        await imap.append("INBOX", raw)
    await imap.ok("SELECT INBOX")
    return imap


async def test_previews_are_text_in_utf_8(inbox: ImapClient) -> None:
    german = 'Grüße "aus" Köln'.encode()

    assert await inbox.ok("FETCH 1:* (UID PREVIEW)") == [
        b'* 1 FETCH (UID 1 PREVIEW "Hello Alice, see you soon.")',
        b"* 2 FETCH (UID 2 PREVIEW {%d}\r\n%b)" % (len(german), german),
        b'* 3 FETCH (UID 3 PREVIEW "")',
    ]
    assert await inbox.ok("STATUS INBOX (UNSEEN)") == [b'* STATUS "INBOX" (UNSEEN 3)']


@pytest.mark.parametrize("items", ["PREVIEW (LAZY)", "(PREVIEW (lazy))", "PREVIEW"])
async def test_lazy_is_as_good(inbox: ImapClient, items: str) -> None:
    assert await inbox.ok(f"FETCH 1 {items}") == [b'* 1 FETCH (PREVIEW "Hello Alice, see you soon.")']


async def test_fetch_modifiers_may_follow(inbox: ImapClient) -> None:
    await inbox.ok("ENABLE CONDSTORE")

    [line] = await inbox.ok("FETCH 1 PREVIEW (LAZY) (CHANGEDSINCE 1)")

    assert line.startswith(b'* 1 FETCH (PREVIEW "Hello Alice, see you soon." MODSEQ (')
    assert len(await inbox.ok("FETCH 1:* PREVIEW (CHANGEDSINCE 1)")) == 3


@pytest.mark.parametrize("items", ["PREVIEW (EAGER)", "PREVIEW ()", "(PREVIEW (LAZY)", "PREVIEW(LAZY)"])
async def test_what_is_no_modifier_is_bad(inbox: ImapClient, items: str) -> None:
    assert (await inbox.refused(f"FETCH 1 {items}")).startswith(b"BAD ")
