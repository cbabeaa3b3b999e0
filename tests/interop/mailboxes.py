"""What a side of a synchronization holds: messages by Message-ID, the same for a server and for a Maildir."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from imapclient import IMAPClient

# Maildir's letters (https://cr.yp.to/proto/maildir.html) and the flags of IMAP.
LETTERS = {"S": "\\Seen", "R": "\\Answered", "F": "\\Flagged", "D": "\\Draft", "T": "\\Deleted"}
_MESSAGE_ID = re.compile(rb"^Message-ID: <([^>]+)>", re.IGNORECASE | re.MULTILINE)
_AT_ONCE = 250

# Mailbox name to Message-ID to flags.
Side = dict[str, dict[str, frozenset[str]]]


def message(number: int, size_bytes: int = 0) -> bytes:
    """A message of its own; every tenth is a multipart one in UTF-8."""
    head = (
        f"From: Amara Okafor <amara@north.example>\r\nTo: maren@example.test\r\nSubject: letter {number}\r\n"
        f"Date: Wed, 01 Jul 2026 10:{number // 60 % 60:02d}:{number % 60:02d} +0000\r\n"
        f"Message-ID: <letter.{number}@north.example>\r\nMIME-Version: 1.0\r\n"
    )
    text = f"The {number}. letter.\r\n" + "Another line of it.\r\n" * (size_bytes // 20)
    if number % 10:
        return f"{head}Content-Type: text/plain; charset=us-ascii\r\n\r\n{text}".encode()
    return (
        f'{head}Content-Type: multipart/alternative; boundary="b{number}"\r\n\r\n'
        f"--b{number}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGrüße, {text}"
        f"--b{number}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Grüße, {text}</p>\r\n"
        f"--b{number}--\r\n"
    ).encode()


def message_id(raw: bytes) -> str:
    """The Message-ID of a message."""
    found = _MESSAGE_ID.search(raw)
    assert found is not None, raw[:300]
    return found[1].decode()


def fill(client: IMAPClient, mailbox: str, messages: Sequence[bytes]) -> None:
    """Append messages, many in a command."""
    for at in range(0, len(messages), _AT_ONCE):
        client.multiappend(mailbox, list(messages[at : at + _AT_ONCE]))


def by_message_id(client: IMAPClient, mailbox: str) -> dict[str, int]:
    """The UIDs of a mailbox that gets selected."""
    client.select_folder(mailbox)
    rows = client.fetch(client.search(), ["BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"])
    uids = {message_id(row[b"BODY[HEADER.FIELDS (MESSAGE-ID)]"]): uid for uid, row in rows.items()}
    assert len(uids) == len(rows), f"a message is in {mailbox} twice"
    return uids


def on_server(client: IMAPClient) -> Side:
    """Every mailbox with its messages and their flags."""
    side: Side = {}
    for _, _, name in client.list_folders():
        uids = by_message_id(client, name)
        flags = client.get_flags(list(uids.values()))
        side[name] = {
            key: frozenset(flag.decode() for flag in flags[uid]) & set(LETTERS.values())
            for key, uid in uids.items()
        }
    return side


def in_maildir(root: Path, inbox: str = "INBOX") -> Side:
    """Every Maildir below a folder with its messages and their flags."""
    side: Side = {}
    for cur in sorted(root.rglob("cur")):
        name = str(cur.parent.relative_to(root))
        found: dict[str, frozenset[str]] = {}
        for path in maildir_files(cur.parent):
            key = message_id(path.read_bytes())
            assert key not in found, f"{key} is there twice"
            found[key] = maildir_flags(path)
        side[inbox if name == "." else name] = found
    return side


def maildir_files(folder: Path) -> list[Path]:
    """The messages of one Maildir."""
    return sorted([*(folder / "cur").iterdir(), *(folder / "new").iterdir()])


def maildir_flags(path: Path) -> frozenset[str]:
    """The flags in a file's name."""
    return frozenset(LETTERS[letter] for letter in path.name.rpartition(":2,")[2] if letter in LETTERS)


def with_flags(path: Path, letters: str) -> Path:
    """Give a message these flags, as a mail program does: by a new name."""
    base = path.name.partition(":")[0]
    return path.rename(path.parent.parent / "cur" / f"{base}:2,{''.join(sorted(letters))}")


def difference(one: Side, other: Side) -> dict[str, object]:
    """What two sides do not agree on; nothing if they hold the same."""
    wrong: dict[str, object] = {}
    for name in one.keys() | other.keys():
        left, right = one.get(name, {}), other.get(name, {})
        if left != right:
            keys = [key for key in left.keys() | right.keys() if left.get(key) != right.get(key)]
            wrong[name] = [(key, left.get(key), right.get(key)) for key in sorted(keys)[:10]]
    return wrong
