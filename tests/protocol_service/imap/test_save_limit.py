"""SAVELIMIT (RFC 9738): how many messages a COPY may have; UIDAFTER and UIDBEFORE to go on in steps.

MESSAGELIMIT is left out: clients that do not know it would take a part for the whole.
"""

from __future__ import annotations

import pytest

from protocol_service.imap import limits
from protocol_service.imap.commands import copy
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice in an INBOX of five."""
    for number in range(5):
        await imap.append("INBOX", numbered(number))
    await imap.ok("SELECT INBOX")
    return imap


async def test_the_limit_is_announced_and_kept(inbox: ImapClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"SAVELIMIT=%d" % limits.MAX_SAVED in (await inbox.ok("CAPABILITY"))[0].split()
    monkeypatch.setattr(copy, "MAX_SAVED", 3)

    assert (await inbox.refused("COPY 1:4 Archive")).startswith(b"NO [MESSAGELIMIT 3] ")
    assert (await inbox.refused("UID COPY 1:* Archive")).startswith(b"NO [MESSAGELIMIT 3] ")
    assert await inbox.ok("STATUS Archive (MESSAGES)") == [b'* STATUS "Archive" (MESSAGES 0)']
    await inbox.ok("COPY 1:3 Archive")
    await inbox.ok("MOVE 1:* Archive")


async def test_nothing_but_saving_has_a_limit(inbox: ImapClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"MESSAGELIMIT" not in (await inbox.ok("CAPABILITY"))[0]
    monkeypatch.setattr(copy, "MAX_SAVED", 3)

    for command in ("FETCH 1:* UID", "STORE 1:* +FLAGS (\\Seen)"):
        answer = await inbox.command(command)
        assert len(answer.untagged) == 5
        assert b"MESSAGELIMIT" not in answer.status


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("UIDAFTER 3", b" 4 5"),
        ("UIDAFTER 5", b""),
        ("UIDAFTER 4294967295", b""),
        ("UIDBEFORE 3", b" 1 2"),
        ("UIDBEFORE 1", b""),
        ("UIDBEFORE 4294967295", b" 1 2 3 4 5"),
        ("UIDAFTER 1 UIDBEFORE 4", b" 2 3"),
        ("NOT UIDAFTER 1", b" 1"),
    ],
)
async def test_uidafter_and_uidbefore(inbox: ImapClient, key: str, found: bytes) -> None:
    assert await inbox.ok(f"UID SEARCH {key}") == [b"* SEARCH" + found]


@pytest.mark.parametrize("key", ["UIDAFTER", "UIDAFTER *", "UIDBEFORE 1:2", "UIDBEFORE 4294967296"])
async def test_what_is_no_uid_is_bad(inbox: ImapClient, key: str) -> None:
    assert (await inbox.refused(f"UID SEARCH {key}")).startswith(b"BAD ")
