"""ESEARCH over several mailboxes (RFC 7377)."""

from __future__ import annotations

import re

import pytest

from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient

_LINE = re.compile(rb'\* ESEARCH \(TAG "(t\d+)" MAILBOX "([^"]+)" UIDVALIDITY (\d+)\) UID ?(.*)')


@pytest.fixture
async def imap(imap: ImapClient) -> ImapClient:
    """alice, with messages in mailboxes at several levels."""
    for name in ("folder1", "folder2", "folder2/banana", "folder2/peach", "folder2/peach/salmon", "empty"):
        await imap.ok(f'CREATE "{name}"')
    for name, count in (("INBOX", 3), ("folder1", 2), ("folder2/banana", 1), ("folder2/peach/salmon", 4)):
        for number in range(1, count + 1):
            await imap.append(name, numbered(number), "(\\Seen) " if number == 1 else "")
    await imap.ok("UNSUBSCRIBE folder1")
    return imap


async def found(imap: ImapClient, arguments: str) -> dict[str, bytes]:
    """Results by mailbox, in the order of the answer."""
    lines = await imap.ok("ESEARCH " + arguments)
    matches = [_LINE.fullmatch(line) for line in lines]
    assert all(matches), lines
    return {match[2].decode(): match[4] for match in matches if match}


async def test_the_example_of_the_rfc(imap: ImapClient) -> None:
    """RFC 7377 §2.1: each mailbox with hits answers with its name, its UIDVALIDITY and UIDs."""
    lines = await imap.ok('ESEARCH IN (mailboxes "folder1" subtree "folder2") UNSEEN')
    status = await imap.ok("STATUS folder1 (UIDVALIDITY)")

    first = _LINE.fullmatch(lines[0])
    assert first is not None
    assert first[2] == b"folder1"
    assert first[3] in status[0]
    assert [match[2] for line in lines if (match := _LINE.fullmatch(line))] == [
        b"folder1",
        b"folder2/peach/salmon",
    ]
    assert [line.rpartition(b" ")[2] for line in lines] == [b"2", b"2:4"]


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        ("mailboxes (folder1 nowhere INBOX)", ["INBOX", "folder1"]),
        ("inboxes", ["INBOX"]),
        ("subtree-one folder2", ["folder2/banana"]),
        ("subtree folder2", ["folder2/banana", "folder2/peach/salmon"]),
        ("subtree folder2/peach mailboxes inbox", ["folder2/peach/salmon", "INBOX"]),
        ("personal", ["INBOX", "folder1", "folder2/banana", "folder2/peach/salmon"]),
        ("subscribed", ["INBOX", "folder2/banana", "folder2/peach/salmon"]),
        ("mailboxes empty", []),
        ("mailboxes folder1 mailboxes folder1", ["folder1"]),
    ],
)
async def test_sources(imap: ImapClient, sources: str, names: list[str]) -> None:
    assert sorted(await found(imap, f"IN ({sources}) ALL")) == sorted(names)


async def test_result_options(imap: ImapClient) -> None:
    assert await found(imap, "IN (mailboxes (INBOX empty)) RETURN (MIN MAX COUNT ALL) ALL") == {
        "INBOX": b"MIN 1 MAX 3 ALL 1:3 COUNT 3"
    }
    assert await found(imap, "IN (inboxes) RETURN (PARTIAL -1:-2) ALL") == {"INBOX": b"PARTIAL (-1:-2 2:3)"}
    assert (await found(imap, "IN (inboxes) RETURN (COUNT) MODSEQ 1"))["INBOX"].startswith(b"COUNT 3 MODSEQ ")
    assert await found(imap, "IN (personal) CHARSET UTF-8 SUBJECT 4 UID 2:*") == {
        "folder2/peach/salmon": b"ALL 4"
    }
    assert await found(imap, "IN (personal) RETURN (RELEVANCY ALL) FUZZY SUBJECT 4") == {
        "folder2/peach/salmon": b"ALL 4 RELEVANCY (100)"
    }


async def test_the_selected_mailbox(imap: ImapClient) -> None:
    assert (await imap.refused("ESEARCH ALL")).startswith(b"BAD")
    await imap.ok("SELECT folder2/peach/salmon")

    assert await found(imap, "2:3") == {"folder2/peach/salmon": b"ALL 2:3"}
    assert await found(imap, "IN (selected) RETURN (SAVE COUNT) 2:3") == {"folder2/peach/salmon": b"COUNT 2"}
    assert await imap.ok("SEARCH $") == [b"* SEARCH 2 3"]
    assert sorted(await found(imap, "IN (selected inboxes) SEEN")) == ["INBOX", "folder2/peach/salmon"]
    assert await imap.ok("ESEARCH RETURN (SAVE) 4") == []
    assert await imap.ok("SEARCH $") == [b"* SEARCH 4"]
    for refused in (
        "IN (personal) RETURN (SAVE) ALL",
        "IN (selected personal) 1",
        "IN (personal) UID $",
        "IN (personal) NOT (OR $ SEEN)",
        "IN () ALL",
        "IN (selected-delayed) ALL",
        "IN (personal)",
    ):
        assert (await imap.refused(f"ESEARCH {refused}")).startswith(b"BAD"), refused
    assert (await imap.refused("ESEARCH IN (personal) CHARSET none ALL")).startswith(b"NO [BADCHARSET")
