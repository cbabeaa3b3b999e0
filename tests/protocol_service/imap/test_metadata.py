"""METADATA (RFC 5464) and LIST-METADATA (RFC 9590), with the documents' own examples."""

from __future__ import annotations

import pytest

from tests.protocol_service.imap.conftest import ImapHouse
from tests.support.imap_client import ImapClient


async def test_capabilities(imap: ImapClient) -> None:
    [line] = await imap.ok("CAPABILITY")
    assert {b"METADATA", b"LIST-METADATA"} <= set(line.split())


async def test_set_get_and_remove(imap: ImapClient) -> None:
    # RFC 5464 §4.3, §4.2
    await imap.ok("SETMETADATA INBOX (/private/comment {33+}\r\nMy new comment across\r\ntwo lines.)")
    assert await imap.ok('GETMETADATA "INBOX" /private/comment') == [
        b'* METADATA "INBOX" (/private/comment {33}\r\nMy new comment across\r\ntwo lines.)'
    ]
    await imap.ok(
        'SETMETADATA INBOX (/private/comment "My new comment" /shared/comment "This one is for you!")'
    )
    assert await imap.ok('GETMETADATA "INBOX" (/shared/comment /Private/Comment)') == [
        b'* METADATA "INBOX" (/private/comment "My new comment" /shared/comment "This one is for you!")'
    ]
    await imap.ok("SETMETADATA INBOX (/private/comment NIL)")
    assert await imap.ok('GETMETADATA "INBOX" /private/comment') == [
        b'* METADATA "INBOX" (/private/comment NIL)'
    ]


async def test_binary_values(imap: ImapClient) -> None:
    await imap.ok(b"SETMETADATA INBOX (/private/vendor/x ~{3+}\r\na\0b)")
    assert await imap.ok("GETMETADATA INBOX /private/vendor/x") == [
        b'* METADATA "INBOX" (/private/vendor/x ~{3}\r\na\0b)'
    ]


@pytest.mark.parametrize("form", ['{0} "INBOX" {1}', '"INBOX" {0} {1}'])
async def test_maxsize(imap: ImapClient, form: str) -> None:
    # RFC 5464 §4.2.1
    await imap.ok(f'SETMETADATA INBOX (/shared/comment "Shared" /private/comment "{"x" * 2199}")')
    line = "GETMETADATA " + form.format("(MAXSIZE 1024)", "(/shared/comment /private/comment)")
    answer = await imap.command(line)
    assert answer.untagged == [b'* METADATA "INBOX" (/shared/comment "Shared")']
    assert answer.status == b"OK [METADATA LONGENTRIES 2199] GETMETADATA completed"


async def test_depth(imap: ImapClient) -> None:
    # RFC 5464 §4.2.2
    await imap.ok(
        'SETMETADATA INBOX (/private/filters/values/small "SMALLER 5000"'
        ' /private/filters/values/boss "FROM boss" /private/filters/values/boss/more "x")'
    )
    asked = 'GETMETADATA (DEPTH {}) "INBOX" /private/filters/values'
    assert await imap.ok(asked.format("0")) == [b'* METADATA "INBOX" (/private/filters/values NIL)']
    [one] = await imap.ok(asked.format("1"))
    assert one == (
        b'* METADATA "INBOX" (/private/filters/values NIL /private/filters/values/boss "FROM boss"'
        b' /private/filters/values/small "SMALLER 5000")'
    )
    [all_] = await imap.ok(asked.format("infinity"))
    assert b"/private/filters/values/boss/more" in all_


async def test_the_servers_own(house: ImapHouse, imap: ImapClient) -> None:
    await imap.ok('SETMETADATA "" (/private/vendor/kolab/color "blue")')
    assert await imap.ok('GETMETADATA "" (/private/vendor/kolab/color /shared/admin)') == [
        b'* METADATA "" (/private/vendor/kolab/color "blue" /shared/admin NIL)'
    ]
    assert (await imap.refused('SETMETADATA "" (/shared/admin "mailto:me@x")')).startswith(b"NO [NOPERM]")
    bob = await house.client("bob")
    assert await bob.ok('GETMETADATA "" /private/vendor/kolab/color') == [
        b'* METADATA "" (/private/vendor/kolab/color NIL)'
    ]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("GETMETADATA Missing /private/comment", b"NO [NONEXISTENT]"),
        ("GETMETADATA INBOX /comment", b"BAD"),
        ("GETMETADATA INBOX /private", b"BAD"),
        ("GETMETADATA INBOX /private//x", b"BAD"),
        ("GETMETADATA INBOX /private/a*", b"BAD"),
        ("GETMETADATA INBOX ()", b"BAD"),
        ("GETMETADATA (DEPTH 2) INBOX /private/x", b"BAD"),
        ("GETMETADATA (SIZE 2) INBOX /private/x", b"BAD"),
        ("SETMETADATA INBOX ()", b"BAD"),
        ("SETMETADATA INBOX (/private/x)", b"BAD"),
    ],
)
async def test_refusals(imap: ImapClient, line: str, answer: bytes) -> None:
    assert (await imap.refused(line)).startswith(answer)


async def test_too_many_and_too_large(imap: ImapClient) -> None:
    for start in range(0, 100, 50):
        entries = " ".join(f'/private/vendor/{number} "x"' for number in range(start, start + 50))
        await imap.ok(f"SETMETADATA INBOX ({entries})")
    refused = await imap.refused('SETMETADATA INBOX (/private/vendor/more "x" /private/vendor/0 "y")')
    assert refused.startswith(b"NO [METADATA TOOMANY]")
    assert await imap.ok("GETMETADATA INBOX /private/vendor/0") == [
        b'* METADATA "INBOX" (/private/vendor/0 "x")'
    ]


async def test_rights_on_anothers_mailbox(house: ImapHouse, imap: ImapClient) -> None:
    bob, box = await house.client("bob"), '"Users/alice@example.test/Archive"'
    await imap.ok('SETMETADATA Archive (/private/comment "mine" /shared/comment "ours")')
    assert (await bob.refused(f"GETMETADATA {box} /shared/comment")).startswith(b"NO [NONEXISTENT]")
    await imap.ok("SETACL Archive bob lr")
    asked = f"GETMETADATA {box} (/private/comment /shared/comment)"
    assert await bob.ok(asked) == [
        b"* METADATA " + box.encode() + b' (/private/comment NIL /shared/comment "ours")'
    ]
    await bob.ok(f'SETMETADATA {box} (/private/comment "his")')
    assert (await bob.refused(f'SETMETADATA {box} (/shared/comment "no")')).startswith(b"NO [NOPERM]")
    await imap.ok("SETACL Archive bob +w")
    await bob.ok(f'SETMETADATA {box} (/shared/comment "theirs")')
    assert await imap.ok("GETMETADATA Archive (/private/comment /shared/comment)") == [
        b'* METADATA "Archive" (/private/comment "mine" /shared/comment "theirs")'
    ]
    # RFC 9590 §3
    assert await imap.ok('LIST "" Archive RETURN (METADATA ("/shared/comment"))') == [
        b'* LIST (\\HasNoChildren \\Archive) "/" "Archive"',
        b'* METADATA "Archive" (/shared/comment "theirs")',
    ]
    await imap.ok("RENAME Archive Old")
    assert await imap.ok("GETMETADATA Old /private/comment") == [
        b'* METADATA "Old" (/private/comment "mine")'
    ]
    await imap.ok("DELETE Old")
    await imap.ok("CREATE Old")
    assert await imap.ok("GETMETADATA Old /private/comment") == [b'* METADATA "Old" (/private/comment NIL)']
